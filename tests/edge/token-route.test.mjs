import assert from "node:assert/strict";
import { afterEach, test } from "node:test";
import { Response } from "miniflare";
import { createUpstream, exchanged } from "./upstream.mjs";
import { secrets, startWorker } from "./worker.mjs";

const MINUTE = 60_000;
let worker;

afterEach(() => worker?.stop());

async function start(exchange = () => exchanged("token-of-the-api-client")) {
  const exchanges = [];
  const upstream = async (request) => {
    exchanges.push(await request.json());
    return exchange(exchanges.length);
  };
  worker = await startWorker({ upstream, stopped: true });
  return exchanges;
}

async function ask({ body, cookie, origin = worker.origin, method = "POST" } = {}) {
  const headers = { cookie: cookie ?? (await worker.signIn()), ...(origin && { origin }) };
  return worker.fetch("/auth/welkin", { method, headers, body });
}

test("a signed-in portal gets the token, its end and the server's time, for no cache", async () => {
  const exchanges = await start();
  const response = await ask({ body: '{"forceRefresh":false}' });
  assert.equal(response.status, 200);
  assert.equal(response.headers.get("cache-control"), "no-store");
  const { token, expiresAt, now, ...rest } = await response.json();
  assert.deepEqual(rest, {});
  assert.equal(token, "token-of-the-api-client");
  assert.ok(Math.abs(Date.parse(now) - Date.now()) < MINUTE);
  assert.ok(Math.abs(Date.parse(expiresAt) - Date.parse(now) - 60 * MINUTE) < MINUTE);
  assert.deepEqual(exchanges, [{ secret: secrets.WELKIN_SECRET, apiClient: "portal" }]);
});

test("many requests share one exchange", async () => {
  const exchanges = await start();
  const cookie = await worker.signIn();
  const responses = await Promise.all(Array.from({ length: 40 }, () => ask({ cookie })));
  assert.ok(responses.every(({ status }) => status === 200));
  assert.equal(exchanges.length, 1);
});

test("a forced renewal right after an exchange gets what that exchange gave", async () => {
  const exchanges = await start((number) => exchanged(`token-${number}`));
  const cookie = await worker.signIn();
  for (let count = 0; count < 10; count += 1) {
    const response = await ask({ cookie, body: '{"forceRefresh":true}' });
    assert.equal((await response.json()).token, "token-1");
  }
  assert.equal(exchanges.length, 1);
});

test("without a session there is no token and no exchange", async () => {
  const exchanges = await start();
  const response = await ask({ cookie: "carewire=forged" });
  assert.equal(response.status, 401);
  assert.equal(response.headers.get("x-carewire-gateway"), "session");
  assert.deepEqual(exchanges, []);
});

test("another site gets no token", async () => {
  const exchanges = await start();
  for (const origin of ["https://evil.example.test", "null", undefined]) {
    const response = await ask({ origin: origin ?? "" });
    assert.equal(response.status, 403, origin);
    assert.equal(response.headers.get("access-control-allow-origin"), null);
  }
  assert.deepEqual(exchanges, []);
});

test("only POST with a short and sensible body is understood", async () => {
  const exchanges = await start();
  assert.equal((await ask({ method: "GET" })).status, 405);
  for (const body of ["{", "[1", '{"forceRefresh":"yes"}', JSON.stringify({ padding: "x".repeat(5_000) })]) {
    assert.equal((await ask({ body })).status, 400, body.slice(0, 30));
  }
  assert.deepEqual(exchanges, []);
});

test("a blocked token endpoint is left alone and the portal told when to come back", async () => {
  const exchanges = await start(() => new Response("[]", { status: 429 }));
  const response = await ask();
  assert.equal(response.status, 503);
  assert.equal(response.headers.get("retry-after"), "300");
  assert.deepEqual(await response.json(), { error: "token" });
  assert.equal((await ask()).status, 503);
  assert.equal(exchanges.length, 1);
});

test("what the token endpoint says of the secret stays inside", async () => {
  await start(() => new Response(`wrong secret ${secrets.WELKIN_SECRET}`, { status: 401 }));
  const response = await ask();
  assert.equal(response.status, 503);
  const seen = (await response.text()) + JSON.stringify([...response.headers]) + worker.logs.join("");
  for (const secret of Object.values(secrets)) assert.ok(!seen.includes(secret));
});
