//! CDT definitions.

use super::definitions::Kind;
use crate::sandbox::Handlers;
use crate::sandbox::call::Call;
use crate::sandbox::record::{Fields, Record};
use crate::sandbox::reply::Reply;
use crate::sandbox::state::State;

pub const HANDLERS: Handlers = &[("cdtFormationsList", list), ("cdtFormationsGet", get)];

/// The code is made like those that were recorded for records.
pub const CDT: Kind = Kind {
    component: "CDT",
    code: "CDT_NOT_FOUND",
    parameter: "cdtName",
    all: |formation| &formation.cdts,
    all_mut: |formation| &mut formation.cdts,
};

/// Whether the CDT belongs to patients themselves, and not to documents, encounters or the like.
pub fn is_common(definition: &Record) -> bool {
    definition.text("relation") == Some("COMMON")
}

fn list(state: &mut State, call: &Call) -> Result<Reply, Reply> {
    CDT.list(state, call, is_common)
}

fn get(state: &mut State, call: &Call) -> Result<Reply, Reply> {
    CDT.get(state, call)
}
