import assert from "node:assert/strict";
import http from "node:http";
import { on, once } from "node:events";
import { after, before, beforeEach, test } from "node:test";
import { startWorker } from "./worker.mjs";

const MEBIBYTE = 1024 * 1024;
/** A body that no policy asks for and that names no record of the path: it streams. */
const patients = "/api/welkin/t/i/patients";
const type = "application/json";
let api;
let worker;
let cookie;
/** How the API saw the last upload end: `"whole"` or `"broken"`, and its length. */
let upload;
let answer;

/** An API over a real connection, which tells a whole body from one that broke off. */
function createApi() {
  return http.createServer((request, response) => {
    if (request.url === "/auth/token") {
      const expiresAt = new Date(Date.now() + 3_600_000).toISOString();
      return response.setHeader("content-type", "application/json").end(JSON.stringify({ token: "t", expiresAt }));
    }
    upload = newUpload();
    api.emit("upload");
    let length = 0;
    request.on("data", (part) => {
      length += part.length;
      api.emit("part", length);
    });
    request.on("end", () => {
      upload.resolve(["whole", length]);
      answer(response);
    });
    request.on("error", () => upload.resolve(["broken", length]));
  });
}

function newUpload() {
  const made = {};
  made.promise = new Promise((resolve) => (made.resolve = resolve));
  return made;
}

before(async () => {
  api = createApi().listen(0, "127.0.0.1");
  await once(api, "listening");
  const base = `http://127.0.0.1:${api.address().port}`;
  worker = await startWorker({ WELKIN_BASE_URL: base, WELKIN_AUTH_BASE_URL: base });
  cookie = await worker.signIn();
});
after(async () => {
  await worker?.stop();
  api?.closeAllConnections();
  api?.close();
});
beforeEach(() => {
  answer = (response) => response.end("{}");
});

const change = (body, headers) =>
  worker.fetch(patients, { method: "POST", body, duplex: "half", headers: { cookie, origin: worker.origin, "content-type": type, ...headers } });

test("a body goes up as it is, with and without its length", async () => {
  for (const body of [new Blob([new Uint8Array(3 * MEBIBYTE)]), new Blob([new Uint8Array(3 * MEBIBYTE)]).stream()]) {
    assert.equal((await change(body)).status, 200);
    assert.deepEqual(await upload.promise, ["whole", 3 * MEBIBYTE]);
  }
});

test("an answer comes down while the API still writes it", async () => {
  let finish;
  answer = (response) => {
    response.writeHead(200, { "content-type": "application/pdf" });
    response.write("first");
    finish = () => response.end("last");
  };
  const response = await change("{}");
  assert.equal(response.headers.get("content-type"), "application/pdf");
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  assert.equal((await reader.read()).value, "first");
  finish();
  assert.equal((await reader.read()).value, "last");
});

test("a body that tells a length beyond the limit never reaches the API", async () => {
  let asked = false;
  const listener = () => (asked = true);
  api.once("upload", listener);
  // The answer comes before the body: a client that is still sending may lose it to the closed connection.
  const headers = { cookie, origin: worker.origin, "content-type": type, "content-length": String(26 * MEBIBYTE) };
  const { hostname, port } = new URL(worker.origin);
  const request = http.request({ hostname, port, path: patients, method: "POST", headers });
  request.on("error", () => {});
  request.write(Buffer.alloc(1));
  const [response] = await once(request, "response");
  api.off("upload", listener);
  assert.equal(response.statusCode, 413);
  assert.deepEqual(JSON.parse((await response.setEncoding("utf8").toArray()).join("")), { error: "too_large" });
  request.destroy();
  assert.equal(asked, false);
});

test("a body that grows beyond the limit is never whole for the API", async () => {
  // The answer may be lost to the connection that closes while the body is still being sent.
  const response = await change(new Blob([new Uint8Array(26 * MEBIBYTE)]).stream()).catch(() => undefined);
  assert.equal(response?.status ?? 413, 413);
  const [end, length] = await upload.promise;
  assert.equal(end, "broken");
  assert.ok(length <= 25 * MEBIBYTE);
});

test("a body that breaks off half-way is never whole for the API", async () => {
  const { hostname, port } = new URL(worker.origin);
  for (const more of [{}, { "content-length": "100000" }]) {
    const headers = { cookie, origin: worker.origin, "content-type": type, ...more };
    const request = http.request({ hostname, port, path: patients, method: "POST", headers });
    request.on("error", () => {});
    request.write(Buffer.alloc(50_000));
    for await (const [length] of on(api, "part")) if (length === 50_000) break;
    request.destroy();
    assert.deepEqual(await upload.promise, ["broken", 50_000]);
  }
});
