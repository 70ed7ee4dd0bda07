//! Calendar events.

use jiff::Timestamp;
use serde_json::{Value, json};

use super::pages::Page;
use super::{Store, encounters, errors, workload};
use crate::sandbox::Handlers;
use crate::sandbox::call::Call;
use crate::sandbox::instant;
use crate::sandbox::order::same;
use crate::sandbox::record::{Fields, Record, merge, record};
use crate::sandbox::reply::Reply;
use crate::sandbox::settable::settable;
use crate::sandbox::state::{State, uuid};
use crate::welkin::calendar_events::create::OPERATION;

pub const HANDLERS: Handlers = &[
    ("calendarEventsList", list),
    ("calendarEventsCreate", create),
    ("calendarEventsGet", get),
    ("calendarEventsReplace", replace),
    ("calendarEventsUpdate", update),
    ("calendarEventsDelete", delete),
    ("calendarEventsRespondToInvitation", respond_to_invitation),
    ("calendarEventsGetSummary", get_summary),
];

const COMPONENT: &str = "CALENDAR";
/// Some requests have these; the author is the API client all the same.
const FIXED: &[&str] = &["createdBy", "updatedBy"];

/// An event that was just made; the local times and the people behind the participants are added
/// when it is read.
pub fn blank(id: &str, author: &str, now: Timestamp) -> Record {
    let now = instant::write(now);
    record! {
        "id": id,
        "createdBy": author,
        "createdAt": now,
        "updatedBy": author,
        "updatedAt": now,
        "externalId": null,
        "externalIdUpdatedAt": now,
        "eventTitle": null,
        "eventDescription": null,
        "startDateTime": null,
        "localStartDateTime": null,
        "endDateTime": null,
        "localEndDateTime": null,
        "allDayEvent": false,
        "duration": 0,
        "eventType": null,
        "eventStatus": null,
        "eventMode": null,
        "eventColor": null,
        "hostId": null,
        "timezone": null,
        "additionalInfo": null,
        "participants": [],
    }
}

/// Start and end.
pub fn span(event: &Record) -> (Timestamp, Timestamp) {
    let read = |name| event.text(name).and_then(instant::read).unwrap_or_default();
    (read("startDateTime"), read("endDateTime"))
}

/// Whether the event was called off; the status is written in more than one way.
pub fn is_cancelled(event: &Record) -> bool {
    event.text("eventStatus").is_some_and(|status| same(status, "CANCELLED"))
}

/// The ids of those who take part.
pub fn participants(event: &Record) -> impl Iterator<Item = &str> {
    event.list("participants").iter().filter_map(|one| one.get("participantId")?.as_str())
}

fn list(state: &mut State, call: &Call) -> Result<Reply, Reply> {
    let (from, to) =
        (call.instant("from").unwrap_or_default(), call.instant("to").unwrap_or_default());
    if to < from {
        return Err(errors::wrong(COMPONENT, "to", "is before from", call.now));
    }
    let asked = call.list("participantIds");
    let is_assigned = |event: &Record| {
        encounters::of_event(&state.welkin, event.text("id").unwrap_or_default()).is_some()
    };
    let is_asked_for = |event: &&Record| {
        let (start, end) = span(event);
        let kind = event.text("eventType").unwrap_or_default();
        start < to
            && end > from
            && (call.flag("includeCancelled") || !is_cancelled(event))
            && call.query("eventType").is_none_or(|asked| asked == kind)
            && !(call.flag("excludeAssignedToEncounterEvents") && is_assigned(event))
            && asked.as_ref().is_none_or(|asked| participants(event).any(|id| asked.contains(&id)))
    };
    let mut events: Vec<&Record> = state.welkin.events.values().filter(is_asked_for).collect();
    events.sort_by_key(|event| span(event).0);
    let page = Page::cut(events, call, COMPONENT)?;
    Ok(page.map(|event| view(&state.welkin, event, call)).spring())
}

fn find(state: &State, call: &Call) -> Result<Record, Reply> {
    let key = call.segment("eventId");
    let found = match call.query("type") {
        None => state.welkin.events.get(key),
        Some("EXTERNAL_ID") => {
            state.welkin.events.values().find(|event| event.text("externalId") == Some(key))
        }
        Some(_) => return Err(errors::wrong(COMPONENT, "type", "is not valid", call.now)),
    };
    // The code is made like those that were recorded for other records.
    found
        .cloned()
        .ok_or_else(|| errors::not_found(COMPONENT, "CALENDAR_EVENT_NOT_FOUND", key, call.now))
}

