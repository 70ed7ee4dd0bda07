/** A UUID in its canonical text form. */
export type Uuid = string;
/** An instant as the API writes it: ISO 8601, in requests UTC with milliseconds and `Z`. */
export type DateTime = string;
/** A calendar date, `YYYY-MM-DD`. */
export type PlainDate = string;
/** An absolute URL. */
export type Uri = string;
/** An email address. */
export type Email = string;
/** A whole number. */
export type Integer = number;
/** An amount of money in whole US cents: 1250 is $12.50. A fraction is refused before sending. */
export type Cents = number;
/** An object whose fields no source shows. */
export type OpenObject = { [field: string]: unknown };
/** A change: what is left out stays, `null` clears, a value sets. */
export type Patch<T> = { [K in keyof T]: {} extends Pick<T, K> ? Elements<K, T[K]> | null : T[K] };
/** Under a name with `_attributes` an element with an `id` is a change too; one without adds a record. */
type Elements<Name, T> = Name extends `${string}_attributes`
  ? T extends readonly (infer E)[]
    ? readonly (Patch<E> & { id?: Integer | null | undefined })[]
    : T
  : T;
/** A change of what is yours to shape: what is left out stays, `null` clears, a value sets. */
export type Changes<Data> = { [K in keyof Data]?: Data[K] | null | undefined };
/** What is yours to shape, as it comes back: what is not set is `null`. */
export type Returned<Data> = { [K in keyof Data]: Returning<Data[K]> | null };
/** A `Date` that was given comes back as text. */
type Returning<T> = T extends Date ? DateTime : T;
/** What also comes back, as it is given: any field may be left out. */
export type Given<T> = T extends string
  ? T
  : T extends readonly (infer E)[]
    ? readonly Given<E>[]
    : T extends object
      ? { [K in keyof T]?: Given<T[K]> | undefined }
      : T;
/**
 * A record with fields that the reference does not know: they are kept, both ways.
 * `(patient as Open<Welkin.Patient>)["newField"]`
 */
export type Open<T> = T & { [field: string]: unknown };
/** What a list holds. */
export type Item<T> = NonNullable<T> extends readonly (infer E)[] ? E : never;

/** A token, and when its life ends: ISO 8601, milliseconds since 1970 or a `Date`. */
export type Token = string | { token: string; expiresAt?: string | number | Date | undefined };

/** What a token provider is asked. */
export interface TokenRequest {
  /** The last token was refused: one from a cache will not do. */
  forceRefresh: boolean;
  /** That token, so that a cache shared with others renews it only if it still holds the same one. */
  refused?: string;
  /** Aborted when the client has stopped waiting for an answer, after 30 seconds. */
  signal: AbortSignal;
}

/**
 * Gives tokens. The client asks one question at a time, however many calls wait, keeps the answer in
 * memory only, and renews it early. A provider that fails is left alone for a moment.
 */
export type TokenProvider = (request: TokenRequest) => Token | Promise<Token>;

/**
 * A provider that asks your own server, such as `tokenRoute` of `carewire/edge`: a POST of
 * `{ forceRefresh }`, answered with `{ token, expiresAt, now }`.
 * @param url Of the same origin, or one that allows this origin.
 */
export function tokenEndpoint(
  url: string | URL,
  options?: { fetch?: typeof globalThis.fetch | undefined; headers?: HeadersGiven | undefined },
): TokenProvider;

/**
 * The API key of Inbox Health, for `auth` of a client on a server. A key reaches the data of every
 * enterprise under its partner: clients refuse one in a browser.
 * @param provider Gives the key each time the client has none.
 * @param options `scheme`: `"header"`, the default, sends `x-api-key`. `"basic"` sends the key as the
 *   user name of HTTP Basic with an empty password, the older form.
 */
export function apiKey(
  provider: TokenProvider,
  options?: { scheme?: "header" | "basic" | undefined },
): TokenProvider;

/** Headers as one has them: an object of names and values, pairs, or `Headers`. */
export type HeadersGiven = Headers | { [name: string]: string } | Iterable<readonly [string, string]>;

/** An object with a `fetch` method, such as a service binding. */
export interface Fetcher {
  fetch(input: string, init?: RequestInit): Promise<Response>;
}

