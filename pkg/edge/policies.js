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
 * What a patient may read of the own Welkin record, with the query parameters that may be given. Left
 * out are comments and tasks of the staff among themselves, encounters in full, everything that writes,
 * and parameters that change what the path means (`type`), add people (`withCareTeam`) or say on their
 * own what is read (`pageToken`).
 */
const ownRecord = {
  patientProgramsList: ["assignedPrograms", ...paging],
  assessmentRecordsList: paging,
  chatMessagesList: ["pageSize"],
  documentSummariesList: paging,
  documentFilesDownload: [],
  emailsList: paging,
  emailsGet: [],
  goalsList: ["status", "page", "size"],
  smsList: paging,
  smsGet: [],
};
/** Single records that say whose they are: that the API compares it with the path is not known. */
const ownSingles = [
  "patientProgramsGetCurrent",
  "patientProgramsGetById",
  "patientProgramsGetByName",
  "assessmentRecordsGet",
  "carePlansGet",
  "documentSummariesGet",
  "documentTypeRecordsGet",
];
/** The same for lists of records of the CDTs that are named. */
const ownCdts = ["fields", "dateStart", "dateEnd", ...paging];
const ownEvents = ["participantIds", "from", "to", "eventType", "includeCancelled", "viewerTimezone", ...paging];
const ownBills = ["page", "per_page", "sort"];
/** What a page of events holds beside them. */
const ofPages = ["pageable", "sort", "first", "last", "empty", "number", "size", "numberOfElements", "totalElements", "totalPages"];
/** Where an encounter holds events, each with all who take part in it. */
const ofEncounters = ["calendarEvent", "currentScheduledAppointment"];
/** Fields that the staff keep for themselves. */
const ofTheStaff = {
  patient: ["accessCode"],
  event: ["additionalInfo", "encounterInfo"],
  encounter: ["notes"],
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
  const isNamed = ({ path }) => cdtNames.includes(path.cdtName);
  /** Whether a record names no other patient. One that names nobody is taken for what the path says. */
  const mayBeOwn = (one, session) => isRecord(one) && (one.patientId ?? own(session)) === own(session);
  /** A single record, which nothing in the query may change. */
  const single = (shown = (one) => one, also = () => true) => ({
    allow: (question) => isOwn(question) && also(question) && only(question.query, []),
    narrow: (one, { session }) => {
      if (one === null) return null;
      return mayBeOwn(one, session) ? shown(one, own(session)) : undefined;
    },
  });
  const rules = {
    patientsGet: {
      allow: (question) => isOwn(question) && only(question.query, []),
      narrow: (patient, { session }) => (patient?.id === own(session) ? without(patient, ofTheStaff.patient) : undefined),
    },
    calendarEventsList: {
      allow: ({ query, session }) => {
        const id = own(session);
        return id !== undefined && query.participantIds === id && only(query, ownEvents);
      },
      narrow: (page, { session }) => {
        const id = own(session);
        const content = list(page?.content).filter(({ participants }) => list(participants).some((one) => one?.participantId === id));
        return { ...within(page, ofPages), content: content.map((event) => withoutOthers(event, id)) };
      },
    },
    encountersListByPatient: {
      allow: (question) => isOwn(question) && only(question.query, paging),
      narrow: (page, { session }) => {
        const data = list(page?.data).filter((one) => mayBeOwn(one, session));
        return { ...within(page, ["metaInfo"]), data: data.map((one) => encounter(one, own(session))) };
      },
    },
    encountersGet: single(encounter),
    // With a goal come its tasks and comments, those of the staff among them.
    goalsGet: single((goal) => within(goal, ["details"])),
    cdtRecordsList: (question) => isOwn(question) && isNamed(question) && only(question.query, ownCdts),
    cdtRecordsGet: single(undefined, isNamed),
  };
  for (const [id, allowed] of Object.entries(ownRecord)) {
    rules[id] = (question) => isOwn(question) && only(question.query, allowed);
  }
  for (const id of ownSingles) rules[id] = single();
  return rules;
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
