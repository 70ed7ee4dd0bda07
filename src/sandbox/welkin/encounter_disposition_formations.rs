//! The definition of encounter dispositions. There is one, so it is read as an object and not as a
//! list.

use super::cdt_definition::{self, Purpose, fields};
use super::definitions::{self, Kind};
use crate::sandbox::Handlers;
use crate::sandbox::call::Call;
use crate::sandbox::record::Record;
use crate::sandbox::reply::Reply;
use crate::sandbox::state::State;

pub const HANDLERS: Handlers = &[
    ("encounterDispositionFormationsGet", |state, call| DISPOSITION.get_named(state, call, NAME)),
    ("encounterDispositionFormationsReplaceDraft", |state, call| {
        DISPOSITION.replace_named(state, call, NAME, build)
    }),
];

pub const NAME: &str = "__encounter_disposition__";

const PURPOSE: Purpose = Purpose {
    r#type: "SINGLE_RECORD",
    relation: "ENCOUNTER_DISPOSITION",
    internal: true,
    updatable: true,
};

/// The code is made like those that were recorded for records.
const DISPOSITION: Kind = Kind {
    component: "CDT",
    code: "CDT_NOT_FOUND",
    parameter: "",
    all: |formation| &formation.encounter_dispositions,
    all_mut: |formation| &mut formation.encounter_dispositions,
};

fn build(
    state: &mut State,
    _: &str,
    input: &Record,
    old: Option<&Record>,
    call: &Call,
) -> Result<Record, Reply> {
    let fields = fields(input, &DISPOSITION, call)?;
    let id = definitions::id(state, old);
    let version = state.welkin.definitions.version() + 1;
    Ok(cdt_definition::definition(&id, NAME, version, &PURPOSE, input, fields))
}

/// The definition with these fields, as it is at the beginning.
pub fn definition(id: &str, version: usize, fields: Vec<Record>) -> Record {
    cdt_definition::definition(id, NAME, version, &PURPOSE, &Record::new(), fields)
}
