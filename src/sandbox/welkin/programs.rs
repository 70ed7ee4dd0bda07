//! Program definitions.

use serde_json::{Value, json};

use super::definitions::{self, Kind};
use super::errors;
use crate::sandbox::Handlers;
use crate::sandbox::call::Call;
use crate::sandbox::record::{Fields, Record, record};
use crate::sandbox::reply::Reply;
use crate::sandbox::state::State;

pub const HANDLERS: Handlers = &[
    ("programsList", |state, call| PROGRAM.list(state, call, definitions::all)),
    ("programsGet", |state, call| PROGRAM.get(state, call)),
    ("programsCreateDraft", |state, call| PROGRAM.create(state, call, build)),
    ("programsReplaceDraft", |state, call| PROGRAM.replace(state, call, build)),
    ("programsDeleteDraft", |state, call| PROGRAM.delete(state, call)),
];

/// The code is made like those that were recorded for records.
pub const PROGRAM: Kind = Kind {
    component: "PROGRAM",
    code: "PROGRAM_NOT_FOUND",
    parameter: "programName",
    all: |formation| &formation.programs,
    all_mut: |formation| &mut formation.programs,
};

/// The drawing of the Designer, `nodes`, cannot be sent.
fn build(
    _: &mut State,
    name: &str,
    input: &Record,
    _: Option<&Record>,
    call: &Call,
) -> Result<Record, Reply> {
    let phases: Vec<Record> = input.list("phases").iter().filter_map(phase).collect();
    let names: Vec<&str> = phases.iter().filter_map(|phase| phase.text("name")).collect();
    let are_known = |phase: &Record| {
        let mut targets = phase.list("navigateTo").iter();
        targets.all(|target| {
            target.get("name").and_then(Value::as_str).is_some_and(|name| names.contains(&name))
        })
    };
    let mut distinct = names.clone();
    distinct.sort_unstable();
    distinct.dedup();
    let mistake = if distinct.len() != input.list("phases").len() {
        Some("must have names of their own")
    } else if !phases.iter().all(are_known) {
        Some("lead to an unknown phase")
    } else {
        None
    };
    if let Some(mistake) = mistake {
        return Err(errors::wrong(PROGRAM.component, "phases", mistake, call.now));
    }
    Ok(record! {
        "name": name,
        "title": input.text("title").unwrap_or(name),
        "description": input.text("description").unwrap_or_default(),
        "phases": phases,
        "nodes": null,
    })
}

/// A phase with everything that it needs; `None` without a name.
fn phase(input: &Value) -> Option<Record> {
    let input = input.as_object()?;
    let name = input.text("name").filter(|name| !name.is_empty())?;
    let mut phase = record! {
        "name": name,
        "title": input.text("title").unwrap_or(name),
        "description": input.text("description").unwrap_or_default(),
        "navigateTo": input.get("navigateTo"),
    };
    for (field, value) in input.iter().filter(|(_, value)| !value.is_null()) {
        phase.insert(field.clone(), json!(value));
    }
    Some(phase)
}

/// The phase of this name.
pub fn phase_of<'a>(program: &'a Record, name: &str) -> Option<&'a Record> {
    let mut phases = program.list("phases").iter().filter_map(Value::as_object);
    phases.find(|phase| phase.text("name") == Some(name))
}

/// The phase in which an enrolment begins: the one that says so, else the first.
pub fn first_phase(program: &Record) -> Option<&Record> {
    let phases = || program.list("phases").iter().filter_map(Value::as_object);
    phases().find(|phase| phase.text("type") == Some("START")).or_else(|| phases().next())
}
