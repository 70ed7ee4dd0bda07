import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { test } from "node:test";
import { openAccount, openPatient, usePortal } from "./demo.mjs";

const portal = usePortal();
const axe = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** No violation of the rules that axe can check by itself, contrast included. */
async function isSound(page) {
  await page.evaluate(axe);
  // What fades in is judged as it ends up; what goes away meanwhile never ends.
  await page.evaluate(() => Promise.allSettled(document.getAnimations().map((animation) => (animation.effect?.getTiming().iterations === Infinity ? undefined : animation.finished))));
  const violations = await page.evaluate(async () => {
    const found = await globalThis.axe.run(document);
    return found.violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.target.join(" ")).join(", ")}`);
  });
  assert.deepEqual(violations, []);
}

for (const colorScheme of ["light", "dark"]) {
  test(`pages hold to the rules of accessibility in ${colorScheme} colours`, async () => {
    const page = await portal.open({ colorScheme, reducedMotion: "reduce" });
    await page.goto("/");
    await page.getByRole("listitem").getByRole("button").first().waitFor();
    await isSound(page);
    await page.getByRole("listitem").getByRole("button").first().click();
    await page.getByText(/Page 1 of/).waitFor();
    await isSound(page);
    await openPatient(page, "Profile");
    await page.getByRole("button", { name: "Edit profile" }).waitFor();
    await isSound(page);
    await page.getByRole("button", { name: "Edit profile" }).click();
    await page.getByRole("button", { name: "Save changes" }).waitFor();
    await isSound(page);
    await page.getByRole("link", { name: "Calendar" }).click();
    await page.getByRole("button", { name: "New appointment" }).click();
    await page.getByRole("button", { name: "Add appointment" }).waitFor();
    await isSound(page);
    await page.keyboard.press("Escape");
    await page.getByRole("link", { name: "All patients" }).click();
    await page.getByText(/Page 1 of/).waitFor();
    await openAccount(page);
    await isSound(page);
  });
}

test("a patient can be reached and edited with the keyboard alone", async () => {
  const page = await portal.open();
  await page.goto("/");
  await page.getByRole("listitem").getByRole("button").first().waitFor();
  const tabTo = async (locator) => {
    await locator.waitFor();
    for (let presses = 0; presses < 60; presses += 1) {
      if (await locator.evaluate((element) => element === document.activeElement)) return;
      await page.keyboard.press("Tab");
    }
    assert.fail("the Tab key does not reach it");
  };
  await tabTo(page.getByRole("listitem").getByRole("button").first());
  await page.keyboard.press("Enter");
  await tabTo(page.locator("main").getByRole("listitem").getByRole("link").first());
  await page.keyboard.press("Enter");
  await tabTo(page.getByRole("button", { name: "Edit profile" }));
  await page.keyboard.press("Enter");
  await tabTo(page.getByLabel("City"));
  await page.keyboard.press("ControlOrMeta+A");
  await page.keyboard.type("New Example");
  await page.keyboard.press("Enter");
  await page.getByText("Profile saved").waitFor();
  await page.waitForFunction(() => document.activeElement?.textContent === "Edit profile");
});

test("a page reached inside the portal starts at its heading", async () => {
  const page = await portal.openSignedIn();
  await page.locator("main").getByRole("listitem").getByRole("link").first().click();
  await page.waitForFunction(() => document.activeElement?.tagName === "H1");
});
