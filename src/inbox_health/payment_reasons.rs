//! Codes that explain payments and denials.

use super::pages::filtered_paging;
use crate::schema::*;
use crate::{records, resource};

resource! {
    /// Codes that explain payments and denials.
    paymentReasons PaymentReasonsResource;

    /// List the payment reasons of an enterprise.
    ///
    /// Experimental: only the name of this call is known; it takes and gives open types.
    list_by_enterprise "paymentReasonsListByEnterprise": GET "/partner/v2/enterprises/{id}/payment_reasons"
        path(
            /// Id of the enterprise.
            id: Integer,
        )
        query { ..filtered_paging }
        reply(PaymentReasonListResponse)
        pages PageNumber("payment_reasons");

    /// List payment reasons.
    list "paymentReasonsList": GET "/partner/v2/payment_reasons"
        query { ..filtered_paging }
        reply(PaymentReasonListResponse)
        pages PageNumber("payment_reasons");

    /// Create a payment reason.
    create "paymentReasonsCreate": POST "/partner/v2/payment_reasons"
        body(PaymentReasonInput) in "payment_reason"
        reply(PaymentReason) in "payment_reason";

    /// Read a payment reason.
    get "paymentReasonsGet": GET "/partner/v2/payment_reasons/{id}"
        path(
            /// Id of the payment reason.
            id: Integer,
        )
        reply(PaymentReason) in "payment_reason";

    /// Update a payment reason.
    update "paymentReasonsUpdate": PUT "/partner/v2/payment_reasons/{id}"
        path(
            /// Id of the payment reason.
            id: Integer,
        )
        body(PaymentReasonUpdateInput) in "payment_reason" and id
        reply(PaymentReason) in "payment_reason";
}

records! {
    /// A page of payment reasons; no source shows what else it holds.
    PaymentReasonListResponse {
        payment_reasons: List<PaymentReason>,
    }

    /// A code that explains a payment.
    PaymentReason {
        id: Integer,
        enterprise_id: Integer,
        code: Text,
        description: Text | null,
    }

    /// What is given of a payment reason.
    PaymentReasonInput {
        enterprise_id: Integer,
        code: Text,
        description: Text,
    }

    /// What can be changed of a payment reason.
    PaymentReasonUpdateInput {
        description: Text,
        code: Text,
    }
}
