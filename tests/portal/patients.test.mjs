import assert from "node:assert/strict";
import { test } from "node:test";
import { nameIn, patientLinks, usePortal, watchRequests } from "./demo.mjs";

const portal = usePortal();
const patientsPath = /\/patients$/;

test("a search finds the patients whose name holds it, outlives a reload, and stays out of the address", async () => {
  const page = await portal.openSignedIn();
  const lastName = (await nameIn(patientLinks(page).first())).split(" ").at(-1);
  await page.getByLabel("Search by name").fill(lastName);
  await page.waitForFunction((name) => {
    const rows = [...document.querySelectorAll(".patient")];
    return rows.length > 0 && rows.every((row) => row.textContent.toLowerCase().includes(name.toLowerCase()));
  }, lastName);

  const asked = page.waitForRequest((request) => request.isNavigationRequest());
  await page.reload();
  assert.equal(new URL((await asked).url()).search, "");
  assert.equal(await page.getByLabel("Search by name").inputValue(), lastName);
});

test("a search nobody matches says so", async () => {
  const page = await portal.openSignedIn();
  await page.getByLabel("Search by name").fill("zzzzzzzz");
  await page.getByText("Nobody matches this search").waitFor();
  await page.getByText("No patients found").waitFor();
});

test("typing sends one search, when it pauses", async () => {
  const page = await portal.openSignedIn();
  const sent = watchRequests(page, "GET", patientsPath);
  // While the clock stands there is no pause, however slowly the keys come.
  await page.clock.install();
  await page.clock.pauseAt(Date.now() + 3_600_000);
  await page.getByLabel("Search by name").pressSequentially("zzzzzzzz");
  await page.clock.resume();
  await page.getByText("Nobody matches this search").waitFor();
  assert.equal(sent.length, 1);
});

test("a search that a newer one has overtaken is aborted", async () => {
  const page = await portal.openSignedIn();
  await page.route(/query=slow/, () => {}); // never answered
  const aborted = page.waitForEvent("requestfailed", (request) => request.url().includes("query=slow"));
  const begun = page.waitForRequest(/query=slow/);
  await page.getByLabel("Search by name").fill("slow");
  await begun;
  await page.getByLabel("Search by name").fill("zzzzzzzz");
  assert.match((await aborted).failure().errorText, /ERR_ABORTED/);
  await page.getByText("Nobody matches this search").waitFor();
});

test("pages follow each other, and the browser's back returns to the one before", async () => {
  const page = await portal.openSignedIn();
  const first = await nameIn(patientLinks(page).first());
  await page.getByRole("link", { name: "Next" }).click();
  await page.getByText(/Page 2 of/).waitFor();
  await page.locator('main ul[aria-busy="false"]').waitFor();
  assert.equal(new URL(page.url()).searchParams.get("page"), "2");
  assert.notEqual(await nameIn(patientLinks(page).first()), first);
  await page.goBack();
  await page.getByText(/Page 1 of/).waitFor();
  await page.locator('main ul[aria-busy="false"]').waitFor();
  assert.equal(await nameIn(patientLinks(page).first()), first);
});

test("the search goes with the pages and with the way back from a patient", async () => {
  const page = await portal.openSignedIn();
  const field = page.getByLabel("Search by name");
  const found = page.waitForResponse(/query=a/);
  await field.fill("a");
  await found;
  await page.getByRole("link", { name: "Next" }).click();
  await page.getByText(/Page 2 of/).waitFor();
  assert.equal(await field.inputValue(), "a");
  await page.locator('main ul[aria-busy="false"]').waitFor();
  await patientLinks(page).first().click();
  await page.getByRole("navigation", { name: "Patient" }).getByRole("link", { name: "Calendar" }).click();
  await page.getByRole("link", { name: "All patients" }).click();
  await page.getByText(/Page 2 of/).waitFor();
  assert.equal(await field.inputValue(), "a");
  assert.equal(new URL(page.url()).search, "?page=2");
});

test("the focus stays on Next where there is no next page", async () => {
  const page = await portal.openSignedIn();
  const last = Number((await page.getByText(/Page 1 of/).innerText()).split(" ").at(-1));
  await page.goto(`/patients?page=${last - 1}`);
  await page.getByRole("link", { name: "Next" }).press("Enter");
  await page.getByText(`Page ${last} of ${last}`).waitFor();
  await page.locator('main ul[aria-busy="false"]').waitFor();
  await page.waitForFunction(() => document.activeElement?.textContent?.trim() === "Next");
  await page.keyboard.press("Enter");
  assert.equal(new URL(page.url()).searchParams.get("page"), String(last));
});

test("the way back from a patient keeps the page", async () => {
  const page = await portal.openSignedIn();
  await page.getByRole("link", { name: "Next" }).click();
  await page.getByText(/Page 2 of/).waitFor();
  await patientLinks(page).first().click();
  await page.getByRole("navigation", { name: "Patient" }).getByRole("link", { name: "Billing" }).click();
  await page.getByRole("link", { name: "All patients" }).click();
  await page.getByText(/Page 2 of/).waitFor();
});
