// The running demo and a browser in front of it, for every file of these tests.
import { after, before, beforeEach } from "node:test";
import { startDemo } from "../../scripts/demo.mjs";
import { launch, unhurried } from "../package/browser.mjs";

/** Starts the demo and the browser for the tests of a file. The sandbox is as new before each of them. */
export function usePortal() {
  const portal = {
    /** A new browser session, nobody signed in. Its pages close with the file. */
    async open(options = {}) {
      const context = await portal.browser.newContext({ baseURL: portal.demo.url, locale: "en-US", timezoneId: "America/Los_Angeles", ...options });
      return unhurried(await context.newPage());
    },
    /** The same with the first member of the staff signed in, at the list of patients. */
    async openSignedIn(options) {
      const page = await portal.open(options);
      await page.goto("/");
      await signIn(page);
      return page;
    },
    /** Makes an operation of the sandbox fail, once unless `times` says otherwise. */
    fault: (rule) => portal.demo.sandbox.fault(rule),
  };
  before(async () => {
    portal.demo = await startDemo();
    portal.browser = await launch();
  });
  let resets = 0;
  beforeEach(async () => {
    // With the rest the sandbox forgets the worker's token, and the vault renews ten refused ones a minute.
    if ((resets += 1) % 9 === 0) {
      await portal.demo.stop();
      portal.demo = await startDemo();
    }
    portal.demo.sandbox.reset();
  });
  after(async () => {
    await portal.browser?.close();
    await portal.demo?.stop();
  });
  return portal;
}

export async function signIn(page) {
  await page.getByRole("listitem").getByRole("button").first().click();
  await page.getByRole("heading", { name: "Patients" }).waitFor();
  await patientLinks(page).first().waitFor();
}

/** The rows of the list of patients. */
export function patientLinks(page) {
  return page.locator("main").getByRole("listitem").getByRole("link");
}

/** The name that stands first in a row of the list. */
export function nameIn(row) {
  return row.locator(".patient-name").innerText();
}

/** Opens the first patient of the list in one of the rooms: Profile, Calendar or Billing. */
export async function openPatient(page, room) {
  await patientLinks(page).first().click();
  await page.getByRole("navigation", { name: "Patient" }).getByRole("link", { name: room }).click();
}

/** Opens the billing of the first patient who has an account to be billed. */
export async function openAccount(page) {
  const count = await patientLinks(page).count();
  for (let row = 0; row < count; row += 1) {
    await patientLinks(page).nth(row).click();
    await page.getByRole("navigation", { name: "Patient" }).getByRole("link", { name: "Billing" }).click();
    const account = page.getByRole("heading", { name: "Take a payment" });
    await account.or(page.getByRole("heading", { name: /billing account/ })).waitFor();
    if (await account.isVisible()) return;
    await page.getByRole("link", { name: "All patients" }).click();
    await patientLinks(page).first().waitFor();
  }
  throw new Error("no patient on the first page of the sandbox has a billing account");
}

/** Collects the requests a page sends that fit; the list goes on filling. */
export function watchRequests(page, method, path) {
  const seen = [];
  page.on("request", (request) => {
    if (request.method() === method && path.test(new URL(request.url()).pathname)) seen.push(request);
  });
  return seen;
}

/** Holds requests back until the function that it gives is called; with a status that is the answer. */
export async function holdRequests(page, method, path, status) {
  let answer;
  const held = new Promise((resolve) => {
    answer = resolve;
  });
  await page.route(path, async (route) => {
    if (route.request().method() !== method) return route.fallback();
    await held;
    return status ? route.fulfill({ status, json: [] }) : route.continue();
  });
  return answer;
}
