// What the parts of the server side can be told, for `check`.

import { check } from "../client/options.js";
import { wrong } from "../client/errors.js";

const isText = (value) => typeof value === "string" && value !== "";
const isOrigin = (value) => isText(value) && URL.canParse(value) && new URL(value).origin === value;

export const aFunction = [(value) => typeof value === "function", "a function"];
export const flag = [(value) => typeof value === "boolean", "true or false"];
export const decision = [(value) => flag[0](value) || aFunction[0](value), "a boolean or a function"];
export const sink = [
  (value) => aFunction[0](value) || typeof value?.send === "function",
  "a function, or the binding of a queue",
];
export const text = [isText, "a non-empty string"];
export const segment = [
  (value) => isText(value) && !/[/\\%;?#\s]/.test(value) && value !== "." && value !== "..",
  "a name without slashes and blanks",
];
export const address = [
  (value) => isText(value) && /^https?:\/\/[^?#\s\\]+$/.test(value) && URL.canParse(value),
  "an http(s) URL without query",
];
export const prefix = [
  (value) => isText(value) && /^(\/[A-Za-z0-9._~-]+)+$/.test(value),
  'a path that begins with a slash and does not end with one, such as "/api/welkin"',
];
export const fetcher = [
  (value) => typeof value === "function" || typeof value?.fetch === "function",
  "a function like the global fetch, or a service binding",
];
export const names = [
  (value) => Array.isArray(value) && value.every(isText),
  "an array of non-empty strings",
];
export const origins = [
  (value) => Array.isArray(value) && value.every(isOrigin),
  'an array of origins, such as ["https://portal.example.org"]',
];
export const bytes = [(value) => Number.isSafeInteger(value) && value >= 0, "a whole number of bytes"];
export const time = [
  (value) => Number.isInteger(value) && value > 0 && value <= 2147483647,
  "a whole number of milliseconds",
];
/** An object whose parts are checked one by one. */
export const anything = [() => true];

/** Like `check`, and the names in `required` must be there. */
export function checkAll(given, known, required, place) {
  check(given, known, place);
  for (const name of required) {
    if (given[name] === undefined) throw wrong(`${place}.${name}`, known[name][1] ?? "a value");
  }
}

/** A function, or an object with a `fetch` method such as a service binding. */
export function fetchOf(given) {
  if (given === undefined) return (...call) => globalThis.fetch(...call);
  return typeof given === "function" ? given : given.fetch.bind(given);
}

/** A base URL as the engine takes it. */
export function base(url) {
  return url?.replace(/\/+$/, "");
}
