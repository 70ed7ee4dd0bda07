// Tries to get past the gateway, over a real connection to the real workerd. TRICKS.md is written from
// the data: `TRICKS=write node --test tests/edge/gateway-tricks.test.mjs`.

import assert from "node:assert/strict";
import { readFile, writeFile } from "node:fs/promises";
import net from "node:net";
import { after, before, test } from "node:test";
import { Miniflare, Response } from "miniflare";
import { bundleWorker } from "../../scripts/bundle-worker.mjs";
import { honest, tricks } from "./tricks.mjs";
import { compatibilityDate } from "./worker.mjs";

const table = new URL("TRICKS.md", import.meta.url);
let miniflare;
let address;
/** What reached an API, as `METHOD url`, with headers and body. */
const calls = [];

async function upstream(request) {
  const call = { line: `${request.method} ${request.url}`, headers: request.headers, body: "" };
  try {
    call.body = await request.text();
  } catch {
    return new Response(null, { status: 400 });
  }
  calls.push(call);
  return Response.json({ id: "p1" });
}

before(async () => {
  miniflare = new Miniflare({
    host: "127.0.0.1",
    port: 0,
    cf: false,
    handleRuntimeStdio: (out, errors) => [out, errors].forEach((stream) => stream.resume()),
    workers: [
      {
        name: "gateway",
        modules: await bundleWorker("tests/edge/tricks-worker.mjs"),
        modulesRoot: "/",
        compatibilityDate,
        serviceBindings: { UPSTREAM: upstream },
        // Without the worker that miniflare puts in front, which would clean requests up.
        unsafeDirectSockets: [{ host: "127.0.0.1", port: 0 }],
      },
    ],
  });
  await miniflare.ready;
  address = await miniflare.unsafeGetDirectURL("gateway");
});
after(() => miniflare?.dispose());

/** The bytes of a request, with the places of the gateway's own host and origin filled in. */
function written({ bytes, method, target, headers = [], body }) {
  const has = (name) => headers.some((header) => header.toLowerCase().startsWith(`${name}:`));
  const length = body !== undefined && !has("transfer-encoding") ? [`content-length: ${Buffer.byteLength(body)}`] : [];
  const lines = [`${method} ${target} HTTP/1.1`, "host: {host}", "cookie: session=p1", ...length, ...headers, "", ""];
  return (bytes ?? lines.join("\r\n") + (body ?? "")).replaceAll("{host}", address.host).replaceAll("{own}", address.origin);
}

/** Writes a request to a connection of its own and gives the statuses that came back. */
function attempt(request) {
  return new Promise((resolve) => {
    let answer = "";
    const socket = net.connect(Number(address.port), address.hostname);
    const done = () => resolve([...answer.matchAll(/^HTTP\/1\.1 (\d{3})/gm)].map(([, status]) => Number(status)));
    socket.on("data", (part) => (answer += part.toString("latin1")));
    socket.on("error", done).on("close", done);
    socket.write(written(request));
    // The end of what is sent closes the connection, but a slow body is one that does not end.
    if (request.waits) socket.once("data", () => socket.end());
    else socket.end();
  });
}

for (const { name, requests, reach } of tricks) {
  test(`${name}: ${requests.length} tries`, async () => {
    for (const request of requests) {
      calls.length = 0;
      const statuses = await attempt(request);
      for (const { line, headers } of calls) {
        assert.ok(reach.includes(line), `${JSON.stringify(request)} reached the API as ${line}`);
        const credential = headers.get("authorization") ?? headers.get("x-api-key");
        assert.ok(["Bearer token", "key"].includes(credential), "with the gateway's own credential");
        for (const forged of ["cookie", "x-forwarded-host", "x-http-method-override", "security-role", "x-original-url"]) {
          assert.equal(headers.get(forged), null, forged);
        }
      }
      if (calls.length === 0) assert.ok(statuses.every((status) => status >= 400), `${JSON.stringify(request)}: ${statuses}`);
    }
  });
}

test("a body reaches the API as the gateway understood it", async () => {
  calls.length = 0;
  const { requests } = tricks.find(({ name }) => name === "bodies that agree");
  for (const request of requests) await attempt(request);
  assert.deepEqual(calls.map(({ body }) => body), [
    '{"id":"p1"}',
    '{"id":"p1"}',
    '{"id":"p1"}',
    "{}",
    '{"rows":[{"id":"c9","patientId":"p1"},{"id":"c8"}]}',
    '{"id":7,"invoice":{}}',
    '{"id":"7","invoice":{"id":7}}',
    '{"id":7,"invoice":{}}',
  ]);
});

test("a body where there is none stays behind", async () => {
  calls.length = 0;
  const { requests } = tricks.find(({ name }) => name === "bodies where there is none");
  for (const request of requests) await attempt(request);
  assert.deepEqual(calls.map(({ body }) => body), ["", "", ""]);
});

test("after all that, what is allowed still passes", async () => {
  for (const [request, line] of honest) {
    calls.length = 0;
    assert.deepEqual(await attempt(request), [200]);
    assert.deepEqual(calls.map((call) => call.line), [line]);
  }
});

test("TRICKS.md says what was tried", async () => {
  const cell = (text) => text.replaceAll("|", "\\|");
  const total = tricks.reduce((sum, { requests }) => sum + requests.length, 0);
  const text = [
    "# What was tried against the gateway",
    "",
    "Written by `tests/edge/gateway-tricks.test.mjs` from `tests/edge/tricks.mjs`. Each try is a request written to a",
    "connection of the real workerd, with the session of a patient who may read and change the own record. The rule:",
    "nothing reaches an API but an allowed operation, written anew from its parameters, with the gateway's own credential.",
    "",
    "| class | tries | what | may reach an API |",
    "| --- | --- | --- | --- |",
    ...tricks.map(({ name, tries, requests, reach }) => {
      const reached = reach.map((line) => `\`${line.replace(/https:\/\/(\w+)\.example\.test/, "$1:")}\``).join(", ");
      return `| ${name} | ${requests.length} | ${cell(tries)} | ${reached || "nothing"} |`;
    }),
    `| all | ${total} | | |`,
    "",
    "Native property tests hold the same rule for generated input: `src/fuzzing`.",
    "",
  ].join("\n");
  if (process.env.TRICKS === "write") await writeFile(table, text);
  assert.equal(await readFile(table, "utf8"), text);
});
