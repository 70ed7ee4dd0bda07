//! Kinds of appointments of an enterprise.

use super::pages::filtered_paging;
use crate::schema::*;
use crate::{records, resource};

resource! {
    /// Kinds of appointments of an enterprise.
    appointmentTemplates AppointmentTemplatesResource;

    /// List the kinds of appointments of an enterprise.
    ///
    /// Experimental: only the name of this call is known; it takes and gives open types.
    list_by_enterprise "appointmentTemplatesListByEnterprise": GET "/partner/v2/enterprises/{id}/appointment_templates"
        path(
            /// Id of the enterprise.
            id: Integer,
        )
        query { ..filtered_paging }
        reply(AppointmentTemplateListResponse)
        pages PageNumber("appointment_templates");
}

records! {
    /// A page of appointment templates; no source shows what else it holds.
    AppointmentTemplateListResponse {
        appointment_templates: List<AppointmentTemplate>,
    }

    /// A kind of appointment. No source shows its fields.
    AppointmentTemplate {
        id: Integer,
    }
}
