//! Bank accounts to which an enterprise is paid out.

use super::pages::filtered_paging;
use crate::schema::*;
use crate::{records, resource};

resource! {
    /// Bank accounts to which an enterprise is paid out.
    depositAccounts DepositAccountsResource;

    /// List the bank accounts to which an enterprise is paid out.
    ///
    /// Experimental: only the name of this call is known; it takes and gives open types.
    list_by_enterprise "depositAccountsListByEnterprise": GET "/partner/v2/enterprises/{id}/deposit_accounts"
        path(
            /// Id of the enterprise.
            id: Integer,
        )
        query { ..filtered_paging }
        reply(DepositAccountListResponse)
        pages PageNumber("deposit_accounts");
}

records! {
    /// A page of deposit accounts; no source shows what else it holds.
    DepositAccountListResponse {
        deposit_accounts: List<DepositAccount>,
    }

    /// A bank account for payouts. No source shows its fields.
    DepositAccount {
        id: Integer,
    }
}
