//! Emails and SMS: what Welkin remembers of them, and the rules that both keep.

use indexmap::IndexMap;
use jiff::Timestamp;
use serde_json::{Value, json};

use super::chat_messages::ChatMessage;
use super::pages::Page;
use super::{Store, errors, names, patients};
use crate::sandbox::call::Call;
use crate::sandbox::instant;
use crate::sandbox::order::holds;
use crate::sandbox::record::{Fields, Record, record};
use crate::sandbox::reply::Reply;
use crate::sandbox::state::{State, uuid};

/// Everything that was written.
#[derive(Default)]
pub struct Messages {
    /// Chat messages in the order of their creation.
    pub chat: Vec<ChatMessage>,
    /// Emails by their id.
    pub emails: IndexMap<String, Message>,
    /// SMS by their id.
    pub sms: IndexMap<String, Message>,
}

/// An email or an SMS.
#[derive(Clone)]
pub struct Message {
    /// The patient in whose list it lies; `None` when nobody was recognised.
    pub patient: Option<String>,
    pub record: Record,
}

/// What is different between emails and SMS.
pub trait Medium {
    const COMPONENT: &'static str;
    /// The code of an id that nobody has.
    const NOT_FOUND: &'static str;
    /// The id in the path.
    const SEGMENT: &'static str;
    /// Where people keep the address; in the query it matches sender and receiver.
    const ADDRESS: &'static str;
    /// The fields that a text search looks through.
    const TEXTS: &'static [&'static str];
    /// What may be changed until it leaves.
    const EDITABLE: &'static [&'static str];
    /// The status of one that came in.
    const RECEIVED: &'static str;

    fn of(messages: &mut Messages) -> &mut IndexMap<String, Message>;
    /// The address that a user writes from.
    fn address(user: &Record) -> String;
    /// The id at the provider.
    fn external_id(id: &str) -> String;
    /// The fields that only this medium has, at the end of the record.
    fn content() -> Record;
    /// Brings fields up to date that follow from others.
    fn complete(record: &mut Record);
}

/// A message that was just made. Until it leaves, or when it came in, some of its fields stay null.
pub fn blank<M: Medium>(id: &str) -> Record {
    let mut message = record! {
        "id": id,
        // Reads false even after a request to send now.
        "sendNow": false,
        "scheduledAt": null,
        "sentAt": null,
        "receivedAt": null,
        "date": null,
        "careTeam": "",
        "patientInfo": null,
        "timezone": "UTC",
        "sender": null,
        "from": "",
        "receiver": null,
        "to": "",
        "direction": "OUT",
        "externalId": M::external_id(id),
        "starred": false,
        "senderName": null,
        "receiverName": null,
    };
    message.extend(M::content());
    message
}

/// Fills in what a message tells of the patient in whose list it lies.
pub fn file_under(store: &Store, message: &mut Record, patient: &str) {
    let record = store.patients.get(patient);
    let team = record.map(|record| record.list("careTeam")).unwrap_or_default();
    let team: Vec<String> =
        team.iter().filter_map(Value::as_object).map(names::full_name).collect();
    message.insert("careTeam".to_owned(), json!(team.join(", ")));
    message.insert("patientInfo".to_owned(), json!(record.map(names::full_name)));
    message.insert("timezone".to_owned(), json!(names::zone(record)));
}

/// Makes the user whom the patient turns to the sender.
pub fn sign<M: Medium>(store: &Store, message: &mut Record, patient: &str) {
    let id = names::contact(store, patient);
    let user = id.as_ref().and_then(|id| store.users.get(id));
    message.insert("sender".to_owned(), json!(id));
    message.insert("senderName".to_owned(), json!(user.map(names::full_name)));
    message.insert("from".to_owned(), json!(user.map(M::address)));
}

/// Makes a patient the receiver; `false` when the patient has no address.
pub fn send_to<M: Medium>(store: &Store, message: &mut Record, patient: &str) -> bool {
    let record = store.patients.get(patient);
    let address = record.and_then(|record| record.text(M::ADDRESS));
    message.insert("receiver".to_owned(), json!(patient));
    message.insert("receiverName".to_owned(), json!(record.map(names::full_name)));
    message.insert("to".to_owned(), json!(address));
    address.is_some()
}

