import { useQuery } from "@tanstack/react-query";
import type { InboxHealth } from "carewire";
import { formatMoment } from "../ui/dates";
import { Ready } from "../ui/ready";
import { textOf } from "../ui/text";
import { paymentsQuery } from "./account";
import { methodLabels } from "./methods";
import { formatAmount } from "./money";

export function Payments({ accountId }: { accountId: number }) {
  const payments = useQuery(paymentsQuery(accountId));
  return (
    <section className="card" aria-labelledby="payments-title" aria-busy={payments.isFetching}>
      <div className="card-head">
        <h2 id="payments-title">Payments</h2>
        <button type="button" className="button button-quiet" disabled={payments.isFetching} onClick={() => void payments.refetch()}>
          Reload
        </button>
      </div>
      <Ready query={payments} loading="Loading payments" compact>
        {(list) =>
          list.length === 0 ? (
            <p className="empty">No payments yet.</p>
          ) : (
            <ul className="ledger" role="list">
              {list.map((payment) => (
                <li key={payment.id} className="payment">
                  <PaymentEntry payment={payment} />
                </li>
              ))}
            </ul>
          )
        }
      </Ready>
    </section>
  );
}

function PaymentEntry({ payment }: { payment: InboxHealth.Payment }) {
  const state = paymentState(payment);
  return (
    <>
      <span className="ledger-what">
        <span className="ledger-title">{methodLabels[textOf(payment.payment_method_type)] ?? (textOf(payment.payment_method_type) || "Payment")}</span>
        <span className="ledger-note">
          {[formatMoment(payment.created_at), textOf(payment.description)].filter(Boolean).join(" · ")}
        </span>
      </span>
      {state && <span className="badge badge-attention">{state}</span>}
      <span className="ledger-amount">{formatAmount(payment.expected_amount_cents)}</span>
    </>
  );
}

/** What is worth saying about a payment; an ordinary one needs no word. */
function paymentState(payment: InboxHealth.Payment): string | undefined {
  if (payment.voided) return "Voided";
  if (payment.successful === false) return "Not successful";
  if (payment.status === "refunded") return "Refunded";
  // Inbox Health writes the partial refund with a space or with an underscore.
  if (textOf(payment.status).replace("_", " ") === "partially refunded") return "Partly refunded";
  return undefined;
}
