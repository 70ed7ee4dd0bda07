//! Portal access of users.

use serde_json::json;

use super::grants;
use crate::sandbox::Handlers;
use crate::sandbox::call::Call;
use crate::sandbox::instant;
use crate::sandbox::record::{Fields, Record, record};
use crate::sandbox::reply::Reply;
use crate::sandbox::state::{State, uuid};

pub const HANDLERS: Handlers = &[("userAppAccessesGet", get), ("userAppAccessesReplace", replace)];

/// Every user has one from the beginning, as users in recordings do.
fn get(state: &mut State, call: &Call) -> Result<Reply, Reply> {
    let user = grants::user(state, call)?;
    Ok(Reply::json(200, user.get("applicationAccess").cloned().unwrap_or_default()))
}

fn replace(state: &mut State, call: &Call) -> Result<Reply, Reply> {
    let user = grants::user(state, call)?;
    let access = user.get("applicationAccess").and_then(|access| access.as_object());
    let mut access = access.cloned().unwrap_or_default();
    let input = call.attributes();
    let instances: Vec<Record> =
        grants::rows(&input, "instanceAccesses").map(|row| instance(state, row)).collect();
    access.extend(record! {
        "updatedAt": instant::write(call.now),
        "adminAccessEnabled": input.flag("adminAccessEnabled"),
        "auditSecurityAccessEnabled": input.flag("auditSecurityAccessEnabled"),
        "instanceAccesses": instances,
    });
    grants::change(state, call, record! { "applicationAccess": access });
    Ok(Reply::json(200, access))
}

/// An instance has the same id for every user. There is no list of instances to look it up in: the
/// first grant that names one makes it known.
fn instance(state: &mut State, input: &Record) -> Record {
    let name = input.text("instanceName").unwrap_or_default();
    let asked = input.text("instanceId").map(str::to_owned);
    let known = state.welkin.grants.instances.get(name).cloned();
    let id = asked.or(known).unwrap_or_else(|| uuid(&mut state.chance));
    let id = state.welkin.grants.instances.entry(name.to_owned()).or_insert(id).clone();
    record! {
        "instanceId": id,
        "instanceName": name,
        "instanceDescription": input.text("instanceDescription").unwrap_or_default(),
        "userEmailWithInstanceDomain": null,
        "workshopAccessEnabled": json!(input.flag("workshopAccessEnabled")),
        "auditDataAccessEnabled": json!(input.flag("auditDataAccessEnabled")),
    }
}
