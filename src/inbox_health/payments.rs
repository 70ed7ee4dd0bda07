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
                /// The invoice that is paid. It travels beside the payment; one source alone shows
                /// it.
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

    /// Money received from a patient, or to be collected.
    Payment {
        id: Integer,
        patient_id: Integer | null,
        status: PaymentStatus,
        successful: Boolean,
        payment_method_type: PaymentMethodType,
        /// The amount, in whole US cents. Adjustments change it, updates do not.
        expected_amount_cents: Cents,
        /// In whole US cents.
        refunded_amount_cents: Cents,
        /// What is applied to invoices, in whole US cents. A void makes it 0.
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

    /// Addresses of what belongs to the payment. The client never follows them.
    PaymentLinks {
        payment_adjustments: Link | null,
        invoices: Link | null,
        invoice_payments: Link | null,
        attachments: Link | null,
    }

    /// What is given of a payment. No source shows how a saved card or a token is named for `card`
    /// and `one_time_payment`.
    PaymentInput {
        patient_id: Integer,
        /// In whole US cents.
        expected_amount_cents: Cents,
        payment_method_type: PaymentMethodType | required,
        description: Text,
        /// `false` leaves the payment unapplied, for `invoicePayments.create`. The enterprise has a
        /// default.
        apply_payment: Boolean,
    }

    /// An invoice and its payment. Give `patient_id` in both.
    QuickPayRequest {
        invoice: InvoiceInput | required,
        payment: PaymentInput | required,
    }

    /// What can be changed of a payment.
    PaymentUpdateInput {
        description: Text,
        /// In whole US cents. The official text says that it cannot be changed this way.
        /// Unofficial: seen only in the code of integrators.
        expected_amount_cents: Cents,
        /// Unofficial: seen only in the code of integrators.
        payment_method_type: PaymentMethodType,
    }
}

enumerations! {
    /// State of a payment. A partial refund is spelt in two ways, which mean the same. No source
    /// shows the word for a payment without adjustments.
    PaymentStatus {
        REFUNDED = "refunded",
        PARTIALLY_REFUNDED = "partially refunded",
        PARTIALLY_REFUNDED_ALSO = "partially_refunded",
    }

    /// How the money is collected.
    ///
    /// `external_card`: taken elsewhere. `card`: a saved card, charged through Stripe.
    /// `one_time_payment`: a token of Stripe. `insurance` and `cash`: recorded.
    PaymentMethodType {
        EXTERNAL_CARD = "external_card",
        CARD = "card",
        ONE_TIME_PAYMENT = "one_time_payment",
        INSURANCE = "insurance",
        CASH = "cash",
    }
}

aliases! {
    /// No source shows its fields; all are kept.
    QuickPayResponse = OpenObject;
}
