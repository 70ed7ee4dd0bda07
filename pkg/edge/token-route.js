// Serves `tokenEndpoint(url)` of the client: hands a signed-in portal the token of the API client.

import { engine } from "../client/engine.js";
import { answer, isSession, REFUSED, retryAfter } from "./answer.js";
import { textOf } from "./body.js";
import { aFunction, checkAll } from "./settings.js";

/** A body holds one word. */
const LARGEST_BODY = 1024;
/** How long the provider may take, in milliseconds. */
const PATIENCE = 30_000;
/** How often a request looks whether the token that another one asked for has come. */
const LOOK_AGAIN = 10;

export function tokenRoute(given) {
  checkAll(given, { provider: aFunction, authorize: aFunction }, ["provider", "authorize"], "options");
  const { provider, authorize } = given;
  let desk;
  let guard;
  return async (request, env) => {
    const exports = await engine();
    desk ??= new exports.Desk();
    guard ??= new exports.Guard([]);
    if (request.method !== "POST") return answer(405, { error: "method" }, { allow: "POST" });
    const header = (name) => request.headers.get(name) ?? undefined;
    const caller = guard.caller(header("origin"), header("sec-fetch-site"), new URL(request.url).origin, "POST");
    if (caller === REFUSED) return answer(403, { error: "origin" });
    if (!isSession(await authorize(request, env))) return answer(401, { error: "session" });
    const forceRefresh = await forced(request);
    if (forceRefresh === undefined) return answer(400, { error: "body" });
    return handOut(desk, provider, forceRefresh);
  };
}

async function handOut(desk, provider, forceRefresh) {
  for (;;) {
    const next = desk.next(forceRefresh);
    if (next.token) return give(next);
    if (next.restMs) return answer(503, { error: "token" }, retryAfter(next.restMs));
    if (next.ask) {
      try {
        const given = await ask(provider, next.ask);
        if (!desk.received(given.token, given.expiresAt)) return answer(503, { error: "token" });
      } catch (error) {
        desk.failed();
        // While the old token lasts, a failed renewal is nobody's concern.
        const held = desk.next(forceRefresh);
        return held.token ? give(held) : answer(503, { error: "token" }, retryAfter(error?.retryAfterMs));
      }
    } else {
      // A promise of another request must not be awaited in workerd, so its result is looked for.
      await new Promise((resolve) => setTimeout(resolve, LOOK_AGAIN));
    }
  }
}

function give({ token, expiresAt }) {
  // With the server's clock in the answer a client with a wrong one can count the life itself.
  return answer(200, { token, expiresAt, now: new Date().toISOString() });
}

async function ask(provider, request) {
  const signal = AbortSignal.timeout(PATIENCE);
  const late = new Promise((_, reject) => {
    signal.addEventListener("abort", () => reject(signal.reason), { once: true });
  });
  const given = await Promise.race([provider({ ...request, signal }), late]);
  const { token, expiresAt } = typeof given === "string" ? { token: given } : given;
  if (typeof token !== "string") throw new TypeError("the token provider gave no token");
  return { token, expiresAt: expiresAt == null ? undefined : new Date(expiresAt).getTime() };
}

/** Whether the body asks for a new token; `undefined` for a body that is not understood. */
async function forced(request) {
  try {
    const body = await textOf(request, LARGEST_BODY);
    if (body === "") return false;
    const { forceRefresh = false } = JSON.parse(body);
    return typeof forceRefresh === "boolean" ? forceRefresh : undefined;
  } catch {
    return undefined;
  }
}
