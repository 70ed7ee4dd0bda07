import { useQuery } from "@tanstack/react-query";
import type { InboxHealth } from "carewire";
import { useState } from "react";
import { formatCalendarDate } from "../ui/dates";
import { Ready } from "../ui/ready";
import { textOf } from "../ui/text";
import { invoicesQuery, lineItemsQuery } from "./account";
import { formatAmount, sumCents } from "./money";

export function Invoices({ accountId }: { accountId: number }) {
  const invoices = useQuery(invoicesQuery(accountId));
  return (
    <section className="card" aria-labelledby="invoices-title">
      <div className="card-head">
        <h2 id="invoices-title">Invoices</h2>
      </div>
      <Ready query={invoices} loading="Loading invoices" compact>
        {(list) =>
          list.length === 0 ? (
            <p className="empty">No invoices.</p>
          ) : (
            <ul className="ledger" role="list">
              {list.map((invoice) => (
                <li key={invoice.id}>
                  <InvoiceEntry invoice={invoice} />
                </li>
              ))}
            </ul>
          )
        }
      </Ready>
    </section>
  );
}

export function invoiceName(invoice: InboxHealth.Invoice): string {
  return `Invoice ${textOf(invoice.id)}, ${formatCalendarDate(invoice.date_of_service)}`;
}

function InvoiceEntry({ invoice }: { invoice: InboxHealth.Invoice }) {
  const [open, setOpen] = useState(false);
  const insurance = invoice.total_insurance_balance_cents ?? 0;
  return (
    <details className="invoice" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>
        <span className="ledger-what">
          <span className="ledger-title">{invoiceName(invoice)}</span>
          {invoice.notes && <span className="ledger-note">{textOf(invoice.notes)}</span>}
        </span>
        <span className="ledger-badges">
          {invoice.estimate && <span className="badge">Estimate</span>}
          {insurance > 0 && <span className="badge badge-attention">Insurance owes {formatAmount(insurance)}</span>}
        </span>
      </summary>
      {open && invoice.id !== undefined && <Lines invoiceId={invoice.id} />}
    </details>
  );
}

function Lines({ invoiceId }: { invoiceId: number }) {
  const lines = useQuery(lineItemsQuery(invoiceId));
  return (
    <Ready query={lines} loading="Loading the charges" compact>
      {(list) =>
        list.length === 0 ? (
          <p className="empty">No charges on this invoice.</p>
        ) : (
          <table className="lines">
            <thead>
              <tr>
                <th scope="col">Service</th>
                <th scope="col">Charge</th>
                <th scope="col">Covered</th>
              </tr>
            </thead>
            <tbody>
              {list.map((line) => (
                <tr key={line.id}>
                  <th scope="row">
                    {textOf(line.description) || "Service"}
                    {line.service_code && <span className="lines-code"> {textOf(line.service_code)}</span>}
                  </th>
                  <td>{formatAmount(line.total_charge_amount_cents)}</td>
                  <td>{formatAmount(line.covered_amount_cents)}</td>
                </tr>
              ))}
            </tbody>
            <tfoot>
              <tr>
                <th scope="row">Total</th>
                <td>{formatAmount(sumCents(list.map((line) => line.total_charge_amount_cents)))}</td>
                <td>{formatAmount(sumCents(list.map((line) => line.covered_amount_cents)))}</td>
              </tr>
            </tfoot>
          </table>
        )
      }
    </Ready>
  );
}
