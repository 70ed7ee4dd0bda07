//! Money received or to be collected.

use super::invoices::InvoiceInput;
use super::pages::filtered_paging;
use super::patients::Link;
use crate::schema::*;
use crate::{aliases, enumerations, records, resource};

resource! {
    /// Money received or to be collected.
    payments PaymentsResource;

    /// List payments of a patient.
    list_by_patient "paymentsListByPatient": GET "/partner/v2/patients/{id}/payments"
        path(
            /// Id of the patient.
            id: Integer,
        )
        query { ..filtered_paging }
        reply(PaymentListResponse)
        pages PageNumber("payments");

    /// List payments applied to an invoice.
    list_by_invoice "paymentsListByInvoice": GET "/partner/v2/invoices/{id}/payments"
        path(
            /// Id of the invoice.
            id: Integer,
        )
        query { ..filtered_paging }
        reply(PaymentListResponse)
        pages PageNumber("payments");

    /// List payments.
    list "paymentsList": GET "/partner/v2/payments"
        query { ..filtered_paging }
        reply(PaymentListResponse)
        pages PageNumber("payments");

    /// Record or charge a payment.
    ///
    /// Never sent twice: when the connection is lost after sending, the error says `outcome:
    /// "unknown"`; look at the list of payments before trying again. Only a 429, which was not
    /// processed, is repeated.
    ///
    /// A payment that is not applied to an invoice lowers the balance of the patient as a whole.
    create "paymentsCreate": POST "/partner/v2/payments"
        body(PaymentInput) in "payment"
            beside {
                /// Optional invoice beside the envelope; only in one source.
                invoice_id: Integer,
            }
        reply(Payment) in "payment";

    /// Create an invoice and a payment in one call.
    ///
    /// The invoice and the payment stand side by side in the body, each under its own key, and both
    /// name the patient. Never sent twice.
    quick_pay "paymentsQuickPay": POST "/partner/v2/payments/quick_pay"
        body(QuickPayRequest)
        reply(QuickPayResponse);

    /// Read a payment.
    get "paymentsGet": GET "/partner/v2/payments/{id}"
        path(
            /// Id of the payment.
            id: Integer,
        )
        reply(Payment) in "payment";

    /// Update payment details other than its amount.
    ///
    /// Amounts change with `paymentAdjustments.create`.
    update "paymentsUpdate": PUT "/partner/v2/payments/{id}"
        path(
            /// Id of the payment.
            id: Integer,
        )
        body(PaymentUpdateInput) in "payment" and id
        reply(Payment) in "payment";
}

records! {
    /// A page of payments; no source shows what else it holds.
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
        /// Amount of the payment; not changeable by update, in whole US cents.
        expected_amount_cents: Cents,
        /// In whole US cents.
        refunded_amount_cents: Cents,
        /// Part applied to invoices; becomes 0 when voided, in whole US cents.
        applied_amount_cents: Cents,
        description: Text | null,
        /// Unofficial: seen only in the code of integrators.
        created_at: DateTime | null,
        /// Unofficial: seen only in the code of integrators.
        updated_at: DateTime | null,
        /// Unofficial: seen only in the code of integrators.
        date_scheduled: Text | null,
        /// Unofficial: seen only in the code of integrators.
        reversal_date: Text | null,
        /// Its type is not documented; probably integer or string. Unofficial: seen only in the
        /// code of integrators.
        patient_payment_info_id: Anything,
        /// Unofficial: seen only in the code of integrators.
        payment_plan_length: Anything,
        /// Its type is not documented; probably integer or string. Unofficial: seen only in the
        /// code of integrators.
        payment_plan_id: Anything,
        /// Unofficial: seen only in the code of integrators.
        submitted_at: DateTime | null,
        /// Its type is not documented; probably integer or string. Unofficial: seen only in the
        /// code of integrators.
        transfer_id: Anything,
        /// Unofficial: seen only in the code of integrators.
        date_cancelled: Text | null,
        /// Unofficial: seen only in the code of integrators.
        card_brand: Text | null,
        /// Its type is not documented; probably integer or string. Unofficial: seen only in the
        /// code of integrators.
        bank_number: Anything,
        /// Its type is not documented; probably integer or string. Unofficial: seen only in the
        /// code of integrators.
        batch_number: Anything,
        /// Its type is not documented; probably integer or string. Unofficial: seen only in the
        /// code of integrators.
        secondary_patient_payment_info_id: Anything,
        /// Unofficial: seen only in the code of integrators.
        created_by_user_id: Integer | null,
        /// In whole US cents. Unofficial: seen only in the code of integrators.
        total_fee_cents: Cents | null,
        /// In whole US cents. Unofficial: seen only in the code of integrators.
        adjusted_fee_cents: Cents | null,
        /// Unofficial: seen only in the code of integrators.
        enterprise_id: Integer | null,
        /// Unofficial: seen only in the code of integrators.
        transferred_at: Text | null,
        /// Unofficial: seen only in the code of integrators.
        gift_card_number: Anything,
        /// Unofficial: seen only in the code of integrators.
        practice_id: Integer | null,
        /// Its type is not documented; probably integer or string. Unofficial: seen only in the
        /// code of integrators.
        doctor_id: Anything,
        /// Unofficial: seen only in the code of integrators.
        voided: Boolean | null,
        /// Unofficial: seen only in the code of integrators.
        signed: Boolean | null,
        /// Unofficial: seen only in the code of integrators.
        dispute_status: Anything,
        /// Unofficial: seen only in the code of integrators.
        dispute_id: Integer | null,
        /// In whole US cents. Unofficial: seen only in the code of integrators.
        reversal_amount_cents: Cents | null,
        /// Unofficial: seen only in the code of integrators.
        reversal: Anything,
        /// Unofficial: seen only in the code of integrators.
        tag: Anything,
        /// Unofficial: seen only in the code of integrators.
        payer_description: Text | null,
        /// Its type is not documented; probably integer or string. Unofficial: seen only in the
        /// code of integrators.
        merged_payment_id: Anything,
        /// Its type is not documented; probably integer or string. Unofficial: seen only in the
        /// code of integrators.
        deposit_account_id: Anything,
        /// Unofficial: seen only in the code of integrators.
        sub_type: Text | null,
        /// Unofficial: seen only in the code of integrators.
        is_posting: Boolean | null,
        /// Its type is not documented; probably integer or string. Unofficial: seen only in the
        /// code of integrators.
        last_4_digits: Anything,
        /// Unofficial: seen only in the code of integrators.
        has_attachments: Boolean | null,
        /// Unofficial: seen only in the code of integrators.
        can_change_submitted_at_date: Boolean | null,
        /// Unofficial: seen only in the code of integrators.
        is_archive_pending: Boolean | null,
        /// Unofficial: seen only in the code of integrators.
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
        /// In whole US cents.
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
        /// Docs say it cannot be changed this way, in whole US cents. Unofficial: seen only in the
        /// code of integrators.
        expected_amount_cents: Cents,
        /// Unofficial: seen only in the code of integrators.
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
