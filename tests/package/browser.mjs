// What the package must do in a real browser, however it came to the page.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { extname, join, normalize } from "node:path";
import { after, before, beforeEach, describe, test } from "node:test";
import { chromium } from "playwright-core";
import { rises, Upload } from "./file-server.mjs";

const flags = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];
/** How long is waited for what must come, in milliseconds: a busy machine takes its time. */
const PATIENCE = 120_000;

/** Starts the browser of the tests. */
export const launch = () => chromium.launch({ executablePath: process.env.CHROMIUM || "/usr/bin/chromium", args: flags, timeout: PATIENCE });

/** Lets a page wait as long. */
export function unhurried(page) {
  page.setDefaultTimeout(PATIENCE);
  return page;
}

const contentTypes = { ".html": "text/html", ".js": "text/javascript", ".wasm": "application/wasm" };
const strict = "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; object-src 'none'; base-uri 'none'";

/** The page of every project, and its script: it gives the tests what the package exports. */
export const page = {
  html: (script) => `<!doctype html><title>Portal</title><script type="module" src="${script}"></script>`,
  script: (source) => `import * as carewire from "${source}"; globalThis.carewire = carewire;`,
};

/** A server of a folder, with an API of its own under /api. */
export async function serve(folder) {
  const site = {
    reset() {
      site.requests = [];
      site.policy = strict;
      /** More headers of every file. */
      site.headers = {};
      /** What a file is answered with instead: a status. */
      site.failing = {};
      site.wasmType = contentTypes[".wasm"];
      site.answer = (request, response) => response.setHeader("content-type", "application/json").end('{"id":"p1","firstName":"Robin"}');
    },
    wasmRequests: () => site.requests.filter((path) => path.endsWith(".wasm")).length,
  };
  site.reset();
  const server = createServer(async (request, response) => {
    const { pathname } = new URL(request.url, "http://localhost");
    site.requests.push(pathname);
    if (pathname === "/favicon.ico") return response.writeHead(204).end();
    if (pathname.startsWith("/api/")) return site.answer(request, response);
    const name = pathname === "/" ? "/index.html" : pathname;
    const extension = extname(name);
    if (site.failing[extension]) return response.writeHead(site.failing[extension]).end();
    try {
      const bytes = await readFile(join(folder, normalize(name)));
      response.setHeader("content-security-policy", site.policy);
      for (const [name, value] of Object.entries(site.headers)) response.setHeader(name, value);
      response.setHeader("content-type", extension === ".wasm" ? site.wasmType : (contentTypes[extension] ?? "text/plain"));
      response.end(bytes);
    } catch {
      response.writeHead(404).end();
    }
  });
  await new Promise((resolve) => server.listen(0, "localhost", resolve));
  site.url = `http://localhost:${server.address().port}`;
  site.close = () => {
    server.closeAllConnections();
    server.close();
  };
  return site;
}

/** Opens a page of a site in a fresh context. What it prints and throws is in `said`. */
export async function openPage(context, browser, site, address = "/") {
  const session = await browser.newContext();
  context.after(() => session.close());
  const opened = unhurried(await session.newPage());
  opened.said = [];
  opened.on("console", (message) => opened.said.push(message.text()));
  opened.on("pageerror", (error) => opened.said.push(String(error)));
  await opened.goto(site.url + address);
  await opened.waitForFunction(() => globalThis.carewire);
  return opened;
}