/// Sends what is due: the sandbox has no clock between two requests.
pub fn settle<M: Medium>(messages: &mut Messages, now: Timestamp) {
    for message in M::of(messages).values_mut().map(|message| &mut message.record) {
        let due = message.text("scheduledAt").and_then(instant::read);
        if is_scheduled(message) && due.is_some_and(|due| due <= now) {
            for name in ["sentAt", "date"] {
                message.insert(name.to_owned(), json!(due.map(instant::write)));
            }
            message.insert("status".to_owned(), json!("DELIVERED"));
        }
    }
}

fn is_scheduled(message: &Record) -> bool {
    message.text("status") == Some("SCHEDULED")
}

fn is_inbound(message: &Record) -> bool {
    message.text("direction") == Some("IN")
}

/// Both spellings of the last status mean the same.
fn status(word: &str) -> &str {
    if word == "UNRECOGNIZED" { "UNRECOGNISED" } else { word }
}

/// The patient of the path; the paths of what nobody recognised have none.
fn owner(call: &Call) -> Option<String> {
    Some(call.segment("patientId")).filter(|id| !id.is_empty()).map(str::to_owned)
}

/// Lists the messages of the patient, or those of nobody.
pub fn list<M: Medium>(state: &mut State, call: &Call) -> Result<Reply, Reply> {
    settle::<M>(&mut state.welkin.messages, call.now);
    let owner = owner(call);
    if let Some(patient) = &owner {
        patients::find(state, "id", patient, call.now)?;
    }
    let messages = M::of(&mut state.welkin.messages).values();
    let found = messages.filter(|message| message.patient == owner).map(|message| &message.record);
    let found = found.filter(|message| is_asked_for::<M>(message, call)).collect();
    Ok(Page::cut(found, call, M::COMPONENT)?.spring())
}

fn is_asked_for<M: Medium>(message: &Record, call: &Call) -> bool {
    let part = |fields: &[&str], name: &str| {
        call.query(name).is_none_or(|part| {
            fields.iter().filter_map(|field| message.text(field)).any(|text| holds(text, part))
        })
    };
    let is = |name: &str| call.query(name).is_none_or(|value| message.text(name) == Some(value));
    part(M::TEXTS, "search")
        && is("sender")
        && is("receiver")
        && is("direction")
        && call.query("starred").is_none_or(|_| call.flag("starred") == message.flag("starred"))
        && part(&["from"], "from")
        && part(&["to"], "to")
        && part(&["from", "to"], M::ADDRESS)
        && part(&["senderName"], "senderName")
        && part(&["receiverName"], "receiverName")
        && call.list("status").is_none_or(|asked| {
            let held = message.text("status").unwrap_or_default();
            asked.into_iter().any(|asked| status(asked) == held)
        })
}

fn find<M: Medium>(state: &mut State, call: &Call) -> Result<Message, Reply> {
    settle::<M>(&mut state.welkin.messages, call.now);
    let id = call.segment(M::SEGMENT);
    let found = M::of(&mut state.welkin.messages).get(id);
    found
        .filter(|message| message.patient == owner(call))
        .cloned()
        .ok_or_else(|| errors::not_found(M::COMPONENT, M::NOT_FOUND, id, call.now))
}

/// Reads one message.
pub fn get<M: Medium>(state: &mut State, call: &Call) -> Result<Reply, Reply> {
    Ok(Reply::json(200, find::<M>(state, call)?.record))
}

/// Sends a message at once, unless it says otherwise: with `scheduledAt` it leaves then, with a
/// `sendNow` that is false and no time it waits to be changed.
pub fn send<M: Medium>(state: &mut State, call: &Call) -> Result<Reply, Reply> {
    let patient = patients::find(state, "id", call.segment("patientId"), call.now)?;
    let id = uuid(&mut state.chance);
    let store = &state.welkin;
    let mut message = blank::<M>(&id);
    file_under(store, &mut message, &patient);
    sign::<M>(store, &mut message, &patient);
    let mut input = call.attributes();
    input.entry("receiver").or_insert_with(|| json!(patient));
    if !input.contains_key("sendNow") && !input.contains_key("scheduledAt") {
        input.insert("sendNow".to_owned(), json!(true));
    }
    edit::<M>(store, &mut message, &input, call)?;
    // Its status is not documented.
    file::<M>(state, Message { patient: Some(patient), record: message }, call, 201)
}

