//! Application of payments to invoices.

use crate::schema::*;
use crate::{aliases, enumerations, records, resource};

resource! {
    /// Application of payments to invoices.
    invoicePayments InvoicePaymentsResource;

    /// List payment applications of an invoice.
    list_by_invoice "invoicePaymentsListByInvoice": GET "/partner/v2/invoices/{id}/invoice_payments"
        path(
            /// Record id.
            id: Integer,
        )
        query {
            /// Page number; not shown for this list.
            page: Integer,
            /// Records per page; not shown for this list.
            per_page: Integer,
            /// Sort field; not shown for this list.
            sort: Text,
            /// Sent as filter[field]=value; no field is shown for this list.
            filter: Map<Text>,
        }
        reply(InvoicePaymentListResponse)
        pages PageNumber("invoice_payments");

    /// List invoice payments of a payment.
    ///
    /// Experimental: only the name of this call is known; it takes and gives open types.
    ///
    /// Known only as a link name in a third-party payment model.
    list_by_payment "invoicePaymentsListByPayment": GET "/partner/v2/payments/{id}/invoice_payments"
        path(
            /// Record id.
            id: Integer,
        )
        query {
            /// Page number; not shown for this list.
            page: Integer,
            /// Records per page; not shown for this list.
            per_page: Integer,
            /// Sort field; not shown for this list.
            sort: Text,
            /// Sent as filter[field]=value; no field is shown for this list.
            filter: Map<Text>,
        }
        reply(InvoicePaymentListResponse)
        pages PageNumber("invoice_payments");

    /// Apply part of a payment to an invoice.
    ///
    /// Docs prose prints this path with invisible zero-width characters; use plain ASCII.
    create "invoicePaymentsCreate": POST "/partner/v2/invoice_payments"
        body(InvoicePaymentInput) in "invoice_payment"
        reply(InvoicePayment) in "invoice_payment";

    /// Read a payment application.
    get "invoicePaymentsGet": GET "/partner/v2/invoice_payments/{id}"
        path(
            /// Record id.
            id: Integer,
        )
        reply(InvoicePayment) in "invoice_payment";

    /// Change the applied amount.
    ///
    /// A payment reason link without id adds one, so a repeat adds it again.
    update "invoicePaymentsUpdate": PUT "/partner/v2/invoice_payments/{id}"
        path(
            /// Record id.
            id: Integer,
        )
        body(InvoicePaymentUpdateInput) in "invoice_payment" and id adds ["payment_reasons_invoice_payments_attributes"]
        reply(InvoicePayment) in "invoice_payment";
}

records! {
    /// Array under "invoice_payments"; paging metadata, if any, is undocumented and must be kept.
    InvoicePaymentListResponse {
        invoice_payments: List<InvoicePayment>,
    }

    /// Part of a payment applied to one invoice.
    ///
    /// No response sample. Prose says amount_cents where the field is paid_amount_cents.
    InvoicePayment {
        id: Integer,
        payment_id: Integer,
        invoice_id: Integer,
        /// Unit: whole US cents.
        paid_amount_cents: Cents,
    }

    /// Writable invoice payment attributes.
    ///
    /// Prose says reasons can be given on create and update; only create has a sample.
    InvoicePaymentInput {
        payment_id: Integer,
        invoice_id: Integer,
        /// May be 0 to record a reason without money. Unit: whole US cents.
        paid_amount_cents: Cents,
        payment_reasons_invoice_payments_attributes: List<PaymentReasonLinkInput>,
    }

    /// Attaches a payment reason to an invoice payment.
    PaymentReasonLinkInput {
        payment_reason_id: Integer,
    }

    /// Invoice payment attributes for update.
    InvoicePaymentUpdateInput {
        /// Unit: whole US cents.
        paid_amount_cents: Cents,
        payment_reasons_invoice_payments_attributes: List<PaymentReasonLinkInput>,
    }
}

enumerations! {
}

aliases! {
}
