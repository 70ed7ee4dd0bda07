//! The chat between a patient and the care team.

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::pages::{page_token, read_token, size, write_token};
use super::{Store, errors, names, patients};
use crate::sandbox::Handlers;
use crate::sandbox::call::Call;
use crate::sandbox::instant;
use crate::sandbox::order::holds;
use crate::sandbox::record::{Fields, Record, record};
use crate::sandbox::reply::Reply;
use crate::sandbox::state::{State, uuid};

pub const HANDLERS: Handlers = &[
    ("chatMessagesList", list),
    ("chatMessagesSendInbound", send_inbound),
    ("chatMessagesSearch", search),
    ("chatMessagesArchive", restricted),
    ("chatMessagesRestore", restricted),
];

const COMPONENT: &str = "CHAT";

/// A message, with what the API does not show of it.
#[derive(Clone)]
pub struct ChatMessage {
    pub patient: String,
    pub archived: bool,
    pub record: Record,
}

/// What a page token holds: the place, and all that was asked for, since a token is sent alone.
#[derive(Clone, Serialize, Deserialize)]
struct Token {
    patient: String,
    archived: bool,
    size: usize,
    /// The messages before this one are on the older side, the others on the newer.
    border: usize,
    older: bool,
    /// The search, and how many messages a page around a hit holds. Lists have none.
    search: Option<(String, usize)>,
}

/// One who writes: the name is only told of users.
pub fn party(kind: &str, id: &str, title: Option<String>) -> Value {
    json!({ "clientType": kind, "id": id, "titleName": title, "patientFullName": null })
}

/// A message as it is kept. One of a patient has no receiver.
pub fn message(id: &str, sender: Value, receiver: Option<Value>, text: &str, at: &str) -> Record {
    let mut message = record! { "sender": sender };
    if let Some(receiver) = receiver {
        message.insert("receiver".to_owned(), receiver);
    }
    message.extend(record! {
        "message": text,
        "externalId": format!("IM{}", id.replace('-', "")),
        "createdAt": at,
    });
    message
}

/// Newest first. A token may also come from a hit of a search; its pages are lists as well.
fn list(state: &mut State, call: &Call) -> Result<Reply, Reply> {
    let patient = patients::find(state, "id", call.segment("patientId"), call.now)?;
    let token = match continued(call, &patient, false)? {
        Some(token) => token,
        None => Token {
            patient,
            archived: call.flag("includeArchived"),
            size: size(call, "pageSize", COMPONENT)?,
            border: state.welkin.messages.chat.len(),
            older: true,
            search: None,
        },
    };
    Ok(page(&state.welkin, token, |_, message| json!(message.record)))
}

fn search(state: &mut State, call: &Call) -> Result<Reply, Reply> {
    let patient = patients::find(state, "id", call.segment("patientId"), call.now)?;
    let token = match continued(call, &patient, true)? {
        Some(token) => token,
        None => {
            let Some(query) = call.query("query").filter(|query| !query.is_empty()) else {
                return Err(errors::wrong(COMPONENT, "query", "is required", call.now));
            };
            Token {
                patient,
                archived: call.flag("includeArchived"),
                size: size(call, "pageSize", COMPONENT)?,
                border: state.welkin.messages.chat.len(),
                older: true,
                search: Some((query.to_owned(), size(call, "contentPageSize", COMPONENT)?)),
            }
        }
    };
    let content_size = token.search.as_ref().map_or(token.size, |(_, size)| *size);
    let around = Token { size: content_size, search: None, ..token.clone() };
    Ok(page(&state.welkin, token, |at, message| {
        let next = Token { border: at, older: true, ..around.clone() };
        let previous = Token { border: at + 1, older: false, ..around.clone() };
        json!({
            "meta": {
                "nextPageToken": write_token(next),
                "prevPageToken": write_token(previous),
            },
            "message": message.record,
        })
    }))
}

/// The token of the query. It must be one of this patient, of a search or of a list, and stand alone.
fn continued(call: &Call, patient: &str, search: bool) -> Result<Option<Token>, Reply> {
    let Some(token) = call.query("pageToken") else {
        return Ok(None);
    };
    let others = call.operation.query.iter().map(|parameter| parameter.name);
    let other = others.filter(|name| *name != "pageToken").find(|name| call.query(name).is_some());
    if let Some(name) = other {
        return Err(errors::wrong(COMPONENT, name, "does not go with pageToken", call.now));
    }
    let token: Option<Token> = read_token(token);
    let token = token.filter(|token| {
        token.patient == patient && token.search.is_some() == search && token.size > 0
    });
    let token =
        token.ok_or_else(|| errors::wrong(COMPONENT, "pageToken", "is not valid", call.now));
    token.map(Some)
}

/// The messages on one side of the border, newest first, and the tokens of the pages around them.
fn page(store: &Store, token: Token, show: impl Fn(usize, &ChatMessage) -> Value) -> Reply {
    let query = token.search.as_ref().map(|(query, _)| query);
    let matching: Vec<(usize, &ChatMessage)> = store
        .messages
        .chat
        .iter()
        .enumerate()
        .filter(|(_, message)| message.patient == token.patient)
        .filter(|(_, message)| token.archived || !message.archived)
        .filter(|(_, message)| {
            let text = message.record.text("message").unwrap_or_default();
            query.is_none_or(|query| holds(text, query))
        })
        .collect();
    let border = matching.partition_point(|(at, _)| *at < token.border);
    let (start, end) = if token.older {
        (border.saturating_sub(token.size), border)
    } else {
        (border, border.saturating_add(token.size).min(matching.len()))
    };
    let shown = matching.get(start..end).unwrap_or_default();
    let oldest = shown.first().map_or(token.border, |(at, _)| *at);
    let newest = shown.last().map_or(token.border, |(at, _)| *at + 1);
    let next = (start > 0).then(|| Token { border: oldest, older: true, ..token.clone() });
    let previous =
        (end < matching.len()).then(|| Token { border: newest, older: false, ..token.clone() });
    let content = shown.iter().rev().map(|(at, message)| show(*at, message)).collect();
    page_token(content, next, previous, token.size)
}

/// From the patient to the care team; there is no call for the other way.
fn send_inbound(state: &mut State, call: &Call) -> Result<Reply, Reply> {
    let patient = patients::find(state, "id", call.segment("patientId"), call.now)?;
    let input = call.attributes();
    let Some(text) = input.text("message").filter(|text| !text.is_empty()) else {
        return Err(errors::wrong(COMPONENT, "message", "is required", call.now));
    };
    let id = uuid(&mut state.chance);
    let sender = party("PATIENT", &patient, None);
    let record = message(&id, sender, None, text, &instant::write(call.now));
    let mut answer = record.clone();
    // The full name is told here, and null in lists.
    let name = state.welkin.patients.get(&patient).map(names::full_name);
    if let Some(sender) = answer.get_mut("sender").and_then(Value::as_object_mut) {
        sender.insert("patientFullName".to_owned(), json!(name));
    }
    state.welkin.messages.chat.push(ChatMessage { patient, archived: false, record });
    Ok(Reply::json(200, answer))
}

/// Closed to API clients, as documented.
fn restricted(state: &mut State, call: &Call) -> Result<Reply, Reply> {
    patients::find(state, "id", call.segment("patientId"), call.now)?;
    Err(errors::restricted(COMPONENT, call.now))
}
