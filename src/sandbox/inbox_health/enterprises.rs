//! Client organisations.

use jiff::Timestamp;
use serde_json::{Value, json};

use super::pages::{listed, page};
use super::plain::{touch, wrapped};
use super::{Store, invalid, not_found, practices};
use crate::sandbox::Handlers;
use crate::sandbox::call::Call;
use crate::sandbox::instant;
use crate::sandbox::record::{Fields, Record, merge};
use crate::sandbox::reply::Reply;
use crate::sandbox::state::State;

pub const HANDLERS: Handlers =
    &[("enterprisesList", list), ("enterprisesCreate", create), ("enterprisesUpdate", update)];

/// What the server fills in when no check-in flow is sent: JSON in a string.
pub const CHECKIN_ROUTES: &str = r#"["demographics","insurance","payment"]"#;

/// The fields of the one full sample, with what was seen in them where that is known.
const BLANK: &str = include_str!("enterprise.json");

/// An enterprise that was just made.
pub fn blank(now: Timestamp) -> Record {
    let now = instant::write(now);
    let mut enterprise: Record = serde_json::from_str(BLANK).unwrap_or_default();
    for name in ["created_at", "updated_at"] {
        enterprise.insert(name.to_owned(), json!(now));
        if let Some(plan) = enterprise.get_mut("enterprise_plan").and_then(Value::as_object_mut) {
            plan.insert(name.to_owned(), json!(now));
        }
    }
    enterprise
}

/// The enterprise as it is read: with its practices.
fn view(store: &Store, enterprise: &Record) -> Record {
    let mut enterprise = enterprise.clone();
    let own = |practice: &&Record| practice.get("enterprise_id") == enterprise.get("id");
    let practices = store.practices.rows().filter(own).cloned().map(Value::Object).collect();
    enterprise.insert("practices".to_owned(), practices);
    enterprise
}

fn list(state: &mut State, call: &Call) -> Result<Reply, Reply> {
    let store = &state.inbox_health;
    let page = page(call, store.enterprises.rows(), |_, _| None);
    Ok(listed("enterprises", page.iter().map(|enterprise| view(store, enterprise)).collect()))
}

fn create(state: &mut State, call: &Call) -> Result<Reply, Reply> {
    let (store, input) = (&mut state.inbox_health, call.attributes());
    let mut enterprise = blank(call.now);
    write(&mut enterprise, call)?;
    let id = store.enterprises.add(enterprise.clone());
    let mut inputs = nested(&input);
    if inputs.is_empty() {
        inputs.push(of_enterprise(&enterprise));
    }
    write_practices(store, id, &inputs, call)?;
    Ok(wrapped(201, call, view(store, &store.enterprises.get(id).unwrap_or_default())))
}

fn update(state: &mut State, call: &Call) -> Result<Reply, Reply> {
    let (store, input, id) = (&mut state.inbox_health, call.attributes(), call.id());
    let mut enterprise = store.enterprises.get(id).ok_or_else(not_found)?;
    write(&mut enterprise, call)?;
    touch(&mut enterprise, call);
    store.enterprises.put(id, enterprise);
    write_practices(store, id, &nested(&input), call)?;
    Ok(wrapped(200, call, view(store, &store.enterprises.get(id).unwrap_or_default())))
}

fn write(enterprise: &mut Record, call: &Call) -> Result<(), Reply> {
    merge(enterprise, &call.shown(), &[]);
    if enterprise.text("name").unwrap_or_default().is_empty() {
        return Err(invalid("name", "can't be blank"));
    }
    if enterprise.get("default_checkin_routes").is_none_or(Value::is_null) {
        enterprise.insert("default_checkin_routes".to_owned(), json!(CHECKIN_ROUTES));
    }
    Ok(())
}

fn nested(input: &Record) -> Vec<Record> {
    input.list("practices_attributes").iter().filter_map(Value::as_object).cloned().collect()
}

/// Without practices the server makes one from what the enterprise says.
fn of_enterprise(enterprise: &Record) -> Record {
    let shared = ["name", "address_line_1", "address_line_2", "city", "state", "zip", "time_zone"];
    let field = |name: &str| Some((name.to_owned(), enterprise.get(name)?.clone()));
    shared.into_iter().filter_map(field).collect()
}

/// A practice with an `id` is changed, one without is added.
fn write_practices(
    store: &mut Store,
    enterprise: i64,
    inputs: &[Record],
    call: &Call,
) -> Result<(), Reply> {
    for input in inputs {
        let id = match input.get("id").filter(|id| !id.is_null()) {
            Some(id) => id.as_i64().unwrap_or_default(),
            None => {
                let mut practice = practices::blank(call.now);
                practice.insert("enterprise_id".to_owned(), json!(enterprise));
                store.practices.add(practice)
            }
        };
        let practice = store.practices.edit(id);
        let own = practice.filter(|practice| practice.whole("enterprise_id") == enterprise);
        let Some(practice) = own else {
            return Err(invalid("practices_attributes", "names an unknown practice"));
        };
        merge(practice, input, &["id"]);
    }
    Ok(())
}
