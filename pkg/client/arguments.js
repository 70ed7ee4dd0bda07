// From the arguments of a method to the JSON text that the engine reads.

import { wrong } from "./errors.js";
import { callSettings, isPlain, named } from "./options.js";
import { formOf } from "./upload.js";

/** JSON text of a value, or an error for what JSON would change in silence. */
export function text(value, place, operation) {
  if (value === undefined) return undefined;
  const places = new Map();
  try {
    return JSON.stringify(value, function (key, part) {
      const outer = places.get(this);
      const here = outer === undefined ? place : Array.isArray(this) ? `${outer}[]` : named(outer, key);
      const expected = unlike(part, this[key], this);
      if (expected) throw wrong(here, expected, operation);
      if (typeof part === "object" && part !== null) places.set(part, here);
      return part;
    });
  } catch (error) {
    if (error?.code === "config") throw error;
    throw wrong(place, "a value that JSON can hold", operation);
  }
}

/** What a value must be that JSON would make something else of; `given` is the value before `toJSON`. */
function unlike(part, given, outer) {
  if (typeof part === "number" && !Number.isFinite(part)) return "a finite number";
  if (typeof part === "bigint") return "a number, not a bigint";
  // The JSON of a Map, of a promise or of a file is {}, and that of an invalid Date is null, as is that of
  // what an array lacks.
  if (
    /^(function|symbol)$/.test(typeof part) ||
    !holdsFields(part) ||
    (part === null && given !== null) ||
    (part === undefined && Array.isArray(outer))
  ) {
    return "a value that JSON can hold";
  }
  return undefined;
}

/** Of all objects JSON keeps the fields of plain ones and of arrays. */
function holdsFields(value) {
  return typeof value !== "object" || value === null || Array.isArray(value) || isPlain(value);
}

/** Takes the arguments of a method apart: path parameters, body, query, options. */
export function takeApart(shape, given) {
  const { operation, segments, body, form, query } = shape;
  const rest = given.slice(segments);
  // What is no text and no number becomes null: the engine knows the name of the parameter.
  const path = given.slice(0, segments).map((value) => (/^(string|number)$/.test(typeof value) ? value : null));
  const taken = { path: JSON.stringify(path) };
  if (body || form) Object.assign(taken, bodyOf(shape, record(rest.shift(), "body", operation)));
  if (query) taken.query = text(record(rest.shift(), "query", operation), "query", operation);
  taken.options = callSettings(rest.shift());
  if (rest.length > 0) throw wrong("arguments", "no more than this method takes; options come last", operation);
  return taken;
}

/** The body as JSON text; with it the parts that travel instead when it holds files. */
export function bodyOf({ operation, body, form }, given) {
  const asForm = form && typeof given === "object" && given && formOf(given, !body, operation);
  return { body: text(asForm ? asForm.shown : given, "body", operation), files: asForm?.parts };
}

function record(value, place, operation) {
  if (value === undefined) return undefined;
  if (typeof value !== "object" || value === null || !holdsFields(value)) {
    throw wrong(place, place === "body" ? "an object or an array" : "an object", operation);
  }
  return value;
}
