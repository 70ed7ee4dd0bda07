import type { Fetcher, InboxHealth, TokenError, TokenProvider, Welkin } from "../index.js";

export type { Fetcher, InboxHealth, Token, TokenProvider, TokenRequest, Welkin } from "../index.js";
export {
  AbortError,
  ApiError,
  BadRequestError,
  CarewireError,
  ConfigError,
  ConflictError,
  DecodeError,
  ForbiddenError,
  init,
  NetworkError,
  NotFoundError,
  ServerError,
  TimeoutError,
  TokenError,
  TooManyRequestsError,
  UnauthorizedError,
  UnprocessableEntityError,
  WebhookError,
} from "../index.js";

/** Instead of the global `fetch`: a function of its signature, or a service binding. */
type Fetch = ((input: string, init?: RequestInit) => Promise<Response>) | Fetcher;

type Maybe<T> = T | null | undefined | false;

/** An API client of a Welkin tenant. */
export interface WelkinSecretOptions {
  /** The tenant, as in the path of the API. */
  tenant: string;
  /** The name of the API client. */
  apiClient: string;
  /** Its secret. It appears in no error and in no log. */
  secret: string;
  /** Host of the primary endpoint. `https://api.welkinhealth.com` by default. */
  authBaseUrl?: string | undefined;
  /** Host of the legacy endpoint. `https://api.live.welkincloud.io` by default. */
  baseUrl?: string | undefined;
  /** `POST /auth/token`, or `POST /{tenant}/admin/api_clients/{name}`. `"primary"` by default. */
  endpoint?: "primary" | "legacy" | undefined;
  fetch?: Fetch | undefined;
}

/**
 * A token provider that exchanges a secret at Welkin each time it is asked; what asks it keeps the
 * token. Keeps to the limit of the endpoint, and waits a block out by failing fast with a
 * {@link TokenExchangeError}.
 */
export function welkinSecret(
  options: WelkinSecretOptions,
): (request?: { forceRefresh?: boolean; signal?: AbortSignal }) => Promise<{
  token: string;
  /** ISO 8601. The legacy endpoint tells none: an hour from now then. */
  expiresAt: string;
}>;

/** What {@link welkinSecret} rejects with; an `instanceof TokenError`. */
export type TokenExchangeError = Omit<TokenError, "reason"> & {
  readonly reason: "exchange_limited" | "exchange_rejected" | "exchange_network" | "exchange_malformed";
  /** What Welkin answered with. */
  readonly status?: number;
  /** When the next exchange can begin, in milliseconds. */
  readonly retryAfterMs?: number;
};

/**
 * Finds the session of a request, or nothing when there is none. It may read the headers; the body is
 * the API's.
 */
export type Authorize<Session, Env> = (request: Request, env: Env) => Maybe<Session> | Promise<Maybe<Session>>;

export interface TokenRouteOptions<Env> {
  /** Where the token comes from, such as {@link welkinSecret}. */
  provider: TokenProvider;
  /** Who may have it: whoever holds the token can do what the API client can. */
  authorize: Authorize<unknown, Env>;
}

/**
 * The server side of `tokenEndpoint(url)`: answers a POST from the route's own origin with
 * `{ token, expiresAt, now }`. One token per isolate, renewed early; `{ forceRefresh: true }` is
 * honoured once in 5 seconds.
 */
export function tokenRoute<Env = unknown>(
  options: TokenRouteOptions<Env>,
): (request: Request, env?: Env) => Promise<Response>;

/** Text of the URL under these names, decoded. A name that ends in `[]` has an array. */
type Decoded<Names> = { readonly [Name in keyof Names]?: Name extends `${string}[]` ? readonly string[] : string };

/** What a policy decides on. */
export interface Question<Session, Path = Record<string, string>, Query = Record<string, unknown>, Env = unknown> {
  /** The id of the operation. */
  readonly operation: string;
  /** The path parameters, without tenant and instance. */
  readonly path: { readonly [Name in keyof Path]: string };
  /** The query parameters that were given, by their names on the wire, such as `filter[first_name]`. */
  readonly query: Decoded<Query>;
  /** What `authorize` gave. */
  readonly session: Session;
  /** The bindings of the worker. */
  readonly env: Env;
}

type QuestionOf<Shape, Session, Env> = Shape extends { path: infer Path; query: infer Query }
  ? Question<Session, Path, Query, Env>
  : never;
type ReplyOf<Shape> = Shape extends { reply: infer Reply } ? Reply : unknown;

/** The JSON of a body as it came: nothing of it is checked yet. */
type Sent<Shape> = Shape extends { body: infer Body }
  ? Body extends object
    ? { readonly [Name in keyof Body]?: unknown } & { readonly [name: string]: unknown }
    : unknown
  : unknown;

type Decision = boolean | Promise<boolean>;

/** Lets fewer fields of a reply through. `undefined` denies the request after all. */
type Narrow<Shape, Session, Env> = (reply: ReplyOf<Shape>, question: QuestionOf<Shape, Session, Env>) => unknown;

/** `true`, a function that says `true`, or more than that. */
export type Rule<Shape, Session, Env = unknown> =
  | boolean
  | ((question: QuestionOf<Shape, Session, Env>) => Decision)
  | {
      readonly allow:
        | boolean
        | ((question: QuestionOf<Shape, Session, Env> & { readonly body: Sent<Shape> | undefined }) => Decision);
      /** `true`: the body is read, up to `maxReadBytes`, for `allow` to see, and sent on as it was understood. */
      readonly body?: boolean | undefined;
      /** The reply is read, up to `maxReadBytes`; all others stream. */
      readonly narrow?: Narrow<Shape, Session, Env> | undefined;
    };

