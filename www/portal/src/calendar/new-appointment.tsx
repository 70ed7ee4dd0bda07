import { useIsMutating, useMutation, useQuery, useQueryClient, type UseMutateFunction } from "@tanstack/react-query";
import type { Welkin } from "carewire";
import { addDays, addYears, format } from "date-fns";
import { useEffect, useRef } from "react";
import { useForm } from "react-hook-form";
import { welkin } from "../clients";
import { patientName } from "../patients/patient-name";
import { useOutcomeNotice } from "../session/outcome-notice";
import { useUser } from "../session/shell";
import { viewerZone } from "../ui/dates";
import { dateFault } from "../ui/date-fault";
import { Dialog } from "../ui/dialog";
import { outcomeOf } from "../ui/explain";
import { Failure } from "../ui/failure";
import { Choice, Field } from "../ui/field";
import { Ready } from "../ui/ready";
import { appointmentTime } from "./appointment-time";
import { BookingInDoubt, useBookingInDoubt } from "./booking-in-doubt";
import { eventsKey, modeLabels } from "./events";
import { hostsQuery, userName } from "./hosts";

interface NewAppointmentProps {
  patientId: string;
  patient: Welkin.Patient;
  onClose: () => void;
  onCreated: (event: Welkin.CalendarEvent, start: Date) => void;
}

const bookingKey = (patientId: string) => ["book", patientId];

export function NewAppointment(props: NewAppointmentProps) {
  const client = useQueryClient();
  const hosts = useQuery(hostsQuery);
  const outcome = useOutcomeNotice();
  const { setInDoubt } = useBookingInDoubt(props.patientId);
  const create = useMutation({
    mutationKey: bookingKey(props.patientId),
    mutationFn: (event: Welkin.CalendarEventCreate) => welkin.calendarEvents.create(event),
    onSuccess: () => outcome.done("Appointment added"),
    onError: (error, event) => {
      const unknown = outcomeOf(error) === "unknown";
      if (unknown) setInDoubt(new Date(event.startDateTime));
      outcome.failed(
        error,
        unknown ? "It is not certain that the appointment was booked. Look at the calendar before you book it again." : "The appointment was not booked.",
      );
    },
    // Also after a failure: an appointment whose answer got lost shows up in the calendar behind.
    onSettled: () => void client.invalidateQueries({ queryKey: eventsKey(props.patientId) }),
  });
  const close = () => {
    if (!create.isPending) props.onClose();
  };
  return (
    <Dialog title={`New appointment for ${patientName(props.patient)}`} busy={create.isPending} onClose={close}>
      <Ready query={hosts} loading="Loading staff" compact>
        {(staff) =>
          staff.length === 0 ? (
            <p className="empty">Nobody on the staff can hold appointments.</p>
          ) : (
            <AppointmentForm
              {...props}
              onClose={close}
              hosts={staff}
              error={create.error}
              create={create.mutate}
            />
          )
        }
      </Ready>
    </Dialog>
  );
}

interface AppointmentFormProps extends NewAppointmentProps {
  hosts: readonly Welkin.User[];
  error: Error | null;
  create: UseMutateFunction<Welkin.CalendarEvent, Error, Welkin.CalendarEventCreate>;
}

interface AppointmentValues {
  title: string;
  hostId: string;
  date: string;
  time: string;
  minutes: string;
  mode: string;
}

const yearsAhead = 2;
const lengths = ["15", "30", "45", "60", "90"];
const modes = Object.entries(modeLabels).map(([value, label]) => ({ value, label }));