/// Changes what may be changed: until a message leaves, what it says; when it has left, its star;
/// of one that came in, its star and its patient.
pub fn update<M: Medium>(state: &mut State, call: &Call) -> Result<Reply, Reply> {
    let mut message = find::<M>(state, call)?;
    let input = call.attributes();
    let allowed = match &message.record {
        message if is_inbound(message) => &["sender"],
        message if is_scheduled(message) => M::EDITABLE,
        _ => &[],
    };
    let refused = input.keys().find(|name| *name != "starred" && !allowed.contains(&name.as_str()));
    if let Some(name) = refused {
        return Err(errors::wrong(M::COMPONENT, name, "cannot be changed any more", call.now));
    }
    if let Some(starred) = input.get("starred") {
        let starred = starred.as_bool().unwrap_or_default();
        message.record.insert("starred".to_owned(), json!(starred));
    }
    if !is_inbound(&message.record) {
        edit::<M>(&state.welkin, &mut message.record, &input, call)?;
    } else if let Some(sender) = input.get("sender") {
        assign::<M>(&state.welkin, &mut message, sender.as_str().unwrap_or_default(), call)?;
    }
    file::<M>(state, message, call, 200)
}

/// Moves a message that came in to the list of a patient.
fn assign<M: Medium>(
    store: &Store,
    message: &mut Message,
    patient: &str,
    call: &Call,
) -> Result<(), Reply> {
    let Some(sender) = store.patients.get(patient) else {
        return Err(errors::wrong(M::COMPONENT, "sender", "is no patient", call.now));
    };
    let record = &mut message.record;
    file_under(store, record, patient);
    record.insert("sender".to_owned(), json!(patient));
    record.insert("senderName".to_owned(), json!(names::full_name(sender)));
    if record.text("status").map(status) == Some("UNRECOGNISED") {
        record.insert("status".to_owned(), json!(M::RECEIVED));
    }
    message.patient = Some(patient.to_owned());
    Ok(())
}

/// Writes into a message that has not left.
fn edit<M: Medium>(
    store: &Store,
    message: &mut Record,
    input: &Record,
    call: &Call,
) -> Result<(), Reply> {
    let wrong = |field, mistake| errors::wrong(M::COMPONENT, field, mistake, call.now);
    for name in M::EDITABLE {
        let Some(value) = input.get(*name) else {
            continue;
        };
        match *name {
            "sendNow" => {}
            "receiver" => {
                let receiver = value.as_str().unwrap_or_default();
                if !store.patients.contains_key(receiver) {
                    return Err(wrong("receiver", "is no patient"));
                }
                if !send_to::<M>(store, message, receiver) {
                    return Err(wrong("receiver", "has no address"));
                }
            }
            "scheduledAt" => {
                let Some(at) = value.as_str().and_then(instant::read) else {
                    return Err(wrong("scheduledAt", "is not valid"));
                };
                message.insert("scheduledAt".to_owned(), json!(instant::write(at)));
            }
            _ if value.is_null() => return Err(wrong(*name, "is not valid")),
            _ => {
                message.insert((*name).to_owned(), value.clone());
            }
        }
    }
    if input.flag("sendNow") {
        message.insert("scheduledAt".to_owned(), json!(instant::write(call.now)));
    }
    M::complete(message);
    Ok(())
}

/// Stores a message, sends it if it is due, and answers with it.
fn file<M: Medium>(
    state: &mut State,
    message: Message,
    call: &Call,
    status: u16,
) -> Result<Reply, Reply> {
    let messages = &mut state.welkin.messages;
    let id = message.record.text("id").unwrap_or_default().to_owned();
    M::of(messages).insert(id.clone(), message);
    settle::<M>(messages, call.now);
    let stored = M::of(messages).get(&id).map(|message| message.record.clone());
    Ok(Reply::json(status, stored.unwrap_or_default()))
}

/// Only what has not left, or what nobody sent, can be deleted.
pub fn delete<M: Medium>(state: &mut State, call: &Call) -> Result<Reply, Reply> {
    let message = find::<M>(state, call)?.record;
    if !is_scheduled(&message) && message.text("status").map(status) != Some("UNRECOGNISED") {
        return Err(errors::wrong(M::COMPONENT, "status", "does not allow it", call.now));
    }
    M::of(&mut state.welkin.messages).shift_remove(call.segment(M::SEGMENT));
    Ok(Reply::empty(200))
}
