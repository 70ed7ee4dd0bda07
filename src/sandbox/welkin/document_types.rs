//! Document type definitions.

use serde_json::{Value, json};

use super::definitions::{self, Kind};
use super::errors;
use crate::sandbox::Handlers;
use crate::sandbox::call::Call;
use crate::sandbox::record::{Fields, Record, record};
use crate::sandbox::reply::Reply;
use crate::sandbox::state::{State, uuid};

pub const HANDLERS: Handlers = &[
    ("documentTypesList", list),
    ("documentTypesCreate", create),
    ("documentTypesGet", get),
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

fn list(state: &mut State, call: &Call) -> Result<Reply, Reply> {
    DOCUMENT_TYPE.list(state, call, definitions::all)
}

fn get(state: &mut State, call: &Call) -> Result<Reply, Reply> {
    DOCUMENT_TYPE.get(state, call)
}

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
    let fields: Option<Vec<Record>> = input.list("fields").iter().map(field).collect();
    let Some(fields) = fields else {
        let mistake = "must have a name and a type each";
        return Err(errors::wrong(DOCUMENT_TYPE.component, "fields", mistake, call.now));
    };
    let id = match old.and_then(|old| old.text("id")) {
        Some(id) => id.to_owned(),
        None => uuid(&mut state.chance),
    };
    // The version under which the draft would be published.
    let version = state.welkin.definitions.version() + 1;
    Ok(record! {
        "id": id,
        "name": name,
        "title": input.get("title"),
        "label": input.get("label"),
        "version": version,
        "internal": old.is_some_and(|old| old.flag("internal")),
        "readable": true,
        "updatable": true,
        "type": "MULTI_RECORD",
        "relation": "DOCUMENT_TYPE",
        "_containsPHI": fields.iter().any(|field| field.flag("phi")),
        "fields": fields,
    })
}

/// A field with everything that it needs; `None` without a name or a type.
fn field(input: &Value) -> Option<Record> {
    let input = input.as_object()?;
    let mut field = record! {
        "name": input.text("name")?,
        "type": input.text("type")?,
        "dictionary": null,
        "searchable": false,
        "bulkEdit": false,
        "phi": false,
        "meta": {},
    };
    for (name, value) in input.iter().filter(|(_, value)| !value.is_null()) {
        field.insert(name.clone(), json!(value));
    }
    Some(field)
}
