//! User memberships of a practice.

use crate::schema::*;
use crate::{aliases, enumerations, records, resource};

resource! {
    /// User memberships of a practice.
    practiceUsers PracticeUsersResource;

    /// List user memberships of a practice.
    list_by_practice "practiceUsersListByPractice": GET "/partner/v2/practices/{id}/practice_users"
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
        reply(PracticeUserListResponse)
        pages PageNumber("practice_users");
}

records! {
    /// Array under "practice_users"; paging metadata, if any, is undocumented and must be kept.
    PracticeUserListResponse {
        practice_users: List<PracticeUser>,
    }

    /// Membership of a user in a practice. Fields unknown.
    PracticeUser {
        id: Integer,
    }
}

enumerations! {
}

aliases! {
}
