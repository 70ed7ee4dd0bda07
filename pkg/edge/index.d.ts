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

/** Which API client of which Welkin tenant. */
export interface ApiClient {
  /** The tenant, as in the path of the API. */
  tenant: string;
  /** The name of the API client. */
  apiClient: string;
}

/** The secret of an API client, and where it is exchanged. */
export interface ApiClientSecret {
  /** The secret. It appears in no error and in no log. */
  secret: string;
  /** Host of the primary endpoint. `https://api.welkinhealth.com` by default. */
  authBaseUrl?: string | undefined;
  /** Host of the legacy endpoint. `https://api.live.welkincloud.io` by default. */
  baseUrl?: string | undefined;
  /** `POST /auth/token`, or `POST /{tenant}/admin/api_clients/{name}`. `"primary"` by default. */
  endpoint?: "primary" | "legacy" | undefined;
  fetch?: Fetch | undefined;
}

/** An API client of a Welkin tenant, with its secret. */
export interface WelkinSecretOptions extends ApiClient, ApiClientSecret {}

/**
 * A token provider that exchanges a secret at Welkin each time it is asked; what asks it keeps the
 * token. Keeps to the limit of the endpoint, and waits a block out by failing fast with a
 * {@link TokenExchangeError}: 5 minutes after a 429, or longer if `Retry-After` says so, but no more
 * than a day.
 */
export function welkinSecret(
  options: WelkinSecretOptions,
): (request?: { forceRefresh?: boolean; signal?: AbortSignal }) => Promise<{
  token: string;
  /** ISO 8601. The legacy endpoint tells none: an hour from now then. */
  expiresAt: string;
}>;

/** What {@link welkinSecret} and {@link tokenVault} reject with; an `instanceof TokenError`. */
export type TokenExchangeError = TokenError & {
  /**
   * `"exchange_limited"`: 100 exchanges began in the last 5 minutes, or Welkin has blocked the API
   * client. `"vault_failed"`: the vault did not answer, or its storage failed.
   */
  readonly reason:
    | "exchange_limited"
    | "exchange_rejected"
    | "exchange_network"
    | "exchange_malformed"
    | "vault_failed";
  /** What Welkin answered with. */
  readonly status?: number;
  /** When the next exchange can begin, in milliseconds: never more than a day. */
  readonly retryAfterMs?: number;
  /** The same as a time: ISO 8601, UTC. */
  readonly retryAt?: string;
};

/** What a {@link TokenVault} needs of the state of its Durable Object; a `DurableObjectState` has it. */
export interface TokenVaultState {
  readonly storage: {
    get(key: string): Promise<unknown>;
    put(key: string, value: unknown): Promise<void>;
  };
}

/** What {@link tokenVault} needs of its binding; a `DurableObjectNamespace` has it. */
export interface TokenVaultNamespace {
  idFromName(name: string): unknown;
  get(id: unknown): Fetcher;
}

/**
 * A Durable Object that holds one token per tenant and API client for all isolates. Export it from
 * the worker, bind it with a migration under `new_sqlite_classes`, and ask it with {@link tokenVault}.
 *
 * - The secret comes from the `env` of the object: by default `WELKIN_SECRET`, and if they are there
 *   `WELKIN_AUTH_BASE_URL` and `WELKIN_BASE_URL`. Override {@link TokenVault.secretOf} for others.
 * - One exchange at a time, however many ask. It belongs to the object: a request that is cancelled
 *   takes nothing from the others. The token is renewed in the last 5 minutes of its life (or the last
 *   fifth) while it is still handed out.
 * - At most 100 exchanges in any 5 minutes, and none for 5 minutes after a 429. After other failures
 *   the endpoint rests from 1 s up to 30 s, or up to 5 minutes when Welkin answered with another 4xx:
 *   that may be how a block looks. If `Retry-After` asks for longer, after a 429, a 503 or any other,
 *   it is obeyed, but no answer stops the exchanges for more than a day. Nor does a clock that is set
 *   back make any of these longer. Whoever can do with the token that is held gets it all the same.
 * - Ten refused tokens a minute are renewed; beyond that the held one is handed out again.
 *
 * What it stores: the times of the exchanges and the end and length of a block in clear, because the
 * limit is Welkin's and a restart does not lift it; and the token, sealed (AES-256-GCM) with a key
 * derived from the secret. An idle object is ended after a minute or so: with its token in memory only, each
 * isolate that asks later would cost an exchange, and there would not be one token but many. Sealed,
 * the token is of no use to whoever can look into the storage but does not know the secret, and a new
 * secret voids it. The secret itself is never stored.
 */
