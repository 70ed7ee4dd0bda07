import assert from "node:assert/strict";
import { test } from "node:test";
import { holdRequests, openAccount, usePortal, watchRequests } from "./demo.mjs";

const portal = usePortal();
const paymentsPath = /\/partner\/v2\/payments$/;

async function openBilling() {
  const page = await portal.openSignedIn();
  await openAccount(page);
  await settled(page);
  return page;
}

/** The list of payments has been read and no reading is under way. */
async function settled(page) {
  await page.locator('section[aria-labelledby="payments-title"][aria-busy="false"]').waitFor();
}

const listed = (page) => page.locator(".payment").filter({ hasText: "$12.50" });
const take = (page) => page.getByRole("button", { name: "Take $12.50" });

test("a double click takes one payment", async () => {
  const page = await openBilling();
  const before = await listed(page).count();
  const sent = watchRequests(page, "POST", paymentsPath);
  await page.getByLabel("Amount").fill("12.50");
  await take(page).dblclick();
  await page.getByText("Payment of $12.50 recorded").waitFor();
  await listed(page).nth(before).waitFor();
  await settled(page);
  assert.equal(await listed(page).count(), before + 1);
  assert.equal(sent.length, 1);
  assert.equal(sent[0].postDataJSON().payment.expected_amount_cents, 1250);
  assert.equal(await page.getByLabel("Amount").inputValue(), "");
});

test("two presses of Enter take one payment", async () => {
  const page = await openBilling();
  const sent = watchRequests(page, "POST", paymentsPath);
  await page.getByLabel("Amount").fill("12.50");
  await page.getByLabel("Amount").evaluate((input) => {
    input.form.requestSubmit();
    input.form.requestSubmit();
  });
  await page.getByText("Payment of $12.50 recorded").waitFor();
  assert.equal(sent.length, 1);
});

test("a payment for an invoice names it beside the payment", async () => {
  const page = await openBilling();
  const sent = watchRequests(page, "POST", paymentsPath);
  const invoice = page.getByLabel("For");
  await invoice.locator("option").nth(1).waitFor({ state: "attached" });
  await invoice.selectOption({ index: 1 });
  const invoiceId = Number(await invoice.inputValue());
  await page.getByRole("radio", { name: "Card terminal" }).check();
  await page.getByLabel("Amount").fill("$12.50");
  await take(page).click();
  await page.getByText("Payment of $12.50 recorded").waitFor();
  const body = sent[0].postDataJSON();
  assert.equal(body.invoice_id, invoiceId);
  assert.equal(body.payment.payment_method_type, "external_card");
});

test("what is not plainly an amount is refused before anything is sent", async () => {
  const page = await openBilling();
  const sent = watchRequests(page, "POST", paymentsPath);
  for (const nonsense of ["", "abc", "12.505", "1e3", "-5", "12,50", "0x10", "Infinity"]) {
    await page.getByLabel("Amount").fill(nonsense);
    await page.getByRole("button", { name: "Take payment" }).click();
    await page.getByText("Write an amount like 12.50.").waitFor();
  }
  await page.getByLabel("Amount").fill("0.00");
  await page.getByRole("button", { name: /^Take/ }).click();
  await page.getByText("The amount must be more than nothing.").waitFor();
  assert.equal(sent.length, 0);
});

/** Sends a payment of $12.50 whose connection is lost: before the sandbox has it, or after. */
async function loseAnswer(page, drop) {
  portal.fault({ api: "inboxHealth", operation: "paymentsCreate", drop });
  await page.getByLabel("Amount").fill("12.50");
  await take(page).click();
  await page.getByRole("alert").getByText("It is not certain that $12.50 was recorded").waitFor();
}

test("a payment whose answer is lost is not taken again, and the list is read again", async () => {
  const page = await openBilling();
  const before = await listed(page).count();
  const sent = watchRequests(page, "POST", paymentsPath);
  await loseAnswer(page, "after");
  assert.equal(await take(page).count(), 0);
  await listed(page).nth(before).waitFor();

  // Neither Enter nor a look at another page opens the way for a second payment.
  await page.getByLabel("Amount").press("Enter");
  await page.getByRole("link", { name: "Profile" }).click();
  await page.getByRole("link", { name: "Billing" }).click();
  await page.getByText("It is not certain that $12.50 was recorded").waitFor();
  await page.getByRole("button", { name: "It is in the list" }).click();
  await page.getByRole("button", { name: "Take payment" }).waitFor();
  assert.equal(await page.getByLabel("Amount").inputValue(), "");
  assert.equal(await listed(page).count(), before + 1);
  assert.equal(sent.length, 1);
});

test("a payment that got lost can be taken again once the list was checked", async () => {
  const page = await openBilling();
  const before = await listed(page).count();
  await loseAnswer(page, true);
  await page.getByRole("button", { name: "It is not there, try again" }).click();
  await take(page).click();
  await page.getByText("Payment of $12.50 recorded").waitFor();
  await listed(page).nth(before).waitFor();
  await settled(page);
  assert.equal(await listed(page).count(), before + 1);
});

test("a payment that was refused can be tried again at once", async () => {
  const page = await openBilling();
  portal.fault({ api: "inboxHealth", operation: "paymentsCreate", status: 403 });
  await page.getByLabel("Amount").fill("12.50");
  await take(page).click();
  await page.getByText("No payment was taken").waitFor();
  await take(page).waitFor();
});

const inDoubt = (page) => page.getByRole("alert").getByText("It is not certain that $12.50 was recorded");
const askedBeforeLeaving = (page) => page.waitForEvent("dialog", (dialog) => dialog.type() === "beforeunload" && dialog.accept().then(() => true));
const signInAs = (page, name) => page.getByRole("button", { name }).click();

