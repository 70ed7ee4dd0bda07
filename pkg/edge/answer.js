// Answers that do not come from an API.

import { engine } from "../client/engine.js";

let rules;

/** The header rules of the gateway, read once. */
export function headerRules({ headerRules: read }) {
  if (!rules) {
    rules = read();
    // Made once: to copy headers costs less than to read them from an object.
    rules.always = new Headers(rules.always);
  }
  return rules;
}

/** A JSON answer that is not for caches. A refusal says in a header that the API did not give it. */
export async function answer(status, body, headers = {}) {
  const { always, gateway } = headerRules(await engine());
  const all = new Headers(always);
  all.set("content-type", "application/json");
  if (body.error) all.set(gateway, body.error);
  for (const [name, value] of Object.entries(headers)) all.set(name, value);
  return new Response(JSON.stringify(body), { status, headers: all });
}

/** `Retry-After` in seconds, never less than asked for. */
export function retryAfter(milliseconds) {
  return milliseconds === undefined ? {} : { "retry-after": String(Math.max(1, Math.ceil(milliseconds / 1000))) };
}

/** Who sent a request, as the guard says it; see src/edge/origin.rs. */
export const [REFUSED, LISTED] = [0, 1];

/** Whether `authorize` found somebody. An answer in place of a session is meant to be a refusal. */
export const isSession = (found) => Boolean(found) && !(found instanceof Response);
