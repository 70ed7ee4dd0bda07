//! Payouts (named only).

use crate::schema::*;
use crate::{aliases, enumerations, records, resource};

resource! {
    /// Payouts (named only).
    transfers TransfersResource;

    /// List transfers of an enterprise.
    ///
    /// Experimental: only the name of this call is known; it takes and gives open types.
    ///
    /// Known only as a link inside the enterprise response.
    list_by_enterprise "transfersListByEnterprise": GET "/partner/v2/enterprises/{id}/transfers"
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
        reply(TransferListResponse)
        pages PageNumber("transfers");
}

records! {
    /// Array under "transfers"; paging metadata, if any, is undocumented and must be kept.
    TransferListResponse {
        transfers: List<Transfer>,
    }

    /// A payout to an enterprise. Fields unknown.
    Transfer {
        id: Integer,
    }
}

enumerations! {
}

aliases! {
}
