//! Refunds and voids of payments.

use super::pages::filtered_paging;
use super::payments::Payment;
use crate::schema::*;
use crate::{enumerations, records, resource};

resource! {
    /// Refunds and voids of payments.
    paymentAdjustments PaymentAdjustmentsResource;

    /// List the refunds and voids of a payment.
    ///
    /// Experimental: only the name of this call is known; it takes and gives open types.
    list_by_payment "paymentAdjustmentsListByPayment": GET "/partner/v2/payments/{id}/payment_adjustments"
        path(
            /// Id of the payment.
            id: Integer,
        )
        query { ..filtered_paging }
        reply(PaymentAdjustmentListResponse)
        pages PageNumber("payment_adjustments");

    /// Refund or void a payment.
    ///
    /// `voided: false` marks a refund: the amount may be a part of the payment, and no balance of
    /// the patient or of an invoice changes.
    ///
    /// `voided: true` takes the whole payment back: its invoice payments are deleted, its
    /// `applied_amount_cents` becomes 0 and the balance of the patient rises. The amount must be
    /// the whole `expected_amount_cents` of the payment: no part can be voided. Give the `payment`
    /// as you read it, and another amount or another payment is refused before anything is sent.
    ///
    /// Either way the payment shows the sum of its adjustments in `refunded_amount_cents`, and its
    /// `status` becomes `refunded` or, for a part, `partially refunded`. Never sent twice: when the
    /// outcome is unknown, read the payment before trying again.
    create "paymentAdjustmentsCreate": POST "/partner/v2/payment_adjustments"
        body(PaymentAdjustmentInput) in "payment_adjustment"
            beside {
                /// `false` records a refund, `true` takes the whole payment back.
                voided: Boolean,
                /// The payment as you read it. It is not sent: with `voided: true` an
                /// `amount_cents` other than its `expected_amount_cents` is refused, and a
                /// `payment_id` other than its `id`.
                payment: Payment | compared,
            }
            whole(voided: amount_cents is payment.expected_amount_cents)
        reply(PaymentAdjustment) in "payment_adjustment";

    /// Read a payment adjustment.
    get "paymentAdjustmentsGet": GET "/partner/v2/payment_adjustments/{id}"
        path(
            /// Id of the payment adjustment.
            id: Integer,
        )
        reply(PaymentAdjustment) in "payment_adjustment";
}

records! {
    /// A page of payment adjustments; no source shows what else it holds.
    PaymentAdjustmentListResponse {
        payment_adjustments: List<PaymentAdjustment>,
    }

    /// A refund or a void of a payment.
    PaymentAdjustment {
        id: Integer,
        payment_id: Integer,
        payment_processing_refund_id: TextOrInteger | null,
        created_at: DateTime,
        updated_at: DateTime,
        transfer_id: TextOrInteger | null,
        status: PaymentAdjustmentStatus,
        created_by_user_id: Integer,
        /// In whole US cents.
        amount_cents: Cents,
    }

    /// What is refunded or voided.
    PaymentAdjustmentInput {
        payment_id: Integer,
        /// In whole US cents. With `voided: true` the whole amount of the payment.
        amount_cents: Cents,
    }
}

enumerations! {
    /// State of a payment adjustment.
    PaymentAdjustmentStatus { REFUNDED = "refunded" }
}
