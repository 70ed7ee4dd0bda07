// The deployable worker of www/worker in isolates whose clocks stand: no patience and no rest runs out,
// however long a test takes.

let moment;
const { now } = Date;
// In workerd the clock stands at 0 until there is a request.
Date.now = () => (moment ||= now());
performance.now = () => 0;

export * from "../../www/worker/src/index.ts";
export { default } from "../../www/worker/src/index.ts";
