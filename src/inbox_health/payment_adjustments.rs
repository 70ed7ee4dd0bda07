//! Refunds and voids.

use crate::schema::*;
use crate::{aliases, enumerations, records, resource};

resource! {
    /// Refunds and voids.
    paymentAdjustments PaymentAdjustmentsResource;

    /// List payment adjustments of a payment.
    ///
    /// Experimental: only the name of this call is known; it takes and gives open types.
    ///
    /// Known only as a link name in a third-party payment model.
    list_by_payment "paymentAdjustmentsListByPayment": GET "/partner/v2/payments/{id}/payment_adjustments"
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
        reply(PaymentAdjustmentListResponse)
        pages PageNumber("payment_adjustments");

    /// Refund, reverse or void a payment.
    ///
    /// voided sits beside the envelope. A void must cover the whole payment amount and deletes its
    /// invoice_payments.
    create "paymentAdjustmentsCreate": POST "/partner/v2/payment_adjustments"
        body(PaymentAdjustmentInput) in "payment_adjustment"
            beside {
                /// Beside the envelope. False only records a refund; true removes the whole payment
                /// from balances.
                voided: Boolean,
            }
        reply(PaymentAdjustment) in "payment_adjustment";

    /// Read a payment adjustment.
    get "paymentAdjustmentsGet": GET "/partner/v2/payment_adjustments/{id}"
        path(
            /// Record id.
            id: Integer,
        )
        reply(PaymentAdjustment) in "payment_adjustment";
}

records! {
    /// Array under "payment_adjustments"; paging metadata, if any, is undocumented and must be
    /// kept.
    PaymentAdjustmentListResponse {
        payment_adjustments: List<PaymentAdjustment>,
    }

    /// Refund, reversal or void of a payment.
    PaymentAdjustment {
        id: Integer,
        payment_id: Integer,
        payment_processing_refund_id: TextOrInteger | null,
        created_at: DateTime,
        updated_at: DateTime,
        transfer_id: TextOrInteger | null,
        status: PaymentAdjustmentStatus,
        created_by_user_id: Integer,
        /// Unit: whole US cents.
        amount_cents: Cents,
    }

    /// Attributes for a new payment adjustment.
    PaymentAdjustmentInput {
        payment_id: Integer,
        /// Equals the full payment amount when voiding. Unit: whole US cents.
        amount_cents: Cents,
    }
}

enumerations! {
    /// State of a payment adjustment.
    PaymentAdjustmentStatus { REFUNDED = "refunded" }
}

aliases! {
}
