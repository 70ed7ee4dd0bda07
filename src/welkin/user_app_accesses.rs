//! Which portals and instances users may enter.

use super::users::ApplicationAccess;
use crate::schema::*;
use crate::{records, resource};

resource! {
    /// Which portals and instances users may enter.
    userAppAccesses UserAppAccessesResource;

    /// Read portal access of a user.
    get "userAppAccessesGet": GET "/{tenantName}/admin/application-accesses/{userId}"
        path(
            /// User id.
            userId: Uuid,
        )
        reply(ApplicationAccess);

    /// Create or replace portal access of a user.
    ///
    /// There is no call that only creates.
    replace "userAppAccessesReplace": PUT "/{tenantName}/admin/application-accesses/{userId}"
        path(
            /// User id.
            userId: Uuid,
        )
        body(ApplicationAccessInput)
        reply(ApplicationAccess);
}

records! {
    /// Full replacement of portal access.
    ApplicationAccessInput {
        /// Optional: the path has it already.
        userId: Uuid,
        adminAccessEnabled: Boolean | required,
        auditSecurityAccessEnabled: Boolean | required,
        instanceAccesses: List<InstanceAccessInput> | required,
    }

    /// Instance access to set.
    InstanceAccessInput {
        instanceId: Uuid,
        /// Grants Care access to this instance.
        instanceName: Text | required,
        instanceDescription: Text,
        workshopAccessEnabled: Boolean | required,
        auditDataAccessEnabled: Boolean | required,
    }
}