/** What both clients can be told. */
export interface ClientOptions {
  /**
   * Where requests go: scheme and host, a path prefix if there is one. Or, in a page, a gateway:
   * `"/api/welkin"`. Elsewhere a path needs a `fetch` of yours that knows the host.
   */
  baseUrl?: string | undefined;
  /** Where tokens come from. Left out behind a gateway. */
  auth?: TokenProvider | undefined;
  /** Instead of the global `fetch`: a function of its signature, or a service binding. */
  fetch?: ((input: string, init?: RequestInit) => Promise<Response>) | Fetcher | undefined;
  /** Headers of every request. The Welkin API allows browsers no others than its own four. */
  headers?: HeadersGiven | undefined;
  /** One deadline for a call over token, attempts, waits and body, in milliseconds. 60,000 by default. */
  timeoutMs?: number | undefined;
  /** How often a call is repeated at most, 0 to 10. 2 by default. Only what is safe is repeated. */
  retries?: number | undefined;
  /**
   * What happens when a reply differs from these declarations: an event, a `DecodeError`, or nothing. A field that
   * is absent is no difference, for both APIs leave out what is unset. A status without a body (204) where a record
   * is declared is one: the call resolves to `undefined`.
   */
  drift?: "report" | "strict" | "off" | undefined;
  /** Is told what happens. No event holds an identifier, a token, a body or a value. */
  onEvent?: ((event: ClientEvent) => void) | undefined;
  /** Allows a secret in a browser. Whoever opens the page can read it then. */
  dangerouslyAllowBrowser?: boolean | undefined;
}

/** What a Welkin client can be told. Tenant, instance and `auth` are needed unless `baseUrl` leads to a gateway. */
export interface WelkinOptions extends ClientOptions {
  /** The tenant, as in the path of the API. */
  tenant?: string | undefined;
  /** The instance, as in the path of the API. */
  instance?: string | undefined;
  /**
   * Where `auth.createToken` goes. `https://api.welkinhealth.com`, or a `baseUrl` that is not one of Welkin's
   * own hosts. `auth.createLegacyToken` goes to the data, as all other calls do.
   */
  authBaseUrl?: string | undefined;
}

/** What an Inbox Health client can be told. */
export interface InboxHealthOptions extends ClientOptions {
  /** The API, or a gateway: `"/api/inbox"`. No source names the production host. */
  baseUrl: string;
  /**
   * The rate to which the client keeps by waiting in line: `perSecond` requests a second, 0.1 to 1000,
   * and `burst` at once after a rest, 1 to 1000. 10 and 100 by default, which is the limit of an API
   * key. All calls of the client share one line and leave it in order; the wait counts for
   * `timeoutMs`, and a call that is aborted meanwhile is not sent.
   */
  limit?: { perSecond?: number | undefined; burst?: number | undefined } | undefined;
}

/** What one call can be told. */
export interface CallOptions {
  /** Ends the call; it rejects with the signal's own reason. */
  signal?: AbortSignal | undefined;
  /** Instead of the client's, in milliseconds. */
  timeoutMs?: number | undefined;
  /** Instead of the client's. */
  retries?: number | undefined;
  /** Headers beside the client's; the same name wins. */
  headers?: HeadersGiven | undefined;
  /**
   * Is told how far the files of the call have come. A call without files tells nothing. An upload is
   * counted as its bytes leave, but in a browser, whose `fetch` does not say: it is told at the start and
   * at the end there. A download is counted as its bytes are read.
   */
  onProgress?: ((progress: Progress) => void) | undefined;
}

/** How far files have come, in bytes. The numbers never fall. */
export interface Progress {
  loaded: number;
  /** Left out where nobody knows it: a stream is sent, or the answer tells no length. */
  total?: number | undefined;
}

/** The content of a file. */
export type FileContent = Blob | ReadableStream<Uint8Array> | ArrayBuffer | ArrayBufferView;
/**
 * A file to send: a `File` with its own name and type; or content, with a name and a type where it has
 * none. Node and workerd send a stream as it comes, and never a second time; a browser reads it first.
 */
export type FileSource = FileContent | { data: FileContent; name?: string | undefined; type?: string | undefined };

/**
 * A file that the API sends. Its body can be read once, as that of a `Response`; reading belongs to the
 * call: it ends with a `TimeoutError` when the call's time is over, with the signal's reason when it is
 * aborted, and with a `NetworkError` when the connection is lost.
 */
export interface FileDownload {
  /** From `Content-Disposition`, without folders. */
  readonly name?: string;
  /** From `Content-Type`; empty when there is none. */
  readonly type: string;
  /** In bytes, if the answer tells its length. */
  readonly size?: number;
  readonly status: number;
  readonly headers: Headers;
  readonly requestId?: string;
  blob(): Promise<Blob>;
  bytes(): Promise<Uint8Array>;
  arrayBuffer(): Promise<ArrayBuffer>;
  /** The bytes as they arrive. Cancel it to give the rest up. */
  stream(): ReadableStream<Uint8Array>;
}

