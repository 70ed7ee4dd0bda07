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

/** Asks for what a patient gets where the API answers `reply`: the body, or the status when it is not 200. */
function asking(allow) {
  let answer;
  const { call } = open({ allow, session: { patientId: "p1" }, fetch: async () => Response.json(answer) });
  return async (path, reply) => {
    answer = reply;
    const response = await call(patient + path);
    return response.status === 200 ? response.json() : response.status;
  };
}
const shown = asking(patientRules);

test("a record that names another patient is denied, whatever its path says", async () => {
  const paths = [
    "/programs/current/a", "/programs/history/7", "/programs/a", "/assessment-records/7", "/care-plan", "/document-summary/7",
    "/document-summary/7/vitals", "/encounters/7", "/cdts/vitals/7", "/emails/7", "/sms/7", "/care-plan/goals/7",
  ];
  for (const path of paths) {
    for (const reply of [{ patientId: "p1" }, { patientId: null }, {}]) assert.equal(typeof (await shown(path, reply)), "object", path);
    for (const reply of [{ patientId: "p2" }, { patientId: ["p1"] }, [{ patientId: "p1" }]]) assert.equal(await shown(path, reply), 403, path);
  }
});

const inData = (data) => ({ data, metaInfo: { lastPage: true } });
const inContent = (content) => ({ content, pageable: { offset: 0 }, last: true, totalElements: 2 });
const inDataContent = (content) => ({ name: "vitals", data: inContent(content) });
const inChat = (content) => ({ content, meta: { nextPageToken: null, found: true } });

test("a list holds no record of another patient, and says of its page what the API said", async () => {
  for (const [path, wrap] of [
    ["/programs", inData],
    ["/encounters", inData],
    ["/care-plan/goals", inData],
    ["/assessment-records", inContent],
    ["/emails", inContent],
    ["/sms", inContent],
    ["/chat", inChat],
    ["/cdts/vitals", inDataContent],
    ["/document-summary", inDataContent],
  ]) {
    const kept = [{ id: "r1", patientId: "p1" }, { id: "r2", patientId: null }, { id: "r3" }];
    const others = [{ id: "r4", patientId: "p2" }, { id: "r5", patientId: ["p1"] }, { id: "r6", patientId: "" }, null, "p1", [{ patientId: "p1" }]];
    assert.deepEqual(await shown(path, { ...wrap([...others, ...kept]), patients: others }), wrap(kept), path);
    for (const reply of [null, "p2", [others[0]], { data: "p2", content: { p2: others[0] } }, { data: null }, { data: [others], content: [others] }]) {
      assert.doesNotMatch(JSON.stringify(await shown(path, reply)), /p2/, path);
    }
  }
});

test("a message shows when its patient is the patient of the path or nobody is named", async () => {
  const chat = (clientType, id) => ({ clientType, id });
  const own = [
    { sender: chat("PATIENT", "p1"), receiver: null },
    { sender: chat("USER", "u1"), receiver: chat("PATIENT", "p1") },
    { sender: chat("USER", "u1"), receiver: chat("USER", "u2") },
    { sender: chat("PATIENT", null), message: "Hello" },
    { message: "Hello" },
  ];
  const others = [
    { sender: chat("PATIENT", "p2") },
    { sender: chat("USER", "u1"), receiver: chat("PATIENT", "p2") },
    { sender: chat("PATIENT", "p1"), receiver: chat("PATIENT", "p2") },
    { sender: { id: "p2" } },
    { sender: "p2" },
    { sender: [chat("PATIENT", "p1")] },
  ];
  assert.deepEqual(await shown("/chat", inChat([...others, ...own])), inChat(own));
  const ownMail = [
    { direction: "IN", sender: "p1", receiver: "u1" },
    { direction: "OUT", sender: "u1", receiver: "p1" },
    { direction: "OUT", sender: "u1", receiver: null },
    { sender: "u1", receiver: "p1" },
    { subject: "Hello", patientInfo: "Kofi Mensah" },
  ];
  const othersMail = [
    { direction: "IN", sender: "p2", receiver: "u1" },
    { direction: "IN", sender: "p2", receiver: "p1" },
    { direction: "OUT", sender: "p1", receiver: "p2" },
    { direction: "OUT", sender: "u1", receiver: { id: "p1" } },
    { sender: "u1", receiver: "p2" },
    { direction: "toString", sender: "p2" },
    { patientInfo: { id: "p2" } },
  ];
  for (const path of ["/emails", "/sms"]) {
    assert.deepEqual(await shown(path, inContent([...othersMail, ...ownMail])), inContent(ownMail));
    for (const mail of ownMail) assert.deepEqual(await shown(`${path}/m1`, mail), mail);
    for (const mail of othersMail) assert.equal(await shown(`${path}/m1`, mail), 403);
  }
});

