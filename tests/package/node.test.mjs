// The packed tarball in Node: what a stranger's calls and a stranger's mistakes come to.

import assert from "node:assert/strict";
import { getEventListeners } from "node:events";
import { before, describe, test } from "node:test";
import { inspect } from "node:util";
import { project } from "./project.mjs";

let carewire;
let other;
let scratch;

before(async () => {
  const reexport = { "entry.js": `export * from "carewire";` };
  scratch = await project(reexport);
  carewire = await scratch.import("entry.js");
  other = await (await project(reexport)).import("entry.js");
});

const patient = { id: "p1", firstName: "Robin", lastName: "Marsh" };
const json = (value, init = {}) => Response.json(value, init);

/** A client whose fetch gives these answers one by one, the last one again and again. */
function welkin(answers, options = {}) {
  const sent = [];
  const fetch = async (url, init) => {
    sent.push({ url, ...init });
    const answer = answers[Math.min(sent.length, answers.length) - 1];
    return typeof answer === "function" ? answer(url, init) : answer.clone();
  };
  const client = new carewire.Welkin({ tenant: "gh", instance: "sb-demo", auth: () => "token-1", retries: 0, fetch, ...options });
  return { client, sent };
}

/** What a promise rejects with. */
async function rejection(promise) {
  return promise.then(
    () => assert.fail("it did not reject"),
    (error) => error,
  );
}

function assertConfig(error, parameter) {
  assert.ok(error instanceof carewire.ConfigError, String(error));
  assert.equal(error.code, "config");
  assert.equal(error.parameter, parameter);
  assert.equal(error.outcome, "not_sent");
}

