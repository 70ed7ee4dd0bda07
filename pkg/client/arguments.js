// From the arguments of a method to the JSON text that the engine reads.

import { wrong } from "./errors.js";

/** JSON text of a value, or an error for what JSON would change in silence. */
export function text(value, place, operation) {
  if (value === undefined) return undefined;
  try {
    return JSON.stringify(value, (key, part) => {
      if (typeof part === "number" && !Number.isFinite(part)) throw wrong(named(place, key), "a finite number", operation);
      if (typeof part === "bigint") throw wrong(named(place, key), "a number, not a bigint", operation);
      if (typeof part === "function" || typeof part === "symbol") {
        throw wrong(named(place, key), "a value that JSON can hold", operation);
      }
      return part;
    });
  } catch (error) {
    if (error?.code === "config") throw error;
    throw wrong(place, "a value that JSON can hold", operation);
  }
}

function named(place, key) {
  return /^[\w-]{1,40}$/.test(key) ? `${place}.${key}` : place;
}

/** Takes the arguments of a method apart: path parameters, body, query, options. */
export function takeApart({ operation, segments, body, query }, given) {
  const rest = given.slice(segments);
  const taken = { path: text(given.slice(0, segments).map((value) => value ?? null), "path", operation) };
  if (body) taken.body = text(record(rest.shift(), "body", operation), "body", operation);
  if (query) taken.query = text(record(rest.shift(), "query", operation), "query", operation);
  taken.options = rest.shift();
  if (rest.length > 0) throw wrong("arguments", "no more than this method takes; options come last", operation);
  return taken;
}

function record(value, place, operation) {
  if (value === undefined) return undefined;
  if (typeof value !== "object" || value === null) throw wrong(place, place === "body" ? "an object or an array" : "an object", operation);
  return value;
}
