// The deadline of the gateway in the real workerd. What happens before an API answers is in
// gateway-settings.test.mjs, where the clock can be moved.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { Miniflare, Response } from "miniflare";
import { bundleWorker } from "../../scripts/bundle-worker.mjs";
import { compatibilityDate } from "./worker.mjs";

const own = "/api/welkin/t/i/patients/p1";
let miniflare;
let origin;
/** What the API still writes of its last answer to an upload. */
let rest;

/** An API that takes files and writes its answer in two parts, and answers to nothing else. */
async function upstream(request) {
  if (request.method !== "POST") return new Promise(() => {});
  await request.arrayBuffer();
  const answer = new TransformStream();
  rest = answer.writable.getWriter();
  rest.write(new TextEncoder().encode('{"first":1,')).catch(() => {});
  return new Response(answer.readable, { headers: { "content-type": "application/json" } });
}

before(async () => {
  miniflare = new Miniflare({
    host: "127.0.0.1",
    port: 0,
    cf: false,
    modules: await bundleWorker("tests/edge/tricks-worker.mjs"),
    modulesRoot: "/",
    compatibilityDate,
    serviceBindings: { UPSTREAM: upstream },
  });
  ({ origin } = await miniflare.ready);
});
after(() => miniflare?.dispose());

const call = (path, init) => fetch(new URL(path, origin), { ...init, headers: { cookie: "session=p1", origin, "x-hasty": "1" } });

test("an answer that has begun in time may take longer than the deadline", async () => {
  const body = new FormData();
  body.set("file", new Blob(["synthetic"]), "file.txt");
  const response = await call(`${own}/document-summary/d1/files`, { method: "POST", body });
  assert.equal(response.status, 200);
  // What is asked later comes to its deadline, so that of the upload has passed as well.
  assert.equal((await call(own)).status, 504);
  await rest.write(new TextEncoder().encode('"last":2}'));
  await rest.close();
  assert.deepEqual(await response.json(), { first: 1, last: 2 });
});
