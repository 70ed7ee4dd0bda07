//! Forgiven amounts.

use crate::schema::*;
use crate::{aliases, enumerations, records, resource};

resource! {
    /// Forgiven amounts.
    writeOffs WriteOffsResource;

    /// List write-offs.
    list "writeOffsList": GET "/partner/v2/write_offs"
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
        reply(WriteOffListResponse)
        pages PageNumber("write_offs");

    /// Write off an amount for a patient.
    create "writeOffsCreate": POST "/partner/v2/write_offs"
        body(WriteOffInput) in "write_off"
        reply(WriteOff) in "write_off";

    /// Read a write-off.
    get "writeOffsGet": GET "/partner/v2/write_offs/{id}"
        path(
            /// Record id.
            id: Integer,
        )
        reply(WriteOff) in "write_off";
}

records! {
    /// Array under "write_offs"; paging metadata, if any, is undocumented and must be kept.
    WriteOffListResponse {
        write_offs: List<WriteOff>,
    }

    /// Amount forgiven on a patient account.
    ///
    /// No response sample.
    WriteOff {
        id: Integer,
        patient_id: Integer,
        date: PlainDate,
        write_off_code_id: Integer,
        /// Unit: whole US cents.
        amount_cents: Cents,
    }

    /// Attributes for a new write-off.
    WriteOffInput {
        patient_id: Integer,
        date: PlainDate,
        write_off_code_id: Integer,
        /// Unit: whole US cents.
        amount_cents: Cents,
    }
}

enumerations! {
}

aliases! {
}
