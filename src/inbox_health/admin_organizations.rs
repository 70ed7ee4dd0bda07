//! Partner organisations, above the enterprises.

use super::pages::filtered_paging;
use crate::schema::*;
use crate::{records, resource};

resource! {
    /// Partner organisations, above the enterprises.
    adminOrganizations AdminOrganizationsResource;

    /// List the partner organisations above an enterprise.
    ///
    /// Experimental: only the name of this call is known; it takes and gives open types.
    list_by_enterprise "adminOrganizationsListByEnterprise": GET "/partner/v2/enterprises/{id}/admin_organizations"
        path(
            /// Id of the enterprise.
            id: Integer,
        )
        query { ..filtered_paging }
        reply(AdminOrganizationListResponse)
        pages PageNumber("admin_organizations");

    /// List partner organisations.
    list "adminOrganizationsList": GET "/partner/v2/admin_organizations"
        query { ..filtered_paging }
        reply(AdminOrganizationListResponse)
        pages PageNumber("admin_organizations");
}

records! {
    /// A page of admin organizations; no source shows what else it holds.
    AdminOrganizationListResponse {
        admin_organizations: List<AdminOrganization>,
    }

    /// A partner organisation above enterprises. No source shows its fields.
    AdminOrganization {
        id: Integer,
    }
}
