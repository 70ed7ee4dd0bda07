//! Patient records.

use jiff::Timestamp;
use serde_json::{Value, json};

use super::pages::Page;
use super::{Collection, errors};
use crate::sandbox::Handlers;
use crate::sandbox::call::Call;
use crate::sandbox::instant;
use crate::sandbox::order::{holds, same};
use crate::sandbox::record::{Fields, Record, merge, record};
use crate::sandbox::reply::Reply;
use crate::sandbox::state::{State, uuid};

pub const HANDLERS: Handlers = &[
    ("patientsList", list),
    ("patientsCreate", create),
    ("patientsFindByFilter", find_by_filter),
    ("patientsGet", get),
    ("patientsUpdate", update),
    ("patientsDelete", delete),
];

const COMPONENT: &str = "PATIENT";
/// Written with what is known of its members.
const FIXED: &[&str] = &["id", "careTeam"];
/// Fields that no other patient may have with the same value.
const UNIQUE: &[&str] = &["mrn", "externalId", "externalGuid"];

/// A patient who was just made.
pub fn blank(id: &str, author: &str, now: Timestamp) -> Record {
    let now = instant::write(now);
    let mut patient = record! {
        "id": id,
        "externalGuid": null,
        "externalId": null,
        "mrn": null,
        "createdAt": now,
        "updatedAt": now,
        "createdBy": author,
        "updatedBy": author,
        "createdByName": "API client",
        "updatedByName": "API client",
        "firstName": "",
        "lastName": "",
        "middleName": null,
        "birthDate": null,
        "gender": "UNKNOWN",
        "maritalStatus": "UKN",
        "primaryLanguage": "ENGLISH",
        "secondaryLanguage": null,
        "email": null,
        "secondaryEmail": null,
        "phone": null,
        "secondaryPhone": null,
    };
    patient.extend(record! {
        "primaryPhoneCapabilities": [],
        "secondaryPhoneCapabilities": [],
        "preferableInstancePhoneId": null,
        "country": null,
        "state": null,
        "city": null,
        "zip": null,
        "addressLine1": null,
        "addressLine2": null,
        "timezone": null,
        "accessCode": null,
        "nric": null,
        "patientTerritories": [],
        "patientRegion": null,
        "patientRegionTitle": null,
        "patientTerritory": null,
        "careTeam": [],
        "careTeamMembers": [],
        "pointOfContact": null,
        "patientPrograms": [],
        "cadence": [],
    });
    patient
}

fn list(state: &mut State, call: &Call) -> Result<Reply, Reply> {
    let patients = state.welkin.patients.values().filter(|patient| is_asked_for(patient, call));
    Ok(Page::cut(patients.collect(), call, COMPONENT)?.spring())
}

/// An empty `timezone`, `territories` or `cadence` finds the patients without one; what other values
/// of the last two mean is not documented, the sandbox takes them for names.
fn is_asked_for(patient: &Record, call: &Call) -> bool {
    let query = call.query("query").is_none_or(|query| {
        let name = [patient.text("firstName"), patient.text("lastName")];
        let name = name.into_iter().flatten().collect::<Vec<&str>>().join(" ");
        let texts = [patient.text("phone"), patient.text("email"), Some(name.as_str())];
        texts.into_iter().flatten().any(|text| holds(text, query))
    });
    let email = call
        .query("email")
        .is_none_or(|email| patient.text("email").is_some_and(|text| same(text, email)));
    let zone = call
        .query("timezone")
        .is_none_or(|zone| patient.text("timezone").unwrap_or_default() == zone);
    let lists = [("territories", "patientTerritories"), ("cadence", "cadence")];
    query
        && email
        && zone
        && lists.into_iter().all(|(name, field)| {
            let held = patient.list(field);
            match call.list(name) {
                None => true,
                Some(asked) if asked.is_empty() => held.is_empty(),
                Some(asked) => {
                    held.iter().any(|held| names(held).any(|name| asked.contains(&name)))
                }
            }
        })
}

fn names(territory: &Value) -> impl Iterator<Item = &str> {
    let inner = territory.get("territories").and_then(Value::as_array);
    inner.into_iter().flatten().chain(territory.get("name")).filter_map(Value::as_str)
}

/// The keys of the filter are not documented: the sandbox takes them for fields of a patient.
fn find_by_filter(state: &mut State, call: &Call) -> Result<Reply, Reply> {
    let filter = call.attributes();
    let matches = |patient: &&Record| {
        filter.iter().all(|(field, value)| match (patient.get(field), value) {
            (Some(Value::String(text)), Value::String(value)) => same(text, value),
            (held, value) => held == Some(value),
        })
    };
    let patients = state.welkin.patients.values().filter(matches).collect();
    Ok(Page::cut(patients, call, COMPONENT)?.spring())
}

/// The id of the patient whose field has this value. The code is made like those that were recorded
/// for other records.
pub fn find(state: &State, field: &str, key: &str, now: Timestamp) -> Result<String, Reply> {
    let found = match field {
        "id" => state.welkin.patients.get_key_value(key),
        _ => state.welkin.patients.iter().find(|(_, patient)| patient.text(field) == Some(key)),
    };
    found
        .map(|(id, _)| id.clone())
        .ok_or_else(|| errors::not_found(COMPONENT, "PATIENT_NOT_FOUND", key, now))
}