export class TokenVault<Env = unknown> {
  /** Tells TypeScript that a binding can name this class; there is no such property. */
  readonly __DURABLE_OBJECT_BRAND: never;
  constructor(state: TokenVaultState, env: Env);
  /**
   * The secret of an API client. Called once per start of the object; what it throws is told to nobody.
   * @param client Whose secret: as {@link tokenVault} was told.
   */
  secretOf(client: ApiClient, env: Env): ApiClientSecret | Promise<ApiClientSecret>;
  /** Answers {@link tokenVault}, and nobody else: a request from outside that is passed on gets 404. */
  fetch(request: Request): Promise<Response>;
}

/**
 * A token provider that asks a {@link TokenVault}. Whoever uses it keeps the token, as with any
 * provider, so the vault is asked about once an hour by each isolate. When a token was refused, the vault
 * is told which one by its number, and renews it only if it still holds that one.
 *
 * Rejects with a {@link TokenExchangeError}, or with a `ConfigError` when `secretOf` gives no usable
 * settings.
 * @param namespace The binding of the Durable Object.
 */
export function tokenVault(
  namespace: TokenVaultNamespace,
  client: ApiClient,
): (request?: { forceRefresh?: boolean; refused?: string; signal?: AbortSignal }) => Promise<{
  token: string;
  /** ISO 8601, by the clock of the isolate. */
  expiresAt: string;
}>;

/**
 * Finds the session of a request, or nothing when there is none. It may read the headers; the body is
 * the API's. A `Response` is no session: the answer is 401.
 */
export type Authorize<Session, Env> = (request: Request, env: Env) => Maybe<Session> | Promise<Maybe<Session>>;

