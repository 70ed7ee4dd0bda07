//! Encounters.

use jiff::Timestamp;
use serde_json::{Value, json};

use super::encounter_templates::TEMPLATE;
use super::names::full_name;
use super::pages::Page;
use super::system_fields::{self, CdtRecord, CdtRecords, SYSTEM};
use super::{Collection, Store, calendar_events, encounter_assessments, errors, patients};
use super::{encounter_comments, encounter_dispositions};
use crate::sandbox::Handlers;
use crate::sandbox::call::Call;
use crate::sandbox::instant;
use crate::sandbox::record::{Fields, Record};
use crate::sandbox::reply::Reply;
use crate::sandbox::state::{State, uuid};

pub const HANDLERS: Handlers = &[
    ("encountersListByPatient", list_by_patient),
    ("encountersCreate", create),
    ("encountersListFullByPatient", list_full_by_patient),
    ("encountersListInInstance", list_in_instance),
    ("encountersListByUser", list_by_user),
    ("encountersListFullByUser", list_full_by_user),
    ("encountersGet", get),
    ("encountersUpdate", update),
    ("encountersDelete", delete),
    ("encountersGetFull", get_full),
];

pub const COMPONENT: &str = "ENCOUNTER";
/// The name of the CDT of encounters.
pub const CDT: &str = "__encounter__";
const STATUSES: [&str; 5] = ["DRAFT", "OPEN", "ACTIVE", "FINALIZED", "CANCELLED"];
const WRITABLE: &[&str] =
    &["title", "description", "templateName", "calendarEventId", "notes", "status"];
/// What follows from the calendar event, and is null without one (notes, 10.14).
const OF_EVENT: [&str; 6] = [
    "dispositionId",
    "ownerUserId",
    "ownerUserName",
    "calendarEvent",
    "currentScheduledAppointment",
    "calendarEventStartDatetime",
];

/// Encounters and what belongs to them.
#[derive(Default)]
pub struct Encounters {
    pub records: CdtRecords,
    pub dispositions: CdtRecords,
    pub assessments: CdtRecords,
    pub comments: Collection,
    /// The ids of the CDTs behind encounters and their links to assessments.
    pub cdt_id: String,
    pub assessment_cdt_id: String,
}

/// An encounter that was just made: a draft, without calendar event.
pub fn blank(id: &str, author: &str, now: Timestamp) -> Record {
    let mut body = system_fields::blank(id, author, now);
    for (name, value) in [
        ("title", json!("")),
        ("description", json!("")),
        ("notes", Value::Null),
        ("status", json!("DRAFT")),
        ("templateName", Value::Null),
        ("templateTitle", Value::Null),
        ("dispositionId", Value::Null),
        ("startDatetime", Value::Null),
        ("endDatetime", Value::Null),
        ("activeUserId", Value::Null),
        ("activeUserName", Value::Null),
        ("calendarEventId", Value::Null),
    ] {
        body.insert(name.to_owned(), value);
    }
    body
}

/// Who asks for an encounter: whoever asks by user or instance is told less (notes, 10.11).
#[derive(Clone, Copy, PartialEq)]
enum Scope {
    Patient,
    User,
}

fn event<'a>(store: &'a Store, body: &Record) -> Option<&'a Record> {
    store.events.get(body.text("calendarEventId")?)
}

/// The user whose encounter it is: the host of its event.
fn owner<'a>(store: &'a Store, body: &Record) -> Option<&'a Record> {
    store.users.get(event(store, body)?.text("hostId")?)
}

/// The encounter as it is read.
fn view(store: &Store, encounter: &CdtRecord, scope: Scope, call: &Call) -> Record {
    let mut encounter = encounter.clone();
    let body = &mut encounter.body;
    match event(store, body) {
        None => body.extend(OF_EVENT.map(|name| (name.to_owned(), Value::Null))),
        Some(event) => {
            let user = owner(store, body);
            let start = event.get("startDateTime").cloned().unwrap_or_default();
            let shown = Value::Object(calendar_events::view(store, event.clone(), call));
            let zone = event.text("timezone").unwrap_or("UTC");
            let values = [
                ("ownerUserId", event.get("hostId").cloned().unwrap_or_default()),
                ("ownerUserName", user.map(full_name).into()),
                ("calendarEvent", shown.clone()),
                ("currentScheduledAppointment", shown),
                ("calendarEventStartDatetime", start),
            ];
            body.extend(values.map(|(name, value)| (name.to_owned(), value)));
            for (name, local) in [
                ("startDatetime", "localStartDatetime"),
                ("endDatetime", "localEndDatetime"),
                ("created_at", "local_created_at"),
                ("updated_at", "local_updated_at"),
                ("calendarEventStartDatetime", "localCalendarEventStartDatetime"),
            ] {
                if let Some(at) = body.text(name).and_then(instant::read) {
                    body.insert(local.to_owned(), json!(instant::write_local(at, zone)));
                }
            }
        }
    }
    let mut shown = encounter.view(store, &store.encounters.cdt_id, CDT);
    if scope == Scope::User {
        withhold(store, &encounter, &mut shown);
    }
    shown
}

