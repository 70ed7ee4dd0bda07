// The package in pages of an unusual kind, in headless Chromium.

import assert from "node:assert/strict";
import { cp } from "node:fs/promises";
import { join } from "node:path";
import { after, before, beforeEach, test } from "node:test";
import { build } from "esbuild";
import { launch, openPage, page, serve } from "../package/browser.mjs";
import { project } from "../package/project.mjs";

const app = `
  import { createElement, StrictMode, useEffect, useState } from "react";
  import { createRoot } from "react-dom/client";
  import { AbortError, Welkin } from "./node_modules/carewire/dist/web.js";

  const seen = { effects: 0, aborted: 0, failed: 0, asked: 0 };
  const auth = async () => "token-" + ++seen.asked;
  const welkin = new Welkin({ tenant: "gh", instance: "sb-demo", baseUrl: "/api", auth });

  function Patient({ id }) {
    const [patient, setPatient] = useState();
    useEffect(() => {
      seen.effects += 1;
      const controller = new AbortController();
      welkin.patients.get(id, {}, { signal: controller.signal }).then(setPatient, (error) => {
        seen[error instanceof AbortError ? "aborted" : "failed"] += 1;
      });
      return () => controller.abort();
    }, [id]);
    return createElement("p", { id: "name" }, patient?.firstName);
  }

  createRoot(document.getElementById("root")).render(createElement(StrictMode, null, createElement(Patient, { id: "p1" })));
  Object.assign(globalThis, { seen, carewire: true });
`;

const files = {
  "index.html": page.html("/main.js"),
  "main.js": page.script("/node_modules/carewire/dist/web.js"),
  "two.html": page.html("/two.js"),
  "two.js": `
    import * as one from "/node_modules/carewire/dist/web.js";
    import * as other from "/other/web.js";
    Object.assign(globalThis, { one, other, carewire: true });
  `,
  "strict-mode.html": `<!doctype html><title>Portal</title><div id="root"></div><script type="module" src="/app.bundle.js"></script>`,
  "app.js": app,
  "installed.html": page.html("/installed.js"),
  "installed.js": `
    await navigator.serviceWorker.register("/service-worker.js", { type: "module" });
    await navigator.serviceWorker.ready;
    globalThis.carewire = true;
  `,
  "service-worker.js": `
    import { Welkin } from "/node_modules/carewire/dist/web.js";
    const welkin = new Welkin({ tenant: "gh", instance: "sb-demo", baseUrl: "/api" });
    addEventListener("install", () => skipWaiting());
    addEventListener("activate", (event) => event.waitUntil(clients.claim()));
    addEventListener("fetch", (event) => {
      const { pathname } = new URL(event.request.url);
      if (!pathname.startsWith("/patient-names/")) return;
      const id = pathname.split("/").at(-1);
      event.respondWith(
        welkin.patients.get(id).then(
          ({ firstName }) => Response.json({ firstName }),
          ({ code }) => Response.json({ code }, { status: 502 }),
        ),
      );
    });
  `,
};

let site;
let browser;
const answer = (request, response) => response.setHeader("content-type", "application/json").end('{"id":"p1","firstName":"Robin"}');

before(async () => {
  const { folder, link } = await project(files);
  for (const name of ["react", "react-dom", "scheduler"]) await link(name);
  await cp(join(folder, "node_modules/carewire/dist"), join(folder, "other"), { recursive: true });
  await build({
    absWorkingDir: folder,
    entryPoints: ["app.js"],
    outfile: join(folder, "app.bundle.js"),
    bundle: true,
    format: "esm",
    // The development build, which alone runs effects twice. The package stays as it is.
    define: { "process.env.NODE_ENV": '"development"' },
    external: ["./node_modules/carewire/*"],
  });
  site = await serve(folder);
  browser = await launch();
});
beforeEach(() => {
  site.reset();
  site.answer = answer;
});
after(async () => {
  await browser?.close();
  site?.close();
});

const open = (context, address) => openPage(context, browser, site, address);

