// What a stranger writes with the package. It must compile wherever the package runs.

import {
  AbortError,
  apiKey,
  ApiError,
  CarewireError,
  ConfigError,
  DecodeError,
  init,
  InboxHealth,
  NotFoundError,
  TimeoutError,
  TokenError,
  tokenEndpoint,
  TooManyRequestsError,
  Welkin,
  type Answer,
  type CallOptions,
  type ClientEvent,
  type FileDownload,
  type FileSource,
  type Item,
  type List,
  type Open,
  type Outcome,
  type Patch,
  type Token,
  type TokenProvider,
  type WelkinOptions,
} from "carewire";

const options: WelkinOptions = {
  tenant: "gh",
  instance: "sb-demo",
  auth: tokenEndpoint("/auth/welkin"),
};
export const welkin = new Welkin(options);
export const inbox = new InboxHealth({ baseUrl: "/api/inbox" });

// Everything a client can be told.
declare const timeout: number | undefined;
export const everything = new Welkin({
  ...options,
  baseUrl: "https://api.live.welkincloud.io",
  authBaseUrl: "https://api.welkinhealth.com",
  headers: { "x-portal": "1" },
  timeoutMs: timeout,
  retries: 3,
  drift: "strict",
  fetch: async (url, init) => new Response(`${url} ${init?.method}`),
  onEvent(event) {
    if (event.type === "drift") return void event.path.length;
    if (event.type === "response") return void event.durationMs.toFixed();
    if (event.type === "token") return void event.action.length;
  },
  dangerouslyAllowBrowser: false,
});
export const withHeaders = [
  new InboxHealth({ baseUrl: "/api", headers: new Headers({ "x-portal": "1" }) }),
  new InboxHealth({ baseUrl: "/api", headers: [["x-portal", "1"]] }),
  new InboxHealth({ baseUrl: "/api", onEvent: async (event: ClientEvent) => void event.type, fetch }),
];

// On a server, with the key itself and a rate of one's own.
declare const key: () => Promise<string>;
export const onServers = [
  new InboxHealth({ baseUrl: "https://inbox.example.org", auth: apiKey(key) }),
  new InboxHealth({ baseUrl: "https://inbox.example.org", auth: apiKey(key, { scheme: "header" }), limit: {} }),
  new InboxHealth({ baseUrl: "https://inbox.example.org", auth: apiKey(() => "key", { scheme: "basic" }), limit: { perSecond: 2.5, burst: 5 } }),
];

// Money.
export async function refundAndVoid(id: number): Promise<string | null | undefined> {
  const payment = await inbox.payments.get(id);
  await inbox.paymentAdjustments.create({ payment_id: id, amount_cents: 500 }, { voided: false });
  const { status } = await inbox.paymentAdjustments.create(
    { payment_id: id, amount_cents: payment.expected_amount_cents ?? 0 },
    { voided: true, payment },
  );
  await inbox.call("paymentAdjustmentsCreate", { body: { payment_adjustment: { payment_id: id, amount_cents: 500 }, voided: false } });
  await inbox.payments.quickPay({
    invoice: { patient_id: 77, line_items_attributes: [{ service_code: "99213", total_charge_amount_cents: 2500 }] },
    payment: { patient_id: 77, payment_method_type: "cash", expected_amount_cents: 2500 },
  });
  return status;
}

// Lists of Inbox Health, and the one whose pages nobody knows.
export async function listsOfInboxHealth(): Promise<number> {
  const query = { filter: { first_name: "Robin" }, sort: "id", page: 1, per_page: 50 };
  let sum = 0;
  for await (const { total_insurance_balance_cents } of inbox.invoices.listByPatient(77, query)) {
    sum += total_insurance_balance_cents ?? 0;
  }
  for await (const { payments } of inbox.payments.list().pages()) sum += payments?.length ?? 0;
  const uploads: unknown = (await inbox.sftpUploads.list({ enterprise_ids: [3, 4] }))["sftp_uploads"];
  void uploads;
  return sum;
}

// Token providers of all shapes.
export const providers: TokenProvider[] = [
  () => "token",
  async () => "token",
  () => ({ token: "token" }),
  async ({ forceRefresh, signal }) => ({ token: `${forceRefresh} ${signal.aborted}`, expiresAt: new Date() }),
  () => ({ token: "token", expiresAt: "2026-01-01T00:00:00Z" }),
  (): Token => ({ token: "token", expiresAt: undefined }),
  tokenEndpoint(new URL("https://portal.example.org/auth"), { headers: { "x-portal": "1" }, fetch }),
];

