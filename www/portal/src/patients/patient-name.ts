import type { Welkin } from "carewire";
import { textOf } from "../ui/text";

/** First and last name; either may be missing in a record. */
export function patientName(patient: Pick<Welkin.Patient, "firstName" | "lastName">): string {
  return [textOf(patient.firstName), textOf(patient.lastName)].filter(Boolean).join(" ") || "No name";
}
