import type { Allow } from "carewire/edge";
import type { Env } from "./env";
import type { Role, StaffMember } from "./staff";

/** A rule for some roles only. */
const only =
  (...roles: Role[]) =>
  ({ session }: { readonly session: StaffMember }) =>
    roles.includes(session.role);

/** What the staff of the clinic may do. What is not listed is denied. */
export const staffPolicy: Allow<StaffMember, Env> = {
  welkin: {
    patientsList: true,
    patientsFindByFilter: true,
    patientsGet: true,
    patientsCreate: true,
    patientsUpdate: true,
    calendarEventsList: true,
    calendarEventsGet: true,
    calendarEventsGetSummary: true,
    calendarEventsCreate: true,
    calendarEventsReplace: true,
    calendarEventsUpdate: true,
    calendarEventsDelete: true,
    calendarEventsRespondToInvitation: true,
    usersList: true,
    usersGet: true,
  },
  inbox: {
    patientsList: true,
    patientsGet: true,
    invoicesList: true,
    invoicesListByPractice: true,
    invoicesListByDoctor: true,
    invoicesListByPatient: true,
    invoicesListByPayment: true,
    invoicesGet: true,
    lineItemsListByInvoice: true,
    paymentsList: true,
    paymentsListByPatient: true,
    paymentsListByInvoice: true,
    paymentsGet: true,
    paymentsCreate: only("front-desk", "billing"),
  },
};
