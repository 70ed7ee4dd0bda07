// What a policy can say: about bodies, about replies, and the two policies that are ready.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";
import { ConfigError, Gateway, patientPolicy, staffPolicy } from "carewire/edge";
import { parse } from "yaml";

const own = "https://portal.example.org";
const json = { "content-type": "application/json" };
const methods = ["get", "post", "put", "patch", "delete"];

/** All operations of a reference: id, method, and a path with `7` for each parameter. */
async function operations(reference) {
  const text = await readFile(new URL(`../contract/${reference}.openapi.yaml`, import.meta.url), "utf8");
  const { paths } = parse(text, { uniqueKeys: false });
  return Object.entries(paths).flatMap(([path, item]) =>
    methods
      .filter((method) => item[method])
      .map((method) => ({ id: item[method].operationId, method: method.toUpperCase(), path: path.replace(/\{\w+\}/g, "7") })),
  );
}
const welkinOperations = await operations("welkin");
const inboxOperations = await operations("inbox-health");

/** A gateway in front of an API that answers `reply`; `sent` is what reached it. */
function open({ allow, session = { id: "s1" }, reply = {}, ...more }) {
  const sent = [];
  const gateway = new Gateway({
    welkin: { tenant: "gh", instance: "sb-demo", auth: () => "token", prefix: "/api/welkin" },
    inbox: { baseUrl: "https://inbox.example.test", apiKey: () => "key", prefix: "/api/inbox" },
    authorize: () => session,
    allow,
    fetch: async (url, init) => {
      sent.push({ url, ...init });
      return reply instanceof Response ? reply : Response.json(reply);
    },
    ...more,
  });
  const call = (path, init = {}) =>
    gateway.fetch(new Request(own + path, { ...init, headers: { origin: own, ...(init.body && json), ...init.headers } }));
  return { call, sent };
}

const patient = "/api/welkin/t/i/patients/p1";
const change = (body, more) => ({ method: "PATCH", body: typeof body === "string" ? body : JSON.stringify(body), ...more });

test("a policy that asks for the body sees it, and the API gets what the policy saw", async () => {
  const seen = [];
  const rule = { body: true, allow: ({ body }) => seen.push(body) && body.firstName === "Ada" };
  const { call, sent } = open({ allow: { welkin: { patientsUpdate: rule } } });
  assert.equal((await call(patient, change('{ "firstName": "Eve", "firstName": "Ada" }'))).status, 200);
  assert.equal((await call(patient, change({ firstName: "Eve" }))).status, 403);
  assert.deepEqual(seen, [{ firstName: "Ada" }, { firstName: "Eve" }]);
  assert.deepEqual(sent.map(({ body }) => body), ['{"firstName":"Ada"}']);
});

test("a body that is no JSON, too large, or holds a number that would be rounded is refused", async () => {
  const rule = { body: true, allow: () => true };
  const { call, sent } = open({ allow: { welkin: { patientsUpdate: rule } }, maxReadBytes: 1000 });
  for (const [body, status, error] of [
    ["{", 400, "body"],
    ['{"n": 9007199254740993}', 400, "body"],
    ['{"n": 1e400}', 400, "body"],
    ["[".repeat(999), 400, "body"],
    [new Uint8Array([0x22, 0xff, 0x22]), 400, "body"],
    [JSON.stringify("x".repeat(1000)), 413, "too_large"],
  ]) {
    const response = await call(patient, { ...change("{}"), body });
    assert.equal(response.status, status);
    assert.deepEqual(await response.json(), { error });
  }
  assert.deepEqual(sent, []);
});

test("a body that is sent too slowly is given up", async () => {
  const rule = { body: true, allow: () => true };
  const { call, sent } = open({ allow: { welkin: { patientsUpdate: rule } }, timeoutMs: 20 });
  const body = new ReadableStream({ start: (controller) => controller.enqueue(new TextEncoder().encode("{")) });
  const response = await call(patient, { method: "PATCH", body, duplex: "half" });
  assert.equal(response.status, 408);
  assert.deepEqual(sent, []);
});

test("a call with a body that was read is repeated when its token was refused", async () => {
  const statuses = [401, 200];
  const sent = [];
  const { call } = open({
    allow: { welkin: { patientsUpdate: true } },
    fetch: async (_, { body }) => {
      sent.push(body);
      return new Response("{}", { status: statuses.shift() });
    },
  });
  assert.equal((await call(patient, change({ id: "p1" }))).status, 200);
  assert.deepEqual(sent, ['{"id":"p1"}', '{"id":"p1"}']);
});

