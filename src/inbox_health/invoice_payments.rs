//! Parts of payments, applied to invoices.

use super::pages::filtered_paging;
use crate::schema::*;
use crate::{records, resource};

resource! {
    /// Parts of payments, applied to invoices.
    invoicePayments InvoicePaymentsResource;

    /// List what was applied to an invoice.
    list_by_invoice "invoicePaymentsListByInvoice": GET "/partner/v2/invoices/{id}/invoice_payments"
        path(
            /// Id of the invoice.
            id: Integer,
        )
        query { ..filtered_paging }
        reply(InvoicePaymentListResponse)
        pages PageNumber("invoice_payments");

    /// List the invoices to which a payment was applied, with the amounts.
    ///
    /// Experimental: only the name of this call is known; it takes and gives open types.
    list_by_payment "invoicePaymentsListByPayment": GET "/partner/v2/payments/{id}/invoice_payments"
        path(
            /// Id of the payment.
            id: Integer,
        )
        query { ..filtered_paging }
        reply(InvoicePaymentListResponse)
        pages PageNumber("invoice_payments");

    /// Apply part of a payment to an invoice.
    ///
    /// This is how money reaches an invoice: create the payment with `apply_payment: false`, then
    /// apply it here. `paid_amount_cents: 0` with a reason records a denial. Before a patient owes,
    /// the insurance payments of an invoice must add up to exactly the insurance balance it had.
    create "invoicePaymentsCreate": POST "/partner/v2/invoice_payments"
        body(InvoicePaymentInput) in "invoice_payment"
        reply(InvoicePayment) in "invoice_payment";

    /// Read a payment application.
    get "invoicePaymentsGet": GET "/partner/v2/invoice_payments/{id}"
        path(
            /// Id of the invoice payment.
            id: Integer,
        )
        reply(InvoicePayment) in "invoice_payment";

    /// Change the amount applied to an invoice.
    ///
    /// A reason without `id` is added, so such a call is sent once only.
    update "invoicePaymentsUpdate": PUT "/partner/v2/invoice_payments/{id}"
        path(
            /// Id of the invoice payment.
            id: Integer,
        )
        body(InvoicePaymentUpdateInput) in "invoice_payment" and id
        reply(InvoicePayment) in "invoice_payment";
}

records! {
    /// A page of invoice payments; no source shows what else it holds.
    InvoicePaymentListResponse {
        invoice_payments: List<InvoicePayment>,
    }

    /// Part of a payment, applied to an invoice.
    InvoicePayment {
        id: Integer,
        payment_id: Integer,
        invoice_id: Integer,
        /// In whole US cents.
        paid_amount_cents: Cents,
    }

    /// What is given to apply a payment.
    InvoicePaymentInput {
        payment_id: Integer,
        invoice_id: Integer,
        /// In whole US cents. 0 records a reason without money.
        paid_amount_cents: Cents,
        payment_reasons_invoice_payments_attributes: List<PaymentReasonLinkInput>,
    }

    /// A reason of an invoice payment.
    PaymentReasonLinkInput {
        payment_reason_id: Integer,
    }

    /// What can be changed of an invoice payment.
    InvoicePaymentUpdateInput {
        /// In whole US cents.
        paid_amount_cents: Cents,
        payment_reasons_invoice_payments_attributes: List<PaymentReasonLinkInput>,
    }
}
