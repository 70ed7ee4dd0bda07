//! Partner organisations.

use crate::schema::*;
use crate::{aliases, enumerations, records, resource};

resource! {
    /// Partner organisations.
    adminOrganizations AdminOrganizationsResource;

    /// List admin organizations of an enterprise.
    ///
    /// Experimental: only the name of this call is known; it takes and gives open types.
    ///
    /// Known only as a link inside the enterprise response.
    list_by_enterprise "adminOrganizationsListByEnterprise": GET "/partner/v2/enterprises/{id}/admin_organizations"
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
        reply(AdminOrganizationListResponse)
        pages PageNumber("admin_organizations");

    /// List admin organisations.
    list "adminOrganizationsList": GET "/partner/v2/admin_organizations"
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
        reply(AdminOrganizationListResponse)
        pages PageNumber("admin_organizations");
}

records! {
    /// Array under "admin_organizations"; paging metadata, if any, is undocumented and must be
    /// kept.
    AdminOrganizationListResponse {
        admin_organizations: List<AdminOrganization>,
    }

    /// A partner organisation above enterprises. Fields unknown.
    AdminOrganization {
        id: Integer,
    }
}

enumerations! {
}

aliases! {
}
