//! Tasks of users.

use super::encounter_comments::TextBody;
use super::goal_tasks::IdRef;
use super::goals::{Task, TaskPriority, TaskStatus};
use super::pages::{MetaInfo, spring_paging};
use crate::schema::*;
use crate::{records, resource};

resource! {
    /// Tasks of users.
    tasks TasksResource;

    /// Search tasks.
    list "tasksList": GET "/{tenantName}/{instanceName}/tasks"
        query {
            ..spring_paging,
            /// Only tasks of this assignee.
            assigneeId: Uuid,
            /// Only tasks about this patient.
            patientId: Uuid,
            /// Only tasks with this watcher.
            watcherId: Uuid,
            /// Only tasks of this author.
            authorId: Uuid,
            /// Only tasks with this assignee or watcher.
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
    /// It is not certain that the other watchers stay: look at the answer.
    add_watcher "tasksAddWatcher": PATCH "/{tenantName}/{instanceName}/tasks/{taskId}/watchers"
        path(
            /// Task id.
            taskId: Uuid,
        )
        body(IdRef)
        reply(Task);

    /// Remove a watcher.
    ///
    /// Gives the whole task.
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
    /// Gives the whole task.
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
        /// Name of the task template.
        templateName: Text,
    }

    /// New status for many tasks.
    TaskStatusBatch {
        taskIds: List<Uuid> | required,
        status: TaskStatus | required,
    }

    /// Task change.
    ///
    /// `name`, `priority`, `status` and `assignee` are documented as required, although this is a
    /// partial change: send all four.
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
