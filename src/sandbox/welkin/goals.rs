//! The goals of a care plan.

use jiff::Timestamp;
use serde_json::{Value, json};

use super::care_plans::{open, signed};
use super::pages::Page;
use super::{Collection, Store, errors, goal_tasks, names, patients, tasks};
use crate::sandbox::Handlers;
use crate::sandbox::call::Call;
use crate::sandbox::instant;
use crate::sandbox::record::{Fields, Record, record};
use crate::sandbox::reply::Reply;
use crate::sandbox::state::{State, uuid};

pub const HANDLERS: Handlers =
    &[("goalsList", list), ("goalsCreate", create), ("goalsGet", get), ("goalsUpdate", update)];

pub const COMPONENT: &str = "GOAL";

/// A goal of a patient.
#[derive(Clone)]
pub struct Goal {
    pub patient: String,
    pub record: Record,
    pub comments: Vec<Record>,
}

/// What goals can be made from, by name.
pub fn templates(store: &Store) -> &Collection {
    &store.definitions.current().goal_templates
}

/// A goal that was just made from a template.
pub fn from_template(id: &str, template: &Record, now: Timestamp) -> Record {
    let field = |name: &str| template.get(name).cloned().unwrap_or_default();
    let mut goal = record! { "id": id };
    goal.extend(signed(now));
    goal.extend(record! {
        "name": field("goalName"),
        "type": field("type"),
        "priority": field("priority"),
        "status": "ACTIVE",
        "templateName": field("name"),
    });
    goal
}

/// The tasks that come with a goal, by the names of their templates. Whom a role finds is not
/// documented: the first user who has it, else the contact of the patient.
pub fn template_tasks(
    store: &Store,
    goal: (&str, &str),
    template: &Record,
    now: Timestamp,
    mut id: impl FnMut() -> String,
) -> Vec<Record> {
    let (goal, patient) = goal;
    let tasks = template.list("taskTemplates").iter().filter_map(Value::as_object);
    tasks
        .map(|task| {
            let config = task.get("subjectConfig").and_then(Value::as_object);
            let role = config.and_then(|config| config.text("roleName"));
            let holder = role.and_then(|role| {
                let holds = |user: &Record| {
                    user.list("roles").iter().any(|held| {
                        held.get("permissionName").and_then(Value::as_str) == Some(role)
                    })
                };
                store.users.iter().find(|(_, user)| holds(user)).map(|(id, _)| id.clone())
            });
            let assignee = holder.or_else(|| names::contact(store, patient)).unwrap_or_default();
            let mut made = tasks::blank(&id(), now);
            for (name, value) in [
                ("templateName", task.get("name").cloned().unwrap_or_default()),
                ("name", task.get("name").cloned().unwrap_or_default()),
                ("createdType", json!("AUTOMATION")),
                ("patient", json!(names::patient(store, patient))),
                ("assignee", json!(names::user(store, &assignee))),
                ("author", names::api_client(store)),
                ("goalId", json!(goal)),
            ] {
                made.insert(name.to_owned(), value);
            }
            made
        })
        .collect()
}

/// The goal of the path.
pub fn find<'a>(state: &'a mut State, call: &Call) -> Result<&'a mut Goal, Reply> {
    let patient = patients::find(state, "id", call.segment("patientId"), call.now)?;
    let id = call.segment("goalId");
    let goal = state.welkin.work.goals.get_mut(id).filter(|goal| goal.patient == patient);
    // The code is made like those that were recorded for other records.
    goal.ok_or_else(|| errors::not_found(COMPONENT, "GOAL_NOT_FOUND", id, call.now))
}

fn list(state: &mut State, call: &Call) -> Result<Reply, Reply> {
    let patient = patients::find(state, "id", call.segment("patientId"), call.now)?;
    let goals = state.welkin.work.goals.values().filter(|goal| goal.patient == patient);
    let goals = goals.map(|goal| &goal.record).filter(|goal| {
        call.query("status").is_none_or(|status| goal.text("status") == Some(status))
    });
    Ok(Page::cut(goals.collect(), call, COMPONENT)?.meta_info())
}

fn create(state: &mut State, call: &Call) -> Result<Reply, Reply> {
    let patient = patients::find(state, "id", call.segment("patientId"), call.now)?;
    let wrong = |mistake| errors::wrong(COMPONENT, "goalTemplateName", mistake, call.now);
    let input = call.attributes();
    let name = input.text("goalTemplateName").ok_or_else(|| wrong("is required"))?;
    let template = templates(&state.welkin).get(name).cloned();
    let template = template.ok_or_else(|| wrong("is no template"))?;
    let plan = uuid(&mut state.chance);
    open(&mut state.welkin, plan, &patient, call.now);
    let id = uuid(&mut state.chance);
    let record = from_template(&id, &template, call.now);
    let chance = &mut state.chance;
    let goal = (id.as_str(), patient.as_str());
    for task in template_tasks(&state.welkin, goal, &template, call.now, || uuid(chance)) {
        tasks::keep(&mut state.welkin, task);
    }
    let goal = Goal { patient, record: record.clone(), comments: Vec::new() };
    state.welkin.work.goals.insert(id, goal);
    Ok(Reply::json(201, record))
}

fn get(state: &mut State, call: &Call) -> Result<Reply, Reply> {
    let goal = find(state, call)?.clone();
    let tasks = goal_tasks::of_goal(&state.welkin, goal.record.text("id").unwrap_or_default());
    Ok(Reply::json(
        200,
        json!({ "details": goal.record, "tasks": tasks, "comments": goal.comments }),
    ))
}

fn update(state: &mut State, call: &Call) -> Result<Reply, Reply> {
    let goal = find(state, call)?;
    let known: [(&str, &[&str]); 3] = [
        ("name", &[]),
        ("priority", &["LOW", "MEDIUM", "HIGH"]),
        ("status", &["ACTIVE", "REMOVED", "COMPLETED"]),
    ];
    let input = call.attributes();
    let mut record = goal.record.clone();
    for (name, values) in known {
        let Some(value) = input.get(name) else {
            continue;
        };
        let right =
            value.as_str().is_some_and(|value| values.is_empty() || values.contains(&value));
        if !right {
            return Err(errors::wrong(COMPONENT, name, "is not valid", call.now));
        }
        record.insert(name.to_owned(), value.clone());
    }
    record.insert("updatedAt".to_owned(), json!(instant::write(call.now)));
    goal.record = record.clone();
    Ok(Reply::json(200, record))
}