/// Takes away what a list by user does not tell, and adds whom the encounter is with.
fn withhold(store: &Store, encounter: &CdtRecord, shown: &mut Record) {
    for name in ["cdtId", "version", "cdtName"] {
        shown.insert(name.to_owned(), Value::Null);
    }
    let patient = store.patients.get(&encounter.patient_id);
    let name = |part| patient.and_then(|patient| patient.text(part)).unwrap_or_default();
    let info = json!({
        "patientId": encounter.patient_id,
        "firstName": name("firstName"),
        "lastName": name("lastName"),
    });
    if let Some(body) = shown.get_mut("jsonBody").and_then(Value::as_object_mut) {
        body.retain(|name, _| !SYSTEM.contains(&name.as_str()));
        body.insert("patientInfo".to_owned(), info);
    }
}

/// The encounter with all that is linked to it. With `onlyWithCalendarEvent` the rest stays away.
fn view_full(store: &Store, encounter: &CdtRecord, scope: Scope, call: &Call) -> Record {
    let id = encounter.body.text("id").unwrap_or_default();
    let all = !call.flag("onlyWithCalendarEvent");
    let event = event(store, &encounter.body);
    let user = owner(store, &encounter.body).cloned().map(|mut user| {
        user.shift_remove("applicationAccess");
        user
    });
    let mut full = Record::new();
    let mut set = |name: &str, value: Value| full.insert(name.to_owned(), value);
    set("encounter", Value::Object(view(store, encounter, scope, call)));
    let disposition = encounter_dispositions::of(store, encounter).filter(|_| all);
    set("disposition", disposition.map(Value::Object).unwrap_or_default());
    let event = event.map(|event| calendar_events::view(store, event.clone(), call));
    set("calendarEvent", event.map(Value::Object).unwrap_or_default());
    set("userRelatedToCalendarEvent", user.map(Value::Object).unwrap_or_default());
    let links = encounter_assessments::of(store, id).filter(|_| all);
    set("assessmentLinks", links.map(Value::Object).collect());
    let comments = encounter_comments::of(store, id).filter(|_| all);
    set("comments", comments.cloned().map(Value::Object).collect());
    full
}

/// What an event tells of its encounter. The shape is not documented; without encounter it is empty.
pub fn info(store: &Store, event: &str) -> Record {
    let mut info = Record::new();
    if let Some(encounter) = of_event(store, event) {
        for name in ["id", "title", "status"] {
            info.insert(name.to_owned(), encounter.body.get(name).cloned().unwrap_or_default());
        }
    }
    info
}

pub fn of_event<'a>(store: &'a Store, event: &str) -> Option<&'a CdtRecord> {
    let mut encounters = store.encounters.records.values();
    encounters.find(|encounter| encounter.body.text("calendarEventId") == Some(event))
}

/// Leaves the encounter of an event that is gone without one.
pub fn forget_event(store: &mut Store, event: &str) {
    for encounter in store.encounters.records.values_mut() {
        if encounter.body.text("calendarEventId") == Some(event) {
            encounter.body.insert("calendarEventId".to_owned(), Value::Null);
        }
    }
}

/// A page of the encounters that are `mine`. Fields of `jsonBody` sort it.
fn list(
    state: &State,
    call: &Call,
    mine: impl Fn(&CdtRecord) -> bool,
    shown: impl Fn(&CdtRecord) -> Record,
) -> Result<Reply, Reply> {
    let statuses = call.list("statuses").filter(|statuses| !statuses.is_empty());
    let has_status = |encounter: &&CdtRecord| {
        let status = encounter.body.text("status").unwrap_or_default();
        statuses.as_ref().is_none_or(|statuses| statuses.contains(&status))
    };
    let encounters = &state.welkin.encounters.records;
    let found = encounters.values().filter(|encounter| mine(encounter)).filter(has_status);
    let page = Page::cut(found.map(|encounter| &encounter.body).collect(), call, COMPONENT)?;
    let shown = |body: Record| {
        encounters.get(body.text("id").unwrap_or_default()).map(&shown).unwrap_or_default()
    };
    Ok(page.map(shown).meta_info())
}