test("what belongs to a user goes with an id of its own, and a task with the patient of its path", async () => {
  const { call, sent } = open({ allow: { welkin: { userPermissionsReplace: true, goalTasksCreate: true } } });
  const send = async (method, path, body) => (await call(path, { method, body: JSON.stringify(body) })).status;
  const permissions = (body) => send("PUT", "/api/welkin/t/admin/user-permissions/u1", { permissions: [], ...body });
  assert.deepEqual([await permissions({ id: "x1", userId: "u1" }), await permissions({ userId: "u2" })], [200, 400]);
  const task = (body) => send("POST", `${patient}/care-plan/goals/g1/tasks`, body);
  assert.deepEqual([await task({ patient: { id: "p1" } }), await task({ patient: { id: "p2" } }), await task([{ patient: { id: "p2" } }])], [200, 400, 400]);
  assert.equal(sent.length, 2);
});

test("a narrowed reply holds what the policy leaves of it, and others stream", async () => {
  const asked = [];
  const narrow = (reply, question) => asked.push(question.path) && { firstName: reply.firstName };
  const reply = () => ({ firstName: "Ada", ssn: "000-00-0000" });
  const allow = { welkin: { patientsGet: { allow: true, narrow } } };
  const response = await open({ allow, reply: reply() }).call(patient);
  assert.deepEqual(await response.json(), { firstName: "Ada" });
  assert.deepEqual(asked, [{ patientId: "p1" }]);
  const refused = await open({ allow, reply: Response.json([{ message: "no" }], { status: 404 }) }).call(patient);
  assert.deepEqual([refused.status, await refused.json()], [404, [{ message: "no" }]]);
});

test("a reply that can not be narrowed does not pass", async () => {
  const decide = (narrow) => ({ allow: { welkin: { patientsGet: { allow: true, narrow } } } });
  const events = [];
  for (const [reply, narrow, status, more] of [
    [new Response("<html>", { headers: { "content-type": "text/html" } }), (value) => value, 502],
    [new Response("{", { headers: json }), (value) => value, 502],
    [new Response('{"id": 9007199254740993}', { headers: json }), (value) => value, 502],
    [{ name: "x".repeat(1000) }, (value) => value, 502, { maxReadBytes: 100 }],
    [{ id: "p2" }, () => undefined, 403],
  ]) {
    const { call } = open({ ...decide(narrow), reply, ...more, audit: (event) => events.push(event.decision) });
    assert.equal((await call(patient)).status, status);
  }
  assert.deepEqual(events, ["allowed", "allowed", "allowed", "allowed", "denied"]);
  const { call } = open(decide(() => { throw new Error("a fault of the policy"); }));
  await assert.rejects(call(patient), /a fault of the policy/);
});

/** Every operation of both APIs as a request. */
const requests = [
  ...welkinOperations.map((operation) => ({ ...operation, api: "welkin" })),
  ...inboxOperations.map((operation) => ({ ...operation, api: "inbox" })),
].filter(({ id }) => !id.startsWith("authCreate"));

/** The ids of the operations that a policy allows to somebody, with the ids of all records `7`. */
async function allowed(allow, session) {
  const { call } = open({ allow, session, reply: { id: "7", patient: { id: 7 }, invoice: { patient_id: 7 }, payment: { patient_id: 7 } } });
  const found = [];
  for (const { api, id, method, path } of requests) {
    const { status } = await call(`/api/${api}${path}`, { method });
    assert.ok([200, 403].includes(status), `${id} was answered with ${status}`);
    if (status === 200) found.push(`${api}.${id}`);
  }
  return found;
}

const everyArea = ["patients", "records", "documents", "messages", "schedule", "tasks", "directory", "billing", "refunds", "configuration", "administration"];

test("each operation is in one area, and reads or writes", async () => {
  const role = () => "one";
  const all = requests.map(({ api, id }) => `${api}.${id}`).sort();
  assert.equal(all.length, 172 + 93 - 2);
  const found = [];
  for (const area of everyArea) {
    const reads = await allowed(staffPolicy({ roles: { one: [`${area}:read`] }, role }));
    const writes = await allowed(staffPolicy({ roles: { one: [`${area}:write`] }, role }));
    assert.ok(reads.every((id) => writes.includes(id)), "who writes may read");
    found.push(...writes);
    for (const { api, id, method } of requests) {
      if (reads.includes(`${api}.${id}`)) assert.ok(method === "GET" || id === "patientsFindByFilter", id);
    }
  }
  assert.deepEqual(found.sort(), all);
});

