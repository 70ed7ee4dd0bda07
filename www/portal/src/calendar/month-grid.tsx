import { eachDayOfInterval, eachWeekOfInterval, endOfMonth, endOfWeek, format, isSameMonth, isToday } from "date-fns";
import { formatLongDay, formatMonth, formatTime } from "../ui/dates";
import { byDay, dayKey, isCancelled, type PlacedEvent } from "./events";

interface MonthGridProps {
  month: Date;
  events: readonly PlacedEvent[];
  onOpenDay: (day: string) => void;
}

const chipsPerDay = 2;

/** The month at a glance. Days with something on them lead to the agenda, which says it all. */
export function MonthGrid({ month, events, onOpenDay }: MonthGridProps) {
  const days = byDay(events);
  const weeks = eachWeekOfInterval({ start: month, end: endOfMonth(month) });
  const weekdays = eachDayOfInterval({ start: weeks[0] ?? month, end: endOfWeek(weeks[0] ?? month) });
  return (
    <table className="month">
      <caption className="only-read">{formatMonth(month)}</caption>
      <thead>
        <tr>
          {weekdays.map((day) => (
            <th key={day.getDay()} scope="col" abbr={format(day, "EEEE")}>
              {format(day, "EEEEE")}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {weeks.map((week) => (
          <tr key={dayKey(week)}>
            {eachDayOfInterval({ start: week, end: endOfWeek(week) }).map((day) => (
              <td key={dayKey(day)}>
                {isSameMonth(day, month) && <Day day={day} events={days.get(dayKey(day)) ?? []} onOpen={onOpenDay} />}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Day({ day, events, onOpen }: { day: Date; events: readonly PlacedEvent[]; onOpen: (day: string) => void }) {
  const today = isToday(day);
  const number = (
    <span className="day-number" {...(today && { "aria-current": "date" })}>
      {format(day, "d")}
    </span>
  );
  if (events.length === 0) return <span className="day">{number}</span>;
  const count = events.length === 1 ? "1 appointment" : `${events.length} appointments`;
  return (
    <button
      type="button"
      className="day day-busy"
      aria-label={`${formatLongDay(day)}, ${count}`}
      onClick={() => onOpen(dayKey(day))}
    >
      {number}
      {events.slice(0, chipsPerDay).map(({ event, start }) => (
        <span key={event.id} className={isCancelled(event) ? "chip chip-cancelled" : "chip"}>
          {event.allDayEvent ? "All day" : formatTime(start)}
        </span>
      ))}
      {events.length > chipsPerDay && <span className="chip-more">{events.length - chipsPerDay} more</span>}
    </button>
  );
}
