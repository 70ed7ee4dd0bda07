//! Integrations of an enterprise with other systems.

use super::pages::filtered_paging;
use crate::schema::*;
use crate::{records, resource};

resource! {
    /// Integrations of an enterprise with other systems.
    apiIntegrations ApiIntegrationsResource;

    /// List the integrations of an enterprise.
    ///
    /// Experimental: only the name of this call is known; it takes and gives open types.
    list_by_enterprise "apiIntegrationsListByEnterprise": GET "/partner/v2/enterprises/{id}/api_integrations"
        path(
            /// Id of the enterprise.
            id: Integer,
        )
        query { ..filtered_paging }
        reply(ApiIntegrationListResponse)
        pages PageNumber("api_integrations");
}

records! {
    /// A page of api integrations; no source shows what else it holds.
    ApiIntegrationListResponse {
        api_integrations: List<ApiIntegration>,
    }

    /// A configured integration. No source shows its fields.
    ApiIntegration {
        id: Integer,
    }
}
