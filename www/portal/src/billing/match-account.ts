import type { InboxHealth, Welkin } from "carewire";
import { calendarDate } from "../ui/dates";
import { textOf } from "../ui/text";

/** What a search for the billing account of a patient came to. Two that fit are none: money never goes to a guess. */
export type AccountMatch =
  | { kind: "found"; account: InboxHealth.Patient & { id: number } }
  | { kind: "none" }
  | { kind: "several" };

/** Picks by medical record number, or else by last name and date of birth. */
export function matchAccount(patient: Welkin.Patient, candidates: readonly InboxHealth.Patient[]): AccountMatch {
  const present = candidates.filter(isPresent);
  const byRecord = present.filter((account) => patient.mrn && String(account.health_record_id ?? "") === patient.mrn);
  if (byRecord.length > 0) return only(byRecord);
  const born = calendarDate(patient.birthDate);
  const lastName = fold(patient.lastName);
  if (!born || !lastName) return { kind: "none" };
  return only(
    present.filter(
      (account) =>
        calendarDate(account.date_of_birth) === born &&
        fold(account.last_name) === lastName &&
        fold(account.first_name) === fold(patient.firstName),
    ),
  );
}

function only(accounts: ReadonlyArray<InboxHealth.Patient & { id: number }>): AccountMatch {
  const [account, ...others] = accounts;
  if (!account) return { kind: "none" };
  return others.length > 0 ? { kind: "several" } : { kind: "found", account };
}

function isPresent(account: InboxHealth.Patient): account is InboxHealth.Patient & { id: number } {
  return typeof account.id === "number" && account.removed !== true;
}

function fold(name: unknown): string {
  return textOf(name).normalize("NFC").trim().toLocaleLowerCase("en");
}
