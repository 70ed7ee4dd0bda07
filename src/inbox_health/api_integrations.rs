//! Integrations (named only).

use crate::schema::*;
use crate::{aliases, enumerations, records, resource};

resource! {
    /// Integrations (named only).
    apiIntegrations ApiIntegrationsResource;

    /// List api integrations of an enterprise.
    ///
    /// Experimental: only the name of this call is known; it takes and gives open types.
    ///
    /// Known only as a link inside the enterprise response.
    list_by_enterprise "apiIntegrationsListByEnterprise": GET "/partner/v2/enterprises/{id}/api_integrations"
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
        reply(ApiIntegrationListResponse)
        pages PageNumber("api_integrations");
}

records! {
    /// Array under "api_integrations"; paging metadata, if any, is undocumented and must be kept.
    ApiIntegrationListResponse {
        api_integrations: List<ApiIntegration>,
    }

    /// A configured integration. Fields unknown.
    ApiIntegration {
        id: Integer,
    }
}

enumerations! {
}

aliases! {
}
