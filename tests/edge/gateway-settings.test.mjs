import assert from "node:assert/strict";
import { test } from "node:test";
import { ConfigError, Gateway, tokenRoute, welkinSecret } from "carewire/edge";
import { turn } from "./worker.mjs";

const own = "https://portal.example.org";
const listed = "https://staff.example.org";
const patient = `${own}/api/welkin/t/i/patients/p%201?type=MRN&expand=true`;

/** A gateway in front of an API that answers everything; `sent` is what reached it. */
function open(changed = {}) {
  const sent = [];
  const gateway = new Gateway({
    welkin: { tenant: "gh", instance: "sb-demo", auth: () => "token", prefix: "/api/welkin" },
    inbox: { baseUrl: "https://inbox.example.test/", apiKey: () => "key", prefix: "/api/inbox" },
    authorize: () => ({ id: "robin", role: "care" }),
    allow: { welkin: { patientsGet: true, patientsUpdate: true }, inbox: { patientsGet: true } },
    fetch: async (url, init) => {
      sent.push({ url, ...init });
      return Response.json({});
    },
    ...changed,
  });
  return { gateway, sent };
}

test("a policy sees the operation, decoded parameters and the session", async () => {
  const asked = [];
  const { gateway } = open({ allow: { welkin: { patientsGet: (question) => asked.push(question) && true } } });
  assert.equal((await gateway.fetch(new Request(patient), { REGION: "north" })).status, 200);
  assert.deepEqual(asked, [
    {
      operation: "patientsGet",
      path: { patientId: "p 1" },
      query: { type: "MRN", expand: "true" },
      session: { id: "robin", role: "care" },
      env: { REGION: "north" },
    },
  ]);
});

test("only true allows", async () => {
  for (const rule of [() => 1, () => "yes", () => ({}), () => undefined, async () => false, () => Promise.resolve(null), false]) {
    const { gateway, sent } = open({ allow: { welkin: { patientsGet: rule } } });
    assert.equal((await gateway.fetch(new Request(patient))).status, 403);
    assert.deepEqual(sent, []);
  }
});

test("a policy for one API says nothing of the other's operation of the same name", async () => {
  const { gateway, sent } = open({ allow: { welkin: { patientsGet: true } } });
  assert.equal((await gateway.fetch(new Request(`${own}/api/inbox/partner/v2/patients/7`))).status, 403);
  assert.deepEqual(sent, []);
});

test("what authorize or a policy throws lets nothing through, and is told to the audit", async () => {
  const fails = () => {
    throw new Error("directory is down");
  };
  for (const changed of [{ authorize: fails }, { allow: { welkin: { patientsGet: fails } } }]) {
    const events = [];
    const { gateway, sent } = open({ ...changed, audit: (event) => events.push(event) });
    await assert.rejects(gateway.fetch(new Request(patient)), /directory is down/);
    assert.deepEqual(sent, []);
    assert.equal(events.length, 1);
    assert.notEqual(events[0].decision, "allowed");
  }
});

test("without a token nothing is sent", async () => {
  for (const auth of [() => "", () => undefined, () => Promise.reject(new Error("no")), () => ({ token: "t", expiresAt: 1 })]) {
    const { gateway, sent } = open({ welkin: { tenant: "gh", instance: "i", auth, prefix: "/api/welkin" } });
    const response = await gateway.fetch(new Request(patient));
    assert.equal(response.status, 503);
    assert.deepEqual(await response.json(), { error: "token" });
    assert.deepEqual(sent, []);
  }
});

