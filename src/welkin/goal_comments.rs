//! Comments on goals.

use super::encounter_comments::TextBody;
use super::goals::GoalComment;
use crate::resource;
use crate::schema::*;

resource! {
    /// Comments on goals.
    goalComments GoalCommentsResource;

    /// List comments of a goal.
    list "goalCommentsList": GET "/{tenantName}/{instanceName}/patients/{patientId}/care-plan/goals/{goalId}/comments"
        path(
            /// Patient id.
            patientId: Uuid,
            /// Goal id.
            goalId: Uuid,
        )
        reply(List<GoalComment>)
        pages PlainArray;

    /// Add a comment to a goal.
    create "goalCommentsCreate": POST "/{tenantName}/{instanceName}/patients/{patientId}/care-plan/goals/{goalId}/comments"
        path(
            /// Patient id.
            patientId: Uuid,
            /// Goal id.
            goalId: Uuid,
        )
        body(TextBody)
        reply(GoalComment);
}
