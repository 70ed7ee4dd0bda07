// Mistakes that the declarations must find. A line that compiles after all fails this file.

import { apiKey, ApiError, InboxHealth, NotFoundError, tokenEndpoint, Welkin, type ClientEvent, type TokenProvider } from "carewire";
import { verifyInboxWebhook, type InboxEvent } from "carewire/edge";

const welkin = new Welkin({ baseUrl: "/api/welkin" });
const inbox = new InboxHealth({ baseUrl: "/api/inbox" });

// Webhooks.
declare const event: InboxEvent;
// @ts-expect-error: no event is called so
if (event.event_type === "patient_create") void event;
// @ts-expect-error: not a field of a patient
if (event.event_type === "patient_created") void event.event_data.object.total_charge_amount_cents;
// @ts-expect-error: the registered URL is required
void verifyInboxWebhook(new Request("https://portal.example.org"), { keys: ["synthetic"] });
// @ts-expect-error: an array of keys
void verifyInboxWebhook(new Request("https://portal.example.org"), { url: "https://portal.example.org", keys: "key" });

// Settings.
// @ts-expect-error: an option that does not exist
new Welkin({ baseUrl: "/api/welkin", timeout: 5 });
// @ts-expect-error: a number, not text
new Welkin({ baseUrl: "/api/welkin", timeoutMs: "5" });
// @ts-expect-error: not one of the words
new Welkin({ baseUrl: "/api/welkin", drift: "loud" });
// @ts-expect-error: a provider, not a token
new Welkin({ baseUrl: "/api/welkin", auth: "token" });
// @ts-expect-error: a provider that gives a number
new Welkin({ baseUrl: "/api/welkin", auth: () => 5 });
// @ts-expect-error: the address is required
new InboxHealth({});
// @ts-expect-error: a tenant is Welkin's
new InboxHealth({ baseUrl: "/api/inbox", tenant: "gh" });
// @ts-expect-error: a header whose value is no text
new InboxHealth({ baseUrl: "/api/inbox", headers: { "x-portal": 1 } });
// @ts-expect-error: no URL
tokenEndpoint(5);
// @ts-expect-error: an option that does not exist
tokenEndpoint("/auth", { header: {} });
// @ts-expect-error: the key is `token`
export const provider: TokenProvider = () => ({ accessToken: "x" });

// Arguments.
// @ts-expect-error: the id is missing
void welkin.patients.get();
// @ts-expect-error: the id is text
void welkin.patients.get(5);
// @ts-expect-error: the id is a number
void inbox.invoices.get("31");
// @ts-expect-error: a query parameter that does not exist
void welkin.patients.get("p1", { expnd: true });
// @ts-expect-error: a path is no file
void welkin.documentFiles.upload("p1", "d1", { files: ["scan.pdf"] });
// @ts-expect-error: a part that does not exist
void welkin.documentFiles.upload("p1", "d1", { file: new Blob() });
// @ts-expect-error: a form without its file
void welkin.documentFiles.upload("p1", "d1", {});
// @ts-expect-error: a boolean
void welkin.patients.get("p1", { expand: "yes" });
// @ts-expect-error: the query is required
void welkin.calendarEvents.list();
// @ts-expect-error: `to` is required
void welkin.calendarEvents.list({ from: new Date() });
// @ts-expect-error: a list of ids
void welkin.calendarEvents.list({ from: new Date(), to: new Date(), participantIds: "u1" });
// @ts-expect-error: an option that does not exist
void welkin.patients.get("p1", {}, { timeout: 5 });
// @ts-expect-error: a method that does not exist
void welkin.patients.remove("p1");
// @ts-expect-error: a resource that does not exist
void welkin.patient;
// @ts-expect-error: Inbox Health has none
void inbox.calendarEvents;

