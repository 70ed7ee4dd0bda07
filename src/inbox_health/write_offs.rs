//! Amounts forgiven to patients.

use super::pages::filtered_paging;
use crate::schema::*;
use crate::{records, resource};

resource! {
    /// Amounts forgiven to patients.
    writeOffs WriteOffsResource;

    /// List write-offs.
    list "writeOffsList": GET "/partner/v2/write_offs"
        query { ..filtered_paging }
        reply(WriteOffListResponse)
        pages PageNumber("write_offs");

    /// Write off an amount for a patient.
    ///
    /// Never sent twice.
    create "writeOffsCreate": POST "/partner/v2/write_offs"
        body(WriteOffInput) in "write_off"
        reply(WriteOff) in "write_off";

    /// Read a write-off.
    get "writeOffsGet": GET "/partner/v2/write_offs/{id}"
        path(
            /// Id of the write-off.
            id: Integer,
        )
        reply(WriteOff) in "write_off";
}

records! {
    /// A page of write offs; no source shows what else it holds.
    WriteOffListResponse {
        write_offs: List<WriteOff>,
    }

    /// An amount forgiven to a patient.
    WriteOff {
        id: Integer,
        patient_id: Integer,
        date: PlainDate,
        write_off_code_id: Integer,
        /// In whole US cents.
        amount_cents: Cents,
    }

    /// What is given of a write-off.
    WriteOffInput {
        patient_id: Integer,
        date: PlainDate,
        write_off_code_id: Integer,
        /// In whole US cents.
        amount_cents: Cents,
    }
}
