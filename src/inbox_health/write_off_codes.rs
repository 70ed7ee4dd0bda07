//! Codes for write-offs.

use crate::schema::*;
use crate::{aliases, enumerations, records, resource};

resource! {
    /// Codes for write-offs.
    writeOffCodes WriteOffCodesResource;

    /// List write off codes of an enterprise.
    ///
    /// Experimental: only the name of this call is known; it takes and gives open types.
    ///
    /// Known only as a link inside the enterprise response.
    list_by_enterprise "writeOffCodesListByEnterprise": GET "/partner/v2/enterprises/{id}/write_off_codes"
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
        reply(WriteOffCodeListResponse)
        pages PageNumber("write_off_codes");

    /// List write-off codes.
    list "writeOffCodesList": GET "/partner/v2/write_off_codes"
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
        reply(WriteOffCodeListResponse)
        pages PageNumber("write_off_codes");

    /// Create a write-off code.
    create "writeOffCodesCreate": POST "/partner/v2/write_off_codes"
        body(WriteOffCodeInput) in "write_off_code"
        reply(WriteOffCode) in "write_off_code";

    /// Read a write-off code.
    get "writeOffCodesGet": GET "/partner/v2/write_off_codes/{id}"
        path(
            /// Record id.
            id: Integer,
        )
        reply(WriteOffCode) in "write_off_code";
}

records! {
    /// Array under "write_off_codes"; paging metadata, if any, is undocumented and must be kept.
    WriteOffCodeListResponse {
        write_off_codes: List<WriteOffCode>,
    }

    /// Enterprise level code for write-offs.
    ///
    /// No response sample.
    WriteOffCode {
        id: Integer,
        enterprise_id: Integer,
        code: Text,
        description: Text | null,
    }

    /// Writable enterprise level code for write-offs.
    WriteOffCodeInput {
        enterprise_id: Integer,
        code: Text,
        description: Text,
    }
}

enumerations! {
}

aliases! {
}
