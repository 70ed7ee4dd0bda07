//! Comments on goals.

use serde_json::json;

use super::care_plans::signed;
use super::{errors, goals};
use crate::sandbox::Handlers;
use crate::sandbox::call::Call;
use crate::sandbox::record::{Fields, Record, record};
use crate::sandbox::reply::Reply;
use crate::sandbox::state::{State, uuid};

pub const HANDLERS: Handlers = &[("goalCommentsList", list), ("goalCommentsCreate", create)];

/// A comment that was just made.
pub fn blank(id: &str, text: &str, now: jiff::Timestamp) -> Record {
    let mut comment = record! { "id": id };
    comment.extend(signed(now));
    comment.insert("text".to_owned(), json!(text));
    comment
}

fn list(state: &mut State, call: &Call) -> Result<Reply, Reply> {
    Ok(Reply::json(200, json!(goals::find(state, call)?.comments)))
}

fn create(state: &mut State, call: &Call) -> Result<Reply, Reply> {
    let id = uuid(&mut state.chance);
    let goal = goals::find(state, call)?;
    let input = call.attributes();
    let Some(text) = input.text("text").filter(|text| !text.is_empty()) else {
        return Err(errors::wrong(goals::COMPONENT, "text", "is required", call.now));
    };
    let comment = blank(&id, text, call.now);
    goal.comments.push(comment.clone());
    Ok(Reply::json(201, comment))
}
