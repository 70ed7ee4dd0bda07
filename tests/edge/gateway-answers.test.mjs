// What a gateway makes of answers that no API should give, and of JSON that JavaScript reads as something else.

import assert from "node:assert/strict";
import { test } from "node:test";
import { Gateway } from "carewire/edge";

const patient = "/api/welkin/t/i/patients/p1";
const json = { "content-type": "application/json" };

/** A gateway in this process before an API that answers so; `told` are the statuses that its audit heard of. */
function open(fetch, allow = true) {
  const told = [];
  const gateway = new Gateway({
    welkin: { tenant: "gh", instance: "i", auth: () => "token", prefix: "/api/welkin" },
    authorize: () => ({ id: "robin" }),
    allow: { welkin: { patientsGet: allow, patientsUpdate: allow } },
    fetch,
    audit: ({ status }) => told.push(status),
  });
  const call = (init) => gateway.fetch(new Request(`https://portal.example.org${patient}`, init));
  return { call, told };
}

/** An answer as a runtime could hand it out, although `Response` can not hold it. */
const stub = (status, body = null) => ({ status, ok: status >= 200 && status < 300, headers: new Headers(), body });

test("what is no answer is a failure of the API: 1xx, a hidden redirect, nothing at all", async () => {
  for (const given of [stub(100), stub(103), stub(0), stub(600), undefined, null]) {
    const { call, told } = open(async () => given);
    const answer = await call();
    assert.equal(answer.status, 502);
    assert.equal(answer.headers.get("cache-control"), "no-store");
    assert.deepEqual(await answer.json(), { error: "upstream" });
    assert.deepEqual(told, [502]);
  }
});

test("a browser is not told what makes it send a request again by itself: 408 and 421", async () => {
  for (const status of [408, 421]) {
    const { call, told } = open(async () => stub(status));
    const answer = await call();
    assert.deepEqual([answer.status, await answer.json(), told], [502, { error: "upstream" }, [502]]);
  }
});

test("a body that is left unread holds nobody up, and what its stream says goes no further", async () => {
  const hangs = () => new Promise(() => {});
  const fails = () => Promise.reject(new Error("https://api.example.test/patients/p1"));
  for (const cancel of [hangs, fails]) {
    for (const [status, expected] of [[401, 401], [302, 502]]) {
      const body = { cancel };
      const { call, told } = open(async () => (status === 401 && told.length === 0 ? stub(status, body) : stub(status)));
      assert.equal((await call()).status, expected);
      assert.deepEqual(told, [expected]);
    }
    const page = { ...stub(200, { cancel }), headers: new Headers({ "content-type": "text/html" }) };
    const { call } = open(async () => page, { allow: true, narrow: (reply) => reply });
    assert.equal((await call()).status, 502);
  }
});

test("what is read is sent on as it came, or not at all: no number is rounded on the way", async () => {
  const sent = [];
  const { call } = open(async (_, { body }) => sent.push(body) && Response.json({}));
  const update = (body) => call({ method: "PATCH", headers: { ...json, "sec-fetch-site": "same-origin" }, body });
  for (const number of ["1e-400", "0.12345678901234567890123", "4503599627370497.25", "9007199254740993.0", "1e999"]) {
    assert.equal((await update(`{"jsonBody":{"n":[${number}]}}`)).status, 400, number);
  }
  assert.deepEqual(sent, []);
  assert.equal((await update('{"jsonBody":{"n":[0.1,1e3,-0.5,9007199254740992]}}')).status, 200);
  assert.deepEqual(sent, ['{"jsonBody":{"n":[0.1,1000,-0.5,9007199254740992]}}']);

  const narrowed = (text) => open(async () => new Response(text, { headers: json }), { allow: true, narrow: (reply) => reply });
  assert.equal((await narrowed('{"n":4503599627370497.25}').call()).status, 502);
  assert.equal((await narrowed('{"n":0.25}').call()).status, 200);
});
