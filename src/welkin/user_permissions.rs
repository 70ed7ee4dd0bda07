//! Roles and policies of users.

use super::users::{PermissionType, UserPermission};
use crate::schema::*;
use crate::{records, resource};

resource! {
    /// Roles and policies of users.
    userPermissions UserPermissionsResource;

    /// Read roles and policies of a user.
    get "userPermissionsGet": GET "/{tenantName}/admin/user-permissions/{userId}"
        path(
            /// User id.
            userId: Uuid,
        )
        reply(UserPermissions);

    /// Create or replace roles and policies of a user.
    ///
    /// There is no call that only creates.
    replace "userPermissionsReplace": PUT "/{tenantName}/admin/user-permissions/{userId}"
        path(
            /// User id.
            userId: Uuid,
        )
        body(UserPermissionsInput)
        reply(UserPermissions);
}

records! {
    /// All role and policy grants of one user.
    UserPermissions {
        id: Uuid,
        createdAt: DateTime,
        updatedAt: DateTime,
        userId: Uuid,
        permissions: List<UserPermission>,
    }

    /// Full replacement of grants.
    UserPermissionsInput {
        id: Uuid,
        createdAt: DateTime,
        updatedAt: DateTime,
        userId: Uuid,
        permissions: List<UserPermissionInput> | required,
    }

    /// Grant to set.
    UserPermissionInput {
        permissionName: Text | required,
        instanceName: Text | required,
        r#type: PermissionType | required,
        primaryRole: Boolean,
        effectiveDate: DateTime,
    }
}
