import type { Welkin } from "carewire";
import { formatLongDay, formatTime } from "../ui/dates";
import { textOf } from "../ui/text";
import { byDay, eventTitle, hostName, isCancelled, modeLabels, statusLabel, type PlacedEvent } from "./events";

/** The events day by day. */
export function Agenda({ events }: { events: readonly PlacedEvent[] }) {
  return (
    <ol className="agenda" role="list">
      {Array.from(byDay(events), ([day, placed]) => (
        <li key={day}>
          <h3 data-day={day} tabIndex={-1}>
            {placed[0] && formatLongDay(placed[0].start)}
          </h3>
          <ul className="agenda-day" role="list">
            {placed.map((one) => (
              <Entry key={one.event.id} {...one} />
            ))}
          </ul>
        </li>
      ))}
    </ol>
  );
}

function Entry({ event, start, end }: PlacedEvent) {
  const mode = modeLabels[textOf(event.eventMode)] ?? textOf(event.eventMode);
  const host = hostName(event);
  return (
    <li className={isCancelled(event) ? "entry entry-cancelled" : "entry"} data-event={event.id} tabIndex={-1}>
      <p className="entry-time">
        {event.allDayEvent ? (
          "All day"
        ) : (
          <>
            <time dateTime={start.toISOString()}>{formatTime(start)}</time>
            {end && (
              <>
                <span className="entry-until"> to </span>
                <time dateTime={end.toISOString()}>{formatTime(end)}</time>
              </>
            )}
          </>
        )}
      </p>
      <div className="entry-text">
        <p className="entry-title">{eventTitle(event)}</p>
        <p className="entry-facts">{[mode, host && `with ${host}`].filter(Boolean).join(" · ")}</p>
        {event.eventDescription && <p className="entry-facts">{textOf(event.eventDescription)}</p>}
      </div>
      <Status event={event} />
    </li>
  );
}

function Status({ event }: { event: Welkin.CalendarEvent }) {
  const status = statusLabel(event.eventStatus);
  return status && <span className={`badge badge-${status.toLowerCase()}`}>{status}</span>;
}
