import { keepPreviousData, useQuery } from "@tanstack/react-query";
import type { Welkin } from "carewire";
import { Link, useLocation } from "react-router";
import { welkin } from "../clients";
import { Avatar } from "../ui/avatar";
import { ageOf, formatCalendarDate } from "../ui/dates";
import { Icon } from "../ui/icon";
import { PageHeading } from "../ui/page-heading";
import { Ready } from "../ui/ready";
import { listOf, textOf } from "../ui/text";
import { Pages } from "./pages";
import { patientName } from "./patient-name";
import { searchState, useSearch, useSearchText, type Search } from "./search";

const pageSize = 20;

export function PatientList() {
  const search = useSearch();
  const field = useSearchText();
  const patients = useQuery({
    queryKey: ["patients", search],
    // The signal ends a request that a newer search has overtaken.
    queryFn: async ({ signal }) =>
      await welkin.patients.list(
        { ...(search.query && { query: search.query }), page: search.page - 1, size: pageSize },
        { signal },
      ),
    placeholderData: keepPreviousData,
  });

  return (
    <>
      <PageHeading title="Patients">Patients</PageHeading>
      <form
        role="search"
        className="search"
        onSubmit={(event) => {
          event.preventDefault();
          field.searchNow();
        }}
      >
        <label htmlFor="patient-search">Search by name, phone or e-mail</label>
        <div className="search-box">
          <Icon name="search" />
          <input
            id="patient-search"
            type="search"
            autoComplete="off"
            spellCheck={false}
            value={field.text}
            onChange={(event) => field.setText(event.target.value)}
          />
        </div>
      </form>
      <Ready query={patients} loading="Loading patients">
        {(page) => <Found page={page} search={search} stale={patients.isPlaceholderData} />}
      </Ready>
    </>
  );
}

function Found({ page, search, stale }: { page: Welkin.PatientPage; search: Search; stale: boolean }) {
  const patients = listOf(page.content);
  const total = page.totalElements ?? patients.length;
  return (
    <>
      <p className="count" role="status">
        {stale ? "Searching…" : countText(total)}
      </p>
      {total === 0 ? (
        <p className="empty card">
          {search.query ? "Nobody matches this search. Check the spelling or search for a part of the name." : "There are no patients yet."}
        </p>
      ) : patients.length === 0 ? (
        <p className="empty card">
          There is no page {search.page}. <Link to="?" state={searchState(search.query)}>Go to the first one</Link>
        </p>
      ) : (
        <ul className="patients card" role="list" aria-busy={stale}>
          {patients.map((patient) => (
            <Row key={patient.id} patient={patient} query={search.query} />
          ))}
        </ul>
      )}
      <Pages search={search} totalPages={page.totalPages ?? 1} />
    </>
  );
}

function countText(total: number): string {
  if (total === 0) return "No patients found";
  return total === 1 ? "1 patient" : `${total.toLocaleString("en-US")} patients`;
}

function Row({ patient, query }: { patient: Welkin.Patient; query: string }) {
  const { search } = useLocation();
  const name = patientName(patient);
  const age = ageOf(patient.birthDate);
  return (
    <li>
      <Link className="patient" to={`/patients/${encodeURIComponent(textOf(patient.id))}/profile`} state={{ search, ...searchState(query) }}>
        <Avatar name={name} />
        <span className="patient-who">
          <span className="patient-name">{name}</span>
          <span className="patient-born">
            {formatCalendarDate(patient.birthDate)}
            {age !== undefined && ` · ${age} years`}
          </span>
        </span>
        <span className="patient-contact">
          <span>{textOf(patient.phone) || "No phone"}</span>
          <span className="patient-email">{textOf(patient.email) || "No e-mail"}</span>
        </span>
        <span className="patient-mrn">{patient.mrn ? `MRN ${textOf(patient.mrn)}` : ""}</span>
        <Icon name="forward" />
      </Link>
    </li>
  );
}
