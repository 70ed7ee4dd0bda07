// The other two entries, as a worker and a test would use them.

import { TokenError, Welkin, type InboxHealth } from "carewire";
import {
  Gateway,
  tokenRoute,
  TokenVault,
  tokenVault,
  verifyInboxWebhook,
  WebhookError,
  welkinSecret,
  type InboxEvent,
  type InboxEventObjects,
  type TokenExchangeError,
} from "carewire/edge";
import { createSandbox } from "carewire/sandbox";

interface Session {
  id: string;
  patientId: string;
}

const auth = welkinSecret({ tenant: "gh", apiClient: "portal", secret: "synthetic" });

interface Env {
  TOKEN_VAULT: { idFromName(name: string): { name?: string }; get(id: { name?: string }): { fetch: typeof fetch } };
  SECRETS: { get(): Promise<string> };
}

export class Vault extends TokenVault<Env> {
  override async secretOf(client: { tenant: string }, env: Env) {
    return { secret: await env.SECRETS.get(), endpoint: client.tenant === "old" ? "legacy" : "primary" } as const;
  }
}
export { TokenVault };

export async function fromVault(env: Env): Promise<string | undefined> {
  const provider = tokenVault(env.TOKEN_VAULT, { tenant: "gh", apiClient: "portal" });
  await new Welkin({ tenant: "gh", instance: "sb-demo", auth: provider }).patients.get("p1");
  // @ts-expect-error an API client has a name
  tokenVault(env.TOKEN_VAULT, { tenant: "gh" });
  return provider().then(({ token }) => token, (error: TokenExchangeError) => error.retryAt);
}

// What an exchange rejects with is one of the token errors.
export function later(error: unknown): number | undefined {
  if (!(error instanceof TokenError)) return undefined;
  if (error.reason === "exchange_rejected" || error.reason === "a new word") return undefined;
  return (error as TokenExchangeError).retryAfterMs;
}
export const known = (error: TokenExchangeError): [TokenError, boolean] => [error, error.reason === "vault_failed"];
// @ts-expect-error not a reason of an exchange
export const unknown = (error: TokenExchangeError): boolean => error.reason === "session";

export const gateway = new Gateway<Session>({
  welkin: { tenant: "gh", instance: "sb-demo", auth, prefix: "/api/welkin" },
  inbox: { baseUrl: "https://inbox.example.org", apiKey: "synthetic", prefix: "/api/inbox" },
  authorize: async (request) => (request.headers.get("cookie") ? { id: "s1", patientId: "p1" } : null),
  allow: {
    welkin: {
      patientsGet: ({ path, query, session }) => path.patientId === session.patientId && query.type === undefined,
      calendarEventsList: true,
    },
    inbox: { invoicesList: ({ query }) => query.page === "1" },
  },
});
export const route = tokenRoute({ provider: auth, authorize: () => null });

// `event_type` says which record an event brings.
export async function received(request: Request): Promise<string> {
  try {
    const url = "https://portal.example.org/webhooks/inbox";
    return about(await verifyInboxWebhook(request, { url, keys: ["synthetic"], maxBodyBytes: 100_000 }));
  } catch (error) {
    if (error instanceof WebhookError && error.reason !== "malformed") return error.reason;
    throw error;
  }
}
function about(event: InboxEvent): string {
  const type: string = event.event_type;
  switch (event.event_type) {
    case "patient_created":
    case "patient_updated": {
      const patient: InboxHealth.Patient = event.event_data.object;
      return `${patient.id} ${event.event_data.object.first_name}`;
    }
    case "invoice_payment_created": {
      const cents: number | null | undefined = event.event_data.object.paid_amount_cents;
      return `${cents}`;
    }
    case "account_manager_created":
      return `${event.event_data.object["anything"]}`;
    default:
      return `${event.id} ${event.livemode} ${event.created_at} ${type}`;
  }
}
type Listed = InboxHealth.WebhookEventType;
export const all: Listed[] = [] satisfies (keyof InboxEventObjects)[];

const sandbox = createSandbox({ seed: 7 });
export const client = new Welkin({ tenant: "gh", instance: "sb-demo", auth: sandbox.issueToken, fetch: sandbox.fetch });
sandbox.fault({ api: "welkin", operation: "patientsList", status: 503 });
