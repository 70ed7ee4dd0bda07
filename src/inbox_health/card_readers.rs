//! Card terminals (named only).

use crate::schema::*;
use crate::{aliases, enumerations, records, resource};

resource! {
    /// Card terminals (named only).
    cardReaders CardReadersResource;

    /// List card readers of an enterprise.
    ///
    /// Experimental: only the name of this call is known; it takes and gives open types.
    ///
    /// Known only as a link inside the enterprise response.
    list_by_enterprise "cardReadersListByEnterprise": GET "/partner/v2/enterprises/{id}/card_readers"
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
        reply(CardReaderListResponse)
        pages PageNumber("card_readers");
}

records! {
    /// Array under "card_readers"; paging metadata, if any, is undocumented and must be kept.
    CardReaderListResponse {
        card_readers: List<CardReader>,
    }

    /// A card terminal. Fields unknown.
    CardReader {
        id: Integer,
    }
}

enumerations! {
}

aliases! {
}
