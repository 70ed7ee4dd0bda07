// The packed tarball in Node: what a stranger's calls come to.

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { assertConfig, carewire, json, patient, rejection, scratch, welkin } from "./stranger.mjs";

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

  test("sends headers in every form in which they are given, also one that can be read once only", async () => {
    const role = [["security-role", "nurse"]];
    const forms = [role, { "Security-Role": "nurse" }, new Map(role), new Map(role).entries(), new Headers(role).entries(), (function* () { yield* role; })()];
    for (const [at, headers] of forms.entries()) {
      const { client, sent } = welkin([json({ content: [{ id: "p1" }], last: false }), json({ content: [{ id: "p2" }], last: true })]);
      await client.patients.list({}, { headers }).toArray();
      assert.deepEqual(sent.map((init) => new Headers(init.headers).get("security-role")), ["nurse", "nurse"], `form ${at}`);
    }
    for (const headers of [new Map(role).entries(), new Headers(role)]) {
      const { client, sent } = welkin([json(patient)], { headers });
      await client.patients.get("p1");
      await client.patients.get("p1");
      assert.deepEqual(sent.map((init) => new Headers(init.headers).get("security-role")), ["nurse", "nurse"]);
    }
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
  test("keeps the options that it was made with", async () => {
    const { client, sent } = welkin([json({ content: [{ id: "p1" }], last: false }), json({ content: [], last: true })]);
    const options = { headers: { "security-role": "nurse" } };
    const list = client.patients.list({}, options);
    options.headers = { "security-role": "admin" };
    await list.toArray();
    assert.deepEqual(sent.map((init) => new Headers(init.headers).get("security-role")), ["nurse", "nurse"]);
  });

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
  test("is told the method of a request that the package does not know", async () => {
    const events = [];
    const { client } = welkin([json({})], { onEvent: (event) => events.push(event) });
    await client.request("DELETE", "/gh/new/x");
    assert.equal(events.find(({ type }) => type === "request").method, "DELETE");
  });

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
