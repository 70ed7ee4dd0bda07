import type { InboxEvent } from "carewire/edge";
import type { InboxDelivery } from "./inbox-delivery";
import type { TokenVault } from "./token-vault";

/** What the worker is deployed with: see README.md. */
export interface Env {
  WELKIN_TENANT: string;
  WELKIN_INSTANCE: string;
  WELKIN_API_CLIENT: string;
  /** Secret. */
  WELKIN_SECRET: string;
  WELKIN_BASE_URL: string;
  WELKIN_AUTH_BASE_URL: string;
  /** Holds the token of the API client: see token-vault.ts. */
  TOKEN_VAULT: DurableObjectNamespace<TokenVault>;
  INBOX_BASE_URL: string;
  /** Secret. */
  INBOX_API_KEY: string;
  /** The URL that is registered at Inbox Health for `POST /webhooks/inbox`. */
  INBOX_WEBHOOK_URL: string;
  /** Secret; the keys that sign webhooks, with blanks between them. `INBOX_API_KEY` if it is left out or empty. */
  INBOX_WEBHOOK_KEYS?: string;
  INBOX_DELIVERIES: DurableObjectNamespace<InboxDelivery>;
  /** Where events go. Without it they are only counted. */
  INBOX_EVENTS?: Queue<InboxEvent>;
  /** Secret; signs the session cookie. */
  SESSION_SECRET: string;
  /** Who can sign in to the demo: an array of `{ id, name, role }`, or the JSON text of one. */
  DEMO_STAFF: unknown;
  /** Stands in for both APIs: the sandbox, in the demo and in tests. */
  UPSTREAM?: Fetcher;
}
