//! Schedules by which statements are sent.

use super::pages::filtered_paging;
use crate::schema::*;
use crate::{records, resource};

resource! {
    /// Schedules by which statements are sent.
    billingCycleTemplates BillingCycleTemplatesResource;

    /// List the statement schedules of an enterprise.
    ///
    /// Experimental: only the name of this call is known; it takes and gives open types.
    list_by_enterprise "billingCycleTemplatesListByEnterprise": GET "/partner/v2/enterprises/{id}/billing_cycle_templates"
        path(
            /// Id of the enterprise.
            id: Integer,
        )
        query { ..filtered_paging }
        reply(BillingCycleTemplateListResponse)
        pages PageNumber("billing_cycle_templates");
}

records! {
    /// A page of billing cycle templates; no source shows what else it holds.
    BillingCycleTemplateListResponse {
        billing_cycle_templates: List<BillingCycleTemplate>,
    }

    /// A statement schedule. No source shows its fields.
    BillingCycleTemplate {
        id: Integer,
    }
}
