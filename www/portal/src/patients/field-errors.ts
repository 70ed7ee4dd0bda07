import { ApiError } from "carewire";
import { profileFields, profileLabels, type ProfileField } from "./profile-fields";

/** Where the complaints of a refused update belong: beside a field, or above the form. */
export interface PlacedErrors {
  fields: Partial<Record<ProfileField, string>>;
  form: string[];
}

const knownFields = new Set<string>(profileFields);
const namingKeys = ["field", "fieldName", "property", "path"];

/** Sorts the entries of Welkin's error list. An entry names a field in `details` or, failing that, in `message`. */
export function placeErrors(error: unknown): PlacedErrors {
  const placed: PlacedErrors = { fields: {}, form: [] };
  if (!(error instanceof ApiError) || !Array.isArray(error.errors)) return placed;
  for (const entry of error.errors as unknown[]) {
    const { message, details } = asRecord(entry);
    const text = typeof message === "string" && message !== "" ? message : "This value was not accepted.";
    const field = fieldInDetails(asRecord(details)) ?? fieldInMessage(text);
    if (!field) placed.form.push(text);
    else placed.fields[field] = [placed.fields[field], text].filter(Boolean).join(" ");
  }
  return placed;
}

function fieldInDetails(details: Record<string, unknown>): ProfileField | undefined {
  return [...namingKeys.map((key) => details[key]), ...Object.keys(details)].find(isProfileField);
}

/** The field whose name or label stands in the text as words of its own; the longest wins. */
function fieldInMessage(message: string): ProfileField | undefined {
  const text = ` ${message.replace(/[^\p{L}\p{N}-]+/gu, " ").toLowerCase()} `;
  const names = profileFields.flatMap((field) => [
    { field, name: field.toLowerCase() },
    { field, name: profileLabels[field].replace(/[^\p{L}\p{N}-]+/gu, " ").toLowerCase() },
  ]);
  return names
    .sort((one, other) => other.name.length - one.name.length)
    .find(({ name }) => text.includes(` ${name} `))?.field;
}

function isProfileField(value: unknown): value is ProfileField {
  return typeof value === "string" && knownFields.has(value);
}

function asRecord(value: unknown): Record<string, unknown> {
  return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};
}
