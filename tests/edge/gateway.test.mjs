import assert from "node:assert/strict";
import { after, before, beforeEach, test } from "node:test";
import { Response } from "miniflare";
import { createUpstream } from "./upstream.mjs";
import { secrets, startWorker } from "./worker.mjs";

const patient = "/api/welkin/other-tenant/other-instance/patients/p1";
const upstream = createUpstream();
let worker;
let cookie;

before(async () => {
  worker = await startWorker({ upstream: upstream.fetch, stopped: true });
  cookie = await worker.signIn("robin");
});
after(() => worker?.stop());
beforeEach(() => {
  upstream.answers = () => undefined;
  upstream.calls.length = 0;
});

/** A request as the portal of the same origin sends it. */
function call(path, { headers, ...init } = {}) {
  return worker.fetch(path, { ...init, headers: { cookie, origin: worker.origin, ...headers } });
}

test("without a session nothing reaches an API", async () => {
  for (const path of [patient, "/api/inbox/partner/v2/patients", "/api/welkin/no/operation"]) {
    const response = await worker.fetch(path);
    assert.equal(response.status, 401);
    assert.equal(response.headers.get("x-carewire-gateway"), "session");
    assert.deepEqual(await response.json(), { error: "session" });
  }
  assert.deepEqual(upstream.calls, []);
});

test("many requests share one token exchange", async () => {
  const responses = await Promise.all(Array.from({ length: 40 }, () => call(patient)));
  assert.ok(responses.every(({ status }) => status === 200));
  assert.equal(upstream.exchanges.length, 1);
  assert.ok(upstream.calls.every(({ headers }) => headers.authorization === "Bearer token-1"));
});

test("tenant and instance of the URL are replaced by the gateway's own", async () => {
  assert.equal((await call(`${patient}?expand=true`)).status, 200);
  assert.equal(upstream.calls[0].url, "https://welkin.example.test/gh/sb-demo/patients/p1?expand=true");
});

test("only listed request headers pass, and credentials are the gateway's own", async () => {
  await call(patient, {
    headers: {
      accept: "application/json",
      "accept-language": "en",
      authorization: "Bearer forged",
      cookie: `${cookie}; other=1`,
      forwarded: "for=192.0.2.1",
      referer: "https://portal.example.org/patients/p1",
      "cf-connecting-ip": "192.0.2.1",
      "security-role": "admin",
      "x-api-key": "forged",
      "x-forwarded-for": "192.0.2.1",
      "x-http-method-override": "DELETE",
      "x-carewire-portal": "1",
    },
  });
  const ownOfTheRuntime = new Set(["accept-encoding", "connection", "host", "user-agent"]);
  const names = Object.keys(upstream.calls[0].headers).filter((name) => !ownOfTheRuntime.has(name) && !/^(mf-|cf-|x-mf)/.test(name));
  assert.deepEqual(names.sort(), ["accept", "accept-language", "authorization"]);
  assert.equal(upstream.calls[0].headers.authorization, "Bearer token-1");
  await call("/api/inbox/partner/v2/patients", { headers: { "x-api-key": "forged", authorization: "Bearer forged" } });
  const { headers } = upstream.calls[1];
  assert.equal(headers["x-api-key"], secrets.INBOX_API_KEY);
  assert.equal(headers.authorization, undefined);
});

test("of requests that are under way at once each has its own URL, and its caller's own headers", async () => {
  const languages = Array.from({ length: 60 }, (_, index) => `x-${index % 30}`);
  await Promise.all(languages.map((language, index) => call(`/api/welkin/t/i/patients/p${index}`, { headers: { "accept-language": language } })));
  const sent = upstream.calls.map(({ method, url, headers }) => [method, url.split("/").at(-1), headers["accept-language"], headers.authorization].join(" "));
  assert.deepEqual(sent.sort(), languages.map((language, index) => `GET p${index} ${language} Bearer token-1`).sort());
});

