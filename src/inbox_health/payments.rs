//! Money in.

use super::invoices::InvoiceInput;
use super::patients::Link;
use crate::schema::*;
use crate::{aliases, enumerations, records, resource};

resource! {
    /// Money in.
    payments PaymentsResource;

    /// List payments of a patient.
    list_by_patient "paymentsListByPatient": GET "/partner/v2/patients/{id}/payments"
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
            /// Sent as `filter[field]=value`; no field is shown for this list.
            filter: Map<Text>,
        }
        reply(PaymentListResponse)
        pages PageNumber("payments");

    /// List payments applied to an invoice.
    list_by_invoice "paymentsListByInvoice": GET "/partner/v2/invoices/{id}/payments"
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
            /// Sent as `filter[field]=value`; no field is shown for this list.
            filter: Map<Text>,
        }
        reply(PaymentListResponse)
        pages PageNumber("payments");

    /// List payments.
    list "paymentsList": GET "/partner/v2/payments"
        query {
            /// Page number; not shown for this list.
            page: Integer,
            /// Records per page; not shown for this list.
            per_page: Integer,
            /// Sort field; not shown for this list.
            sort: Text,
            /// Sent as `filter[field]=value`; no field is shown for this list.
            filter: Map<Text>,
        }
        reply(PaymentListResponse)
        pages PageNumber("payments");

    /// Record or charge a payment.
    ///
    /// invoice_id beside the envelope appears in the collection only; the docs sample leaves it
    /// out.
    create "paymentsCreate": POST "/partner/v2/payments"
        body(PaymentInput) in "payment"
            beside {
                /// Optional invoice beside the envelope; only in one source.
                invoice_id: Integer,
            }
        reply(Payment) in "payment";

    /// Create an invoice and a payment in one call.
    ///
    /// Literal path segment; must not be confused with /payments/{id}.
    quick_pay "paymentsQuickPay": POST "/partner/v2/payments/quick_pay"
        body(QuickPayRequest)
        reply(QuickPayResponse);

    /// Read a payment.
    get "paymentsGet": GET "/partner/v2/payments/{id}"
        path(
            /// Record id.
            id: Integer,
        )
        reply(Payment) in "payment";

    /// Update payment details other than its amount.
    ///
    /// Docs: expected_amount_cents cannot be changed here, use payment_adjustments. An older docs
    /// bullet and a third party disagree.
    update "paymentsUpdate": PUT "/partner/v2/payments/{id}"
        path(
            /// Record id.
            id: Integer,
        )
        body(PaymentUpdateInput) in "payment" and id
        reply(Payment) in "payment";
}

