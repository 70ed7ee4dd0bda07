//! Enterprise payment methods (named only).

use crate::schema::*;
use crate::{aliases, enumerations, records, resource};

resource! {
    /// Enterprise payment methods (named only).
    enterprisePaymentInfos EnterprisePaymentInfosResource;

    /// List enterprise payment infos of an enterprise.
    ///
    /// Experimental: only the name of this call is known; it takes and gives open types.
    ///
    /// Known only as a link inside the enterprise response.
    list_by_enterprise "enterprisePaymentInfosListByEnterprise": GET "/partner/v2/enterprises/{id}/enterprise_payment_infos"
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
        reply(EnterprisePaymentInfoListResponse)
        pages PageNumber("enterprise_payment_infos");
}

records! {
    /// Array under "enterprise_payment_infos"; paging metadata, if any, is undocumented and must be
    /// kept.
    EnterprisePaymentInfoListResponse {
        enterprise_payment_infos: List<EnterprisePaymentInfo>,
    }

    /// A payment method of an enterprise. Fields unknown.
    EnterprisePaymentInfo {
        id: Integer,
    }
}

enumerations! {
}

aliases! {
}
