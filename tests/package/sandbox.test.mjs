// The sandbox as a user of the package holds it: fetch, faults, clock and HTTP.

import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer } from "node:http";
import { test } from "node:test";
import { Welkin } from "carewire";
import { verifyInboxWebhook } from "carewire/edge";
import { createSandbox } from "carewire/sandbox";

const base = "https://api.live.welkincloud.io/gh/sb-demo";

async function authorised(sandbox) {
  const { token } = await sandbox.issueToken();
  return { headers: { authorization: `Bearer ${token}` } };
}

test("answers with real responses and remembers the requests", async () => {
  const sandbox = createSandbox({ now: "2026-03-04T12:00:00.000Z" });
  const init = await authorised(sandbox);
  const response = await sandbox.fetch(new URL(`${base}/patients?size=3`), init);
  assert.ok(response instanceof Response);
  assert.equal((await response.json()).content.length, 3);
  await sandbox.fetch(new Request(`${base}/patients`, { method: "POST", body: '{"firstName":"Ada"}', ...init }));
  const [read, made] = sandbox.requests;
  assert.deepEqual([read.api, read.operation, read.status], ["welkin", "patientsList", 200]);
  assert.equal(read.query.get("size"), "3");
  assert.deepEqual([made.path, made.status, made.body], ["/gh/sb-demo/patients", 400, { firstName: "Ada" }]);
});

test("a reset brings records, clock, faults and requests back", async () => {
  const sandbox = createSandbox({ seed: 3 });
  const first = async () => (await sandbox.fetch(`${base}/patients`, await authorised(sandbox))).json();
  const before = await first();
  const init = await authorised(sandbox);
  sandbox.advance(3_600_000);
  assert.equal((await (await sandbox.fetch(`${base}/patients`, init)).json())[0].errorCode, "TOKEN_EXPIRED");
  sandbox.fault({ times: Infinity, status: 500 });
  sandbox.reset();
  assert.deepEqual(sandbox.requests, []);
  assert.equal((await first()).content[0].id, before.content[0].id);
});

test("a lost connection is a TypeError, as with the real fetch", async () => {
  const sandbox = createSandbox();
  const init = await authorised(sandbox);
  sandbox.fault({ operation: "patientsList", drop: true });
  await assert.rejects(sandbox.fetch(`${base}/patients`, init), TypeError);
  assert.deepEqual([sandbox.requests[0].status, sandbox.requests[0].dropped], [undefined, true]);
});

test("an aborted signal rejects with its own reason, before and during a delay", async () => {
  const sandbox = createSandbox();
  const init = await authorised(sandbox);
  const reason = new Error("given up");
  const isReason = (error) => error === reason;
  await assert.rejects(sandbox.fetch(`${base}/patients`, { ...init, signal: AbortSignal.abort(reason) }), isReason);
  assert.equal(sandbox.requests.length, 0);
  sandbox.fault({ delayMs: 60_000 });
  const controller = new AbortController();
  const answer = sandbox.fetch(`${base}/patients`, { ...init, signal: controller.signal });
  setImmediate(() => controller.abort(reason));
  await assert.rejects(answer, isReason);
});

const inbox = "https://api.demo.inboxhealth.com/partner/v2";
const hook = "https://hooks.example.test/inbox";

/** Changes records of Inbox Health. */
function post(sandbox, path, body) {
  const headers = { "x-api-key": "caller-key", "content-type": "application/json" };
  return sandbox.fetch(`${inbox}/${path}`, { method: "POST", headers, body: JSON.stringify(body) });
}

test("webhooks wait until they are delivered, as often as the test wants", async () => {
  const sandbox = createSandbox({ webhookEndpoints: [{ url: hook, key: "k", events: ["invoice_created"] }] });
  const { webhooks } = sandbox;
  const line_items_attributes = [{ description: "Visit & test", total_charge_amount_cents: 100 }];
  const invoice = { patient_id: 1001, line_items_attributes };
  const made = (await (await post(sandbox, "invoices", { invoice })).json()).invoice;
  assert.deepEqual(webhooks.map(({ eventType, url }) => [eventType, url]), [["invoice_created", hook]]);
  assert.match(webhooks[0].body, /Visit \\u0026 test/);
  const sent = webhooks[0].body;
  const got = [];
  const receive = async (request) => {
    const event = await verifyInboxWebhook(request.clone(), { url: hook, keys: ["k"] });
    assert.equal(event.event_type, "invoice_created");
    got.push([request.method, request.url, request.headers.get("content-type"), await request.text()]);
    return new Response(null, { status: 204 });
  };
  const answers = await sandbox.deliverWebhooks({ fetch: receive, copies: 2 });
  assert.deepEqual(answers.map(({ status }) => status), [204, 204]);
  const delivery = ["POST", hook, "application/json", sent];
  assert.deepEqual(got, [delivery, delivery]);
  assert.deepEqual(JSON.parse(sent).event_data.object, made);
  assert.deepEqual([webhooks.length, await sandbox.deliverWebhooks({ fetch: receive })], [0, []]);
});

