import assert from "node:assert/strict";
import { test } from "node:test";
import { holdRequests, openPatient, usePortal, watchRequests } from "./demo.mjs";

const portal = usePortal();
const eventsPath = /\/calendar\/events$/;

async function openDialog() {
  const page = await portal.openSignedIn();
  await openPatient(page, "Calendar");
  await page.getByRole("button", { name: "New appointment" }).click();
  await page.getByRole("dialog").getByLabel("With").selectOption({ index: 1 });
  return page;
}

const add = (page) => page.getByRole("button", { name: "Add appointment" });

test("a new appointment is sent in UTC with host and patient, shown, focused, and kept", async () => {
  const page = await openDialog();
  const sent = watchRequests(page, "POST", eventsPath);
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Title").fill("Blood pressure check");
  await dialog.getByRole("radio", { name: "Video" }).check();
  const local = `${await dialog.getByLabel("Date").inputValue()}T${await dialog.getByLabel("Time").inputValue()}`;
  const start = await page.evaluate((time) => new Date(time).toISOString(), local);
  await add(page).click();

  // What is said in passing first: it does not stay.
  await page.getByText("Appointment added").waitFor();
  const entry = page.getByRole("listitem").filter({ hasText: "Blood pressure check" }).last();
  await entry.waitFor();
  await page.waitForFunction(() => document.activeElement?.textContent?.includes("Blood pressure check"));
  const event = sent[0].postDataJSON();
  assert.equal(sent.length, 1);
  assert.equal(event.startDateTime, start);
  assert.equal(Date.parse(event.endDateTime) - Date.parse(event.startDateTime), 30 * 60_000);
  assert.deepEqual([event.eventType, event.eventStatus, event.eventMode, event.eventColor], ["APPOINTMENT", "SCHEDULED", "VIDEO", "green"]);
  assert.deepEqual(event.participants.map((participant) => participant.participantRole).sort(), ["patient", "psm"]);
  assert.ok(event.participants.some((participant) => participant.participantId === event.hostId));

  await page.reload();
  await entry.waitFor();
});

test("a double click adds one appointment", async () => {
  const page = await openDialog();
  const sent = watchRequests(page, "POST", eventsPath);
  await add(page).dblclick();
  await page.getByText("Appointment added").waitFor();
  assert.equal(sent.length, 1);
});

test("an appointment in the past is refused before anything is sent", async () => {
  const page = await openDialog();
  const sent = watchRequests(page, "POST", eventsPath);
  await page.getByLabel("Date").fill("2020-01-06");
  await add(page).click();
  await page.getByText("This time is in the past.").waitFor();
  assert.equal(sent.length, 0);
});

test("a half-typed date and one of the far future are refused before anything is sent", async () => {
  const page = await openDialog();
  const sent = watchRequests(page, "POST", eventsPath);
  await page.getByLabel("Date").click({ position: { x: 20, y: 20 } });
  await page.keyboard.press("Backspace");
  await add(page).click();
  await page.getByText("This is no date that exists.").waitFor();
  await page.getByLabel("Date").fill("2206-01-06");
  await add(page).click();
  await page.getByText("Appointments are made up to 2 years ahead.").waitFor();
  assert.equal(sent.length, 0);
});

test("an appointment whose answer is lost is not called failed", async () => {
  const page = await openDialog();
  portal.fault({ api: "welkin", operation: "calendarEventsCreate", drop: "after" });
  await add(page).click();
  await page.getByText("It is not certain that this was booked").waitFor();
});

test("the dialog closes with Escape and gives the focus back", async () => {
  const page = await openDialog();
  await page.keyboard.press("Escape");
  await page.getByRole("dialog").waitFor({ state: "hidden" });
  assert.equal(await page.evaluate(() => document.activeElement.textContent.trim()), "New appointment");
});

/** Holds the booking back until the function it gives is called; with a status that is the answer. */
async function holdBooking(page, status) {
  const answer = await holdRequests(page, "POST", eventsPath, status);
  await add(page).click();
  await page.getByRole("button", { name: "Adding…" }).waitFor();
  return answer;
}

