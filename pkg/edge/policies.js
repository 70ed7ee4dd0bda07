// The two policies that most portals begin with.

import { check } from "../client/options.js";
import { areas } from "./areas.js";
import { aFunction, anything, checkAll, names } from "./settings.js";

/** Allows by role what lies in the areas that the role is granted. */
export function staffPolicy(given) {
  checkAll(given, { roles: anything, role: aFunction }, ["roles", "role"], "options");
  const { roles, role } = given;
  checkGrants(roles);
  const rule = (area, access) => {
    // Who may write, may read what is written.
    const grants = access === "read" ? [`${area}:read`, `${area}:write`] : [`${area}:write`];
    const may = new Set(Object.keys(roles).filter((name) => roles[name].some((grant) => grants.includes(grant))));
    return may.size > 0 && (({ session }) => [role(session)].flat().some((name) => may.has(name)));
  };
  const policy = (ofApi) => {
    const rules = {};
    for (const [area, operations] of Object.entries(ofApi)) {
      for (const [access, ids] of Object.entries(operations)) {
        const allow = rule(area, access);
        for (const id of ids) rules[id] = allow;
      }
    }
    return rules;
  };
  return { welkin: policy(areas.welkin), inbox: policy(areas.inbox) };
}

function checkGrants(roles) {
  const known = new Set(Object.values(areas).flatMap((ofApi) => Object.keys(ofApi)).flatMap((area) => [`${area}:read`, `${area}:write`]));
  const grants = [
    (value) => Array.isArray(value) && value.every((grant) => known.has(grant)),
    `an array of ${[...known].join(", ")}`,
  ];
  check(roles, Object.fromEntries(Object.keys(roles ?? {}).map((name) => [name, grants])), "options.roles");
}

const paging = ["page", "size", "sort"];

/**
 * What a patient may read of the own Welkin record. Left out are comments and tasks of the staff among
 * themselves, encounters in full, everything that writes, and parameters that change what the path means
 * (`type`), add people (`withCareTeam`) or say on their own what is read (`pageToken`).
 *
 * - `query`: the parameters that may be given.
 * - `at`: where a list holds its records; without it the reply is the record.
 * - `whose`: groups of people that a record names beside its `patientId`. The patient has to be in each
 *   that names anybody: that the API compares them with the path is not known.
 * - `named`: the path parameter that names a CDT; a document type is one too.
 * - `shown`: what is left of a record.
 */
const ownRecord = {
  patientProgramsList: { at: ["data"], query: ["assignedPrograms", ...paging] },
  patientProgramsGetCurrent: {},
  patientProgramsGetById: {},
  patientProgramsGetByName: {},
  cdtRecordsList: { at: ["data", "content"], query: ["fields", "dateStart", "dateEnd", ...paging], named: "cdtName" },
  cdtRecordsGet: { named: "cdtName" },
  assessmentRecordsList: { at: ["content"], query: paging, shown: assessment },
  assessmentRecordsGet: { shown: assessment },
  encountersListByPatient: { at: ["data"], query: paging, whose: ofEncounter, shown: encounter },
  encountersGet: { whose: ofEncounter, shown: encounter },
  carePlansGet: {},
  goalsList: { at: ["data"], query: ["status", "page", "size"], shown: (goal) => without(goal, ofTheStaff.goal) },
  goalsGet: { whose: ofGoal, shown: (goal) => within(goal, ["details"]) },
  documentSummariesList: { at: ["data", "content"], query: paging },
  documentSummariesGet: {},
  documentTypeRecordsGet: { named: "documentTypeName" },
  chatMessagesList: { at: ["content"], query: ["pageSize"], whose: ofChat },
  emailsList: { at: ["content"], query: paging, whose: ofMail },
  emailsGet: { whose: ofMail },
  smsList: { at: ["content"], query: paging, whose: ofMail },
  smsGet: { whose: ofMail },
};
const ownEvents = ["participantIds", "from", "to", "eventType", "includeCancelled", "viewerTimezone", ...paging];
const ownBills = ["page", "per_page", "sort"];
/** What a page holds beside its records. */
const ofPages = [
  "name",
  "meta",
  "metaInfo",
  "pageable",
  "sort",
  "first",
  "last",
  "empty",
  "number",
  "size",
  "numberOfElements",
  "totalElements",
  "totalPages",
];
/** Where an encounter holds events, each with all who take part in it. */
const ofEncounters = ["calendarEvent", "currentScheduledAppointment"];
/** Fields that the staff keep for themselves. */
const ofTheStaff = {
  patient: ["accessCode"],
  event: ["additionalInfo", "encounterInfo"],
  encounter: ["notes"],
  goal: ["tasks", "comments"],
  payer: [
    "billing_error_message",
    "balance_error_message",
    "guarantor_id",
    "merged_patient_id",
    "notes",
    "precollection",
    "ssn",
    "user_id",
  ],
  bill: ["notes"],
};

