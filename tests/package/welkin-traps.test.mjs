// What is odd about Welkin's JSON, each by its name; the first seven against the wire itself.

import assert from "node:assert/strict";
import { test } from "node:test";
import { failedRows, Welkin } from "carewire";
import { createSandbox } from "carewire/sandbox";

/** A client whose requests are kept, and answered with this. */
function recording(reply) {
  const sent = [];
  const fetch = async (url, init) => {
    sent.push({ url: new URL(url), body: init.body && JSON.parse(init.body) });
    return Response.json(reply);
  };
  const events = [];
  const options = { tenant: "gh", instance: "sb-demo", auth: () => "token", fetch, onEvent: (event) => events.push(event) };
  return { welkin: new Welkin(options), sent, drift: () => events.filter(({ type }) => type === "drift") };
}

test("null clears a field, a value sets it, and what is absent or undefined is left alone", async () => {
  const { welkin, sent } = recording({});
  await welkin.patients.update("p", { email: null, firstName: "Ada", lastName: undefined });
  assert.deepEqual(sent[0].body, { email: null, firstName: "Ada" });
});

test("null and absent stay different in a reply", async () => {
  const { welkin } = recording({ id: "e", title: null });
  const encounter = await welkin.encounters.get("p", "e");
  assert.equal(encounter.title, null);
  assert.ok(!("notes" in encounter));
});

test("a word that an enumeration does not know passes both ways, and is no drift", async () => {
  const { welkin, sent, drift } = recording({ id: "t", status: "ON_HOLD" });
  const task = { name: "Call", status: "ON_HOLD", priority: "LOW", assignee: { id: "u" } };
  assert.equal((await welkin.tasks.create(task)).status, "ON_HOLD");
  assert.equal(sent[0].body.status, "ON_HOLD");
  assert.deepEqual(drift(), []);
});

test("a field that the reference does not know survives a read and a write", async () => {
  const { welkin, sent } = recording({ id: "p", firstName: "Ada", newField: { kept: [1] } });
  const patient = await welkin.patients.get("p");
  await welkin.patients.update("p", patient);
  assert.deepEqual(sent[1].body.newField, { kept: [1] });
});

test("a list of ids is one parameter, joined by commas", async () => {
  const { welkin, sent } = recording([]);
  await welkin.workHours.list({ psmIds: ["a", "b"] });
  assert.equal(sent[0].url.searchParams.get("psmIds"), "a,b");
});

test("an empty filter is sent as an empty value", async () => {
  const { welkin, sent } = recording({ content: [], last: true });
  await welkin.patients.list({ timezone: "" });
  assert.equal(sent[0].url.search, "?timezone=");
});

test("a Date travels in UTC with milliseconds and Z, a flag as true or false", async () => {
  const { welkin, sent } = recording({ content: [], last: true });
  const from = new Date("2026-03-01T09:00:00+02:00");
  await welkin.calendarEvents.list({ from, to: "2026-03-02T00:00:00.000Z", includeCancelled: false });
  assert.deepEqual(Object.fromEntries(sent[0].url.searchParams), {
    from: "2026-03-01T07:00:00.000Z",
    to: "2026-03-02T00:00:00.000Z",
    includeCancelled: "false",
  });
});

test("an event begins at startDateTime, its encounter says startDatetime", async () => {
  const { welkin, drift } = recording({ id: "e", calendarEventStartDatetime: "2026-03-01T09:00:00.000Z" });
  assert.ok((await welkin.encounters.get("p", "e")).calendarEventStartDatetime);
  const event = recording({ id: "e", startDateTime: "2026-03-01T09:00:00.000Z", eventMode: "IN-PERSON", eventStatus: "Scheduled" });
  const { startDateTime, eventMode } = await event.welkin.calendarEvents.get("e");
  assert.deepEqual([startDateTime, eventMode], ["2026-03-01T09:00:00.000Z", "IN-PERSON"]);
  assert.deepEqual([...drift(), ...event.drift()], []);
});

test("a task is CANCELED, an event CANCELLED", async () => {
  const sandbox = createSandbox();
  const welkin = new Welkin({ tenant: "gh", instance: "sb-demo", auth: () => sandbox.issueToken(), fetch: sandbox.fetch });
  const [task] = await welkin.tasks.list().toArray({ limit: 1 });
  const [changed] = await welkin.tasks.bulkUpdateStatus({ taskIds: [task.id], status: "CANCELED" });
  assert.equal(changed.status, "CANCELED");
  const past = { from: "2020-01-01T00:00:00.000Z", to: new Date(Date.now() - 86_400_000), size: 100 };
  const event = (await welkin.calendarEvents.list(past)).content.find(({ eventStatus }) => eventStatus !== "CANCELLED");
  await welkin.calendarEvents.delete(event.id);
  assert.equal((await welkin.calendarEvents.get(event.id)).eventStatus, "CANCELLED");
});

test("a bulk change says of each row whether it was made, and failedRows finds the others", async () => {
  const sandbox = createSandbox();
  const welkin = new Welkin({ tenant: "gh", instance: "sb-demo", auth: () => sandbox.issueToken(), fetch: sandbox.fetch, drift: "strict" });
  const [{ id }] = (await welkin.patients.list({ size: 1 })).content;
  const made = await welkin.cdtRecords.create(id, "cdt-vitals", { "cdtf-heart-rate": 72 });
  const unknown = "00000000-0000-4000-8000-00000000dead";
  const { fields } = await welkin.cdtFormations.get("current", "cdt-vitals");
  const open = fields.find(({ bulkEdit }) => bulkEdit);
  const jsonBody = { [open.name]: open.meta.options[0].value };
  const rows = [made.id, unknown].map((row) => ({ id: row, jsonBody }));
  const result = await welkin.cdtRecords.bulkUpdate(id, "cdt-vitals", { rows });
  assert.equal(result.rows.length, 2);
  assert.deepEqual(failedRows(result).map((row) => row.id), [unknown]);
});
