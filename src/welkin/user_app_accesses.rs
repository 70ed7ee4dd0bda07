//! Portal access switches of users.

use super::users::ApplicationAccess;
use crate::schema::*;
use crate::{aliases, enumerations, records, resource};

resource! {
    /// Portal access switches of users.
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
    /// Upsert: there is no POST.
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
        /// Present in the docs example; the path already carries it.
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

enumerations! {}

aliases! {}
