import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import type { InboxHealth } from "carewire";
import { useRef } from "react";
import { useForm } from "react-hook-form";
import { inbox } from "../clients";
import { useOutcomeNotice } from "../session/outcome-notice";
import { useUser } from "../session/shell";
import { formatTime } from "../ui/dates";
import { Doubt } from "../ui/doubt";
import { outcomeOf } from "../ui/explain";
import { Failure } from "../ui/failure";
import { Choice, Field } from "../ui/field";
import { textOf } from "../ui/text";
import { accountKey, invoicesKey, invoicesQuery, paymentsKey, paymentsQuery } from "./account";
import { invoiceName } from "./invoices";
import { methodsAtTheDesk } from "./methods";
import { formatCents, parseCents } from "./money";
import { closePayment, findOpenPayment, leaveInDoubt, openPayment, useOpenPayments } from "./open-payments";

interface TakePaymentProps {
  patientId: string;
  account: InboxHealth.Patient & { id: number };
}

interface PaymentValues {
  amount: string;
  method: (typeof methodsAtTheDesk)[number]["value"];
  invoiceId: string;
  description: string;
}

interface Payment {
  amountCents: number;
  method: PaymentValues["method"];
  invoiceId: number | undefined;
  description: string;
}

const empty: PaymentValues = { amount: "", method: "cash", invoiceId: "", description: "" };
const fields = Object.keys(empty) as Array<keyof PaymentValues>;

/** Records money taken at the desk. One press of the button is one payment, whatever happens around it. */
export function TakePayment({ patientId, account }: TakePaymentProps) {
  const client = useQueryClient();
  const user = useUser();
  const outcome = useOutcomeNotice();
  const form = useForm<PaymentValues>({ defaultValues: empty });
  const sending = useRef(false);
  const invoices = useQuery(invoicesQuery(account.id));
  const payments = useQuery(paymentsQuery(account.id));
  const key = { userId: user.id, accountId: account.id };
  const open = useOpenPayments().find(({ userId, accountId }) => userId === key.userId && accountId === key.accountId);
  const inDoubt = open && !open.underWay ? open : undefined;

  const pay = useMutation({
    onMutate: ({ amountCents }) => openPayment({ ...key, amountCents }),
    mutationFn: ({ amountCents, method, invoiceId, description }: Payment) =>
      inbox.payments.create(
        {
          patient_id: account.id,
          expected_amount_cents: amountCents,
          payment_method_type: method,
          ...(description && { description }),
        },
        invoiceId === undefined ? {} : { invoice_id: invoiceId },
      ),
    onSuccess: (_, { amountCents }) => {
      closePayment(key);
      outcome.done(`Payment of ${formatCents(amountCents)} recorded`);
    },
    onError: (error, { amountCents }) => {
      const amount = formatCents(amountCents);
      if (outcomeOf(error) === "unknown") {
        leaveInDoubt(key);
        outcome.failed(error, `It is not certain that the payment of ${amount} was recorded. Check the list of payments before you take the money again.`);
      } else {
        closePayment(key);
        outcome.failed(error, `The payment of ${amount} was not recorded.`);
      }
    },
    onSettled: () => {
      for (const queryKey of [accountKey(patientId), invoicesKey(account.id), paymentsKey(account.id)]) {
        void client.invalidateQueries({ queryKey });
      }
    },
  });

  async function submit(values: PaymentValues) {
    const amountCents = parseCents(values.amount);
    if (!amountCents) return;
    const invoiceId = values.invoiceId ? Number(values.invoiceId) : undefined;
    await pay.mutateAsync({ amountCents, method: values.method, invoiceId, description: values.description.trim() }).then(
      () => emptyWhatWasSent(values),
      () => undefined, // shown in the card
    );
  }

  /** What was typed meanwhile, for the next payment, stays. */
  function emptyWhatWasSent(sent: PaymentValues) {
    const now = form.getValues();
    const left = Object.fromEntries(fields.map((field) => [field, now[field] === sent[field] ? empty[field] : now[field]]));
    form.reset(left, { keepDefaultValues: true });
  }

  /** The guard closes before anything is awaited: disabling the button alone would be too late for a double click. */
  function submitOnce(event: React.FormEvent) {
    event.preventDefault();
    if (sending.current || findOpenPayment(key)) return;
    sending.current = true;
    void form.handleSubmit(submit)(event).finally(() => {
      sending.current = false;
    });
  }

  const amount = parseCents(form.watch("amount"));
  return (
    <section className="card" aria-labelledby="pay-title">
      <div className="card-head">
        <h2 id="pay-title">Take a payment</h2>
      </div>
      <form noValidate onSubmit={submitOnce} className="pay">
        {pay.isError && !open && outcomeOf(pay.error) !== "unknown" && <Failure error={pay.error} compact title="No payment was taken" />}
        {inDoubt && (
          <Doubt
            title={`It is not certain that ${formatCents(inDoubt.amountCents)} was recorded`}
            ready={payments.isSuccess && !payments.isFetching}
            found="It is in the list"
            onFound={() => {
              closePayment(key);
              form.reset();
              form.setFocus("amount");
            }}
            onMissing={() => {
              closePayment(key);
              form.setFocus("amount");
            }}
          >
            <p>
              It was sent at {formatTime(new Date(inDoubt.sentAt))} and no clear answer came back. It can still arrive: reload the list of payments and
              look before you take the money again.
            </p>
          </Doubt>
        )}
        <Field
          label="Amount in dollars"
          error={form.formState.errors.amount?.message}
          hint={amountHint(amount, account.balance_cents)}
        >
          {(control) => (
            <input
              {...control}
              className="amount"
              inputMode="decimal"
              autoComplete="off"
              placeholder="0.00"
              {...form.register("amount", {
                validate: (text) => {
                  const cents = parseCents(text);
                  if (cents === undefined) return "Write an amount like 12.50.";
                  return cents > 0 || "The amount must be more than nothing.";
                },
              })}
            />
          )}
        </Field>
        <Choice legend="Paid by" options={methodsAtTheDesk} register={form.register("method")} />
        <Field label="For">
          {(control) => (
            <select {...control} {...form.register("invoiceId")}>
              <option value="">The whole account</option>
              {invoices.data?.map((invoice) => (
                <option key={invoice.id} value={textOf(invoice.id)}>
                  {invoiceName(invoice)}
                </option>
              ))}
            </select>
          )}
        </Field>
        <Field label="Note" need="optional">
          {(control) => <input {...control} autoComplete="off" maxLength={200} {...form.register("description")} />}
        </Field>
        {!inDoubt && (
          // Not disabled, which would take the focus from it.
          <button type="submit" className="button button-primary button-wide" aria-disabled={open !== undefined}>
            {open ? "Recording…" : amount ? `Take ${formatCents(amount)}` : "Take payment"}
          </button>
        )}
      </form>
    </section>
  );
}

function amountHint(amount: number | undefined, balance: number | null | undefined): string | undefined {
  if (amount === undefined || typeof balance !== "number" || !Number.isSafeInteger(balance) || amount <= balance) return undefined;
  return `${formatCents(amount - Math.max(balance, 0))} more than the balance; it stays as credit.`;
}
