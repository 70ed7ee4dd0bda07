/**
 * An offline, stateful stand-in for the Welkin Health v8 API and the Inbox Health Partner API, for
 * tests and demonstrations. It invents a population from a seed and answers in the envelopes of the
 * real APIs.
 *
 * ```ts
 * import { InboxHealth, Welkin } from "carewire";
 * import { createSandbox } from "carewire/sandbox";
 *
 * const sandbox = createSandbox({ seed: 7 });
 * const welkin = new Welkin({
 *   tenant: "gh", instance: "sb-demo", auth: sandbox.issueToken, fetch: sandbox.fetch,
 * });
 * sandbox.fault({ api: "welkin", operation: "patientsList", status: 503, times: 2 });
 * const page = await welkin.patients.list(); // the client repeats the call twice
 * ```
 *
 * What is written is read by the declared types of the call: a field that only replies have is ignored,
 * and one that only requests have is in no reply. A field that no type knows is kept, so that new fields of
 * the APIs can be tried: a misspelt one too, where the real API may drop it. The types catch it.
 *
 * @module
 */

import type { WasmSource } from "../index.js";

/** A moment: milliseconds since 1970, ISO 8601, or a `Date`. */
export type Instant = number | string | Date;

/** How a sandbox is set up. */
export interface SandboxOptions {
  /** What people and records come from: the same seed gives the same ones. Default 1. */
  seed?: number | undefined;
  /**
   * How many people there are, the same ones in both APIs: at most 10,000, which take minutes to invent.
   * Default 200.
   */
  patients?: number | undefined;
  /**
   * The sandbox's clock. Left out, it is the real one. An instant is where the clock starts; it runs
   * on from there. A function is asked each time: while it stands still, the limit of Inbox Health
   * does not fill up again. The records lie around the first time that is read.
   *
   * The `expiresAt` of an exchanged token is of this clock too; leave `now` out where something
   * compares it with the real time.
   */
  now?: Instant | (() => Instant) | undefined;
  /**
   * How long a Welkin token is good, in milliseconds. Default 3600000, one hour. A life of 1,000 or less
   * counts as over: a client refuses such a token.
   */
  tokenLifetimeMs?: number | undefined;
  /** Welkin secrets by the name of the API client. Left out, any secret that is not empty is good. */
  secrets?: Record<string, string> | undefined;
  /** Inbox Health keys. Left out, any key that is not empty is good. */
  apiKeys?: string[] | undefined;
  /**
   * Whether the limits bite: 100 token exchanges of an API client in 5 minutes, and 10 requests a
   * second with bursts of 100 for an Inbox Health key. Default true.
   */
  limits?: boolean | undefined;
  /**
   * Who is told of the events of Inbox Health from the beginning, as if it had been registered in the
   * portal. `POST /partner/v2/endpoints` adds more, which are signed with the key of their caller.
   */
  webhookEndpoints?: SandboxWebhookEndpoint[] | undefined;
}

/** A URL that is told of events. */
export interface SandboxWebhookEndpoint {
  /** The URL, exactly as the receiver knows it: it is signed too. */
  url: string;
  /** The API key that signs. */
  key: string;
  /** The names of the events, as `invoice_created`; all of them when left out. */
  events?: string[];
}

/** A delivery of a webhook: a POST. */
export interface SandboxWebhook {
  /** The name of the event, as `invoice_created`. */
  eventType: string;
  /** The URL of the endpoint. */
  url: string;
  /** `content-type` and `x-inboxhealth-signature`. */
  headers: Record<string, string>;
  /**
   * The exact text of the JSON. As with the real sender `&` is written as an escape (`\u0026`), and a
   * number may read `0.0`: a receiver that writes the JSON anew before it checks the signature fails.
   */
  body: string;
}

/**
 * A failure on demand. Rules are looked at in the order in which they were given. A rule does something
 * (`status`, `headers`, `body`, `delayMs`, `drop`, `truncate` or `wrongType`), and nothing that another
 * part of it takes back: beside `drop` there is no answer, beside the statuses 204, 205 and 304 no body.
 */
export interface FaultRule {
  /** The API that fails; both when left out. Some operations have the same id in both. */
  api?: "welkin" | "inboxHealth";
  /** The id of the operation that fails, as `patientsGet`; every operation when left out. */
  operation?: string;
  /** How many requests fail, then the rule is used up. Default 1; `Infinity` has no end. */
  times?: number;
  /** How many matching requests pass before. Default 0. */
  after?: number;
  /**
   * Answers with this status; the request is not processed. Welkin's come with a proper error array
   * unless `body` is given.
   */
  status?: number;
  /** Headers of the answer; they replace others of the same name. */
  headers?: Record<string, string>;
  /** The body of the answer: a string as it is, anything else as JSON, `null` too. */
  body?: unknown;
  /** Holds the answer back; a request that was processed stays processed when its caller gives up. */
  delayMs?: number;
  /**
   * Loses the connection: `true` before the request is processed, `"after"` when it has been.
   * `fetch` rejects with a `TypeError`, as the real one does.
   */
  drop?: true | "after";
  /**
   * Cuts the body off after so many bytes. A file keeps the `content-length` of the whole, so its reader
   * fails as with a lost connection; JSON just ends.
   */
  truncate?: number;
  /** Gives a field a value of another kind: the place in the body, as `content[].careTeam`. */
  wrongType?: string;
}

