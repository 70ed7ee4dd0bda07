//! What people are called, and how records point at them.

use serde_json::{Value, json};

use super::Store;
use crate::sandbox::record::{Fields, Record};

/// What everything that the API client does is signed with.
pub const API_CLIENT: &str = "API client";

/// First and last name of a user or a patient; the username of a user who has neither.
pub fn full_name(person: &Record) -> String {
    let parts = ["firstName", "lastName"].into_iter().filter_map(|part| person.text(part));
    let name: Vec<&str> = parts.filter(|part| !part.is_empty()).collect();
    if name.is_empty() {
        return person.text("username").unwrap_or_default().to_owned();
    }
    name.join(" ")
}

/// Id and name of a user.
pub fn user(store: &Store, id: &str) -> Option<Value> {
    store.users.get(id).map(|user| json!({ "id": id, "name": full_name(user) }))
}

/// Id and name of a patient.
pub fn patient(store: &Store, id: &str) -> Option<Value> {
    store.patients.get(id).map(|patient| json!({ "id": id, "name": full_name(patient) }))
}

/// Id and name of the API client, who is the author of everything.
pub fn api_client(store: &Store) -> Value {
    json!({ "id": store.api_client, "name": API_CLIENT })
}

/// The user whom a patient turns to: the point of contact of the care team, else the first user.
pub fn contact(store: &Store, patient: &str) -> Option<String> {
    let contact = store.patients.get(patient).and_then(|patient| patient.get("pointOfContact"));
    let id = contact.and_then(|contact| contact.get("id")).and_then(Value::as_str);
    id.filter(|id| store.users.contains_key(*id))
        .or_else(|| store.users.keys().next().map(String::as_str))
        .map(str::to_owned)
}

/// Where somebody is: the zone of a record, else UTC.
pub fn zone(person: Option<&Record>) -> &str {
    person.and_then(|person| person.text("timezone")).unwrap_or("UTC")
}
