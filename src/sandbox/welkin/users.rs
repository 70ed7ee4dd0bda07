//! Tenant users.

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
    ("usersList", list),
    ("usersCreate", create),
    ("usersGet", get),
    ("usersUpdate", update),
    ("usersReplace", replace),
    ("usersDelete", delete),
    ("usersListInInstance", list),
];

const COMPONENT: &str = "USER";
/// The fields that a caller may write; unset ones are left out of the record.
const WRITABLE: &[&str] =
    &["username", "email", "phone", "timezone", "firstName", "lastName", "credentials"];

/// A user who was just made.
pub fn blank(id: &str, application_access: &str, now: Timestamp) -> Record {
    let now = instant::write(now);
    record! {
        "id": id,
        "username": "",
        "email": "",
        "enabled": true,
        "mfaEnabled": false,
        "statusType": null,
        "createdAt": now,
        "updatedAt": now,
        "createdByName": "API client",
        "updatedByName": "API client",
        "ssoAccess": false,
        "passwordAccess": true,
        "terminologyName": "english",
        "userState": "PROVISIONED",
        "customUserAttributes": {},
        "allowedToReceiveCalls": false,
        "seats": [],
        "seatAssignAllowed": true,
        "territories": [],
        "fullTerritoriesAccessInstances": [],
        "roles": [],
        "policies": [],
        "applicationAccess": {
            "id": application_access,
            "createdAt": now,
            "updatedAt": now,
            "userId": id,
            "adminAccessEnabled": false,
            "auditSecurityAccessEnabled": false,
            "instanceAccesses": [],
        },
        "_root_user": false,
    }
}

/// The instance of the path makes no difference: everybody may work in every instance.
fn list(state: &mut State, call: &Call) -> Result<Reply, Reply> {
    let users = state.welkin.users.values().filter(|user| is_asked_for(user, call));
    Ok(Page::cut(users.collect(), call, COMPONENT)?.meta_info())
}

fn is_asked_for(user: &Record, call: &Call) -> bool {
    let is = |field: &str, name: &str| {
        call.query(name).is_none_or(|value| user.text(field).is_some_and(|text| same(text, value)))
    };
    let part = |field: &str, name: &str| {
        call.query(name).is_none_or(|value| user.text(field).is_some_and(|text| holds(text, value)))
    };
    let search = call.query("search").is_none_or(|search| {
        let name = [user.text("firstName"), user.text("lastName")];
        let name = name.into_iter().flatten().collect::<Vec<&str>>().join(" ");
        let texts = [user.text("username"), user.text("email"), user.text("phone")];
        texts.into_iter().flatten().chain([name.as_str()]).any(|text| holds(text, search))
    });
    let ids = call.list("ids").is_none_or(|ids| ids.contains(&user.text("id").unwrap_or_default()));
    let seat = call
        .query("seatAssigned")
        .is_none_or(|seat| (seat == "true") != user.list("seats").is_empty());
    let names = |list: &'static str, field: &'static str| {
        user.list(list).iter().filter_map(move |entry| entry.get(field)?.as_str())
    };
    let role = call
        .query("roleName")
        .is_none_or(|role| names("roles", "permissionName").any(|name| same(name, role)));
    let region = call
        .query("region")
        .is_none_or(|region| names("territories", "name").any(|name| name == region));
    let territories = call.list("territories").is_none_or(|asked| {
        user.list("territories")
            .iter()
            .filter_map(|grant| grant.get("territories")?.as_array())
            .flatten()
            .any(|territory| territory.as_str().is_some_and(|name| asked.contains(&name)))
    });
    search
        && ids
        && seat
        && role
        && region
        && territories
        && is("userState", "userState")
        && is("email", "email")
        && part("firstName", "firstName")
        && part("lastName", "lastName")
}

/// The user of the path: username by default, else what `type` says.
fn find(state: &State, call: &Call) -> Result<String, Reply> {
    let key = call.segment("userKey");
    let field = match call.query("type") {
        None => "username",
        Some("ID") => "id",
        Some("EMAIL") => "email",
        Some(_) => return Err(errors::wrong(COMPONENT, "type", "is not valid", call.now)),
    };
    let mut users = state.welkin.users.iter();
    users
        .find(|(_, user)| user.text(field).is_some_and(|text| same(text, key)))
        .map(|(id, _)| id.clone())
        .ok_or_else(|| errors::not_found(COMPONENT, "USER_NOT_FOUND", key, call.now))
}

fn get(state: &mut State, call: &Call) -> Result<Reply, Reply> {
    let id = find(state, call)?;
    Ok(Reply::json(200, state.welkin.users.get(&id).cloned().unwrap_or_default()))
}

fn create(state: &mut State, call: &Call) -> Result<Reply, Reply> {
    let id = uuid(&mut state.chance);
    let user = blank(&id, &uuid(&mut state.chance), call.now);
    let user = write(&state.welkin.users, user, &call.attributes(), call)?;
    state.welkin.users.insert(id, user.clone());
    Ok(Reply::json(201, user))
}

fn update(state: &mut State, call: &Call) -> Result<Reply, Reply> {
    change(state, call, |_| {})
}

fn replace(state: &mut State, call: &Call) -> Result<Reply, Reply> {
    change(state, call, |user| user.retain(|name, _| !WRITABLE.contains(&name.as_str())))
}

fn change(state: &mut State, call: &Call, prepare: fn(&mut Record)) -> Result<Reply, Reply> {
    let id = find(state, call)?;
    let mut user = state.welkin.users.get(&id).cloned().unwrap_or_default();
    prepare(&mut user);
    let user = write(&state.welkin.users, user, &call.attributes(), call)?;
    state.welkin.users.insert(id, user.clone());
    Ok(Reply::json(200, user))
}

/// Sets the fields of a user. A recorded create had username and email only; without them nobody can
/// find the user again, so the sandbox asks for both.
fn write(
    users: &Collection,
    mut user: Record,
    input: &Record,
    call: &Call,
) -> Result<Record, Reply> {
    merge(&mut user, input, &[]);
    // Unset text fields are left out instead of being null.
    user.retain(|name, value| !value.is_null() || !WRITABLE.contains(&name.as_str()));
    for name in ["username", "email"] {
        let value = user.text(name).unwrap_or_default().to_owned();
        if value.is_empty() {
            return Err(errors::wrong(COMPONENT, name, "is required", call.now));
        }
        let taken = users.values().any(|other| {
            other.get("id") != user.get("id")
                && other.text(name).is_some_and(|text| same(text, &value))
        });
        if taken {
            return Err(errors::wrong(COMPONENT, name, "is taken", call.now));
        }
    }
    user.insert("updatedAt".to_owned(), Value::from(instant::write(call.now)));
    Ok(user)
}

/// Closed to API clients, as recorded.
fn delete(state: &mut State, call: &Call) -> Result<Reply, Reply> {
    find(state, call)?;
    Err(errors::restricted(COMPONENT, call.now))
}

/// A role in an instance, as users carry it.
pub fn role(name: &str, instance: &str, now: Timestamp) -> Value {
    let now = instant::write(now);
    json!({
        "permissionName": name,
        "instanceName": instance,
        "type": "SECURITY_ROLE",
        "primaryRole": true,
        "createdAt": now,
        "updatedAt": now,
    })
}