function AppointmentForm({ patientId, hosts, error, create, onClose, onCreated }: AppointmentFormProps) {
  const user = useUser();
  const sending = useRef(false);
  const { inDoubt, setInDoubt } = useBookingInDoubt(patientId);
  // Also true for one that was sent before this page was left and opened again.
  const busy = useIsMutating({ mutationKey: bookingKey(patientId), exact: true }) > 0;
  const form = useForm<AppointmentValues>({
    defaultValues: {
      title: "Appointment",
      hostId: hosts.find((host) => host.id === user.id || userName(host) === user.name)?.id ?? "",
      date: format(addDays(new Date(), 1), "yyyy-MM-dd"),
      time: "09:00",
      minutes: "30",
      mode: "IN-PERSON",
    },
  });
  const { errors } = form.formState;
  const element = useRef<HTMLFormElement>(null);

  useEffect(() => form.setFocus("title"), [form]);

  /** What is in the past is told by the time, to the minute. */
  function appointmentDateFault(): string | undefined {
    const fault = dateFault(element.current, "date");
    if (fault === "unreadable") return "This is no date that exists.";
    return fault === "too-late" ? `Appointments are made up to ${yearsAhead} years ahead.` : undefined;
  }

  async function submit(values: AppointmentValues) {
    const time = appointmentTime(values.date, values.time, Number(values.minutes));
    if (typeof time === "string") {
      form.setError("date", { type: "time", message: time }, { shouldFocus: true });
      return;
    }
    const event: Welkin.CalendarEventCreate = {
      eventTitle: values.title.trim() || "Appointment",
      startDateTime: time.startDateTime,
      endDateTime: time.endDateTime,
      hostId: values.hostId,
      eventType: "APPOINTMENT",
      eventStatus: "SCHEDULED",
      eventMode: values.mode,
      eventColor: "green", // without a colour Welkin's own calendar does not show it
      participants: [
        { participantId: values.hostId, participantRole: "psm" },
        { participantId: patientId, participantRole: "patient" },
      ],
    };
    // Who has left the form by then is told in passing, and stays where they are: these are not called any more.
    await new Promise<void>((settled) =>
      create(event, { onSuccess: (created) => onCreated(created, time.start), onSettled: () => settled() }),
    );
  }

  /** The guard closes before anything is awaited, so that a double click books once. */
  function submitOnce(event: React.FormEvent) {
    event.preventDefault();
    if (sending.current || busy || inDoubt) return;
    sending.current = true;
    void form.handleSubmit(submit)(event).finally(() => {
      sending.current = false;
    });
  }

  return (
    <form ref={element} noValidate onSubmit={submitOnce} className="dialog-form">
      {error && outcomeOf(error) !== "unknown" && <Failure error={error} compact />}
      <div className="form-grid">
        <Field label="Title" className="field-wide">
          {(control) => <input {...control} autoComplete="off" {...form.register("title")} />}
        </Field>
        <Field label="With" error={errors.hostId?.message} className="field-wide">
          {(control) => (
            <select {...control} {...form.register("hostId", { required: "Choose who holds the appointment." })}>
              <option value="">Choose</option>
              {hosts.map((host) => (
                <option key={host.id} value={host.id}>
                  {userName(host)}
                </option>
              ))}
            </select>
          )}
        </Field>
        <Field label="Date" error={errors.date?.message}>
          {(control) => (
            <input
              {...control}
              type="date"
              min={format(new Date(), "yyyy-MM-dd")}
              max={format(addYears(new Date(), yearsAhead), "yyyy-MM-dd")}
              {...form.register("date", { validate: appointmentDateFault })}
            />
          )}
        </Field>
        <Field label="Time" hint={viewerZone.replace(/_/g, " ")}>
          {(control) => <input {...control} type="time" step={300} {...form.register("time")} />}
        </Field>
        <Field label="Length">
          {(control) => (
            <select {...control} {...form.register("minutes")}>
              {lengths.map((minutes) => (
                <option key={minutes} value={minutes}>
                  {minutes} minutes
                </option>
              ))}
            </select>
          )}
        </Field>
      </div>
      <Choice legend="How" options={modes} register={form.register("mode")} />
      {inDoubt && (
        <BookingInDoubt
          patientId={patientId}
          start={inDoubt}
          onFound={() => {
            setInDoubt(null);
            onClose();
          }}
          onMissing={() => {
            setInDoubt(null);
            form.setFocus("title");
          }}
        />
      )}
      <div className="form-end">
        <button type="button" className="button" disabled={busy} onClick={onClose}>
          Cancel
        </button>
        {!inDoubt && (
          // Not disabled, which would take the focus from it.
          <button type="submit" className="button button-primary" aria-disabled={busy}>
            {busy ? "Adding…" : "Add appointment"}
          </button>
        )}
      </div>
    </form>
  );
}
