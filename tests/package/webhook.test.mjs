// Webhooks of Inbox Health with the packed tarball, in Node and in workerd.

import assert from "node:assert/strict";
import { createHmac } from "node:crypto";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { before, describe, test } from "node:test";
import { build } from "esbuild";
import { Miniflare } from "miniflare";
import { parse } from "yaml";
import { project, root } from "./project.mjs";

// Vector A of the notes.
const url = "https://hooks.example.test/inbox/events";
const key = "test-signing-key";
const signature = "sTacrQuqJ5HjwA4vuZFMnKg/YRg=";
const body = `{"id":901,"livemode":false,"created_at":"2024-02-03T04:05:06.000-05:00","event_type":"patient_created","event_data":{"object":{"id":77,"user_id":null,"first_name":"Zoë","last_name":"O'Hara-Lind","cell_phone":"(555) 555-0142","email":"zoe+bill@example.test","address_line_1":"12 Elm St","balance_cents":0,"primary":true,"sms_opt_out":false,"notes":"50% off & <ok>","rate":0.0,"patient_plan_ids":[10,9],"emergency_contacts":[],"external_ids":[{"id":2,"issuer":"pm-b","external_id":"X2"},{"id":1,"issuer":"pm-a","external_id":"X1"}],"links":{"invoices":null},"meta":{},"object":"patient"}}}`;

let scratch;
let edge;

before(async () => {
  scratch = await project({
    "entry.js": `export * from "carewire/edge";`,
    "worker.js": `import { verifyInboxWebhook, WebhookError } from "carewire/edge";
      export default {
        async fetch(request) {
          const options = { url: ${JSON.stringify(url)}, keys: [${JSON.stringify(key)}] };
          try {
            return Response.json(await verifyInboxWebhook(request, options));
          } catch (error) {
            return Response.json({ reason: error.reason, known: error instanceof WebhookError }, { status: 400 });
          }
        },
      };`,
  });
  edge = await scratch.import("entry.js");
});

const post = (given = body, headers = { "x-inboxhealth-signature": signature }) =>
  new Request("http://internal.example.test/", { method: "POST", headers, body: given, duplex: "half" });
const options = { url, keys: [key] };

async function refusal(request, given) {
  return edge.verifyInboxWebhook(request, given).then(
    () => assert.fail("it was taken"),
    (error) => error,
  );
}

