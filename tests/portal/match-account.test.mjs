import assert from "node:assert/strict";
import { test } from "node:test";
import { load } from "./source.mjs";

const { matchAccount } = await load("billing/match-account.ts");

const patient = { firstName: "Zoë", lastName: "O'Hara-Lind", birthDate: "1990-03-12T00:00:00.000Z", mrn: "A-7" };
const account = { id: 1, first_name: "Zoë", last_name: "O'Hara-Lind", date_of_birth: "1990-03-12", health_record_id: null };

test("an account is found by name and date of birth", () => {
  assert.deepEqual(matchAccount(patient, [{ ...account, id: 2, date_of_birth: "1991-03-12" }, account]), { kind: "found", account });
  assert.equal(matchAccount(patient, [{ ...account, last_name: "o'hara-lind" }]).kind, "found");
});

test("the medical record number comes before name and date of birth", () => {
  const other = { ...account, id: 2, last_name: "Married", health_record_id: "A-7" };
  assert.equal(matchAccount(patient, [account, other]).account, other);
  assert.equal(matchAccount({ ...patient, mrn: "7" }, [{ ...account, health_record_id: 7 }]).kind, "found");
});

test("two accounts that fit are no account", () => {
  assert.deepEqual(matchAccount(patient, [account, { ...account, id: 2 }]), { kind: "several" });
});

test("without a date of birth a name alone finds nobody", () => {
  assert.deepEqual(matchAccount({ ...patient, birthDate: null }, [{ ...account, date_of_birth: null }]), { kind: "none" });
  assert.deepEqual(matchAccount({ ...patient, mrn: null }, [{ ...account, last_name: "Other", health_record_id: null }]), { kind: "none" });
});

test("a removed account is left out", () => {
  assert.deepEqual(matchAccount(patient, [{ ...account, removed: true }]), { kind: "none" });
});

test("an account whose values are of other types does not hide the one that fits", () => {
  assert.deepEqual(matchAccount(patient, [{ ...account, id: 2, last_name: {}, date_of_birth: 7 }, account]), { kind: "found", account });
});
