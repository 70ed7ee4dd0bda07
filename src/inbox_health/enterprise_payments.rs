//! Payments of an enterprise to the platform.

use super::pages::filtered_paging;
use crate::schema::*;
use crate::{records, resource};

resource! {
    /// Payments of an enterprise to the platform.
    enterprisePayments EnterprisePaymentsResource;

    /// List the payments that an enterprise made to the platform.
    ///
    /// Experimental: only the name of this call is known; it takes and gives open types.
    list_by_enterprise "enterprisePaymentsListByEnterprise": GET "/partner/v2/enterprises/{id}/enterprise_payments"
        path(
            /// Id of the enterprise.
            id: Integer,
        )
        query { ..filtered_paging }
        reply(EnterprisePaymentListResponse)
        pages PageNumber("enterprise_payments");
}

records! {
    /// A page of enterprise payments; no source shows what else it holds.
    EnterprisePaymentListResponse {
        enterprise_payments: List<EnterprisePayment>,
    }

    /// A payment made by an enterprise. No source shows its fields.
    EnterprisePayment {
        id: Integer,
    }
}