test("a delivery that is lost waits on, and a reset forgets it with its endpoint", async () => {
  const sandbox = createSandbox();
  const registered_webhooks = ["patient_created", "account_manager_created"];
  assert.equal((await post(sandbox, "endpoints", { endpoint: { url: hook, registered_webhooks } })).status, 201);
  await post(sandbox, "patients", { patient: { first_name: "Ada", last_name: "Osei" } });
  sandbox.queueWebhook("account_manager_created", { id: 3 });
  assert.equal(sandbox.webhooks.length, 2);
  const lost = () => Promise.reject(new TypeError("fetch failed"));
  await assert.rejects(sandbox.deliverWebhooks({ fetch: lost }), TypeError);
  assert.equal(sandbox.webhooks.length, 2);
  sandbox.reset();
  await post(sandbox, "patients", { patient: { first_name: "Ada", last_name: "Osei" } });
  assert.equal(sandbox.webhooks.length, 0);
});

test("options that are undefined are left out", async () => {
  const nothing = { seed: undefined, patients: undefined, tokenLifetimeMs: undefined, limits: undefined, webhookEndpoints: undefined };
  const [given, none] = [createSandbox({ now: "2026-03-04T12:00:00.000Z", ...nothing }), createSandbox({ now: "2026-03-04T12:00:00.000Z" })];
  const read = async (sandbox) => (await sandbox.fetch(`${base}/patients`, await authorised(sandbox))).text();
  assert.equal(await read(given), await read(none));
});

test("options and rules that make no sense are refused by name", () => {
  for (const options of [{ sed: 1 }, { seed: -1 }, { patients: 10_001 }, { now: "noon" }, { apiKeys: "k" }, { webhookEndpoints: [{ url: "hook", key: "k" }] }]) {
    assert.throws(() => createSandbox(options), { name: "ConfigError" });
  }
  const sandbox = createSandbox();
  for (const rule of [{ operation: "patientsFly" }, { tries: 1 }, { status: 1 }, { drop: "before" }]) {
    assert.throws(() => sandbox.fault(rule), { name: "ConfigError" });
  }
});

test("a rule that does nothing or contradicts itself is refused by the name of what is too much", () => {
  const sandbox = createSandbox();
  for (const [rule, parameter] of [
    [{}, "fault"],
    [{ operation: "patientsList", times: 2, status: undefined }, "fault"],
    [{ drop: true, status: 503 }, "fault.status"],
    [{ drop: "after", body: "x" }, "fault.body"],
    [{ status: 204, body: null }, "fault.body"],
    [{ status: 304, truncate: 1 }, "fault.truncate"],
    [{ body: {}, wrongType: "content" }, "fault.wrongType"],
  ]) {
    assert.throws(() => sandbox.fault(rule), { name: "ConfigError", parameter });
  }
  for (const rule of [{ drop: true, delayMs: 5 }, { status: 204, headers: { "x-a": "1" } }, { headers: {} }, { truncate: 0 }]) {
    sandbox.fault(rule);
  }
});

test("null is a body", async () => {
  const sandbox = createSandbox();
  sandbox.fault({ status: 500, body: null });
  assert.equal(await (await sandbox.fetch(`${base}/patients`, await authorised(sandbox))).text(), "null");
});

test("an answer whose status has no body takes none", async () => {
  const sandbox = createSandbox();
  const init = await authorised(sandbox);
  sandbox.fault({ status: 204 });
  assert.equal((await sandbox.fetch(`${base}/patients`, init)).status, 204);
  const range = { from: "2000-01-01T00:00:00.000Z", to: "2100-01-01T00:00:00.000Z" };
  const { content } = await (await sandbox.fetch(`${base}/calendar/events?${new URLSearchParams(range)}`, init)).json();
  sandbox.fault({ operation: "calendarEventsDelete", body: "left over" });
  const gone = await sandbox.fetch(`${base}/calendar/events/${content[0].id}`, { method: "DELETE", ...init });
  assert.deepEqual([gone.status, await gone.text()], [204, ""]);
});

test("serves as the handler of a worker, whose environment is no init", async () => {
  const sandbox = createSandbox();
  const answer = await sandbox.fetch(new Request(`${base}/patients`), { method: "DELETE" }, { waitUntil() {} });
  assert.equal(answer.status, 401);
});

