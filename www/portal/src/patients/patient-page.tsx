import { queryOptions, useQuery } from "@tanstack/react-query";
import type { Welkin } from "carewire";
import { Link, NavLink, Outlet, useLocation, useOutletContext, useParams } from "react-router";
import { welkin } from "../clients";
import { Avatar } from "../ui/avatar";
import { ageOf, formatCalendarDate } from "../ui/dates";
import { Icon } from "../ui/icon";
import { PageHeading } from "../ui/page-heading";
import { Ready } from "../ui/ready";
import { textOf } from "../ui/text";
import { patientName } from "./patient-name";
import { searchState, type SearchState } from "./search";

export function patientQuery(patientId: string) {
  return queryOptions({
    queryKey: ["patient", patientId],
    queryFn: ({ signal }) => welkin.patients.get(patientId, {}, { signal }),
  });
}

/** The patient whose page is open, for the rooms below it. */
export interface OpenPatient {
  patientId: string;
  patient: Welkin.Patient;
}

export function useOpenPatient(): OpenPatient {
  return useOutletContext<OpenPatient>();
}

const rooms = [
  { path: "profile", label: "Profile" },
  { path: "calendar", label: "Calendar" },
  { path: "billing", label: "Billing" },
];

export function PatientPage() {
  const { patientId = "" } = useParams();
  const state: unknown = useLocation().state;
  const { search = "", query = "" } = (state ?? {}) as SearchState & { search?: string };
  const opened = useQuery(patientQuery(patientId));

  return (
    <>
      <Link className="back" to={{ pathname: "/patients", search }} state={searchState(query)}>
        <Icon name="back" /> All patients
      </Link>
      {opened.isError && !opened.data && <PageHeading title="Patient">Patient</PageHeading>}
      <Ready query={opened} loading="Loading the patient">
        {(patient) => (
          <>
            <PatientHead patient={patient} />
            <nav className="rooms" aria-label="Patient">
              {rooms.map((room) => (
                <NavLink key={room.path} to={room.path} state={state} preventScrollReset>
                  {room.label}
                </NavLink>
              ))}
            </nav>
            <Outlet context={{ patientId, patient } satisfies OpenPatient} key={patientId} />
          </>
        )}
      </Ready>
    </>
  );
}

function PatientHead({ patient }: { patient: Welkin.Patient }) {
  const name = patientName(patient);
  const age = ageOf(patient.birthDate);
  return (
    <div className="patient-head">
      <Avatar name={name} large />
      <div>
        <PageHeading title="Patient">{name}</PageHeading>
        <ul className="facts" role="list">
          <li>
            {formatCalendarDate(patient.birthDate)}
            {age !== undefined && ` (${age})`}
          </li>
          {patient.mrn && <li>MRN {textOf(patient.mrn)}</li>}
          {patient.phone && (
            <li>
              <a href={`tel:${textOf(patient.phone)}`}>{textOf(patient.phone)}</a>
            </li>
          )}
        </ul>
      </div>
    </div>
  );
}
