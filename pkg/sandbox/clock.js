// The clock of a sandbox.

import { instant } from "./settings.js";

/**
 * A function is asked each time. An instant is where the clock starts when it is first read: in
 * workerd the time stands at 0 while modules are loaded.
 */
export function clock(now) {
  let ahead = 0;
  let began;
  const read = () => {
    if (typeof now === "function") return instant(now());
    if (now === undefined) return Date.now();
    began ??= Date.now();
    return instant(now) + Date.now() - began;
  };
  return {
    now: () => read() + ahead,
    advance: (milliseconds) => {
      ahead += milliseconds;
    },
    restart: () => {
      ahead = 0;
      began = undefined;
    },
  };
}
