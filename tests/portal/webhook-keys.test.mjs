import assert from "node:assert/strict";
import { test } from "node:test";
import { loadOfWorker } from "./source.mjs";

const { webhookKeys } = await loadOfWorker("webhook-keys.ts");

test("webhooks are signed with the keys of their own, or else with the API key", () => {
  assert.deepEqual(webhookKeys({ INBOX_WEBHOOK_KEYS: " old new ", INBOX_API_KEY: "api" }), ["old", "new"]);
  for (const missing of [undefined, "", " "]) assert.deepEqual(webhookKeys({ INBOX_WEBHOOK_KEYS: missing, INBOX_API_KEY: "api" }), ["api"]);
});
