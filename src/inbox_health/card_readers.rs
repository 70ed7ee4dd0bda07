//! Card terminals of an enterprise.

use super::pages::filtered_paging;
use crate::schema::*;
use crate::{records, resource};

resource! {
    /// Card terminals of an enterprise.
    cardReaders CardReadersResource;

    /// List the card terminals of an enterprise.
    ///
    /// Experimental: only the name of this call is known; it takes and gives open types.
    list_by_enterprise "cardReadersListByEnterprise": GET "/partner/v2/enterprises/{id}/card_readers"
        path(
            /// Id of the enterprise.
            id: Integer,
        )
        query { ..filtered_paging }
        reply(CardReaderListResponse)
        pages PageNumber("card_readers");
}

records! {
    /// A page of card readers; no source shows what else it holds.
    CardReaderListResponse {
        card_readers: List<CardReader>,
    }

    /// A card terminal. No source shows its fields.
    CardReader {
        id: Integer,
    }
}
