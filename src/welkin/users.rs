//! Tenant users.

use super::pages::{MetaInfo, spring_paging};
use crate::schema::*;
use crate::{aliases, enumerations, records, resource};

resource! {
    /// Tenant users.
    users UsersResource;

    /// List users of the tenant.
    ///
    /// The 2021 docs list no collection GET (only paging parameters under the single-user GET);
    /// list and search are recorded. size=1000 was accepted. search, userState and seatAssigned
    /// come from the Python client, the other filters from later docs.
    list "usersList": GET "/{tenantName}/admin/users"
        query {
            ..spring_paging,
            /// Free-text search.
            search: Text,
            /// State filter.
            userState: UserState,
            /// Seat filter.
            seatAssigned: Boolean,
            /// Email filter.
            email: Text,
            /// User ids, comma separated.
            ids: List<Uuid>,
            /// First-name filter.
            firstName: Text,
            /// Last-name filter.
            lastName: Text,
            /// Region name.
            region: Text,
            /// Territory names, comma separated; only together with region.
            territories: List<Text>,
            /// Role filter.
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
    /// Recorded with type=ID; type=EMAIL from later docs; no type means username. The paging
    /// parameters printed beside this GET in the docs belong to the list.
    get "usersGet": GET "/{tenantName}/admin/users/{userKey}"
        path(
            /// Username by default; user id with type=ID; email address with type=EMAIL.
            userKey: Text,
        )
        query {
            /// Meaning of the path segment; omit for username.
            r#type: UserIdentifierType,
        }
        reply(User);

    /// Change some fields of a user.
    ///
    /// Recorded with the username in the path. type on writes is seen only on DELETE (client);
    /// untested here.
    update "usersUpdate": PATCH "/{tenantName}/admin/users/{userKey}"
        path(
            /// Username by default; user id with type=ID; email address with type=EMAIL.
            userKey: Text,
        )
        query {
            /// Meaning of the path segment; omit for username.
            r#type: UserIdentifierType,
        }
        body(UserInput)
        reply(User);

    /// Replace a user.
    ///
    /// Docs only; status not documented. type untested here.
    replace "usersReplace": PUT "/{tenantName}/admin/users/{userKey}"
        path(
            /// Username by default; user id with type=ID; email address with type=EMAIL.
            userKey: Text,
        )
        query {
            /// Meaning of the path segment; omit for username.
            r#type: UserIdentifierType,
        }
        body(UserInput)
        reply(User);

    /// Delete a user.
    ///
    /// Recorded with type=ID: API clients get 403 ACCESS_FOR_API_CLIENT_RESTRICTED.
    ///
    /// Closed to API clients: the API answers 403 (recorded).
    delete "usersDelete": DELETE "/{tenantName}/admin/users/{userKey}"
        path(
            /// Username by default; user id with type=ID; email address with type=EMAIL.
            userKey: Text,
        )
        query {
            /// Meaning of the path segment; omit for username.
            r#type: UserIdentifierType,
        };

    /// List users visible in an instance.
    ///
    /// Used by the Python client only when a region is given; never recorded. Envelope assumed
    /// equal to the tenant list.
    list_in_instance "usersListInInstance": GET "/{tenantName}/{instanceName}/users"
        query {
            /// Region name.
            region: Text,
            /// Free-text search.
            search: Text,
            /// State filter.
            userState: UserState,
            /// Seat filter.
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
        /// Null in every recording.
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
        /// Tenant-defined attributes; values seen: string or array of strings.
        customUserAttributes: Map<TextOrTexts>,
        /// Older twin of customUserAttributes; present in 2022 recordings, gone by 2026.
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
        /// User id; redacted in recordings, may be null.
        createdBy: Text | null | absent,
        /// User id; redacted in recordings, may be null.
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
        /// Policies only. Docs read it as the expiry date; recorded values sit on or shortly after
        /// the creation day, so its meaning is unclear.
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
        /// Meaning not documented.
        enabledTakenPersonally: Boolean | absent,
    }

    /// Writable user fields known from the docs.
    ///
    /// No source marks a field as required. A recorded create with only username and email answered
    /// 201.
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

    /// How to read the path segment; when the parameter is left out the segment is the username.
    UserIdentifierType { ID = "ID", EMAIL = "EMAIL" }
}

aliases! {}