test("a listed origin may ask first, read and change; any other may not", async () => {
  const { gateway, sent } = open({ cors: [listed] });
  const preflight = (origin) =>
    gateway.fetch(new Request(patient, { method: "OPTIONS", headers: { origin, "access-control-request-method": "PATCH" } }));
  const json = { "content-type": "application/json" };
  const allowed = await preflight(listed);
  assert.equal(allowed.status, 204);
  assert.equal(allowed.headers.get("access-control-allow-origin"), listed);
  assert.equal(allowed.headers.get("access-control-allow-credentials"), "true");
  assert.match(allowed.headers.get("access-control-allow-methods"), /\bPATCH\b/);
  for (const origin of ["https://evil.example.test", "null", `${listed}.example.test`, listed.replace("https", "http")]) {
    const refused = await preflight(origin);
    assert.equal(refused.headers.get("access-control-allow-origin"), null);
    const change = await gateway.fetch(new Request(patient, { method: "PATCH", body: "{}", headers: { ...json, origin } }));
    assert.equal(change.status, 403);
    assert.equal(change.headers.get("access-control-allow-origin"), null);
  }
  assert.deepEqual(sent, []);
  const read = await gateway.fetch(new Request(patient, { headers: { origin: listed } }));
  assert.equal(read.headers.get("access-control-allow-origin"), listed);
  const exposed = read.headers.get("access-control-expose-headers").split(", ");
  for (const name of ["retry-after", "x-request-id", "x-carewire-gateway"]) assert.ok(exposed.includes(name), name);
  assert.match(read.headers.get("vary"), /\bOrigin\b/);
  const changed = await gateway.fetch(new Request(patient.split("?")[0], { method: "PATCH", body: "{}", headers: { ...json, origin: listed } }));
  assert.equal(changed.status, 200);
});

test("a slow API is given up at the deadline", async () => {
  let signal;
  const fetch = (_, init) => {
    signal = init.signal;
    return new Promise(() => {});
  };
  const { gateway } = open({ fetch, timeoutMs: 20 });
  const response = await gateway.fetch(new Request(patient));
  assert.equal(response.status, 504);
  assert.equal(signal.aborted, true);
});

test("what authorize and a policy take too long for is given up at the deadline", async (context) => {
  context.mock.timers.enable({ apis: ["setTimeout"] });
  let asked;
  const hangs = () => {
    asked.done();
    return new Promise(() => {});
  };
  for (const changed of [
    { authorize: hangs },
    { allow: { welkin: { patientsGet: hangs } } },
    { allow: { welkin: { patientsGet: { allow: true, narrow: hangs } } } },
  ]) {
    asked = turn();
    const events = [];
    const { gateway } = open({ ...changed, audit: (event) => events.push(event) });
    const answered = gateway.fetch(new Request(patient));
    await asked.happened;
    context.mock.timers.tick(60_000);
    const response = await answered;
    assert.equal(response.status, 504);
    assert.deepEqual(await response.json(), { error: "timeout" });
    assert.equal(events.length, 1);
    assert.notEqual(events[0].decision, "allowed");
  }
});

test("what an answer takes after it has begun is not counted", async (context) => {
  context.mock.timers.enable({ apis: ["setTimeout"] });
  let signal;
  const fetch = async (_, init) => {
    ({ signal } = init);
    return Response.json({});
  };
  const { gateway } = open({ fetch });
  const response = await gateway.fetch(new Request(patient));
  context.mock.timers.tick(60_000);
  assert.equal(signal.aborted, false);
  assert.deepEqual(await response.json(), {});
});

test("an answer in place of a session is no session", async () => {
  for (const refusal of [new Response(null, { status: 401 }), Promise.resolve(Response.redirect(`${own}/sign-in`))]) {
    const { gateway, sent } = open({ authorize: () => refusal });
    assert.equal((await gateway.fetch(new Request(patient))).status, 401);
    assert.deepEqual(sent, []);
    const route = tokenRoute({ provider: () => "token", authorize: () => refusal });
    assert.equal((await route(new Request(`${own}/auth/welkin`, { method: "POST", headers: { origin: own } }))).status, 401);
  }
});

