import assert from "node:assert/strict";
import { test } from "node:test";
import { openPatient, patientLinks, signIn, usePortal } from "./demo.mjs";

const portal = usePortal();

test("a member of staff signs in and out", async () => {
  const page = await portal.open();
  await page.goto("/");
  await signIn(page);
  assert.equal(new URL(page.url()).pathname, "/patients");
  await page.getByRole("button", { name: "Sign out" }).click();
  await page.getByRole("heading", { name: "Who is at the desk?" }).waitFor();
  await page.goto("/patients");
  await page.getByRole("heading", { name: "Who is at the desk?" }).waitFor();
});

test("an address opened before the sign-in is shown after it", async () => {
  const page = await portal.open();
  await page.goto("/patients?page=2");
  await page.getByRole("listitem").getByRole("button").first().click();
  await page.getByText(/Page 2 of/).waitFor();
});

test("a lost session leads to the sign-in, and the sign-in back", async () => {
  const page = await portal.openSignedIn();
  await openPatient(page, "Profile");
  await page.getByRole("button", { name: "Edit profile" }).waitFor();
  const opened = page.url();
  await page.context().clearCookies();
  await page.getByRole("navigation", { name: "Patient" }).getByRole("link", { name: "Calendar" }).click();
  await page.getByText("Your session has ended").waitFor();
  await page.getByRole("listitem").getByRole("button").first().click();
  await page.getByRole("heading", { name: "Appointments" }).waitFor();
  assert.equal(page.url(), opened.replace("/profile", "/calendar"));
});

test("nothing that was read stays on the page after the session is lost", async () => {
  const page = await portal.openSignedIn();
  const name = await patientLinks(page).first().locator(".patient-name").innerText();
  await page.context().clearCookies();
  await patientLinks(page).first().click();
  await page.getByText("Your session has ended").waitFor();
  assert.ok(!(await page.content()).includes(name));
});
