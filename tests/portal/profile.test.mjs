import assert from "node:assert/strict";
import { test } from "node:test";
import { holdRequests, openPatient, usePortal, watchRequests } from "./demo.mjs";

const portal = usePortal();
const patientPath = /\/patients\/[^/]+$/;

async function openForm() {
  const page = await portal.openSignedIn();
  await openPatient(page, "Profile");
  await page.getByRole("button", { name: "Edit profile" }).click();
  await page.getByRole("heading", { name: "Edit profile" }).waitFor();
  return page;
}

const save = (page) => page.getByRole("button", { name: "Save changes" }).click();

function refuse(...entries) {
  portal.fault({ api: "welkin", operation: "patientsUpdate", status: 400, body: entries });
}

test("a changed field is saved, alone, and is there after a reload", async () => {
  const page = await openForm();
  const sent = watchRequests(page, "PATCH", patientPath);
  await page.getByLabel("City").fill("New Example");
  await save(page);
  await page.getByText("Profile saved").waitFor();
  assert.deepEqual(sent.map((request) => request.postDataJSON()), [{ city: "New Example" }]);
  await page.reload();
  await page.getByText("New Example").waitFor();
});

test("an emptied field is sent as null", async () => {
  const page = await openForm();
  await page.getByLabel("City").fill("New Example");
  await save(page);
  await page.getByRole("button", { name: "Edit profile" }).click();
  const sent = watchRequests(page, "PATCH", patientPath);
  await page.getByLabel("City").fill("");
  await save(page);
  await page.getByRole("button", { name: "Edit profile" }).waitFor();
  assert.deepEqual(sent.map((request) => request.postDataJSON()), [{ city: null }]);
});

test("without a change nothing is sent", async () => {
  const page = await openForm();
  const sent = watchRequests(page, "PATCH", patientPath);
  await save(page);
  await page.getByRole("button", { name: "Edit profile" }).waitFor();
  assert.equal(sent.length, 0);
});

test("an error whose details name a field is shown beside it, and the field has the focus", async () => {
  const page = await openForm();
  refuse({ errorCode: "VALIDATION_FAILED", componentType: "PATIENT", message: "Not a valid address", details: { field: "email" } });
  await page.getByLabel("E-mail").fill("not-an-address");
  await save(page);
  await page.getByText("Not a valid address").waitFor();
  const email = page.getByLabel("E-mail");
  assert.equal(await email.getAttribute("aria-invalid"), "true");
  const described = await email.getAttribute("aria-describedby");
  assert.equal(await page.locator(`[id="${described}"]`).innerText(), "Not a valid address");
  assert.ok(await email.evaluate((element) => element === document.activeElement));
  assert.equal(await email.inputValue(), "not-an-address");
});

test("an error whose message names a field is shown beside it", async () => {
  const page = await openForm();
  refuse({ errorCode: "VALIDATION_FAILED", componentType: "PATIENT", message: "addressLine1 is too long", details: {} });
  await page.getByLabel("Address line 1").fill("1 Example Street");
  await page.getByLabel("City").fill("New Example");
  await save(page);
  await page.getByText("addressLine1 is too long").waitFor();
  assert.equal(await page.getByLabel("Address line 1").getAttribute("aria-invalid"), "true");
  assert.equal(await page.getByLabel("Address line 2").getAttribute("aria-invalid"), null);
});

test("an error that names no field is shown above the form", async () => {
  const page = await openForm();
  refuse({ errorCode: "VALIDATION_FAILED", componentType: "PATIENT", message: "The record is locked", details: {} });
  await page.getByLabel("City").fill("New Example");
  await save(page);
  await page.getByRole("alert").getByText("The record is locked").waitFor();
});

test("changes that are refused after their page was left are told there too", async () => {
  const page = await openForm();
  const answer = await holdRequests(page, "PATCH", patientPath, 400);
  await page.getByLabel("City").fill("New Example");
  await save(page);
  await page.getByRole("navigation", { name: "Patient" }).getByRole("link", { name: "Calendar" }).click();
  await page.getByRole("button", { name: "New appointment" }).waitFor();
  answer();
  await page.getByRole("status").getByText("The changes to the profile were not saved.").waitFor();
});

test("changes that find the session gone are told as not saved", async () => {
  const page = await openForm();
  await page.context().clearCookies();
  await page.getByLabel("City").fill("New Example");
  await save(page);
  await page.getByText("Your session had ended. The changes to the profile were not saved.").waitFor();
});

test("a name cannot be emptied", async () => {
  const page = await openForm();
  const sent = watchRequests(page, "PATCH", patientPath);
  await page.getByLabel("Last name").fill(" ");
  await save(page);
  await page.getByText("Last name is needed.").waitFor();
  assert.equal(sent.length, 0);
});

/** Types into the date field from its first part on, as a person does. */
async function typeDate(page, keys) {
  const field = page.getByLabel("Date of birth");
  await field.click({ position: { x: 20, y: 20 } });
  for (const key of keys) await page.keyboard.press(key);
}

const impossible = {
  "half-typed": { keys: ["Backspace"], complaint: "This is no date that exists" },
  "of a day that no month has": { keys: [..."02301980"], complaint: "This is no date that exists" },
  "in the future": { keys: [..."01012090"], complaint: "A date of birth is not in the future" },
  "of long ago": { keys: [..."01011880"], complaint: "A date of birth is not before" },
};
for (const [what, { keys, complaint }] of Object.entries(impossible)) {
  test(`a date of birth ${what} is refused and never sent`, async () => {
    const page = await openForm();
    const sent = watchRequests(page, "PATCH", patientPath);
    await typeDate(page, keys);
    await page.getByLabel("City").fill("New Example");
    await save(page);
    await page.getByText(complaint).waitFor();
    assert.equal(await page.getByLabel("Date of birth").getAttribute("aria-invalid"), "true");
    assert.equal(sent.length, 0);
  });
}

test("a date of birth that is emptied on purpose is cleared", async () => {
  const page = await openForm();
  const sent = watchRequests(page, "PATCH", patientPath);
  await page.getByLabel("Date of birth").fill("");
  await save(page);
  await page.getByText("Profile saved").waitFor();
  assert.deepEqual(sent.map((request) => request.postDataJSON()), [{ birthDate: null }]);
});