test("an encounter that names another patient inside is denied and left out of the list", async () => {
  const event = (...patients) => ({ participants: [{ participantId: "u1", participantRole: "psm" }, ...patients.map((participantId) => ({ participantId, participantRole: "patient" }))] });
  for (const [body, isOwn] of [
    [{ patientInfo: { patientId: "p1" } }, true],
    [{ patientInfo: null, calendarEvent: null }, true],
    [{ patientInfo: {}, calendarEvent: event() }, true],
    [{ calendarEvent: event("p1", "p2") }, true],
    [{ patientInfo: { patientId: "p2" } }, false],
    [{ patientInfo: { patientId: ["p1"] } }, false],
    [{ patientInfo: "p2" }, false],
    [{ calendarEvent: event("p2") }, false],
    [{ calendarEvent: event("p1"), currentScheduledAppointment: event("p2", "p3") }, false],
  ]) {
    for (const outer of [{}, { patientId: "p1" }]) {
      const encounter = { id: "x1", ...outer, jsonBody: body };
      const single = await shown("/encounters/x1", encounter);
      assert.deepEqual([single.id, single === 403], isOwn ? ["x1", false] : [undefined, true], JSON.stringify(body));
      assert.equal((await shown("/encounters", inData([encounter]))).data.length, isOwn ? 1 : 0, JSON.stringify(body));
    }
  }
  for (const jsonBody of [null, "p1", []]) assert.equal((await shown("/encounters/x1", { id: "x1", jsonBody })).id, "x1");
});

test("a goal with a task for another patient is denied, and a list of goals has no tasks and comments", async () => {
  const goal = (id) => ({ details: { id: "g1" }, tasks: [{ patient: id && { id } }] });
  assert.deepEqual(await shown("/care-plan/goals/g1", goal("p1")), { details: { id: "g1" } });
  assert.deepEqual(await shown("/care-plan/goals/g1", goal(null)), { details: { id: "g1" } });
  assert.equal(await shown("/care-plan/goals/g1", goal("p2")), 403);
  const listed = { id: "g1", name: "Walk" };
  assert.deepEqual(await shown("/care-plan/goals", inData([{ ...listed, tasks: [{}], comments: [{ text: "not yet" }] }])), inData([listed]));
});

test("an assessment shows values of the named CDTs alone", async () => {
  const withCdts = shown;
  const withoutCdts = asking(patientPolicy({ patientId: ({ patientId }) => patientId }));
  const record = (resolvedCdtValues) => ({ id: "a1", patientId: "p1", answers: { vitals__pulse: 72 }, resolvedCdtValues });
  const values = { vitals: [{ pulse: 72 }], "family-history": [{ note: "for the staff" }] };
  for (const [ask, given, left] of [
    [withCdts, values, { vitals: [{ pulse: 72 }] }],
    [withoutCdts, values, {}],
    [withoutCdts, {}, {}],
    [withoutCdts, null, {}],
    [withoutCdts, [{ pulse: 72 }], {}],
    [withoutCdts, "72", {}],
  ]) {
    assert.deepEqual(await ask("/assessment-records/a1", record(given)), record(left));
    assert.deepEqual(await ask("/assessment-records", inContent([record(given)])), inContent([record(left)]));
  }
  assert.deepEqual(await withoutCdts("/assessment-records/a1", { id: "a1" }), { id: "a1" });
});

test("the record of a document type is denied when the type is not among the named CDTs", async () => {
  const record = { id: "r1", patientId: "p1", jsonBody: { remark: "for the staff" } };
  const allow = (cdtNames) => patientPolicy({ patientId: ({ patientId }) => patientId, cdtNames });
  const { call, sent } = open({ allow: allow([]), session: { patientId: "p1" }, reply: record });
  assert.equal((await call(`${patient}/document-summary/d1/internal-note`)).status, 403);
  assert.deepEqual(sent, []);
  assert.equal(await asking(allow(["vitals"]))("/document-summary/d1/internal-note", record), 403);
  assert.deepEqual(await asking(allow(["internal-note"]))("/document-summary/d1/internal-note", record), record);
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
