//! Care plans and their overviews.

use jiff::Timestamp;
use serde_json::{Value, json};

use super::{Store, errors, names, patients};
use crate::sandbox::Handlers;
use crate::sandbox::call::Call;
use crate::sandbox::instant;
use crate::sandbox::record::{Fields, Record, record};
use crate::sandbox::reply::Reply;
use crate::sandbox::state::{State, uuid};

pub const HANDLERS: Handlers = &[
    ("carePlansGet", get),
    ("carePlansCreateOverview", create_overview),
    ("carePlansReplaceOverview", replace_overview),
];

const COMPONENT: &str = "CARE_PLAN";

/// A care plan that was just made; it has no overview yet.
pub fn blank(id: &str, patient: &str, now: Timestamp) -> Record {
    let mut plan = record! { "id": id };
    plan.extend(signed(now));
    plan.insert("patientId".to_owned(), json!(patient));
    plan
}

/// Who made and changed something, and when.
pub fn signed(now: Timestamp) -> Record {
    let now = instant::write(now);
    record! {
        "createdByName": names::API_CLIENT,
        "createdAt": now,
        "updatedByName": names::API_CLIENT,
        "updatedAt": now,
    }
}

/// An overview that was just made.
pub fn overview(text: &str, now: Timestamp) -> Record {
    let mut overview = signed(now);
    overview.insert("overview".to_owned(), json!(text));
    overview
}

/// Gives a patient a care plan: no call makes one, so the first overview or goal does.
pub fn open(store: &mut Store, id: String, patient: &str, now: Timestamp) {
    let plans = &mut store.work.plans;
    plans.entry(patient.to_owned()).or_insert_with(|| blank(&id, patient, now));
}

fn get(state: &mut State, call: &Call) -> Result<Reply, Reply> {
    let patient = patients::find(state, "id", call.segment("patientId"), call.now)?;
    let plan = state.welkin.work.plans.get(&patient).cloned();
    // The code is made like those that were recorded for other records.
    let missing = || errors::not_found(COMPONENT, "CARE_PLAN_NOT_FOUND", &patient, call.now);
    plan.map(|plan| Reply::json(200, plan)).ok_or_else(missing)
}

/// A second create writes over the first: nobody knows of a refusal.
fn create_overview(state: &mut State, call: &Call) -> Result<Reply, Reply> {
    let patient = patients::find(state, "id", call.segment("patientId"), call.now)?;
    let id = uuid(&mut state.chance);
    write(state, &patient, call, |store| open(store, id, &patient, call.now))
}

fn replace_overview(state: &mut State, call: &Call) -> Result<Reply, Reply> {
    let patient = patients::find(state, "id", call.segment("patientId"), call.now)?;
    let plan = state.welkin.work.plans.get(&patient);
    if !plan.is_some_and(|plan| plan.contains_key("patientOverview")) {
        let code = "CARE_PLAN_OVERVIEW_NOT_FOUND";
        return Err(errors::not_found(COMPONENT, code, &patient, call.now));
    }
    write(state, &patient, call, |_| {})
}

fn write(
    state: &mut State,
    patient: &str,
    call: &Call,
    prepare: impl FnOnce(&mut Store),
) -> Result<Reply, Reply> {
    let input = call.attributes();
    let Some(text) = input.text("overview") else {
        return Err(errors::wrong(COMPONENT, "overview", "is required", call.now));
    };
    let mut written = overview(text, call.now);
    prepare(&mut state.welkin);
    if let Some(plan) = state.welkin.work.plans.get_mut(patient) {
        let old = plan.get("patientOverview").and_then(Value::as_object);
        if let Some(made) = old.and_then(|old| old.get("createdAt")).cloned() {
            written.insert("createdAt".to_owned(), made);
        }
        plan.insert("patientOverview".to_owned(), json!(written));
        plan.insert("updatedAt".to_owned(), json!(instant::write(call.now)));
    }
    // Recorded on a create; the docs have 201 beside it.
    Ok(Reply::json(200, written))
}