describe("a webhook of Inbox Health", () => {
  test("is verified in Node", async () => {
    assert.deepEqual(await edge.verifyInboxWebhook(post(), options), JSON.parse(body));
    const keys = ["an-old-key", key];
    assert.equal((await edge.verifyInboxWebhook(post(), { url, keys })).event_data.object.first_name, "Zoë");
  });

  test("is verified in workerd", async () => {
    const { outputFiles } = await build({
      absWorkingDir: scratch.folder,
      entryPoints: ["worker.js"],
      bundle: true,
      format: "esm",
      conditions: ["workerd"],
      loader: { ".wasm": "copy" },
      outdir: "dist",
      write: false,
    });
    const modules = outputFiles.map(({ path, contents }) => ({
      type: path.endsWith(".wasm") ? "CompiledWasm" : "ESModule",
      path,
      contents,
    }));
    modules.sort((one, other) => one.type.length - other.type.length);
    const modulesRoot = join(scratch.folder, "dist");
    const miniflare = new Miniflare({ modules, modulesRoot, cf: false, compatibilityDate: "2026-04-01" });
    try {
      const send = async (given) => {
        const headers = { "x-inboxhealth-signature": signature };
        const response = await miniflare.dispatchFetch("http://internal.example.test", { method: "POST", headers, body: given });
        return [response.status, await response.json()];
      };
      assert.deepEqual(await send(body), [200, JSON.parse(body)]);
      assert.deepEqual(await send(body.replace("901", "902")), [400, { reason: "signature_mismatch", known: true }]);
    } finally {
      await miniflare.dispose();
    }
  });

  test("may come in pieces, wherever its characters are cut", async () => {
    const bytes = new TextEncoder().encode(body);
    const pieces = new ReadableStream({
      start(controller) {
        for (const byte of bytes) controller.enqueue(Uint8Array.of(byte));
        controller.close();
      },
    });
    assert.equal((await edge.verifyInboxWebhook(post(pieces), options)).id, 901);
  });

  test("is refused with a reason, and no word of what it holds", async () => {
    const signed = { "x-inboxhealth-signature": signature };
    const cases = [
      ["method_not_allowed", new Request(url, { headers: signed })],
      ["method_not_allowed", new Request(url, { method: "PUT", headers: signed, body })],
      ["signature_missing", post(body, {})],
      ["signature_missing", post(body, { "x-inboxhealth-signature": "" })],
      ["signature_mismatch", post(body, { "x-inboxhealth-signature": signature.slice(1) })],
      ["signature_mismatch", post(body.replace("Zoë", "Zoe"))],
      ["signature_mismatch", post(), { url: `${url}/`, keys: [key] }],
      ["signature_mismatch", post(), { url, keys: ["a-wrong-key", "another"] }],
      ["body_too_large", post(), { ...options, maxBodyBytes: 100 }],
      ["malformed", post("")],
      ["malformed", post(body.slice(0, -1))],
      ["malformed", post(`[${body}]`)],
      ["malformed", post(`\ufeff${body}`)],
      ["malformed", post(body.replace('"id":901', '"id":901,"id":901'))],
      ["malformed", post(body.replace('"user_id":null,', "").replace(/\}$/, ',"event_data[object][user_id]":null}'))],
      ["malformed", post(body.replace('"created_at":"2024-02-03T04:05:06.000-05:00"', '"created_at":["2024-02-03T04:05:06.000-05:00"]'))],
      ["malformed", post(new Uint8Array([0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d]))],
      ["malformed", post(`{"a":${"[".repeat(100_000)}`)],
    ];
    for (const [reason, request, given = options] of cases) {
      const error = await refusal(request, given);
      assert.ok(error instanceof edge.WebhookError && error instanceof edge.CarewireError, reason);
      assert.equal(error.reason, reason);
      assert.equal(error.code, "webhook");
      for (const shown of [error.message, String(error), JSON.stringify(error), error.stack]) {
        assert.doesNotMatch(shown, /901|Zo|Hara|sTac|signing-key|wrong-key|hooks\.example/);
      }
    }
  });

  test("that is signed and still no event is refused", async () => {
    // Nothing but the URL is signed for an empty object.
    const signed = createHmac("sha1", key).update(url).digest("base64");
    assert.equal((await refusal(post("{}", { "x-inboxhealth-signature": signed }), options)).reason, "malformed");
  });

  test("of a limit's size is taken, and a byte more is not read on", async () => {
    const { byteLength } = new TextEncoder().encode(body);
    assert.equal((await edge.verifyInboxWebhook(post(), { ...options, maxBodyBytes: byteLength })).id, 901);
    assert.equal((await refusal(post(), { ...options, maxBodyBytes: byteLength - 1 })).reason, "body_too_large");
    let [pulled, cancelled] = [0, false];
    const endless = new ReadableStream({
      pull(controller) {
        pulled += 1;
        controller.enqueue(new Uint8Array(1024));
      },
      cancel: () => void (cancelled = true),
    });
    assert.equal((await refusal(post(endless), { ...options, maxBodyBytes: 10_000 })).reason, "body_too_large");
    assert.ok(pulled < 15 && cancelled);
    const told = post(body, { "x-inboxhealth-signature": signature, "content-length": "10001" });
    assert.equal((await refusal(told, { ...options, maxBodyBytes: 10_000 })).reason, "body_too_large");
  });

  test("is not looked at with wrong settings, which are named", async () => {
    const wrong = {
      options: [undefined, null, "url"],
      "options.url": [{ keys: [key] }, { ...options, url: "/inbox" }, { ...options, url: new URL(url) }, { ...options, url: `${url}#a` }],
      "options.keys": [{ url }, { url, keys: [] }, { url, keys: key }, { url, keys: [key, ""] }, { url, keys: [undefined] }],
      "options.maxBodyBytes": [{ ...options, maxBodyBytes: "1" }, { ...options, maxBodyBytes: -1 }],
      "options.key": [{ ...options, key }],
    };
    for (const [parameter, all] of Object.entries(wrong)) {
      for (const given of all) {
        const request = post();
        const error = await refusal(request, given);
        assert.ok(error instanceof edge.ConfigError, parameter);
        assert.equal(error.parameter, parameter);
        assert.doesNotMatch(error.message, /signing-key|hooks\.example/);
        assert.equal(request.bodyUsed, false);
      }
    }
    const read = post();
    await read.text();
    assert.equal((await refusal(read, options)).parameter, "request");
    assert.equal((await refusal(undefined, options)).parameter, "request");
  });

  test("has a type for each event of the reference", async () => {
    const reference = parse(await readFile(join(root, "tests/contract/inbox-health.openapi.yaml"), "utf8"));
    const declarations = await readFile(join(scratch.folder, "node_modules/carewire/dist/edge/index.d.ts"), "utf8");
    const [, listed] = declarations.match(/interface InboxEventObjects \{([^}]*)\}/);
    const declared = [...listed.matchAll(/^ {2}(\w+): (?:InboxHealth\.)?(\w+);$/gm)].map(([, name, type]) => [name, type]);
    const known = reference["x-webhook-event-types"].map((event) => [event.name, event["object-schema"] ?? "UnlistedRecord"]);
    assert.deepEqual(declared.sort(), known.sort());
  });
});
