// The packed tarball in Node: how calls fail, and what becomes of a stranger's mistakes.

import assert from "node:assert/strict";
import { getEventListeners } from "node:events";
import { describe, test } from "node:test";
import { assertConfig, carewire, json, other, patient, rejection, welkin } from "./stranger.mjs";

describe("an error", () => {
  const statuses = {
    400: ["BadRequestError", "bad_request"],
    401: ["UnauthorizedError", "unauthorized"],
    403: ["ForbiddenError", "forbidden"],
    404: ["NotFoundError", "not_found"],
    409: ["ConflictError", "conflict"],
    410: ["ApiError", "api"],
    422: ["UnprocessableEntityError", "unprocessable_entity"],
    429: ["TooManyRequestsError", "too_many_requests"],
    500: ["ServerError", "server"],
    503: ["ServerError", "server"],
  };
  const listed = [{ errorCode: "USER_NOT_FOUND", message: "No Robin Marsh here", details: { patientId: "p-secret" } }];

  for (const [status, [name, code]] of Object.entries(statuses)) {
    test(`of status ${status} is a ${name}`, async () => {
      const { client } = welkin([json(listed, { status: Number(status), headers: { "x-request-id": "r-9" } })]);
      const error = await rejection(client.patients.get("p-secret"));
      for (const kind of ["ApiError", "CarewireError", name]) {
        assert.ok(error instanceof carewire[kind], kind);
        assert.ok(error instanceof other[kind], `${kind} of another copy`);
      }
      assert.ok(error instanceof Error);
      assert.ok(!(error instanceof carewire.NetworkError) && !(error instanceof other.ConfigError));
      assert.equal(error.name, name);
      assert.equal(error.code, code);
      assert.equal(error.status, Number(status));
      assert.equal(error.operation, "patientsGet");
      assert.equal(error.requestId, "r-9");
      assert.equal(error.headers.get("x-request-id"), "r-9");
      assert.deepEqual(error.errors, listed);
      for (const shown of [error.message, String(error), JSON.stringify(error), error.stack]) {
        assert.doesNotMatch(shown, /Marsh|p-secret|token-1|USER_NOT/);
      }
      assert.equal(JSON.parse(JSON.stringify(error)).code, code);
    });
  }

  test("says what became of the request", async () => {
    const lost = () => Promise.reject(new TypeError("fetch failed"));
    assert.equal((await rejection(welkin([lost]).client.patients.get("p1"))).outcome, "unknown");
    assert.equal((await rejection(welkin([json([], { status: 403 })]).client.patients.get("p1"))).outcome, "rejected");
    assert.equal((await rejection(welkin([json([], { status: 502 })]).client.patients.get("p1"))).outcome, "unknown");
    assert.equal((await rejection(welkin([lost]).client.patients.get())).outcome, "not_sent");
  });
});

describe("a class of one's own", () => {
  test("knows its own errors alone, and they are errors of the package", () => {
    class Ours extends carewire.ApiError {}
    assert.ok(!(new carewire.ApiError({ status: 500 }) instanceof Ours));
    const own = new Ours({ status: 500 });
    for (const kind of [Ours, carewire.ApiError, carewire.CarewireError, other.ApiError, Error]) assert.ok(own instanceof kind);
  });
});

