// The token vault in the real workerd, with a fleet of workers in front of it.

import assert from "node:assert/strict";
import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, afterEach, before, test } from "node:test";
import { ConfigError, TokenVault, tokenVault } from "carewire/edge";
import { Miniflare, Response } from "miniflare";
import { bundleWorker } from "../../scripts/bundle-worker.mjs";
import { compatibilityDate, turn } from "./worker.mjs";

const MINUTE = 60_000;
/** Where the clocks of the workers stand until a test lets time pass. */
const NOW = Date.parse("2026-03-04T12:00:00.000Z");
const at = (milliseconds) => new Date(milliseconds).toISOString();
const WELKIN_SECRET = "welkin-secret-3f9c1d-canary";
const OLD_SECRET = "welkin-secret-of-the-old-tenant";

let modules;
let fleet;
before(async () => (modules = await bundleWorker("tests/edge/vault-worker.mjs")));
afterEach(() => fleet?.stop());

const folders = [];
after(() => Promise.all(folders.map((folder) => rm(folder, { recursive: true }))));
async function newFolder() {
  folders.push(await mkdtemp(join(tmpdir(), "carewire-vault-")));
  return folders.at(-1);
}

/** `isolates` workers with one vault. `exchange` answers the n-th exchange, `api` the calls of data. */
async function start({ isolates = 1, exchange = numbered, api = () => Response.json({ id: "p1" }), folder, secret = WELKIN_SECRET } = {}) {
  const [exchanges, logs] = [[], []];
  const outboundService = async (request) => {
    const { pathname } = new URL(request.url);
    if (!/\/auth\/token$|\/api_clients\//.test(pathname)) return api(request);
    exchanges.push({ url: request.url, body: await request.json() });
    return exchange(exchanges.length);
  };
  const vaultBinding = (className) => ({ className, useSQLite: true, scriptName: "worker-0" });
  const miniflare = new Miniflare({
    host: "127.0.0.1",
    port: 0,
    cf: false,
    ...(folder && { durableObjectsPersist: folder }),
    handleRuntimeStdio: (out, errors) => {
      for (const stream of [out, errors]) stream.setEncoding("utf8").on("data", (text) => logs.push(text));
    },
    workers: Array.from({ length: isolates }, (_, number) => ({
      name: `worker-${number}`,
      modules,
      modulesRoot: "/",
      compatibilityDate,
      bindings: {
        NOW,
        WELKIN_SECRET: secret,
        OLD_SECRET,
        WELKIN_BASE_URL: "https://welkin.example.test",
        WELKIN_AUTH_BASE_URL: "https://auth.example.test",
      },
      durableObjects: { TOKEN_VAULT: vaultBinding("TokenVault"), PLAIN_VAULT: vaultBinding("PlainVault") },
      outboundService,
      unsafeDirectSockets: [{ host: "127.0.0.1", port: 0 }],
    })),
  });
  await miniflare.ready;
  const origins = await Promise.all(
    Array.from({ length: isolates }, (_, number) => miniflare.unsafeGetDirectURL(`worker-${number}`)),
  );
  const send = async (path, { isolate = 0, ...given } = {}, init = {}) => {
    const response = await fetch(new URL(`/${path}?${new URLSearchParams(given)}`, origins[isolate]), init);
    assert.equal(response.status, 200, await response.clone().text());
    return response.json();
  };
  let running = true;
  fleet = {
    exchanges,
    logs,
    ask: (given, init) => send("ask", given, init),
    read: (given) => send("read", given),
    raw: (given) => send("raw", given),
    restart: () => send("restart"),
    advance: (milliseconds) => send("clock", { milliseconds }),
    stop: async () => running && ((running = false), miniflare.dispose()),
  };
  return fleet;
}

function numbered(number) {
  return Response.json({ token: `token-${number}`, expiresAt: at(NOW + 60 * MINUTE) });
}

test("10,000 calls from many requests and isolates cost one exchange", async () => {
  const { ask, exchanges } = await start({ isolates: 4 });
  const answers = await Promise.all(Array.from({ length: 100 }, (_, number) => ask({ times: 100, isolate: number % 4 })));
  for (const { tokens, given, lifeMs } of answers) assert.deepEqual([tokens, given, lifeMs], [["token-1"], 100, 60 * MINUTE]);
  assert.deepEqual(exchanges, [
    { url: "https://auth.example.test/auth/token", body: { secret: WELKIN_SECRET, apiClient: "portal" } },
  ]);
});

test("a request that is cancelled while its exchange runs leaves the others unharmed", async () => {
  const [asked, release] = [turn(), turn()];
  const { ask, exchanges } = await start({
    isolates: 2,
    async exchange(number) {
      asked.done();
      await release.happened;
      return numbered(number);
    },
  });
  const leaving = new AbortController();
  const cancelled = ask({}, { signal: leaving.signal });
  await asked.happened;
  const others = [ask({ times: 20 }), ask({ times: 20, isolate: 1 })];
  leaving.abort();
  await assert.rejects(cancelled, { name: "AbortError" });
  release.done();
  for (const { tokens, given } of await Promise.all(others)) assert.deepEqual([tokens, given], [["token-1"], 20]);
  assert.equal(exchanges.length, 1);
});

test("an exchange whose only request was cancelled still serves the next one", async () => {
  const [asked, release] = [turn(), turn()];
  const { ask, exchanges } = await start({
    async exchange(number) {
      asked.done();
      await release.happened;
      return numbered(number);
    },
  });
  const leaving = new AbortController();
  const cancelled = ask({}, { signal: leaving.signal });
  await asked.happened;
  leaving.abort();
  await assert.rejects(cancelled, { name: "AbortError" });
  release.done();
  assert.deepEqual((await ask()).tokens, ["token-1"]);
  assert.equal(exchanges.length, 1);
});

test("isolates that report the same refused token cause one exchange", async () => {
  const api = (request) => {
    const stale = request.headers.get("authorization") === "Bearer token-1";
    return stale ? Response.json([{ errorCode: "TOKEN_EXPIRED" }], { status: 401 }) : Response.json({ id: "p1" });
  };
  const { ask, read, exchanges } = await start({ isolates: 4, api });
  // All hold the first token before anybody uses it.
  await Promise.all([0, 1, 2, 3].map((isolate) => ask({ isolate })));
  const read4 = () => Promise.all([0, 1, 2, 3].map((isolate) => read({ isolate, times: 10 })));
  for (const { outcomes } of await read4()) assert.deepEqual(outcomes, ["read"]);
  for (const { outcomes } of await read4()) assert.deepEqual(outcomes, ["read"]);
  assert.equal(exchanges.length, 2);
});

test("a late report of an older token gets the newer one", async () => {
  const { ask, exchanges } = await start({ isolates: 2 });
  await ask({ isolate: 0 });
  await ask({ isolate: 1 });
  assert.deepEqual((await ask({ isolate: 0, force: 1 })).tokens, ["token-2"]);
  assert.deepEqual((await ask({ isolate: 1, force: 1 })).tokens, ["token-2"]);
  assert.equal(exchanges.length, 2);
});

test("the question tells the vault of a refused token its number and nothing else", async () => {
  const questions = [];
  const stub = {
    async fetch(url, { method, body }) {
      questions.push({ url, method, ...JSON.parse(body) });
      return Response.json({ token: `token-${questions.length}`, lifeMs: MINUTE, generation: questions.length + 10 });
    },
  };
  const provider = tokenVault({ idFromName: (name) => name, get: (name) => ((questions.name = name), stub) }, { tenant: "gh", apiClient: "portal" });
  await provider();
  await provider({ forceRefresh: true, refused: "token-1" });
  await provider({ forceRefresh: true, refused: "token-1" });
  await provider({ forceRefresh: true });
  await provider({ forceRefresh: true, refused: "never-given" });
  await provider();
  assert.equal(questions.name, "gh/portal");
  assert.deepEqual(questions.map(({ refused }) => refused), [undefined, 11, 11, 13, undefined, undefined]);
  assert.ok(!JSON.stringify(questions).includes("token-1"));
});

test("after a restart of the host the token goes on", async () => {
  const folder = await newFolder();
  assert.deepEqual((await (await start({ folder })).ask()).tokens, ["token-1"]);
  await fleet.stop();
  const { ask, advance, exchanges } = await start({ folder });
  await advance(10 * MINUTE);
  const { tokens, lifeMs } = await ask();
  assert.deepEqual([tokens, lifeMs], [["token-1"], 50 * MINUTE]);
  assert.deepEqual(exchanges, []);
});

test("what is stored holds neither token nor secret, and is of no use with another secret", async () => {
  const folder = await newFolder();
  await (await start({ folder, exchange: () => Response.json({ token: "token-canary-8d21" }) })).ask();
  await fleet.stop();
  const names = (await readdir(folder, { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile());
  const stored = Buffer.concat(await Promise.all(names.map(({ parentPath, name }) => readFile(join(parentPath, name)))));
  assert.ok(stored.includes("blockedUntil"), "the count is there");
  for (const canary of ["token-canary-8d21", WELKIN_SECRET]) assert.ok(!stored.includes(canary));
  const { ask, exchanges } = await start({ folder, secret: "another-secret" });
  assert.deepEqual((await ask()).tokens, ["token-1"]);
  assert.equal(exchanges.length, 1);
});

test("restarts never make more than 100 exchanges in 5 minutes", async () => {
  const { ask, restart, advance, exchanges } = await start({ exchange: () => new Response("", { status: 500 }) });
  for (let count = 0; count < 100; count += 1) {
    assert.equal((await ask()).error.reason, "exchange_rejected");
    await restart();
  }
  await advance(MINUTE);
  const { error } = await ask();
  assert.deepEqual([error.reason, error.retryAfterMs], ["exchange_limited", 4 * MINUTE]);
  assert.equal(exchanges.length, 100);
  await advance(4 * MINUTE);
  await restart();
  assert.equal((await ask()).error.reason, "exchange_rejected");
  assert.equal(exchanges.length, 101);
});

test("a block says until when it lasts, and is waited out while the token is handed out", async () => {
  const exchange = (number) => (number === 2 ? new Response("[]", { status: 429 }) : Response.json({ token: `token-${number}` }));
  const { ask, restart, advance, exchanges } = await start({ isolates: 2, exchange });
  await ask();
  const blocked = await ask({ force: 1 });
  assert.equal(blocked.error.name, "TokenError");
  assert.deepEqual([blocked.error.reason, blocked.error.status], ["exchange_limited", 429]);
  assert.deepEqual([blocked.error.retryAfterMs, blocked.error.retryAt], [5 * MINUTE, at(NOW + 5 * MINUTE)]);
  assert.ok(blocked.message.endsWith(`at ${blocked.error.retryAt}`));
  await restart();
  assert.deepEqual((await ask({ isolate: 1 })).tokens, ["token-1"]);
  await advance(MINUTE);
  const { error } = await ask({ force: 1 });
  assert.deepEqual([error.reason, error.retryAfterMs, error.retryAt], ["exchange_limited", 4 * MINUTE, at(NOW + 5 * MINUTE)]);
  assert.equal(exchanges.length, 2);
  await advance(4 * MINUTE);
  assert.deepEqual((await ask({ force: 1 })).tokens, ["token-3"]);
});

test("a clock that is set back makes no block longer, with restarts and without", async () => {
  const exchange = (number) => (number === 1 ? new Response("[]", { status: 429 }) : numbered(number));
  const { ask, restart, advance, exchanges } = await start({ exchange });
  assert.equal((await ask()).error.retryAfterMs, 5 * MINUTE);
  await advance(-24 * 60 * MINUTE);
  assert.equal((await ask()).error.retryAfterMs, 5 * MINUTE);
  for (const left of [5, 4, 3, 2, 1]) {
    await restart();
    assert.equal((await ask()).error.retryAfterMs, left * MINUTE);
    await advance(MINUTE);
  }
  assert.deepEqual((await ask()).tokens, ["token-2"]);
  assert.equal(exchanges.length, 2);
});

test("a wait that Welkin asks for is obeyed, up to a day", async () => {
  for (const status of [429, 503]) {
    for (const [asked, hours] of [["3600", 1], ["315360000", 24]]) {
      const exchange = (number) => (number === 1 ? new Response("[]", { status, headers: { "retry-after": asked } }) : numbered(number));
      const { ask, advance, exchanges, stop } = await start({ exchange });
      assert.equal((await ask()).error.retryAfterMs, hours * 60 * MINUTE);
      await advance(hours * 60 * MINUTE - 1);
      assert.equal((await ask()).error.retryAfterMs, 1);
      assert.equal(exchanges.length, 1);
      await stop();
    }
  }
});

test("the legacy endpoint, which tells no end, gives tokens for an hour", async () => {
  const { ask, exchanges } = await start({ exchange: () => Response.json({ clientName: "portal", token: "t", enabled: true }) });
  const { tokens, lifeMs } = await ask({ tenant: "old", times: 50 });
  assert.deepEqual([tokens, lifeMs], [["t"], 60 * MINUTE]);
  assert.deepEqual(exchanges, [
    { url: "https://welkin.example.test/old/admin/api_clients/portal", body: { secret: OLD_SECRET } },
  ]);
});

test("each tenant has a token of its own", async () => {
  const { ask, exchanges } = await start();
  assert.deepEqual((await ask({ tenant: "gh" })).tokens, ["token-1"]);
  assert.deepEqual((await ask({ tenant: "old" })).tokens, ["token-2"]);
  assert.deepEqual((await ask({ tenant: "gh" })).tokens, ["token-1"]);
  assert.equal(exchanges.length, 2);
});

test("exported as it is, the class reads its secret from the conventional bindings", async () => {
  const { ask, exchanges } = await start();
  assert.deepEqual((await ask({ vault: "PLAIN_VAULT" })).tokens, ["token-1"]);
  assert.deepEqual(exchanges[0].body, { secret: WELKIN_SECRET, apiClient: "portal" });
});

test("a request from outside that is passed on to the vault gets nothing", async () => {
  const { raw, exchanges } = await start();
  const body = JSON.stringify({ tenant: "gh", apiClient: "portal" });
  for (const wrong of [{ url: "https://portal.example.org/", body }, { url: "https://token-vault.invalid/x", body }, { method: "PUT", body }]) {
    assert.deepEqual(await raw(wrong), { status: 404, headers: [], text: "" });
  }
  assert.deepEqual(exchanges, []);
});

test("no answer, error or log of the vault holds a secret", async () => {
  const echo = `{"message":"${WELKIN_SECRET}","secret":"${OLD_SECRET}"}`;
  const failures = [
    ["exchange_rejected", () => new Response(`[${echo}]`, { status: 401 })],
    ["exchange_rejected", () => new Response(echo, { status: 403, headers: { "retry-after": "1", "x-secret": WELKIN_SECRET } })],
    ["exchange_rejected", () => new Response(WELKIN_SECRET, { status: 500 })],
    ["exchange_rejected", () => Response.redirect(`https://evil.example.test/${WELKIN_SECRET}`, 307)],
    ["exchange_limited", () => new Response(WELKIN_SECRET, { status: 429 })],
    ["exchange_malformed", () => new Response(WELKIN_SECRET)],
    ["exchange_malformed", () => new Response(`{"token":"","secret":"${WELKIN_SECRET}"}`)],
    ["exchange_malformed", () => new Response(`{"token":"a b ${WELKIN_SECRET}"}`)],
    ["exchange_rejected", () => Promise.reject(new Error(WELKIN_SECRET))],
    [undefined, () => Response.json({ token: "t", expiresAt: WELKIN_SECRET, secret: WELKIN_SECRET })],
  ];
  const seen = [];
  let fail;
  const { ask, raw, logs } = await start({ exchange: () => fail() });
  for (const [number, [reason, exchange]] of failures.entries()) {
    fail = exchange;
    // The legacy endpoint is asked for tenants that are old.
    for (const tenant of [`gh${number}`, `old${number}`]) {
      const answer = await ask({ tenant });
      assert.equal(answer.error?.reason, reason, tenant);
      const question = { tenant, apiClient: "portal" };
      seen.push(answer, await ask({ tenant, force: 1 }));
      for (const wrong of [{}, { refused: 1 }, { refused: "x" }, { apiClient: "other" }, { tenant: undefined }]) {
        seen.push(await raw({ tenant, body: JSON.stringify({ ...question, ...wrong }) }));
      }
      seen.push(await raw({ tenant, body: "{" }));
    }
  }
  const broken = await ask({ tenant: "broken" });
  const unset = await ask({ tenant: "unset" });
  assert.deepEqual([broken.error.reason, unset.error.parameter], ["vault_failed", "secretOf().secret"]);
  await fleet.stop();
  const text = JSON.stringify([seen, broken, unset, logs]);
  for (const canary of [WELKIN_SECRET, OLD_SECRET]) assert.ok(!text.includes(canary));
});

/** A namespace of one object in this very process. */
function inProcess(env, storage) {
  const vault = new TokenVault({ storage }, env);
  return { idFromName: (name) => name, get: () => ({ fetch: (url, init) => vault.fetch(new Request(url, init)) }) };
}

test("the class needs no workerd, and sends nothing when its storage fails", async (t) => {
  const sent = t.mock.method(globalThis, "fetch", async () => Response.json({ token: "t" }));
  const stored = new Map();
  const storage = { get: async (key) => stored.get(key), put: async (key, value) => void stored.set(key, value) };
  const client = { tenant: "gh", apiClient: "portal" };
  assert.equal((await tokenVault(inProcess({ WELKIN_SECRET }, storage), client)()).token, "t");
  assert.equal((await tokenVault(inProcess({ WELKIN_SECRET }, storage), client)()).token, "t");
  assert.equal(sent.mock.callCount(), 1);
  const broken = { ...storage, get: async () => undefined, put: () => Promise.reject(new Error(WELKIN_SECRET)) };
  await assert.rejects(tokenVault(inProcess({ WELKIN_SECRET }, broken), client)(), (error) => {
    assert.deepEqual([error.name, error.reason], ["TokenError", "vault_failed"]);
    return !`${error.stack} ${JSON.stringify(error)} ${error.cause}`.includes(WELKIN_SECRET);
  });
  assert.equal(sent.mock.callCount(), 1);
});

test("a lost connection is told without what the runtime says of it", async (t) => {
  t.mock.method(globalThis, "fetch", () => Promise.reject(new TypeError(WELKIN_SECRET)));
  const namespace = inProcess({ WELKIN_SECRET }, { get: async () => undefined, put: async () => {} });
  await assert.rejects(tokenVault(namespace, { tenant: "gh", apiClient: "portal" })(), (error) => {
    assert.deepEqual([error.name, error.reason, error.retryAfterMs], ["TokenError", "exchange_network", 1000]);
    return !`${error.stack} ${JSON.stringify(error)} ${error.cause}`.includes(WELKIN_SECRET);
  });
});

test("a wrong setting of the vault is named without its value", async () => {
  const client = { tenant: "gh", apiClient: "portal" };
  const namespace = inProcess({}, { get: async () => undefined, put: async () => {} });
  for (const [wrong, parameter] of [
    [[undefined, client], "namespace"],
    [[namespace, { tenant: "gh" }], "options.apiClient"],
    [[namespace, { ...client, tenant: "a/b" }], "options.tenant"],
    [[namespace, { ...client, secret: WELKIN_SECRET }], "options.secret"],
  ]) {
    assert.throws(
      () => tokenVault(...wrong),
      (error) => error instanceof ConfigError && error.parameter === parameter && !error.message.includes(WELKIN_SECRET),
    );
  }
  await assert.rejects(tokenVault(namespace, client)(), { name: "ConfigError", parameter: "secretOf().secret" });
});
