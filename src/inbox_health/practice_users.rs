//! Memberships of portal users in practices.

use super::pages::filtered_paging;
use crate::schema::*;
use crate::{records, resource};

resource! {
    /// Memberships of portal users in practices.
    practiceUsers PracticeUsersResource;

    /// List user memberships of a practice.
    list_by_practice "practiceUsersListByPractice": GET "/partner/v2/practices/{id}/practice_users"
        path(
            /// Id of the practice.
            id: Integer,
        )
        query { ..filtered_paging }
        reply(PracticeUserListResponse)
        pages PageNumber("practice_users");
}

records! {
    /// A page of practice users; no source shows what else it holds.
    PracticeUserListResponse {
        practice_users: List<PracticeUser>,
    }

    /// Membership of a user in a practice. No source shows its fields.
    PracticeUser {
        id: Integer,
    }
}
