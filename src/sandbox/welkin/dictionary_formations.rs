//! Dictionary definitions.

use serde_json::Value;

use super::definitions::{self, Kind};
use super::errors;
use crate::sandbox::Handlers;
use crate::sandbox::call::Call;
use crate::sandbox::record::{Fields, Record, record};
use crate::sandbox::reply::Reply;
use crate::sandbox::state::State;

pub const HANDLERS: Handlers = &[
    ("dictionaryFormationsList", |state, call| DICTIONARY.list(state, call, definitions::all)),
    ("dictionaryFormationsGet", |state, call| DICTIONARY.get(state, call)),
    ("dictionaryFormationsCreateDraft", |state, call| DICTIONARY.create(state, call, build)),
    ("dictionaryFormationsReplaceDraft", replace_draft),
    ("dictionaryFormationsDeleteDraft", delete_draft),
];

/// The code is made like those that were recorded for records.
pub const DICTIONARY: Kind = Kind {
    component: "DICTIONARY",
    code: "DICTIONARY_NOT_FOUND",
    parameter: "dictionaryName",
    all: |formation| &formation.dictionaries,
    all_mut: |formation| &mut formation.dictionaries,
};

/// The dictionaries that every tenant has; their definitions cannot be changed.
const BUILT_IN: [&str; 3] = ["timezone", "cpt", "icd-10"];

fn replace_draft(state: &mut State, call: &Call) -> Result<Reply, Reply> {
    check_built_in(call)?;
    DICTIONARY.replace(state, call, build)
}

fn delete_draft(state: &mut State, call: &Call) -> Result<Reply, Reply> {
    check_built_in(call)?;
    DICTIONARY.delete(state, call)
}

fn check_built_in(call: &Call) -> Result<(), Reply> {
    let parameter = DICTIONARY.parameter;
    if BUILT_IN.contains(&call.segment(parameter)) {
        return Err(errors::wrong(DICTIONARY.component, parameter, "is built in", call.now));
    }
    Ok(())
}

fn build(
    _: &mut State,
    name: &str,
    input: &Record,
    _: Option<&Record>,
    call: &Call,
) -> Result<Record, Reply> {
    let fields: Option<Vec<Record>> = input.list("fields").iter().map(field).collect();
    let Some(fields) = fields.filter(|fields| !fields.is_empty()) else {
        let mistake = "must be at least one, each with a name";
        return Err(errors::wrong(DICTIONARY.component, "fields", mistake, call.now));
    };
    Ok(record! {
        "name": name,
        "title": input.text("title").unwrap_or(name),
        "internal": false,
        "fields": fields,
    })
}

fn field(input: &Value) -> Option<Record> {
    let input = input.as_object()?;
    Some(record! {
        "name": input.text("name")?,
        "type": input.text("type").unwrap_or("text"),
    })
}
