//! Users of the tenant.

use super::pages::{MetaInfo, spring_paging};
use crate::schema::*;
use crate::{enumerations, records, resource};

resource! {
    /// Users of the tenant.
    users UsersResource;

    /// List users of the tenant.
    ///
    /// A `size` of 1000 was seen to work.
    list "usersList": GET "/{tenantName}/admin/users"
        query {
            ..spring_paging,
            /// Free-text search.
            search: Text,
            /// Only users in this state.
            userState: UserState,
            /// Only users with a seat, or only others.
            seatAssigned: Boolean,
            /// Only users with this email.
            email: Text,
            /// User ids, comma separated.
            ids: List<Uuid>,
            /// Only users with this first name.
            firstName: Text,
            /// Only users with this last name.
            lastName: Text,
            /// Region name.
            region: Text,
            /// Territory names, comma separated; only together with region.
            territories: List<Text>,
            /// Only users with this role.
            roleName: Text,
            /// Include deleted users.
            includeDeleted: Boolean,
        }
        reply(UserList)
        pages MetaInfo;

    /// Create a user.
    create "usersCreate": POST "/{tenantName}/admin/users"
        body(UserInput)
        reply(User);

    /// Read a user.
    ///
    /// The key is the username, unless `type` says otherwise.
    get "usersGet": GET "/{tenantName}/admin/users/{userKey}"
        path(
            /// Username; with `type` ID the user's id, with EMAIL the address.
            userKey: Text,
        )
        query {
            /// What kind of key is given; left out, it is the username.
            r#type: UserIdentifierType,
        }
        reply(User);

    /// Change some fields of a user.
    ///
    /// The key is the username; `type` was not seen to work here.
    update "usersUpdate": PATCH "/{tenantName}/admin/users/{userKey}"
        path(
            /// Username; with `type` ID the user's id, with EMAIL the address.
            userKey: Text,
        )
        query {
            /// What kind of key is given; left out, it is the username.
            r#type: UserIdentifierType,
        }
        body(UserInput)
        reply(User);

    /// Replace a user.
    ///
    /// Not seen in use; the key is the username.
    replace "usersReplace": PUT "/{tenantName}/admin/users/{userKey}"
        path(
            /// Username; with `type` ID the user's id, with EMAIL the address.
            userKey: Text,
        )
        query {
            /// What kind of key is given; left out, it is the username.
            r#type: UserIdentifierType,
        }
        body(UserInput)
        reply(User);

    /// Delete a user.
    ///
    /// Closed to API clients: the API answers 403 (ACCESS_FOR_API_CLIENT_RESTRICTED).
    delete "usersDelete": DELETE "/{tenantName}/admin/users/{userKey}"
        path(
            /// Username; with `type` ID the user's id, with EMAIL the address.
            userKey: Text,
        )
        query {
            /// What kind of key is given; left out, it is the username.
            r#type: UserIdentifierType,
        };

    /// List users visible in an instance.
    ///
    /// Not seen in use: the envelope is taken to be that of `list`.
    list_in_instance "usersListInInstance": GET "/{tenantName}/{instanceName}/users"
        query {
            /// Region name.
            region: Text,
            /// Free-text search.
            search: Text,
            /// Only users in this state.
            userState: UserState,
            /// Only users with a seat, or only others.
            seatAssigned: Boolean,
            /// Zero-based page number, default 0.
            page: Integer,
            /// Page size, default 20.
            size: Integer,
        }
        reply(UserList)
        pages MetaInfo;
}

