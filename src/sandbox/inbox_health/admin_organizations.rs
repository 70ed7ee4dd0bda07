//! Partner organisations.

use super::pages::{listed, page};
use super::{not_found, plain};
use crate::sandbox::Handlers;
use crate::sandbox::call::Call;
use crate::sandbox::record::Fields;
use crate::sandbox::reply::Reply;
use crate::sandbox::state::State;

pub const HANDLERS: Handlers = &[
    ("adminOrganizationsList", plain::list),
    ("adminOrganizationsListByEnterprise", list_by_enterprise),
];

/// An enterprise names the organisation above it.
fn list_by_enterprise(state: &mut State, call: &Call) -> Result<Reply, Reply> {
    let store = &state.inbox_health;
    let enterprise = store.enterprises.find(call.id()).ok_or_else(not_found)?;
    let organization = store.admin_organizations.find(enterprise.whole("admin_organization_id"));
    Ok(listed("admin_organizations", page(call, organization.into_iter(), |_, _| None)))
}
