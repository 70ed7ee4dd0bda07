// Files through the gateway: from the client in front to an API behind it, without being held.

import assert from "node:assert/strict";
import { after, before, beforeEach, test } from "node:test";
import { Welkin } from "carewire";
import { Gateway } from "carewire/edge";
import { startFileServer } from "../package/file-server.mjs";

const own = "https://portal.example.org";
const CHUNK = 64 * 1024;
let api;
let files;
let emails;
let asked;
let send;

before(async () => {
  api = await startFileServer();
  const behind = (welkin) => {
    const gateway = new Gateway({
      welkin: { tenant: "gh", instance: "sb-demo", auth: () => "token", prefix: "/api/welkin", baseUrl: api.url },
      authorize: () => ({ id: "robin" }),
      allow: { welkin },
    });
    return (path, init) => gateway.fetch(new Request(own + path, { ...init, headers: [...init.headers, ["origin", own]] }));
  };
  const fetch = behind({ documentFilesUpload: true, documentFilesDownload: true, emailsSend: true });
  ({ documentFiles: files, emails } = new Welkin({ baseUrl: "/api/welkin", fetch }));
  const toRobin = behind({ emailsSend: { body: true, allow: ({ body }) => body?.receiver === "robin" } });
  asked = new Welkin({ baseUrl: "/api/welkin", fetch: toRobin }).emails;
  send = (path, type) => fetch(`/api/welkin/gh/sb-demo${path}`, { method: "POST", body: "{}", headers: [["content-type", type]] });
});
beforeEach(() => api.reset());
after(() => api?.close());

/** A stream that gives its last chunk when it is told to. */
function waiting() {
  let go;
  const going = new Promise((resolve) => (go = resolve));
  const stream = new ReadableStream({
    async start(controller) {
      controller.enqueue(new Uint8Array(CHUNK));
      await going;
      controller.enqueue(new Uint8Array(CHUNK));
      controller.close();
    },
  });
  return { stream, go };
}

test("a form goes up with its parts, names and types", async () => {
  const pdf = new File(["one"], 'the "first" één.pdf', { type: "application/pdf" });
  const png = { data: new Blob(["two"]).stream(), name: "two.png", type: "image/png" };
  await files.upload("p1", "d1", { files: [pdf] });
  await files.upload("p1", "d1", { files: [pdf, png] });
  const [plain, streamed] = await Promise.all(api.uploads.map((upload) => upload.parts()));
  const first = ["files", ['the "first" één.pdf', "application/pdf", "one"]];
  assert.deepEqual(plain, [first]);
  assert.deepEqual(streamed, [first, ["files", ["two.png", "image/png", "two"]]]);
});

test("a form reaches the API while it is still being sent", async () => {
  const { stream, go } = waiting();
  const sent = files.upload("p1", "d1", { files: [stream] });
  const upload = await api.arrived;
  while (upload.length < CHUNK) await new Promise(setImmediate);
  assert.ok(upload.length < 2 * CHUNK);
  go();
  assert.deepEqual(await sent, []);
  assert.equal(await upload.end, "whole");
});

test("a file comes down with its name and type while the API still writes it", async () => {
  let finish;
  api.download = (response, request) => {
    assert.equal(request.headers.accept, "*/*");
    response.writeHead(200, { "content-type": "image/jpeg", "content-disposition": "attachment; filename*=UTF-8''r%C3%A9sum%C3%A9.jpg" });
    response.write("first");
    finish = () => response.end("last");
  };
  const file = await files.download("p1", "d1", "f1");
  assert.deepEqual([file.name, file.type], ["résumé.jpg", "image/jpeg"]);
  const reader = file.stream().pipeThrough(new TextDecoderStream()).getReader();
  assert.equal((await reader.read()).value, "first");
  finish();
  assert.equal((await reader.read()).value, "last");
});

test("a download that is given up ends at the API", async () => {
  const left = new Promise((resolve) => {
    api.download = (response) => {
      response.on("close", resolve);
      response.write("first");
    };
  });
  const controller = new AbortController();
  const file = await files.download("p1", "d1", "f1", { signal: controller.signal });
  const reading = file.bytes();
  controller.abort();
  await assert.rejects(reading, (error) => error === controller.signal.reason);
  await left;
});

test("an email passes as JSON, and as a form when it has attachments", async () => {
  await emails.send("p1", { subject: "Hello", body: "Text", receiver: "u1", sendNow: true });
  assert.match(api.uploads[0].headers["content-type"], /^application\/json/);
  const attachment = new File(["one"], "one.pdf", { type: "application/pdf" });
  await emails.send("p1", { subject: "Hello", attachmentsAsFiles: [attachment] });
  assert.deepEqual(await api.uploads[1].parts(), [
    ["subject", "Hello"],
    ["attachmentsAsFiles", ["one.pdf", "application/pdf", "one"]],
  ]);
});

test("what an operation takes as a form, JSON or both, it takes in no other type", async () => {
  const upload = "/patients/p1/document-summary/d1/files";
  for (const [path, type] of [[upload, "application/json"], [upload, "text/plain"], ["/patients/p1/emails", "text/plain"]]) {
    const response = await send(path, type);
    assert.equal(response.status, 415, `${path} ${type}`);
  }
  assert.deepEqual(api.uploads, []);
});

test("a rule that asks for the body is not got round with a form", async () => {
  const email = { subject: "Hello", receiver: "robin" };
  await asked.send("p1", email);
  assert.equal(api.uploads.length, 1);
  await assert.rejects(asked.send("p1", { ...email, receiver: "kim" }), { status: 403, operation: "emailsSend" });
  const attachmentsAsFiles = [new File(["one"], "one.pdf", { type: "application/pdf" })];
  await assert.rejects(asked.send("p1", { ...email, attachmentsAsFiles }), { status: 415 });
  assert.equal(api.uploads.length, 1);
});