records! {
    /// Array under "payments"; paging metadata, if any, is undocumented and must be kept.
    PaymentListResponse {
        payments: List<Payment>,
    }

    /// Money received or to be collected for a patient.
    ///
    /// Official sample is abridged; the third-party fields come from a webhook receiver model.
    Payment {
        id: Integer,
        patient_id: Integer | null,
        status: PaymentStatus,
        successful: Boolean,
        payment_method_type: PaymentMethodType,
        /// Amount of the payment; not changeable by update. Unit: whole US cents.
        expected_amount_cents: Cents,
        /// Unit: whole US cents.
        refunded_amount_cents: Cents,
        /// Part applied to invoices; becomes 0 when voided. Unit: whole US cents.
        applied_amount_cents: Cents,
        description: Text | null,
        /// Seen only in code of integrators.
        created_at: DateTime | null,
        /// Seen only in code of integrators.
        updated_at: DateTime | null,
        /// Seen only in code of integrators.
        date_scheduled: Text | null,
        /// Seen only in code of integrators.
        reversal_date: Text | null,
        /// Type not documented; probably integer or string. Seen only in code of integrators.
        patient_payment_info_id: Anything,
        /// Seen only in code of integrators.
        payment_plan_length: Anything,
        /// Type not documented; probably integer or string. Seen only in code of integrators.
        payment_plan_id: Anything,
        /// Seen only in code of integrators.
        submitted_at: DateTime | null,
        /// Type not documented; probably integer or string. Seen only in code of integrators.
        transfer_id: Anything,
        /// Seen only in code of integrators.
        date_cancelled: Text | null,
        /// Seen only in code of integrators.
        card_brand: Text | null,
        /// Type not documented; probably integer or string. Seen only in code of integrators.
        bank_number: Anything,
        /// Type not documented; probably integer or string. Seen only in code of integrators.
        batch_number: Anything,
        /// Type not documented; probably integer or string. Seen only in code of integrators.
        secondary_patient_payment_info_id: Anything,
        /// Seen only in code of integrators.
        created_by_user_id: Integer | null,
        /// Unit: whole US cents. Seen only in code of integrators.
        total_fee_cents: Cents | null,
        /// Unit: whole US cents. Seen only in code of integrators.
        adjusted_fee_cents: Cents | null,
        /// Seen only in code of integrators.
        enterprise_id: Integer | null,
        /// Seen only in code of integrators.
        transferred_at: Text | null,
        /// Seen only in code of integrators.
        gift_card_number: Anything,
        /// Seen only in code of integrators.
        practice_id: Integer | null,
        /// Type not documented; probably integer or string. Seen only in code of integrators.
        doctor_id: Anything,
        /// Seen only in code of integrators.
        voided: Boolean | null,
        /// Seen only in code of integrators.
        signed: Boolean | null,
        /// Seen only in code of integrators.
        dispute_status: Anything,
        /// Seen only in code of integrators.
        dispute_id: Integer | null,
        /// Unit: whole US cents. Seen only in code of integrators.
        reversal_amount_cents: Cents | null,
        /// Seen only in code of integrators.
        reversal: Anything,
        /// Seen only in code of integrators.
        tag: Anything,
        /// Seen only in code of integrators.
        payer_description: Text | null,
        /// Type not documented; probably integer or string. Seen only in code of integrators.
        merged_payment_id: Anything,
        /// Type not documented; probably integer or string. Seen only in code of integrators.
        deposit_account_id: Anything,
        /// Seen only in code of integrators.
        sub_type: Text | null,
        /// Seen only in code of integrators.
        is_posting: Boolean | null,
        /// Type not documented; probably integer or string. Seen only in code of integrators.
        last_4_digits: Anything,
        /// Seen only in code of integrators.
        has_attachments: Boolean | null,
        /// Seen only in code of integrators.
        can_change_submitted_at_date: Boolean | null,
        /// Seen only in code of integrators.
        is_archive_pending: Boolean | null,
        /// Seen only in code of integrators.
        links: PaymentLinks,
    }

    /// Sub-collection URLs of a payment.
    PaymentLinks {
        payment_adjustments: Link | null,
        invoices: Link | null,
        invoice_payments: Link | null,
        attachments: Link | null,
    }

    /// Attributes for a new payment.
    ///
    /// For card and one_time_payment a saved method or one-time token must be named somehow; no
    /// source shows the field.
    PaymentInput {
        patient_id: Integer,
        /// Unit: whole US cents.
        expected_amount_cents: Cents,
        payment_method_type: PaymentMethodType | required,
        description: Text,
        /// False leaves the payment unapplied so that invoice_payments can place it.
        apply_payment: Boolean,
    }

    /// One call that makes an invoice and a payment; two envelopes side by side.
    ///
    /// patient_id is repeated in both parts.
    QuickPayRequest {
        invoice: InvoiceInput | required,
        payment: PaymentInput | required,
    }

    /// Attributes for a payment update; only description is shown by an official source.
    ///
    /// Docs say amounts change through payment_adjustments only; an older docs bullet and one
    /// third-party client send expected_amount_cents.
    PaymentUpdateInput {
        description: Text,
        /// Docs say it cannot be changed this way. Unit: whole US cents. Seen only in code of
        /// integrators.
        expected_amount_cents: Cents,
        /// Seen only in code of integrators.
        payment_method_type: PaymentMethodType,
    }
}

enumerations! {
    /// State of a payment; the partially refunded state is spelt with a space in the sample body
    /// and with an underscore in prose.
    ///
    /// Treat both spellings of the partial refund as the same state. The status of a normal payment
    /// is not shown by any source.
    PaymentStatus {
        REFUNDED = "refunded",
        PARTIALLY_REFUNDED = "partially refunded",
        PARTIALLY_REFUNDED_ALSO = "partially_refunded",
    }

    /// How the money was or will be collected.
    PaymentMethodType {
        EXTERNAL_CARD = "external_card",
        CARD = "card",
        ONE_TIME_PAYMENT = "one_time_payment",
        INSURANCE = "insurance",
        CASH = "cash",
    }
}

aliases! {
    /// Shape unknown; keep everything.
    QuickPayResponse = OpenObject;
}