test("only listed response headers come back, and nothing is for caches", async () => {
  const { headers } = await call(patient);
  for (const name of ["set-cookie", "server", "x-amzn-trace-id", "access-control-allow-origin"]) {
    assert.equal(headers.get(name), null, name);
  }
  assert.equal(headers.get("x-request-id"), "request-1");
  assert.equal(headers.get("content-type"), "application/json");
  assert.equal(headers.get("cache-control"), "no-store");
  assert.equal(headers.get("x-content-type-options"), "nosniff");
});

test("what is an operation but not allowed is denied by its name", async () => {
  for (const [method, path, operation] of [
    ["DELETE", patient, "patientsDelete"],
    ["POST", "/api/welkin/t/admin/users", "usersCreate"],
    ["POST", "/api/inbox/partner/v2/invoices", "invoicesCreate"],
  ]) {
    const response = await call(path, { method });
    assert.equal(response.status, 403);
    assert.deepEqual(await response.json(), { error: "denied", operation });
  }
  assert.deepEqual(upstream.calls, []);
});

test("what an operation needs a role for is denied to others", async () => {
  const payment = { method: "POST", body: '{"payment":{}}', headers: { "content-type": "application/json" } };
  assert.equal((await call("/api/inbox/partner/v2/payments", payment)).status, 200);
  const care = await worker.signIn("sam");
  const denied = await call("/api/inbox/partner/v2/payments", { ...payment, headers: { ...payment.headers, cookie: care } });
  assert.equal(denied.status, 403);
  assert.equal(upstream.calls.length, 1);
});

test("what is no operation is not found", async () => {
  for (const [method, path] of [
    ["GET", "/api/welkin/t/i/nothing"],
    ["PUT", patient],
    ["HEAD", patient],
    ["OPTIONS", patient],
    ["GET", "/api/welkin/"],
    ["GET", "/api/welkin"],
    ["GET", "/api/elsewhere/t/i/patients/p1"],
    ["GET", "/api/inbox/t/i/patients/p1"],
    ["POST", "/api/welkin/auth/token"],
    ["POST", "/api/welkin/gh/admin/api_clients/portal"],
  ]) {
    assert.equal((await call(path, { method })).status, 404, `${method} ${path}`);
  }
  assert.deepEqual(upstream.calls, []);
});

test("a query that the operation does not have is refused", async () => {
  for (const query of ["?token=x", "?expand=maybe", "?expand=true&expand=false", "?type=MRN&Type=ID", "?__proto__=1"]) {
    const response = await call(patient + query);
    assert.equal(response.status, 400, query);
    assert.deepEqual(await response.json(), { error: "query" });
  }
  assert.deepEqual(upstream.calls, []);
});

test("tricks with the path end before an API is asked", async () => {
  for (const target of [
    "/api/welkin/t/i/patients/a%2Fb",
    "/api/welkin/t/i/patients/a%2f..%2f..%2fadmin%2fusers",
    "/api/welkin/t/i/patients/..%2fusers",
    "/api/welkin/t/i/patients/%252e%252e%252fusers",
    "/api/welkin/t/i/patients/%2e%2e/%2e%2e/admin/security",
    "/api/welkin/t/i/patients/../../../../auth/token",
    "/api/welkin/t/i/patients/a%5Cb",
    "/api/welkin/t/i/patients/p1%00",
    "/api/welkin/t/i/patients/p1;x=1",
    "/api/welkin/t/i/patients/%ff",
    "/api/welkin/t/i/patients/p1/",
    "/api/welkin/t/i//patients/p1",
    "/api/welkin//evil.example.test/i/patients/p1/x",
    "/api/welkin/t/i/Patients/p1",
    "/api/%77elkin/t/i/patients/p1",
    "//evil.example.test/api/welkin/t/i/patients/p1",
    "/api/../api/welkin/../welkin/t/i/users/../nothing",
  ]) {
    const { status } = await worker.raw(target, { headers: { cookie } });
    assert.ok([403, 404].includes(status), `${target} was answered with ${status}`);
  }
  assert.deepEqual(upstream.calls, []);
});

