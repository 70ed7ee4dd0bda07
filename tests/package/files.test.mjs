// Files through the packed tarball in Node, both ways, over a real connection.

import assert from "node:assert/strict";
import { getEventListeners } from "node:events";
import { after, before, beforeEach, describe, test } from "node:test";
import { rises, startFileServer } from "./file-server.mjs";
import { project } from "./project.mjs";

let carewire;
let api;

before(async () => {
  carewire = await (await project({ "entry.js": `export * from "carewire";` })).import("entry.js");
  api = await startFileServer();
});
beforeEach(() => api.reset());
after(() => api?.close());

const client = (options = {}) =>
  new carewire.Welkin({ tenant: "gh", instance: "sb-demo", auth: () => "token-1", baseUrl: api.url, ...options });
const upload = (files, options, welkin = client()) => welkin.documentFiles.upload("p1", "d1", { files }, options);
const download = (options, welkin = client()) => welkin.documentFiles.download("p1", "d1", "f1", options);

const bytes = (text) => new TextEncoder().encode(text);
const pdf = { type: "application/pdf" };

/** A stream of these chunks; without an end when `ends` is false. `left` tells that nobody wants it any more. */
function streamOf(chunks, { ends = true } = {}) {
  let left;
  const stream = new ReadableStream(
    {
      pull(controller) {
        if (chunks.length > 0) return controller.enqueue(chunks.shift());
        if (ends) return controller.close();
        return new Promise(() => {});
      },
      cancel: (reason) => left(reason),
    },
    { highWaterMark: 0 },
  );
  return Object.assign(stream, { left: new Promise((resolve) => (left = resolve)) });
}

async function rejection(promise) {
  return promise.then(
    () => assert.fail("it did not reject"),
    (error) => error,
  );
}

