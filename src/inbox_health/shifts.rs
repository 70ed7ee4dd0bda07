//! Provider shifts.

use crate::schema::*;
use crate::{aliases, enumerations, records, resource};

resource! {
    /// Provider shifts.
    shifts ShiftsResource;

    /// List shifts of a provider.
    list_by_doctor "shiftsListByDoctor": GET "/partner/v2/doctors/{id}/shifts"
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
        reply(ShiftListResponse)
        pages PageNumber("shifts");
}

records! {
    /// Array under "shifts"; paging metadata, if any, is undocumented and must be kept.
    ShiftListResponse {
        shifts: List<Shift>,
    }

    /// A work shift of a provider. Fields unknown.
    Shift {
        id: Integer,
    }
}

enumerations! {
}

aliases! {
}
