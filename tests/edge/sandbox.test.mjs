import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { ForbiddenError, InboxHealth, UnauthorizedError, Welkin } from "carewire";
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

test("a refusal of the gateway is an error of the client by its status", async () => {
  const { welkin, inbox } = await clients("sam");
  await assert.rejects(welkin.patients.delete("p1"), ForbiddenError);
  await assert.rejects(inbox.payments.create({ payment_method_type: "cash" }), ForbiddenError);
  const nobody = await clients();
  await assert.rejects(nobody.welkin.patients.get("p1"), (error) => {
    assert.ok(error instanceof UnauthorizedError);
    assert.equal(error.headers.get("x-carewire-gateway"), "session");
    return true;
  });
});
