// Files through the packed tarball in the real workerd, over real connections.

import assert from "node:assert/strict";
import { readFile, readdir, writeFile } from "node:fs/promises";
import { after, before, beforeEach, test } from "node:test";
import { Miniflare } from "miniflare";
import { rises, startFileServer } from "./file-server.mjs";
import { bundle } from "./workerd/bundle.mjs";

const MEBIBYTE = 1024 * 1024;
const LARGE = 50 * MEBIBYTE;
const CHUNK = 64 * 1024;

let api;
let miniflare;

before(async () => {
  api = await startFileServer();
  miniflare = new Miniflare({
    host: "127.0.0.1",
    port: 0,
    cf: false,
    ...(await bundle("files-worker.js")),
    compatibilityDate: "2026-04-01",
    bindings: { API: api.url },
  });
  await miniflare.ready;
});
beforeEach(() => api.reset());
after(async () => {
  await miniflare?.dispose();
  api?.close();
});

async function run(task) {
  const response = await miniflare.dispatchFetch(`http://worker.example.test/${task}`);
  assert.equal(response.status, 200, await response.clone().text());
  return response.json();
}

/** Answers GET: `/arrived` when an upload has begun, everything else by `download`. */
function answerGet(download) {
  api.download = async (response, request) => {
    if (request.url !== "/arrived") return download(response);
    await api.arrived;
    response.end();
  };
}

/** Writes so many bytes as fast as they are taken. */
function writes(size, headers) {
  answerGet(async (response) => {
    for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
    for (let left = size; left > 0; left -= CHUNK) {
      if (!response.write(Buffer.alloc(CHUNK, left))) await new Promise((resolve) => response.once("drain", resolve));
    }
    response.end();
  });
}

test("files of every kind arrive to the byte, with name and type", async () => {
  const expected = [
    ["files", ['the "first" één.pdf', "application/pdf", "one"]],
    ["files", ["blob", "image/png", "two"]],
    ["files", ["trois é.jpg", "image/jpeg", "three"]],
    ["files", ["empty.pdf", "application/pdf", ""]],
  ];
  const { told } = await run("kinds");
  const [plain, counted, streamed] = await Promise.all(api.uploads.map((upload) => upload.parts()));
  assert.deepEqual(plain, expected);
  assert.deepEqual(counted, expected);
  assert.deepEqual(streamed, [...expected, ["files", ["four.png", "image/png", "four"]]]);
  assert.deepEqual(told, [[3, 11], [6, 11], [11, 11]]);
});

test("an upload that is aborted half-way is never whole for the API", async () => {
  answerGet();
  assert.deepEqual(await run("aborted-upload"), { ended: "AbortError", aborted: true, reason: true });
  assert.equal(await api.uploads[0].end, "broken");
});

test("an upload whose stream fails half-way is never whole for the API", async () => {
  answerGet();
  assert.equal((await run("broken-upload")).ended, "NetworkError");
  assert.equal(await api.uploads[0].end, "broken");
});

test("a stream is not sent again for a new token", async () => {
  api.upload = async (upload, response) => {
    await upload.end;
    response.writeHead(401).end("[]");
  };
  assert.equal((await run("refused-upload")).ended, "UnauthorizedError");
  assert.equal(api.uploads.length, 1);
});

test("a download that is aborted half-way ends with the signal's reason, and its connection", async () => {
  const left = new Promise((resolve) => {
    answerGet((response) => {
      response.on("close", resolve);
      response.write(Buffer.alloc(CHUNK));
    });
  });
  const { aborted, reason } = await run("aborted-download");
  assert.deepEqual([aborted, reason], [true, true]);
  await left;
});

test("a download whose connection is lost ends with a NetworkError", async () => {
  answerGet((response) => {
    response.setHeader("content-length", String(2 * CHUNK));
    response.write(Buffer.alloc(CHUNK), () => response.destroy());
  });
  assert.equal((await run("lost-download")).ended, "NetworkError");
});

/** The folder of the process under /proc: the child of this one that runs workerd. */
async function workerdProcess() {
  for (const id of (await readdir("/proc")).filter((name) => /^\d+$/.test(name))) {
    const status = await readFile(`/proc/${id}/status`, "utf8").catch(() => "");
    if (/^Name:\s+workerd$/m.test(status) && new RegExp(`^PPid:\\s+${process.pid}$`, "m").test(status)) return `/proc/${id}`;
  }
  return undefined;
}

/** How far the memory of workerd rises above where it was, in bytes, while this is done. */
async function rise(workerd, work) {
  const kibibytes = async (name) => Number(new RegExp(`^${name}:\\s+(\\d+) kB$`, "m").exec(await readFile(`${workerd}/status`, "utf8"))[1]);
  // Makes the peak what is in use now.
  await writeFile(`${workerd}/clear_refs`, "5");
  const before = await kibibytes("VmRSS");
  await work();
  return ((await kibibytes("VmHWM")) - before) * 1024;
}

test("50 MiB go through without the worker growing by as much, both ways", async (context) => {
  const workerd = process.platform === "linux" && (await workerdProcess());
  if (!workerd) return context.skip("memory is read from /proc");
  api.keeps = false;
  // A heap that has seen some work already: what the first adds is no matter of size.
  writes(4 * MEBIBYTE, {});
  for (let count = 0; count < 3; count += 1) {
    await run(`upload?chunks=${(4 * MEBIBYTE) / CHUNK}`);
    await run("download");
  }

  api.uploads = [];
  const headers = { "content-type": "application/pdf", "content-length": LARGE, "content-disposition": 'attachment; filename="large.pdf"' };
  writes(LARGE, headers);
  const up = await rise(workerd, async () => {
    const { told } = await run(`upload?chunks=${LARGE / CHUNK}`);
    assert.ok(rises(told.map(([loaded]) => loaded)));
    assert.equal(told.at(-1)[0], LARGE);
    assert.equal(await api.uploads[0].end, "whole");
    assert.ok(api.uploads[0].length > LARGE);
  });
  const down = await rise(workerd, async () => {
    const { name, type, size, length, told } = await run("download");
    assert.deepEqual([name, type, size, length], ["large.pdf", "application/pdf", LARGE, LARGE]);
    assert.ok(rises(told.map(([loaded]) => loaded)));
    assert.deepEqual(told.at(-1), [LARGE, LARGE]);
  });
  context.diagnostic(`workerd grew by ${(up / MEBIBYTE).toFixed(1)} MiB up and ${(down / MEBIBYTE).toFixed(1)} MiB down`);
  assert.ok(up < LARGE / 2, `${up} bytes up`);
  assert.ok(down < LARGE / 2, `${down} bytes down`);
});
