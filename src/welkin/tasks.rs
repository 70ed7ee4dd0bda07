//! Tasks.

use super::encounter_comments::TextBody;
use super::goal_tasks::IdRef;
use super::goals::{Task, TaskPriority, TaskStatus};
use super::pages::{MetaInfo, spring_paging};
use crate::schema::*;
use crate::{aliases, enumerations, records, resource};

resource! {
    /// Tasks.
    tasks TasksResource;

    /// Search tasks.
    ///
    /// The docs table says these are in the path; their example uses the query. page, size and sort
    /// are not listed but follow from the envelope.
    list "tasksList": GET "/{tenantName}/{instanceName}/tasks"
        query {
            ..spring_paging,
            /// Assignee.
            assigneeId: Uuid,
            /// Patient.
            patientId: Uuid,
            /// Watcher.
            watcherId: Uuid,
            /// Author.
            authorId: Uuid,
            /// Assignee or watcher.
            relatedUserId: Uuid,
            /// Statuses, comma separated.
            status: List<TaskStatus>,
            /// Priorities, comma separated.
            priority: List<TaskPriority>,
            /// Due on this day.
            dueDate: DateTime,
            /// Due up to this day.
            dueBefore: DateTime,
            /// Part of the description.
            description: Text,
            /// Part of name or description.
            search: Text,
        }
        reply(TaskList)
        pages MetaInfo;

    /// Create a task.
    create "tasksCreate": POST "/{tenantName}/{instanceName}/tasks"
        body(TaskCreate)
        reply(Task);

    /// Set the status of many tasks.
    bulk_update_status "tasksBulkUpdateStatus": PATCH "/{tenantName}/{instanceName}/tasks"
        body(TaskStatusBatch)
        reply(List<Task>);

    /// Read a task.
    get "tasksGet": GET "/{tenantName}/{instanceName}/tasks/{taskId}"
        path(
            /// Task id.
            taskId: Uuid,
        )
        reply(Task);

    /// Change a task.
    update "tasksUpdate": PATCH "/{tenantName}/{instanceName}/tasks/{taskId}"
        path(
            /// Task id.
            taskId: Uuid,
        )
        body(TaskUpdate)
        reply(Task);

    /// Add a watcher.
    ///
    /// PATCH, body {id}. The docs sample answer shows only the new watcher; unclear whether others
    /// are kept.
    add_watcher "tasksAddWatcher": PATCH "/{tenantName}/{instanceName}/tasks/{taskId}/watchers"
        path(
            /// Task id.
            taskId: Uuid,
        )
        body(IdRef)
        reply(Task);

    /// Remove a watcher.
    ///
    /// Returns the task.
    remove_watcher "tasksRemoveWatcher": DELETE "/{tenantName}/{instanceName}/tasks/{taskId}/watchers/{watcherId}"
        path(
            /// Task id.
            taskId: Uuid,
            /// User id of the watcher.
            watcherId: Uuid,
        )
        reply(Task);

    /// Add a comment.
    ///
    /// PATCH, not POST; returns the task.
    add_comment "tasksAddComment": PATCH "/{tenantName}/{instanceName}/tasks/{taskId}/comments"
        path(
            /// Task id.
            taskId: Uuid,
        )
        body(TextBody)
        reply(Task);

    /// Remove a comment.
    ///
    /// Accept an object or a one-element array.
    remove_comment "tasksRemoveComment": DELETE "/{tenantName}/{instanceName}/tasks/{taskId}/comments/{commentId}"
        path(
            /// Task id.
            taskId: Uuid,
            /// Comment id.
            commentId: Uuid,
        )
        reply(OneOrMany<Task>);
}

records! {
    /// Page of tasks.
    TaskList {
        data: List<Task>,
        metaInfo: MetaInfo,
    }

    /// New task.
    TaskCreate {
        name: Text | required,
        description: Text,
        dueDate: DateTime,
        status: TaskStatus | required,
        priority: TaskPriority | required,
        assignee: IdRef | required,
        patient: IdRef,
        watchers: List<IdRef>,
        comments: List<TextBody>,
        /// Shown in later docs.
        templateName: Text,
    }

    /// New status for many tasks.
    TaskStatusBatch {
        taskIds: List<Uuid> | required,
        status: TaskStatus | required,
    }

    /// Task change.
    ///
    /// Both doc generations mark name, priority, status and assignee as required even though the
    /// method is PATCH; unverified. Sending all four is the safe choice.
    TaskUpdate {
        name: Text | required,
        description: Text,
        dueDate: DateTime,
        status: TaskStatus | required,
        priority: TaskPriority | required,
        assignee: IdRef | required,
        patient: IdRef,
    }
}

enumerations! {}

aliases! {}
