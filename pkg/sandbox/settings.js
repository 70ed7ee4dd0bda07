// What a sandbox and a fault may be given; checked before the wasm is asked.

const isWhole = (value) => Number.isSafeInteger(value) && value >= 0;
const isCount = (value) => isWhole(value) && value <= 0xffffffff;
const isText = (value) => typeof value === "string" && value !== "";
const isDictionary = (value) =>
  typeof value === "object" && value !== null && Object.values(value).every((text) => typeof text === "string");
const isUrl = (value) => isText(value) && /^https?:/.test(value) && URL.canParse(value);
const isEndpoint = (value) =>
  typeof value === "object" &&
  value !== null &&
  Object.keys(value).every((name) => ["url", "key", "events"].includes(name)) &&
  isUrl(value.url) &&
  isText(value.key) &&
  (value.events === undefined || (Array.isArray(value.events) && value.events.every(isText)));
const whole = [isWhole, "a whole number from 0"];
const count = [isCount, "a whole number from 0"];
const flag = [(value) => typeof value === "boolean", "a boolean"];

/** More take minutes to invent and more than a gigabyte to hold. */
const MOST_PATIENTS = 10_000;

export const settings = {
  seed: whole,
  patients: [(value) => isWhole(value) && value <= MOST_PATIENTS, `a whole number from 0 to ${MOST_PATIENTS}`],
  now: [
    (value) => typeof value === "function" || Number.isFinite(instant(value)),
    "an instant, or a function that gives one",
  ],
  tokenLifetimeMs: [(value) => isWhole(value) && value > 0, "a whole number of milliseconds from 1"],
  secrets: [isDictionary, "secrets by the name of the API client"],
  apiKeys: [(value) => Array.isArray(value) && value.every(isText), "an array of keys"],
  limits: flag,
  webhookEndpoints: [
    (value) => Array.isArray(value) && value.every(isEndpoint),
    "an array of endpoints with url, key and perhaps events",
  ],
};

export const fault = {
  api: [(value) => value === "welkin" || value === "inboxHealth", '"welkin" or "inboxHealth"'],
  operation: [isText, "the id of an operation"],
  times: [(value) => value === Infinity || (isCount(value) && value > 0), "a whole number from 1, or Infinity"],
  after: count,
  status: [(value) => isWhole(value) && value >= 200 && value <= 599, "a status from 200 to 599"],
  headers: [isDictionary, "headers by their name"],
  body: [() => true, "a body"],
  delayMs: [(value) => isWhole(value) && value <= 2147483647, "a whole number of milliseconds"],
  drop: [(value) => value === true || value === "after", 'true or "after"'],
  truncate: count,
  wrongType: [isText, "the place of a field, as content[].careTeam"],
};

/** What a rule can do to an answer. */
const effects = ["status", "headers", "body", "delayMs", "drop", "truncate", "wrongType"];
/** Statuses whose answers have no body. */
export const bodiless = [204, 205, 304];

/** The parameter that makes no sense in a rule whose values are good, and what would. */
export function contradiction(rule) {
  const given = (name) => rule[name] !== undefined;
  if (!effects.some(given)) return ["fault", `one of ${effects.join(", ")}`];
  const [without, reason] = given("drop")
    ? [["status", "headers", "body", "truncate", "wrongType"], "drop, which leaves no answer"]
    : bodiless.includes(rule.status)
      ? [["body", "truncate", "wrongType"], "a status without a body"]
      : given("body")
        ? [["wrongType"], "body, which takes the place of all fields"]
        : [[]];
  const beside = without.find(given);
  return beside && [`fault.${beside}`, `nothing beside ${reason}`];
}

export const webhook = {
  eventType: [isText, "the name of an event"],
  object: [(value) => typeof value === "object" && value !== null && !Array.isArray(value), "a record"],
};

export const delivery = {
  fetch: [(value) => typeof value === "function", "a function"],
  copies: [(value) => isCount(value) && value > 0, "a whole number from 1"],
};

/** Milliseconds since 1970; not a number when the value is no instant. */
export function instant(value) {
  return value instanceof Date || isText(value) || typeof value === "number" ? new Date(value).getTime() : NaN;
}