test("serves HTTP, with preflights and lost connections", async (context) => {
  const sandbox = createSandbox();
  const server = createServer(sandbox.listener).listen(0, "127.0.0.1");
  context.after(() => server.close());
  await once(server, "listening");
  const at = `http://127.0.0.1:${server.address().port}`;
  const exchange = { method: "POST", body: JSON.stringify({ secret: "s", apiClient: "c" }) };
  const { token } = await (await fetch(`${at}/auth/token`, exchange)).json();
  const init = { headers: { authorization: `Bearer ${token}`, connection: "close" } };
  assert.equal((await (await fetch(`${at}/gh/sb-demo/patients?size=1`, init)).json()).content.length, 1);
  const preflight = await fetch(`${at}/gh/sb-demo/patients`, { method: "OPTIONS", headers: { connection: "close" } });
  assert.equal(preflight.headers.get("access-control-allow-origin"), "*");
  sandbox.fault({ drop: "after" });
  await assert.rejects(fetch(`${at}/gh/sb-demo/patients`, init), TypeError);
});

test("keeps files that were sent as a form, and gives them back", async () => {
  const sandbox = createSandbox();
  const auth = () => sandbox.issueToken();
  const welkin = new Welkin({ tenant: "gh", instance: "sb-demo", auth, fetch: sandbox.fetch });
  const [{ id }] = (await welkin.patients.list({ size: 1 })).content;
  const pdf = new File(["one"], "a \"b\" é.pdf", { type: "application/pdf" });
  const png = { data: new Blob(["two"]).stream(), name: "b.png", type: "image/png" };
  const document = await welkin.documentSummaries.create(id, { type: "doc-type-others" });
  const stored = await welkin.documentFiles.upload(id, document.id, { files: [pdf, png] });
  assert.deepEqual(stored.map(({ originalName, size, contentType }) => [originalName, size, contentType]), [
    ["a \"b\" é.pdf", 3, "application/pdf"],
    ["b.png", 3, "image/png"],
  ]);
  const file = await welkin.documentFiles.download(id, document.id, stored[0].id);
  assert.deepEqual([file.name, file.type], ["a \"b\" é.pdf", "application/pdf"]);
  assert.equal(await (await file.blob()).text(), "one");
  assert.deepEqual([...sandbox.requests.at(-2).body.keys()], ["files", "files"]);
});

/** The client and the document of a stored file of 1,000 bytes. */
async function storedFile(sandbox, fetch, baseUrl) {
  const options = { tenant: "gh", instance: "sb-demo", auth: sandbox.issueToken, fetch, retries: 0, timeoutMs: 10_000 };
  const welkin = new Welkin(baseUrl ? { ...options, baseUrl } : options);
  const [{ id }] = (await welkin.patients.list({ size: 1 })).content;
  const document = await welkin.documentSummaries.create(id, { type: "doc-type-others" });
  const pdf = new File([new Uint8Array(1000)], "scan.pdf", { type: "application/pdf" });
  const [stored] = await welkin.documentFiles.upload(id, document.id, { files: [pdf] });
  return (...options) => welkin.documentFiles.download(id, document.id, stored.id, ...options);
}

test("a file tells its length, and its progress the total", async () => {
  const sandbox = createSandbox();
  const download = await storedFile(sandbox, sandbox.fetch);
  const told = [];
  const file = await download({ onProgress: (progress) => told.push(progress) });
  assert.equal((await file.bytes()).length, 1000);
  assert.deepEqual([file.size, told.at(-1)], [1000, { loaded: 1000, total: 1000 }]);
});

for (const [how, lengths] of [["by a rule alone", {}], ["also where the rule names the length", { headers: { "content-length": "1000" } }]]) {
  test(`a file that is cut off is a lost connection, in fetch and over HTTP, ${how}`, async (context) => {
    const sandbox = createSandbox();
    const server = createServer(sandbox.listener).listen(0, "127.0.0.1");
    context.after(() => server.close());
    await once(server, "listening");
    for (const given of [[sandbox.fetch], [undefined, `http://127.0.0.1:${server.address().port}`]]) {
      const download = await storedFile(sandbox, ...given);
      for (const truncate of [0, 400]) {
        sandbox.fault({ operation: "documentFilesDownload", truncate, ...lengths });
        const file = await download();
        assert.equal(file.size, 1000);
        const reader = file.stream().getReader();
        let read = 0;
        const reading = async () => {
          for (let part = await reader.read(); !part.done; part = await reader.read()) read += part.value.length;
        };
        await assert.rejects(reading(), { name: "NetworkError" });
        assert.equal(read, truncate);
      }
    }
  });
}
