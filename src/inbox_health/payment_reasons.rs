//! Codes that explain payments.

use crate::schema::*;
use crate::{aliases, enumerations, records, resource};

resource! {
    /// Codes that explain payments.
    paymentReasons PaymentReasonsResource;

    /// List payment reasons of an enterprise.
    ///
    /// Experimental: only the name of this call is known; it takes and gives open types.
    ///
    /// Known only as a link inside the enterprise response.
    list_by_enterprise "paymentReasonsListByEnterprise": GET "/partner/v2/enterprises/{id}/payment_reasons"
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
        reply(PaymentReasonListResponse)
        pages PageNumber("payment_reasons");

    /// List payment reasons.
    list "paymentReasonsList": GET "/partner/v2/payment_reasons"
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
        reply(PaymentReasonListResponse)
        pages PageNumber("payment_reasons");

    /// Create a payment reason.
    create "paymentReasonsCreate": POST "/partner/v2/payment_reasons"
        body(PaymentReasonInput) in "payment_reason"
        reply(PaymentReason) in "payment_reason";

    /// Read a payment reason.
    get "paymentReasonsGet": GET "/partner/v2/payment_reasons/{id}"
        path(
            /// Record id.
            id: Integer,
        )
        reply(PaymentReason) in "payment_reason";

    /// Update a payment reason.
    update "paymentReasonsUpdate": PUT "/partner/v2/payment_reasons/{id}"
        path(
            /// Record id.
            id: Integer,
        )
        body(PaymentReasonUpdateInput) in "payment_reason" and id
        reply(PaymentReason) in "payment_reason";
}

records! {
    /// Array under "payment_reasons"; paging metadata, if any, is undocumented and must be kept.
    PaymentReasonListResponse {
        payment_reasons: List<PaymentReason>,
    }

    /// Enterprise level code that explains a payment.
    ///
    /// No response sample.
    PaymentReason {
        id: Integer,
        enterprise_id: Integer,
        code: Text,
        description: Text | null,
    }

    /// Writable enterprise level code that explains a payment.
    PaymentReasonInput {
        enterprise_id: Integer,
        code: Text,
        description: Text,
    }

    /// Payment reason attributes for update; only description is sampled.
    PaymentReasonUpdateInput {
        description: Text,
        code: Text,
    }
}

enumerations! {
}

aliases! {
}
