//! Document type definitions.

use super::cdt_definition::{Purpose, definition, fields};
use super::definitions::{self, Kind};
use super::errors;
use crate::sandbox::Handlers;
use crate::sandbox::call::Call;
use crate::sandbox::record::{Fields, Record};
use crate::sandbox::reply::Reply;
use crate::sandbox::state::State;

pub const HANDLERS: Handlers = &[
    ("documentTypesList", |state, call| DOCUMENT_TYPE.list(state, call, definitions::all)),
    ("documentTypesCreate", create),
    ("documentTypesGet", |state, call| DOCUMENT_TYPE.get(state, call)),
    ("documentTypesReplace", replace),
    ("documentTypesDelete", delete),
];

/// The code is made like those that were recorded for records.
pub const DOCUMENT_TYPE: Kind = Kind {
    component: "DOCUMENT_TYPE",
    code: "DOCUMENT_TYPE_NOT_FOUND",
    parameter: "documentTypeName",
    all: |formation| &formation.document_types,
    all_mut: |formation| &mut formation.document_types,
};

fn create(state: &mut State, call: &Call) -> Result<Reply, Reply> {
    check_version(call)?;
    DOCUMENT_TYPE.create(state, call, build)
}

fn replace(state: &mut State, call: &Call) -> Result<Reply, Reply> {
    check_version(call)?;
    DOCUMENT_TYPE.replace(state, call, build)
}

fn delete(state: &mut State, call: &Call) -> Result<Reply, Reply> {
    check_version(call)?;
    DOCUMENT_TYPE.delete(state, call)
}

/// The docs write `current` into the URL of these writes, all other definitions write `draft`, and
/// nobody knows which is right. The sandbox takes both words and changes the draft for either, so
/// that `current` changes by publishing alone. A number names what is long published.
fn check_version(call: &Call) -> Result<(), Reply> {
    match call.segment("version") {
        "draft" | "current" => Ok(()),
        _ => Err(errors::wrong(DOCUMENT_TYPE.component, "version", "cannot be written", call.now)),
    }
}

fn build(
    state: &mut State,
    name: &str,
    input: &Record,
    old: Option<&Record>,
    call: &Call,
) -> Result<Record, Reply> {
    let fields = fields(input, &DOCUMENT_TYPE, call)?;
    let id = definitions::id(state, old);
    // The version under which the draft would be published.
    let version = state.welkin.definitions.version() + 1;
    let purpose = Purpose {
        r#type: "MULTI_RECORD",
        relation: "DOCUMENT_TYPE",
        internal: old.is_some_and(|old| old.flag("internal")),
        updatable: true,
    };
    Ok(definition(&id, name, version, &purpose, input, fields))
}
