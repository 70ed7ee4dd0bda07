//! Tasks.

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use serde_json::{Value, json};

use super::pages::Page;
use super::{Store, errors, names};
use crate::sandbox::Handlers;
use crate::sandbox::call::Call;
use crate::sandbox::instant;
use crate::sandbox::order::holds;
use crate::sandbox::record::{Fields, Record, record};
use crate::sandbox::reply::Reply;
use crate::sandbox::state::{State, uuid};

pub const HANDLERS: Handlers = &[
    ("tasksList", list),
    ("tasksCreate", create),
    ("tasksBulkUpdateStatus", bulk_update_status),
    ("tasksGet", get),
    ("tasksUpdate", update),
    ("tasksAddWatcher", add_watcher),
    ("tasksRemoveWatcher", remove_watcher),
    ("tasksAddComment", add_comment),
    ("tasksRemoveComment", remove_comment),
];

const COMPONENT: &str = "TASK";
/// One L, unlike the status of an event.
const STATUSES: &[&str] = &["TODO", "IN_PROGRESS", "COMPLETED", "CANCELED"];
const PRIORITIES: &[&str] = &["LOW", "MEDIUM", "HIGH", "URGENT"];

/// A task that was just made.
pub fn blank(id: &str, now: Timestamp) -> Record {
    let now = instant::write(now);
    record! {
        "id": id,
        "createdAt": now,
        "updatedAt": now,
        "name": "",
        "description": "",
        "dueDate": null,
        "status": "TODO",
        "priority": "MEDIUM",
        "patient": null,
        "assignee": null,
        "author": null,
        "watchers": [],
        "comments": [],
    }
}

/// Stores a task.
pub fn keep(store: &mut Store, task: Record) {
    store.work.tasks.insert(task.text("id").unwrap_or_default().to_owned(), task);
}

/// The id behind a reference inside a task.
fn reference<'a>(task: &'a Record, name: &str) -> Option<&'a str> {
    task.get(name)?.get("id")?.as_str()
}

fn list(state: &mut State, call: &Call) -> Result<Reply, Reply> {
    let tasks = state.welkin.work.tasks.values().filter(|task| is_asked_for(task, call));
    Ok(Page::cut(tasks.collect(), call, COMPONENT)?.meta_info())
}

fn is_asked_for(task: &Record, call: &Call) -> bool {
    let points_at = |field: &str, id: &str| reference(task, field) == Some(id);
    let watched_by = |id: &str| {
        task.list("watchers").iter().any(|one| one.get("id").and_then(Value::as_str) == Some(id))
    };
    let is = |field: &str, name: &str| call.query(name).is_none_or(|id| points_at(field, id));
    let one_of = |name: &str| {
        let held = task.text(name).unwrap_or_default();
        call.list(name).is_none_or(|asked| asked.contains(&held))
    };
    let part = |fields: &[&str], name: &str| {
        call.query(name).is_none_or(|part| {
            fields.iter().filter_map(|field| task.text(field)).any(|text| holds(text, part))
        })
    };
    let due = task.text("dueDate").and_then(instant::read).map(day);
    let asked_day = |name: &str| call.instant(name).map(day);
    is("assignee", "assigneeId")
        && is("patient", "patientId")
        && is("author", "authorId")
        && call.query("watcherId").is_none_or(watched_by)
        && call.query("relatedUserId").is_none_or(|id| points_at("assignee", id) || watched_by(id))
        && one_of("status")
        && one_of("priority")
        && asked_day("dueDate").is_none_or(|asked| due == Some(asked))
        && asked_day("dueBefore").is_none_or(|asked| due.is_some_and(|due| due <= asked))
        && part(&["description"], "description")
        && part(&["name", "description"], "search")
}

/// Due dates count by the day, in UTC.
fn day(at: Timestamp) -> Date {
    at.to_zoned(TimeZone::UTC).date()
}

/// The code is made like those that were recorded for other records.
fn missing(code: &str, id: &str, call: &Call) -> Reply {
    errors::not_found(COMPONENT, code, id, call.now)
}

fn find<'a>(state: &'a mut State, call: &Call) -> Result<&'a mut Record, Reply> {
    let id = call.segment("taskId");
    state.welkin.work.tasks.get_mut(id).ok_or_else(|| missing("TASK_NOT_FOUND", id, call))
}

fn get(state: &mut State, call: &Call) -> Result<Reply, Reply> {
    Ok(Reply::json(200, find(state, call)?.clone()))
}

fn create(state: &mut State, call: &Call) -> Result<Reply, Reply> {
    let task = make(state, &call.attributes(), call)?;
    keep(&mut state.welkin, task.clone());
    Ok(Reply::json(201, task))
}

/// Makes a task without keeping it.
pub fn make(state: &mut State, input: &Record, call: &Call) -> Result<Record, Reply> {
    let mut task = blank(&uuid(&mut state.chance), call.now);
    let author = names::api_client(&state.welkin);
    task.insert("author".to_owned(), author.clone());
    let mut watchers = Vec::new();
    for watcher in input.list("watchers") {
        let id = watcher.get("id").and_then(Value::as_str).unwrap_or_default();
        let user = names::user(&state.welkin, id);
        watchers.push(user.ok_or_else(|| wrong("watchers", "names no user", call))?);
    }
    task.insert("watchers".to_owned(), Value::Array(watchers));
    let mut comments = Vec::new();
    for text in input.list("comments") {
        let text = text.get("text").and_then(Value::as_str).unwrap_or_default();
        comments.push(comment(uuid(&mut state.chance), author.clone(), text, call.now));
    }
    task.insert("comments".to_owned(), Value::Array(comments));
    if let Some(template) = input.text("templateName") {
        task.insert("templateName".to_owned(), json!(template));
    }
    write(&state.welkin, task, input, call)
}

