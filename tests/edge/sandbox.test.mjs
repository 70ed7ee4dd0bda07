import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { ForbiddenError, InboxHealth, TokenError, UnauthorizedError, Welkin } from "carewire";
import { bundleWorker } from "../../scripts/bundle-worker.mjs";
import { compatibilityDate, secrets, startWorker } from "./worker.mjs";

let worker;

before(async () => {
  const sandbox = {
    name: "sandbox",
    modules: await bundleWorker("tests/edge/sandbox-worker.mjs"),
    modulesRoot: "/",
    compatibilityDate,
    bindings: secrets,
  };
  worker = await startWorker({ upstream: "sandbox", others: [sandbox] });
});
after(() => worker?.stop());

/** Both clients as the portal has them, signed in as one of the staff. */
async function clients(user) {
  const headers = { origin: worker.origin, ...(user && { cookie: await worker.signIn(user) }) };
  return {
    welkin: new Welkin({ baseUrl: `${worker.origin}/api/welkin`, headers, retries: 0 }),
    inbox: new InboxHealth({ baseUrl: `${worker.origin}/api/inbox`, headers, retries: 0 }),
  };
}

test("the client works through the gateway without knowing tenant or token", async () => {
  const { welkin } = await clients("sam");
  const [first, second] = await welkin.patients.list({ size: 1 }).toArray({ limit: 2 });
  assert.notEqual(first.id, second.id);
  const patient = await welkin.patients.get(first.id);
  assert.equal(patient.lastName, first.lastName);
  const changed = await welkin.patients.update(first.id, { middleName: "Quinn" });
  assert.equal(changed.middleName, "Quinn");
  const found = await welkin.patients.findByFilter({}, { size: 5 });
  assert.equal(found.content.length, 5);
});

test("both APIs answer behind their own prefix", async () => {
  const { inbox } = await clients("robin");
  const [patient] = await inbox.patients.list({ per_page: 1 }).toArray({ limit: 1 });
  const payment = await inbox.payments.create({
    patient_id: patient.id,
    expected_amount_cents: 1250,
    payment_method_type: "cash",
  });
  assert.equal(payment.expected_amount_cents, 1250);
});

test("what the policy refuses is an error that names the operation", async () => {
  const { welkin, inbox } = await clients("sam");
  for (const [call, operation] of [
    [() => welkin.patients.delete("p1"), "patientsDelete"],
    [() => inbox.payments.create({ payment_method_type: "cash" }), "paymentsCreate"],
    [() => welkin.call("usersCreate", { body: {} }), "usersCreate"],
  ]) {
    await assert.rejects(async () => call(), (error) => {
      assert.ok(error instanceof ForbiddenError);
      assert.equal(error.operation, operation);
      assert.equal(error.outcome, "rejected");
      assert.deepEqual(error.errors, [{ error: "denied", operation }]);
      assert.match(error.requestId, /./);
      return true;
    });
  }
});

test("a session that is not there is a token error that the portal can act on", async () => {
  const { welkin, inbox } = await clients();
  for (const call of [() => welkin.patients.get("p1"), () => inbox.invoices.list(), () => welkin.request("GET", "/t/i/patients/p1")]) {
    await assert.rejects(async () => call(), (error) => {
      assert.ok(error instanceof TokenError);
      assert.equal(error.reason, "session");
      assert.equal(error.outcome, "rejected");
      return true;
    });
  }
});

test("a token that the API itself refuses is no lost session", async () => {
  const fetch = async () => Response.json([{ errorCode: "TOKEN_EXPIRED" }], { status: 401 });
  await assert.rejects(new Welkin({ baseUrl: "https://portal.example.org/api/welkin", fetch }).patients.get("p1"), UnauthorizedError);
});