fn get(state: &mut State, call: &Call) -> Result<Reply, Reply> {
    let event = find(state, call)?;
    Ok(Reply::json(200, view(&state.welkin, event, call)))
}

fn create(state: &mut State, call: &Call) -> Result<Reply, Reply> {
    let id = uuid(&mut state.chance);
    let event = blank(&id, &state.welkin.api_client, call.now);
    write(state, event, call, 201)
}

/// Makes an event for another record, and gives its id.
pub fn make(state: &mut State, input: &Record, call: &Call) -> Result<String, Reply> {
    let id = uuid(&mut state.chance);
    let event = blank(&id, &state.welkin.api_client, call.now);
    let input = settable(input.clone(), &OPERATION);
    keep(state, event, &input, call)?;
    Ok(id)
}

fn update(state: &mut State, call: &Call) -> Result<Reply, Reply> {
    let event = find(state, call)?;
    write(state, event, call, 200)
}

/// What is not in the body is unset; who made the event, and when, stays.
fn replace(state: &mut State, call: &Call) -> Result<Reply, Reply> {
    let old = find(state, call)?;
    let mut event = blank(old.text("id").unwrap_or_default(), &state.welkin.api_client, call.now);
    for name in ["createdBy", "createdAt", "externalIdUpdatedAt", "participants"] {
        event.insert(name.to_owned(), old.get(name).cloned().unwrap_or_default());
    }
    write(state, event, call, 200)
}

fn write(state: &mut State, event: Record, call: &Call, status: u16) -> Result<Reply, Reply> {
    let event = keep(state, event, &call.attributes(), call)?;
    Ok(Reply::json(status, view(&state.welkin, event, call)))
}

fn keep(
    state: &mut State,
    mut event: Record,
    input: &Record,
    call: &Call,
) -> Result<Record, Reply> {
    let wrong = |field, mistake| errors::wrong(COMPONENT, field, mistake, call.now);
    let held = event.list("participants").to_vec();
    let external = event.get("externalId").cloned();
    merge(&mut event, input, FIXED);
    if input.contains_key("participants") {
        let participants = invite(state, &held, event.list("participants"))
            .map_err(|mistake| wrong("participants", mistake))?;
        event.insert("participants".to_owned(), Value::Array(participants));
    }
    for name in ["startDateTime", "endDateTime"] {
        let Some(at) = event.text(name).and_then(instant::read) else {
            return Err(wrong(name, "is not valid"));
        };
        event.insert(name.to_owned(), json!(instant::write(at)));
    }
    let (start, end) = span(&event);
    if end < start {
        return Err(wrong("endDateTime", "is before startDateTime"));
    }
    let host = event.text("hostId").unwrap_or_default();
    let Some(user) = state.welkin.users.get(host) else {
        return Err(wrong("hostId", "is no user"));
    };
    if !participants(&event).any(|id| id == host) {
        return Err(wrong("participants", "must hold the host"));
    }
    let zone = user.get("timezone").cloned().unwrap_or_default();
    let taken = event.text("externalId").is_some_and(|value| {
        state.welkin.events.values().any(|other| {
            other.get("id") != event.get("id") && other.text("externalId") == Some(value)
        })
    });
    if taken {
        return Err(wrong("externalId", "is taken"));
    }
    if event.get("allDayEvent").is_none_or(Value::is_null) {
        event.insert("allDayEvent".to_owned(), json!(false));
    }
    let now = instant::write(call.now);
    if event.get("externalId") != external.as_ref() {
        event.insert("externalIdUpdatedAt".to_owned(), json!(now));
    }
    event.insert("timezone".to_owned(), zone);
    event.insert("duration".to_owned(), json!(end.as_second() - start.as_second()));
    event.insert("updatedAt".to_owned(), json!(now));
    event.insert("updatedBy".to_owned(), json!(state.welkin.api_client));
    state.welkin.events.insert(event.text("id").unwrap_or_default().to_owned(), event.clone());
    Ok(event)
}

