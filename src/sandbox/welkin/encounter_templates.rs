//! Encounter template definitions.

use serde_json::{Value, json};

use super::definitions::{self, Kind};
use super::errors;
use crate::sandbox::Handlers;
use crate::sandbox::call::Call;
use crate::sandbox::record::{Fields, Record, merge, record};
use crate::sandbox::reply::Reply;
use crate::sandbox::state::{State, uuid};

pub const HANDLERS: Handlers = &[
    ("encounterTemplatesList", list),
    ("encounterTemplatesGet", get),
    ("encounterTemplatesCreateDraft", create_draft),
    ("encounterTemplatesReplaceDraft", replace_draft),
    ("encounterTemplatesDeleteDraft", delete_draft),
];

/// The code is made like those that were recorded for records.
pub const TEMPLATE: Kind = Kind {
    component: "ENCOUNTER_TEMPLATE",
    code: "ENCOUNTER_TEMPLATE_NOT_FOUND",
    parameter: "encounterTemplateName",
    all: |formation| &formation.encounter_templates,
    all_mut: |formation| &mut formation.encounter_templates,
};

fn list(state: &mut State, call: &Call) -> Result<Reply, Reply> {
    TEMPLATE.list(state, call, definitions::all)
}

fn get(state: &mut State, call: &Call) -> Result<Reply, Reply> {
    TEMPLATE.get(state, call)
}

fn create_draft(state: &mut State, call: &Call) -> Result<Reply, Reply> {
    TEMPLATE.create(state, call, build)
}

fn replace_draft(state: &mut State, call: &Call) -> Result<Reply, Reply> {
    TEMPLATE.replace(state, call, build)
}

fn delete_draft(state: &mut State, call: &Call) -> Result<Reply, Reply> {
    TEMPLATE.delete(state, call)
}

fn build(
    state: &mut State,
    name: &str,
    input: &Record,
    old: Option<&Record>,
    call: &Call,
) -> Result<Record, Reply> {
    let assessments = &state.welkin.definitions.draft().assessments;
    let known = |name: &Value| name.as_str().is_some_and(|name| assessments.contains_key(name));
    if !input.list("assessmentNames").iter().all(known) {
        let mistake = "names an unknown assessment";
        return Err(errors::wrong(TEMPLATE.component, "assessmentNames", mistake, call.now));
    }
    let id = old.and_then(|old| old.text("id")).map(str::to_owned);
    let id = id.unwrap_or_else(|| uuid(&mut state.chance));
    let mut template = blank(&id, name);
    let given = input.iter().filter(|(_, value)| !value.is_null());
    let given = given.map(|(name, value)| (name.clone(), value.clone())).collect();
    merge(&mut template, &given, &["id", "name"]);
    Ok(template)
}

/// A template that has a name only; what is unset beyond this is left out.
pub fn blank(id: &str, name: &str) -> Record {
    record! { "id": id, "name": name, "title": name, "assessmentNames": json!([]) }
}
