// Webhooks of Inbox Health: what is signed, and how, is known to the wasm.

import { engine, inBrowser } from "../client/engine.js";
import { WebhookError, wrong } from "../client/errors.js";
import { textOf } from "./body.js";
import { bytes, checkAll } from "./settings.js";

const isKey = (value) => typeof value === "string" && value !== "";

const known = {
  url: [
    (value) => typeof value === "string" && /^https?:\/\/[^#\s\\]+$/.test(value) && URL.canParse(value),
    "the http(s) URL of the endpoint as it was registered, as text",
  ],
  keys: [(value) => Array.isArray(value) && value.length > 0 && value.every(isKey), "an array of one key or more"],
  maxBodyBytes: bytes,
};

/** 1 MiB: an event is one record. */
const MAX_BODY_BYTES = 1024 * 1024;

const messages = {
  method_not_allowed: "a webhook comes by POST",
  signature_missing: "the webhook has no signature",
  signature_mismatch: "the signature of the webhook fits none of the keys",
  body_too_large: "the webhook is larger than maxBodyBytes",
  malformed: "the webhook is no event",
};

const refused = (reason) => new WebhookError({ reason, message: messages[reason] });

export async function verifyInboxWebhook(request, given) {
  checkAll(given, known, ["url", "keys"], "options");
  if (inBrowser()) throw wrong("options.keys", "nothing in a browser: whoever opens the page could read them");
  if (typeof request?.headers?.get !== "function" || request.bodyUsed) {
    throw wrong("request", "a request whose body has not been read");
  }
  const { url, keys, maxBodyBytes = MAX_BODY_BYTES } = given;
  if (request.method !== "POST") throw refused("method_not_allowed");
  const signature = request.headers.get("x-inboxhealth-signature");
  if (!signature) throw refused("signature_missing");

  const body = await textOf(request, maxBodyBytes).catch(() => {
    throw refused("malformed");
  });
  if (body === undefined) throw refused("body_too_large");
  const { verifyWebhook } = await engine();
  const outcome = verifyWebhook(url, body, keys, signature);
  if (outcome !== "verified") throw refused(outcome);

  const event = JSON.parse(body);
  if (!isEvent(event)) throw refused("malformed");
  return event;
}

/** The names by which events are told apart; the record is as lenient as the replies of the API. */
function isEvent({ id, event_type, event_data }) {
  const record = event_data?.object;
  return typeof id === "number" && typeof event_type === "string" && typeof record === "object" && record !== null;
}