/** What a call was, in events: the id of the operation and its path with parameters in braces. */
interface CallEvent {
  operation: string;
  /** Left out for `request()`, whose path may hold identifiers. */
  pathTemplate?: string;
}

/** Something that happened inside a client. */
export type ClientEvent =
  | (CallEvent & { type: "request"; method: string; attempt: number })
  | (CallEvent & { type: "response"; attempt: number; status?: number; durationMs: number; requestId?: string })
  | (CallEvent & { type: "retry"; attempt: number; delayMs: number; status?: number })
  | (CallEvent & { type: "drift"; path: string; expected: string; found: string })
  | (CallEvent & { type: "page"; records: number; last: boolean })
  | (CallEvent & { type: "error"; outcome: Outcome })
  | { type: "token"; action: "requested" | "received" | "failed" | "refused"; reason?: string };

/**
 * A list, sent for only when it is asked for something: `await` it for its page as the API sent it,
 * `for await` it for the records of all pages. A reply without its array of records is no empty list: going
 * through it rejects with a `DecodeError`, whatever `drift` says.
 */
export interface List<Page, Record> extends PromiseLike<Page>, AsyncIterable<Record> {
  /** As on a promise. */
  catch<T = never>(onRejected?: ((reason: unknown) => T | PromiseLike<T>) | null): Promise<Page | T>;
  /** As on a promise. */
  finally(onFinally?: (() => void) | null): Promise<Page>;
  /** The pages, one by one, as the API sent them. A page that failed can be asked for again. */
  pages(): AsyncIterableIterator<Page>;
  /** The records of all pages in one array, at most `limit`; no page is asked for beyond that. */
  toArray(options?: { limit?: number | undefined }): Promise<Record[]>;
}

/** The answer to a generic call. */
export interface Answer<T> {
  /** The body as the API sent it. */
  data: T;
  status: number;
  headers: Headers;
  requestId?: string;
  /** How many requests were sent. */
  attempts: number;
}

/** An operation in its wire form. */
interface WireOperation {
  path: object;
  query: object;
  body: unknown;
  reply: unknown;
}

/** The arguments of the generic call; what may be empty may be left out. */
export type CallArguments<O extends WireOperation> = ({} extends O["path"] ? { path?: O["path"] | undefined } : { path: O["path"] }) &
  ({} extends O["query"] ? { query?: O["query"] | undefined } : { query: O["query"] }) &
  (undefined extends O["body"] ? { body?: undefined } : { body: O["body"] });

/** The generic call: by operation id, wire form in and out. */
interface GenericCalls<Operations> {
  /**
   * Calls an operation by its id. Path parameters that the client knows (tenant, instance) are left
   * out; query keys are those of the wire (`"filter[name]"`).
   */
  call<Id extends keyof Operations>(
    operationId: Id,
    ...rest: Operations[Id] extends WireOperation
      ? {} extends CallArguments<Operations[Id]>
        ? [given?: CallArguments<Operations[Id]>, options?: CallOptions]
        : [given: CallArguments<Operations[Id]>, options?: CallOptions]
      : never
  ): Promise<Answer<Operations[Id] extends WireOperation ? Operations[Id]["reply"] : never>>;
  /**
   * Sends a request that the references do not know, below the base URL and with the client's
   * credentials. Only GET and HEAD are repeated; they have no body. A `FormData`, `URLSearchParams`,
   * `Blob`, stream or bytes are sent as they are; an object with a `FileSource` in it travels as
   * `multipart/form-data`, anything else as JSON, text too. The reply is not checked: a number that
   * JavaScript cannot hold is rounded, as `JSON.parse` does.
   * @param path Begins with one slash; it is sent as it is.
   */
  request<T = unknown>(
    method: string,
    path: string,
    given?: {
      query?: { [name: string]: string | number | boolean | readonly (string | number | boolean)[] | undefined } | undefined;
      body?: unknown;
    },
    options?: CallOptions,
  ): Promise<Answer<T>>;
}

/**
 * The rows of a bulk change, as `welkin.cdtRecords.bulkUpdate` answers it, that were not changed: the
 * API answers 200 all the same, with a status for each row.
 */
export function failedRows<Row extends { result: { status: string } }>(result: { rows: readonly Row[] }): Row[];

/**
 * Loads the wasm now. No call needs it: in Node and in workerd the wasm is there on import, in a
 * browser the first call loads it.
 * @param source Where the wasm is, or the wasm itself; by default the file beside the script.
 */
export function init(source?: WasmSource): Promise<unknown>;

/**
 * Where wasm is, its bytes, or a compiled `WebAssembly.Module`: an object, because the types of some
 * runtimes do not name it.
 */