/// What `withCareTeam` does is not documented: here it does nothing, but in the list of an instance.
fn list_by_patient(state: &mut State, call: &Call) -> Result<Reply, Reply> {
    let patient = patient(state, call)?;
    let shown = |encounter: &CdtRecord| view(&state.welkin, encounter, Scope::Patient, call);
    list(state, call, |encounter| encounter.patient_id == patient, shown)
}

fn list_full_by_patient(state: &mut State, call: &Call) -> Result<Reply, Reply> {
    let patient = patient(state, call)?;
    let shown = |encounter: &CdtRecord| view_full(&state.welkin, encounter, Scope::Patient, call);
    list(state, call, |encounter| encounter.patient_id == patient, shown)
}

fn list_by_user(state: &mut State, call: &Call) -> Result<Reply, Reply> {
    let user = user(state, call)?;
    let shown = |encounter: &CdtRecord| view(&state.welkin, encounter, Scope::User, call);
    list(state, call, |encounter| is_owned(state, encounter, &user), shown)
}

fn list_full_by_user(state: &mut State, call: &Call) -> Result<Reply, Reply> {
    let user = user(state, call)?;
    let shown = |encounter: &CdtRecord| view_full(&state.welkin, encounter, Scope::User, call);
    list(state, call, |encounter| is_owned(state, encounter, &user), shown)
}

/// Nobody knows why: without `withCareTeam` the recorded answer was empty, with it there were rows.
fn list_in_instance(state: &mut State, call: &Call) -> Result<Reply, Reply> {
    let shown = |encounter: &CdtRecord| view(&state.welkin, encounter, Scope::User, call);
    list(state, call, |_| call.query("withCareTeam").is_some(), shown)
}

fn is_owned(state: &State, encounter: &CdtRecord, user: &str) -> bool {
    owner(&state.welkin, &encounter.body).is_some_and(|owner| owner.text("id") == Some(user))
}

/// The patient of the path.
fn patient(state: &State, call: &Call) -> Result<String, Reply> {
    patients::find(state, "id", call.segment("patientId"), call.now)
}

fn user(state: &State, call: &Call) -> Result<String, Reply> {
    let id = call.segment("userId");
    match state.welkin.users.contains_key(id) {
        true => Ok(id.to_owned()),
        false => Err(errors::not_found("USER", "USER_NOT_FOUND", id, call.now)),
    }
}

/// The encounter of the path, which must be one of its patient.
pub fn find<'a>(state: &'a State, call: &Call) -> Result<&'a CdtRecord, Reply> {
    let patient = patient(state, call)?;
    let id = call.segment("encounterId");
    let found = state.welkin.encounters.records.get(id);
    found
        .filter(|encounter| encounter.patient_id == patient)
        .ok_or_else(|| system_fields::not_found(id, call.now))
}

fn get(state: &mut State, call: &Call) -> Result<Reply, Reply> {
    let encounter = find(state, call)?;
    Ok(Reply::json(200, view(&state.welkin, encounter, Scope::Patient, call)))
}

fn get_full(state: &mut State, call: &Call) -> Result<Reply, Reply> {
    let encounter = find(state, call)?;
    Ok(Reply::json(200, view_full(&state.welkin, encounter, Scope::Patient, call)))
}

/// An encounter starts as a draft. Its template gives it title, instruction and assessments.
fn create(state: &mut State, call: &Call) -> Result<Reply, Reply> {
    let patient_id = patient(state, call)?;
    let id = uuid(&mut state.chance);
    let body = blank(&id, &state.welkin.api_client, call.now);
    let mut input = call.attributes();
    input.shift_remove("status");
    let mut encounter = write(state, CdtRecord { patient_id, body }, &input, call)?;
    if let Some(appointment) = input.get("currentScheduledAppointment").and_then(Value::as_object) {
        let event = calendar_events::make(state, appointment, call)?;
        encounter.body.insert("calendarEventId".to_owned(), json!(event));
    }
    encounter_assessments::add_all(&mut state.welkin, &mut state.chance, &encounter, call.now);
    Ok(Reply::json(201, keep(state, encounter, call)))
}

