//! Goal template definitions.

use super::definitions::{self, Kind};
use crate::sandbox::Handlers;
use crate::sandbox::call::Call;
use crate::sandbox::reply::Reply;
use crate::sandbox::state::State;

pub const HANDLERS: Handlers = &[("goalTemplatesList", list), ("goalTemplatesGet", get)];

/// The code is made like those that were recorded for records.
const GOAL_TEMPLATE: Kind = Kind {
    component: "GOAL_TEMPLATE",
    code: "GOAL_TEMPLATE_NOT_FOUND",
    parameter: "goalTemplateName",
    all: |formation| &formation.goal_templates,
    all_mut: |formation| &mut formation.goal_templates,
};

fn list(state: &mut State, call: &Call) -> Result<Reply, Reply> {
    GOAL_TEMPLATE.list(state, call, definitions::all)
}

fn get(state: &mut State, call: &Call) -> Result<Reply, Reply> {
    GOAL_TEMPLATE.get(state, call)
}