describe("a call", () => {
  test("needs no init and no await before it", async () => {
    const { client, sent } = welkin([json(patient)]);
    assert.deepEqual(await client.patients.get("p1"), patient);
    const [{ url, method, headers }] = sent;
    assert.equal(url, "https://api.live.welkincloud.io/gh/sb-demo/patients/p1");
    assert.equal(method, "GET");
    assert.equal(new Headers(headers).get("authorization"), "Bearer token-1");
  });

  test("of Inbox Health takes and gives the record without its envelope", async () => {
    const sent = [];
    const fetch = async (url, init) => {
      sent.push({ url, body: JSON.parse(init.body) });
      return json({ invoice: { id: 31, patient_id: 77 } });
    };
    const inbox = new carewire.InboxHealth({ baseUrl: "https://inbox.example.org", auth: () => "key", fetch });
    const invoice = await inbox.invoices.update(31, { patient_id: 77 }, { email: "robin.marsh@example.org" });
    assert.deepEqual(invoice, { id: 31, patient_id: 77 });
    assert.deepEqual(sent, [
      {
        url: "https://inbox.example.org/partner/v2/invoices/31",
        body: { id: 31, invoice: { patient_id: 77 }, email: "robin.marsh@example.org" },
      },
    ]);
  });

  test("asks the provider once for many callers", async () => {
    let asked = 0;
    const auth = async () => `token-${++asked}`;
    const { client, sent } = welkin([json(patient)], { auth });
    await Promise.all(Array.from({ length: 20 }, (_, index) => client.patients.get(`p${index}`)));
    assert.equal(asked, 1);
    assert.equal(sent.length, 20);
  });

  test("keeps fields that the reference does not know, and tells null from absent", async () => {
    const reply = { ...patient, mrn: null, newField: { deep: [1, "é", null] } };
    const { client } = welkin([json(reply)]);
    const read = await client.patients.get("p1");
    assert.deepEqual(read, reply);
    assert.ok(!("email" in read));
  });

  test("sends null to clear a field, and leaves out what is undefined", async () => {
    const { client, sent } = welkin([json(patient)]);
    await client.patients.update("p1", { middleName: null, email: undefined, birthDate: new Date(0) });
    assert.deepEqual(JSON.parse(sent[0].body), { middleName: null, birthDate: "1970-01-01T00:00:00.000Z" });
  });

  test("keeps its methods when they are taken off their resource", async () => {
    const { client } = welkin([json(patient)]);
    const { get } = client.patients;
    assert.deepEqual(await get("p1"), patient);
  });

  test("by operation id resolves to what came over the wire", async () => {
    const reply = json({ patients: [] }, { headers: { "x-request-id": "r-1" } });
    const sent = [];
    const fetch = async (url) => (sent.push(url), reply.clone());
    const inbox = new carewire.InboxHealth({ baseUrl: "https://inbox.example.org/", fetch });
    const answer = await inbox.call("patientsList", { query: { "filter[first_name]": "Robin", page: 2 } });
    assert.deepEqual(answer.data, { patients: [] });
    assert.equal(answer.status, 200);
    assert.equal(answer.headers.get("x-request-id"), "r-1");
    assert.equal(answer.requestId, "r-1");
    assert.equal(answer.attempts, 1);
    const { pathname, searchParams } = new URL(sent[0]);
    assert.equal(pathname, "/partner/v2/patients");
    assert.deepEqual(Object.fromEntries(searchParams), { "filter[first_name]": "Robin", page: "2" });
  });

  test("for a token goes to the host that the reference names", async () => {
    const hosts = async (options) => {
      const { client, sent } = welkin([json({ token: "t" })], options);
      await client.auth.createToken({ secret: "s", apiClient: "c" });
      await client.auth.createLegacyToken("c", { secret: "s" });
      return sent.map(({ url }) => new URL(url).host);
    };
    const [auth, data] = ["api.welkinhealth.com", "api.live.welkincloud.io"];
    assert.deepEqual(await hosts({}), [auth, data]);
    assert.deepEqual(await hosts({ baseUrl: `https://${data}/` }), [auth, data]);
    assert.deepEqual(await hosts({ authBaseUrl: "https://auth.example.test" }), ["auth.example.test", data]);
    assert.deepEqual(await hosts({ baseUrl: "https://sandbox.example.test" }), ["sandbox.example.test", "sandbox.example.test"]);
  });

  test("that no reference knows goes through request()", async () => {
    const { client, sent } = welkin([json({ ready: true })]);
    const query = { deep: [1, 2], "each[]": [3, 4], absent: undefined };
    const answer = await client.request("post", "/gh/sb-demo/something", { query, body: { name: "x" } });
    assert.deepEqual(answer.data, { ready: true });
    assert.equal(sent[0].url, "https://api.live.welkincloud.io/gh/sb-demo/something?deep=1%2C2&each%5B%5D=3&each%5B%5D=4");
    assert.equal(sent[0].method, "POST");
    assert.equal(sent[0].body, '{"name":"x"}');
  });
});

