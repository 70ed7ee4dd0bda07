// The packed tarball in the real workerd: one client of the module serves overlapping requests.

import assert from "node:assert/strict";
import http from "node:http";
import { after, before, beforeEach, test } from "node:test";
import { Miniflare, Response } from "miniflare";
import { bundle } from "./workerd/bundle.mjs";

let worker;
let miniflare;
let upstream;

/** Something that a test waits for, or lets happen. */
function turn() {
  let done;
  const happened = new Promise((resolve) => (done = resolve));
  return { happened, done };
}

before(async () => {
  worker = await bundle("worker.js");
});

beforeEach(async () => {
  upstream = {
    exchanges: 0,
    calls: [],
    exchange: async () => Response.json({ token: `token-${upstream.exchanges}`, expiresAt: Date.now() + 3_600_000 }),
    answer: async (id) => Response.json({ id }),
  };
  // A new isolate for each test: its client has no token yet.
  await miniflare?.dispose();
  miniflare = new Miniflare({
    host: "127.0.0.1",
    port: 0,
    cf: false,
    workers: [
      {
        name: "portal",
        ...worker,
        compatibilityDate: "2026-04-01",
        serviceBindings: { API: "api" },
        outboundService(request) {
          const { hostname, pathname } = new URL(request.url);
          if (hostname === "auth.example.test") {
            upstream.exchanges += 1;
            return upstream.exchange(request, upstream.exchanges);
          }
          upstream.calls.push({ hostname, pathname, authorization: request.headers.get("authorization") });
          return upstream.answer(pathname.split("/").at(-1), request);
        },
      },
      {
        name: "api",
        modules: true,
        script: `export default {
          fetch: (request) => Response.json({ id: "bound", asked: request.headers.get("authorization") }),
        }`,
      },
    ],
  });
  await miniflare.ready;
});

after(() => miniflare?.dispose());

const json = async (path) => {
  const response = await miniflare.dispatchFetch(`http://portal.example.test${path}`);
  return [response.status, await response.json()];
};

test("overlapping requests share the token, and each has its own answer", async () => {
  const { happened, done } = turn();
  const all = turn();
  upstream.exchange = () => happened;
  upstream.answer = async (id) => {
    if (upstream.calls.length === ids.length) all.done();
    await all.happened;
    return Response.json({ id });
  };
  const ids = Array.from({ length: 12 }, (_, index) => `p${index}`);
  const answers = Promise.all(ids.map((id) => json(`/${id}`)));
  // They wait in line now: a request that came after them has been through the worker.
  await json("/bound");
  done(Response.json({ token: "token-1", expiresAt: Date.now() + 3_600_000 }));
  assert.deepEqual(await answers, ids.map((id) => [200, { id }]));
  assert.equal(upstream.exchanges, 1);
  assert.equal(upstream.calls.length, 12);
  assert.ok(upstream.calls.every(({ hostname }) => hostname === "api.live.welkincloud.io"));
  assert.ok(upstream.calls.every(({ authorization }) => authorization === "Bearer token-1"));
  assert.deepEqual(await json("/later"), [200, { id: "later" }]);
  assert.equal(upstream.exchanges, 1);
});

test("a request that goes away while it fetches the token leaves the others unharmed", async () => {
  const asked = turn();
  const never = new Promise(() => {});
  upstream.exchange = async (request, number) => {
    if (number > 1) return Response.json({ token: `token-${number}` });
    asked.done();
    return never;
  };
  const gone = http.get(new URL("/gone", await miniflare.ready));
  gone.on("error", () => {});
  await asked.happened;
  const others = Promise.all(["p1", "p2", "p3"].map((id) => json(`/${id}`)));
  gone.destroy();
  // So long they wait for what another request asked, and it can not tell them that it is gone.
  await json("/clock?milliseconds=3000");
  assert.deepEqual(await others, ["p1", "p2", "p3"].map((id) => [200, { id }]));
  assert.equal(upstream.exchanges, 2);
  assert.ok(upstream.calls.every(({ authorization }) => authorization === "Bearer token-2"));
});

test("a request that goes away while the API answers leaves the others unharmed", async () => {
  const asked = turn();
  upstream.answer = async (id) => {
    if (id !== "gone") return Response.json({ id });
    asked.done();
    return new Promise(() => {});
  };
  const gone = http.get(new URL("/gone", await miniflare.ready));
  gone.on("error", () => {});
  await asked.happened;
  gone.destroy();
  assert.deepEqual(await json("/p1"), [200, { id: "p1" }]);
});

test("a service binding serves as fetch, over many requests", async () => {
  for (let count = 0; count < 3; count += 1) {
    assert.deepEqual(await json("/bound"), [200, { id: "bound", asked: "Bearer token-of-env" }]);
  }
  assert.deepEqual(upstream.calls, []);
});

test("a list gives the records of all pages", async () => {
  const pages = [{ content: [{ id: "a" }, { id: "b" }], last: false }, { content: [{ id: "c" }], last: true }];
  upstream.answer = async () => Response.json(pages[upstream.calls.length - 1]);
  assert.deepEqual(await json("/list"), [200, [{ id: "a" }, { id: "b" }, { id: "c" }]]);
});

test("errors have their classes and fields", async () => {
  upstream.answer = async (id) => (id === "slow" ? new Promise(() => {}) : Response.json([], { status: 403 }));
  assert.deepEqual(await json("/p1"), [502, { status: 403 }]);
  assert.deepEqual(await json("/wrong"), [400, { parameter: "query.typo" }]);
  assert.deepEqual(await json("/slow"), [504, { timeoutMs: 100 }]);
});
