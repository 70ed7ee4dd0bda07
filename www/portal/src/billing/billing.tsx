import { useQuery } from "@tanstack/react-query";
import type { InboxHealth } from "carewire";
import { useOpenPatient } from "../patients/patient-page";
import { Ready } from "../ui/ready";
import { accountQuery } from "./account";
import { Invoices } from "./invoices";
import { formatAmount } from "./money";
import { Payments } from "./payments";
import { TakePayment } from "./take-payment";

export function Billing() {
  const { patientId, patient } = useOpenPatient();
  const account = useQuery(accountQuery(patientId, patient));
  return (
    <Ready query={account} loading="Loading the balance">
      {(match) =>
        match.kind === "found" ? (
          <div className="billing">
            <div className="billing-pay">
              <Balance account={match.account} />
              <TakePayment patientId={patientId} account={match.account} />
            </div>
            <div className="billing-lists">
              <Invoices accountId={match.account.id} />
              <Payments accountId={match.account.id} />
            </div>
          </div>
        ) : (
          <section className="card centred">
            <h2>{match.kind === "none" ? "No billing account" : "More than one billing account"}</h2>
            <p>
              {match.kind === "none"
                ? "Inbox Health has nobody with this record number, nor with this name and date of birth."
                : "Several accounts in Inbox Health fit this patient. Have them merged before money is taken."}
            </p>
          </section>
        )
      }
    </Ready>
  );
}

function Balance({ account }: { account: InboxHealth.Patient }) {
  const balance = account.balance_cents ?? account.cached_balance_cents;
  return (
    <section className="card balance" aria-labelledby="balance-title">
      <h2 id="balance-title">{typeof balance === "number" && balance < 0 ? "Credit" : "Balance"}</h2>
      <p className="balance-amount">{formatAmount(typeof balance === "number" ? Math.abs(balance) : balance)}</p>
      <p className="balance-note">{balanceNote(balance)}</p>
    </section>
  );
}

function balanceNote(balance: number | null | undefined): string {
  if (typeof balance !== "number") return "Inbox Health gives no balance for this patient.";
  if (balance === 0) return "Nothing to pay.";
  return balance > 0 ? "Owed by the patient, less what is paid but not yet applied." : "Paid, and not yet applied to an invoice.";
}
