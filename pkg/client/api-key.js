// The API key of Inbox Health, and the header in which it travels.

import { wrong } from "./errors.js";
import { check, isFunction } from "./options.js";

const known = { scheme: [(value) => value === "header" || value === "basic", '"header" or "basic"'] };

export function apiKey(provider, options = {}) {
  if (!isFunction(provider)) throw wrong("provider", "a function that gives a key");
  check(options, known, "options");
  if (options.scheme !== "basic") return (request) => provider(request);
  const pair = async (request) => {
    const answer = await provider(request);
    return answer?.token === undefined ? encoded(answer) : { ...answer, token: encoded(answer.token) };
  };
  // The client reads it.
  return Object.assign(pair, { scheme: "basic" });
}

/** The key as the user name of an empty password. What is no key becomes no token: the client refuses that. */
function encoded(key) {
  return typeof key === "string" && /^[!-9;-~]+$/.test(key) ? btoa(`${key}:`) : "";
}