export async function readAndWrite(id: string, signal: AbortSignal): Promise<string> {
  const patient = await welkin.patients.get(id, { type: "MRN", expand: true }, { signal, timeoutMs: 5_000 });
  const name: string = patient.firstName;
  const birth: string | null = patient.birthDate;
  const unknownField: unknown = (patient as Open<Welkin.Patient>)["somethingNew"];
  if (patient.gender === "FEMALE" || patient.gender === "a new word") void unknownField;
  for (const { id: member, pointOfContact } of patient.careTeam) if (pointOfContact) void member.toUpperCase();

  // A change sets, clears and leaves; dates may be dates.
  const change: Patch<Welkin.PatientUpdate> = { middleName: null, email: "robin.marsh@example.org" };
  await welkin.patients.update(id, { ...change, birthDate: new Date(0), phone: undefined });
  await welkin.patients.update(id, { birthDate: null });
  await welkin.patients.create({ firstName: "Robin", lastName: "Marsh", birthDate: birth ?? new Date() });
  const unknownToTheReference: Open<Welkin.PatientCreate> = { firstName: "Robin", lastName: "Marsh", newField: 5 };
  await welkin.patients.create(unknownToTheReference);
  type Row = Omit<Welkin.Patient, "careTeam">;
  const row: Row = patient;
  const columns: (keyof Row)[] = ["firstName", "mrn"];
  void columns.map((column) => row[column]);
  const nothing: void = await welkin.calendarEvents.delete(id);
  void nothing;
  return name;
}

export async function lists(from: Date, ids: readonly string[]): Promise<number> {
  const list = welkin.calendarEvents.list({ from, to: new Date(), participantIds: ids, eventType: undefined });
  const typed: List<Welkin.CalendarEventPage, Welkin.CalendarEvent> = list;
  const page = await list;
  let count: number = page.totalElements + (await typed).content.length;
  for await (const event of list) count += event.duration + event.participants.length;
  for await (const { content } of list.pages()) count += content.length;
  const array: Welkin.CalendarEvent[] = await list.toArray({ limit: 10 });
  const both = await Promise.all([welkin.users.list(), welkin.patients.findByFilter({}, { page: 1, size: 50 })]);
  const users: Welkin.User[] = both[0].data;
  const patients: Item<Welkin.PatientPage["content"]>[] = both[1].content;
  const query: Welkin.UsersListQuery = { search: "Marsh", userState: "ACTIVE" };
  const first = await welkin.users.list(query).catch(() => undefined).finally(() => {});
  return count + array.length + users.length + patients.length + (first?.data.length ?? 0);
}

interface Vitals {
  heart_rate: number;
  taken_by: string | null;
}
interface Answers {
  phq9__question_1: "0" | "1" | "2" | "3";
}
interface Procedure {
  code: string;
  title: string;
}

// What the customer shapes in Designer has the type that the caller names.
export async function shaped(patientId: string, id: string): Promise<number> {
  const list: List<Welkin.CdtRecordPage<Vitals>, Welkin.CdtRecord<Vitals>> = welkin.cdtRecords.list<Vitals>(patientId, "vitals");
  let sum = (await list).data.content.length;
  for await (const { jsonBody } of list) sum += (jsonBody.heart_rate ?? 0) + jsonBody.created_at.length;
  // Flat on the way out, in `jsonBody` on the way back.
  const vitals: Vitals = { heart_rate: 71, taken_by: null };
  const record = await welkin.cdtRecords.create(patientId, "vitals", vitals);
  const rate: number | null = record.jsonBody.heart_rate;
  sum += rate ?? 0;
  await welkin.cdtRecords.update<Vitals>(patientId, "vitals", id, { taken_by: null, heart_rate: undefined });
  const part: Partial<Vitals> = { heart_rate: 72 };
  await welkin.cdtRecords.update(patientId, "vitals", id, part);
  const { rows } = await welkin.cdtRecords.bulkUpdate<Vitals>(patientId, "vitals", { rows: [{ id, jsonBody: part }] });
  sum += rows[0]?.jsonBody.heart_rate ?? 0;
  // Without a name it is an open object.
  const open = await welkin.cdtRecords.get(patientId, "vitals", id, { type: "EID" });
  const unknownField: unknown = open.jsonBody["heart_rate"];
  const plain: Welkin.CdtRecord = open;
  void [unknownField, plain.jsonBody.updated_at];
  await welkin.cdtRecords.update(patientId, "vitals", id, { anything: ["at", "all"] });

  const note = await welkin.documentTypeRecords.replace(patientId, id, "doc-type-note", { text: "seen", pages: 2 });
  sum += note.jsonBody.pages ?? 0;
  const disposition = await welkin.encounterDispositions.update<Procedure>(patientId, id, { code: null });
  const full: Welkin.FullEncounter<Procedure> = await welkin.encounters.getFull<Procedure>(patientId, id);
  void [disposition.jsonBody.code, full.disposition?.jsonBody.title, full.encounter.jsonBody.status];
  for await (const each of welkin.encounters.listFullByUser<Procedure>(id)) void each.disposition?.jsonBody.code;

  const assessment = await welkin.assessmentRecords.get<Answers>(patientId, id);
  const answer: "0" | "1" | "2" | "3" | null = assessment.answers.phq9__question_1;
  await welkin.assessmentRecords.updateAnswers<Answers>(patientId, id, { phq9__question_1: answer });
  await welkin.assessmentRecords.replace(patientId, id, { ...assessment, status: "COMPLETED" });
  await welkin.assessmentRecords.replace<Answers>(patientId, id, { status: "COMPLETED", answers: { phq9__question_1: "3" } });

  const rowsOfDictionary: Welkin.DictionaryRecord<Procedure>[] = await welkin.dictionaryRecords.list<Procedure>("cpt").toArray();
  await welkin.dictionaryRecords.add("cpt", { records: [{ values: { code: "99213", title: "Visit" } }] });
  const row = await welkin.dictionaryRecords.get("cpt", id);
  const value: string | undefined = row.values["code"];
  void [rowsOfDictionary[0]?.values.title, value];

  for await (const exported of welkin.exports.read<Welkin.CdtRecord<Vitals>>("CDT_RECORD")) sum += exported.jsonBody.heart_rate ?? 0;
  return sum;
}

