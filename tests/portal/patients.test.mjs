import assert from "node:assert/strict";
import { test } from "node:test";
import { nameIn, patientLinks, usePortal, watchRequests } from "./demo.mjs";

const portal = usePortal();
const patientsPath = /\/patients$/;

test("a search finds the patients whose name holds it, and stands in the address", async () => {
  const page = await portal.openSignedIn();
  const lastName = (await nameIn(patientLinks(page).first())).split(" ").at(-1);
  await page.getByLabel("Search by name").fill(lastName);
  await page.waitForURL((url) => url.searchParams.get("query") === lastName);
  await page.waitForFunction((name) => {
    const rows = [...document.querySelectorAll(".patient")];
    return rows.length > 0 && rows.every((row) => row.textContent.toLowerCase().includes(name.toLowerCase()));
  }, lastName);

  await page.reload();
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

test("the way back from a patient keeps the search", async () => {
  const page = await portal.openSignedIn();
  await page.getByRole("link", { name: "Next" }).click();
  await page.getByText(/Page 2 of/).waitFor();
  await patientLinks(page).first().click();
  await page.getByRole("navigation", { name: "Patient" }).getByRole("link", { name: "Billing" }).click();
  await page.getByRole("link", { name: "All patients" }).click();
  await page.getByText(/Page 2 of/).waitFor();
});
