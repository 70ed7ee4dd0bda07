import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { createUpstream } from "./upstream.mjs";
import { staff, startWorker } from "./worker.mjs";

const portal = { "x-carewire-portal": "1", "content-type": "application/json" };
let worker;
let upstream;

before(async () => {
  upstream = createUpstream();
  worker = await startWorker({ upstream: upstream.fetch });
});
after(() => worker?.stop());

const signIn = (body, headers = portal) => worker.fetch("/auth/sign-in", { method: "POST", headers, body });

test("the staff can be listed before anybody is signed in", async () => {
  assert.deepEqual(await (await worker.fetch("/auth/staff")).json(), staff);
});

test("a session lasts until it is signed out of", async () => {
  const signedIn = await signIn(JSON.stringify({ user: "kim" }));
  assert.deepEqual(await signedIn.json(), { user: staff[1] });
  const cookie = signedIn.headers.get("set-cookie");
  assert.match(cookie, /^carewire=[\w.-]+; Max-Age=28800; Path=\/; HttpOnly; SameSite=Strict$/);
  const session = await worker.fetch("/auth/session", { headers: { cookie: cookie.split(";")[0] } });
  assert.deepEqual(await session.json(), { user: staff[1] });
  const signedOut = await worker.fetch("/auth/sign-out", { method: "POST", headers: portal });
  assert.equal(signedOut.status, 204);
  assert.match(signedOut.headers.get("set-cookie"), /^carewire=; Max-Age=0;/);
});

test("the cookie is for this host over TLS only, unless the host is the developer's own", async () => {
  const { origin } = new URL(worker.origin);
  const response = await fetch(`${origin}/auth/sign-in`, {
    method: "POST",
    headers: { ...portal, "MF-Original-URL": "https://portal.example.org/auth/sign-in" },
    body: JSON.stringify({ user: "kim" }),
  });
  assert.match(response.headers.get("set-cookie"), /^__Host-carewire=[\w.-]+; .*; Secure$/);
});

test("a forged, changed or foreign cookie is no session", async () => {
  const [name, token] = (await worker.signIn()).split("=");
  const [header, payload, signature] = token.split(".");
  const claims = (value) => Buffer.from(JSON.stringify(value)).toString("base64url");
  const end = Math.floor(Date.now() / 1000) + 3600;
  const none = claims({ alg: "none" });
  for (const forged of [
    "",
    "x",
    `${header}.${payload}.`,
    `${header}.${payload}.${signature.slice(0, -4)}AAAA`,
    `${header}.${claims({ sub: "kim", exp: end })}.${signature}`,
    `${none}.${claims({ sub: "kim", exp: end })}.`,
  ]) {
    const response = await worker.fetch("/auth/session", { headers: { cookie: `${name}=${forged}` } });
    assert.equal(response.status, 401, forged);
  }
});

test("somebody who no longer works here has no session", async () => {
  const cookie = await worker.signIn("sam");
  const other = await startWorker({ upstream: upstream.fetch, DEMO_STAFF: staff.slice(0, 2) });
  try {
    assert.equal((await other.fetch("/auth/session", { headers: { cookie } })).status, 401);
  } finally {
    await other.stop();
  }
});

test("a request that another site could forge neither signs in nor out", async () => {
  const plain = { "content-type": "text/plain" };
  const body = JSON.stringify({ user: "kim" });
  for (const response of [await signIn(body, plain), await worker.fetch("/auth/sign-out", { method: "POST", headers: plain })]) {
    assert.equal(response.status, 403);
    assert.equal(response.headers.get("set-cookie"), null);
  }
});

test("only the staff can sign in", async () => {
  for (const body of ["", "null", "[]", "{}", '{"user":"nobody"}', '{"user":{"id":"kim"}}', "not json"]) {
    const response = await signIn(body);
    assert.equal(response.status, 401, body);
    assert.equal(response.headers.get("set-cookie"), null);
  }
});
