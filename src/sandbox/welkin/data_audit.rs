//! The log of changes to data.

use super::audit::{self, Filter, IS, PART, SAME};
use crate::sandbox::Handlers;
use crate::sandbox::call::Call;
use crate::sandbox::reply::Reply;
use crate::sandbox::state::State;

pub const HANDLERS: Handlers = &[("dataAuditList", list)];

/// `entity` and `operation` are filters only: the entries say `eventEntity` and `eventSubtype`, whose
/// last word is the operation in the past tense.
const FILTERS: &[Filter] = &[
    ("entity", "eventEntity", IS),
    ("cdtName", "cdtName", IS),
    ("subjectUsername", "subjectUsername", SAME),
    ("subjectFullName", "subjectFullName", PART),
    ("subjectActor", "subjectActor", IS),
    ("instance", "instance", IS),
    ("patientFullName", "patientFullName", PART),
    ("patientId", "patientId", IS),
    ("operation", "eventSubtype", |subtype, operation| {
        subtype.ends_with(&format!("_{operation}D"))
    }),
];

/// The definition that `includeFormation` asks for was never seen: it is left out.
fn list(state: &mut State, call: &Call) -> Result<Reply, Reply> {
    audit::list(&state.welkin.audit.data, FILTERS, call, "AUDIT")
}
