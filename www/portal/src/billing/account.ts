import { queryOptions } from "@tanstack/react-query";
import type { InboxHealth, Welkin } from "carewire";
import { inbox } from "../clients";
import { textOf } from "../ui/text";
import { matchAccount } from "./match-account";

export const accountKey = (patientId: string) => ["billing-account", patientId];
export const invoicesKey = (accountId: number) => ["invoices", accountId];
export const paymentsKey = (accountId: number) => ["payments", accountId];

/** The Inbox Health account of a Welkin patient. */
export function accountQuery(patientId: string, patient: Welkin.Patient) {
  const { mrn, firstName, lastName, birthDate } = patient;
  return queryOptions({
    // Another name, birth date or record number can lead to another account.
    queryKey: [...accountKey(patientId), mrn, firstName, lastName, birthDate],
    queryFn: async ({ signal }) => {
      if (!firstName) return matchAccount(patient, []);
      const candidates: InboxHealth.Patient[] = [];
      for await (const candidate of inbox.patients.list({ filter: { first_name: firstName } }, { signal })) {
        candidates.push(candidate);
      }
      return matchAccount(patient, candidates);
    },
  });
}

export function invoicesQuery(accountId: number) {
  return queryOptions({
    queryKey: invoicesKey(accountId),
    queryFn: async ({ signal }) => {
      const invoices: InboxHealth.Invoice[] = [];
      for await (const invoice of inbox.invoices.listByPatient(accountId, {}, { signal })) invoices.push(invoice);
      return invoices.sort((one, other) => textOf(other.date_of_service).localeCompare(textOf(one.date_of_service)));
    },
  });
}

export function lineItemsQuery(invoiceId: number) {
  return queryOptions({
    queryKey: ["line-items", invoiceId],
    queryFn: async ({ signal }) => {
      const lines: InboxHealth.LineItem[] = [];
      for await (const line of inbox.lineItems.listByInvoice(invoiceId, {}, { signal })) lines.push(line);
      return lines;
    },
  });
}

export function paymentsQuery(accountId: number) {
  return queryOptions({
    queryKey: paymentsKey(accountId),
    queryFn: async ({ signal }) => {
      const payments: InboxHealth.Payment[] = [];
      for await (const payment of inbox.payments.listByPatient(accountId, {}, { signal })) payments.push(payment);
      return payments.sort((one, other) => textOf(other.created_at).localeCompare(textOf(one.created_at)) || (other.id ?? 0) - (one.id ?? 0));
    },
  });
}
