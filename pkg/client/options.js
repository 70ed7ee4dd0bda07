// Checks what a caller gives, by name, before anything else happens.

import { wrong } from "./errors.js";

export const isFunction = (value) => typeof value === "function";
export const isText = (value) => typeof value === "string" && value !== "";
/** A signal, a promise or a date has fields of its own kind, which nobody would read. */
export const isPlain = (value) => Object.prototype.toString.call(value) === "[object Object]";
const time = [
  (value) => typeof value === "number" && value >= 0 && value <= 2147483647,
  "a number of milliseconds from 0 to 2147483647",
];
const retries = [(value) => Number.isInteger(value) && value >= 0 && value <= 10, "a whole number from 0 to 10"];
export const headers = [pairs, "headers that a request can carry"];
const fetcher = [(value) => isFunction(value) || isFunction(value?.fetch), "a function like the global fetch"];
const base = [
  (value) => isText(value) && /^(https?:\/\/[^/?#@\s\\]+(?![^/])|(?=\/(?!\/)))[^?#\s\\]*$/.test(value),
  "an http(s) URL without query, or a path that begins with one slash",
];
const segment = [
  (value) => isText(value) && !/[/\\\s]/.test(value) && value !== "." && value !== "..",
  "a name without slashes and blanks",
];

const shared = {
  baseUrl: base,
  auth: [isFunction, "a function that gives a token, such as tokenEndpoint(url)"],
  fetch: fetcher,
  headers,
  timeoutMs: time,
  retries,
  drift: [(value) => ["report", "strict", "off"].includes(value), '"report", "strict" or "off"'],
  onEvent: [isFunction, "a function"],
  dangerouslyAllowBrowser: [(value) => typeof value === "boolean", "a boolean"],
};

/** The settings of the two clients. */
export const settings = {
  Welkin: { tenant: segment, instance: segment, authBaseUrl: base, ...shared },
  InboxHealth: { ...shared, limit: [isPlain, "an object"] },
};

/** The rate to which a client keeps. */
export const rate = {
  perSecond: [(value) => Number.isFinite(value) && value >= 0.1 && value <= 1000, "a number from 0.1 to 1000"],
  burst: [(value) => Number.isInteger(value) && value >= 1 && value <= 1000, "a whole number from 1 to 1000"],
};

const callOptions = {
  signal: [
    (value) => typeof value?.aborted === "boolean" && isFunction(value.removeEventListener),
    "an AbortSignal",
  ],
  timeoutMs: time,
  retries,
  headers,
  onProgress: [isFunction, "a function"],
};

/**
 * Refuses unknown names and values of the wrong type; `undefined` is the same as left out. Gives what there
 * is, as the rules read it: some of it can be read once only.
 */
export function check(given, known, place) {
  if (!isPlain(given)) throw wrong(place, "an object");
  const read = {};
  for (const [name, value] of Object.entries(given)) {
    const rule = Object.hasOwn(known, name) && known[name];
    if (!rule) throw wrong(`${place}.${shown(name)}`, `one of ${Object.keys(known).join(", ")}`);
    const found = value === undefined || rule[0](value);
    if (!found) throw wrong(`${place}.${name}`, rule[1]);
    read[name] = found === true ? value : found;
  }
  return read;
}

/** A place with a name that came from outside, as far as it may be shown. */
export function named(place, name) {
  return /^[\w-]{1,40}$/.test(name) ? `${place}.${name}` : place;
}

/** A name that came from outside, cut to what may be shown. */
function shown(name) {
  return /^[\w-]{1,40}$/.test(name) ? name : "…";
}

/** The options of a call. */
export const callSettings = (given = {}) => check(given, callOptions, "options");

/** Names and values of headers; `undefined` when they are none. */
function pairs(value) {
  try {
    return isPlain(value) || value[Symbol.iterator] ? [...new Headers(value)] : undefined;
  } catch {
    return undefined;
  }
}
