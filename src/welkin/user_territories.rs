//! Regions and territories of users.

use super::users::UserTerritory;
use crate::schema::*;
use crate::{records, resource};

resource! {
    /// Regions and territories of users.
    userTerritories UserTerritoriesResource;

    /// Read regions and territories of a user.
    get "userTerritoriesGet": GET "/{tenantName}/admin/user-territories/{userId}"
        path(
            /// User id.
            userId: Uuid,
        )
        reply(UserTerritories);

    /// Create or replace regions and territories of a user.
    ///
    /// There is no call that only creates.
    replace "userTerritoriesReplace": PUT "/{tenantName}/admin/user-territories/{userId}"
        path(
            /// User id.
            userId: Uuid,
        )
        body(UserTerritoriesInput)
        reply(UserTerritories);
}

records! {
    /// All region grants of one user.
    UserTerritories {
        id: Uuid,
        createdAt: DateTime,
        updatedAt: DateTime,
        createdBy: Uuid | null | absent,
        updatedBy: Uuid | null | absent,
        userId: Uuid,
        territories: List<UserTerritory>,
    }

    /// Full replacement of region grants.
    UserTerritoriesInput {
        territories: List<UserTerritoryInput> | required,
    }

    /// Region grant to set.
    UserTerritoryInput {
        /// Region name.
        name: Text | required,
        territories: List<Text> | required,
        instanceName: Text | required,
    }
}
