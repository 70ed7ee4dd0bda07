import type { Patch, Welkin } from "carewire";
import { calendarDate } from "../ui/dates";
import { textOf } from "../ui/text";

/** The fields of a profile that staff may change, by their names in the API. */
export const profileFields = [
  "firstName",
  "middleName",
  "lastName",
  "birthDate",
  "gender",
  "phone",
  "email",
  "addressLine1",
  "addressLine2",
  "city",
  "state",
  "zip",
  "country",
  "timezone",
] as const;

export type ProfileField = (typeof profileFields)[number];

/** What stands in the form; empty means that the field is not set. */
export type ProfileValues = Record<ProfileField, string>;

export const profileLabels: Record<ProfileField, string> = {
  firstName: "First name",
  middleName: "Middle name",
  lastName: "Last name",
  birthDate: "Date of birth",
  gender: "Gender",
  phone: "Phone",
  email: "E-mail",
  addressLine1: "Address line 1",
  addressLine2: "Address line 2",
  city: "City",
  state: "State",
  zip: "ZIP code",
  country: "Country",
  timezone: "Time zone",
};

export const genderLabels: Record<string, string> = { FEMALE: "Female", MALE: "Male", OTHER: "Other", UNKNOWN: "Not known" };

export function profileValues(patient: Welkin.Patient): ProfileValues {
  return {
    firstName: textOf(patient.firstName),
    middleName: textOf(patient.middleName),
    lastName: textOf(patient.lastName),
    birthDate: calendarDate(patient.birthDate) ?? "",
    gender: textOf(patient.gender),
    phone: textOf(patient.phone),
    email: textOf(patient.email),
    addressLine1: textOf(patient.addressLine1),
    addressLine2: textOf(patient.addressLine2),
    city: textOf(patient.city),
    state: textOf(patient.state),
    zip: textOf(patient.zip),
    country: textOf(patient.country),
    timezone: textOf(patient.timezone),
  };
}

/** The update that holds the changed fields and nothing else: an emptied one is `null`, which clears it. */
export function profilePatch(values: ProfileValues, changed: Iterable<ProfileField>): Patch<Welkin.PatientUpdate> {
  return Object.fromEntries(Array.from(changed, (field) => [field, wireValue(field, values[field].trim())]));
}

function wireValue(field: ProfileField, value: string): string | null {
  if (value === "") return null;
  return field === "birthDate" ? `${value}T00:00:00.000Z` : value;
}
