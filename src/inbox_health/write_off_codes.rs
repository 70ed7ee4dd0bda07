//! Codes that explain write-offs.

use super::pages::filtered_paging;
use crate::schema::*;
use crate::{records, resource};

resource! {
    /// Codes that explain write-offs.
    writeOffCodes WriteOffCodesResource;

    /// List the write-off codes of an enterprise.
    ///
    /// Experimental: only the name of this call is known; it takes and gives open types.
    list_by_enterprise "writeOffCodesListByEnterprise": GET "/partner/v2/enterprises/{id}/write_off_codes"
        path(
            /// Id of the enterprise.
            id: Integer,
        )
        query { ..filtered_paging }
        reply(WriteOffCodeListResponse)
        pages PageNumber("write_off_codes");

    /// List write-off codes.
    list "writeOffCodesList": GET "/partner/v2/write_off_codes"
        query { ..filtered_paging }
        reply(WriteOffCodeListResponse)
        pages PageNumber("write_off_codes");

    /// Create a write-off code.
    create "writeOffCodesCreate": POST "/partner/v2/write_off_codes"
        body(WriteOffCodeInput) in "write_off_code"
        reply(WriteOffCode) in "write_off_code";

    /// Read a write-off code.
    get "writeOffCodesGet": GET "/partner/v2/write_off_codes/{id}"
        path(
            /// Id of the write-off code.
            id: Integer,
        )
        reply(WriteOffCode) in "write_off_code";
}

records! {
    /// A page of write off codes; no source shows what else it holds.
    WriteOffCodeListResponse {
        write_off_codes: List<WriteOffCode>,
    }

    /// A code that explains write-offs.
    WriteOffCode {
        id: Integer,
        enterprise_id: Integer,
        code: Text,
        description: Text | null,
    }

    /// What is given of a write-off code.
    WriteOffCodeInput {
        enterprise_id: Integer,
        code: Text,
        description: Text,
    }
}
