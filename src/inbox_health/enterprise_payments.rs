//! Enterprise payments (named only).

use crate::schema::*;
use crate::{aliases, enumerations, records, resource};

resource! {
    /// Enterprise payments (named only).
    enterprisePayments EnterprisePaymentsResource;

    /// List enterprise payments of an enterprise.
    ///
    /// Experimental: only the name of this call is known; it takes and gives open types.
    ///
    /// Known only as a link inside the enterprise response.
    list_by_enterprise "enterprisePaymentsListByEnterprise": GET "/partner/v2/enterprises/{id}/enterprise_payments"
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
        reply(EnterprisePaymentListResponse)
        pages PageNumber("enterprise_payments");
}

records! {
    /// Array under "enterprise_payments"; paging metadata, if any, is undocumented and must be
    /// kept.
    EnterprisePaymentListResponse {
        enterprise_payments: List<EnterprisePayment>,
    }

    /// A payment made by an enterprise. Fields unknown.
    EnterprisePayment {
        id: Integer,
    }
}

enumerations! {
}

aliases! {
}
