//! Payout accounts (named only).

use crate::schema::*;
use crate::{aliases, enumerations, records, resource};

resource! {
    /// Payout accounts (named only).
    depositAccounts DepositAccountsResource;

    /// List deposit accounts of an enterprise.
    ///
    /// Experimental: only the name of this call is known; it takes and gives open types.
    ///
    /// Known only as a link inside the enterprise response.
    list_by_enterprise "depositAccountsListByEnterprise": GET "/partner/v2/enterprises/{id}/deposit_accounts"
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
        reply(DepositAccountListResponse)
        pages PageNumber("deposit_accounts");
}

records! {
    /// Array under "deposit_accounts"; paging metadata, if any, is undocumented and must be kept.
    DepositAccountListResponse {
        deposit_accounts: List<DepositAccount>,
    }

    /// A bank account for payouts. Fields unknown.
    DepositAccount {
        id: Integer,
    }
}

enumerations! {
}

aliases! {
}