describe("a list", () => {
  const page = (ids, last) => json({ content: ids.map((id) => ({ ...patient, id })), last });

  test("sends nothing until it is asked for something", async () => {
    const { client, sent } = welkin([page(["a"], true)]);
    const list = client.patients.list();
    await Promise.resolve();
    assert.equal(sent.length, 0);
    assert.deepEqual((await list).content.map(({ id }) => id), ["a"]);
    assert.equal(sent.length, 1);
  });

  test("gives the records of all pages, an empty one in the middle included, with its filter on each", async () => {
    const { client, sent } = welkin([page(["a", "b"], false), page([], false), page(["c"], true)]);
    const ids = [];
    for await (const { id } of client.patients.list({ query: "Marsh", size: 2 })) ids.push(id);
    assert.deepEqual(ids, ["a", "b", "c"]);
    const pages = sent.map(({ url }) => Object.fromEntries(new URL(url).searchParams));
    assert.deepEqual(pages.map(({ page: number = "0" }) => number), ["0", "1", "2"]);
    assert.ok(pages.every(({ query }) => query === "Marsh"));
  });

  test("gives pages, and an array no longer than asked for", async () => {
    const answers = () => [page(["a", "b"], false), page(["c", "d"], true)];
    const numbers = [];
    for await (const { content } of welkin(answers()).client.patients.list().pages()) numbers.push(content.length);
    assert.deepEqual(numbers, [2, 2]);
    const short = welkin(answers());
    assert.equal((await short.client.patients.list().toArray({ limit: 2 })).length, 2);
    assert.equal(short.sent.length, 1);
    assert.equal((await welkin(answers()).client.patients.list().toArray()).length, 4);
  });

  test("that is ended while a page is under way asks for no further one", async () => {
    for (const iterate of [(list) => list.pages(), (list) => list[Symbol.asyncIterator]()]) {
      let records;
      const ending = () => {
        records.return();
        return page(["a", "b"], false);
      };
      const { client, sent } = welkin([ending]);
      records = iterate(client.patients.list());
      await records.next();
      assert.deepEqual(await records.next(), { done: true, value: undefined });
      assert.equal(sent.length, 1);
    }
  });

  test("asks again for a page that failed", async () => {
    const { client, sent } = welkin([page(["a"], false), json([], { status: 500 }), page(["b"], true)]);
    const pages = client.patients.list().pages();
    assert.equal((await pages.next()).value.content[0].id, "a");
    assert.ok((await rejection(pages.next())) instanceof carewire.ServerError);
    assert.equal((await pages.next()).value.content[0].id, "b");
    assert.equal((await pages.next()).done, true);
    assert.deepEqual(sent.map(({ url }) => new URL(url).searchParams.get("page")), [null, "1", "1"]);
  });

  test("keeps the query that it was made with, whatever becomes of the caller's object", async () => {
    const { client, sent } = welkin([page(["a"], false), page(["b"], true)]);
    const query = { query: "Marsh" };
    const list = client.patients.list(query);
    query.query = "Reed";
    for await (const { id } of list) query.query = id;
    assert.deepEqual(sent.map(({ url }) => new URL(url).searchParams.get("query")), ["Marsh", "Marsh"]);
  });

  test("gives the records of a page that holds more than a call can have arguments", async () => {
    const records = Array.from({ length: 300_000 }, (_, id) => ({ id }));
    const { client } = welkin([json({ dictionaryName: "icd-10", records })]);
    const given = await client.dictionaryRecords.list("icd-10").toArray();
    assert.equal(given.length, records.length);
    assert.deepEqual([given[0], given.at(-1)], [records[0], records.at(-1)]);
  });

  test("that nobody waits for rejects nowhere", async () => {
    const { client, sent } = welkin([json([], { status: 500 })]);
    client.patients.list("not an object");
    client.patients.list();
    await new Promise(setImmediate);
    assert.equal(sent.length, 0);
  });

  test("names a mistake in its arguments when it is asked for something", async () => {
    const { client } = welkin([page([], true)]);
    assertConfig(await rejection(client.calendarEvents.list()), "query.from");
    assertConfig(await rejection(client.patients.list("Marsh").toArray()), "query");
    assertConfig(await rejection(client.patients.list().toArray({ limit: -1 })), "options.limit");
    assertConfig(await rejection(client.patients.list().toArray({ limit: "2" })), "options.limit");
    assertConfig(await rejection(client.patients.list().toArray(5)), "options");
    assertConfig(await rejection(client.patients.list().toArray({ max: 5 })), "options.max");
  });
});

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

