// Every paging style of the references, page by page to the end, against the sandbox.

import assert from "node:assert/strict";
import { test } from "node:test";
import { InboxHealth, Welkin } from "carewire";
import { createSandbox } from "carewire/sandbox";

const sandbox = createSandbox();
const { fetch } = sandbox;
const welkin = new Welkin({ tenant: "gh", instance: "sb-demo", auth: () => sandbox.issueToken(), fetch, drift: "strict" });
const inbox = new InboxHealth({ baseUrl: "https://inbox.example.test", auth: () => "key", fetch, drift: "strict" });

/** Collects a list, and the queries that it took. */
async function collect(list) {
  const before = sandbox.requests.length;
  const records = [];
  for await (const record of list) records.push(record);
  const queries = sandbox.requests.slice(before).map(({ query }) => Object.fromEntries(query));
  return { records, queries };
}

/** The same records in small pages as in one, with the filter on each request. */
async function holds(list, small, large, filter = {}) {
  const inPages = await collect(list({ ...filter, ...small }));
  const atOnce = await collect(list({ ...filter, ...large }));
  assert.ok(inPages.records.length > 0, "there are records");
  assert.ok(inPages.queries.length > 2, "there are several pages");
  assert.deepEqual(inPages.records, atOnce.records);
  for (const query of inPages.queries) {
    for (const [name, value] of Object.entries(filter)) assert.equal(query[name], String(value));
  }
  return inPages;
}

/** The first patient for whom this list has more than one record. */
async function patientWith(list) {
  for await (const { id } of welkin.patients.list({ size: 200 })) {
    if ((await list(id).toArray({ limit: 3 })).length > 2) return id;
  }
  throw new Error("no patient has enough records");
}

test("spring-page: filters stay on every page", async () => {
  const { queries } = await holds((query) => welkin.patients.list(query), { size: 3 }, { size: 1000 }, { query: "an" });
  assert.deepEqual(queries.map(({ page }) => Number(page ?? 0)), queries.map((_, at) => at));
});

test("a filter that is sent as a body stays on every page", async () => {
  await holds((query) => welkin.patients.findByFilter({}, query), { size: 50 }, { size: 1000 });
});

test("named-spring-page: the records lie inside data", async () => {
  const patient = await patientWith((id) => welkin.cdtRecords.list(id, "cdt-vitals"));
  await holds((query) => welkin.cdtRecords.list(patient, "cdt-vitals", query), { size: 1 }, { size: 100 }, { dateStart: "2000-01-01T00:00:00.000Z" });
});

test("meta-info: the records lie beside their meta data", async () => {
  await holds((query) => welkin.tasks.list(query), { size: 5 }, { size: 1000 }, { status: "TODO" });
});

test("page-token: with a token nothing else is sent", async () => {
  const patient = await patientWith((id) => welkin.chatMessages.list(id));
  const { queries } = await holds((query) => welkin.chatMessages.list(patient, query), { pageSize: 1 }, { pageSize: 100 });
  for (const query of queries.slice(1)) assert.deepEqual(Object.keys(query), ["pageToken"]);
});

test("cursor: the next page starts at the end of this one", async () => {
  const { queries } = await holds((query) => welkin.exports.read("PATIENT", query), { pageSize: 60 }, { pageSize: 1000 });
  assert.ok(queries.slice(1).every(({ start }) => start));
});

test("a plain array and an object of records are one page", async () => {
  for (const list of [welkin.programs.list("current"), welkin.dictionaryRecords.list("drug-classes")]) {
    const { records, queries } = await collect(list);
    assert.ok(records.length > 0);
    assert.equal(queries.length, 1);
  }
});

test("page-number: only an empty page ends the list", async () => {
  const { queries } = await holds((query) => inbox.patients.list(query), { per_page: 80 }, { per_page: 1000 });
  assert.deepEqual(queries.map(({ page }) => Number(page ?? 1)), queries.map((_, at) => at + 1));
});
