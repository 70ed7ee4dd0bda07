// Token providers beyond those of tests/package/tokens.test.mjs: each call ends with a TokenError or works,
// nothing is sent without a token, and nothing is thrown past the call.

import assert from "node:assert/strict";
import { before, describe, test } from "node:test";
import { inspect } from "node:util";
import { project } from "../package/project.mjs";

const HOUR = 3_600_000;

let carewire;
let cases = 0;

before(async () => {
  carewire = await (await project({ "entry.js": `export * from "carewire";` })).import("entry.js");
});

function welkin(auth, options) {
  const sent = [];
  const fetch = async (url, { headers }) => (sent.push(new Headers(headers).get("authorization")), Response.json({ id: "p1" }));
  return { sent, client: new carewire.Welkin({ tenant: "gh", instance: "sb-demo", auth, fetch, retries: 0, timeoutMs: 2_000, ...options }) };
}

/** The reason of a TokenError. */
async function refused(auth, sent, call) {
  const error = await call.then(
    () => assert.fail("it did not reject"),
    (error) => error,
  );
  assert.ok(error instanceof carewire.TokenError, String(error));
  assert.equal(error.outcome, "not_sent");
  assert.deepEqual(sent, []);
  cases += 1;
  return error.reason;
}

const thrower = () => {
  throw new Error("a getter");
};
const revoked = () => {
  const { proxy, revoke } = Proxy.revocable({}, {});
  revoke();
  return proxy;
};
const past = Date.now() - 1;

describe("a token provider", () => {
  const failing = {
    "throws nothing at all": () => { throw undefined; },
    "throws null": () => { throw null; },
    "throws a symbol": () => { throw Symbol("x"); },
    "rejects with nothing": () => Promise.reject(),
    "rejects with a frozen object": () => Promise.reject(Object.freeze({})),
    "gives an object whose token throws": () => ({ get token() { return thrower(); } }),
    "gives an object whose expiry throws": () => ({ token: "token-1", get expiresAt() { return thrower(); } }),
    "gives a proxy that was revoked": () => revoked(),
    "gives a promise whose then throws": () => ({ get then() { return thrower(); } }),
    "gives a thenable that throws": () => ({ then: thrower }),
    "gives a thenable that rejects with what throws": () => ({ then: (_, reject) => reject(revoked()) }),
    "fills the stack": function endless() { return endless(); },
  };
  for (const [name, auth] of Object.entries(failing)) {
    test(`that ${name} has failed`, async () => {
      const { client, sent } = welkin(auth);
      assert.equal(await refused(auth, sent, client.patients.get("p1")), "provider_failed");
    });
  }

  const nonsense = {
    "a tab": "token\t1",
    "a line break in an object": { token: "token-1\r\nx-admin: 1" },
    "a blank at the end": "token-1 ",
    "a null byte": "token\u0000",
    "half a letter": "token-\ud800",
    "a String object": Object("token-1"),
    "an array with a token": ["token-1"],
    "a token in a token": { token: { token: "token-1" } },
    "a promise of a token in an object": { token: Promise.resolve("token-1") },
    "another name": { access_token: "token-1", expires_in: 3600 },
    "a Response": new Response('{"token":"token-1"}'),
    "a Map": new Map([["token", "token-1"]]),
    "a NaN": Number.NaN,
    "a bigint": 5n,
    "a symbol": Symbol("token-1"),
    "an expiry of Infinity": { token: "token-1", expiresAt: Number.POSITIVE_INFINITY },
    "an expiry of text that is none": { token: "token-1", expiresAt: "" },
    "an expiry that is a boolean": { token: "token-1", expiresAt: true },
    "an expiry that is a bigint": { token: "token-1", expiresAt: 5n },
    "an expiry that is a symbol": { token: "token-1", expiresAt: Symbol("x") },
  };
  for (const [name, given] of Object.entries(nonsense)) {
    test(`that gives ${name} gives no token`, async () => {
      const { client, sent } = welkin(() => given);
      assert.equal(await refused(undefined, sent, client.patients.get("p1")), "malformed");
    });
  }

  for (const expiresAt of [past, new Date(past), new Date(past).toISOString(), -1, -8.64e15]) {
    test(`that gives a token of the past (${inspect(expiresAt)}) gives one that has expired`, async () => {
      const { client, sent } = welkin(() => ({ token: "token-1", expiresAt }));
      assert.equal(await refused(undefined, sent, client.patients.get("p1")), "expired");
    });
  }

  const working = {
    "a thenable": { then: (resolve) => resolve("token-1") },
    "an object without a prototype": Object.assign(Object.create(null), { token: "token-1", expiresAt: Date.now() + HOUR }),
    "an instance of a class": new (class { get token() { return "token-1"; } })(),
    "an expiry of fractions": { token: "token-1", expiresAt: Date.now() + HOUR + 0.5 },
    "an expiry at the end of time": { token: "token-1", expiresAt: 8.64e15 },
    "a token of 100,000 letters": "t".repeat(100_000),
  };
  for (const [name, given] of Object.entries(working)) {
    test(`may give ${name}`, async () => {
      const { client, sent } = welkin(() => given);
      assert.deepEqual(await client.patients.get("p1"), { id: "p1" });
      assert.match(sent[0], /^Bearer t/);
      cases += 1;
    });
  }

  test("that fails is left alone for a while, however many ask", async () => {
    let asked = 0;
    const { client, sent } = welkin(() => (asked += 1, Promise.reject(new Error("down"))));
    await Promise.all(Array.from({ length: 50 }, (_, at) => refused(undefined, sent, client.patients.get(`p${at}`))));
    await refused(undefined, sent, client.patients.get("p1"));
    assert.equal(asked, 1);
  });

  test("that calls the client it serves ends at the deadline, and harms no later call", async () => {
    let asks = 0;
    const { client, sent } = welkin(async () => {
      if ((asks += 1) === 1) await client.patients.get("inner", {}, { timeoutMs: 100 }).catch(() => {});
      return "token-1";
    });
    assert.deepEqual(await client.patients.get("outer"), { id: "p1" });
    assert.deepEqual(sent, ["Bearer token-1"]);
    cases += 1;
  });

  test("that answers after the deadline serves the calls that come then", async () => {
    let give;
    const { client, sent } = welkin(() => new Promise((resolve) => (give = resolve)));
    const error = await client.patients.get("p1", {}, { timeoutMs: 30 }).catch((error) => error);
    assert.ok(error instanceof carewire.TimeoutError);
    give("token-1");
    assert.deepEqual(await client.patients.get("p2"), { id: "p1" });
    assert.deepEqual(sent, ["Bearer token-1"]);
    cases += 1;
  });
});

test("cases", (context) => context.diagnostic(`${cases} providers`));
