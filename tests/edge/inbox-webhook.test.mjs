import assert from "node:assert/strict";
import { afterEach, test } from "node:test";
import { Response } from "miniflare";
import { sign } from "./inbox-signature.mjs";
import { secrets, startWorker } from "./worker.mjs";

const url = "https://portal.example.test/webhooks/inbox";
const DAY = 86_400_000;
let worker;
let events;
let takes;

afterEach(() => worker?.stop());

/** Starts the worker with a queue that remembers what it was sent, and refuses it where `takes` says so. */
async function start(settings = {}) {
  events = [];
  takes = () => true;
  const queue = {
    name: "queue",
    modules: true,
    compatibilityDate: "2026-04-01",
    script: `import { WorkerEntrypoint } from "cloudflare:workers";
      export default class extends WorkerEntrypoint {
        async send(event) {
          const { ok } = await this.env.TEST.fetch("https://queue.example.test", { method: "POST", body: JSON.stringify(event) });
          if (!ok) throw new Error("the queue is full");
        }
      }`,
    serviceBindings: {
      async TEST(request) {
        if (!takes()) return new Response(null, { status: 503 });
        events.push(await request.json());
        return new Response();
      },
    },
  };
  worker = await startWorker({ services: { INBOX_EVENTS: "queue" }, others: [queue], ...settings });
}

const event = (changed = {}) => ({
  id: 901,
  livemode: false,
  created_at: new Date().toISOString(),
  event_type: "patient_created",
  event_data: { object: { id: 77, first_name: "Zoë", last_name: "O'Hara-Lind", user_id: null, patient_plan_ids: [10, 9], emergency_contacts: [] } },
  ...changed,
});

async function deliver(given, { key = secrets.INBOX_API_KEY, body = JSON.stringify(given), signature = sign(url, given, key), ...init } = {}) {
  const headers = { "content-type": "application/json", "x-inboxhealth-signature": signature };
  const { status } = await worker.fetch("/webhooks/inbox", { method: "POST", headers, body, ...init });
  return status;
}

/** What the worker printed, as soon as it holds this. */
async function logged(wanted) {
  const lines = await worker.logged((lines) => wanted.test(lines.join("\n")));
  return lines.join("\n");
}

test("a signed event is handed on as it came", async () => {
  await start();
  const given = event();
  assert.equal(await deliver(given), 204);
  assert.deepEqual(events, [given]);
});

test("without a queue events are counted", async () => {
  worker = await startWorker({});
  assert.equal(await deliver(event({ id: 1 })), 204);
  assert.equal(await deliver(event({ id: 2 })), 204);
  await logged(/"inboxEvents":1\b[^]*"inboxEvents":2\b/);
});

test("an event that comes again is handed on once, however many deliveries there are at a time", async () => {
  await start();
  const given = event();
  const statuses = await Promise.all(Array.from({ length: 10 }, () => deliver(given)));
  assert.ok(statuses.every((status) => status === 204));
  assert.equal(await deliver(given), 204);
  assert.deepEqual(events, [given]);
  assert.equal(await deliver(event({ id: 902 })), 204);
  assert.deepEqual(events.map(({ id }) => id), [901, 902]);
});

test("an event that was tampered with goes nowhere", async () => {
  await start();
  const given = event();
  const signature = sign(url, given, secrets.INBOX_API_KEY);
  for (const changed of [{ ...given, id: 902 }, { ...given, event_type: "patient_updated" }, { ...given, more: 1 }]) {
    assert.equal(await deliver(changed, { signature }), 401);
  }
  assert.deepEqual(events, []);
  // It does not keep the genuine one out.
  assert.equal(await deliver(given), 204);
  assert.equal(events.length, 1);
});

test("an event whose fields were moved is refused, although its signature still fits", async () => {
  await start();
  const given = event();
  const signature = sign(url, given, secrets.INBOX_API_KEY);
  const { event_data, ...envelope } = given;
  const { user_id, ...object } = event_data.object;
  for (const moved of [
    { ...given, event_data: { object }, "event_data[object][user_id]": user_id },
    { ...given, event_data: { object, "object][user_id": user_id } },
    { ...envelope, "event_data[object]": event_data.object },
  ]) {
    assert.equal(sign(url, moved, secrets.INBOX_API_KEY), signature);
    assert.equal(await deliver(moved, { signature }), 400);
  }
  // At the top an array of one value is signed like the value.
  for (const name of ["id", "livemode", "created_at", "event_type"]) {
    assert.equal(await deliver({ ...given, [name]: [given[name]] }, { signature }), 400);
  }
  assert.deepEqual(events, []);
  // It does not keep the genuine one out.
  assert.equal(await deliver(given, { signature }), 204);
  assert.deepEqual(events, [given]);
});

test("an event that another key signed, or none, goes nowhere", async () => {
  await start();
  const given = event();
  assert.equal(await deliver(given, { key: "another-key" }), 401);
  assert.equal(await deliver(given, { signature: "" }), 401);
  assert.equal(await deliver(given, { signature: sign("https://other.example.test/webhooks/inbox", given, secrets.INBOX_API_KEY) }), 401);
  assert.equal((await worker.fetch("/webhooks/inbox")).status, 405);
  assert.deepEqual(events, []);
});

test("while keys change, both sign", async () => {
  await start({ INBOX_WEBHOOK_KEYS: "old-key\nnew-key\n" });
  assert.equal(await deliver(event({ id: 1 }), { key: "old-key" }), 204);
  assert.equal(await deliver(event({ id: 2 }), { key: "new-key" }), 204);
  assert.equal(await deliver(event({ id: 3 }), { key: secrets.INBOX_API_KEY }), 401);
  assert.deepEqual(events.map(({ id }) => id), [1, 2]);
});

test("an event that is too large is refused, whether it tells its length or not", async () => {
  await start();
  const given = event({ padding: "x".repeat(120_000) });
  assert.equal(await deliver(given), 413);
  const body = new Blob([JSON.stringify(given)]).stream();
  assert.equal(await deliver(given, { body, duplex: "half" }), 413);
  assert.deepEqual(events, []);
});

test("what is no event is refused, signed or not", async () => {
  await start();
  assert.equal(await deliver(event(), { body: "{" }), 400);
  assert.equal(await deliver(event(), { body: Buffer.from([0x7b, 0xff, 0x7d]) }), 400);
  assert.equal(await deliver({ ping: true }), 400);
  assert.deepEqual(events, []);
});

test("an event that could not be handed on is taken when it comes again", async () => {
  await start();
  takes = () => false;
  const given = event();
  assert.equal(await deliver(given), 500);
  takes = () => true;
  assert.equal(await deliver(given), 204);
  assert.equal(await deliver(given), 204);
  assert.deepEqual(events, [given]);
});

test("an event that is older than the memory of deliveries is dropped", async () => {
  await start();
  assert.equal(await deliver(event({ id: 1, created_at: new Date(Date.now() - 31 * DAY).toISOString() })), 204);
  assert.equal(await deliver(event({ id: 2, created_at: new Date(Date.now() - 29 * DAY).toISOString() })), 204);
  assert.deepEqual(events.map(({ id }) => id), [2]);
});

test("the log tells what became of a delivery, and nothing that it says", async () => {
  await start();
  await deliver(event());
  await deliver(event(), { key: "another-key" });
  const log = await logged(/"inboxWebhook":"accepted"[^]*"inboxWebhook":"signature_mismatch"/);
  assert.doesNotMatch(log, /901|Zo|Hara|patient|key-/);
});
