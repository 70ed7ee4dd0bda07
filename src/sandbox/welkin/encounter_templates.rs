//! Encounter template definitions.

use serde_json::{Value, json};

use super::definitions::{self, Kind};
use super::errors;
use crate::sandbox::Handlers;
use crate::sandbox::call::Call;
use crate::sandbox::record::{Fields, Record, record};
use crate::sandbox::reply::Reply;
use crate::sandbox::state::State;

pub const HANDLERS: Handlers = &[
    ("encounterTemplatesList", |state, call| TEMPLATE.list(state, call, definitions::all)),
    ("encounterTemplatesGet", |state, call| TEMPLATE.get(state, call)),
    ("encounterTemplatesCreateDraft", |state, call| TEMPLATE.create(state, call, build)),
    ("encounterTemplatesReplaceDraft", |state, call| TEMPLATE.replace(state, call, build)),
    ("encounterTemplatesDeleteDraft", |state, call| TEMPLATE.delete(state, call)),
];

/// The code is made like those that were recorded for records.
pub const TEMPLATE: Kind = Kind {
    component: "ENCOUNTER_TEMPLATE",
    code: "ENCOUNTER_TEMPLATE_NOT_FOUND",
    parameter: "encounterTemplateName",
    all: |formation| &formation.encounter_templates,
    all_mut: |formation| &mut formation.encounter_templates,
};

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
    let mut template = blank(&definitions::id(state, old), name);
    template.extend(definitions::kept(old, call));
    definitions::fill(&mut template, input, &["name"]);
    Ok(template)
}

/// A template that has a name only; what is unset beyond this is left out.
pub fn blank(id: &str, name: &str) -> Record {
    record! { "id": id, "name": name, "title": name, "assessmentNames": json!([]) }
}
