//! Comments of encounters.

use serde_json::{Value, json};

use super::{Store, encounters, errors};
use crate::sandbox::Handlers;
use crate::sandbox::call::Call;
use crate::sandbox::instant;
use crate::sandbox::record::{Fields, Record, merge};
use crate::sandbox::reply::Reply;
use crate::sandbox::state::State;

/// Only that comments cannot be made was recorded; the other calls are open here.
pub const HANDLERS: Handlers = &[
    ("encounterCommentsList", list),
    ("encounterCommentsCreate", create),
    ("encounterCommentsGet", get),
    ("encounterCommentsReplace", replace),
    ("encounterCommentsDelete", delete),
];

/// The comments of an encounter.
pub fn of<'a>(store: &'a Store, encounter: &str) -> impl Iterator<Item = &'a Record> {
    let comments = store.encounters.comments.values();
    comments.filter(move |comment| comment.text("encounterId") == Some(encounter))
}

fn list(state: &mut State, call: &Call) -> Result<Reply, Reply> {
    encounters::find(state, call)?;
    let comments = of(&state.welkin, call.segment("encounterId"));
    Ok(Reply::json(200, comments.cloned().map(Value::Object).collect::<Value>()))
}

/// Closed to API clients, as recorded.
fn create(state: &mut State, call: &Call) -> Result<Reply, Reply> {
    encounters::find(state, call)?;
    Err(errors::restricted(encounters::COMPONENT, call.now))
}

/// The comment of the path. The code is made like those that were recorded for other records.
fn find(state: &State, call: &Call) -> Result<Record, Reply> {
    encounters::find(state, call)?;
    let id = call.segment("commentId");
    let found = of(&state.welkin, call.segment("encounterId"))
        .find(|comment| comment.text("id") == Some(id));
    let code = "ENCOUNTER_COMMENT_NOT_FOUND";
    found.cloned().ok_or_else(|| errors::not_found(encounters::COMPONENT, code, id, call.now))
}

fn get(state: &mut State, call: &Call) -> Result<Reply, Reply> {
    Ok(Reply::json(200, find(state, call)?))
}

fn replace(state: &mut State, call: &Call) -> Result<Reply, Reply> {
    let mut comment = find(state, call)?;
    let input = call.attributes();
    if input.text("text").is_none() {
        return Err(errors::wrong(encounters::COMPONENT, "text", "is required", call.now));
    }
    merge(&mut comment, &input, &[]);
    comment.insert("updatedAt".to_owned(), json!(instant::write(call.now)));
    comment.insert("updatedBy".to_owned(), json!(state.welkin.api_client));
    comment.insert("updatedByName".to_owned(), json!("API client"));
    let id = call.segment("commentId").to_owned();
    state.welkin.encounters.comments.insert(id, comment.clone());
    Ok(Reply::json(200, comment))
}

fn delete(state: &mut State, call: &Call) -> Result<Reply, Reply> {
    find(state, call)?;
    state.welkin.encounters.comments.shift_remove(call.segment("commentId"));
    Ok(Reply::empty(200))
}
