//! Portal users.

use super::pages::{listed, page};
use super::{not_found, plain};
use crate::sandbox::Handlers;
use crate::sandbox::call::Call;
use crate::sandbox::record::{Fields, Record};
use crate::sandbox::reply::Reply;
use crate::sandbox::state::State;

pub const HANDLERS: Handlers =
    &[("usersList", plain::list), ("usersListByPractice", list_by_practice)];

fn list_by_practice(state: &mut State, call: &Call) -> Result<Reply, Reply> {
    let store = &state.inbox_health;
    store.practices.find(call.id()).ok_or_else(not_found)?;
    let belongs = |user: &&Record| {
        store.practice_users.rows().any(|membership| {
            membership.whole("practice_id") == call.id()
                && membership.get("user_id") == user.get("id")
        })
    };
    let users = store.users.rows().filter(belongs);
    Ok(listed("users", page(call, users, |_, _| None)))
}
