// A marker in every identifier, query value, header, body, token and reply of every operation: it must
// appear in nothing that ends in a log, however the call ends.

import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { inspect } from "node:util";
import { project } from "../package/project.mjs";
import { Reference } from "../package/reference.mjs";

const MARKER = "Canary7f3a";
const NUMBER = 481516234;
const marks = new RegExp(`${MARKER}|${NUMBER}`, "i");

let carewire;
let edge;
let cases = 0;

const references = { welkin: await Reference.read("welkin"), inbox: await Reference.read("inbox-health") };
const all = Object.entries(references).flatMap(([api, reference]) => reference.operations.map((operation) => [api, reference, operation]));

const printed = [];
const consoles = ["debug", "error", "info", "log", "trace", "warn"];

before(async () => {
  const scratch = await project({ "entry.js": `export * as carewire from "carewire"; export * as edge from "carewire/edge";` });
  ({ carewire, edge } = await scratch.import("entry.js"));
  for (const name of consoles) console[name] = (...given) => printed.push(...given);
});
after(() => {
  for (const name of consoles) delete console[name];
});

/** The same with the marker in each text and number. */
function marked(value) {
  if (Array.isArray(value)) return value.map(marked);
  if (typeof value === "object" && value !== null) return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, marked(part)]));
  if (typeof value === "string") return MARKER;
  return typeof value === "number" ? NUMBER : value;
}

/** All that an operation takes, and more than it asks for. */
function given(reference, operation) {
  if (operation.requestBody && !operation.requestBody.content["application/json"]) {
    const { path } = reference.given({ ...operation, requestBody: undefined });
    return { path: marked(path), body: { files: [new File([MARKER], `${MARKER}.pdf`, { type: `text/${MARKER}` })] } };
  }
  const optional = { ...operation, parameters: operation.parameters.map((part) => ({ ...part, required: true })) };
  return marked(reference.given(optional));
}

const reply = (reference, { reply }) => (reply ? marked(reference.sample(reply)) : {});

/** The same with an object where a text or a number is, and with fields that no reference knows. */
function wrong(value) {
  if (Array.isArray(value)) return [...value.map(wrong), MARKER];
  if (typeof value === "object" && value !== null) {
    const fields = Object.entries(value).map(([name, part]) => [name, wrong(part)]);
    return Object.fromEntries([...fields, [MARKER, MARKER]]);
  }
  return { [MARKER]: MARKER };
}

const headers = { "content-type": `application/json; ${MARKER}`, "set-cookie": MARKER, location: MARKER, "retry-after": MARKER, etag: MARKER };
const answering = (text, init) => () => new Response(text, { headers, ...init });
const listed = JSON.stringify([{ errorCode: MARKER, message: `no patient ${MARKER} ${NUMBER}`, details: { [MARKER]: NUMBER } }]);
const failing = (status) => ({ answer: answering(listed, { status }) });
const throws = (value) => () => {
  throw value;
};
const hanging = (url, { signal }) => new Promise((_, reject) => signal.addEventListener("abort", () => reject(new Error(MARKER))));

/** How calls end: what the API answers, with which settings and options. */
const endings = {
  "a reply that matches": {},
  "a reply of wrong types": { spoil: wrong },
  "a reply of wrong types, where drift is strict": { spoil: wrong, settings: { drift: "strict" } },
  "status 400": failing(400),
  "status 401": failing(401),
  "status 403": failing(403),
  "status 404": failing(404),
  "status 409": failing(409),
  "status 422": failing(422),
  "status 429": failing(429),
  "status 500": failing(500),
  "status 302": failing(302),
  "an error page": { answer: answering(`<p>${MARKER} ${NUMBER}`, { status: 502 }) },
  "a page of HTML": { answer: answering(`<!doctype html><p>${MARKER} ${NUMBER}`) },
  "truncated JSON": { answer: answering(`{"id":"${MARKER}","${MARKER}":${NUMBER}`) },
  "a bare text": { answer: answering(JSON.stringify(MARKER)) },
  "a lost connection": { answer: throws(new TypeError(`fetch of ${MARKER} failed`, { cause: MARKER })) },
  "a fetch that throws a text": { answer: throws(MARKER) },
  "a body that breaks off": { answer: () => new Response(new ReadableStream({ pull: (controller) => controller.error(new Error(MARKER)) })) },
  "a provider that throws": { settings: { auth: throws(new Error(MARKER)) } },
  "a provider that rejects with a text": { settings: { auth: () => Promise.reject(`token ${MARKER}`) } },
  "a provider that gives no token": { settings: { auth: () => `${MARKER} ${MARKER}` } },
  "a provider that gives an object": { settings: { auth: () => ({ token: MARKER, expiresAt: MARKER, [MARKER]: MARKER }) } },
  "an abort": { answer: hanging, aborts: true },
  "a deadline": { answer: hanging, options: { timeoutMs: 1 } },
  "an observer that throws": { settings: { onEvent: throws(new Error(MARKER)) } },
  "a body that JSON can not hold": { change: (given) => ({ ...given, body: { text: MARKER, [MARKER.repeat(9)]: Number.NaN } }) },
  "a path that is none": { change: (given) => ({ ...given, path: Object.fromEntries(Object.keys(given.path).map((name) => [name, `${MARKER}/..`])) }) },
  "a query of wrong types": { change: (given) => ({ ...given, query: Object.fromEntries(Object.keys(given.query ?? {}).map((name) => [name, { [MARKER]: [[MARKER]] }])) }) },
};