fn get(state: &mut State, call: &Call) -> Result<Reply, Reply> {
    let field = match call.query("type") {
        None | Some("ID") => "id",
        Some("EID") => "externalId",
        Some("EGUID") => "externalGuid",
        Some("MRN") => "mrn",
        Some(_) => return Err(errors::wrong(COMPONENT, "type", "is not valid", call.now)),
    };
    let id = find(state, field, call.segment("patientId"), call.now)?;
    let mut patient = state.welkin.patients.get(&id).cloned().unwrap_or_default();
    if call.flag("expand") {
        // Its shape is not documented.
        patient.insert("territorialTeam".to_owned(), json!([]));
    }
    Ok(Reply::json(200, patient))
}

fn create(state: &mut State, call: &Call) -> Result<Reply, Reply> {
    let id = uuid(&mut state.chance);
    let patient = blank(&id, &state.welkin.api_client, call.now);
    let patient = write(state, patient, &call.attributes(), call)?;
    state.welkin.patients.insert(id, patient.clone());
    Ok(Reply::json(201, patient))
}

fn update(state: &mut State, call: &Call) -> Result<Reply, Reply> {
    let id = find(state, "id", call.segment("patientId"), call.now)?;
    let patient = state.welkin.patients.get(&id).cloned().unwrap_or_default();
    let patient = write(state, patient, &call.attributes(), call)?;
    state.welkin.patients.insert(id, patient.clone());
    Ok(Reply::json(200, patient))
}

/// Closed to API clients, as recorded.
fn delete(state: &mut State, call: &Call) -> Result<Reply, Reply> {
    find(state, "id", call.segment("patientId"), call.now)?;
    Err(errors::restricted(COMPONENT, call.now))
}

fn write(state: &State, mut patient: Record, input: &Record, call: &Call) -> Result<Record, Reply> {
    let wrong = |field, mistake| Err(errors::wrong(COMPONENT, field, mistake, call.now));
    merge(&mut patient, input, FIXED);
    for name in ["firstName", "lastName"] {
        if patient.text(name).unwrap_or_default().is_empty() {
            return wrong(name, "is required");
        }
    }
    if patient.text("birthDate").is_some_and(|date| instant::read(date).is_none()) {
        return wrong("birthDate", "is not valid");
    }
    for name in UNIQUE {
        let taken = patient.text(name).is_some_and(|value| {
            state.welkin.patients.values().any(|other| {
                other.get("id") != patient.get("id") && other.text(name) == Some(value)
            })
        });
        if taken {
            return wrong(name, "is taken");
        }
    }
    for (name, unset) in [
        ("gender", json!("UNKNOWN")),
        ("maritalStatus", json!("UKN")),
        ("primaryLanguage", json!("ENGLISH")),
        ("patientTerritories", json!([])),
    ] {
        if patient.get(name).is_none_or(Value::is_null) {
            patient.insert(name.to_owned(), unset);
        }
    }
    place(&mut patient);
    if let Some(members) = input.get("careTeam") {
        let members = members.as_array().map(Vec::as_slice).unwrap_or_default();
        if !staff(&mut patient, members, &state.welkin.users) {
            return wrong("careTeam", "names an unknown user");
        }
    }
    patient.insert("updatedAt".to_owned(), json!(instant::write(call.now)));
    patient.insert("updatedBy".to_owned(), json!(state.welkin.api_client));
    Ok(patient)
}

/// Region and territory follow from the first of `patientTerritories`.
pub fn place(patient: &mut Record) {
    let first = patient.list("patientTerritories").first().cloned().unwrap_or_default();
    let region = first.get("name").cloned().unwrap_or_default();
    let territory = first.get("territories").and_then(|list| list.get(0)).cloned();
    patient.insert("patientRegion".to_owned(), region.clone());
    patient.insert("patientRegionTitle".to_owned(), region);
    patient.insert("patientTerritory".to_owned(), territory.unwrap_or_default());
}

/// Sets the care team; `false` when a member is no user. The first member is the point of contact
/// when none is marked.
pub fn staff(patient: &mut Record, members: &[Value], users: &Collection) -> bool {
    let marked =
        |member: &Value| member.get("pointOfContact").and_then(Value::as_bool) == Some(true);
    let contact = members.iter().position(marked).unwrap_or(0);
    let (mut team, mut references) = (Vec::new(), Vec::new());
    for (at, member) in members.iter().enumerate() {
        let id = member.get("id").and_then(Value::as_str).unwrap_or_default();
        let Some(user) = users.get(id) else {
            return false;
        };
        let roles = user.list("roles").iter().map(|role| {
            json!({ "name": role.get("permissionName"), "primaryRole": role.get("primaryRole") })
        });
        team.push(json!({
            "id": id,
            "username": user.text("username").unwrap_or_default(),
            "firstName": user.text("firstName").unwrap_or_default(),
            "lastName": user.text("lastName").unwrap_or_default(),
            "roles": roles.collect::<Vec<Value>>(),
            "pointOfContact": at == contact,
        }));
        references.push(json!({ "id": id, "pointOfContact": at == contact }));
    }
    patient
        .insert("pointOfContact".to_owned(), references.get(contact).cloned().unwrap_or_default());
    patient.insert("careTeam".to_owned(), Value::Array(team));
    patient.insert("careTeamMembers".to_owned(), Value::Array(references));
    true
}