describe("aborting", () => {
  test("with the error of another call leaves that error as it is", async () => {
    const all = new AbortController();
    const { client } = welkin([json([{}], { status: 422 }), () => new Promise(() => {})]);
    const failed = client.patients.update("p1", {}, { signal: all.signal }).catch((error) => (all.abort(error), error));
    const error = await failed;
    const cut = await rejection(client.patients.get("p1", undefined, { signal: all.signal }));
    assert.equal(cut, error);
    assert.equal(error.outcome, "rejected");
    assert.ok(error instanceof carewire.UnprocessableEntityError);
  });

  test("with the error of another call says that what was sent may have been done", async () => {
    const all = new AbortController();
    const { client, sent } = welkin([() => new Promise(() => {}), json([{}], { status: 404 })]);
    const cut = rejection(client.patients.update("p1", {}, { signal: all.signal }));
    const error = await rejection(client.patients.get("p2"));
    assert.equal(error.outcome, "rejected");
    assert.equal(sent.length, 2);
    all.abort(error);
    assert.equal(await cut, error);
    assert.equal(error.outcome, "unknown");
    assert.ok(error instanceof carewire.NotFoundError);
  });

  test("a call without any time sends nothing", async () => {
    const { client, sent } = welkin([json(patient)]);
    const error = await rejection(client.patients.update("p1", {}, { timeoutMs: 0 }));
    assert.ok(error instanceof carewire.TimeoutError);
    assert.deepEqual([error.outcome, sent.length], ["not_sent", 0]);
  });

  test("a call leaves no listener on the signal, however it ends", async () => {
    const controller = new AbortController();
    const { signal } = controller;
    const listeners = () => getEventListeners(signal, "abort").length;
    const { client } = welkin([() => Response.json({ id: "p1" }), () => new Response("[]", { status: 404 })]);
    await client.patients.get("p1", undefined, { signal });
    await rejection(client.patients.get("p1", undefined, { signal }));
    await rejection(client.patients.get("p1", undefined, { signal, timeoutMs: 0 }));
    assert.equal(listeners(), 0);
  });

  const hanging = (url, { signal }) =>
    new Promise((resolve, reject) => signal.addEventListener("abort", () => reject(signal.reason)));

  test("rejects with the very reason of the signal", async () => {
    const controller = new AbortController();
    const reason = new RangeError("the page was left");
    const { client } = welkin([(...call) => (queueMicrotask(() => controller.abort(reason)), hanging(...call))]);
    const error = await rejection(client.patients.get("p1", undefined, { signal: controller.signal }));
    assert.equal(error, reason);
    assert.ok(error instanceof carewire.AbortError && error instanceof carewire.CarewireError);
    assert.ok(error instanceof RangeError);
    assert.equal(error.outcome, "unknown");
    assert.ok(!(new RangeError() instanceof carewire.AbortError));
  });

  test("before the call sends nothing", async () => {
    const { client, sent } = welkin([json(patient)]);
    const error = await rejection(client.patients.get("p1", undefined, { signal: AbortSignal.abort() }));
    assert.equal(error.name, "AbortError");
    assert.ok(error instanceof DOMException && error instanceof carewire.AbortError);
    assert.equal(error.outcome, "not_sent");
    assert.equal(sent.length, 0);
  });

  test("takes any reason", async () => {
    for (const reason of ["left", 5, null, Object.freeze(new Error("frozen"))]) {
      const { client } = welkin([json(patient)]);
      assert.equal(await rejection(client.patients.get("p1", undefined, { signal: AbortSignal.abort(reason) })), reason);
    }
  });

  test("with a timeout signal rejects with its TimeoutError", async () => {
    const { client } = welkin([hanging]);
    const error = await rejection(client.patients.get("p1", undefined, { signal: AbortSignal.timeout(20) }));
    assert.ok(error instanceof DOMException);
    assert.equal(error.name, "TimeoutError");
  });

  test("ends a list too", async () => {
    const controller = new AbortController();
    const { client } = welkin([json({ content: [patient], last: false })]);
    const list = client.patients.list({}, { signal: controller.signal })[Symbol.asyncIterator]();
    await list.next();
    controller.abort(new Error("enough"));
    assert.equal((await rejection(list.next())).message, "enough");
  });

  test("a call whose fetch never settles ends it nevertheless", async () => {
    const controller = new AbortController();
    const { client } = welkin([() => (queueMicrotask(() => controller.abort()), new Promise(() => {}))]);
    const error = await rejection(client.patients.get("p1", {}, { signal: controller.signal }));
    assert.ok(error instanceof carewire.AbortError);
  });
});

