//! What users are granted: roles and policies, regions, portals.
//!
//! The grants stand in the user, where lists of users show and filter them. What stands here is what
//! only the calls on grants show.

use indexmap::IndexMap;
use jiff::Timestamp;
use serde_json::{Value, json};

use super::{Collection, errors};
use crate::sandbox::call::Call;
use crate::sandbox::instant;
use crate::sandbox::record::{Record, record};
use crate::sandbox::reply::Reply;
use crate::sandbox::state::State;

/// The heads of grants by the id of their user. Who was never granted anything has none.
#[derive(Default)]
pub struct Grants {
    pub permissions: Collection,
    pub territories: Collection,
    /// The ids of instances by their names.
    pub instances: IndexMap<String, String>,
}

const COMPONENT: &str = "USER";

/// The head of a user's grants.
pub fn head(id: &str, user: &str, created: &str, updated: &str) -> Record {
    record! { "id": id, "createdAt": created, "updatedAt": updated, "userId": user }
}

/// The user whose id is in the path.
pub fn user<'a>(state: &'a State, call: &Call) -> Result<&'a Record, Reply> {
    let id = call.segment("userId");
    let user = state.welkin.users.get(id);
    user.ok_or_else(|| errors::not_found(COMPONENT, "USER_NOT_FOUND", id, call.now))
}

/// The head of grants that were never given is 404; the code is ours.
pub fn find<'a>(heads: &'a Collection, code: &str, call: &Call) -> Result<&'a Record, Reply> {
    let user = call.segment("userId");
    heads.get(user).ok_or_else(|| errors::not_found(COMPONENT, code, user, call.now))
}

/// Makes the head of the user in the path, or marks the one that is there as changed.
pub fn touch(heads: &mut Collection, call: &Call, id: String) {
    let (user, now) = (call.segment("userId"), instant::write(call.now));
    let fresh = || head(&id, user, &now, &now);
    let head = heads.entry(user.to_owned()).or_insert_with(fresh);
    head.insert("updatedAt".to_owned(), json!(now));
}

/// Changes the user in the path.
pub fn change(state: &mut State, call: &Call, fields: Record) {
    if let Some(user) = state.welkin.users.get_mut(call.segment("userId")) {
        user.extend(fields);
        user.insert("updatedAt".to_owned(), json!(instant::write(call.now)));
    }
}

/// The objects of an array that the caller sent.
pub fn rows<'a>(input: &'a Record, name: &str) -> impl Iterator<Item = &'a Record> {
    input.get(name).and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_object)
}

/// Both instants of a grant that is given now.
pub fn given(mut grant: Record, now: Timestamp) -> Record {
    let now = instant::write(now);
    grant.extend(record! { "createdAt": now, "updatedAt": now });
    grant
}
