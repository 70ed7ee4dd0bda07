// A token provider that asks your own server, which holds the secret (`tokenRoute` of carewire/edge).

import { wrong } from "./errors.js";

export function tokenEndpoint(url, { fetch, headers } = {}) {
  if (!(url instanceof URL) && (typeof url !== "string" || url === "")) throw wrong("url", "a URL or a path");
  return async ({ forceRefresh, signal }) => {
    const asked = performance.now();
    const response = await (fetch ?? globalThis.fetch)(String(url), {
      method: "POST",
      headers: { ...headers, accept: "application/json", "content-type": "application/json" },
      body: JSON.stringify({ forceRefresh }),
      signal,
    });
    // What the server says stays unsaid: it is not known what it holds.
    if (!response.ok) throw new Error(`the token endpoint answered ${response.status}`);
    const { token, expiresAt, now } = await response.json();
    const life = Date.parse(expiresAt) - Date.parse(now);
    // With the server's clock beside the expiry a wrong clock here does no harm. The life began, at
    // the latest, when the answer was made: the time since the question is taken off.
    return Number.isFinite(life) ? { token, expiresAt: Date.now() + life - (performance.now() - asked) } : { token, expiresAt };
  };
}