const shared = {
  welkin: { tenant: MARKER, instance: MARKER, authBaseUrl: `https://${MARKER}.example.org`, headers: { "x-portal": MARKER }, retries: 0 },
  inbox: { headers: { "x-portal": MARKER }, retries: 0, limit: { burst: 1000, perSecond: 1000 } },
};
const make = { welkin: (options) => new carewire.Welkin(options), inbox: (options) => new carewire.InboxHealth(options) };

/** What a call fails with, to the end of its file if it has one. */
async function errorOf(call) {
  try {
    const { data } = await call;
    await data?.blob?.();
  } catch (error) {
    return error;
  }
}

/** All that ends in a log of an error, by how it gets there. */
function* saidBy(error) {
  yield ["String", String(error)];
  yield ["message", String(error?.message)];
  yield ["stack", String(error?.stack)];
  yield ["JSON", JSON.stringify(error)];
  yield ["keys", Object.keys(error).join()];
  // The cause is what the caller's own provider threw: what shows it, shows the caller's words.
  if (error.cause === undefined) yield ["inspect", inspect(error, { depth: 5 })];
}

function assertSilent(where, error, events) {
  for (const [how, said] of error ? saidBy(error) : []) assert.doesNotMatch(String(said), marks, `${where}, ${how}`);
  assert.doesNotMatch(JSON.stringify(events), marks, `${where}, events`);
  assert.deepEqual(printed, [], `${where}, console`);
  cases += 1;
}

describe("the marker is not seen in", () => {
  for (const [ending, { answer, spoil = (value) => value, settings, options, change, aborts }] of Object.entries(endings)) {
    test(`${ending}, for all ${all.length} operations`, async () => {
      const events = [];
      let requests = 0;
      let rejected = 0;
      await Promise.all(
        all.map(async ([api, reference, operation]) => {
          const told = [];
          const controller = new AbortController();
          const fetch = async (...call) => {
            requests += 1;
            if (aborts) queueMicrotask(() => controller.abort());
            return answer ? answer(...call) : new Response(JSON.stringify(spoil(reply(reference, operation))), { headers });
          };
          const baseUrl = `https://${MARKER}.example.org/${MARKER}`;
          const client = make[api]({ ...shared[api], baseUrl, auth: () => MARKER, fetch, onEvent: (event) => told.push(event), ...settings });
          const asked = (change ?? ((value) => value))(given(reference, operation));
          const call = client.call(operation.operationId, asked, { headers: { "x-call": MARKER }, signal: controller.signal, ...options });
          const error = await errorOf(call);
          if (error) {
            rejected += 1;
            assert.ok(error instanceof carewire.CarewireError, `${operation.operationId}: ${error}`);
          }
          assertSilent(`${operation.operationId}: ${ending}`, error, told);
          events.push(...told);
        }),
      );
      if (!change && !settings?.auth) assert.ok(requests >= all.length, `${requests} requests`);
      if (answer && ending !== "a bare text") assert.ok(rejected > 200, `${rejected} rejected`);
      if (!change && !settings?.onEvent) assert.ok(events.length >= all.length);
    });
  }

  test("the audit, the answers and the log of the gateway", async () => {
    const audit = [];
    // A gateway exchanges secrets for nobody.
    const through = all.filter(([, , { operationId }]) => !operationId.startsWith("auth"));
    for (const name of ["a reply that matches", "a reply of wrong types", "status 404", "status 500", "a page of HTML", "a lost connection", "a body that breaks off"]) {
      const { answer, spoil = (value) => value } = endings[name];
      for (const [api, reference, operation] of through) {
        const upstream = async () => (answer ? answer() : new Response(JSON.stringify(spoil(reply(reference, operation))), { headers }));
        const gateway = new edge.Gateway({
          [api]: api === "welkin"
            ? { tenant: MARKER, instance: MARKER, auth: () => MARKER, prefix: "/api" }
            : { baseUrl: `https://${MARKER}.example.org`, apiKey: async () => MARKER, prefix: "/api" },
          authorize: () => ({ id: "robin", token: MARKER }),
          allow: { [api]: { [operation.operationId]: true } },
          fetch: upstream,
          audit: (event) => void audit.push(event),
        });
        const fetch = (url, init) => gateway.fetch(new Request(`https://portal.example.org${url}`, { ...init, signal: undefined }), {}, { waitUntil() {} });
        const client = make[api]({ baseUrl: "/api", fetch, retries: 0, headers: { cookie: MARKER, "x-portal": MARKER } });
        const error = await errorOf(client.call(operation.operationId, given(reference, operation)));
        assertSilent(`${operation.operationId}: ${name} through the gateway`, error, audit.splice(0));
      }
    }
  });
});

test("cases", (context) => context.diagnostic(`${cases} calls`));