// What Welkin posts to webhooks.
export function hooked(chat: Welkin.ChatWebhookPayload, event: Welkin.EventWebhookPayload<{ ward: string }>): string {
  return chat.message + event.ward + event.eventEntity + (event.patientId ?? "");
}

// One record, or an array of it.
export async function oneOrMany(patientId: string, id: string): Promise<Welkin.Task[]> {
  const created: Welkin.Task | Welkin.Task[] = await welkin.goalTasks.create(patientId, id, { name: "Call back" });
  return Array.isArray(created) ? created : [created];
}

export async function billing(patientId: number): Promise<void> {
  const line: InboxHealth.NestedLineItemAttributes = { service_code: "X1001", quantity: 1, total_charge_amount_cents: 12_500 };
  const draft: InboxHealth.InvoiceInput = { patient_id: patientId, line_items_attributes: [line] };
  const invoice = await inbox.invoices.create(draft, { email: "robin.marsh@example.org" });
  const owed: number | null | undefined = invoice.total_insurance_balance_cents;
  void owed;
  await inbox.invoices.update(invoice.id, { notes: null });
  // An element with an id is a change as well.
  await inbox.invoices.update(invoice.id, { line_items_attributes: [{ id: 20_001, description: null }, line] });
  const { line_items } = await inbox.lineItems.listByInvoice(invoice.id);
  await inbox.invoices.update(invoice.id, { line_items_attributes: line_items ?? [] });
  await inbox.invoicePayments.update(9_001, {
    payment_reasons_invoice_payments_attributes: [{ id: 30_001, payment_reason_id: 101 }, { payment_reason_id: 102 }],
  });
  const emergency_contacts_attributes = [{ id: 30_002, secondary_phone: null }];
  await inbox.patients.update(patientId, { emergency_contacts_attributes });
  await inbox.call("invoicesUpdate", {
    path: { id: 31 },
    body: { id: 31, invoice: { line_items_attributes: [{ id: 20_001, description: null }] } },
  });
  const status: string | undefined = undefined;
  await inbox.patients.list({ filter: { enterprise_id: 1, removed: false, first_name: "Robin", status } });
  await inbox.payments.create({ payment_method_type: "cash", patient_id: patientId }, { invoice_id: invoice.id });
  for await (const payment of inbox.payments.listByPatient(patientId, { filter: { status: "refunded" }, page: 2 })) {
    const status: string | null | undefined = payment.status;
    void status;
  }
}

