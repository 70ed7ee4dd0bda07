import assert from "node:assert/strict";
import { test } from "node:test";
import { unhurried } from "../package/browser.mjs";
import { openAccount, openPatient, patientLinks, signIn, usePortal } from "./demo.mjs";

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

/** Another tab of the same browser. */
async function openTab(page) {
  const tab = unhurried(await page.context().newPage());
  await tab.goto("/patients");
  await patientLinks(tab).first().waitFor();
  return tab;
}

test("a sign-out in one tab ends the others", async () => {
  const page = await portal.openSignedIn();
  const name = await patientLinks(page).first().locator(".patient-name").innerText();
  const tab = await openTab(page);
  await tab.getByRole("button", { name: "Sign out" }).click();
  await page.getByRole("heading", { name: "Who is at the desk?" }).waitFor();
  assert.ok(!(await page.content()).includes(name));
});

test("who signs in in another tab is who is signed in here, and reads everything anew", async () => {
  const page = await portal.openSignedIn();
  await openAccount(page);
  await page.getByLabel("Amount").fill("12.50");
  // Not by its pages, which tell the others.
  const read = page.waitForRequest((request) => /\/patients\/[^/]+$/.test(new URL(request.url()).pathname));
  await page.context().request.post("/auth/sign-in", { headers: { "X-Carewire-Portal": "1" }, data: { user: "staff-2" } });
  await page.evaluate(() => window.dispatchEvent(new Event("focus")));
  await page.getByText("Somebody else has signed in in this browser").waitFor();
  await page.locator(".bar-name", { hasText: "Kim Marsh" }).waitFor();
  await read;
  await page.getByRole("button", { name: "Take payment" }).waitFor();
  assert.equal(await page.getByLabel("Amount").inputValue(), "");
});

test("a session that ended while the window was away is noticed when one comes back to it", async () => {
  const page = await portal.openSignedIn();
  await page.context().clearCookies();
  await page.evaluate(() => window.dispatchEvent(new Event("focus")));
  await page.getByText("Your session has ended").waitFor();
});

test("a look at the session that does not come through leaves the page as it is", async () => {
  const page = await portal.openSignedIn();
  await page.route("/auth/session", (route) => route.abort());
  const looked = page.waitForEvent("requestfailed", (request) => request.url().endsWith("/auth/session"));
  await page.evaluate(() => window.dispatchEvent(new Event("focus")));
  await looked;
  await page.getByRole("link", { name: "Next" }).click();
  await page.getByText(/Page 2 of/).waitFor();
});