/** Allows a patient to read the own record and the own bills. */
export function patientPolicy(given) {
  const known = { patientId: aFunction, inboxPatientId: aFunction, cdtNames: names };
  checkAll(given, known, ["patientId"], "options");
  const { patientId, inboxPatientId = () => undefined, cdtNames = [] } = given;
  return { welkin: record(ownId(patientId), cdtNames), inbox: bills(ownId(inboxPatientId)) };
}

/** The id of a session as the text of a path; nothing when there is none. */
function ownId(idOf) {
  return (session) => {
    const id = idOf(session);
    return isId(id) ? String(id) : undefined;
  };
}

const isId = (value) => (typeof value === "string" && value !== "") || Number.isSafeInteger(value);

const only = (query, allowed) => Object.keys(query).every((name) => allowed.includes(name));

function record(own, cdtNames) {
  const isOwn = ({ path, session }) => path.patientId === own(session);
  const rule = ({ at, query = [], named, whose = () => [], shown = (one) => one }) => ({
    allow: (question) => isOwn(question) && (named === undefined || cdtNames.includes(question.path[named])) && only(question.query, query),
    narrow: (reply, { session }) => {
      const id = own(session);
      const mayBeOwn = (one) => isRecord(one) && [[one.patientId], ...whose(one)].every((people) => mayBeAmong(people, id));
      const show = (one) => shown(one, id, cdtNames);
      if (at) return page(reply, at, (records) => records.filter(mayBeOwn).map(show));
      if (reply === null) return null;
      return mayBeOwn(reply) ? show(reply) : undefined;
    },
  });
  return {
    ...Object.fromEntries(Object.entries(ownRecord).map(([id, about]) => [id, rule(about)])),
    patientsGet: {
      allow: (question) => isOwn(question) && only(question.query, []),
      narrow: (patient, { session }) => (patient?.id === own(session) ? without(patient, ofTheStaff.patient) : undefined),
    },
    calendarEventsList: {
      allow: ({ query, session }) => {
        const id = own(session);
        return id !== undefined && query.participantIds === id && only(query, ownEvents);
      },
      narrow: (reply, { session }) => {
        const id = own(session);
        const takesPart = ({ participants }) => list(participants).some((one) => one.participantId === id);
        return page(reply, ["content"], (events) => events.filter(takesPart).map((event) => withoutOthers(event, id)));
      },
    },
    // Bytes, which say nothing of whose they are.
    documentFilesDownload: (question) => isOwn(question) && only(question.query, []),
  };
}

/** Whether the patient can be one of these people. Where nobody is named, what the path says is taken. */
function mayBeAmong(people, id) {
  const named = people.filter((one) => one !== undefined && one !== null);
  return named.length === 0 || named.includes(id);
}

/** The id that somebody has under this name. Something else than a record stands for itself. */
const idIn = (somebody, name) => (isRecord(somebody) ? somebody[name] : somebody);

/** In an event take part several patients, and the staff. */
function ofEncounter({ jsonBody }) {
  const patients = (event) => list(event?.participants).filter((one) => one.participantRole === "patient");
  const events = ofEncounters.map((name) => patients(jsonBody?.[name]).map((one) => one.participantId));
  return [[idIn(jsonBody?.patientInfo, "patientId")], ...events];
}