fn wrong(field: &str, mistake: &str, call: &Call) -> Reply {
    errors::wrong(COMPONENT, field, mistake, call.now)
}

/// A comment as the calls of tasks tell it.
pub fn comment(id: String, author: Value, text: &str, now: Timestamp) -> Value {
    json!({ "id": id, "createdAt": instant::write(now), "author": author, "text": text })
}

fn update(state: &mut State, call: &Call) -> Result<Reply, Reply> {
    let task = find(state, call)?.clone();
    let task = write(&state.welkin, task, &call.attributes(), call)?;
    keep(&mut state.welkin, task.clone());
    Ok(Reply::json(200, task))
}

fn write(store: &Store, mut task: Record, input: &Record, call: &Call) -> Result<Record, Reply> {
    for name in ["name", "description", "dueDate", "status", "priority", "patient", "assignee"] {
        let Some(value) = input.get(name) else {
            continue;
        };
        let id = value.get("id").and_then(Value::as_str).unwrap_or_default();
        let text = value.as_str().unwrap_or_default();
        let value = match name {
            "status" if !STATUSES.contains(&text) => return Err(wrong(name, "is not valid", call)),
            "priority" if !PRIORITIES.contains(&text) => {
                return Err(wrong(name, "is not valid", call));
            }
            "dueDate" if !value.is_null() => {
                let due = instant::read(text).ok_or_else(|| wrong(name, "is not valid", call))?;
                json!(instant::write(due))
            }
            "patient" if !value.is_null() => {
                names::patient(store, id).ok_or_else(|| wrong(name, "is no patient", call))?
            }
            "assignee" => names::user(store, id).ok_or_else(|| wrong(name, "is no user", call))?,
            // Unset, this one is no null.
            "description" => json!(text),
            _ => value.clone(),
        };
        task.insert(name.to_owned(), value);
    }
    task.insert("updatedAt".to_owned(), json!(instant::write(call.now)));
    Ok(task)
}

/// All or nothing: an id that nobody has changes no task.
fn bulk_update_status(state: &mut State, call: &Call) -> Result<Reply, Reply> {
    let input = call.attributes();
    let ids: Vec<&str> = input.list("taskIds").iter().filter_map(Value::as_str).collect();
    let change = record! { "status": input.get("status") };
    let mut changed = Vec::new();
    for id in ids {
        let task = state.welkin.work.tasks.get(id).cloned();
        let task = task.ok_or_else(|| missing("TASK_NOT_FOUND", id, call))?;
        changed.push(write(&state.welkin, task, &change, call)?);
    }
    for task in &changed {
        keep(&mut state.welkin, task.clone());
    }
    Ok(Reply::json(200, json!(changed)))
}

/// Whether a new watcher takes the place of the others is not known: here they stay.
fn add_watcher(state: &mut State, call: &Call) -> Result<Reply, Reply> {
    let input = call.attributes();
    let id = input.text("id").unwrap_or_default();
    let user = names::user(&state.welkin, id);
    let task = find(state, call)?;
    let user = user.ok_or_else(|| wrong("id", "is no user", call))?;
    let mut watchers = task.list("watchers").to_vec();
    if !watchers.contains(&user) {
        watchers.push(user);
    }
    Ok(Reply::json(200, changed(task, "watchers", watchers, call)))
}

fn remove_watcher(state: &mut State, call: &Call) -> Result<Reply, Reply> {
    let left = without(state, "watchers", "watcherId", "WATCHER_NOT_FOUND", call)?;
    Ok(Reply::json(200, changed(find(state, call)?, "watchers", left, call)))
}

fn add_comment(state: &mut State, call: &Call) -> Result<Reply, Reply> {
    let id = uuid(&mut state.chance);
    let author = names::api_client(&state.welkin);
    let task = find(state, call)?;
    let input = call.attributes();
    let Some(text) = input.text("text").filter(|text| !text.is_empty()) else {
        return Err(wrong("text", "is required", call));
    };
    let mut comments = task.list("comments").to_vec();
    comments.push(comment(id, author, text, call.now));
    Ok(Reply::json(200, changed(task, "comments", comments, call)))
}

/// Unlike its siblings this one is documented with the task in an array.
fn remove_comment(state: &mut State, call: &Call) -> Result<Reply, Reply> {
    let left = without(state, "comments", "commentId", "COMMENT_NOT_FOUND", call)?;
    Ok(Reply::json(200, json!([changed(find(state, call)?, "comments", left, call)])))
}

/// A list of a task without the one whose id the path names.
fn without(
    state: &mut State,
    list: &str,
    segment: &str,
    code: &str,
    call: &Call,
) -> Result<Vec<Value>, Reply> {
    let id = call.segment(segment);
    let mut left = find(state, call)?.list(list).to_vec();
    let before = left.len();
    left.retain(|one| one.get("id").and_then(Value::as_str) != Some(id));
    if left.len() == before { Err(missing(code, id, call)) } else { Ok(left) }
}

/// Changes the watchers or the comments, and answers as the docs do: the other list is left out.
fn changed(task: &mut Record, list: &str, value: Vec<Value>, call: &Call) -> Record {
    task.insert(list.to_owned(), Value::Array(value));
    task.insert("updatedAt".to_owned(), json!(instant::write(call.now)));
    let other = if list == "watchers" { "comments" } else { "watchers" };
    let mut answer = task.clone();
    answer.shift_remove(other);
    answer
}
