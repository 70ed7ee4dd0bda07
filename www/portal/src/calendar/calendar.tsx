import { useQuery } from "@tanstack/react-query";
import { addMonths, isSameMonth } from "date-fns";
import { useEffect, useRef, useState } from "react";
import { useSearchParams } from "react-router";
import { useOpenPatient } from "../patients/patient-page";
import { formatMonth, viewerZone } from "../ui/dates";
import { Icon } from "../ui/icon";
import { Ready } from "../ui/ready";
import { Agenda } from "./agenda";
import { eventsQuery, monthKey, monthOf } from "./events";
import { MonthGrid } from "./month-grid";
import { NewAppointment } from "./new-appointment";

export function Calendar() {
  const { patientId, patient } = useOpenPatient();
  const [params, setParams] = useSearchParams();
  const [adding, setAdding] = useState(false);
  const [added, setAdded] = useState<string>();
  const agenda = useRef<HTMLDivElement>(null);
  const month = monthOf(params);
  const events = useQuery(eventsQuery(patientId, month));

  function show(other: Date) {
    setParams(isSameMonth(other, new Date()) ? {} : { month: monthKey(other) }, { preventScrollReset: true });
  }

  // The new appointment is shown as soon as the calendar has it.
  useEffect(() => {
    if (!added) return;
    const entry = agenda.current?.querySelector<HTMLElement>(`[data-event="${CSS.escape(added)}"]`);
    if (!entry) return;
    entry.focus();
    setAdded(undefined);
  }, [added, events.data]);

  return (
    <section className="calendar" aria-labelledby="calendar-title">
      <div className="card calendar-month">
        <div className="card-head">
          <h2 id="calendar-title" aria-live="polite">
            {formatMonth(month)}
          </h2>
          <div className="calendar-steps">
            <button type="button" className="button button-icon" aria-label="Previous month" onClick={() => show(addMonths(month, -1))}>
              <Icon name="back" />
            </button>
            {/* Not disabled, which would take the focus from it. */}
            <button type="button" className="button" aria-disabled={isSameMonth(month, new Date())} onClick={() => show(new Date())}>
              Today
            </button>
            <button type="button" className="button button-icon" aria-label="Next month" onClick={() => show(addMonths(month, 1))}>
              <Icon name="forward" />
            </button>
          </div>
        </div>
        <MonthGrid
          month={month}
          events={events.data ?? []}
          onOpenDay={(day) => agenda.current?.querySelector<HTMLElement>(`[data-day="${day}"]`)?.focus()}
        />
        <p className="calendar-zone">Times are in {viewerZone.replace(/_/g, " ")}.</p>
      </div>
      <div className="card calendar-agenda" ref={agenda}>
        <div className="card-head">
          <h2>Appointments</h2>
          <button type="button" className="button button-primary" onClick={() => setAdding(true)}>
            <Icon name="plus" /> New appointment
          </button>
        </div>
        <Ready query={events} loading="Loading appointments" compact>
          {(placed) =>
            placed.length === 0 ? (
              <p className="empty">Nothing in {formatMonth(month)}.</p>
            ) : (
              <Agenda events={placed} />
            )
          }
        </Ready>
      </div>
      {adding && (
        <NewAppointment
          patientId={patientId}
          patient={patient}
          onClose={() => setAdding(false)}
          onCreated={(event, start) => {
            setAdding(false);
            setAdded(event.id);
            show(start);
          }}
        />
      )}
    </section>
  );
}
