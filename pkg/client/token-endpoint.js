// A token provider that asks your own server, which holds the secret (`tokenRoute` of carewire/edge).

import { wrong } from "./errors.js";
import { check, headers as anyHeaders, isFunction } from "./options.js";

const known = { fetch: [isFunction, "a function like the global fetch"], headers: anyHeaders };

export function tokenEndpoint(url, options = {}) {
  if (!(url instanceof URL) && (typeof url !== "string" || url === "")) throw wrong("url", "a URL or a path");
  const { headers, ...given } = check(options, known, "options");
  const sent = new Headers(headers);
  sent.set("accept", "application/json");
  sent.set("content-type", "application/json");
  return async ({ forceRefresh, signal }) => {
    const { fetch = globalThis.fetch } = given;
    const asked = performance.now();
    const body = JSON.stringify({ forceRefresh });
    const response = await fetch(String(url), { method: "POST", headers: sent, body, signal });
    // What the server says stays unsaid, as does what the parser quotes of it: it may be a token.
    if (!response.ok) throw new Error(`the token endpoint answered ${response.status}`);
    const answer = await response.json().catch(() => undefined);
    if (typeof answer !== "object" || answer === null) throw new Error("the token endpoint's answer is no JSON object");
    const { token, expiresAt, now } = answer;
    const life = Date.parse(expiresAt) - Date.parse(now);
    // With the server's clock beside the expiry a wrong clock here does no harm. The life began, at
    // the latest, when the answer was made: the time since the question is taken off.
    return Number.isFinite(life) ? { token, expiresAt: Date.now() + life - (performance.now() - asked) } : { token, expiresAt };
  };
}