/** A request that the sandbox got. It may hold what no log should: it is for assertions. */
export interface SandboxRequest {
  /** The API that was asked. */
  api: "welkin" | "inboxHealth" | undefined;
  /** The id of the operation; `undefined` when the request was none. */
  operation: string | undefined;
  method: string;
  /** The path without the query. */
  path: string;
  query: URLSearchParams;
  headers: Headers;
  /** The JSON of the body, the `FormData` of a form, its text when it is neither, or `undefined`. */
  body: unknown;
  /** The status of the answer; `undefined` when the connection was lost before there was one. */
  status: number | undefined;
  /** Whether the connection was lost. */
  dropped: boolean;
}

/** A stand-in for both APIs. Its functions need no `this`. */
export interface Sandbox {
  /**
   * Like the global `fetch`, for the `fetch` option of a client. The host does not matter: paths under
   * `/partner/v2/` are Inbox Health, all others Welkin, of whatever tenant and instance.
   *
   * It also serves as the handler of a worker: `export default { fetch: sandbox.fetch }`.
   */
  fetch: {
    (input: Request | URL | string, init?: RequestInit): Promise<Response>;
    (request: Request, env: unknown, context: unknown): Promise<Response>;
  };
  /** For Node: `createServer(sandbox.listener).listen(8080)`, from `node:http`. */
  listener(request: NodeRequest, response: NodeResponse): Promise<void>;
  /** The last 10,000 requests, oldest first. The array is always the same one. */
  readonly requests: SandboxRequest[];
  /**
   * The deliveries of Inbox Health webhooks that wait, oldest first. The array is always the same one.
   * A request that changes records queues its events for each endpoint that wants them: `patient`,
   * `invoice`, `payment`, `invoice_payment` and `attachment` with `_created` and `_updated`,
   * `line_item_created`, and `patient_payment_processed`. A balance that follows from other records
   * raises no event of its own.
   */
  readonly webhooks: SandboxWebhook[];
  /**
   * Posts what waits, one after the other, and gives the answers. A delivery leaves the queue when it
   * was answered, whatever the status; when `fetch` rejects, so does this, and it waits on.
   *
   * @param options.fetch Default: the global one. It gets a `Request`: the `fetch` of a worker fits.
   * @param options.copies How often each is sent. Default 1; receivers must expect an event twice.
   */
  deliverWebhooks(options?: {
    fetch?: (request: Request) => Response | Promise<Response>;
    copies?: number;
  }): Promise<Response[]>;
  /**
   * Queues an event about a record of yours, for those that no request raises, as
   * `account_manager_created`.
   */
  queueWebhook(eventType: string, object: Record<string, unknown>): void;
  /** Plans a failure; throws a `ConfigError` for a rule that makes no sense. */
  fault(rule: FaultRule): void;
  /**
   * A good Welkin token without an exchange, by the real time: `auth: sandbox.issueToken`.
   */
  issueToken(): Promise<{ token: string; expiresAt: string }>;
  /** Makes all Welkin tokens invalid that were given out so far. */
  revokeTokens(): void;
  /** Puts the clock forward. */
  advance(milliseconds: number): void;
  /**
   * Brings the first state back: records, tokens, limits, faults, requests, webhooks and their
   * endpoints, and clock.
   */
  reset(): void;
}

/** What the sandbox needs of the `IncomingMessage` of `node:http`. */
export interface NodeRequest extends AsyncIterable<Uint8Array> {
  method?: string | undefined;
  url?: string | undefined;
  rawHeaders: string[];
}

/** What the sandbox needs of the `ServerResponse` of `node:http`. */
export interface NodeResponse {
  writeHead(status: number, headers: string[]): { end(body: Uint8Array): unknown };
  destroy(): unknown;
}

/** Makes a sandbox; throws a `ConfigError` for an option that makes no sense. */
export function createSandbox(options?: SandboxOptions): Sandbox;

/**
 * Loads the wasm file of the sandbox in a browser, when it should not wait for the first request or
 * comes from another place. Node and workerd have loaded it on import.
 */
export function init(source?: WasmSource): Promise<unknown>;