test("staff may do what one of their roles is granted, and nobody else may", async () => {
  const allow = staffPolicy({
    roles: { care: ["records:write"], desk: ["schedule:read"], idle: [] },
    role: ({ roles }) => roles,
  });
  const may = async (roles, path, method = "GET") => (await open({ allow, session: { roles } }).call(path, { method })).status === 200;
  const plan = "/api/welkin/t/i/patients/p1/care-plan";
  const events = "/api/welkin/t/i/calendar/events";
  assert.deepEqual(await Promise.all([may("care", plan), may("desk", plan), may("idle", plan), may(undefined, plan), may("toString", plan)]), [true, false, false, false, false]);
  assert.deepEqual(await Promise.all([may(["desk", "care"], plan), may(["desk", "care"], events), may(["desk"], events, "POST")]), [true, true, false]);
});

test("a wrong grant is named", () => {
  const role = () => "care";
  assert.throws(() => staffPolicy({ roles: { care: ["records:all"] }, role }), (error) => error instanceof ConfigError && error.parameter === "options.roles.care");
  assert.throws(() => staffPolicy({ roles: {} }), ConfigError);
  assert.throws(() => patientPolicy({ patientId: "p1" }), ConfigError);
});

const patientRules = patientPolicy({
  patientId: ({ patientId }) => patientId,
  inboxPatientId: ({ inboxPatientId }) => inboxPatientId,
  cdtNames: ["vitals"],
});

test("a patient reads the own record and bills, and these operations alone", async () => {
  const found = await allowed(patientRules, { patientId: "7", inboxPatientId: 7 });
  assert.deepEqual(found.sort(), [
    "inbox.invoicesGet",
    "inbox.invoicesListByPatient",
    "inbox.patientsGet",
    "inbox.paymentsGet",
    "inbox.paymentsListByPatient",
    "welkin.assessmentRecordsGet",
    "welkin.assessmentRecordsList",
    "welkin.carePlansGet",
    "welkin.chatMessagesList",
    "welkin.documentFilesDownload",
    "welkin.documentSummariesGet",
    "welkin.documentSummariesList",
    "welkin.documentTypeRecordsGet",
    "welkin.emailsGet",
    "welkin.emailsList",
    "welkin.encountersGet",
    "welkin.encountersListByPatient",
    "welkin.goalsGet",
    "welkin.goalsList",
    "welkin.patientProgramsGetById",
    "welkin.patientProgramsGetByName",
    "welkin.patientProgramsGetCurrent",
    "welkin.patientProgramsList",
    "welkin.patientsGet",
    "welkin.smsGet",
    "welkin.smsList",
  ]);
});

test("a patient reads nothing of another patient, and nobody without an id reads anything", async () => {
  for (const session of [
    { patientId: "8", inboxPatientId: 8 },
    { patientId: "07", inboxPatientId: "07" },
    { patientId: "", inboxPatientId: "" },
    { patientId: 7.5, inboxPatientId: NaN },
    { patientId: ["7"], inboxPatientId: { toString: () => "7" } },
    {},
  ]) {
    assert.deepEqual(await allowed(patientRules, session), []);
  }
});

test("a patient's list of events names the patient alone, and shows nobody else's share of it", async () => {
  const range = "from=2026-01-01T00:00:00.000Z&to=2026-02-01T00:00:00.000Z";
  const events = (query) => `/api/welkin/t/i/calendar/events?${range}${query}`;
  const person = (participantId, participantRole) => ({ participantId, participantRole });
  const reply = {
    content: [
      { id: "e1", participants: [person("p1", "patient"), person("p2", "patient"), person("u1", "psm")], additionalInfo: {} },
      { id: "e2", participants: [person("p2", "patient")] },
    ],
    last: true,
  };
  const { call, sent } = open({ allow: patientRules, session: { patientId: "p1" }, reply });
  for (const query of ["", "&participantIds=", "&participantIds=p2", "&participantIds=p1,p2", "&participantIds=p1%2Cp2", "&participantIds=p1&includeEncounterInfo=true"]) {
    assert.equal((await call(events(query))).status, 403, query);
  }
  assert.deepEqual(sent, []);
  const { content } = await (await call(events("&participantIds=p1"))).json();
  assert.deepEqual(content, [{ id: "e1", participants: [person("p1", "patient"), person("u1", "psm")] }]);
  const nobody = open({ allow: patientRules, session: {}, reply });
  assert.equal((await nobody.call(events(""))).status, 403);
});

