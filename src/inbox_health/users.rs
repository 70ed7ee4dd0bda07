//! Portal users.

use crate::schema::*;
use crate::{aliases, enumerations, records, resource};

resource! {
    /// Portal users.
    users UsersResource;

    /// List users of a practice.
    list_by_practice "usersListByPractice": GET "/partner/v2/practices/{id}/users"
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
        reply(UserListResponse)
        pages PageNumber("users");

    /// List users, optionally by role.
    list "usersList": GET "/partner/v2/users"
        query {
            /// Sent as filter[role]=value. Known filter fields: role.
            filter: Map<Text>,
            /// Sort field; not shown for this list.
            sort: Text,
            /// Page number; not shown for this list.
            page: Integer,
            /// Records per page; not shown for this list.
            per_page: Integer,
        }
        reply(UserListResponse)
        pages PageNumber("users");
}

records! {
    /// Array under "users"; paging metadata, if any, is undocumented and must be kept.
    UserListResponse {
        users: List<User>,
    }

    /// A portal user. Fields unknown.
    User {
        id: Integer,
    }
}

enumerations! {
    /// Role of a user, as used by the users role filter.
    UserRole { PRACTICE_MANAGER = "practice_manager" }
}

aliases! {
}