function ofGoal({ tasks }) {
  return list(tasks).map(({ patient }) => [idIn(patient, "id")]);
}

/** Who is not said to be a user is taken for a patient. */
function ofChat({ sender, receiver }) {
  return [sender, receiver].filter((one) => one?.clientType !== "USER").map((one) => [idIn(one, "id")]);
}

/** The direction says which of the two is the patient; without it either may be. */
function ofMail({ direction, sender, receiver, patientInfo }) {
  // A text by the reference.
  const about = [patientInfo?.id];
  if (direction === "IN") return [[sender], about];
  return [direction === "OUT" ? [receiver] : [sender, receiver], about];
}

/** A page with what `shown` leaves of its records, which are `at` this place. */
function page(reply, [name, ...deeper], shown) {
  const held = isRecord(reply) ? reply[name] : undefined;
  return { ...within(reply, ofPages), [name]: deeper.length > 0 ? page(held, deeper, shown) : shown(list(held)) };
}

/** An assessment, and of the values of CDTs beside its answers those under the name of a CDT that may be read. */
function assessment(one, _, cdtNames) {
  return "resolvedCdtValues" in one ? { ...one, resolvedCdtValues: within(one.resolvedCdtValues, cdtNames) } : one;
}

/** An event, and of those who take part in it the patient and the staff: another patient is nobody's business. */
function withoutOthers(event, id) {
  const participants = list(event.participants).filter((one) => one.participantId === id || one.participantRole === "psm");
  return { ...without(event, ofTheStaff.event), participants };
}

/** An encounter without the notes of the staff, with its events as the patient may see them. */
function encounter(one, id) {
  const shown = ([name, value]) => {
    if (name === "jsonBody") return [name, isRecord(value) ? encounter(value, id) : null];
    if (!ofEncounters.includes(name)) return [name, value];
    return [name, isRecord(value) ? withoutOthers(value, id) : null];
  };
  return Object.fromEntries(Object.entries(without(one, ofTheStaff.encounter)).map(shown));
}

function bills(own) {
  const isOwn = ({ path, session }) => path.id === own(session);
  const belongs = (bill, session) => isId(bill?.patient_id) && String(bill.patient_id) === own(session);
  /** An invoice and a payment say whose they are only when they are there. */
  const one = (envelope) => ({
    allow: ({ query, session }) => own(session) !== undefined && only(query, []),
    narrow: (reply, { session }) => {
      const bill = reply?.[envelope];
      return belongs(bill, session) ? { [envelope]: without(bill, ofTheStaff.bill) } : undefined;
    },
  });
  const many = (envelope) => ({
    allow: (question) => isOwn(question) && only(question.query, ownBills),
    narrow: (reply, { session }) => {
      const own = list(reply?.[envelope]).filter((bill) => belongs(bill, session));
      return { [envelope]: own.map((bill) => without(bill, ofTheStaff.bill)) };
    },
  });
  return {
    patientsGet: {
      allow: (question) => isOwn(question) && only(question.query, []),
      narrow: (reply, { session }) => {
        const payer = reply?.patient;
        return isId(payer?.id) && String(payer.id) === own(session) ? { patient: without(payer, ofTheStaff.payer) } : undefined;
      },
    },
    invoicesListByPatient: many("invoices"),
    paymentsListByPatient: many("payments"),
    invoicesGet: one("invoice"),
    paymentsGet: one("payment"),
  };
}

const isRecord = (value) => typeof value === "object" && value !== null && !Array.isArray(value);
const list = (value) => (Array.isArray(value) ? value.filter(isRecord) : []);

function without(record, fields) {
  return Object.fromEntries(Object.entries(record).filter(([name]) => !fields.includes(name)));
}

function within(record, fields) {
  return Object.fromEntries(Object.entries(record ?? {}).filter(([name]) => fields.includes(name)));
}
