//! Care plan, goals, goal comments and tasks.

use super::goals::{Task, TaskPriority, TaskStatus};
use crate::schema::*;
use crate::{aliases, enumerations, records, resource};

resource! {
    /// Care plan, goals, goal comments and tasks.
    goalTasks GoalTasksResource;

    /// List tasks of a goal.
    ///
    /// The docs sample repeats a comment list; the shape is taken from tasks inside the goal
    /// details.
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
    /// Docs print GET as method while the sample code posts; POST is used. Their answer sample is a
    /// copied comment array.
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
    /// New task under a goal; docs mark nothing as required here.
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
    ///
    /// The docs tables write the expected shape as {"id": ""}.
    IdRef {
        id: Uuid | required,
    }
}

enumerations! {}

aliases! {}
