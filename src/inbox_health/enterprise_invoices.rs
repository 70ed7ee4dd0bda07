//! Platform invoices (named only).

use crate::schema::*;
use crate::{aliases, enumerations, records, resource};

resource! {
    /// Platform invoices (named only).
    enterpriseInvoices EnterpriseInvoicesResource;

    /// List enterprise invoices of an enterprise.
    ///
    /// Experimental: only the name of this call is known; it takes and gives open types.
    ///
    /// Known only as a link inside the enterprise response.
    list_by_enterprise "enterpriseInvoicesListByEnterprise": GET "/partner/v2/enterprises/{id}/enterprise_invoices"
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
        reply(EnterpriseInvoiceListResponse)
        pages PageNumber("enterprise_invoices");
}

records! {
    /// Array under "enterprise_invoices"; paging metadata, if any, is undocumented and must be
    /// kept.
    EnterpriseInvoiceListResponse {
        enterprise_invoices: List<EnterpriseInvoice>,
    }

    /// A platform invoice to an enterprise. Fields unknown.
    EnterpriseInvoice {
        id: Integer,
    }
}

enumerations! {
}

aliases! {
}
