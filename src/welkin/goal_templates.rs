//! Goal template definitions.

use crate::schema::*;
use crate::{enumerations, records, resource};

resource! {
    /// Goal template definitions.
    goalTemplates GoalTemplatesResource;

    /// List goal template definitions.
    ///
    /// There are no pages: the answer holds all.
    list "goalTemplatesList": GET "/{tenantName}/{instanceName}/formations/{version}/goal-templates"
        path(
            /// Formation version: current (published), draft, or a version number.
            version: Text,
        )
        reply(List<GoalTemplate>)
        pages PlainArray;

    /// Read one goal template definition.
    get "goalTemplatesGet": GET "/{tenantName}/{instanceName}/formations/{version}/goal-templates/{goalTemplateName}"
        path(
            /// Formation version: current (published), draft, or a version number.
            version: Text,
            /// Goal template name.
            goalTemplateName: Text,
        )
        reply(GoalTemplate);
}

records! {
    /// Goal template definition.
    GoalTemplate {
        name: Text,
        goalName: Text,
        /// Free text.
        r#type: Text,
        priority: GoalPriority,
        taskTemplates: List<GoalTemplateTask>,
    }

    /// Task created together with the goal.
    GoalTemplateTask {
        /// Task template name.
        name: Text,
        subjectConfig: TaskSubjectConfig,
    }

    /// Who gets the task.
    TaskSubjectConfig {
        /// Seen: POINT_OF_CONTACT, ROLE.
        r#type: Text,
        roleName: Text | absent,
    }
}

enumerations! {
    /// How urgent a goal is.
    GoalPriority { LOW = "LOW", MEDIUM = "MEDIUM", HIGH = "HIGH" }
}