/** Sends a payment of $12.50 that is not answered before the function it gives is called. */
async function holdPayment(page, status) {
  const answer = await holdRequests(page, "POST", paymentsPath, status);
  await page.getByLabel("Amount").fill("12.50");
  await take(page).click();
  await page.getByRole("button", { name: "Recording…" }).waitFor();
  return answer;
}

const reload = (page) => page.getByRole("button", { name: "Reload", disabled: false });

/** The session ends, and nobody knows yet: what is still being read would tell. */
async function endSession(page) {
  await reload(page).waitFor();
  await page.context().clearCookies();
}

/** The session ends, and a look at the list of payments tells. */
async function loseSession(page) {
  await endSession(page);
  await reload(page).click();
  await page.getByText("Your session has ended").waitFor();
}

test("a payment whose answer is lost is still in doubt after a reload, which is asked about", async () => {
  const page = await openBilling();
  await loseAnswer(page, "after");
  const asked = askedBeforeLeaving(page);
  await page.reload();
  await asked;
  await inDoubt(page).waitFor();
  assert.equal(await page.getByRole("button", { name: /^Take/ }).count(), 0);
});

test("a payment under way is in doubt after a reload, which is asked about", async () => {
  const page = await openBilling();
  const answer = await holdPayment(page);
  const asked = askedBeforeLeaving(page);
  await page.reload();
  await asked;
  answer();
  await inDoubt(page).waitFor();
});

test("a payment in doubt outlives the session, and only who took it sees it", async () => {
  const page = await openBilling();
  await loseAnswer(page, "after");
  await loseSession(page);
  await signInAs(page, /Kim/);
  await page.getByRole("button", { name: "Take payment" }).waitFor();
  assert.equal(await page.getByText("It is not certain").count(), 0);
  await loseSession(page);
  await signInAs(page, /Robin/);
  await inDoubt(page).waitFor();
});

test("a payment under way outlives the session and is not taken twice", async () => {
  const page = await openBilling();
  const sent = watchRequests(page, "POST", paymentsPath);
  const answer = await holdPayment(page);
  await loseSession(page);
  await signInAs(page, /Robin/);
  await page.getByRole("button", { name: "Recording…" }).waitFor();
  await page.getByLabel("Amount").fill("12.50");
  await page.getByLabel("Amount").press("Enter");
  answer();
  await page.getByText("Payment of $12.50 recorded").waitFor();
  assert.equal(sent.length, 1);
});

test("what a payment in doubt leaves in the tab names nobody", async () => {
  const page = await openBilling();
  await loseAnswer(page, "after");
  const stored = await page.evaluate(() => ({ ...sessionStorage }));
  delete stored["react-router-scroll-positions"];
  assert.deepEqual(Object.keys(stored), ["open-payments"]);
  const [payment, ...others] = JSON.parse(stored["open-payments"]);
  assert.deepEqual(others, []);
  const { userId, accountId, amountCents, sentAt, underWay, ...rest } = payment;
  assert.match(userId, /^staff-\d+$/);
  assert.ok([accountId, sentAt].every(Number.isSafeInteger));
  assert.deepEqual([amountCents, underWay, rest], [1250, false, {}]);
});

test("a payment that is refused after its page was left is told there too", async () => {
  const page = await openBilling();
  const answer = await holdPayment(page, 422);
  await page.getByRole("link", { name: "Profile" }).click();
  await page.getByRole("button", { name: "Edit profile" }).waitFor();
  answer();
  await page.getByRole("status").getByText("The payment of $12.50 was not recorded.").waitFor();
  await page.getByRole("button", { name: "Close the message" }).click();
  await page.getByText("The payment of $12.50 was not recorded.").waitFor({ state: "detached" });
});

test("a payment that finds the session gone is told as not recorded, and stays told after the sign-in", async () => {
  const page = await openBilling();
  await endSession(page);
  await page.getByLabel("Amount").fill("12.50");
  await take(page).click();
  await page.getByRole("heading", { name: "Who is at the desk?" }).waitFor();
  const told = page.getByText("Your session had ended. The payment of $12.50 was not recorded.");
  await told.waitFor();
  await signInAs(page, /Robin/);
  await page.getByRole("button", { name: "Take payment" }).waitFor();
  assert.ok(await told.isVisible());
});

test("the focus stays where a payment was taken", async () => {
  const page = await openBilling();
  await page.getByLabel("Amount").fill("12.50");
  await take(page).press("Enter");
  await page.getByText("Payment of $12.50 recorded").waitFor();
  await page.waitForFunction(() => document.activeElement?.textContent === "Take payment");
  portal.fault({ api: "inboxHealth", operation: "paymentsCreate", drop: true });
  await page.getByLabel("Amount").fill("12.50");
  await take(page).press("Enter");
  await inDoubt(page).waitFor();
  await page.waitForFunction(() => document.activeElement?.className.includes("callout"));
  // A press does not wait, as a click does, until the button can be pressed.
  await page.getByRole("button", { name: "It is not there, try again", disabled: false }).press("Enter");
  await page.waitForFunction(() => document.activeElement?.classList.contains("amount"));
});

test("an amount that is typed while a payment is under way stays", async () => {
  const page = await openBilling();
  const answer = await holdPayment(page);
  await page.getByLabel("Amount").fill("77.00");
  answer();
  await page.getByText("Payment of $12.50 recorded").waitFor();
  await page.getByRole("button", { name: "Take $77.00" }).waitFor();
});