/// Participants as they are kept. One with the `id` of a participation, or of somebody who takes part
/// already, changes that participation.
fn invite(state: &mut State, held: &[Value], input: &[Value]) -> Result<Vec<Value>, &'static str> {
    let mut participants = Vec::new();
    for one in input {
        let old = held.iter().find(|held| {
            ["id", "participantId"]
                .iter()
                .any(|name| one.get(name).is_some_and(|id| held.get(name) == Some(id)))
        });
        let get =
            |name: &str| one.get(name).filter(|value| !value.is_null()).or(old?.get(name)).cloned();
        let person = one.get("participantId").and_then(Value::as_str).unwrap_or_default();
        let known = match one.get("participantRole").and_then(Value::as_str) {
            Some("psm") => state.welkin.users.contains_key(person),
            Some("patient") => state.welkin.patients.contains_key(person),
            _ => return Err("has an unknown role"),
        };
        if !known {
            return Err("names an unknown person");
        }
        let id = old.and_then(|old| old.get("id")).cloned();
        participants.push(participation(
            id.unwrap_or_else(|| json!(uuid(&mut state.chance))),
            person,
            one.get("participantRole").cloned().unwrap_or_default(),
            get("participationStatus").unwrap_or_else(|| json!("")),
            get("attended").unwrap_or_else(|| json!(false)),
        ));
    }
    Ok(participants)
}

/// One who takes part, as it is kept.
pub fn participation(
    id: Value,
    person: &str,
    role: Value,
    status: Value,
    attended: Value,
) -> Value {
    json!({
        "id": id,
        "participantId": person,
        "participantRole": role,
        "participationStatus": status,
        "attended": attended,
    })
}

/// The event as it is read: with local times and with what is known of the participants.
pub fn view(store: &Store, mut event: Record, call: &Call) -> Record {
    let (start, end) = span(&event);
    let zone = call.query("viewerTimezone").or(event.text("timezone")).unwrap_or("UTC").to_owned();
    event.insert("localStartDateTime".to_owned(), json!(instant::write_local(start, &zone)));
    event.insert("localEndDateTime".to_owned(), json!(instant::write_local(end, &zone)));
    let participants = event.list("participants").iter().map(|one| introduce(store, one)).collect();
    event.insert("participants".to_owned(), participants);
    if call.flag("includeEncounterInfo") && event.text("eventType") == Some("ENCOUNTER") {
        let info = encounters::info(store, event.text("id").unwrap_or_default());
        event.insert("encounterInfo".to_owned(), Value::Object(info));
    }
    event
}

fn introduce(store: &Store, participant: &Value) -> Value {
    let mut participant = participant.as_object().cloned().unwrap_or_default();
    let id = participant.text("participantId").unwrap_or_default();
    let (person, enabled) = match store.users.get(id) {
        Some(user) => (Some(user), user.get("enabled").cloned()),
        None => (store.patients.get(id), None),
    };
    let get = |name: &str| person.and_then(|person| person.get(name)).cloned().unwrap_or_default();
    let text = |name: &str| person.and_then(|person| person.text(name)).unwrap_or_default();
    let details = record! {
        "timezone": get("timezone"),
        "firstName": text("firstName"),
        "lastName": text("lastName"),
        "deleted": false,
        "hasAccess": true,
        "email": text("email"),
        "phone": get("phone"),
        "gender": get("gender"),
        "birthDate": get("birthDate"),
        "enabled": enabled.unwrap_or_default(),
    };
    participant.extend(details);
    Value::Object(participant)
}

/// A future event vanishes; a past one stays readable as CANCELLED, as recorded.
fn delete(state: &mut State, call: &Call) -> Result<Reply, Reply> {
    let mut event = find(state, call)?;
    let id = event.text("id").unwrap_or_default().to_owned();
    if span(&event).0 > call.now {
        state.welkin.events.shift_remove(&id);
        encounters::forget_event(&mut state.welkin, &id);
    } else {
        event.insert("eventStatus".to_owned(), json!("CANCELLED"));
        event.insert("updatedAt".to_owned(), json!(instant::write(call.now)));
        state.welkin.events.insert(id, event);
    }
    Ok(Reply::empty(204))
}

fn respond_to_invitation(state: &mut State, call: &Call) -> Result<Reply, Reply> {
    let mut event = find(state, call)?;
    let answer = call.attributes();
    let person = answer.get("participantId");
    let list = event.get_mut("participants").and_then(Value::as_array_mut);
    let participant = list.into_iter().flatten().find(|one| one.get("participantId") == person);
    let Some(participant) = participant.and_then(Value::as_object_mut) else {
        let id = answer.text("participantId").unwrap_or_default();
        return Err(errors::not_found(COMPONENT, "PARTICIPANT_NOT_FOUND", id, call.now));
    };
    let status = answer.get("participationStatus").cloned().unwrap_or_default();
    participant.insert("participationStatus".to_owned(), status);
    state.welkin.events.insert(event.text("id").unwrap_or_default().to_owned(), event);
    Ok(Reply::empty(200))
}

fn get_summary(state: &mut State, call: &Call) -> Result<Reply, Reply> {
    Ok(Reply::json(200, workload::summary(&state.welkin, call)))
}