describe("an upload", () => {
  test("carries files of every kind to the byte, with name and type, in their order", async () => {
    const sources = () => [
      new File(["one"], 'the "first" één.pdf', pdf),
      new Blob(["two"], { type: "image/png" }),
      bytes("three"),
      bytes("four").buffer,
      { data: bytes("five"), name: "naïve; \\ = résumé.jpg", type: "image/jpeg" },
      { data: new File(["six"], "old.png", { type: "image/png" }), name: "new.pdf", type: "application/pdf" },
    ];
    const expected = [
      ["files", ['the "first" één.pdf', "application/pdf", "one"]],
      ["files", ["blob", "image/png", "two"]],
      ["files", ["blob", "application/octet-stream", "three"]],
      ["files", ["blob", "application/octet-stream", "four"]],
      ["files", ["naïve; \\ = résumé.jpg", "image/jpeg", "five"]],
      ["files", ["new.pdf", "application/pdf", "six"]],
    ];
    await upload(sources());
    // Progress makes a stream of the body, and so does a stream among the files.
    await upload(sources(), { onProgress() {} });
    const stream = { data: streamOf([bytes("se"), bytes("ven")]), name: "é.png", type: "image/png" };
    await upload([...sources(), stream, bytes("")]);
    const [plain, counted, streamed] = await Promise.all(api.uploads.map((upload) => upload.parts()));
    assert.deepEqual(plain, expected);
    assert.deepEqual(counted, expected);
    const last = [
      ["files", ["é.png", "image/png", "seven"]],
      ["files", ["blob", "application/octet-stream", ""]],
    ];
    assert.deepEqual(streamed, [...expected, ...last]);
    assert.ok(api.uploads[0].headers["content-length"]);
  });

  test("of a list with a gap in it is refused", async () => {
    for (const files of [[null], [new File(["one"], "one.pdf", pdf), null]]) {
      await assert.rejects(upload(files), ({ code, parameter, outcome }) => code === "config" && parameter === "body.files" && outcome === "not_sent");
    }
    assert.equal(api.uploads.length, 0);
  });

  test("has the content type of its form, whatever the client sends with its other bodies", async () => {
    await upload([new File(["one"], "one.pdf", pdf)], {}, client({ headers: { "Content-Type": "application/json", "x-portal": "1" } }));
    assert.deepEqual(await api.uploads[0].parts(), [["files", ["one.pdf", "application/pdf", "one"]]]);
    assert.equal(api.uploads[0].headers["x-portal"], "1");
  });

  test("carries the bytes that were given with the call, whatever is written over them later", async () => {
    const data = bytes("for p1");
    const sent = [upload([{ data, name: "a.pdf" }]), upload([data], { onProgress() {} }), client().request("POST", "/new", { body: data })];
    data.set(bytes("for p2"));
    await Promise.all(sent);
    const forms = api.uploads.filter(({ headers }) => headers["content-type"]);
    const parts = await Promise.all(forms.map((upload) => upload.parts()));
    assert.deepEqual(parts.flat().map(([, [, , text]]) => text), ["for p1", "for p1"]);
    const plain = api.uploads.find(({ headers }) => !headers["content-type"]);
    assert.equal(plain.text(), "for p1");
  });

  test("of one file needs no array", async () => {
    await upload(new File(["one"], "one.pdf", pdf));
    assert.deepEqual(await api.uploads[0].parts(), [["files", ["one.pdf", "application/pdf", "one"]]]);
  });

  test("travels as JSON where an operation takes that too and there is no file", async () => {
    const welkin = client();
    api.upload = async (upload, response) => {
      await upload.end;
      response.setHeader("content-type", "application/json").end("{}");
    };
    await welkin.emails.send("p1", { subject: "Hello", sendNow: true });
    await welkin.emails.send("p1", { subject: "Héllo", sendNow: "true", secure: undefined, attachmentsAsFiles: [new File(["a"], "a.pdf", pdf)] });
    const [json, form] = api.uploads;
    assert.equal(json.headers["content-type"], "application/json");
    assert.deepEqual(await form.parts(), [
      ["subject", "Héllo"],
      ["sendNow", "true"],
      ["attachmentsAsFiles", ["a.pdf", "application/pdf", "a"]],
    ]);
  });

  test("goes through the generic call and through a request of one's own", async () => {
    const welkin = client();
    const path = { patientId: "p1", documentSummaryId: "d1" };
    const body = { files: [new File(["a"], "a.pdf", pdf)] };
    assert.deepEqual((await welkin.call("documentFilesUpload", { path, body })).data, []);
    await welkin.request("POST", "/new", { body: { title: "T", ...body } });
    await welkin.request("POST", "/new", { body: streamOf([bytes("ab"), bytes("c")]) });
    const [first, second, third] = api.uploads;
    assert.deepEqual(await first.parts(), [["files", ["a.pdf", "application/pdf", "a"]]]);
    assert.deepEqual(await second.parts(), [["title", "T"], ["files", ["a.pdf", "application/pdf", "a"]]]);
    assert.equal(third.length, 3);
  });

  test("tells progress in rising numbers up to the total", async () => {
    const size = 700_000;
    for (const [files, total] of [
      [[new Blob([new Uint8Array(size)]), new Uint8Array(size)], 2 * size],
      [[streamOf(Array.from({ length: 7 }, () => new Uint8Array(size / 7)))], undefined],
    ]) {
      const told = [];
      await upload(files, { onProgress: (progress) => told.push(progress) });
      assert.ok(told.length > 1);
      assert.ok(rises(told.map(({ loaded }) => loaded)), JSON.stringify(told));
      assert.equal(told.at(-1).loaded, total ?? size);
      assert.ok(told.every((progress) => progress.total === total));
    }
  });

  test("is not harmed by an observer that throws", async () => {
    let told = 0;
    await upload([bytes("a")], {
      onProgress() {
        told += 1;
        throw new Error("observer");
      },
    });
    assert.ok(told > 0);
  });

  test("that is aborted half-way is never whole for the API, and lets go of its stream", async () => {
    const controller = new AbortController();
    const stream = streamOf([new Uint8Array(100_000)], { ends: false });
    const sent = rejection(upload([stream], { signal: controller.signal }));
    await api.arrived;
    controller.abort();
    const error = await sent;
    assert.equal(error, controller.signal.reason);
    assert.ok(error instanceof carewire.AbortError);
    assert.equal(error.outcome, "unknown");
    assert.equal(await api.uploads[0].end, "broken");
    await stream.left;
    assert.equal(getEventListeners(controller.signal, "abort").length, 0);
  });

  test("that is aborted is not whole either for a fetch that looks at no signal", async () => {
    const controller = new AbortController();
    let body;
    const fetch = async (url, init) => {
      body = new Response(init.body).text();
      return new Promise(() => {});
    };
    const sent = rejection(upload([streamOf([bytes("a")], { ends: false })], { signal: controller.signal }, client({ fetch })));
    while (!body) await new Promise(setImmediate);
    controller.abort();
    await sent;
    await assert.rejects(body);
  });

  test("whose stream fails half-way is never whole for the API", async () => {
    const stream = new ReadableStream({
      start: (controller) => controller.enqueue(new Uint8Array(100_000)),
      pull: async (controller) => {
        await api.arrived;
        controller.error(new Error("the disk is gone"));
      },
    });
    const error = await rejection(upload([stream]));
    assert.ok(error instanceof carewire.NetworkError);
    assert.equal(await api.uploads[0].end, "broken");
  });

  test("is made again for a new token, but not from a stream", async () => {
    api.upload = async (upload, response, request) => {
      await upload.end;
      response.statusCode = request.headers.authorization === "Bearer token-1" ? 401 : 200;
      response.setHeader("content-type", "application/json").end("[]");
    };
    let asked = 0;
    const auth = () => `token-${++asked}`;
    for (const options of [undefined, { onProgress() {} }]) {
      asked = 0;
      api.uploads = [];
      await upload([new File(["one"], "one.pdf", pdf)], options, client({ auth }));
      const [first, second] = await Promise.all(api.uploads.map((upload) => upload.parts()));
      assert.deepEqual(second, first);
    }
    asked = 0;
    api.uploads = [];
    const error = await rejection(upload([streamOf([bytes("one")])], undefined, client({ auth })));
    assert.ok(error instanceof carewire.UnauthorizedError);
    assert.equal(api.uploads.length, 1);
  });

  test("that is not as declared is refused by the name of its part, and nothing is sent", async () => {
    const welkin = client();
    const file = new File(["a"], "a.pdf", pdf);
    const send = (body) => welkin.documentFiles.upload("p1", "d1", body);
    const read = streamOf([bytes("a")]);
    read.getReader();
    for (const [body, parameter] of [
      [undefined, "body"],
      [file, "body"],
      [{}, "body.files"],
      [{ files: [] }, "body.files[]"],
      [{ files: undefined }, "body.files"],
      [{ files: "a.pdf" }, "body.files"],
      [{ files: [file, "a.pdf"] }, "body.files[]"],
      [{ files: [{}] }, "body.files"],
      [{ files: [read] }, "body.files"],
      [{ files: [{ data: "text" }] }, "body.files"],
      [{ files: [{ data: file, filename: "a.pdf" }] }, "body.files.filename"],
      [{ files: [{ data: file, name: 1 }] }, "body.files.name"],
      [{ file }, "body.file"],
      [{ files: file, "Robin Marsh": "x" }, "body.…"],
    ]) {
      const error = await rejection(send(body));
      assert.ok(error instanceof carewire.ConfigError, String(error));
      assert.equal(error.parameter, parameter);
      assert.equal(error.outcome, "not_sent");
    }
    for (const attachmentsAsFiles of [[], "a.pdf", [{}], [null]]) {
      const error = await rejection(welkin.emails.send("p1", { subject: "s", attachmentsAsFiles }));
      assert.equal(error.parameter, "body.attachmentsAsFiles");
    }
    const mixed = { attachmentsAsFiles: file, sendNow: true };
    assert.equal((await rejection(welkin.emails.send("p1", mixed))).parameter, "body.sendNow");
    assert.deepEqual(api.uploads, []);
  });
});

