//! What the platform bills to an enterprise.

use super::pages::filtered_paging;
use crate::schema::*;
use crate::{records, resource};

resource! {
    /// What the platform bills to an enterprise.
    enterpriseInvoices EnterpriseInvoicesResource;

    /// List the invoices of the platform to an enterprise.
    ///
    /// Experimental: only the name of this call is known; it takes and gives open types.
    list_by_enterprise "enterpriseInvoicesListByEnterprise": GET "/partner/v2/enterprises/{id}/enterprise_invoices"
        path(
            /// Id of the enterprise.
            id: Integer,
        )
        query { ..filtered_paging }
        reply(EnterpriseInvoiceListResponse)
        pages PageNumber("enterprise_invoices");
}

records! {
    /// A page of enterprise invoices; no source shows what else it holds.
    EnterpriseInvoiceListResponse {
        enterprise_invoices: List<EnterpriseInvoice>,
    }

    /// A platform invoice to an enterprise. No source shows its fields.
    EnterpriseInvoice {
        id: Integer,
    }
}