records! {
    /// Page of users.
    UserList {
        data: List<User>,
        metaInfo: MetaInfo,
    }

    /// Tenant user. Unset text fields are left out of the JSON instead of being null.
    User {
        id: Uuid,
        username: Text,
        email: Text,
        phone: Text | absent,
        timezone: Text | absent,
        /// For example en-US.
        locale: Text | absent,
        firstName: Text | absent,
        lastName: Text | absent,
        credentials: Text | absent,
        enabled: Boolean,
        mfaEnabled: Boolean,
        /// Always null so far.
        statusType: Text | null,
        createdAt: DateTime,
        updatedAt: DateTime,
        createdByName: Text | null | absent,
        updatedByName: Text | null | absent,
        ssoAccess: Boolean,
        passwordAccess: Boolean,
        /// Terminology set, for example english.
        terminologyName: Text,
        userState: UserState,
        /// Attributes that the tenant defines: text or an array of text.
        customUserAttributes: Map<TextOrTexts>,
        /// What `customUserAttributes` was called before 2026.
        userAttributes: OpenObject | absent,
        allowedToReceiveCalls: Boolean,
        seats: List<UserSeat>,
        seatAssignAllowed: Boolean,
        territories: List<UserTerritory>,
        /// Instance names with access to all territories.
        fullTerritoriesAccessInstances: List<Text> | absent,
        roles: List<UserPermission>,
        policies: List<UserPermission>,
        /// Missing when the user is embedded in a full encounter.
        applicationAccess: ApplicationAccess | absent,
        _root_user: Boolean,
    }

    /// One region grant.
    UserTerritory {
        createdAt: DateTime | absent,
        updatedAt: DateTime | absent,
        /// User id.
        createdBy: Text | null | absent,
        /// User id.
        updatedBy: Text | null | absent,
        /// Region name.
        name: Text,
        /// Territory names in the region.
        territories: List<Text>,
        instanceName: Text,
    }

    /// One role or policy grant.
    UserPermission {
        /// Policy or role name from Designer.
        permissionName: Text,
        instanceName: Text,
        r#type: PermissionType,
        /// Roles only; one primary role per instance.
        primaryRole: Boolean | absent,
        /// Policies only. Documented as the expiry date, but seen on or shortly after the day of
        /// creation.
        effectiveDate: DateTime | absent,
        createdAt: DateTime | absent,
        updatedAt: DateTime | absent,
    }

    /// Portal access switches of one user.
    ApplicationAccess {
        id: Uuid,
        createdAt: DateTime | absent,
        updatedAt: DateTime | absent,
        userId: Uuid,
        /// Admin portal access.
        adminAccessEnabled: Boolean,
        /// Security-audit access.
        auditSecurityAccessEnabled: Boolean,
        instanceAccesses: List<InstanceAccess>,
    }

    /// Access of a user to one instance.
    InstanceAccess {
        instanceId: Uuid,
        instanceName: Text,
        instanceDescription: Text,
        /// Mailbox alias in the instance domain.
        userEmailWithInstanceDomain: Text | null | absent,
        /// Designer access.
        workshopAccessEnabled: Boolean,
        /// Data-audit access.
        auditDataAccessEnabled: Boolean,
        /// Its meaning is not documented.
        enabledTakenPersonally: Boolean | absent,
    }

    /// What can be written of a user.
    ///
    /// Nothing is documented as required; username and email alone were seen to do.
    UserInput {
        username: Text,
        email: Text,
        /// E.164 style number.
        phone: Text,
        /// IANA/US zone name.
        timezone: Text,
        firstName: Text,
        lastName: Text,
        /// Free-text professional title.
        credentials: Text,
    }
}

enumerations! {
    /// Life-cycle state of a user.
    UserState { ACTIVE = "ACTIVE", INACTIVE = "INACTIVE", PROVISIONED = "PROVISIONED" }

    /// Licence seat kind.
    UserSeat { GENERAL = "GENERAL" }

    /// Whether a grant is a policy or a role.
    PermissionType { SECURITY_POLICY = "SECURITY_POLICY", SECURITY_ROLE = "SECURITY_ROLE" }

    /// What kind of key is given; left out, it is the username.
    UserIdentifierType { ID = "ID", EMAIL = "EMAIL" }
}