test("Escape pressed again and again does not lose the dialog while an appointment is being added", async () => {
  const page = await openDialog();
  const answer = await holdBooking(page, 400);
  for (let presses = 0; presses < 4; presses += 1) await page.keyboard.press("Escape");
  answer();
  await page.getByRole("dialog").getByRole("alert").waitFor();
  await add(page).waitFor();
  await page.keyboard.press("Escape");
  await page.getByRole("dialog").waitFor({ state: "hidden" });
  await page.getByRole("button", { name: "New appointment" }).click();
  await add(page).waitFor();
});

test("an appointment that is answered after its page was left changes neither page nor address", async () => {
  const page = await openDialog();
  await page.getByLabel("Date").fill(await page.evaluate(() => new Date(Date.now() + 70 * 86_400_000).toISOString().slice(0, 10)));
  const answer = await holdBooking(page);
  await page.goBack();
  await page.getByRole("button", { name: "Edit profile" }).waitFor();
  const address = page.url();
  answer();
  await page.getByText("Appointment added").waitFor();
  assert.equal(page.url(), address);
  await page.getByRole("button", { name: "Edit profile" }).waitFor();
});

test("an appointment whose answer is lost is not booked again before somebody looked", async () => {
  const page = await openDialog();
  const sent = watchRequests(page, "POST", eventsPath);
  await page.getByRole("dialog").getByLabel("Title").fill("Blood pressure check");
  portal.fault({ api: "welkin", operation: "calendarEventsCreate", drop: "after" });
  await add(page).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByText("It is not certain that this was booked").waitFor();
  await dialog.getByRole("listitem").filter({ hasText: "Blood pressure check" }).waitFor();
  await page.waitForFunction(() => document.activeElement?.className.includes("callout"));
  await dialog.getByLabel("Title").press("Enter");
  assert.equal(await add(page).count(), 0);

  // Nor from a dialog that is opened anew.
  await dialog.getByRole("button", { name: "Cancel" }).click();
  await page.getByRole("button", { name: "New appointment" }).click();
  await dialog.getByText("It is not certain that this was booked").waitFor();
  assert.equal(await add(page).count(), 0);
  await dialog.getByRole("button", { name: "It is in the calendar" }).click();
  await dialog.waitFor({ state: "hidden" });
  assert.equal(sent.length, 1);
});

test("an appointment that got lost can be added again once the calendar was looked at", async () => {
  const page = await openDialog();
  portal.fault({ api: "welkin", operation: "calendarEventsCreate", drop: true });
  await add(page).click();
  await page.getByRole("button", { name: "It is not there, try again" }).click();
  await add(page).click();
  await page.getByText("Appointment added").waitFor();
});

test("the focus stays on the button whose appointment was refused, and on Today", async () => {
  const page = await openDialog();
  const focused = (text) => page.waitForFunction((wanted) => document.activeElement?.textContent?.trim() === wanted, text);
  portal.fault({ api: "welkin", operation: "calendarEventsCreate", status: 400 });
  await add(page).press("Enter");
  await page.getByRole("dialog").getByRole("alert").waitFor();
  await focused("Add appointment");
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: "Next month" }).click();
  await page.waitForURL(/month=/);
  await page.getByRole("button", { name: "Today" }).press("Enter");
  await page.waitForURL((url) => !url.searchParams.has("month"));
  await focused("Today");
});

test("the month shown stands in the address", async () => {
  const page = await portal.openSignedIn();
  // No month begins meanwhile.
  await page.clock.setFixedTime(await page.evaluate(() => Date.now()));
  await openPatient(page, "Calendar");
  const title = page.locator("#calendar-title");
  const thisMonth = await title.innerText();
  await page.getByRole("button", { name: "Next month" }).click();
  await page.waitForURL(/month=\d{4}-\d{2}/);
  await page.locator("#calendar-title", { hasNotText: thisMonth }).waitFor();
  const month = await title.innerText();
  await page.reload();
  await page.getByRole("heading", { name: month }).waitFor();
  await page.getByRole("button", { name: "Today" }).click();
  await page.waitForURL((url) => !url.searchParams.has("month"));
});
