import assert from "node:assert/strict";
import { test } from "node:test";
import { ConfigError, TokenError, welkinSecret } from "carewire/edge";

const secret = "welkin-secret-3f9c1d";
const HOUR = 3_600_000;

function provide(answer, changed) {
  const sent = [];
  const fetch = async (url, init) => {
    sent.push({ url, body: JSON.parse(init.body) });
    return answer(sent.length);
  };
  return { sent, provider: welkinSecret({ tenant: "gh", apiClient: "portal", secret, fetch, ...changed }) };
}

test("the primary endpoint is asked at Welkin's own host", async () => {
  const expiresAt = "2026-04-01T10:00:00.000Z";
  const { provider, sent } = provide(() => Response.json({ token: "t", expiresAt }));
  assert.deepEqual(await provider({ forceRefresh: false, signal: AbortSignal.timeout(1000) }), { token: "t", expiresAt });
  assert.deepEqual(sent, [{ url: "https://api.welkinhealth.com/auth/token", body: { secret, apiClient: "portal" } }]);
});

test("a token of the legacy endpoint is taken to last an hour", async (context) => {
  const now = Date.now();
  context.mock.method(Date, "now", () => now);
  const baseUrl = "https://data.example.test/";
  const { provider, sent } = provide(() => Response.json({ clientName: "portal", token: "t", enabled: true }), {
    endpoint: "legacy",
    baseUrl,
  });
  const { token, expiresAt } = await provider();
  assert.equal(token, "t");
  assert.equal(Date.parse(expiresAt), now + HOUR);
  assert.deepEqual(sent, [{ url: "https://data.example.test/gh/admin/api_clients/portal", body: { secret } }]);
});

test("never more than 100 exchanges are sent in 5 minutes", async (context) => {
  context.mock.method(performance, "now", () => 0);
  const { provider, sent } = provide(() => Response.json({ token: "t" }));
  for (let count = 0; count < 100; count += 1) await provider();
  await assert.rejects(provider(), (error) => {
    assert.ok(error instanceof TokenError);
    assert.equal(error.reason, "exchange_limited");
    assert.equal(error.retryAfterMs, 300_000);
    return true;
  });
  assert.equal(sent.length, 100);
});

test("a block is waited out by failing fast, with the time until it ends", async (context) => {
  let now = 0;
  context.mock.method(performance, "now", () => now);
  const { provider, sent } = provide(() => new Response("[]", { status: 429 }));
  await assert.rejects(provider(), { reason: "exchange_limited", status: 429, retryAfterMs: 300_000 });
  now = 10_000;
  await assert.rejects(provider(), (error) => error.retryAfterMs === 290_000 && /can begin in 290 s/.test(error.message));
  assert.equal(sent.length, 1);
});

test("no error holds the secret, whatever Welkin answers", async () => {
  for (const answer of [
    () => new Response(`[{"message":"${secret}"}]`, { status: 401 }),
    () => new Response(secret, { status: 200 }),
    () => Response.json({ token: "", secret }),
    () => Promise.reject(new Error(secret)),
  ]) {
    const { provider } = provide(answer);
    await assert.rejects(provider(), (error) => {
      assert.ok(error instanceof TokenError);
      assert.ok(!`${error} ${error.stack} ${JSON.stringify(error)} ${error.cause}`.includes(secret));
      return true;
    });
  }
});

test("an exchange that nobody waits for is given up", async () => {
  const { provider } = provide(() => new Promise(() => {}));
  const controller = new AbortController();
  const given = provider({ forceRefresh: false, signal: controller.signal });
  controller.abort();
  await assert.rejects(given, (error) => error instanceof TokenError && error.reason === "exchange_network");
});

test("a wrong setting is named without its value", () => {
  const good = { tenant: "gh", apiClient: "portal", secret };
  for (const [changed, parameter] of [
    [{ secret: "" }, "options.secret"],
    [{ secret: undefined }, "options.secret"],
    [{ tenant: "a/b" }, "options.tenant"],
    [{ apiClient: ".." }, "options.apiClient"],
    [{ endpoint: "other" }, "options.endpoint"],
    [{ authBaseUrl: "auth.example.test" }, "options.authBaseUrl"],
    [{ secrets: secret }, "options.secrets"],
  ]) {
    assert.throws(
      () => welkinSecret({ ...good, ...changed }),
      (error) => error instanceof ConfigError && error.parameter === parameter && !error.message.includes(secret),
    );
  }
});