test("two copies on one page work side by side, and know each other's errors", async (context) => {
  site.answer = (request, response) => (request.url.endsWith("gone") ? response.writeHead(404).end("[]") : answer(request, response));
  const opened = await open(context, "/two.html");
  const seen = await opened.evaluate(async () => {
    const copies = [one, other];
    const clients = copies.map(({ Welkin }) => new Welkin({ baseUrl: "/api" }));
    const names = await Promise.all(clients.map(({ patients }) => patients.get("p1").then(({ firstName }) => firstName)));
    const errors = await Promise.all(clients.map(({ patients }) => patients.get("gone").catch((error) => error)));
    const controller = new AbortController();
    controller.abort();
    const reason = await clients[0].patients.get("p1", {}, { signal: controller.signal }).catch((error) => error);
    const known = errors.map((error) => copies.map(({ ApiError, CarewireError, NotFoundError }) => [CarewireError, ApiError, NotFoundError].every((kind) => error instanceof kind)));
    const taken = errors.some((error) => copies.some(({ ServerError }) => error instanceof ServerError));
    return { names, known, taken, apart: one.Welkin !== other.Welkin, aborted: copies.map(({ AbortError }) => reason instanceof AbortError) };
  });
  assert.deepEqual(seen, { names: ["Robin", "Robin"], known: [[true, true], [true, true]], taken: false, apart: true, aborted: [true, true] });
  assert.equal(site.wasmRequests(), 2);
});

test("an error that is cloned keeps its message alone, and its JSON keeps what it says of the call", async (context) => {
  site.answer = (request, response) => response.writeHead(422, { "content-type": "application/json", "x-request-id": "r-1" }).end('[{"message":"Robin Marsh"}]');
  const opened = await open(context);
  const seen = await opened.evaluate(async () => {
    const error = await new carewire.Welkin({ baseUrl: "/api" }).patients.get("p-secret").catch((error) => error);
    const { port1, port2 } = new MessageChannel();
    const received = new Promise((resolve) => (port2.onmessage = ({ data }) => resolve(data)));
    port1.postMessage({ error, plain: error.toJSON() });
    const { error: clone, plain } = await received;
    port1.close();
    console.error(error);
    return {
      clone: [clone instanceof Error, clone instanceof carewire.CarewireError, clone.name, clone.message, Object.keys(clone)],
      stack: /Robin|p-secret/.test(clone.stack),
      plain,
    };
  });
  const message = "patientsGet: the API answered 422";
  assert.deepEqual(seen, {
    clone: [true, false, "Error", message, []],
    stack: false,
    plain: { name: "UnprocessableEntityError", message, code: "unprocessable_entity", outcome: "rejected", operation: "patientsGet", status: 422, requestId: "r-1" },
  });
  assert.doesNotMatch(opened.said.join(), /Robin|p-secret/);
});

test("React's strict mode, which runs each effect twice, shows the patient and no error", async (context) => {
  const opened = await open(context, "/strict-mode.html");
  await opened.waitForFunction(() => document.getElementById("name").textContent === "Robin");
  assert.deepEqual(await opened.evaluate(() => seen), { effects: 2, aborted: 1, failed: 0, asked: 1 });
  assert.deepEqual(opened.said.filter((text) => !/React DevTools/.test(text)), []);
});

test("a service worker calls for its pages", async (context) => {
  const opened = await open(context, "/installed.html");
  await opened.waitForFunction(() => navigator.serviceWorker.controller);
  const ask = () => opened.evaluate(async () => (await fetch("/patient-names/p1")).json());
  assert.deepEqual(await ask(), { firstName: "Robin" });
  site.answer = (request, response) => response.writeHead(404).end("[]");
  assert.deepEqual(await ask(), { code: "not_found" });
});

test("a page that is isolated from other origins needs nothing more", async (context) => {
  site.headers = { "cross-origin-opener-policy": "same-origin", "cross-origin-embedder-policy": "require-corp" };
  const opened = await open(context);
  const seen = await opened.evaluate(async () => [crossOriginIsolated, (await new carewire.Welkin({ baseUrl: "/api" }).patients.get("p1")).firstName]);
  assert.deepEqual(seen, [true, "Robin"]);
  assert.deepEqual(opened.said, []);
});

test("the strictest policy that allows wasm is enough, trusted types included", async (context) => {
  site.policy = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'; base-uri 'none'; require-trusted-types-for 'script'; trusted-types 'none'";
  const opened = await open(context);
  assert.equal(await opened.evaluate(async () => (await new carewire.Welkin({ baseUrl: "/api" }).patients.get("p1")).firstName), "Robin");
  assert.deepEqual(opened.said, []);
});

test("without 'wasm-unsafe-eval' every call says what is missing, and nothing is sent", async (context) => {
  site.policy = "default-src 'self'; script-src 'self'";
  const opened = await open(context);
  const seen = await opened.evaluate(async () => {
    const { patients } = new carewire.Welkin({ baseUrl: "/api" });
    const errors = await Promise.all([1, 2, 3].map(() => patients.get("p1").catch((error) => error)));
    return errors.map((error) => [error instanceof carewire.ConfigError, error.parameter, error.outcome, error.message.includes("'wasm-unsafe-eval'")]);
  });
  assert.deepEqual(seen, Array(3).fill([true, "init", "not_sent", true]));
  assert.ok(!site.requests.some((path) => path.startsWith("/api/")));
});
