//! CDT definitions.

use super::definitions::Kind;
use crate::sandbox::Handlers;
use crate::sandbox::record::{Fields, Record};

pub const HANDLERS: Handlers = &[
    ("cdtFormationsList", |state, call| CDT.list(state, call, is_common)),
    ("cdtFormationsGet", |state, call| CDT.get(state, call)),
];

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
