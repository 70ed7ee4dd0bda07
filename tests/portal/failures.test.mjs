import assert from "node:assert/strict";
import { test } from "node:test";
import { openPatient, patientLinks, usePortal } from "./demo.mjs";

const portal = usePortal();

async function openFailing(rule) {
  portal.fault(rule);
  const page = await portal.open();
  await page.goto("/");
  await page.getByRole("listitem").getByRole("button").first().click();
  return page;
}

test("a list that cannot be read says so, and is read when it is tried again", async () => {
  const page = await openFailing({ api: "welkin", operation: "patientsList", status: 500, times: Infinity });
  await page.getByText("The service has a problem").waitFor();
  await portal.demo.sandbox.reset();
  await page.getByRole("button", { name: "Try again" }).click();
  await patientLinks(page).first().waitFor();
  assert.equal(await page.getByRole("alert").count(), 0);
});

test("what the role may not see is called not allowed", async () => {
  const page = await openFailing({ api: "welkin", operation: "patientsList", status: 403, times: Infinity });
  await page.getByText("Not allowed", { exact: true }).waitFor();
});

test("an API that refuses the clinic's own key is a failure of the service, not the end of the session", async () => {
  portal.fault({ api: "inboxHealth", operation: "patientsList", status: 401, times: Infinity });
  const page = await portal.openSignedIn();
  await openPatient(page, "Billing");
  await page.getByText("The service has a problem").waitFor();
});

test("a page that the gateway does not know as the portal's is told so, and not by the role", async () => {
  const page = await portal.openSignedIn();
  await page.route(/\/api\//, (route) => route.fulfill({ status: 403, headers: { "x-carewire-gateway": "origin" }, json: { error: "origin" } }));
  await patientLinks(page).first().click();
  await page.getByText("Not from this address").waitFor();
});

test("a patient who is not there is not found, on a page with a heading", async () => {
  const page = await portal.openSignedIn();
  await page.goto("/patients/00000000-0000-4000-8000-fffffffffff0/profile");
  await page.getByText("Not found", { exact: true }).waitFor();
  await page.getByRole("heading", { level: 1 }).waitFor();
});

test("an account that cannot be read does not take the rest of the page with it", async () => {
  portal.fault({ api: "inboxHealth", operation: "patientsList", status: 500, times: Infinity });
  const page = await portal.openSignedIn();
  await openPatient(page, "Billing");
  await page.getByText("The service has a problem").waitFor();
  await page.getByRole("link", { name: "Profile" }).click();
  await page.getByRole("button", { name: "Edit profile" }).waitFor();
});

test("an address that means nothing is answered with a way out", async () => {
  const page = await portal.openSignedIn();
  await page.goto("/no-such-page");
  await page.getByText("There is no such page").waitFor();
  await page.getByRole("main").getByRole("link", { name: "All patients" }).click();
  await patientLinks(page).first().waitFor();
});

test("a page opened while the network is gone says so, keeps what is around it, and opens when it is tried again", async () => {
  const page = await portal.openSignedIn();
  await patientLinks(page).first().click();
  await page.getByRole("button", { name: "Edit profile" }).waitFor();
  await page.context().setOffline(true);
  await page.getByRole("link", { name: "Calendar" }).click();
  await page.getByText("No connection", { exact: true }).waitFor();
  await page.getByRole("navigation", { name: "Patient" }).waitFor();
  await page.context().setOffline(false);
  await page.getByRole("button", { name: "Try again" }).click();
  await page.getByText("No connection", { exact: true }).waitFor({ state: "detached" });
  await page.getByRole("button", { name: "New appointment" }).click();
});
