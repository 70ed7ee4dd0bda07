//! Statement schedules (named only).

use crate::schema::*;
use crate::{aliases, enumerations, records, resource};

resource! {
    /// Statement schedules (named only).
    billingCycleTemplates BillingCycleTemplatesResource;

    /// List billing cycle templates of an enterprise.
    ///
    /// Experimental: only the name of this call is known; it takes and gives open types.
    ///
    /// Known only as a link inside the enterprise response.
    list_by_enterprise "billingCycleTemplatesListByEnterprise": GET "/partner/v2/enterprises/{id}/billing_cycle_templates"
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
        reply(BillingCycleTemplateListResponse)
        pages PageNumber("billing_cycle_templates");
}

records! {
    /// Array under "billing_cycle_templates"; paging metadata, if any, is undocumented and must be
    /// kept.
    BillingCycleTemplateListResponse {
        billing_cycle_templates: List<BillingCycleTemplate>,
    }

    /// A statement schedule. Fields unknown.
    BillingCycleTemplate {
        id: Integer,
    }
}

enumerations! {
}

aliases! {
}
