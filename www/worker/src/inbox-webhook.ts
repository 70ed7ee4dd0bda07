import { verifyInboxWebhook, WebhookError } from "carewire/edge";
import type { Env } from "./env";
import { MEMORY } from "./inbox-delivery";
import { webhookKeys } from "./webhook-keys";

/** What a message of a Queue can hold, which is 128 KB with what the Queue adds. */
const LARGEST_EVENT = 120_000;

const statuses: Record<WebhookError["reason"], number> = {
  method_not_allowed: 405,
  signature_missing: 401,
  signature_mismatch: 401,
  body_too_large: 413,
  malformed: 400,
};

/** A delivery is told in the log by what became of it, and by nothing that it says. */
function answer(status: number, outcome: string): Response {
  console.log(JSON.stringify({ inboxWebhook: outcome }));
  return new Response(null, { status, headers: { "cache-control": "no-store" } });
}

/** Takes an event of Inbox Health. Whatever is not 204, it may deliver again. */
export async function inboxWebhook(request: Request, env: Env): Promise<Response> {
  try {
    const event = await verifyInboxWebhook(request, { url: env.INBOX_WEBHOOK_URL, keys: webhookKeys(env), maxBodyBytes: LARGEST_EVENT });
    // The signature never ends, and the memory of what was delivered does.
    if (Date.parse(event.created_at) < Date.now() - MEMORY) return answer(204, "too_old");
    const delivery = env.INBOX_DELIVERIES.get(env.INBOX_DELIVERIES.idFromName(String(event.id)));
    return answer(204, await delivery.accept(event));
  } catch (error) {
    if (error instanceof WebhookError) return answer(statuses[error.reason], error.reason);
    throw error;
  }
}