test("a caller is told when there may be a token again, if the provider says so", async () => {
  for (const wait of [300_000, undefined, NaN, "soon", -1]) {
    const auth = () => Promise.reject(Object.assign(new Error("blocked"), { retryAfterMs: wait }));
    const { gateway, sent } = open({ welkin: { tenant: "gh", instance: "i", auth, prefix: "/api/welkin" } });
    for (let time = 0; time < 2; time++) {
      const response = await gateway.fetch(new Request(patient));
      assert.equal(response.status, 503);
      const seconds = response.headers.get("retry-after");
      if (wait === 300_000) assert.ok(seconds > 0 && seconds <= 300, seconds);
      else assert.equal(seconds, null);
    }
    assert.deepEqual(sent, []);
  }
});

test("in Node a body may not be longer than its head tells", async () => {
  const { gateway } = open({
    allow: { welkin: { documentFilesUpload: true } },
    maxBodyBytes: 1000,
    fetch: async (_, { body }) => new Response(await new Response(body).text()),
  });
  for (const length of ["5", "none"]) {
    const body = new Blob(["x".repeat(1001)]).stream();
    const headers = { origin: own, "content-type": "multipart/form-data; boundary=x", "content-length": length };
    const url = `${own}/api/welkin/t/i/patients/p1/document-summary/d1/files`;
    const response = await gateway.fetch(new Request(url, { method: "POST", headers, body, duplex: "half" }));
    assert.equal(response.status, 413, length);
  }
});

test("a key and a secret are refused in a browser", () => {
  const secret = { tenant: "gh", apiClient: "portal", secret: "s3cret" };
  const { process } = globalThis;
  const refused = (make, parameter) =>
    assert.throws(make, (error) => error instanceof ConfigError && error.parameter === parameter, parameter);
  globalThis.document = {};
  globalThis.process = undefined;
  try {
    refused(open, "options.inbox.apiKey");
    refused(() => welkinSecret(secret), "options.secret");
  } finally {
    globalThis.process = process;
    delete globalThis.document;
  }
});

test("a wrong setting is named at once", () => {
  const welkin = { tenant: "gh", instance: "i", auth: () => "t", prefix: "/api/welkin" };
  for (const [changed, parameter] of [
    [{ audits: () => {} }, "options.audits"],
    [{ authorize: undefined }, "options.authorize"],
    [{ allow: undefined }, "options.allow"],
    [{ allow: { welkin: { patientGet: true } } }, "options.allow.welkin.patientGet"],
    [{ allow: { welkin: { authCreateToken: true } } }, "options.allow.welkin.authCreateToken"],
    [{ allow: { welkin: { patientsGet: "yes" } } }, "options.allow.welkin.patientsGet"],
    [{ allow: { welkin: { patientsGet: {} } } }, "options.allow.welkin.patientsGet.allow"],
    [{ allow: { welkin: { patientsGet: { allow: true, narow: (reply) => reply } } } }, "options.allow.welkin.patientsGet.narow"],
    [{ audit: {} }, "options.audit"],
    [{ maxReadBytes: "1 MiB" }, "options.maxReadBytes"],
    [{ allow: { patientsGet: true } }, "options.allow.patientsGet"],
    [{ cors: ["*"] }, "options.cors"],
    [{ cors: ["https://staff.example.org/"] }, "options.cors"],
    [{ welkin: { ...welkin, tenant: "a/b" } }, "options.welkin.tenant"],
    [{ welkin: { ...welkin, prefix: "/api/" } }, "options.welkin.prefix"],
    [{ welkin: { ...welkin, prefix: "/api/inbox" } }, "options.inbox.prefix"],
    [{ welkin: { ...welkin, baseUrl: "/relative" } }, "options.welkin.baseUrl"],
    [{ welkin: { ...welkin, auth: "token" } }, "options.welkin.auth"],
    [{ welkin: undefined, inbox: undefined }, "options.welkin"],
    [{ maxBodyBytes: -1 }, "options.maxBodyBytes"],
  ]) {
    assert.throws(
      () => open(changed),
      (error) => error instanceof ConfigError && error.parameter === parameter,
      parameter,
    );
  }
});
