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
  patientProgramsGetCurrent: [],
  patientProgramsGetById: [],
  patientProgramsGetByName: [],
  assessmentRecordsList: paging,
  assessmentRecordsGet: [],
  carePlansGet: [],
  chatMessagesList: ["pageSize"],
  documentSummariesList: paging,
  documentSummariesGet: [],
  documentFilesDownload: [],
  documentTypeRecordsGet: [],
  emailsList: paging,
  emailsGet: [],
  encountersListByPatient: paging,
  encountersGet: [],
  goalsList: ["status", "page", "size"],
  goalsGet: [],
  smsList: paging,
  smsGet: [],
};
/** The same for records of the CDTs that are named. */
const ownCdts = { cdtRecordsList: ["fields", "dateStart", "dateEnd", ...paging], cdtRecordsGet: [] };
const ownEvents = ["participantIds", "from", "to", "eventType", "includeCancelled", "viewerTimezone", ...paging];
const ownBills = ["page", "per_page", "sort"];
/** Fields that the staff keep for themselves. */
const ofTheStaff = {
  patient: ["accessCode"],
  event: ["additionalInfo", "encounterInfo"],
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
    return (typeof id === "string" && id !== "") || Number.isSafeInteger(id) ? String(id) : undefined;
  };
}

const only = (query, allowed) => Object.keys(query).every((name) => allowed.includes(name));

function record(own, cdtNames) {
  const isOwn = ({ path, session }) => path.patientId === own(session);
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
        return { ...page, content: content.map((event) => withoutOthers(event, id)) };
      },
    },
  };
  for (const [id, allowed] of Object.entries(ownRecord)) {
    rules[id] = (question) => isOwn(question) && only(question.query, allowed);
  }
  for (const [id, allowed] of Object.entries(ownCdts)) {
    rules[id] = (question) => isOwn(question) && cdtNames.includes(question.path.cdtName) && only(question.query, allowed);
  }
  return rules;
}

/** An event, and of those who take part in it the patient and the staff: another patient is nobody's business. */
function withoutOthers(event, id) {
  const participants = event.participants.filter((one) => one?.participantId === id || one?.participantRole === "psm");
  return { ...without(event, ofTheStaff.event), participants };
}

function bills(own) {
  const isOwn = ({ path, session }) => path.id === own(session);
  const belongs = (bill, session) => bill?.patient_id !== undefined && String(bill.patient_id) === own(session);
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
        return String(payer?.id) === own(session) ? { patient: without(payer, ofTheStaff.payer) } : undefined;
      },
    },
    invoicesListByPatient: many("invoices"),
    paymentsListByPatient: many("payments"),
    invoicesGet: one("invoice"),
    paymentsGet: one("payment"),
  };
}

const list = (value) => (Array.isArray(value) ? value.filter((one) => typeof one === "object" && one !== null) : []);

function without(record, fields) {
  return Object.fromEntries(Object.entries(record).filter(([name]) => !fields.includes(name)));
}
