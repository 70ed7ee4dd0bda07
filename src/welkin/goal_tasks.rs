//! Tasks of goals.

use super::goals::{Task, TaskPriority, TaskStatus};
use crate::schema::*;
use crate::{records, resource};

resource! {
    /// Tasks of goals.
    goalTasks GoalTasksResource;

    /// List tasks of a goal.
    list "goalTasksList": GET "/{tenantName}/{instanceName}/patients/{patientId}/care-plan/goals/{goalId}/tasks"
        path(
            /// Patient id.
            patientId: Uuid,
            /// Goal id.
            goalId: Uuid,
        )
        reply(List<Task>)
        pages PlainArray;

    /// Add a task to a goal.
    ///
    /// The answer is one task or an array of it: the documentation is not clear.
    create "goalTasksCreate": POST "/{tenantName}/{instanceName}/patients/{patientId}/care-plan/goals/{goalId}/tasks"
        path(
            /// Patient id.
            patientId: Uuid,
            /// Goal id.
            goalId: Uuid,
        )
        body(GoalTaskCreate)
        reply(OneOrMany<Task>);
}

records! {
    /// New task of a goal; nothing of it is documented as required.
    GoalTaskCreate {
        name: Text,
        description: Text,
        dueDate: DateTime,
        status: TaskStatus,
        priority: TaskPriority,
        assignee: IdRef,
        patient: IdRef,
    }

    /// Reference by id only.
    IdRef {
        id: Uuid | required,
    }
}
