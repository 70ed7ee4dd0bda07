import type { Welkin } from "carewire";

/** First and last name; either may be missing in a record. */
export function patientName(patient: Pick<Welkin.Patient, "firstName" | "lastName">): string {
  return [patient.firstName, patient.lastName].filter(Boolean).join(" ") || "No name";
}
