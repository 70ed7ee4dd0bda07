// What a token exchange that failed rejects with.

import { CarewireError, fromPlain, TokenError } from "../client/errors.js";

/** An error from the plain one of the wasm, with the time at which to come back. */
export function explain(plain) {
  if (plain instanceof CarewireError) return plain;
  if (typeof plain?.reason !== "string") return fromPlain(plain);
  const { status, retryAfterMs } = plain;
  const retryAt = retryAfterMs === undefined ? undefined : moment(Date.now() + retryAfterMs);
  const error = new TokenError(retryAt ? { ...plain, message: `${plain.message}, at ${retryAt}` } : plain);
  for (const [name, value] of Object.entries({ status, retryAfterMs, retryAt })) {
    if (value !== undefined) Object.defineProperty(error, name, { value, enumerable: true });
  }
  return error;
}

/** ISO 8601 in UTC, or nothing for what lies beyond the calendar. */
function moment(milliseconds) {
  const date = new Date(milliseconds);
  return Number.isNaN(date.getTime()) ? undefined : date.toISOString();
}