export async function generic(): Promise<void> {
  const answer = await welkin.call("patientsGet", { path: { patientId: "p1" }, query: { expand: true } });
  const typed: Answer<Welkin.Patient> = answer;
  const { data, status, headers, requestId, attempts } = typed;
  void [data.firstName, status.toFixed(), headers.get("x"), requestId?.length, attempts];
  const users: Answer<Welkin.UserList> = await welkin.call("usersList");
  void (await welkin.call("usersList", {}, { retries: 0 })).data.metaInfo.lastPage;
  const invoices = await inbox.call("invoicesList", { query: { "filter[first_name]": "Robin", page: 2 } });
  void [users, invoices.data.invoices];
  const updated = await inbox.call("invoicesUpdate", { path: { id: 31 }, body: { id: 31, invoice: { notes: null } } });
  void [updated.data.invoice.id, (updated.data as Open<typeof updated.data>)["sibling"]];
  const gone: undefined = (await welkin.call("patientsDelete", { path: { patientId: "p1" } })).data;
  void gone;
  // Ids that are known while the program runs only.
  const id: keyof Welkin.Operations = "usersList";
  // What is undefined is left out.
  const nothing = undefined;
  void (await welkin.call("usersList", { path: nothing, query: nothing, body: nothing }, nothing));
  void (await welkin.request("GET", "/gh/sb-demo/x", { query: nothing, body: nothing }, nothing));
  void (await welkin.users.list(nothing, nothing).toArray({ limit: nothing }));
  void welkin.call(id);
  interface Ready {
    ready: boolean;
  }
  const ready = await welkin.request<Ready>("GET", "/gh/sb-demo/ready", { query: { deep: [1, "2", true] as const, no: undefined } });
  void ready.data.ready;
  const anything: unknown = (await welkin.request("POST", "/gh/sb-demo/x", { body: { a: 1 } }, { timeoutMs: 1 })).data;
  void anything;
}

export async function files(scan: Blob, stream: ReadableStream<Uint8Array>, options: CallOptions): Promise<void> {
  const several: FileSource[] = [scan, stream, new Uint8Array(3), new ArrayBuffer(3), { data: stream, name: "scan.pdf", type: "application/pdf" }];
  const stored: Welkin.FileInfo[] = await welkin.documentFiles.upload("p1", "d1", { files: several }, options);
  await welkin.documentFiles.upload("p1", "d1", { files: scan }, { onProgress: ({ loaded, total }) => void [loaded.toFixed(), total?.toFixed()] });
  await welkin.emails.send("p1", { subject: "Hello", sendNow: true });
  await welkin.emails.send("p1", { subject: "Hello", sendNow: "true", attachmentsAsFiles: [scan] });
  await welkin.call("documentFilesUpload", { path: { patientId: "p1", documentSummaryId: "d1" }, body: { files: [scan] } });
  const file: FileDownload = await welkin.documentFiles.download("p1", "d1", stored[0]?.id ?? "");
  const name: string | undefined = file.name;
  const blob: Blob = await file.blob();
  const bytes: Uint8Array = await file.bytes();
  for (const part of [file.stream().getReader(), file.arrayBuffer(), file.size?.toFixed(), file.headers.get("x")]) void part;
  const answer: Answer<FileDownload> = await welkin.call("documentFilesDownload", { path: { patientId: "p1", documentSummaryId: "d1", fileId: "f1" } });
  void [name, blob.type, bytes.length, answer.data.type];
}

// Classes fit where any class does, though nobody but the package makes their errors.
export const classes: (new (...given: any[]) => any)[] = [CarewireError, ApiError, NotFoundError, ConfigError, TokenError];
export class OwnError extends ApiError {}
export type Made = InstanceType<typeof NotFoundError>;

export function explain(error: unknown): string {
  const outcome: Outcome | undefined = error instanceof CarewireError ? error.outcome : undefined;
  if (error instanceof NotFoundError) return `${error.status} ${error.errors[0]?.errorCode}`;
  if (error instanceof TooManyRequestsError) return `${error.retryAfterMs ?? 0}`;
  if (error instanceof ApiError) return `${error.requestId} ${error.headers.get("x")}`;
  if (error instanceof TimeoutError) return error.timeoutMs.toFixed();
  if (error instanceof TokenError) return error.reason === "exchange_limited" ? "later" : error.reason;
  if (error instanceof DecodeError) return `${error.path} ${error.expected} ${error.found}`;
  if (error instanceof ConfigError) return error.parameter;
  if (error instanceof AbortError) return error.name;
  return `${outcome}`;
}

export async function loading(module: WebAssemblyModule, bytes: Uint8Array): Promise<void> {
  await init();
  await init("/static/carewire_bg.wasm");
  await init(new URL("https://portal.example.org/carewire_bg.wasm"));
  await init(bytes);
  await init(bytes.buffer);
  await init(module);
  await init(await fetch("https://portal.example.org/carewire_bg.wasm"));
  await init(fetch("https://portal.example.org/carewire_bg.wasm"));
}
// Not every runtime's types name it.
type WebAssemblyModule = typeof globalThis extends { WebAssembly: { Module: new (...given: never[]) => infer M } } ? M : object;

/** What an application wraps around a client. */
export class Portal {
  constructor(
    private readonly client: Welkin,
    private readonly defaults: CallOptions = {},
  ) {}

  patients(query?: Welkin.PatientsListQuery): List<Welkin.PatientPage, Welkin.Patient> {
    return this.client.patients.list(query, this.defaults);
  }
}
