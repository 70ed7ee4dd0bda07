//! Out-of-band messages to patients (named only).

use crate::schema::*;
use crate::{aliases, enumerations, records, resource};

resource! {
    /// Out-of-band messages to patients (named only).
    tickets TicketsResource;

    /// List tickets of a patient.
    ///
    /// Experimental: only the name of this call is known; it takes and gives open types.
    ///
    /// Known only as a link name inside the patient webhook payload.
    list_by_patient "ticketsListByPatient": GET "/partner/v2/patients/{id}/tickets"
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
        reply(TicketListResponse)
        pages PageNumber("tickets");
}

records! {
    /// Array under "tickets"; paging metadata, if any, is undocumented and must be kept.
    TicketListResponse {
        tickets: List<Ticket>,
    }

    /// Out-of-band message to a patient (SMS, email, automated call), by an older docs text. Fields
    /// unknown.
    Ticket {
        id: Integer,
    }
}

enumerations! {
}

aliases! {
}