describe("aborting", () => {
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

describe("a reply", () => {
  const replies = {
    "that is HTML": () => new Response("<!doctype html><p>Robin", { headers: { "content-type": "text/html" } }),
    "that is truncated": () => new Response('{"id":"p1","firstName":"Rob'),
    "that is empty": () => new Response(""),
    "that is two values": () => new Response("{}{}"),
    "that is no UTF-8": () => new Response(new Uint8Array([0x7b, 0xff, 0xfe])),
  };
  for (const [name, reply] of Object.entries(replies)) {
    test(`${name} is a DecodeError`, async () => {
      const error = await rejection(welkin([reply], { drift: "off" }).client.patients.get("p1"));
      assert.ok(error instanceof carewire.DecodeError, String(error));
      assert.equal(error.operation, "patientsGet");
      assert.equal(error.outcome, "unknown");
      assert.doesNotMatch(`${error}${JSON.stringify(error)}`, /Rob/);
    });
  }

  test("that has no content is drift where JSON is declared, and the call has succeeded", async () => {
    const events = [];
    const { client } = welkin([new Response(null, { status: 204 })], { onEvent: (event) => events.push(event) });
    assert.equal(await client.patients.update("p1", { mrn: "7" }), undefined);
    assert.deepEqual(events.filter(({ type }) => type === "drift").map(({ found }) => found), ["nothing"]);
  });

  test("that is HTML with a status of failure is the error of that status", async () => {
    const { client } = welkin([new Response("<p>Robin", { status: 502 })]);
    const error = await rejection(client.patients.get("p1"));
    assert.ok(error instanceof carewire.ServerError);
    assert.deepEqual(error.errors, []);
  });

  test("of a wrong type is reported without its value, or refused where drift is strict", async () => {
    const events = [];
    const reply = json({ ...patient, careTeam: "Robin" });
    const lenient = welkin([reply], { onEvent: (event) => events.push(event) });
    assert.equal((await lenient.client.patients.get("p1")).careTeam, "Robin");
    await lenient.client.patients.get("p1");
    const drift = events.filter(({ type }) => type === "drift");
    assert.deepEqual(drift, [
      { type: "drift", operation: "patientsGet", pathTemplate: "/{tenantName}/{instanceName}/patients/{patientId}", path: "careTeam", expected: "array", found: "string" },
    ]);
    const error = await rejection(welkin([reply], { drift: "strict" }).client.patients.get("p1"));
    assert.ok(error instanceof carewire.DecodeError);
    assert.deepEqual([error.path, error.expected, error.found], ["careTeam", "array", "string"]);
  });

  test("with a number that JavaScript cannot hold is drift", async () => {
    const reply = new Response('{"id":"p1","bigNumber":9007199254740993}');
    const error = await rejection(welkin([reply], { drift: "strict" }).client.patients.get("p1"));
    assert.equal(error.expected, "number that JavaScript holds exactly");
  });
});

describe("a fetch", () => {
  const broken = {
    "that throws": () => { throw new TypeError("Robin"); },
    "that rejects": () => Promise.reject(new TypeError("Robin")),
    "that rejects with nothing": () => Promise.reject(undefined),
    "that rejects with text": () => Promise.reject("Robin"),
    "that gives nothing": () => undefined,
    "that gives null": () => Promise.resolve(null),
    "that gives text": () => Promise.resolve("Robin"),
    "that gives an empty object": () => Promise.resolve({}),
    "that gives a status only": () => Promise.resolve({ status: 200 }),
    "whose body breaks off": () =>
      new Response(new ReadableStream({ pull: (controller) => controller.error(new Error("Robin")) })),
  };
  for (const [name, fetch] of Object.entries(broken)) {
    test(`${name} is a NetworkError`, async () => {
      const error = await rejection(welkin([fetch]).client.patients.get("p1"));
      assert.ok(error instanceof carewire.NetworkError, String(error));
      assert.equal(error.outcome, "unknown");
      assert.doesNotMatch(`${error}${JSON.stringify(error)}`, /Robin/);
    });
  }

  test("that never settles is cut at the deadline", async () => {
    const { client } = welkin([() => new Promise(() => {})], { timeoutMs: 30 });
    const error = await rejection(client.patients.get("p1"));
    assert.ok(error instanceof carewire.TimeoutError, String(error));
    assert.equal(error.timeoutMs, 30);
    assert.equal(error.outcome, "unknown");
  });

  test("is told when nobody waits for it any more", async () => {
    const { client, sent } = welkin([() => new Promise(() => {})], { timeoutMs: 30 });
    await rejection(client.patients.get("p1"));
    assert.equal(sent[0].signal.aborted, true);
  });

  test("that fails after its call was given up fails nobody", async () => {
    let fail;
    const { client } = welkin([() => new Promise((resolve, reject) => (fail = reject))], { timeoutMs: 30 });
    assert.ok((await rejection(client.patients.get("p1"))) instanceof carewire.TimeoutError);
    fail(new TypeError("too late"));
    await new Promise(setImmediate);
  });

  test("whose body never ends is cut at the deadline", async () => {
    const { client } = welkin([() => new Response(new ReadableStream({}))], { timeoutMs: 30 });
    assert.ok((await rejection(client.patients.get("p1"))) instanceof carewire.TimeoutError);
  });

  test("may be a mock that is no Response", async () => {
    const text = JSON.stringify(patient);
    const mock = async () => ({
      ok: true,
      status: 200,
      headers: new Headers(),
      json: async () => patient,
      text: async () => text,
      arrayBuffer: async () => new TextEncoder().encode(text).buffer,
    });
    assert.deepEqual(await welkin([mock]).client.patients.get("p1"), patient);
  });

  test("is called without this, and an object with a fetch with it", async () => {
    let seen;
    const { client } = welkin([json(patient)], { fetch: async function () { seen = this; return json(patient); } });
    await client.patients.get("p1");
    assert.equal(seen, undefined);
    const binding = { reply: json(patient), async fetch() { return this.reply.clone(); } };
    assert.deepEqual(await welkin([], { fetch: binding }).client.patients.get("p1"), patient);
  });
});

describe("an observer", () => {
  test("is told of a call without an identifier in it", async () => {
    const events = [];
    const { client } = welkin([json(patient)], { onEvent: (event) => events.push(event) });
    await client.patients.get("p-secret");
    assert.deepEqual(events.map(({ type }) => type), ["token", "token", "request", "response"]);
    assert.doesNotMatch(JSON.stringify(events), /p-secret|token-1|Robin/);
    assert.equal(events[2].pathTemplate, "/{tenantName}/{instanceName}/patients/{patientId}");
  });

  test("that throws or rejects harms no call", async () => {
    for (const onEvent of [() => { throw new Error("observer"); }, () => Promise.reject(new Error("observer"))]) {
      const { client } = welkin([json(patient)], { onEvent });
      assert.deepEqual(await client.patients.get("p1"), patient);
    }
  });
});

describe("a process", () => {
  test("ends by itself after its calls, with nothing printed", async () => {
    await scratch.write({
      "once.js": `
        import { Welkin, ApiError } from "carewire";
        const fetch = async () => Response.json([], { status: 404 });
        const auth = () => ({ token: "token-1", expiresAt: Date.now() + 3_600_000 });
        const welkin = new Welkin({ tenant: "gh", instance: "sb-demo", auth, fetch });
        await welkin.patients.get("p1").catch((error) => { if (!(error instanceof ApiError)) throw error; });
        new Welkin({ tenant: "gh", instance: "sb-demo", auth, fetch: () => new Promise(() => {}), timeoutMs: 20 })
          .patients.get("p1").catch(() => {});
      `,
    });
    assert.equal(await scratch.node("--unhandled-rejections=strict", "once.js"), "");
  });

  test("that a mistake ends prints the mistake, and not the package with it", async () => {
    await scratch.write({ "mistaken.js": `import { Welkin } from "carewire"; new Welkin({});` });
    const { stderr } = await rejection(scratch.node("mistaken.js"));
    assert.match(stderr, /ConfigError: options\.tenant/);
    assert.ok(stderr.length < 2_000, `${stderr.length} characters`);
  });

  test("of CommonJS imports the package too", async () => {
    await scratch.write({
      "common.cjs": `
        (async () => {
          const { Welkin, ConfigError } = await import("carewire");
          try {
            new Welkin({});
          } catch (error) {
            console.log(error instanceof ConfigError, error.parameter);
          }
        })();
      `,
    });
    assert.equal(await scratch.node("common.cjs"), "true options.tenant\n");
  });
});
