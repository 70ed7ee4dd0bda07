//! Payment methods of an enterprise.

use super::pages::filtered_paging;
use crate::schema::*;
use crate::{records, resource};

resource! {
    /// Payment methods of an enterprise.
    enterprisePaymentInfos EnterprisePaymentInfosResource;

    /// List the payment methods of an enterprise.
    ///
    /// Experimental: only the name of this call is known; it takes and gives open types.
    list_by_enterprise "enterprisePaymentInfosListByEnterprise": GET "/partner/v2/enterprises/{id}/enterprise_payment_infos"
        path(
            /// Id of the enterprise.
            id: Integer,
        )
        query { ..filtered_paging }
        reply(EnterprisePaymentInfoListResponse)
        pages PageNumber("enterprise_payment_infos");
}

records! {
    /// A page of enterprise payment infos; no source shows what else it holds.
    EnterprisePaymentInfoListResponse {
        enterprise_payment_infos: List<EnterprisePaymentInfo>,
    }

    /// A payment method of an enterprise. No source shows its fields.
    EnterprisePaymentInfo {
        id: Integer,
    }
}