test("what another reader might take for a path or a query is sent as the text it is", async () => {
  const own = "https://welkin.example.test/gh/sb-demo/";
  for (const [target, sent] of [
    ["/api/welkin/t/i/patients/p1%3Fexpand=true%23", "patients/p1%3Fexpand%3Dtrue%23"],
    ["/api/welkin/t/i/patients/p1%40evil.example.test", "patients/p1%40evil.example.test"],
    ["/api/welkin/t/i/patients\\p1", "patients/p1"],
    ["/api/welkin/evil/%2e%2E/patients/p1", undefined],
    ["/api/welkin/evil.example.test:443/i/patients/p1", "patients/p1"],
    ["/api/welkin/t/i/patients?query=a%26expand%3Dtrue%23", "patients?query=a%26expand%3Dtrue%23"],
  ]) {
    upstream.calls.length = 0;
    await worker.raw(target, { headers: { cookie } });
    assert.equal(upstream.calls[0]?.url, sent && own + sent, target);
  }
});

test("a change needs an origin that is the gateway's own", async () => {
  const json = { "content-type": "application/json" };
  const change = { method: "PATCH", body: "{}", headers: json };
  for (const origin of ["https://evil.example.test", "null", "http://127.0.0.1"]) {
    const response = await call(patient, { ...change, headers: { ...json, origin } });
    assert.equal(response.status, 403);
    assert.deepEqual(await response.json(), { error: "origin" });
    assert.equal(response.headers.get("access-control-allow-origin"), null);
  }
  assert.equal((await worker.fetch(patient, { ...change, headers: { ...json, cookie } })).status, 403);
  assert.deepEqual(upstream.calls, []);
  assert.equal((await call(patient, change)).status, 200);
  for (const [site, status] of [["same-origin", 200], ["same-site", 403], ["cross-site", 403], ["none", 403]]) {
    const response = await worker.raw(patient, { method: "PATCH", headers: { ...json, cookie, "sec-fetch-site": site } });
    assert.equal(response.status, status, site);
  }
});

test("a page of another site can not even read, whatever it embeds", async () => {
  for (const [site, status] of [["same-origin", 200], ["none", 200], ["same-site", 403], ["cross-site", 403]]) {
    const response = await worker.raw(patient, { headers: { cookie, "sec-fetch-site": site, "sec-fetch-mode": "no-cors" } });
    assert.equal(response.status, status, site);
    assert.equal(response.headers["cross-origin-resource-policy"], "same-origin");
  }
  assert.equal(upstream.calls.length, 2);
});

test("a form of another site, and what a form can send, is refused even where the origin is right", async () => {
  for (const type of ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "application/json, text/plain", ""]) {
    const response = await call(patient, { method: "PATCH", body: "{}", headers: { "content-type": type } });
    assert.equal(response.status, 415, type);
    assert.deepEqual(await response.json(), { error: "content_type" });
  }
  assert.deepEqual(upstream.calls, []);
});

test("every answer has the security headers, whoever gave it", async () => {
  for (const [path, init] of [[patient], ["/api/welkin/no"], [patient, { method: "DELETE" }], [patient, { headers: { cookie: "" } }], [`${patient}?x=1`]]) {
    const { headers } = await call(path, init);
    assert.equal(headers.get("cache-control"), "no-store");
    assert.equal(headers.get("x-content-type-options"), "nosniff");
    assert.equal(headers.get("referrer-policy"), "no-referrer");
    assert.equal(headers.get("cross-origin-resource-policy"), "same-origin");
    assert.match(headers.get("content-security-policy"), /default-src 'none'.*sandbox/);
    assert.match(headers.get("x-request-id"), /./);
  }
});

test("a refused token is renewed once and a call without a body repeated", async () => {
  const exchanges = upstream.exchanges.length;
  const stale = `Bearer token-${exchanges}`;
  upstream.answers = ({ headers }) => (headers.get("authorization") === stale ? new Response("[]", { status: 401 }) : undefined);
  assert.equal((await call(patient)).status, 200);
  assert.equal(upstream.exchanges.length, exchanges + 1);
  assert.equal(upstream.calls.length, 2);
});

