//! The codes of an enterprise that explain payments and write-offs.

use super::{ENTERPRISE, plain};
use crate::sandbox::Handlers;
use crate::sandbox::call::Call;
use crate::sandbox::record::record;
use crate::sandbox::reply::Reply;
use crate::sandbox::state::State;

pub const HANDLERS: Handlers = &[
    ("paymentReasonsListByEnterprise", plain::list_under),
    ("paymentReasonsList", plain::list),
    ("paymentReasonsCreate", create),
    ("paymentReasonsGet", plain::get),
    ("paymentReasonsUpdate", plain::update),
    ("writeOffCodesListByEnterprise", plain::list_under),
    ("writeOffCodesList", plain::list),
    ("writeOffCodesCreate", create),
    ("writeOffCodesGet", plain::get),
];

fn create(state: &mut State, call: &Call) -> Result<Reply, Reply> {
    let code = record! { "enterprise_id": ENTERPRISE, "code": "", "description": null };
    plain::create(state, call, code)
}