/** Tests of a page that has the package; `build` makes its folder. */
export function behavesInABrowser(how, build) {
  describe(how, () => {
    let site;
    let browser;

    before(async () => {
      site = await serve(await build());
      browser = await launch();
    });
    beforeEach(() => site.reset());
    after(async () => {
      await browser?.close();
      site?.close();
    });

    const open = (context, address) => openPage(context, browser, site, address);

    test("a call on a fetch of one's own works at once, and nothing is printed", async (context) => {
      const opened = await open(context);
      const seen = await opened.evaluate(async () => {
        const sent = [];
        const fetch = async (url, { headers }) => {
          sent.push([url, new Headers(headers).get("authorization")]);
          return Response.json({ id: "p1", firstName: "Robin" });
        };
        const welkin = new carewire.Welkin({ tenant: "gh", instance: "sb-demo", auth: () => "token-1", fetch });
        return { patient: await welkin.patients.get("p1"), sent };
      });
      assert.deepEqual(seen, {
        patient: { id: "p1", firstName: "Robin" },
        sent: [["https://api.live.welkincloud.io/gh/sb-demo/patients/p1", "Bearer token-1"]],
      });
      assert.deepEqual(opened.said, []);
    });

    test("a call through the browser's own fetch reaches a server", async (context) => {
      let received;
      site.answer = (request, response) => {
        received = { url: request.url, authorization: request.headers.authorization };
        response.setHeader("content-type", "application/json").end('{"patients":[{"id":77}]}');
      };
      const opened = await open(context);
      const ids = await opened.evaluate(async () => {
        const inbox = new carewire.InboxHealth({ baseUrl: "/api/inbox" });
        return (await inbox.patients.list({ filter: { first_name: "Robin" } })).patients.map(({ id }) => id);
      });
      assert.deepEqual(ids, [77]);
      assert.deepEqual(received, {
        url: "/api/inbox/partner/v2/patients?filter%5Bfirst_name%5D=Robin",
        authorization: undefined,
      });
    });

    test("an abort ends the request at the server", async (context) => {
      let response;
      const arrived = new Promise((resolve) => {
        site.answer = (request, unanswered) => resolve((response = unanswered));
      });
      const opened = await open(context);
      await opened.evaluate(() => {
        const controller = new AbortController();
        const welkin = new carewire.Welkin({ baseUrl: "/api/welkin", tenant: "gh", instance: "sb-demo" });
        const call = welkin.patients.get("p1", {}, { signal: controller.signal }).catch((error) => error);
        Object.assign(globalThis, { controller, call });
      });
      await arrived;
      const left = new Promise((resolve) => response.on("close", resolve));
      const outcome = await opened.evaluate(async () => {
        controller.abort();
        const error = await call;
        return [error === controller.signal.reason, error instanceof carewire.AbortError, error.outcome];
      });
      assert.deepEqual(outcome, [true, true, "unknown"]);
      await left;
    });

    test("an upload carries its files to the byte, and tells its progress at the start and at the end", async (context) => {
      let upload;
      site.answer = async (request, response) => {
        upload = new Upload(request);
        await upload.end;
        response.setHeader("content-type", "application/json").end("[]");
      };
      const opened = await open(context);
      const told = await opened.evaluate(async () => {
        const told = [];
        const welkin = new carewire.Welkin({ baseUrl: "/api/welkin" });
        const files = [
          new File(["one"], 'the "first" één.pdf', { type: "application/pdf" }),
          { data: new TextEncoder().encode("two"), name: "two.png", type: "image/png" },
          { data: new Blob(["thr", "ee"]).stream(), name: "three.jpg", type: "image/jpeg" },
        ];
        await welkin.documentFiles.upload("p1", "d1", { files }, { onProgress: (progress) => told.push(progress) });
        return told;
      });
      assert.deepEqual(await upload.parts(), [
        ["files", ['the "first" één.pdf', "application/pdf", "one"]],
        ["files", ["two.png", "image/png", "two"]],
        ["files", ["three.jpg", "image/jpeg", "three"]],
      ]);
      assert.deepEqual(told, [{ loaded: 0, total: 11 }, { loaded: 11, total: 11 }]);
    });

    test("an upload that is aborted half-way ends at the server, with the signal's reason", async (context) => {
      let upload;
      const arrived = new Promise((resolve) => {
        site.answer = (request) => {
          upload = new Upload(request, false);
          // More than a connection holds: the rest waits here until it is broken off.
          request.once("data", () => resolve(request.pause()));
        };
      });
      const opened = await open(context);
      await opened.evaluate(() => {
        const controller = new AbortController();
        const welkin = new carewire.Welkin({ baseUrl: "/api/welkin" });
        const files = [new Blob([new Uint8Array(32 * 1024 * 1024)])];
        const call = welkin.documentFiles.upload("p1", "d1", { files }, { signal: controller.signal }).catch((error) => error);
        Object.assign(globalThis, { controller, call });
      });
      const request = await arrived;
      const ended = opened.evaluate(async () => {
        controller.abort();
        const error = await call;
        return [error === controller.signal.reason, error instanceof carewire.AbortError];
      });
      assert.deepEqual(await ended, [true, true]);
      request.resume();
      assert.equal(await upload.end, "broken");
    });

    test("a download gives name, type, size and bytes, and tells its progress", async (context) => {
      site.answer = (request, response) => {
        response.writeHead(200, {
          "content-type": "image/jpeg",
          "content-length": "300000",
          "content-disposition": "attachment; filename*=UTF-8''r%C3%A9sum%C3%A9.jpg",
        });
        response.write(Buffer.alloc(150_000));
        response.end(Buffer.alloc(150_000));
      };
      const opened = await open(context);
      const seen = await opened.evaluate(async () => {
        const told = [];
        const welkin = new carewire.Welkin({ baseUrl: "/api/welkin" });
        const file = await welkin.documentFiles.download("p1", "d1", "f1", { onProgress: ({ loaded }) => told.push(loaded) });
        const blob = await file.blob();
        return { name: file.name, type: file.type, size: file.size, blob: [blob.type, blob.size], told };
      });
      assert.ok(rises(seen.told));
      assert.equal(seen.told.at(-1), 300_000);
      delete seen.told;
      assert.deepEqual(seen, { name: "résumé.jpg", type: "image/jpeg", size: 300_000, blob: ["image/jpeg", 300_000] });
    });

    test("a download that ends early says why", async (context) => {
      const answers = {
        abort: (response) => response.write(Buffer.alloc(1000)),
        timeout: (response) => response.write(Buffer.alloc(1000)),
        loss: (response) => response.writeHead(200, { "content-length": "2000" }).write(Buffer.alloc(1000), () => response.destroy()),
      };
      site.answer = ({ url }, response) => answers[url.split("/").at(-1)](response);
      const opened = await open(context);
      const seen = await opened.evaluate(async () => {
        const { documentFiles } = new carewire.Welkin({ baseUrl: "/api/welkin" });
        const controller = new AbortController();
        const rejected = async (promise) => promise.then(() => "it ended well", (error) => error);
        const aborted = await documentFiles.download("p1", "d1", "abort", { signal: controller.signal });
        const reading = rejected(aborted.blob());
        controller.abort();
        const reason = (await reading) === controller.signal.reason;
        // The time of the call is over when the file has begun to come, however long that takes.
        const { setTimeout } = globalThis;
        let over;
        globalThis.setTimeout = (run, after, ...given) => (after === 200 ? void (over = run) : setTimeout(run, after, ...given));
        const begun = await documentFiles.download("p1", "d1", "timeout", { timeoutMs: 200 });
        globalThis.setTimeout = setTimeout;
        const [slow] = await Promise.all([rejected(begun.bytes()), over()]);
        const lost = await rejected((await documentFiles.download("p1", "d1", "loss")).arrayBuffer());
        return [reason, slow instanceof carewire.TimeoutError, lost instanceof carewire.NetworkError];
      });
      assert.deepEqual(seen, [true, true, true]);
    });

    test("many first calls fetch the wasm once, and the page alone does not", async (context) => {
      const opened = await open(context);
      assert.equal(site.wasmRequests(), 0);
      const count = await opened.evaluate(async () => {
        const clients = Array.from({ length: 5 }, () => new carewire.Welkin({ tenant: "gh", instance: "sb-demo", baseUrl: "/api/welkin" }));
        const calls = Array.from({ length: 25 }, (_, index) => clients[index % 5].patients.get(`p${index}`));
        return (await Promise.all(calls)).length;
      });
      assert.equal(count, 25);
      assert.equal(site.wasmRequests(), 1);
    });

    test("init() loads the wasm beforehand, once", async (context) => {
      const opened = await open(context);
      await opened.evaluate(async () => {
        await Promise.all([carewire.init(), carewire.init()]);
        await carewire.init();
      });
      assert.equal(site.wasmRequests(), 1);
      site.failing[".wasm"] = 404;
      const patient = await opened.evaluate(() => new carewire.Welkin({ tenant: "gh", instance: "sb-demo", baseUrl: "/api/welkin" }).patients.get("p1"));
      assert.equal(patient.id, "p1");
    });

    test("init() takes bytes and compiled modules", async (context) => {
      const opened = await open(context);
      await opened.evaluate(() => carewire.init());
      const [path] = site.requests.filter((path) => path.endsWith(".wasm"));
      for (const kind of ["address", "bytes", "module", "response"]) {
        const fresh = await open(context);
        site.requests = [];
        const id = await fresh.evaluate(
          async ([path, kind]) => {
            const response = kind === "address" ? undefined : await fetch(path);
            const source = {
              address: () => path,
              bytes: () => response.arrayBuffer(),
              module: () => WebAssembly.compileStreaming(response),
              response: () => response,
            }[kind]();
            await carewire.init(await source);
            const fetchStub = async () => Response.json({ id: "p1" });
            return (await new carewire.Welkin({ tenant: "gh", instance: "sb-demo", auth: () => "t", fetch: fetchStub }).patients.get("p1")).id;
          },
          [path, kind],
        );
        assert.equal(id, "p1", kind);
        assert.equal(site.wasmRequests(), 1, kind);
        assert.deepEqual(fresh.said, [], kind);
      }
    });

    const firstCall = () =>
      new carewire.Welkin({ tenant: "gh", instance: "sb-demo", baseUrl: "/api/welkin" }).patients.get("p1").then(
        ({ id }) => id,
        (error) => ({
          isConfig: error instanceof carewire.ConfigError,
          message: error.message,
          outcome: error.outcome,
          cause: String(error.cause),
        }),
      );

    test("without 'wasm-unsafe-eval' the error says what is missing", async (context) => {
      site.policy = "default-src 'self'; script-src 'self'";
      const { isConfig, message, outcome, cause } = await (await open(context)).evaluate(firstCall);
      assert.ok(isConfig);
      assert.match(cause, /^CompileError/);
      assert.equal(outcome, "not_sent");
      assert.match(message, /Content-Security-Policy.*'wasm-unsafe-eval'/);
      assert.ok(!site.requests.some((path) => path.startsWith("/api/")));
    });

    test("a wasm file that is missing is a clear error, and no longer one when it is there again", async (context) => {
      site.failing[".wasm"] = 404;
      const opened = await open(context);
      const { isConfig, message, cause } = await opened.evaluate(firstCall);
      assert.ok(isConfig);
      assert.match(message, /carewire_bg\.wasm could not be loaded/);
      assert.match(cause, /404/);
      site.failing = {};
      assert.equal(await opened.evaluate(firstCall), "p1");
    });

    test("a server that does not know the type of wasm files does no harm", async (context) => {
      site.wasmType = "application/octet-stream";
      const opened = await open(context);
      assert.equal(await opened.evaluate(firstCall), "p1");
      assert.deepEqual(opened.said, []);
    });

    test("an Inbox Health key is refused in a page", async (context) => {
      const seen = await (await open(context)).evaluate(() => {
        const baseUrl = "https://inbox.example.org";
        return [{ auth: () => "key" }, { headers: { "X-API-Key": "key" } }, { headers: { "x-portal": "1" } }].map((given) => {
          new carewire.InboxHealth({ baseUrl, ...given, dangerouslyAllowBrowser: true });
          try {
            new carewire.InboxHealth({ baseUrl, ...given });
          } catch (error) {
            return [error instanceof carewire.ConfigError, error.parameter];
          }
        });
      });
      assert.deepEqual(seen, [[true, "options.auth"], [true, "options.headers"], undefined]);
    });

    test("a Welkin secret is refused in a page", async (context) => {
      const seen = await (await open(context)).evaluate(async () => {
        const sent = [];
        const fetch = async (url) => (sent.push(url), Response.json({ token: "x", expiresAt: "2030-01-01T00:00:00Z" }));
        const given = { tenant: "gh", instance: "sb-demo", auth: () => "token", fetch };
        const secret = { apiClient: "portal", secret: "synthetic" };
        const welkin = new carewire.Welkin(given);
        const refused = await Promise.all(
          [welkin.auth.createToken(secret), welkin.call("authCreateToken", { body: secret })].map((call) =>
            call.catch((error) => [error instanceof carewire.ConfigError, error.parameter, String(error).includes("synthetic")]),
          ),
        );
        const before = sent.length;
        await new carewire.Welkin({ ...given, dangerouslyAllowBrowser: true }).auth.createToken(secret);
        return { refused, before, after: sent.length };
      });
      const refusal = [true, "dangerouslyAllowBrowser", false];
      assert.deepEqual(seen, { refused: [refusal, refusal], before: 0, after: 1 });
    });
  });
}