fn update(state: &mut State, call: &Call) -> Result<Reply, Reply> {
    let encounter = find(state, call)?.clone();
    let encounter = write(state, encounter, &call.attributes(), call)?;
    Ok(Reply::json(200, keep(state, encounter, call)))
}

/// What belongs to the encounter goes with it; its event and its assessment records stay.
fn delete(state: &mut State, call: &Call) -> Result<Reply, Reply> {
    let id = find(state, call)?.body.text("id").unwrap_or_default().to_owned();
    let encounters = &mut state.welkin.encounters;
    encounters.records.shift_remove(&id);
    encounters.dispositions.retain(|_, disposition| disposition.source() != id);
    encounters.assessments.retain(|_, link| link.source() != id);
    encounters.comments.retain(|_, comment| comment.text("encounterId") != Some(&id));
    Ok(Reply::empty(200))
}

/// Stores an encounter, and gives it as it is read. With an event it has a disposition.
fn keep(state: &mut State, mut encounter: CdtRecord, call: &Call) -> Record {
    if event(&state.welkin, &encounter.body).is_some()
        && encounter.body.text("dispositionId").is_none()
    {
        let disposition =
            encounter_dispositions::add(&mut state.welkin, &mut state.chance, &encounter, call.now);
        encounter.body.insert("dispositionId".to_owned(), json!(disposition));
    }
    let shown = view(&state.welkin, &encounter, Scope::Patient, call);
    let id = encounter.body.text("id").unwrap_or_default().to_owned();
    state.welkin.encounters.records.insert(id, encounter);
    shown
}

fn write(
    state: &State,
    mut encounter: CdtRecord,
    input: &Record,
    call: &Call,
) -> Result<CdtRecord, Reply> {
    let wrong = |field, mistake| Err(errors::wrong(COMPONENT, field, mistake, call.now));
    let id = encounter.body.get("id").cloned();
    encounter.write(input, WRITABLE, &state.welkin.api_client, call.now);
    let body = &mut encounter.body;
    if input.contains_key("templateName") {
        let template = match body.text("templateName") {
            None => None,
            Some(name) => match TEMPLATE.published(state, name, call) {
                Ok(template) => Some(template),
                Err(_) => return wrong("templateName", "is no template"),
            },
        };
        follow(body, template.as_ref());
    }
    for name in ["title", "description"] {
        if body.get(name).is_none_or(Value::is_null) {
            body.insert(name.to_owned(), json!(""));
        }
    }
    if let Some(linked) = body.text("calendarEventId") {
        if !state.welkin.events.contains_key(linked) {
            return wrong("calendarEventId", "is no event");
        }
        // An event tells of one encounter.
        if of_event(&state.welkin, linked).is_some_and(|other| other.body.get("id") != id.as_ref())
        {
            return wrong("calendarEventId", "is taken");
        }
    }
    if !body.text("status").is_some_and(|status| STATUSES.contains(&status)) {
        return wrong("status", "is not valid");
    }
    date(body, call.now);
    Ok(encounter)
}

/// Takes over what the template says, and title and description if there are none. Recordings repeat
/// its name as the type.
pub fn follow(body: &mut Record, template: Option<&Record>) {
    let get = |name: &str| template.and_then(|template| template.get(name)).cloned();
    body.insert("templateTitle".to_owned(), get("title").unwrap_or_default());
    for (name, value) in [("type", get("name")), ("instruction", get("encounterInstruction"))] {
        match value {
            Some(value) => body.insert(name.to_owned(), value),
            None => body.shift_remove(name),
        };
    }
    for (name, of_template) in [("title", "title"), ("description", "encounterDescription")] {
        if let Some(value) = get(of_template)
            && body.text(name).unwrap_or_default().is_empty()
        {
            body.insert(name.to_owned(), value);
        }
    }
}

/// An encounter starts when it is opened and ends when it is finalized.
fn date(body: &mut Record, now: Timestamp) {
    let status = body.text("status").unwrap_or_default();
    let (opened, finalized) = (matches!(status, "OPEN" | "ACTIVE"), status == "FINALIZED");
    let now = json!(instant::write(now));
    if opened && body.text("startDatetime").is_none() {
        body.insert("startDatetime".to_owned(), now.clone());
    }
    match (finalized, body.text("endDatetime").is_some()) {
        (true, false) => body.insert("endDatetime".to_owned(), now),
        (false, true) => body.insert("endDatetime".to_owned(), Value::Null),
        _ => None,
    };
}
