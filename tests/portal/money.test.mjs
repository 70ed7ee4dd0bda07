import assert from "node:assert/strict";
import { test } from "node:test";
import { load } from "./source.mjs";

const { formatAmount, formatCents, parseCents, sumCents } = await load("billing/money.ts");

test("an amount is read to the cent", () => {
  const amounts = { "12.50": 1250, 12.5: 1250, 12: 1200, "$0.07": 7, " 1,200.10 ": 120010, "999999999.99": 99999999999, "0.29": 29, "4.35": 435 };
  for (const [text, cents] of Object.entries(amounts)) assert.equal(parseCents(text), cents, text);
});

test("what is not plainly an amount is no amount", () => {
  for (const text of ["", " ", "abc", "-1", "+1", "1e3", "12.", ".5", "12.345", "12,50", "1,23", "1 200", "0x10", "NaN", "Infinity", "12.50.1", "１２", "1234567890", "€5"]) {
    assert.equal(parseCents(text), undefined, JSON.stringify(text));
  }
});

test("cents are written as dollars without passing through a fraction", () => {
  assert.equal(formatCents(0), "$0.00");
  assert.equal(formatCents(7), "$0.07");
  assert.equal(formatCents(-1250), "-$12.50");
  assert.equal(formatCents(123456789), "$1,234,567.89");
  assert.equal(formatCents(Number.MAX_SAFE_INTEGER), "$90,071,992,547,409.91");
  assert.throws(() => formatCents(12.5), RangeError);
});

test("an amount that is not given is not known, and one that is no amount is a dash", () => {
  assert.equal(formatAmount(0), "$0.00");
  for (const missing of [null, undefined]) assert.equal(formatAmount(missing), "Not known");
  for (const odd of ["12", 12.5, {}, NaN, [], true]) assert.equal(formatAmount(odd), "—");
  assert.equal(formatAmount(sumCents([10, {}, 5])), "—");
});

test("a sum of cents stays whole, and what is not given counts nothing", () => {
  assert.equal(sumCents([10, 20, null, undefined, 5]), 35);
});