/**
 * Which operations are allowed: what is left out is denied. A parameter can change the meaning of
 * another: `patientsGet` with `?type=MRN` reads the id as a record number, so a rule that compares ids
 * asks for `query.type === undefined` as well. What a body says that the path says too (`id`,
 * `patientId`) must be the same; the gateway sees to that.
 */
export type Policy<Operations, Session, Env = unknown> = {
  readonly [Id in Exclude<keyof Operations, "authCreateToken" | "authCreateLegacyToken">]?: Rule<
    Operations[Id],
    Session,
    Env
  >;
};

/** The policies for both APIs. */
export interface Allow<Session, Env = unknown> {
  readonly welkin?: Policy<Welkin.Operations, Session, Env> | undefined;
  readonly inbox?: Policy<InboxHealth.Operations, Session, Env> | undefined;
}

/** A part of both APIs that a member of staff works with; see the table in the README. */
export type Area =
  | "patients"
  | "records"
  | "documents"
  | "messages"
  | "schedule"
  | "tasks"
  | "directory"
  | "billing"
  | "refunds"
  | "configuration"
  | "administration";

/** An area, to read there or also to write. */
export type Grant = `${Area}:${"read" | "write"}`;

/**
 * A policy by role. Each operation belongs to one area and either reads or writes; what no role is
 * granted is denied. `"…:write"` includes reading.
 */
export function staffPolicy<Role extends string, Session>(options: {
  /** What each role may do. */
  roles: { readonly [Name in Role]: readonly Grant[] };
  /** The role of a session, or several. */
  role: (session: Session) => NoInfer<Role> | readonly NoInfer<Role>[] | undefined;
}): Allow<Session>;

/**
 * A policy for a patient who looks at the own record and the own bills. It allows to read, and nothing
 * else; no list of people, no note of the staff among themselves, nothing that cannot be told to be the
 * patient's own.
 */
export function patientPolicy<Session>(options: {
  /** The patient's Welkin id. Without one, nothing of Welkin is allowed. */
  patientId: (session: Session) => Maybe<string>;
  /** The patient's Inbox Health id. Without one, nothing of Inbox Health is allowed. */
  inboxPatientId?: ((session: Session) => Maybe<string | number>) | undefined;
  /** The CDTs whose records the patient may read. None by default: only you know what they hold. */
  cdtNames?: readonly string[] | undefined;
}): Allow<Session>;

/** One decision, without patient data. */
export interface AuditEvent {
  /** When the request came, ISO 8601. */
  time: string;
  /** `null` when the path belongs to neither API. */
  api: "welkin" | "inbox" | null;
  /** The id of the operation; `null` when it was not recognised or nobody was signed in. */
  operation: string | null;
  decision: "allowed" | "denied" | "unknown" | "unauthenticated";
  /** The status of the answer. */
  status: number;
  /** Until the head of the answer. */
  durationMs: number;
  /** The API's own if it gave one; also in the answer's `x-request-id`. */
  requestId: string;
  /** The `id` of the session. */
  who: string | null;
}

export interface GatewayOptions<Session extends { id?: unknown }, Env> {
  welkin?:
    | {
        tenant: string;
        instance: string;
        /** `https://api.live.welkincloud.io` by default. */
        baseUrl?: string | undefined;
        /** Where the token comes from, such as {@link welkinSecret}. */
        auth: TokenProvider;
        /** The path under which a client finds the API: `"/api/welkin"`. */
        prefix: string;
      }
    | undefined;
  inbox?:
    | {
        baseUrl: string;
        /** The key, or what gives it. */
        apiKey: string | TokenProvider;
        /** The path under which a client finds the API: `"/api/inbox"`. */
        prefix: string;
      }
    | undefined;
  /** Finds the session. Without one the answer is 401. */
  authorize: Authorize<Session, Env>;
  /** Which operations a session may use, such as {@link staffPolicy} or {@link patientPolicy}. */
  allow: Allow<NoInfer<Session>, NoInfer<Env>>;
  /** Other origins that may use the gateway. */
  cors?: readonly string[] | undefined;
  /** The largest request body. 25 MiB by default. */
  maxBodyBytes?: number | undefined;
  /** The largest JSON that is read: a body that a policy asks for or that names its record, a narrowed reply. 1 MiB by default. */
  maxReadBytes?: number | undefined;
  /** The time until the API's answer begins, in milliseconds. 60,000 by default. */
  timeoutMs?: number | undefined;
  /**
   * Is told of each decision, through `ctx.waitUntil` where there is one: a function, or the binding of
   * a `Queue`. It is tried three times.
   */
  audit?: ((event: AuditEvent, env: Env) => unknown) | { send(event: AuditEvent): Promise<unknown> } | undefined;
  /** Gets an event that the audit did not take. By default it is written to `console.error`. */
  onAuditFailure?: ((event: AuditEvent, error: unknown) => unknown) | undefined;
  fetch?: Fetch | undefined;
}

/**
 * Stands between a portal and the APIs: lets in what the policy allows, by operation, with the
 * gateway's own tenant and credentials. Everything that is not exactly an operation is 404, what is
 * not allowed 403. Answers of its own are `{ error }` and carry `x-carewire-gateway`.
 */
export class Gateway<Session extends { id?: unknown } = { id?: unknown }, Env = unknown> {
  constructor(options: GatewayOptions<Session, Env>);
  /** The `fetch` of a worker; it is bound. */
  fetch(request: Request, env?: Env, ctx?: { waitUntil(promise: Promise<unknown>): void }): Promise<Response>;
}
