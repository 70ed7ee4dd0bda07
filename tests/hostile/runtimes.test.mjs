// The same hostile checks on the packed tarball in Node, in headless Chromium and in workerd.

import assert from "node:assert/strict";
import { once } from "node:events";
import { readFile } from "node:fs/promises";
import http from "node:http";
import { after, before, beforeEach, describe, test } from "node:test";
import { Miniflare } from "miniflare";
import { launch, page, serve, unhurried } from "../package/browser.mjs";
import { project } from "../package/project.mjs";
import { bundleOf } from "../package/workerd/bundle.mjs";
import { Api, holdsEverywhere } from "./everywhere.mjs";
import { setTrap } from "./trapping.mjs";

const text = (name) => readFile(new URL(name, import.meta.url), "utf8");

let api;
let server;
let url;

before(async () => {
  server = http.createServer((request, response) => api.answer(request, response));
  await once(server.listen(0, "127.0.0.1"), "listening");
  url = `http://127.0.0.1:${server.address().port}`;
});
beforeEach(() => (api = new Api()));
after(() => {
  server.closeAllConnections();
  server.close();
});

describe("in Node", () => {
  let scratch;

  before(async () => {
    scratch = await project({ "entry.js": `export * as carewire from "carewire"; export { checks } from "./everywhere.js";`, "everywhere.js": await text("everywhere.js") });
    await setTrap(scratch.folder);
  });

  holdsEverywhere(
    async (name) => {
      const { carewire, checks } = await scratch.import("entry.js");
      return checks[name]({ carewire, url, arrived: (name) => fetch(`${url}/arrived/${name}`) });
    },
    () => api,
  );
});

describe("in Chromium", () => {
  let site;
  let browser;
  let opened;

  before(async () => {
    const { folder } = await project({
      "index.html": page.html("/main.js"),
      "main.js": `${page.script("/node_modules/carewire/dist/web.js")} import { checks } from "./everywhere.js"; globalThis.checks = checks;`,
      "everywhere.js": await text("everywhere.js"),
    });
    await setTrap(folder);
    site = await serve(folder);
    browser = await launch();
    opened = unhurried(await browser.newPage());
    opened.thrown = [];
    opened.on("pageerror", (error) => opened.thrown.push(String(error)));
    await opened.goto(site.url);
    await opened.waitForFunction(() => globalThis.checks);
  });
  beforeEach(() => (site.answer = (request, response) => api.answer(request, response)));
  after(async () => {
    await browser?.close();
    site?.close();
  });

  holdsEverywhere(
    (name) => opened.evaluate((name) => checks[name]({ carewire, url: "/api", arrived: (name) => fetch(`/api/arrived/${name}`) }), name),
    () => api,
  );

  test("nothing was thrown past the page, and the wasm was fetched once", () => {
    assert.deepEqual(opened.thrown, []);
    assert.equal(site.wasmRequests(), 1);
  });
});

describe("in workerd", () => {
  let miniflare;

  before(async () => {
    const files = { "worker.js": await text("worker.js"), "everywhere.js": await text("everywhere.js") };
    const worker = await bundleOf(files, setTrap);
    miniflare = new Miniflare({ host: "127.0.0.1", port: 0, cf: false, ...worker, compatibilityDate: "2026-04-01", bindings: { API: url } });
    await miniflare.ready;
  });
  after(() => miniflare?.dispose());

  async function run(path) {
    const response = await miniflare.dispatchFetch(`http://worker.example.test/${path}`);
    assert.equal(response.status, 200, await response.clone().text());
    return response.json();
  }

  holdsEverywhere(run, () => api);

  test("a panic in one request rejects the calls of others, which answer, and the next request works", async () => {
    const failed = { code: "carewire", outcome: "unknown" };
    assert.deepEqual(await run("call/ok"), { id: "ok" });
    const others = [1, 2, 3].map((at) => run(`call/hanging-${at}`));
    await Promise.all([1, 2, 3].map((at) => fetch(`${url}/arrived/hanging-${at}`)));
    assert.deepEqual(await run("panic/ok"), failed);
    assert.deepEqual(await Promise.all(others), [failed, failed, failed]);
    assert.deepEqual(await run("call/ok-2"), { id: "ok-2" });
  });
});
