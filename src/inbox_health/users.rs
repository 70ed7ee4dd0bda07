//! Users of the partner portal.

use super::pages::{filtered_paging, paging};
use crate::schema::*;
use crate::{records, resource};

resource! {
    /// Users of the partner portal.
    users UsersResource;

    /// List users of a practice.
    list_by_practice "usersListByPractice": GET "/partner/v2/practices/{id}/users"
        path(
            /// Id of the practice.
            id: Integer,
        )
        query { ..filtered_paging }
        reply(UserListResponse)
        pages PageNumber("users");

    /// List users, optionally by role.
    list "usersList": GET "/partner/v2/users"
        query {
            ..paging,
            /// Values by field, sent as `filter[field]=value`. Known field: `role`, with the known
            /// value `practice_manager`.
            filter: Map<Text>,
        }
        reply(UserListResponse)
        pages PageNumber("users");
}

records! {
    /// A page of users; no source shows what else it holds.
    UserListResponse {
        users: List<User>,
    }

    /// A portal user. No source shows its fields.
    User {
        id: Integer,
    }
}
