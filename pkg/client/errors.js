// The error classes. Each carries a brand, so that an error of a second copy of the package on the
// same page is recognised too.

const brand = Symbol.for("carewire.error");

/** The ways in which a class is an ancestor of a brand; classes that others derive know their own. */
function branded(name) {
  return {
    value(value) {
      return Object.hasOwn(this, "className")
        ? typeof value === "object" && value !== null && Array.isArray(value[brand]) && value[brand].includes(name)
        : Function.prototype[Symbol.hasInstance].call(this, value);
    },
  };
}

function define(error, properties, enumerable = true) {
  for (const [name, value] of Object.entries(properties)) {
    if (value !== undefined) Object.defineProperty(error, name, { value, enumerable, configurable: true });
  }
}

/** What the errors of a code show beside what all errors show. */
const shown = {
  api: ["status", "requestId", "retryAfterMs"],
  token: ["reason"],
  timeout: ["timeoutMs"],
  decode: ["path", "expected", "found"],
  config: ["parameter", "expected"],
  webhook: ["reason"],
};

export class CarewireError extends Error {
  constructor(plain = {}) {
    const cause = plain.cause === undefined ? undefined : { cause: plain.cause };
    super(plain.message ?? "the call failed", cause);
    const names = [];
    const more = {};
    for (let at = new.target; at && at !== Error; at = Object.getPrototypeOf(at)) {
      names.push(at.className);
      for (const name of shown[at.code] ?? []) more[name] = plain[name];
    }
    Object.defineProperty(this, brand, { value: names });
    Object.defineProperty(this, "name", { value: new.target.className, configurable: true, writable: true });
    define(this, {
      code: new.target.code,
      outcome: plain.outcome ?? "not_sent",
      operation: plain.operation || undefined,
      ...more,
    });
  }

  toJSON() {
    return { name: this.name, message: this.message, ...this };
  }
}

export class ApiError extends CarewireError {
  constructor(plain = {}) {
    super(plain);
    // They may hold data of people: there for the caller, left out of `JSON.stringify`.
    define(this, { errors: listed(plain.body), headers: new Headers(plain.headers ?? []) }, false);
  }

  /** Node shows the `errors` of any error, hidden or not. */
  [Symbol.for("nodejs.util.inspect.custom")](depth, options, inspect) {
    return `${this.stack} ${inspect({ ...this }, options)}`;
  }
}

/** The errors as the API listed them: Welkin sends an array, anything else may come too. */
function listed(body) {
  try {
    const value = JSON.parse(body);
    return Array.isArray(value) ? value : value && typeof value === "object" ? [value] : [];
  } catch {
    return [];
  }
}

export class BadRequestError extends ApiError {}
export class UnauthorizedError extends ApiError {}
export class ForbiddenError extends ApiError {}
export class NotFoundError extends ApiError {}
export class ConflictError extends ApiError {}
export class UnprocessableEntityError extends ApiError {}
export class TooManyRequestsError extends ApiError {}
export class ServerError extends ApiError {}

export class TokenError extends CarewireError {}
export class NetworkError extends CarewireError {}
export class TimeoutError extends CarewireError {}
export class AbortError extends CarewireError {}
export class DecodeError extends CarewireError {}
export class ConfigError extends CarewireError {}
export class WebhookError extends CarewireError {}

// The names are written out because a minifier shortens those of the classes.
const classes = {
  CarewireError,
  ApiError,
  BadRequestError,
  UnauthorizedError,
  ForbiddenError,
  NotFoundError,
  ConflictError,
  UnprocessableEntityError,
  TooManyRequestsError,
  ServerError,
  TokenError,
  NetworkError,
  TimeoutError,
  AbortError,
  DecodeError,
  ConfigError,
  WebhookError,
};
const byCode = {};
for (const [className, constructor] of Object.entries(classes)) {
  // `TooManyRequestsError` has the code `too_many_requests`.
  const code = className.slice(0, -"Error".length).replace(/\B[A-Z]/g, "_$&").toLowerCase();
  byCode[code] = constructor;
  Object.defineProperties(constructor, {
    name: { value: className },
    className: { value: className },
    code: { value: code },
    [Symbol.hasInstance]: branded(className),
  });
}

const byStatus = {
  400: BadRequestError,
  401: UnauthorizedError,
  403: ForbiddenError,
  404: NotFoundError,
  409: ConflictError,
  422: UnprocessableEntityError,
  429: TooManyRequestsError,
};

/** A wrong argument or setting, named; nothing is sent. */
export function wrong(parameter, expected, operation) {
  const message = `${operation ? `${operation}: ` : ""}${parameter}: expected ${expected}`;
  return new ConfigError({ parameter, expected, operation, message });
}

/** What a call rejects with, from what the engine says of its failure. */
export function fromPlain(plain, signal) {
  if (typeof plain?.kind !== "string") {
    // Anything else is a fault of the client itself; what it says may hold data.
    return new CarewireError({ message: "the client failed", outcome: "unknown" });
  }
  if (plain.kind === "abort") return abortReason(plain, signal);
  if (plain.kind === "api") {
    const { status } = plain;
    // A gateway says so when it is its own session that is missing, and not a token of the API.
    if (status === 401 && plain.headers.some(([name]) => name === "x-carewire-gateway")) {
      return new TokenError({ ...plain, reason: "session", message: `${plain.operation}: nobody is signed in` });
    }
    return new (byStatus[status] ?? (status >= 500 ? ServerError : ApiError))(plain);
  }
  return new byCode[plain.kind](plain);
}

/** The signal's own reason, told apart from others by `instanceof AbortError`, with the outcome. */
function abortReason(plain, signal) {
  const reason = signal?.reason;
  if (typeof reason !== "object" || reason === null) {
    return reason === undefined ? new AbortError(plain) : reason;
  }
  try {
    // One signal may end several calls, also with the error of one of them: the worst outcome stays.
    if (plain.outcome === "unknown" || !reason.outcome) {
      Object.defineProperty(reason, "outcome", { value: plain.outcome, configurable: true });
    }
    Object.defineProperty(reason, brand, { value: ["AbortError", "CarewireError"], configurable: true });
  } catch {
    // A frozen reason stays as it is, and the error of another call of its class.
  }
  return reason;
}