describe("a download", () => {
  /** Answers with these headers and chunks; the last chunk waits for `go`. */
  function serve(chunks, headers = {}) {
    let go;
    const going = new Promise((resolve) => (go = resolve));
    const left = new Promise((resolve) => {
      api.download = async (response) => {
        response.on("close", resolve);
        for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
        for (const [at, chunk] of chunks.entries()) {
          if (at === chunks.length - 1 && at > 0) await going;
          response.write(chunk);
        }
        response.end();
      };
    });
    return { go, left };
  }

  test("gives name, type and size, and its bytes in every form", async () => {
    const headers = {
      "content-type": "image/jpeg",
      "content-length": "6",
      "content-disposition": "attachment; filename=\"resume.jpg\"; filename*=UTF-8''r%C3%A9sum%C3%A9.jpg",
      "x-request-id": "r-1",
    };
    const file = () => {
      serve([Buffer.from([0, 255, 0xef, 0xbb, 0xbf, 10])], headers);
      return download();
    };
    const { name, type, size, status, headers: sent, requestId } = await file();
    assert.deepEqual([name, type, size, status, requestId], ["résumé.jpg", "image/jpeg", 6, 200, "r-1"]);
    assert.equal(sent.get("content-type"), "image/jpeg");
    const blob = await (await file()).blob();
    assert.deepEqual([blob.type, blob.size], ["image/jpeg", 6]);
    assert.deepEqual(await (await file()).bytes(), Uint8Array.of(0, 255, 0xef, 0xbb, 0xbf, 10));
    assert.equal((await (await file()).arrayBuffer()).byteLength, 6);
    let length = 0;
    for await (const chunk of (await file()).stream()) length += chunk.byteLength;
    assert.equal(length, 6);
  });

  test("reads the name as RFC 6266 has it, and takes no folder from it", async () => {
    for (const [header, name] of [
      ['attachment; filename="scan.pdf"', "scan.pdf"],
      ["attachment; filename=scan.pdf", "scan.pdf"],
      ["inline;filename=scan.pdf;size=3", "scan.pdf"],
      ['ATTACHMENT; FileName = "scan.pdf"', "scan.pdf"],
      ['attachment; filename="a \\"b\\"; filename=c.pdf"', 'a "b"; filename=c.pdf'],
      ["attachment; filename*=utf-8'de'%e2%82%ac.pdf", "€.pdf"],
      ["attachment; filename*=UTF-8''%ff.pdf; filename=plain.pdf", "plain.pdf"],
      ["attachment; filename*=iso-8859-1''%e9.pdf; filename=plain.pdf", "plain.pdf"],
      ["attachment; x=\"filename*=UTF-8''bad.pdf\"; filename=good.pdf", "good.pdf"],
      ["attachment; filename*=UTF-8''..%2f..%2fetc%2fpasswd", "passwd"],
      ['attachment; filename="C:\\\\scans\\\\scan.pdf"', "scan.pdf"],
      ["attachment", undefined],
      ['attachment; filename=""', undefined],
    ]) {
      serve(["a"], { "content-disposition": header });
      assert.equal((await download()).name, name, header);
    }
    serve(["a"]);
    const { name, type, size } = await download();
    assert.deepEqual([name, type, size], [undefined, "", undefined]);
  });

  test("comes by the generic call too", async () => {
    serve(["abc"], { "content-type": "text/plain" });
    const path = { patientId: "p1", documentSummaryId: "d1", fileId: "f1" };
    const { data, status, headers, attempts } = await client().call("documentFilesDownload", { path });
    assert.equal(await (await data.blob()).text(), "abc");
    assert.deepEqual([status, headers.get("content-type"), attempts], [200, "text/plain", 1]);
  });

  test("is there before its last byte is, and can be read once", async () => {
    const { go } = serve(["first", "last"]);
    const file = await download();
    const reader = file.stream().pipeThrough(new TextDecoderStream()).getReader();
    assert.equal((await reader.read()).value, "first");
    go();
    assert.equal((await reader.read()).value, "last");
    assert.ok((await reader.read()).done);
    await assert.rejects(file.blob(), TypeError);
    await assert.rejects(file.bytes(), TypeError);
  });

  test("tells progress in rising numbers up to the total", async () => {
    const size = 1_000_000;
    for (const headers of [{ "content-length": String(size) }, {}]) {
      const told = [];
      const { go } = serve([Buffer.alloc(size / 2), Buffer.alloc(size / 2)], headers);
      const file = await download({ onProgress: (progress) => told.push(progress) });
      assert.deepEqual(told, []);
      go();
      await file.bytes();
      assert.ok(told.length > 1);
      assert.ok(rises(told.map(({ loaded }) => loaded)));
      assert.equal(told.at(-1).loaded, size);
      assert.ok(told.every(({ total }) => total === file.size));
    }
  });

  test("that is aborted half-way ends with the signal's reason and leaves nothing behind", async () => {
    for (const read of ["bytes", "stream"]) {
      const abort = new AbortController();
      const { left } = serve([Buffer.alloc(50_000), "never"]);
      const file = await download({ signal: abort.signal });
      assert.equal(getEventListeners(abort.signal, "abort").length, 1);
      const reading = rejection(read === "bytes" ? file.bytes() : file.stream().pipeTo(new WritableStream()));
      abort.abort();
      const error = await reading;
      assert.equal(error, abort.signal.reason);
      assert.ok(error instanceof carewire.AbortError);
      await left;
      assert.equal(getEventListeners(abort.signal, "abort").length, 0);
    }
  });

  test("that takes too long ends with a TimeoutError, also where nobody reads it", async (context) => {
    context.mock.timers.enable({ apis: ["setTimeout"] });
    const { left } = serve([Buffer.alloc(50_000), "never"]);
    const file = await download({ timeoutMs: 80 });
    context.mock.timers.tick(80);
    await left;
    const error = await rejection(file.bytes());
    assert.ok(error instanceof carewire.TimeoutError);
    assert.equal(error.timeoutMs, 80);
  });

  test("whose connection is lost ends with a NetworkError and is not asked for again", async () => {
    let asked = 0;
    api.download = (response) => {
      asked += 1;
      response.setHeader("content-length", "100000");
      response.write(Buffer.alloc(50_000), () => response.destroy());
    };
    const file = await download({ retries: 3 });
    const error = await rejection(file.blob());
    assert.ok(error instanceof carewire.NetworkError);
    assert.equal(asked, 1);
  });

  test("that is given up frees its connection, and its signal", async () => {
    const { signal } = new AbortController();
    const { left } = serve([Buffer.alloc(50_000), "never"]);
    const file = await download({ signal });
    await file.stream().cancel();
    await left;
    await new Promise(setImmediate);
    assert.equal(getEventListeners(signal, "abort").length, 0);
  });

  test("that is refused rejects as every call does", async () => {
    api.download = (response) => {
      response.statusCode = 404;
      response.setHeader("content-type", "application/json").end('[{"errorCode":"NOT_FOUND"}]');
    };
    const error = await rejection(download());
    assert.ok(error instanceof carewire.NotFoundError);
    assert.equal(error.errors[0].errorCode, "NOT_FOUND");
  });

  test("leaves no listener and no timer when it was read", async () => {
    const timers = () => process.getActiveResourcesInfo().filter((name) => name === "Timeout").length;
    const { signal } = new AbortController();
    const fetch = async () => new Response("abc");
    const before = timers();
    const file = await download({ signal }, client({ fetch }));
    assert.equal(timers(), before + 1);
    await file.bytes();
    await new Promise(setImmediate);
    assert.equal(timers(), before);
    assert.equal(getEventListeners(signal, "abort").length, 0);
  });
});
