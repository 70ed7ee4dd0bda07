import { useSyncExternalStore } from "react";

/** A payment that was sent and is known neither to be recorded nor to be refused. Ids and an amount: nothing here names a person. */
export interface OpenPayment {
  /** Who took it; nobody else sees it. */
  userId: string;
  accountId: number;
  amountCents: number;
  sentAt: number;
  /** Its answer may still come. Never so after a reload, which gives up waiting. */
  underWay: boolean;
}

const place = "open-payments";
const listeners = new Set<() => void>();
let payments: readonly OpenPayment[] = restored();

/** Written down in this tab before it is sent: a second payment must not begin because a page was reloaded. */
export function openPayment(payment: Omit<OpenPayment, "sentAt" | "underWay">): void {
  keep([...others(payment), { ...payment, sentAt: Date.now(), underWay: true }]);
}

/** No answer came, or none that says what happened. */
export function leaveInDoubt(payment: PaymentKey): void {
  keep(payments.map((one) => (isOf(one, payment) ? { ...one, underWay: false } : one)));
}

/** What happened is known. */
export function closePayment(payment: PaymentKey): void {
  keep(others(payment));
}

export function findOpenPayment(key: PaymentKey): OpenPayment | undefined {
  return payments.find((one) => isOf(one, key));
}

export function useOpenPayments(): readonly OpenPayment[] {
  return useSyncExternalStore(subscribe, () => payments);
}

/** Of one account and one member of staff there is one at most. */
type PaymentKey = Pick<OpenPayment, "userId" | "accountId">;

const isOf = (one: PaymentKey, other: PaymentKey) => one.userId === other.userId && one.accountId === other.accountId;
const others = (payment: PaymentKey) => payments.filter((one) => !isOf(one, payment));

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

function keep(now: readonly OpenPayment[]): void {
  payments = now;
  try {
    if (now.length === 0) sessionStorage.removeItem(place);
    else sessionStorage.setItem(place, JSON.stringify(now));
  } catch {
    // A browser that stores nothing has them until the page is left, which is asked about.
  }
  for (const listener of listeners) listener();
}

function restored(): OpenPayment[] {
  try {
    const stored: unknown = JSON.parse(sessionStorage.getItem(place) ?? "[]");
    return Array.isArray(stored) ? stored.filter(isOpenPayment).map((payment) => ({ ...payment, underWay: false })) : [];
  } catch {
    return [];
  }
}

function isOpenPayment(value: unknown): value is OpenPayment {
  const { userId, accountId, amountCents, sentAt } = (value ?? {}) as Record<string, unknown>;
  return typeof userId === "string" && [accountId, amountCents, sentAt].every(Number.isSafeInteger);
}
