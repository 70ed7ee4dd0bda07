import { differenceInYears, isValid, parseISO } from "date-fns";
import { textOf, unreadable } from "./text";

const locale = "en-US";
const day = new Intl.DateTimeFormat(locale, { dateStyle: "medium" });
const longDay = new Intl.DateTimeFormat(locale, { weekday: "long", day: "numeric", month: "long" });
const monthAndYear = new Intl.DateTimeFormat(locale, { month: "long", year: "numeric" });
const time = new Intl.DateTimeFormat(locale, { timeStyle: "short" });
const dayAndTime = new Intl.DateTimeFormat(locale, { dateStyle: "medium", timeStyle: "short" });

/** The calendar date in a date or timestamp, whatever the zone of the viewer: a birthday does not move. */
export function calendarDate(value: unknown): string | undefined {
  const date = textOf(value).slice(0, 10);
  return isValid(parseISO(date)) ? date : undefined;
}

export function formatCalendarDate(value: unknown): string {
  const date = calendarDate(value);
  return date ? day.format(parseISO(date)) : noDate(value);
}

export function ageOf(birthDate: unknown, now = new Date()): number | undefined {
  const date = calendarDate(birthDate);
  return date ? differenceInYears(now, parseISO(date)) : undefined;
}

/** A moment, in the viewer's zone. */
export function formatMoment(value: unknown): string {
  const moment = parseISO(textOf(value));
  return isValid(moment) ? dayAndTime.format(moment) : noDate(value);
}

const noDate = (value: unknown) => (typeof value === "string" || textOf(value) === "" ? "no date" : unreadable);

export const formatLongDay = (date: Date) => longDay.format(date);
export const formatMonth = (date: Date) => monthAndYear.format(date);
export const formatTime = (date: Date) => time.format(date);

/** The zone in which the portal shows times. */
export const viewerZone = Intl.DateTimeFormat().resolvedOptions().timeZone;
