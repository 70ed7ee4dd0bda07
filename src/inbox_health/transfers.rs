//! Payouts to enterprises.

use super::pages::filtered_paging;
use crate::schema::*;
use crate::{records, resource};

resource! {
    /// Payouts to enterprises.
    transfers TransfersResource;

    /// List the payouts to an enterprise.
    ///
    /// Experimental: only the name of this call is known; it takes and gives open types.
    list_by_enterprise "transfersListByEnterprise": GET "/partner/v2/enterprises/{id}/transfers"
        path(
            /// Id of the enterprise.
            id: Integer,
        )
        query { ..filtered_paging }
        reply(TransferListResponse)
        pages PageNumber("transfers");
}

records! {
    /// A page of transfers; no source shows what else it holds.
    TransferListResponse {
        transfers: List<Transfer>,
    }

    /// A payout to an enterprise. No source shows its fields.
    Transfer {
        id: Integer,
    }
}
