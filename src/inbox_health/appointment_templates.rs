//! Appointment kinds (named only).

use crate::schema::*;
use crate::{aliases, enumerations, records, resource};

resource! {
    /// Appointment kinds (named only).
    appointmentTemplates AppointmentTemplatesResource;

    /// List appointment templates of an enterprise.
    ///
    /// Experimental: only the name of this call is known; it takes and gives open types.
    ///
    /// Known only as a link inside the enterprise response.
    list_by_enterprise "appointmentTemplatesListByEnterprise": GET "/partner/v2/enterprises/{id}/appointment_templates"
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
        reply(AppointmentTemplateListResponse)
        pages PageNumber("appointment_templates");
}

records! {
    /// Array under "appointment_templates"; paging metadata, if any, is undocumented and must be
    /// kept.
    AppointmentTemplateListResponse {
        appointment_templates: List<AppointmentTemplate>,
    }

    /// A kind of appointment. Fields unknown.
    AppointmentTemplate {
        id: Integer,
    }
}

enumerations! {
}

aliases! {
}
