import { useEffect, useRef, useState } from "react";
import type { Welkin } from "carewire";
import { formatCalendarDate } from "../ui/dates";
import { useNotice } from "../ui/notice";
import { useOpenPatient } from "./patient-page";
import { genderLabels, profileLabels, profileValues, type ProfileField } from "./profile-fields";
import { ProfileForm } from "./profile-form";

const sections: ReadonlyArray<{ title: string; fields: readonly ProfileField[] }> = [
  { title: "Person", fields: ["firstName", "middleName", "lastName", "birthDate", "gender"] },
  { title: "Contact", fields: ["phone", "email", "timezone"] },
  { title: "Address", fields: ["addressLine1", "addressLine2", "city", "state", "zip", "country"] },
];

export function Profile() {
  const { patientId, patient } = useOpenPatient();
  const [editing, setEditing] = useState(false);
  const edit = useRef<HTMLButtonElement>(null);
  const wasEditing = useRef(false);
  const notify = useNotice();

  // The form's buttons go when it closes: the focus returns to where the editing began.
  useEffect(() => {
    if (wasEditing.current && !editing) edit.current?.focus();
    wasEditing.current = editing;
  }, [editing]);

  if (editing) {
    return (
      <ProfileForm
        patientId={patientId}
        patient={patient}
        onCancel={() => setEditing(false)}
        onSaved={() => {
          setEditing(false);
          notify("Profile saved");
        }}
      />
    );
  }
  return (
    <section className="card profile" aria-labelledby="profile-title">
      <div className="card-head">
        <h2 id="profile-title">Profile</h2>
        <button ref={edit} type="button" className="button" onClick={() => setEditing(true)}>
          Edit profile
        </button>
      </div>
      <div className="profile-sections">
        {sections.map((section) => (
          <div key={section.title}>
            <h3>{section.title}</h3>
            <dl className="profile-facts">
              {section.fields.map((field) => (
                <div key={field}>
                  <dt>{profileLabels[field]}</dt>
                  <dd>{shown(patient, field) || <span className="unset">Not set</span>}</dd>
                </div>
              ))}
            </dl>
          </div>
        ))}
      </div>
    </section>
  );
}

function shown(patient: Welkin.Patient, field: ProfileField): string {
  const value = profileValues(patient)[field];
  if (field === "birthDate") return value && formatCalendarDate(value);
  if (field === "gender") return genderLabels[value] ?? value;
  return value;
}