test("a page of events holds what belongs to a page, whatever else the API put beside it", async () => {
  const query = "?from=2026-01-01T00:00:00.000Z&to=2026-02-01T00:00:00.000Z&participantIds=p1";
  const other = { id: "e2", participants: [{ participantId: "p2", participantRole: "patient" }] };
  for (const [reply, shown] of [
    [{ content: [other], last: true, number: 0, patients: [{ id: "p2" }] }, { last: true, number: 0, content: [] }],
    [[other], { content: [] }],
  ]) {
    const { call } = open({ allow: patientRules, session: { patientId: "p1" }, reply });
    assert.deepEqual(await (await call(`/api/welkin/t/i/calendar/events${query}`)).json(), shown);
  }
});

test("a patient's encounter shows no notes of the staff, and nobody else who takes part in its events", async () => {
  const person = (participantId, participantRole) => ({ participantId, participantRole, firstName: participantId });
  const event = { id: "e1", additionalInfo: {}, participants: [person("p1", "patient"), person("p2", "patient"), person("u1", "psm")] };
  const encounter = { id: "x1", patientId: "p1", jsonBody: { title: "Group", notes: "for the staff", calendarEvent: event, currentScheduledAppointment: null } };
  const shown = {
    ...encounter,
    jsonBody: { title: "Group", calendarEvent: { id: "e1", participants: [person("p1", "patient"), person("u1", "psm")] }, currentScheduledAppointment: null },
  };
  const get = async (path, reply) => (await open({ allow: patientRules, session: { patientId: "p1" }, reply }).call(patient + path)).json();
  assert.deepEqual(await get("/encounters/x1", encounter), shown);
  const others = { ...encounter, patientId: "p2" };
  assert.deepEqual(await get("/encounters", { data: [encounter, others], metaInfo: { lastPage: true } }), { metaInfo: { lastPage: true }, data: [shown] });
});

test("a patient's goal comes without the tasks and the comments of the staff", async () => {
  const goal = { details: { id: "g1", name: "Walk" }, tasks: [{ comments: [{ text: "call again" }] }], comments: [{ text: "not yet" }] };
  const { call } = open({ allow: patientRules, session: { patientId: "p1" }, reply: goal });
  assert.deepEqual(await (await call(`${patient}/care-plan/goals/g1`)).json(), { details: goal.details });
});

test("a record that names another patient is denied, whatever its path says", async () => {
  const paths = [
    "/programs/current/a", "/programs/history/7", "/programs/a", "/assessment-records/7", "/care-plan", "/document-summary/7",
    "/document-summary/7/a", "/encounters/7", "/cdts/vitals/7",
  ];
  for (const path of paths) {
    const get = async (reply) => (await open({ allow: patientRules, session: { patientId: "p1" }, reply }).call(patient + path)).status;
    assert.deepEqual([await get({ patientId: "p1" }), await get({ patientId: null }), await get({})], [200, 200, 200], path);
    for (const reply of [{ patientId: "p2" }, { patientId: ["p1"] }, [{ patientId: "p1" }]]) assert.equal(await get(reply), 403, path);
  }
});

test("a parameter that changes the meaning of a path or adds people is denied to a patient", async () => {
  const { call, sent } = open({ allow: patientRules, session: { patientId: "p1" } });
  for (const path of ["?type=MRN", "?type=ID", "?expand=true", "/encounters?withCareTeam=true", "/chat?pageToken=x", "/cdts/vitals/r1?type=EXTERNAL_ID", "/cdts/notes", "/full-encounters"]) {
    assert.equal((await call(patient + path)).status, 403, path);
  }
  assert.deepEqual(sent, []);
});

test("a patient's bill is the own one, whatever its number, and without the notes of the staff", async () => {
  const session = { patientId: "p1", inboxPatientId: 7 };
  const invoice = (patient_id) => ({ invoice: { id: 5, patient_id, notes: "call again" } });
  const get = (reply, path = "/invoices/5") => open({ allow: patientRules, session, reply }).call(`/api/inbox/partner/v2${path}`);
  assert.deepEqual(await (await get(invoice(7))).json(), { invoice: { id: 5, patient_id: 7 } });
  for (const reply of [invoice(8), invoice([7]), invoice(undefined), {}, { invoice: null }, []]) assert.equal((await get(reply)).status, 403);
  const list = await get({ invoices: [invoice(7).invoice, invoice(8).invoice] }, "/patients/7/invoices?page=1");
  assert.deepEqual(await list.json(), { invoices: [{ id: 5, patient_id: 7 }] });
  assert.equal((await get({}, "/patients/7/invoices?filter[patient_id]=8")).status, 403);
  assert.equal((await get({}, "/patients/8/invoices")).status, 403);
  assert.equal((await get({}, "/invoices?filter[patient_id]=7")).status, 403);
});
