// The packed tarball in Node: where tokens come from.

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { inspect } from "node:util";
import { assertConfig, carewire, json, patient, rejection, welkin } from "./stranger.mjs";

describe("a token provider", () => {
  test("that throws is the cause of a TokenError, and nothing is sent", async () => {
    const cause = new Error("no session");
    for (const auth of [() => { throw cause; }, () => Promise.reject(cause)]) {
      const { client, sent } = welkin([json(patient)], { auth });
      const error = await rejection(client.patients.get("p1"));
      assert.ok(error instanceof carewire.TokenError);
      assert.equal(error.reason, "provider_failed");
      assert.equal(error.cause, cause);
      assert.equal(error.outcome, "not_sent");
      assert.equal(sent.length, 0);
    }
  });

  test("that fails in another way later has not that cause any more", async (context) => {
    let now = 0;
    context.mock.method(performance, "now", () => now);
    let asked = 0;
    const auth = () => {
      if (asked++ === 0) throw new Error("no session");
      return { token: "x", expiresAt: 5 };
    };
    const { client } = welkin([json(patient)], { auth });
    assert.equal((await rejection(client.patients.get("p1"))).cause.message, "no session");
    // Later than the provider is left alone.
    now += 60_000;
    const error = await rejection(client.patients.get("p1"));
    assert.equal(error.reason, "expired");
    assert.equal(error.cause, undefined);
  });

  test("that never answers is cut at the deadline of the call", async (context) => {
    const auth = () => new Promise((resolve) => context.after(() => resolve("too late")));
    const { client, sent } = welkin([json(patient)], { auth, timeoutMs: 30 });
    const error = await rejection(client.patients.get("p1"));
    assert.ok(error instanceof carewire.TimeoutError || error instanceof carewire.TokenError, String(error));
    assert.equal(error.outcome, "not_sent");
    assert.equal(sent.length, 0);
  });

  test("that gives no token is a TokenError, and nothing is sent", async () => {
    const nonsense = [undefined, null, "", 5, true, {}, [], { token: 5 }, { token: "" }, "line\r\nbreak", "naïve", () => "x"];
    for (const given of nonsense) {
      const { client, sent } = welkin([json(patient)], { auth: () => given });
      const error = await rejection(client.patients.get("p1"));
      assert.ok(error instanceof carewire.TokenError, `${String(given)}: ${error}`);
      assert.equal(error.reason, "malformed");
      assert.equal(sent.length, 0);
    }
  });

  test("that gives an expired token, or an expiry that is none, is a TokenError", async () => {
    const expiries = { expired: [0, "2001-01-01T00:00:00Z", new Date(0)], malformed: ["tomorrow", Number.NaN, new Date(Number.NaN), {}] };
    for (const [reason, values] of Object.entries(expiries)) {
      for (const expiresAt of values) {
        const { client, sent } = welkin([json(patient)], { auth: () => ({ token: "token-1", expiresAt }) });
        const error = await rejection(client.patients.get("p1"));
        assert.ok(error instanceof carewire.TokenError, `${String(expiresAt)}: ${error}`);
        assert.equal(error.reason, reason, String(expiresAt));
        assert.equal(sent.length, 0);
      }
    }
  });

  test("may give its expiry in three ways, or none", async () => {
    const later = Date.now() + 3_600_000;
    for (const expiresAt of [later, new Date(later), new Date(later).toISOString(), undefined]) {
      const { client } = welkin([json(patient)], { auth: () => ({ token: "token-1", expiresAt }) });
      assert.deepEqual(await client.patients.get("p1"), patient);
    }
  });

  test("is asked for a new token once after a 401, and told which one was refused", async () => {
    const asked = [];
    const auth = ({ signal, ...request }) => {
      assert.ok(signal instanceof AbortSignal);
      asked.push(request);
      return `token-${asked.length}`;
    };
    const { client, sent } = welkin([json([], { status: 401 }), json(patient)], { auth });
    assert.deepEqual(await client.patients.get("p1"), patient);
    assert.deepEqual(asked, [{ forceRefresh: false }, { forceRefresh: true, refused: "token-1" }]);
    assert.deepEqual(sent.map(({ headers }) => new Headers(headers).get("authorization")), ["Bearer token-1", "Bearer token-2"]);
  });
});

describe("a token endpoint", () => {
  /** A client whose token endpoint answers so; what it was asked is in `asked`. */
  function behind(answer, options) {
    const asked = [];
    const fetch = async (url, init) => (asked.push({ url, ...init }), answer());
    const made = welkin([json(patient)], { auth: carewire.tokenEndpoint("/auth/welkin", { fetch, ...options }) });
    return { ...made, asked };
  }

  test("is asked by POST, with headers of one's own", async () => {
    const { client, sent, asked } = behind(() => json({ token: "token-7" }), { headers: new Headers({ "x-portal": "1" }) });
    await client.patients.get("p1");
    assert.equal(new Headers(sent[0].headers).get("authorization"), "Bearer token-7");
    const [{ url, method, headers, body, signal }] = asked;
    assert.deepEqual([url, method, body], ["/auth/welkin", "POST", '{"forceRefresh":false}']);
    assert.equal(headers.get("x-portal"), "1");
    assert.equal(headers.get("content-type"), "application/json");
    assert.ok(signal instanceof AbortSignal);
  });

  test("tells its own time, so that a wrong clock here does no harm", async () => {
    const tenYearsAgo = { token: "token-7", now: "2015-01-01T00:00:00Z", expiresAt: "2015-01-01T01:00:00Z" };
    const { client, asked } = behind(() => json(tenYearsAgo));
    await client.patients.get("p1");
    await client.patients.get("p2");
    assert.equal(asked.length, 1);
  });

  test("that gives no token is a TokenError that quotes nothing", async () => {
    const answers = [
      () => new Response("token-7", { status: 401 }),
      () => new Response("<!doctype html>token-7"),
      () => new Response('{"token":"token-7'),
      () => json(null),
      () => json("token-7"),
    ];
    for (const answer of answers) {
      const { client, sent } = behind(answer);
      const error = await rejection(client.patients.get("p1"));
      assert.ok(error instanceof carewire.TokenError, String(error));
      assert.doesNotMatch(inspect(error), /token-7|doctype/);
      assert.equal(sent.length, 0);
    }
  });

  test("with a mistake in its settings is a ConfigError", () => {
    const wrong = [["url"], ["url", ""], ["url", 5], ["options.header", "/x", { header: {} }], ["options.fetch", "/x", { fetch: 5 }]];
    for (const [parameter, ...given] of wrong) {
      assert.throws(() => carewire.tokenEndpoint(...given), (error) => (assertConfig(error, parameter), true));
    }
  });
});