// Bodies.
// @ts-expect-error: a field that does not exist
void welkin.patients.create({ firstName: "Robin", lastName: "Marsh", fristName: "x" });
// @ts-expect-error: a field is missing
void welkin.patients.create({ firstName: "Robin" });
// @ts-expect-error: what is required cannot be null
void welkin.patients.create({ firstName: null, lastName: "Marsh" });
// @ts-expect-error: null clears a field of an update, there is nothing to clear yet
void welkin.patients.create({ firstName: "Robin", lastName: "Marsh", email: null });
// @ts-expect-error: a field that does not exist
void welkin.patients.update("p1", { emial: null });
// @ts-expect-error: text
void welkin.patients.update("p1", { email: 5 });
// @ts-expect-error: the record itself, without its envelope
void inbox.invoices.create({ invoice: { patient_id: 77 } });
// @ts-expect-error: what travels beside the record comes after it
void inbox.invoices.create({ patient_id: 77, email: "robin.marsh@example.org" });
// @ts-expect-error: a nested field that does not exist
void inbox.invoices.create({ line_items_attributes: [{ amount_cents: 5 }] });
// @ts-expect-error: null clears a field of a change, there is nothing to clear yet
void inbox.invoices.create({ line_items_attributes: [{ description: null }] });
// @ts-expect-error: a nested field that does not exist
void inbox.invoices.update(31, { line_items_attributes: [{ id: 20_001, amount_cents: 5 }] });
// @ts-expect-error: a nested amount is a number
void inbox.invoices.update(31, { line_items_attributes: [{ id: 20_001, total_charge_amount_cents: "5" }] });
// @ts-expect-error: a filter compares with one value
void inbox.patients.list({ filter: { enterprise_id: [1, 2] } });
// @ts-expect-error: null is no value of a filter
void inbox.patients.list({ filter: { first_name: null } });
// @ts-expect-error: the method of payment is required
void inbox.payments.create({ patient_id: 77 });

// @ts-expect-error: a status is a word
void welkin.assessmentRecords.replace("p1", "r1", { status: {} });

// Replies.
export async function came(): Promise<void> {
  for await (const { jsonBody } of welkin.encounters.listByUser("u1")) {
    // @ts-expect-error: system keys may be missing in lists by user
    void jsonBody.created_at.length;
  }
  const { jsonBody } = await welkin.cdtRecords.create("p1", "cdt-vitals", { "cdtf-taken-at": new Date() });
  // @ts-expect-error: a date comes back as text
  void jsonBody["cdtf-taken-at"]?.getTime();
}
export async function replies(): Promise<void> {
  const patient = await welkin.patients.get("p1");
  // @ts-expect-error: a field that does not exist
  patient.fristName;
  // @ts-expect-error: it may be null
  patient.birthDate.length;
  const invoice = await inbox.invoices.get(31);
  // @ts-expect-error: it may be absent
  invoice.notes.length;
  // @ts-expect-error: the page is not its records
  (await welkin.patients.list()).length;
  // @ts-expect-error: an option that does not exist
  await welkin.patients.list().toArray({ max: 5 });
  for await (const user of welkin.users.list()) {
    // @ts-expect-error: a user, not a patient
    user.firstName.mrn;
  }
  const nothing = await welkin.patients.delete("p1");
  // @ts-expect-error: there is no reply
  nothing.id;
}

// What the customer shapes.
interface Vitals {
  heart_rate: number;
  taken_by: string | null;
}
export async function shaped(): Promise<void> {
  const record = await welkin.cdtRecords.get<Vitals>("p1", "vitals", "r1");
  // @ts-expect-error: a field that does not exist
  record.jsonBody.heart_rat;
  // @ts-expect-error: it may be null
  record.jsonBody.taken_by.length;
  // @ts-expect-error: what is not set is null
  record.jsonBody.heart_rate.toFixed();
  // @ts-expect-error: so are answers that nobody gave
  (await welkin.assessmentRecords.get<Vitals>("p1", "a1")).answers.heart_rate.toFixed();
  // @ts-expect-error: a new record has a value
  await welkin.cdtRecords.create<Vitals>("p1", "vitals", { heart_rate: null, taken_by: null });
  // @ts-expect-error: the customer's fields come back in `jsonBody`
  record.heart_rate;
  // @ts-expect-error: they go out flat
  await welkin.cdtRecords.create<Vitals>("p1", "vitals", { jsonBody: { heart_rate: 71, taken_by: null } });
  // @ts-expect-error: a field is missing
  await welkin.cdtRecords.create<Vitals>("p1", "vitals", { heart_rate: 71 });
  // @ts-expect-error: a number
  await welkin.cdtRecords.create<Vitals>("p1", "vitals", { heart_rate: "71", taken_by: null });
  // @ts-expect-error: a field that does not exist
  await welkin.cdtRecords.update<Vitals>("p1", "vitals", "r1", { heart_rat: 72 });
  // @ts-expect-error: a number
  await welkin.cdtRecords.update<Vitals>("p1", "vitals", "r1", { heart_rate: "72" });
  // @ts-expect-error: a field that does not exist
  await welkin.cdtRecords.bulkUpdate<Vitals>("p1", "vitals", { rows: [{ id: "r1", jsonBody: { heart_rat: 72 } }] });
  // @ts-expect-error: an object
  welkin.cdtRecords.list<string>("p1", "vitals");
  for await (const row of welkin.cdtRecords.list<Vitals>("p1", "vitals")) {
    // @ts-expect-error: text is not a number
    row.jsonBody.heart_rate = "71";
  }
  // @ts-expect-error: nothing is known of it
  (await welkin.cdtRecords.get("p1", "vitals", "r1")).jsonBody["heart_rate"].toFixed();
  // @ts-expect-error: a dictionary holds text
  welkin.dictionaryRecords.list<Vitals>("cpt");
  // @ts-expect-error: a dictionary holds text
  await welkin.dictionaryRecords.add("cpt", { records: [{ values: { code: 99213 } }] });
  // @ts-expect-error: a field that does not exist
  (await welkin.assessmentRecords.get<Vitals>("p1", "a1")).answers.heart_rat;
  // @ts-expect-error: a version is a number
  await welkin.assessmentRecords.replace("p1", "a1", { version: "two" });
  // @ts-expect-error: it may be an array
  (await welkin.goalTasks.create("p1", "g1", { name: "Call back" })).name;
  for await (const row of welkin.exports.read("CDT_RECORD")) {
    // @ts-expect-error: nothing is known of it
    row.jsonBody;
  }
}
export function hooked(event: Welkin.EventWebhookPayload<{ ward: string }>): void {
  // @ts-expect-error: a field that does not exist
  event.wing;
  // @ts-expect-error: it may be absent
  event.patientId.length;
}

