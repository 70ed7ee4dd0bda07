//! Work shifts of providers.

use super::pages::filtered_paging;
use crate::schema::*;
use crate::{records, resource};

resource! {
    /// Work shifts of providers.
    shifts ShiftsResource;

    /// List shifts of a provider.
    list_by_doctor "shiftsListByDoctor": GET "/partner/v2/doctors/{id}/shifts"
        path(
            /// Id of the provider.
            id: Integer,
        )
        query { ..filtered_paging }
        reply(ShiftListResponse)
        pages PageNumber("shifts");
}

records! {
    /// A page of shifts; no source shows what else it holds.
    ShiftListResponse {
        shifts: List<Shift>,
    }

    /// A work shift of a provider. No source shows its fields.
    Shift {
        id: Integer,
    }
}