export interface TokenRouteOptions<Env> {
  /** Where the token comes from, such as {@link tokenVault} or {@link welkinSecret}. */
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

/** The record that an event of each known name brings. */
export interface InboxEventObjects {
  // In the official samples.
  patient_created: InboxHealth.Patient;
  attachment_created: InboxHealth.Attachment;
  /** What its record holds is in no source. */
  account_manager_created: UnlistedRecord;
  // In the official prose only. `line_item_created` is spelt as the others are.
  invoice_updated: InboxHealth.Invoice;
  invoice_payment_created: InboxHealth.InvoicePayment;
  line_item_created: InboxHealth.LineItem;
  // In the code of other integrators only.
  patient_updated: InboxHealth.Patient;
  attachment_updated: InboxHealth.Attachment;
  invoice_created: InboxHealth.Invoice;
  invoice_payment_updated: InboxHealth.InvoicePayment;
  payment_created: InboxHealth.Payment;
  payment_updated: InboxHealth.Payment;
  patient_payment_processed: InboxHealth.Payment;
}

type UnlistedRecord = { [field: string]: unknown };

/** What every event carries. */
interface Event<Type extends string, Record> {
  /** Tells a delivery from its replay: nothing else does. */
  id: number;
  /** Presumably false for demo data. */
  livemode: boolean;
  /** A time with its offset from UTC: `"2024-02-03T04:05:06.000-05:00"`. */
  created_at: string;
  event_type: Type;
  event_data: {
    /** The record as it was then. As in a reply, any field may be absent or null. */
    object: Record;
  };
}

// TypeScript narrows by single values only: this one stands for all names that are not listed.
declare enum Unlisted {
  name = "(any other)",
}
/**
 * Any event that {@link InboxEventObjects} does not name. `event_type` is its name, of any text: take
 * it as a `string`.
 */
export type UnlistedInboxEvent = Event<Unlisted, UnlistedRecord>;

/**
 * An event of Inbox Health. `event_type` tells what it is: in a `switch` over it each `case` has the
 * record of that event. More events exist than are known, so there is always a `default`.
 */
export type InboxEvent =
  | { [Type in keyof InboxEventObjects]: Event<Type, InboxEventObjects[Type]> }[keyof InboxEventObjects]
  | UnlistedInboxEvent;

export interface VerifyInboxWebhookOptions {
  /**
   * The URL of the endpoint exactly as it was registered, for it is signed too. Behind a proxy that is
   * not the URL that your server sees.
   */
  url: string;
  /**
   * The API key of the user who created or last changed the endpoint. While keys change, the old one
   * and the new one.
   */
  keys: readonly string[];
  /** The largest body. 1 MiB by default. */
  maxBodyBytes?: number | undefined;
}

/**
 * Reads a request that Inbox Health posted, checks its `X-InboxHealth-Signature`, and gives the event.
 * Rejects with a `WebhookError`, whose `reason` says why, for anything else.
 *
 * - There is no time in the signature: whoever saw a delivery can send it again. Remember the `id`.
 * - It stands for names and values. White space, the order of names and the escapes of characters can
 *   differ, empty arrays and objects can come and go, array elements can change places and swap what
 *   is in them, an array can become an object with an empty name, and `1`, `true` and `null` can become
 *   `"1"`, `"true"` and `""`, without its notice. At the top level, under names that no
 *   {@link InboxEvent} has, an array of one value can also become that value, an empty array `""`, and
 *   an empty object can change its name. Look up what you act on:
 *   `inbox.payments.get(event.event_data.object.id)`.
 * - Outside of arrays no field leaves its object: `{"a":{"b":1}}` is signed like `{"a[b]":1}`, so a name
 *   with `[` or `]` in it is refused as `malformed`. So are a name that comes twice in an object and an
 *   array as `id`, `livemode`, `created_at` or `event_type`. No event of Inbox Health is known to have
 *   any of these.
 * - The event is `JSON.parse` of the text that was checked, so whole numbers beyond 2^53 are rounded.
 *   Take `request.clone()` before if you need the text.
 */
export function verifyInboxWebhook(request: Request, options: VerifyInboxWebhookOptions): Promise<InboxEvent>;

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
      /**
       * `true`: the body is read, up to `maxReadBytes`, for `allow` to see, and sent on as it was understood.
       * It must be JSON then: where the operation takes a form too, a form is refused with 415.
       */
      readonly body?: boolean | undefined;
      /**
       * The reply is read, up to `maxReadBytes`; all others stream. Replies of the API with an error status
       * (4xx, 5xx) pass without `narrow`, as the API wrote them.
       */
      readonly narrow?: Narrow<Shape, Session, Env> | undefined;
    };