export type WasmSource = string | URL | Request | Response | PromiseLike<Response> | ArrayBuffer | ArrayBufferView | object;

/**
 * What became of a request: nothing left the client; the API said that it did not do it; or it was
 * sent, and the API may have done it.
 */
export type Outcome = "not_sent" | "rejected" | "unknown";

/**
 * Any error of a call. No message and no JSON of it holds a body, a token, an identifier or a value.
 * `instanceof` recognises errors of another copy of the package too. A clone (`postMessage`) is a plain
 * `Error` with the message: send `toJSON()` beside it. The package alone makes them.
 *
 * The class itself, with the code `"carewire"` and the outcome `"unknown"`, says that the client failed: by
 * a fault of its own, or because memory or stack ran out. All calls that were under way in the same page,
 * process or isolate reject so. The next call begins anew, on the same client.
 */
export class CarewireError extends Error {
  // `protected` would keep the classes from where any constructor fits, such as `toThrow(NotFoundError)`.
  constructor(made: never);
  readonly code: string;
  readonly outcome: Outcome;
  /** The id of the operation, if the call named one. */
  readonly operation?: string;
  /** Name, message, code, outcome, operation and, of an API error, status and request id. */
  toJSON(): { name: string; message: string; code: string; outcome: Outcome; [field: string]: unknown };
}

/** The API answered with a status other than 2xx. */
export class ApiError extends CarewireError {
  readonly status: number;
  /** The errors as the API listed them: Welkin sends `{ errorCode, componentType, message, details }`. Not part of the JSON of this error. */
  readonly errors: { errorCode?: string; componentType?: string; message?: string; details?: unknown; [field: string]: unknown }[];
  readonly requestId?: string;
  readonly headers: Headers;
  /** How long the API asked to wait, in milliseconds. */
  readonly retryAfterMs?: number;
}
/** 400 */
export class BadRequestError extends ApiError {}
/** 401, after the one renewal of the token. */
export class UnauthorizedError extends ApiError {}
/** 403 */
export class ForbiddenError extends ApiError {}
/** 404 */
export class NotFoundError extends ApiError {}
/** 409 */
export class ConflictError extends ApiError {}
/** 422 */
export class UnprocessableEntityError extends ApiError {}
/** 429 */
export class TooManyRequestsError extends ApiError {}
/** 5xx */
export class ServerError extends ApiError {}

/**
 * There is no usable token; `cause` is what the provider threw. Nothing was sent without one. `"session"`
 * is what a gateway answers when nobody is signed in (any more). `"exchange_…"` and `"vault_failed"` are
 * those of the `TokenExchangeError` of `carewire/edge`.
 */
export class TokenError extends CarewireError {
  readonly reason:
    | "provider_failed"
    | "provider_timeout"
    | "malformed"
    | "expired"
    | "session"
    | "exchange_limited"
    | "exchange_rejected"
    | "exchange_network"
    | "exchange_malformed"
    | "vault_failed"
    | (string & {});
}
/** The connection failed or was lost. */
export class NetworkError extends CarewireError {}
/** The deadline of the call passed. */
export class TimeoutError extends CarewireError {
  /** The time that the call had, in milliseconds. */
  readonly timeoutMs: number;
}
/**
 * The call was aborted. It rejects with the signal's own reason, which is an `instanceof AbortError`
 * then and has an `outcome`: the worst one, where the signal ended several calls. The error of another
 * call keeps its class. A reason that is no object, or is frozen, says nothing: look before you repeat.
 */
export class AbortError extends CarewireError {}
/** The reply is not what it must be. */
export class DecodeError extends CarewireError {
  /** The place, made of names of the reference only: `content[].careTeam`. */
  readonly path: string;
  readonly expected: string;
  readonly found: string;
}
/** An argument or a setting is wrong; nothing was sent. */
export class ConfigError extends CarewireError {
  /** The parameter, for example `patientId` or `body.participants[].participantId`. */
  readonly parameter: string;
  readonly expected: string;
}
/** A webhook is not what it must be, or not from whom it must be. */
export class WebhookError extends CarewireError {
  readonly reason: "method_not_allowed" | "signature_missing" | "signature_mismatch" | "body_too_large" | "malformed";
}

/** The Welkin Health v8 API: care management. */
export class Welkin {
  constructor(options: WelkinOptions);
}
export interface Welkin extends GenericCalls<Welkin.Operations> {}
/** The Inbox Health Partner API: patient billing. */
export class InboxHealth {
  constructor(options: InboxHealthOptions);
}
export interface InboxHealth extends GenericCalls<InboxHealth.Operations> {}

