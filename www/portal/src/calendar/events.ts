import { queryOptions } from "@tanstack/react-query";
import type { Welkin } from "carewire";
import { addMonths, format, isValid, parse, parseISO, startOfMonth } from "date-fns";
import { welkin } from "../clients";
import { listOf, textOf } from "../ui/text";

/** An event with its times read; what has no valid start cannot be placed in a calendar. */
export interface PlacedEvent {
  event: Welkin.CalendarEvent;
  start: Date;
  end: Date | undefined;
}

export function monthOf(params: URLSearchParams, now = new Date()): Date {
  const asked = parse(params.get("month") ?? "", "yyyy-MM", startOfMonth(now));
  return startOfMonth(isValid(asked) ? asked : now);
}

/** The month as it stands in the address. */
export const monthKey = (month: Date) => format(month, "yyyy-MM");
export const dayKey = (day: Date) => format(day, "yyyy-MM-dd");

export const eventsKey = (patientId: string) => ["events", patientId];

/** All events of a patient in a month, in order. */
export function eventsQuery(patientId: string, month: Date) {
  return queryOptions({
    queryKey: [...eventsKey(patientId), monthKey(month)],
    queryFn: async ({ signal }) => {
      const range = { from: month.toISOString(), to: addMonths(month, 1).toISOString() };
      const placed: PlacedEvent[] = [];
      for await (const event of welkin.calendarEvents.list({ ...range, participantIds: [patientId] }, { signal })) {
        const start = parseISO(textOf(event.startDateTime));
        const end = parseISO(textOf(event.endDateTime));
        if (isValid(start)) placed.push({ event, start, end: isValid(end) ? end : undefined });
      }
      return placed.sort((one, other) => one.start.getTime() - other.start.getTime());
    },
  });
}

export function byDay(events: readonly PlacedEvent[]): Map<string, PlacedEvent[]> {
  const days = new Map<string, PlacedEvent[]>();
  for (const placed of events) {
    const key = dayKey(placed.start);
    days.set(key, [...(days.get(key) ?? []), placed]);
  }
  return days;
}

export function eventTitle(event: Welkin.CalendarEvent): string {
  return textOf(event.eventTitle) || typeLabels[textOf(event.eventType)] || "Event";
}

const typeLabels: Record<string, string> = {
  APPOINTMENT: "Appointment",
  ENCOUNTER: "Encounter",
  GROUP_THERAPY: "Group therapy",
  LEAVE: "Leave",
};

export const modeLabels: Record<string, string> = { "IN-PERSON": "In person", CALL: "Call", VIDEO: "Video" };

/** Welkin writes the usual state both as SCHEDULED and as Scheduled. */
export function statusLabel(status: unknown): string {
  const text = textOf(status).toLowerCase();
  return text.charAt(0).toUpperCase() + text.slice(1);
}

export function isCancelled(event: Welkin.CalendarEvent): boolean {
  return textOf(event.eventStatus).toUpperCase() === "CANCELLED";
}

export function hostName(event: Welkin.CalendarEvent): string | undefined {
  const participants = listOf(event.participants);
  const host =
    participants.find((participant) => participant.participantId === event.hostId) ??
    participants.find((participant) => participant.participantRole === "psm");
  return [textOf(host?.firstName), textOf(host?.lastName)].filter(Boolean).join(" ") || undefined;
}