// Inbox Health.
export async function money(): Promise<void> {
  // @ts-expect-error: an amount is a number of cents
  await inbox.paymentAdjustments.create({ payment_id: 9, amount_cents: "500" }, { voided: false });
  // @ts-expect-error: it travels beside the record
  await inbox.paymentAdjustments.create({ payment_id: 9, amount_cents: 500, voided: true });
  // @ts-expect-error: the payment, not its amount
  await inbox.paymentAdjustments.create({ payment_id: 9, amount_cents: 500 }, { voided: true, payment: 500 });
  // @ts-expect-error: what is compared is not sent
  await inbox.call("paymentAdjustmentsCreate", { body: { payment_adjustment: {}, payment: {} } });
  // @ts-expect-error: how it is paid must be said
  await inbox.payments.quickPay({ invoice: {}, payment: { expected_amount_cents: 2500 } });
  // @ts-expect-error: nobody knows the pages of this list
  for await (const file of inbox.sftpUploads.list()) void file;
}
// @ts-expect-error: there are two schemes
apiKey(() => "key", { scheme: "bearer" });
// @ts-expect-error: a key comes from a function, so that it can change
apiKey("key");
// @ts-expect-error: its name is perSecond
new InboxHealth({ baseUrl: "/api", limit: { perMinute: 600 } });
// @ts-expect-error: Welkin publishes no rate
new Welkin({ baseUrl: "/api", limit: { perSecond: 10 } });

// The generic call.
export async function generic(): Promise<void> {
  // @ts-expect-error: an operation that does not exist
  await welkin.call("patientsGett", { path: { patientId: "p1" } });
  // @ts-expect-error: an operation of the other API
  await welkin.call("invoicesGet", { path: { id: 31 } });
  // @ts-expect-error: the path is required
  await welkin.call("patientsGet");
  // @ts-expect-error: its name is patientId
  await welkin.call("patientsGet", { path: { id: "p1" } });
  // @ts-expect-error: the query is required
  await welkin.call("calendarEventsList", {});
  // @ts-expect-error: there is no body
  await welkin.call("patientsGet", { path: { patientId: "p1" }, body: {} });
  // @ts-expect-error: on the wire the filter is `filter[name]`
  await inbox.call("invoicesList", { query: { filter: { first_name: "Robin" } } });
  // @ts-expect-error: on the wire the record is in its envelope
  await inbox.call("invoicesCreate", { body: { patient_id: 77 } });
  // @ts-expect-error: on the wire the id is repeated
  await inbox.call("invoicesUpdate", { path: { id: 31 }, body: { invoice: {} } });
  // @ts-expect-error: the reply has its envelope
  (await inbox.call("invoicesGet", { path: { id: 31 } })).data.patient_id;
  // @ts-expect-error: nothing is known of it
  (await welkin.request("GET", "/x")).data.ready;
}

// Errors and events.
// @ts-expect-error: the package alone makes its errors
void new NotFoundError("gone", { cause: undefined });
// @ts-expect-error: they have no status otherwise
void new NotFoundError();
declare const error: unknown;
if (error instanceof ApiError) {
  // @ts-expect-error: errors are read, not written
  error.status = 5;
}
export function observe(event: ClientEvent): void {
  // @ts-expect-error: not every event has a status
  event.status;
  // @ts-expect-error: a type that does not exist
  if (event.type === "requested") return;
}
