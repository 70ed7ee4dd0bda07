import assert from "node:assert/strict";
import { test } from "node:test";
import { openAccount, openPatient, usePortal } from "./demo.mjs";

const portal = usePortal();
const phone = { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true };

async function fits(page) {
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  assert.equal(overflow, 0, `${new URL(page.url()).pathname.split("/").at(-1)} is ${overflow} px too wide`);
}

test("no page of the portal scrolls sideways on a phone", async () => {
  const page = await portal.open(phone);
  await page.goto("/");
  await page.getByRole("listitem").getByRole("button").first().waitFor();
  await fits(page);
  await page.getByRole("listitem").getByRole("button").first().click();
  await page.getByText(/Page 1 of/).waitFor();
  await fits(page);

  await openPatient(page, "Profile");
  await page.getByRole("button", { name: "Edit profile" }).waitFor();
  await fits(page);
  await page.getByRole("button", { name: "Edit profile" }).click();
  await page.getByRole("button", { name: "Save changes" }).waitFor();
  await fits(page);

  await page.getByRole("link", { name: "Calendar" }).click();
  await page.getByRole("button", { name: "New appointment" }).waitFor();
  await fits(page);
  await page.getByRole("button", { name: "New appointment" }).click();
  await page.getByRole("button", { name: "Add appointment" }).waitFor();
  await fits(page);
  const dialog = await page.getByRole("dialog").evaluate((element) => element.scrollWidth - element.clientWidth);
  assert.equal(dialog, 0);
  await page.keyboard.press("Escape");

  await page.getByRole("link", { name: "All patients" }).click();
  await page.getByText(/Page 1 of/).waitFor();
  await openAccount(page);
  await page.getByText("Loading").first().waitFor({ state: "hidden" });
  if (await page.locator("summary").count()) await page.locator("summary").first().click();
  await fits(page);
});
