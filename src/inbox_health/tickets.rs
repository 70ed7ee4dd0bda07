//! Messages to patients outside the portal: SMS, email, calls.

use super::pages::filtered_paging;
use crate::schema::*;
use crate::{records, resource};

resource! {
    /// Messages to patients outside the portal: SMS, email, calls.
    tickets TicketsResource;

    /// List the messages sent to a patient outside the portal: SMS, email, calls.
    ///
    /// Experimental: only the name of this call is known; it takes and gives open types.
    list_by_patient "ticketsListByPatient": GET "/partner/v2/patients/{id}/tickets"
        path(
            /// Id of the patient.
            id: Integer,
        )
        query { ..filtered_paging }
        reply(TicketListResponse)
        pages PageNumber("tickets");
}

records! {
    /// A page of tickets; no source shows what else it holds.
    TicketListResponse {
        tickets: List<Ticket>,
    }

    /// A message to a patient outside the portal. No source shows its fields.
    Ticket {
        id: Integer,
    }
}
