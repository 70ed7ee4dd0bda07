// Policies of a gateway: each rule knows its operation.

import { Gateway, patientPolicy, staffPolicy, type Allow, type AuditEvent } from "carewire/edge";

interface Session {
  id: string;
  patientId: string;
  role: "care" | "billing";
}

interface Env {
  AUDIT: { send(event: AuditEvent): Promise<void> };
}

const auth = () => "token";
const welkin = { tenant: "gh", instance: "sb-demo", auth, prefix: "/api/welkin" };
const inbox = { baseUrl: "https://inbox.example.org", apiKey: "synthetic", prefix: "/api/inbox" };

export const staff = staffPolicy({
  roles: { care: ["records:write", "directory:read"], billing: ["billing:write"] },
  role: (session: Session) => session.role,
});
export const patient = patientPolicy<Session>({ patientId: ({ patientId }) => patientId, cdtNames: ["cdt-vitals"] });

/** A session need not have an `id`; the audit then names nobody. */
export const nameless = new Gateway({
  welkin,
  authorize: (): { patientId: string } | undefined => ({ patientId: "p1" }),
  allow: { welkin: { patientsGet: ({ path, session }) => path.patientId === session.patientId } },
});

export const gateway = new Gateway<Session, Env>({
  welkin,
  inbox,
  authorize: (_, env) => (env.AUDIT ? { id: "s1", patientId: "p1", role: "care" } : undefined),
  allow: {
    welkin: {
      ...patient.welkin,
      patientsGet: {
        allow: ({ path, query, session }) => path.patientId === session.patientId && query.type === undefined,
        narrow: ({ firstName, id }) => ({ firstName, id }),
      },
      patientsUpdate: { body: true, allow: ({ body, path }) => body?.firstName === "Ada" && path.patientId !== "" },
      calendarEventsList: async ({ query, env }) => query.participantIds === "p1" && env.AUDIT !== undefined,
    },
    inbox: {
      invoicesList: ({ query }) => query.page === "1" && query["filter[first_name]"] === undefined,
      sftpUploadsList: ({ query }) => query["enterprise_ids[]"]?.length === 1,
      invoicesGet: { allow: true, narrow: ({ invoice }) => (invoice.patient_id === 7 ? { invoice } : undefined) },
      paymentsCreate: { body: true, allow: ({ body }) => body?.payment !== undefined },
    },
  },
  audit: (event, env) => env.AUDIT.send(event),
  onAuditFailure: (event) => event.requestId,
});

export const mistakes: Allow<Session>[] = [
  // @ts-expect-error: an operation that there is not.
  { welkin: { patientGet: true } },
  // @ts-expect-error: the token endpoints are nobody's.
  { welkin: { authCreateToken: true } },
  // @ts-expect-error: a path parameter of another operation.
  { welkin: { patientsGet: ({ path }) => path.eventId === "e1" } },
  // @ts-expect-error: a query parameter that the operation does not have.
  { welkin: { patientsGet: ({ query }) => query.page === "1" } },
  // @ts-expect-error: the body is read only for a rule that asks for it.
  { welkin: { patientsUpdate: ({ body }) => body !== undefined } },
  // @ts-expect-error: a field that the reply does not have.
  { welkin: { patientsGet: { allow: true, narrow: ({ surname }) => surname } } },
  // @ts-expect-error: only true and false decide.
  { welkin: { patientsGet: () => "yes" } },
];

staffPolicy({
  // @ts-expect-error: an area that there is not.
  roles: { care: ["everything:write"] },
  role: () => "care",
});
staffPolicy({
  roles: { care: ["tasks:read"] },
  // @ts-expect-error: a role that nobody is granted anything for.
  role: () => "billing",
});
