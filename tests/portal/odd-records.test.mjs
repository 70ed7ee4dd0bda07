import assert from "node:assert/strict";
import { test } from "node:test";
import { openAccount, openPatient, patientLinks, usePortal } from "./demo.mjs";

const portal = usePortal();

/** Every record that the page reads from now on has an object in these fields, whatever belongs there. */
async function spoil(page, fields) {
  await page.route(/\/api\//, async (route) => {
    const response = await route.fetch();
    const text = await response.text();
    await route.fulfill({ response, body: JSON.stringify(JSON.parse(text, (key, value) => (fields.includes(key) ? { odd: true } : value))) });
  });
  await page.reload();
}

const dash = (within) => within.getByText("—").first().waitFor();

test("patients and appointments with values of another type are shown with a dash in their place", async () => {
  const page = await portal.openSignedIn();
  await openPatient(page, "Calendar");
  await page.getByRole("button", { name: "New appointment" }).click();
  await page.getByRole("dialog").getByLabel("With").selectOption({ index: 1 });
  await page.getByRole("button", { name: "Add appointment" }).click();
  await page.getByText("Appointment added").waitFor();
  await spoil(page, ["firstName", "birthDate", "phone", "email", "mrn", "gender", "eventTitle", "eventStatus", "eventMode", "eventDescription", "participants", "endDateTime"]);
  await dash(page.locator(".agenda"));
  await page.getByRole("link", { name: "Profile" }).click();
  await dash(page.locator(".profile"));
  await page.getByRole("button", { name: "Edit profile" }).click();
  await page.getByRole("button", { name: "Save changes" }).waitFor();
  await page.getByRole("link", { name: "All patients" }).click();
  await dash(patientLinks(page).first());
});

test("accounts, invoices and payments with values of another type are shown with a dash in their place", async () => {
  const page = await portal.openSignedIn();
  await openAccount(page);
  await page.getByLabel("Amount").fill("12.50");
  await page.getByRole("button", { name: "Take $12.50" }).click();
  await page.getByText("Payment of $12.50 recorded").waitFor();
  await spoil(page, ["balance_cents", "expected_amount_cents", "created_at", "payment_method_type", "description", "date_of_service", "notes", "total_insurance_balance_cents"]);
  await dash(page.locator(".balance"));
  await dash(page.locator(".payment"));
  await dash(page.locator(".invoice"));
  await page.getByLabel("Amount").fill("12.50");
  await page.getByRole("button", { name: "Take $12.50" }).waitFor();
});

test("a payment whose amount is not given is not called $0.00", async () => {
  const page = await portal.openSignedIn();
  await page.route(/\/payments/, async (route) => {
    const response = await route.fetch();
    const json = JSON.parse(await response.text(), (key, value) => (key === "expected_amount_cents" ? null : value));
    await route.fulfill({ response, json });
  });
  await openAccount(page);
  await page.getByLabel("Amount").fill("12.50");
  await page.getByRole("button", { name: "Take $12.50" }).click();
  await page.locator(".payment").getByText("Not known").first().waitFor();
  assert.equal(await page.locator(".payment").getByText("$0.00").count(), 0);
});
