import { addMinutes, format, isValid, parse } from "date-fns";

/** Start and end of an appointment as the API wants them: UTC with milliseconds. */
export interface AppointmentTime {
  start: Date;
  startDateTime: string;
  endDateTime: string;
}

/** Reads the date and time of the form in the viewer's zone; a text instead says what is wrong with them. */
export function appointmentTime(date: string, time: string, minutes: number, now = new Date()): AppointmentTime | string {
  const start = parse(`${date} ${time}`, "yyyy-MM-dd HH:mm", now);
  if (!isValid(start)) return "Give a date and a time.";
  // Where clocks go forward an hour is missing, and a time inside it silently becomes another.
  if (format(start, "HH:mm") !== time) return "Clocks change on that day and this time does not exist.";
  if (start <= now) return "This time is in the past.";
  return { start, startDateTime: start.toISOString(), endDateTime: addMinutes(start, minutes).toISOString() };
}
