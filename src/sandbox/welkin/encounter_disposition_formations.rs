//! The definition of encounter dispositions. There is one, so it is read as an object and not as a
//! list.

use serde_json::{Value, json};

use super::definitions::Kind;
use super::errors;
use crate::sandbox::Handlers;
use crate::sandbox::call::Call;
use crate::sandbox::record::{Fields, Record, record};
use crate::sandbox::reply::Reply;
use crate::sandbox::state::{State, uuid};

pub const HANDLERS: Handlers = &[
    ("encounterDispositionFormationsGet", get),
    ("encounterDispositionFormationsReplaceDraft", replace_draft),
];

pub const NAME: &str = "__encounter_disposition__";
/// The code is made like those that were recorded for records.
const DISPOSITION: Kind = Kind {
    component: "CDT",
    code: "CDT_NOT_FOUND",
    parameter: "",
    all: |formation| &formation.encounter_dispositions,
    all_mut: |formation| &mut formation.encounter_dispositions,
};

fn get(state: &mut State, call: &Call) -> Result<Reply, Reply> {
    DISPOSITION.get_named(state, call, NAME)
}

fn replace_draft(state: &mut State, call: &Call) -> Result<Reply, Reply> {
    DISPOSITION.replace_named(state, call, NAME, build)
}

fn build(
    state: &mut State,
    _: &str,
    input: &Record,
    old: Option<&Record>,
    call: &Call,
) -> Result<Record, Reply> {
    let fields: Option<Vec<Record>> = input.list("fields").iter().map(field).collect();
    let Some(fields) = fields else {
        let mistake = "must have a name and a type each";
        return Err(errors::wrong(DISPOSITION.component, "fields", mistake, call.now));
    };
    let id = old.and_then(|old| old.text("id")).map(str::to_owned);
    let id = id.unwrap_or_else(|| uuid(&mut state.chance));
    let mut definition = definition(&id, state.welkin.definitions.version() + 1, fields);
    for name in ["title", "label"] {
        definition.insert(name.to_owned(), input.get(name).cloned().unwrap_or_default());
    }
    Ok(definition)
}

/// The definition with these fields.
pub fn definition(id: &str, version: usize, fields: Vec<Record>) -> Record {
    record! {
        "id": id,
        "name": NAME,
        "title": null,
        "label": null,
        "version": version,
        "internal": true,
        "readable": true,
        "updatable": true,
        "type": "SINGLE_RECORD",
        "relation": "ENCOUNTER_DISPOSITION",
        "_containsPHI": fields.iter().any(|field| field.flag("phi")),
        "fields": fields,
    }
}

/// A field with everything that it needs; `None` without a name or a type.
pub fn field(input: &Value) -> Option<Record> {
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