describe("a mistake", () => {
  test("of options that are something else is refused: a signal, a promise, a date", async () => {
    const { client, sent } = welkin([json(patient)]);
    for (const options of [new AbortController().signal, Promise.resolve({}), new Date(), [], "x", null]) {
      assertConfig(await rejection(client.patients.get("p1", undefined, options)), "options");
    }
    for (const headers of [Promise.resolve({}), new Date(), /x/, () => {}, 5, "x", null, [["a"]], [1]]) {
      assertConfig(await rejection(client.patients.get("p1", undefined, { headers })), "options.headers");
    }
    assert.equal(sent.length, 0);
  });

  test("in the options of a client is named", () => {
    const good = { tenant: "gh", instance: "sb-demo", auth: () => "token-1" };
    const wrong = {
      unknown: { ...good, timeout: 5 },
      tenant: { ...good, tenant: "g/h" },
      instance: { ...good, instance: undefined },
      auth: { ...good, auth: "token-1" },
      baseUrl: { ...good, baseUrl: "api.example.org" },
      authBaseUrl: { ...good, authBaseUrl: "https://robin:secret@api.example.org/v1" },
      headers: { ...good, headers: { "bad header": "x" } },
      timeoutMs: { ...good, timeoutMs: "5" },
      retries: { ...good, retries: 1.5 },
      drift: { ...good, drift: "loud" },
      onEvent: { ...good, onEvent: true },
      fetch: { ...good, fetch: {} },
    };
    for (const [name, options] of Object.entries(wrong)) {
      const parameter = `options.${name === "unknown" ? "timeout" : name}`;
      assert.throws(() => new carewire.Welkin(options), (error) => (assertConfig(error, parameter), true));
    }
    assert.throws(() => new carewire.Welkin(), (error) => (assertConfig(error, "options.tenant"), true));
    assert.throws(() => new carewire.Welkin(null), (error) => (assertConfig(error, "options"), true));
    assert.throws(() => new carewire.InboxHealth({}), (error) => (assertConfig(error, "options.baseUrl"), true));
    assert.throws(() => new carewire.InboxHealth(good), (error) => (assertConfig(error, "options.tenant"), true));
  });

  test("is a base URL without a host where there is no page, unless a fetch of one's own knows it", async () => {
    const baseUrl = "/api/welkin";
    const error = await rejection(new carewire.Welkin({ baseUrl, retries: 0 }).patients.get("p1"));
    assertConfig(error, "options.baseUrl");
    const own = new carewire.Welkin({ baseUrl, fetch: async () => json(patient) });
    assert.deepEqual(await own.patients.get("p1"), patient);
    const lost = new carewire.Welkin({ baseUrl, retries: 0, fetch: () => Promise.reject(new TypeError("fetch failed")) });
    assert.ok((await rejection(lost.patients.get("p1"))) instanceof carewire.NetworkError);
  });

  test("in the arguments of a method is named, and nothing is sent", async () => {
    const { client, sent } = welkin([json(patient)]);
    const wrong = [
      ["patientId", () => client.patients.get()],
      ["patientId", () => client.patients.get(null)],
      ["patientId", () => client.patients.get("")],
      ["patientId", () => client.patients.get({ id: "p1" })],
      ["patientId", () => client.patients.get(["p1"])],
      ["patientId", () => client.patients.get(".")],
      ["patientId", () => client.patients.get("..")],
      ["patientId", () => client.patients.get(Number.NaN)],
      ["patientId", () => client.patients.get(5n)],
      ["patientId", () => client.patients.get(Symbol("p1"))],
      ["query", () => client.patients.get("p1", "EID")],
      ["query", () => client.patients.get("p1", new URLSearchParams({ type: "EID" }))],
      ["query", () => client.patients.get("p1", new Map([["type", "EID"]]))],
      ["query.typo", () => client.patients.get("p1", { typo: "EID" })],
      ["query.expand", () => client.patients.get("p1", { expand: { deep: true } })],
      ["body", () => client.patients.create()],
      ["body", () => client.patients.create("Robin")],
      ["body", () => client.patients.create(5)],
      ["body", () => client.patients.create(null)],
      ["body.firstName", () => client.patients.create({ lastName: "Marsh" })],
      ["body.firstName", () => client.patients.create({ firstName: 5, lastName: "Marsh" })],
      ["body.careTeam[].id", () => client.patients.create({ firstName: "Robin", lastName: "Marsh", careTeam: [{ id: 5 }] })],
      ["options.signals", () => client.patients.get("p1", {}, { signals: [] })],
      ["options.signal", () => client.patients.get("p1", {}, { signal: {} })],
      ["options.signal", () => client.patients.get("p1", {}, { signal: { aborted: false, addEventListener() {} } })],
      ["options.timeoutMs", () => client.patients.get("p1", {}, { timeoutMs: -1 })],
      ["options.timeoutMs", () => client.patients.get("p1", {}, { timeoutMs: Number.NaN })],
      ["options.headers", () => client.patients.get("p1", {}, { headers: "x" })],
      ["arguments", () => client.patients.get("p1", {}, {}, {})],
      ["operationId", () => client.call("patientsGett", {})],
      ["operationId", () => client.call()],
      ["patientId", () => client.call("patientsGet")],
      ["arguments.paths", () => client.call("patientsGet", { paths: {} })],
      ["method", () => client.request("GET /", "/x")],
      ["method", () => client.request("CONNECT", "/x")],
      ["body", () => client.request("GET", "/x", { body: { name: "x" } })],
      ["path", () => client.request("GET", "x")],
      ["path", () => client.request("GET", "//other.example.org/x")],
      ["path", () => client.request("GET", "https://other.example.org/x")],
      ["query", () => client.request("GET", "/x", { query: "name=x" })],
      ["query", () => client.request("GET", "/x", { query: new Map([["name", "x"]]) })],
      ["query", () => client.request("GET", "/x", { query: ["x"] })],
      ["query.name", () => client.request("GET", "/x", { query: { name: { first: "Robin" } } })],
      ["query.name", () => client.request("GET", "/x", { query: { name: Symbol("Robin") } })],
      ["query.name", () => client.request("GET", "/x", { query: { name: null } })],
      ["query.name", () => client.request("GET", "/x", { query: { name: Number.NaN } })],
      ["query.name", () => client.request("GET", "/x", { query: { name: ["Robin", null] } })],
    ];
    for (const [parameter, call] of wrong) {
      const promise = call();
      assert.ok(promise instanceof Promise, `${call} does not throw but rejects`);
      assertConfig(await rejection(promise), parameter);
    }
    assert.equal(sent.length, 0);
  });

  test("in a body is found before JSON would hide it", async () => {
    const { client, sent } = welkin([json(patient)]);
    const cyclic = { firstName: "Robin", lastName: "Marsh" };
    cyclic.self = cyclic;
    const base = { firstName: "Robin", lastName: "Marsh" };
    const wrong = [
      ["body.birthDate", { ...base, birthDate: new Date(Number.NaN) }],
      ["body.careTeam[].id", { ...base, careTeam: [{ id: "u1" }, { id: Number.NaN }] }],
      ["body.careTeam[]", { ...base, careTeam: [{ id: "u1" }, undefined] }],
      ["body.x", { ...base, x: new Map([["a", 1]]) }],
      ["body.x", { ...base, x: Promise.resolve(1) }],
      ["body.x", { ...base, x: new Blob(["x"]) }],
      ["body", Promise.resolve(base)],
      ["body", new Map(Object.entries(base))],
      ["body", new FormData()],
      ["body.x", { ...base, x: Number.NaN }],
      ["body.x", { ...base, x: Number.POSITIVE_INFINITY }],
      ["body.x", { ...base, x: 5n }],
      ["body.x", { ...base, x: () => {} }],
      ["body.x", { ...base, x: Symbol("x") }],
      ["body", cyclic],
      ["body", { ...base, get x() { throw new Error("Robin") } }],
    ];
    for (const [parameter, body] of wrong) {
      const error = await rejection(client.patients.create(body));
      assertConfig(error, parameter);
      assert.doesNotMatch(`${error}`, /Robin|Marsh/);
    }
    assert.equal(sent.length, 0);
  });

  test("in money is found: cents are whole", async () => {
    const inbox = new carewire.InboxHealth({ baseUrl: "https://inbox.example.org", fetch: () => assert.fail("sent") });
    const error = await rejection(inbox.payments.create({ payment_method_type: "cash", expected_amount_cents: 12.5 }));
    assertConfig(error, "body.expected_amount_cents");
  });
});