test("what an API refuses comes back as it is", async () => {
  const body = '[{"errorCode":"X","message":"no"}]';
  for (const status of [400, 404, 409, 422, 429, 500, 503]) {
    upstream.answers = () => new Response(body, { status, headers: { "retry-after": "7", "content-type": "application/json" } });
    upstream.calls.length = 0;
    const response = await call(patient);
    assert.equal(response.status, status);
    assert.equal(response.headers.get("retry-after"), "7");
    assert.equal(response.headers.get("x-carewire-gateway"), null);
    assert.equal(await response.text(), body);
    assert.equal(upstream.calls.length, 1);
  }
});

test("a redirect is not followed and not passed on", async () => {
  upstream.answers = () => new Response(null, { status: 302, headers: { location: "https://evil.example.test/" } });
  const response = await call(patient, { redirect: "manual" });
  assert.equal(response.status, 502);
  assert.equal(response.headers.get("location"), null);
  assert.equal(upstream.calls.length, 1);
});

test("an answer without a body stays one", async () => {
  upstream.answers = () => new Response(null, { status: 204 });
  const response = await call("/api/welkin/t/i/calendar/events/e1", { method: "DELETE" });
  assert.equal(response.status, 204);
  assert.equal(await response.text(), "");
});

test("no secret is in any answer or log, whatever the API says", async () => {
  upstream.answers = ({ headers }) =>
    new Response("[]", { status: 500, headers: { "x-echo": `${headers.get("authorization")} ${secrets.WELKIN_SECRET}` } });
  const seen = [];
  const ids = [];
  for (const path of [patient, "/api/inbox/partner/v2/patients", "/api/welkin/no", "/auth/session", "/auth/staff", "/elsewhere"]) {
    const response = await call(path);
    if (path.startsWith("/api/")) ids.push(response.headers.get("x-request-id"));
    seen.push(JSON.stringify([...response.headers]), await response.text());
  }
  assert.equal((await told(ids)).length, 3);
  const text = seen.join("") + worker.logs.join("");
  for (const secret of [...Object.values(secrets), "Bearer token"]) assert.ok(!text.includes(secret));
});

test("each decision is told to the audit by operation and person, without data of patients", async () => {
  upstream.answers = () => Response.json({ id: "patient-4711" }, { headers: { "x-request-id": "request-of-the-audit" } });
  const path = "/api/welkin/t/i/patients/patient-4711";
  const ids = [];
  for (const [method, given] of [["GET", {}], ["DELETE", {}], ["GET", { headers: { cookie: "" } }]]) {
    const response = await call(path, { method, ...given });
    ids.push(response.headers.get("x-request-id"));
  }
  ids.push((await call("/api/welkin/patient-4711")).headers.get("x-request-id"));
  const events = await told(ids);
  assert.deepEqual(
    events.map(({ api, operation, decision, status, who }) => [api, operation, decision, status, who]),
    [
      ["welkin", "patientsGet", "allowed", 200, "robin"],
      ["welkin", "patientsDelete", "denied", 403, "robin"],
      ["welkin", null, "unauthenticated", 401, null],
      ["welkin", null, "unknown", 404, "robin"],
    ],
  );
  for (const { time, durationMs } of events) assert.ok(!Number.isNaN(Date.parse(time)) && durationMs >= 0);
  assert.ok(!worker.logs.join("").includes("patient-4711"));
});

/** The audit events of these requests in the worker's log, as soon as all are there; one for each. */
async function told(ids) {
  const of = (lines) => lines.filter((line) => line.includes('"audit"')).map((line) => JSON.parse(line).audit).filter(({ requestId }) => ids.includes(requestId));
  const events = of(await worker.logged((lines) => of(lines).length >= ids.length));
  return ids.flatMap((id) => events.filter(({ requestId }) => requestId === id));
}
