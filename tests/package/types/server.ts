// The other two entries, as a worker and a test would use them.

import { Welkin, type InboxHealth } from "carewire";
import {
  Gateway,
  tokenRoute,
  verifyInboxWebhook,
  WebhookError,
  welkinSecret,
  type InboxEvent,
  type InboxEventObjects,
} from "carewire/edge";
import { createSandbox } from "carewire/sandbox";

interface Session {
  id: string;
  patientId: string;
}

const auth = welkinSecret({ tenant: "gh", apiClient: "portal", secret: "synthetic" });

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
