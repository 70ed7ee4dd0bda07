//! The log of changes to access.

use super::audit::{self, Filter, IS, PART, SAME};
use crate::sandbox::Handlers;
use crate::sandbox::call::Call;
use crate::sandbox::reply::Reply;
use crate::sandbox::state::State;

pub const HANDLERS: Handlers = &[("securityAuditList", list)];

const FILTERS: &[Filter] = &[
    ("subjectUsername", "subjectUsername", SAME),
    ("subjectFullName", "subjectFullName", PART),
    ("subjectActor", "subjectActor", IS),
    ("objectUsername", "objectUsername", SAME),
    ("objectFullName", "objectFullName", PART),
    ("objectActor", "objectActor", IS),
    ("eventSubtype", "eventSubtype", IS),
];

/// The envelope is that of the two other logs, which were recorded.
fn list(state: &mut State, call: &Call) -> Result<Reply, Reply> {
    audit::list(&state.welkin.audit.security, FILTERS, call, "AUDIT")
}
