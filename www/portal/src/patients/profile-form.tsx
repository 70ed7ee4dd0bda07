import { useMutation, useQueryClient } from "@tanstack/react-query";
import { ApiError, type Patch, type Welkin } from "carewire";
import { format } from "date-fns";
import { useEffect, useRef, useState } from "react";
import { useForm, type RegisterOptions } from "react-hook-form";
import { welkin } from "../clients";
import { useOutcomeNotice } from "../session/outcome-notice";
import { dateFault } from "../ui/date-fault";
import { formatCalendarDate } from "../ui/dates";
import { outcomeOf } from "../ui/explain";
import { Failure } from "../ui/failure";
import { Field } from "../ui/field";
import { textOf } from "../ui/text";
import { placeErrors } from "./field-errors";
import { patientQuery } from "./patient-page";
import { genderLabels, profileFields, profileLabels, profilePatch, profileValues, type ProfileField, type ProfileValues } from "./profile-fields";

interface ProfileFormProps {
  patientId: string;
  patient: Welkin.Patient;
  onSaved: () => void;
  onCancel: () => void;
}

const required: ReadonlySet<ProfileField> = new Set(["firstName", "lastName"]);
/** Nobody who is alive was born before. */
const earliestBirth = "1900-01-01";
const autoComplete = "off"; // The browser's own address book holds the staff, not the patient.

export function ProfileForm({ patientId, patient, onSaved, onCancel }: ProfileFormProps) {
  const client = useQueryClient();
  const outcome = useOutcomeNotice();
  const [complaints, setComplaints] = useState<string[]>([]);
  const form = useForm<ProfileValues>({ defaultValues: profileValues(patient) });
  const { dirtyFields, errors } = form.formState;
  const saving = useRef(false);
  const element = useRef<HTMLFormElement>(null);

  useEffect(() => form.setFocus("firstName"), [form]);

  const save = useMutation({
    mutationFn: (patch: Patch<Welkin.PatientUpdate>) => welkin.patients.update(patientId, patch),
    onSuccess: (updated) => {
      client.setQueryData(patientQuery(patientId).queryKey, updated);
      void client.invalidateQueries({ queryKey: ["patients"] });
      onSaved();
    },
    onError: (error) => {
      const unknown = outcomeOf(error) === "unknown";
      outcome.failed(error, unknown ? "It is not certain that the profile was saved." : "The changes to the profile were not saved.");
      const placed = placeErrors(error);
      setComplaints(placed.form);
      const refused = profileFields.filter((field) => placed.fields[field]);
      for (const field of refused) form.setError(field, { type: "server", message: placed.fields[field] });
      if (refused[0]) form.setFocus(refused[0]);
      if (unknown) void client.invalidateQueries({ queryKey: patientQuery(patientId).queryKey });
    },
  });

  async function submit(values: ProfileValues) {
    const changed = profileFields.filter((field) => dirtyFields[field]);
    if (changed.length === 0) return onCancel();
    if (saving.current) return;
    saving.current = true;
    setComplaints([]);
    await save.mutateAsync(profilePatch(values, changed)).catch(() => undefined); // onError has placed it
    saving.current = false;
  }

  function input(field: ProfileField, attributes: React.InputHTMLAttributes<HTMLInputElement> = {}, className = "") {
    return (
      <Field label={profileLabels[field]} error={errors[field]?.message} {...(required.has(field) && { need: "required" })} className={className}>
        {(control) => <input {...control} autoComplete={autoComplete} {...attributes} {...form.register(field, field === "birthDate" ? { validate: birthDateFault } : rules(field))} />}
      </Field>
    );
  }

  function birthDateFault(value: string): string | undefined {
    const fault = dateFault(element.current, "birthDate");
    if (fault === "unreadable") return "This is no date that exists. Complete it, or empty the whole field.";
    // A date that was there before must not stand in the way of other changes.
    if (!fault || value === form.formState.defaultValues?.birthDate) return undefined;
    return fault === "too-late" ? "A date of birth is not in the future." : `A date of birth is not before ${formatCalendarDate(earliestBirth)}.`;
  }

  const placed = save.isError ? placeErrors(save.error) : undefined;
  const anyPlaced = placed && (placed.form.length > 0 || Object.keys(placed.fields).length > 0);

  return (
    <form ref={element} className="card profile" noValidate onSubmit={(event) => void form.handleSubmit(submit)(event)} aria-labelledby="profile-title">
      <div className="card-head">
        <h2 id="profile-title">Edit profile</h2>
      </div>
      {save.isError && !anyPlaced && <SaveFailure error={save.error} />}
      {complaints.length > 0 && (
        <div className="callout callout-problem" role="alert">
          {complaints.map((complaint) => (
            <p key={complaint}>{complaint}</p>
          ))}
        </div>
      )}
      <fieldset className="form-section">
        <legend>Person</legend>
        <div className="form-grid">
          {input("firstName")}
          {input("middleName")}
          {input("lastName")}
          {input("birthDate", { type: "date", min: earliestBirth, max: format(new Date(), "yyyy-MM-dd") })}
          <Field label={profileLabels.gender} error={errors.gender?.message}>
            {(control) => (
              <select {...control} {...form.register("gender")}>
                <option value="">Not set</option>
                {genders(textOf(patient.gender)).map((gender) => (
                  <option key={gender} value={gender}>
                    {genderLabels[gender] ?? gender}
                  </option>
                ))}
              </select>
            )}
          </Field>
        </div>
      </fieldset>
      <fieldset className="form-section">
        <legend>Contact</legend>
        <div className="form-grid">
          {input("phone", { type: "tel" })}
          {input("email", { type: "email" })}
          {input("timezone", { placeholder: "America/Los_Angeles", spellCheck: false })}
        </div>
      </fieldset>
      <fieldset className="form-section">
        <legend>Address</legend>
        <div className="form-grid">
          {input("addressLine1", {}, "field-wide")}
          {input("addressLine2", {}, "field-wide")}
          {input("city")}
          {input("state")}
          {input("zip")}
          {input("country")}
        </div>
      </fieldset>
      <div className="form-end">
        <button type="button" className="button" disabled={save.isPending} onClick={onCancel}>
          Cancel
        </button>
        <button type="submit" className="button button-primary" disabled={save.isPending}>
          {save.isPending ? "Saving…" : "Save changes"}
        </button>
      </div>
    </form>
  );
}

/** Fields are checked here only for what the record cannot do without; what is valid beyond that, the API says. */
function rules(field: ProfileField): RegisterOptions<ProfileValues, ProfileField> {
  if (!required.has(field)) return {};
  return { validate: (value) => value.trim() !== "" || `${profileLabels[field]} is needed.` };
}

/** The known genders, and the patient's own if it is another one. */
function genders(own: string): string[] {
  const known = Object.keys(genderLabels);
  return !own || known.includes(own) ? known : [...known, own];
}

function SaveFailure({ error }: { error: unknown }) {
  if (outcomeOf(error) === "unknown") {
    return (
      <Failure error={error} compact title="It is not certain that this was saved">
        The connection broke before the answer came. Saving the same changes again does no harm.
      </Failure>
    );
  }
  const refused = error instanceof ApiError && (error.status === 400 || error.status === 422);
  return <Failure error={error} compact {...(refused && { title: "The changes were not accepted" })} />;
}
