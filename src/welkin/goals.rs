//! Goals of care plans.

use super::goal_templates::GoalPriority;
use super::pages::MetaInfo;
use crate::schema::*;
use crate::{enumerations, records, resource};

resource! {
    /// Goals of care plans.
    goals GoalsResource;

    /// List goals.
    list "goalsList": GET "/{tenantName}/{instanceName}/patients/{patientId}/care-plan/goals"
        path(
            /// Patient id.
            patientId: Uuid,
        )
        query {
            /// Only goals in this status.
            status: GoalStatus,
            /// Zero-based page number, default 0.
            page: Integer,
            /// Page size, default 20.
            size: Integer,
        }
        reply(GoalList)
        pages MetaInfo;

    /// Create a goal from a template.
    create "goalsCreate": POST "/{tenantName}/{instanceName}/patients/{patientId}/care-plan/goals"
        path(
            /// Patient id.
            patientId: Uuid,
        )
        body(GoalCreate)
        reply(Goal);

    /// Read a goal with tasks and comments.
    get "goalsGet": GET "/{tenantName}/{instanceName}/patients/{patientId}/care-plan/goals/{goalId}"
        path(
            /// Patient id.
            patientId: Uuid,
            /// Goal id.
            goalId: Uuid,
        )
        reply(GoalDetails);

    /// Change a goal.
    update "goalsUpdate": PATCH "/{tenantName}/{instanceName}/patients/{patientId}/care-plan/goals/{goalId}"
        path(
            /// Patient id.
            patientId: Uuid,
            /// Goal id.
            goalId: Uuid,
        )
        body(GoalUpdate)
        reply(Goal);
}

records! {
    /// Page of goals.
    GoalList {
        data: List<Goal>,
        metaInfo: MetaInfo,
    }

    /// Care-plan goal.
    Goal {
        id: Uuid,
        createdByName: Text | null | absent,
        createdAt: DateTime,
        updatedByName: Text | null | absent,
        updatedAt: DateTime,
        name: Text,
        r#type: Text,
        priority: GoalPriority,
        status: GoalStatus,
        templateName: Text,
    }

    /// Goal from template.
    GoalCreate {
        /// Must exist in Designer.
        goalTemplateName: Text,
    }

    /// Goal with tasks and comments.
    GoalDetails {
        details: Goal,
        tasks: List<Task>,
        comments: List<GoalComment>,
    }

    /// A task.
    ///
    /// Some answers lack `watchers` or `comments`.
    Task {
        id: Uuid,
        createdAt: DateTime,
        updatedAt: DateTime,
        /// Seen in the audit log.
        createdBy: Text | null | absent,
        /// Seen in the audit log.
        createdByName: Text | null | absent,
        /// Seen in the audit log.
        updatedBy: Text | null | absent,
        /// Seen in the audit log.
        updatedByName: Text | null | absent,
        /// AUTOMATION is the only value seen, in the audit log.
        createdType: Text | absent,
        templateName: Text | absent,
        name: Text,
        description: Text,
        dueDate: DateTime | null,
        status: TaskStatus,
        priority: TaskPriority,
        patient: NamedRef | null,
        assignee: NamedRef,
        author: NamedRef | absent,
        watchers: List<NamedRef> | absent,
        comments: List<TaskComment> | absent,
        /// Only on tasks of a goal.
        goalId: Uuid | absent,
        /// POINT_OF_CONTACT is the only value seen.
        watchersType: Text | absent,
    }

    /// Id plus display name of a user or patient.
    NamedRef {
        id: Uuid,
        /// Display name; sent back by the server, not needed in requests.
        name: Text,
        /// Seen on users in the audit log.
        enabled: Boolean | absent,
    }

    /// Task comment; two shapes exist.
    TaskComment {
        id: Uuid,
        createdAt: DateTime,
        /// In task answers.
        author: NamedRef | absent,
        /// In goal answers.
        createdByName: Text | null | absent,
        /// In goal answers.
        updatedByName: Text | null | absent,
        /// In goal answers.
        updatedAt: DateTime | absent,
        text: Text,
    }

    /// Comment on a goal, or on a task inside a goal.
    GoalComment {
        id: Uuid,
        createdByName: Text | null | absent,
        createdAt: DateTime,
        updatedByName: Text | null | absent,
        updatedAt: DateTime,
        text: Text,
    }

    /// Change of a goal: what is left out stays.
    GoalUpdate {
        name: Text,
        priority: GoalPriority,
        status: GoalStatus,
    }
}

enumerations! {
    /// What became of a goal.
    GoalStatus { ACTIVE = "ACTIVE", REMOVED = "REMOVED", COMPLETED = "COMPLETED" }

    /// CANCELED with one L (calendar uses two).
    TaskStatus {
        TODO = "TODO",
        IN_PROGRESS = "IN_PROGRESS",
        COMPLETED = "COMPLETED",
        CANCELED = "CANCELED",
    }

    /// How urgent a task is.
    TaskPriority { LOW = "LOW", MEDIUM = "MEDIUM", HIGH = "HIGH", URGENT = "URGENT" }
}
