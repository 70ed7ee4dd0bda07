import { skipToken, useQuery, useQueryClient } from "@tanstack/react-query";
import { isSameDay, startOfMonth } from "date-fns";
import { formatLongDay, formatTime } from "../ui/dates";
import { Doubt } from "../ui/doubt";
import { Ready } from "../ui/ready";
import { eventsQuery, eventTitle, hostName } from "./events";

/** The start of an appointment of which nobody knows whether it was booked. Kept beside the records: it must outlive the dialog. */
export function useBookingInDoubt(patientId: string) {
  const client = useQueryClient();
  const queryKey = ["booking-in-doubt", patientId];
  const { data = null } = useQuery<Date | null>({ queryKey, queryFn: skipToken, staleTime: Infinity, gcTime: Infinity });
  return { inDoubt: data, setInDoubt: (start: Date | null) => client.setQueryData<Date | null>(queryKey, start) };
}

interface BookingInDoubtProps {
  patientId: string;
  start: Date;
  onFound: () => void;
  onMissing: () => void;
}

/** Shows the day as the calendar has it now, for the calendar itself is behind the dialog. */
export function BookingInDoubt({ patientId, start, onFound, onMissing }: BookingInDoubtProps) {
  const events = useQuery(eventsQuery(patientId, startOfMonth(start)));
  return (
    <Doubt
      title="It is not certain that this was booked"
      ready={events.isSuccess && !events.isFetching}
      found="It is in the calendar"
      onFound={onFound}
      onMissing={onMissing}
    >
      <p>
        No clear answer came back for {formatLongDay(start)}, {formatTime(start)}. This is what the calendar holds for that day:
      </p>
      <Ready query={events} loading="Loading appointments" compact>
        {(placed) => {
          const thatDay = placed.filter((one) => isSameDay(one.start, start));
          return thatDay.length === 0 ? (
            <p>Nothing.</p>
          ) : (
            <ul>
              {thatDay.map((one) => (
                <li key={one.event.id}>{[formatTime(one.start), eventTitle(one.event), hostName(one.event)].filter(Boolean).join(" · ")}</li>
              ))}
            </ul>
          );
        }}
      </Ready>
    </Doubt>
  );
}
