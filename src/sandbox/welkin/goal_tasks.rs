//! Tasks of goals: tasks like all others, but for the shape of their comments.

use serde_json::{Value, json};

use super::{Store, goals, names, tasks};
use crate::sandbox::Handlers;
use crate::sandbox::call::Call;
use crate::sandbox::record::{Fields, Record};
use crate::sandbox::reply::Reply;
use crate::sandbox::state::State;

pub const HANDLERS: Handlers = &[("goalTasksList", list), ("goalTasksCreate", create)];

/// The tasks of a goal.
pub fn of_goal(store: &Store, goal: &str) -> Vec<Record> {
    let tasks = store.work.tasks.values().filter(|task| task.text("goalId") == Some(goal));
    tasks.map(view).collect()
}

/// A task as the calls of goals tell it: its comments name who wrote them without an `author`.
fn view(task: &Record) -> Record {
    let mut task = task.clone();
    let comments = task.list("comments").iter().map(|comment| {
        let field = |name: &str| comment.get(name).cloned().unwrap_or_default();
        let author = comment.pointer("/author/name").cloned().unwrap_or_default();
        json!({
            "id": field("id"),
            "createdByName": author,
            "createdAt": field("createdAt"),
            "updatedByName": author,
            "updatedAt": field("createdAt"),
            "text": field("text"),
        })
    });
    let comments: Value = comments.collect();
    task.insert("comments".to_owned(), comments);
    task
}

/// The documented sample is a copied list of comments: these are the tasks inside the goal.
fn list(state: &mut State, call: &Call) -> Result<Reply, Reply> {
    let goal = goals::find(state, call)?.record.text("id").unwrap_or_default().to_owned();
    Ok(Reply::json(200, json!(of_goal(&state.welkin, &goal))))
}

/// Nothing is required here. Docs leave open whether the answer is the task or an array: it is the
/// task, with the documented status, as from the plain call for tasks.
fn create(state: &mut State, call: &Call) -> Result<Reply, Reply> {
    let goal = goals::find(state, call)?;
    let (goal, patient) = (goal.record.get("id").cloned(), goal.patient.clone());
    let mut input = call.attributes();
    let contact = names::contact(&state.welkin, &patient);
    for (name, value) in [
        ("name", json!("")),
        ("status", json!("TODO")),
        ("priority", json!("MEDIUM")),
        ("assignee", json!({ "id": contact })),
        ("patient", json!({ "id": patient })),
    ] {
        let held = input.entry(name).or_insert(Value::Null);
        if held.is_null() {
            *held = value;
        }
    }
    let mut task = tasks::make(state, &input, call)?;
    task.insert("goalId".to_owned(), goal.unwrap_or_default());
    tasks::keep(&mut state.welkin, task.clone());
    Ok(Reply::json(200, view(&task)))
}
