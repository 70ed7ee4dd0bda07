//! The records that Welkin has at the beginning.

use std::collections::HashMap;

use fastrand::Rng;
use jiff::Timestamp;
use serde_json::{Value, json};

use super::custom_data::Records;
use super::grants::Grants;
use super::{
    Collection, Store, calendar_events, encounter_seed, messages_seed, patients, seed_data,
    seed_definitions, users, webhook_audit, work_seed,
};
use crate::sandbox::instant;
use crate::sandbox::people::{Person, choose};
use crate::sandbox::record::{Fields, Record};
use crate::sandbox::state::uuid;

const DAY: i64 = 24 * 60;
const YEAR: i64 = 365 * DAY;
pub const INSTANCE: &str = "sb-demo";

/// Username, first and last name, credentials and time zone; who has none leaves them out.
type Staff = (&'static str, &'static str, &'static str, &'static str, &'static str);

const STAFF: [Staff; 6] = [
    ("rosalind.ferry", "Rosalind", "Ferry", "RN", "America/New_York"),
    ("tomas.agbaje", "Tomás", "Agbaje", "MD", "America/Chicago"),
    ("petra.lindholm", "Petra", "Lindholm", "LCSW", "America/Denver"),
    ("yusuf.marlow", "Yusuf", "Marlow", "", "America/Los_Angeles"),
    ("ines.okafor-bell", "Inês", "Okafor-Bell", "NP", ""),
    ("front.desk", "", "", "", ""),
];

/// Everything at the beginning.
pub fn store(people: &[Person], chance: &mut Rng, now: Timestamp) -> Store {
    let mut data = own(chance, *b"datasets");
    let definitions = seed_definitions::definitions(&mut data);
    let mut meetings = own(chance, *b"meetings");
    let [mut messages, mut work, mut webhooks] =
        [*b"messages", *b"workload", *b"webhooks"].map(|subject| own(chance, subject));
    let mut store = Store {
        users: Collection::new(),
        patients: Collection::new(),
        events: Collection::new(),
        dictionaries: seed_data::dictionaries(definitions.current(), &mut data, now),
        definitions,
        grants: Grants::default(),
        enrolments: Collection::new(),
        cdt_records: Records::new(),
        encounters: Default::default(),
        assessments: Default::default(),
        messages: Default::default(),
        work: Default::default(),
        audit: Default::default(),
        files: Default::default(),
        tokens: HashMap::new(),
        exchanges: HashMap::new(),
        api_client: uuid(chance),
    };
    for staff in STAFF {
        let id = uuid(chance);
        let user = user(&id, staff, chance, instant::shift(now, -2 * YEAR));
        store.users.insert(id, user);
    }
    for person in people {
        let patient = patient(person, &store, chance, now);
        store.patients.insert(person.welkin_id.clone(), patient);
    }
    for _ in 0..people.len() / 4 + 10 {
        let event = event(people, &store, chance, now);
        store.events.insert(event.text("id").unwrap_or_default().to_owned(), event);
    }
    seed_data::fill(&mut store, &mut data, now);
    encounter_seed::fill(&mut store, &mut meetings, now);
    store.messages = messages_seed::messages(&store, &mut messages, now);
    store.work = work_seed::work(&store, &mut work, now);
    store.audit.webhook = webhook_audit::calls(&store, &mut webhooks, now);
    store
}

/// A stream of a subject of its own: what it draws changes no record of another subject.
fn own(chance: &Rng, subject: [u8; 8]) -> Rng {
    Rng::with_seed(chance.clone().u64(..) ^ u64::from_le_bytes(subject))
}

fn user(id: &str, staff: Staff, chance: &mut Rng, now: Timestamp) -> Record {
    let (username, first, last, credentials, zone) = staff;
    let mut user = users::blank(id, &uuid(chance), now);
    set(&mut user, "username", username);
    set(&mut user, "email", format!("{username}@example.org"));
    set(&mut user, "userState", "ACTIVE");
    set(&mut user, "seats", json!(["GENERAL"]));
    let role = if first.is_empty() { "front-desk" } else { "care-manager" };
    set(&mut user, "roles", json!([users::role(role, INSTANCE, now)]));
    let given = [
        ("firstName", first),
        ("lastName", last),
        ("credentials", credentials),
        ("timezone", zone),
    ];
    for (name, value) in given.into_iter().filter(|(_, value)| !value.is_empty()) {
        set(&mut user, name, value);
    }
    if !first.is_empty() {
        set(&mut user, "phone", format!("+155555501{:02}", chance.u8(..100)));
        set(&mut user, "locale", "en-US");
        set(
            &mut user,
            "customUserAttributes",
            json!({ "languages": ["English"], "pager": "none" }),
        );
        set(
            &mut user,
            "territories",
            json!([{
                "name": "west",
                "territories": ["north-bay", "mountain"],
                "instanceName": INSTANCE,
            }]),
        );
    }
    user
}

fn patient(person: &Person, store: &Store, chance: &mut Rng, now: Timestamp) -> Record {
    let since = instant::shift(now, -chance.i64(DAY..YEAR));
    let mut patient = patients::blank(&person.welkin_id, &store.api_client, since);
    set(&mut patient, "mrn", person.mrn.as_str());
    set(&mut patient, "firstName", person.first);
    set(&mut patient, "lastName", person.last);
    set(&mut patient, "middleName", person.middle);
    set(&mut patient, "gender", person.gender);
    set(
        &mut patient,
        "birthDate",
        person.born.as_ref().map(|born| format!("{born}T00:00:00.000Z")),
    );
    set(&mut patient, "email", person.email.clone());
    set(&mut patient, "phone", person.phone.map(|digits| format!("+155555501{digits:02}")));
    set(&mut patient, "timezone", person.has_zone.then_some(person.town.zone));
    if let Some(address) = &person.address {
        set(&mut patient, "addressLine1", address.as_str());
        set(&mut patient, "city", person.town.city);
        set(&mut patient, "state", person.town.state);
        set(&mut patient, "zip", person.town.zip);
        set(&mut patient, "country", "US");
    }
    if chance.u8(..4) == 0 {
        set(&mut patient, "externalId", format!("ext-{}", person.mrn));
        set(&mut patient, "externalGuid", uuid(chance));
    }
    if chance.u8(..3) > 0 {
        let territory =
            json!([{ "name": person.town.region, "territories": [person.town.territory] }]);
        set(&mut patient, "patientTerritories", territory);
        patients::place(&mut patient);
        let mut team: Vec<Value> = store.users.keys().map(|id| json!({ "id": id })).collect();
        chance.shuffle(&mut team);
        team.truncate(chance.usize(1..=2));
        patients::staff(&mut patient, &team, &store.users);
    }
    patient
}

/// An event in the two weeks before or after now.
fn event(people: &[Person], store: &Store, chance: &mut Rng, now: Timestamp) -> Record {
    let start = instant::half_hour(instant::shift(now, chance.i64(-14 * DAY..14 * DAY)));
    let length = [30, 30, 60, 90].get(chance.usize(..4)).copied().unwrap_or(30);
    let end = instant::shift(start, length);
    let hosts: Vec<&String> = store.users.keys().collect();
    let host = choose(chance, &hosts).map(|host| host.as_str()).unwrap_or_default();
    let kind = chance.u8(..10);
    let patients = match kind {
        0 => 0,
        1 => 3,
        _ => 1,
    };
    let (kind, title, color) = match kind {
        0 => ("LEAVE", "Leave", "grey"),
        1 => ("GROUP_THERAPY", "Group session", "green"),
        2..=4 => ("ENCOUNTER", "Encounter", "blue"),
        _ => ("APPOINTMENT", "Check-in", "green"),
    };
    let status = match chance.u8(..10) {
        0 => "CANCELLED",
        1 if end < now => "MISSED",
        _ if end < now => "COMPLETED",
        _ => "SCHEDULED",
    };
    let id = uuid(chance);
    let mut event = calendar_events::blank(&id, &store.api_client, instant::shift(now, -20 * DAY));
    set(&mut event, "eventTitle", title);
    set(&mut event, "startDateTime", instant::write(start));
    set(&mut event, "endDateTime", instant::write(end));
    set(&mut event, "duration", length * 60);
    set(&mut event, "eventType", kind);
    set(&mut event, "eventStatus", status);
    set(&mut event, "eventMode", ["IN-PERSON", "CALL", "VIDEO"].get(chance.usize(..3)).copied());
    set(&mut event, "eventColor", color);
    set(&mut event, "hostId", host);
    let zone = store.users.get(host).and_then(|user| user.text("timezone"));
    set(&mut event, "timezone", zone);
    if chance.bool() {
        set(&mut event, "eventDescription", "Made by the sandbox");
        set(&mut event, "additionalInfo", json!({ "location": "Room 2" }));
    }
    let attended = status == "COMPLETED";
    let mut participants = vec![take_part(chance, host, "psm", attended)];
    for person in chance.choose_multiple(people, patients) {
        participants.push(take_part(chance, &person.welkin_id, "patient", attended));
    }
    set(&mut event, "participants", participants);
    event
}

fn take_part(chance: &mut Rng, person: &str, role: &str, attended: bool) -> Value {
    let answer = if role == "psm" || chance.bool() { "Yes" } else { "" };
    let id = json!(uuid(chance));
    calendar_events::participation(id, person, json!(role), json!(answer), json!(attended))
}

fn set(record: &mut Record, name: &str, value: impl Into<Value>) {
    record.insert(name.to_owned(), value.into());
}
