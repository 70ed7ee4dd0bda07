//! Goal template definitions.

use super::definitions::{self, Kind};
use crate::sandbox::Handlers;

pub const HANDLERS: Handlers = &[
    ("goalTemplatesList", |state, call| GOAL_TEMPLATE.list(state, call, definitions::all)),
    ("goalTemplatesGet", |state, call| GOAL_TEMPLATE.get(state, call)),
];

/// The code is made like those that were recorded for records.
const GOAL_TEMPLATE: Kind = Kind {
    component: "GOAL_TEMPLATE",
    code: "GOAL_TEMPLATE_NOT_FOUND",
    parameter: "goalTemplateName",
    all: |formation| &formation.goal_templates,
    all_mut: |formation| &mut formation.goal_templates,
};
