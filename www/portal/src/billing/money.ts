import { unreadable } from "../ui/text";

/** Amounts are whole US cents everywhere; dollars exist only as text. */

const dollars = new Intl.NumberFormat("en-US", { style: "currency", currency: "USD" });
const amountText = /^\$?\s?(?<whole>\d{1,3}(?:,\d{3})+|\d{1,9})(?:\.(?<part>\d{1,2}))?$/;

/** `1250` as `$12.50`. The decimal text goes to `Intl` digit by digit, never through a fraction. */
export function formatCents(cents: number): string {
  if (!Number.isSafeInteger(cents)) throw new RangeError("an amount is a whole number of cents");
  const digits = String(Math.abs(cents)).padStart(3, "0");
  const text = `${cents < 0 ? "-" : ""}${digits.slice(0, -2)}.${digits.slice(-2)}` as const;
  return dollars.format(text as Intl.StringNumericLiteral);
}

/** An amount of a record: one that is not given is not nothing. */
export function formatAmount(cents: unknown): string {
  if (cents === null || cents === undefined) return "Not known";
  return typeof cents === "number" && Number.isSafeInteger(cents) ? formatCents(cents) : unreadable;
}

/** `12.50`, `$12.5` or `1,200` as cents; `undefined` for anything that is not plainly an amount. */
export function parseCents(text: string): number | undefined {
  const { whole, part = "" } = amountText.exec(text.trim())?.groups ?? {};
  if (whole === undefined) return undefined;
  return Number(whole.replaceAll(",", "")) * 100 + Number(part.padEnd(2, "0"));
}

/** What is not given counts nothing; `NaN` if one of them is no amount. */
export function sumCents(amounts: ReadonlyArray<number | null | undefined>): number {
  return amounts.reduce<number>((sum, amount) => sum + (Number.isSafeInteger(amount ?? 0) ? (amount ?? 0) : NaN), 0);
}