/**
 * Which operations are allowed: what is left out is denied. A parameter can change the meaning of
 * another: `patientsGet` with `?type=MRN` reads the id as a record number, so a rule that compares ids
 * asks for `query.type === undefined` as well. What a body says that the path says too (`id`,
 * `patientId`) must be the same; the gateway sees to that.
 *
 * A form with files (`documentFilesUpload`, `emailsSend`) is as large as its files and streams unread:
 * nothing in it is compared with the path, so a rule can rely on the path, the query and the session
 * alone. No part that the API documents names a patient. A rule that has to know `receiver` or any
 * other part asks for the body.
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

/**
 * A part of both APIs that a member of staff works with:
 *
 * - `patients`: the people themselves and, in Welkin, their programs.
 * - `records`: CDT records, encounters, assessment records, care plans and goals with their tasks.
 * - `documents`: documents of patients and their files.
 * - `messages`: chat, email and SMS; the tickets of Inbox Health.
 * - `schedule`: events, work hours and what is free.
 * - `tasks`: the tasks of the staff, and comments on them.
 * - `directory`: to look up users, practices, doctors and shifts; there is nothing to write.
 * - `billing`: invoices with their line items, payments, attachments and notifications.
 * - `refunds`: payment adjustments and write-offs.
 * - `configuration`: programs, formations, templates, dictionaries, document types and assessments as they
 *   are defined; payment reasons and write-off codes.
 * - `administration`: users with their access, permissions and territories, audits and exports; enterprises,
 *   practices and doctors with their money, imports, webhook endpoints.
 */
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
 * else: no list of people, no tasks and comments of the staff, no notes of encounters and bills.
 *
 * - A record of Welkin that names another patient is denied, whatever its path says, and left out of a
 *   list: by its `patientId`; an encounter also by `patientInfo`, and by an event in which patients take
 *   part but not this one; a goal that is read alone by its tasks; a message by who of sender and receiver
 *   is the patient. A record that names nobody is taken for the patient's, as its path says. Of a file that
 *   is all there is: its bytes are not looked at.
 * - A bill is shown when it names the patient, and not otherwise.
 * - Of those who take part in an event only the patient and the staff are shown. The list of events has
 *   those in which the patient takes part.
 * - An assessment is shown with all its answers, whichever CDTs they are kept in. Of `resolvedCdtValues`
 *   it has those under the name of a CDT in `cdtNames`.
 * - All but files is read to the end, up to `maxReadBytes`. The totals of a page are the API's own, and
 *   count what was left out.
 */
export function patientPolicy<Session>(options: {
  /** The patient's Welkin id. Without one, nothing of Welkin is allowed. */
  patientId: (session: Session) => Maybe<string>;
  /** The patient's Inbox Health id. Without one, nothing of Inbox Health is allowed. */
  inboxPatientId?: ((session: Session) => Maybe<string | number>) | undefined;
  /**
   * The CDTs, and the document types, whose records the patient may read. None by default: only you know
   * what they hold. The heads of documents (type and files) are read without.
   */
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
  /** The `id` of the session, if it has one. */
  who: string | null;
}

export interface GatewayOptions<Session extends object, Env> {
  welkin?:
    | {
        tenant: string;
        instance: string;
        /** `https://api.live.welkincloud.io` by default. */
        baseUrl?: string | undefined;
        /** Where the token comes from, such as {@link tokenVault} or {@link welkinSecret}. */
        auth: TokenProvider;
        /** The path under which a client finds the API: `"/api/welkin"`. */
        prefix: string;
      }
    | undefined;
  inbox?:
    | {
        baseUrl: string;
        /** The key, or what gives it, such as `apiKey` of `carewire`. */
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
  /**
   * The time until the API's answer begins, in milliseconds, with what `authorize` and the policy take
   * of it: 504 when it is over. 60,000 by default.
   */
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
 *
 * Against forged requests of other sites, only a page of the gateway's own origin or of `cors` may do
 * anything. A request with neither `Origin` nor `Sec-Fetch-Site: same-origin` may only read, with GET:
 * one that writes is 403 `origin`, whoever is signed in. A caller that is no browser, such as a script
 * or another server, sends the gateway's own origin as `Origin` (`Origin: https://portal.example.org`).
 */
export class Gateway<Session extends object = { id?: unknown }, Env = unknown> {
  constructor(options: GatewayOptions<Session, Env>);
  /** The `fetch` of a worker; it is bound. */
  fetch(request: Request, env?: Env, ctx?: { waitUntil(promise: Promise<unknown>): void }): Promise<Response>;
}
