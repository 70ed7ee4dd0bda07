//! What Welkin writes down of everything that is done.
//!
//! The one place that sees every operation succeed asks here; no handler knows of it.

use std::collections::VecDeque;

use serde_json::{Value, json};

use super::pages::Page;
use super::{Store, auth, names};
use crate::sandbox::call::Call;
use crate::sandbox::instant;
use crate::sandbox::order::{holds, same};
use crate::sandbox::record::{Fields, Record, record};
use crate::sandbox::reply::Reply;
use crate::sandbox::state::State;

/// The three logs, oldest entry first.
#[derive(Default)]
pub struct Audit {
    pub data: VecDeque<Record>,
    pub security: VecDeque<Record>,
    pub webhook: VecDeque<Record>,
}

/// A log keeps so many entries, so that a long run does not fill the memory.
const MOST: usize = 10_000;

fn enter(log: &mut VecDeque<Record>, entry: Record) {
    if log.len() >= MOST {
        log.pop_front();
    }
    log.push_back(entry);
}

/// What an operation writes down.
enum Trace {
    /// Data of this kind changed; the answer holds the record, or several.
    Data(&'static str, &'static str),
    /// Data vanished, which the other operation can still read before.
    Gone(&'static str, &'static str, &'static str),
    /// A token was given out.
    Token,
    /// The access of a user changed.
    Access,
}

/// Only subtypes that a source shows: that a patient was made, or a task changed, is in no log that
/// anybody saw.
fn trace(operation: &str) -> Option<Trace> {
    Some(match operation {
        "patientsUpdate" => Trace::Data("PATIENT", "PATIENT_UPDATED"),
        "cdtRecordsCreate" => Trace::Data("CDT", "CDT_CREATED"),
        "cdtRecordsUpdate" | "cdtRecordsBulkUpdate" => Trace::Data("CDT", "CDT_UPDATED"),
        "cdtRecordsDelete" => Trace::Gone("CDT", "CDT_DELETED", "cdtRecordsGet"),
        "tasksCreate" | "goalTasksCreate" => Trace::Data("TASK", "TASK_CREATED"),
        "authCreateToken" | "authCreateLegacyToken" => Trace::Token,
        "userAppAccessesReplace" => Trace::Access,
        _ => return None,
    })
}

/// The only subtype of the security log that a source shows: a token that is given out goes by it
/// too.
const ACCESS: &str = "USER_ACCESS_UPDATED";

/// The record that an operation is about to delete, as the call that reads it tells it.
pub fn doomed(state: &mut State, call: &Call) -> Option<Record> {
    let Some(Trace::Gone(_, _, get)) = trace(call.operation.id) else {
        return None;
    };
    let (_, get) = super::find(get)?;
    get(state, call).ok()?.body?.as_object().cloned()
}

/// Writes down that an operation succeeded.
pub fn note(state: &mut State, call: &Call, doomed: Option<Record>, reply: &Reply) {
    let store = &mut state.welkin;
    let body = reply.body.as_ref();
    match trace(call.operation.id) {
        Some(Trace::Data(entity, subtype)) => {
            for record in records(store, entity, body) {
                let entry = data_entry(store, call, (entity, subtype), record);
                enter(&mut store.audit.data, entry);
            }
        }
        Some(Trace::Gone(entity, subtype, _)) => {
            let entry = data_entry(store, call, (entity, subtype), doomed.unwrap_or_default());
            enter(&mut store.audit.data, entry);
        }
        Some(Trace::Token) => {
            // The token itself is nobody's business.
            let client = call.segment("apiClientName");
            let attributes = call.attributes();
            let client = Some(client).filter(|client| !client.is_empty());
            let client = client.or(attributes.text("apiClient")).unwrap_or_default();
            let object = (client, store.api_client.clone(), "API_CLIENT", names::API_CLIENT);
            let record = record! { "clientName": client, "enabled": true };
            let entry = security_entry(store, call, client, object, (ACCESS, record));
            enter(&mut store.audit.security, entry);
        }
        Some(Trace::Access) => {
            let record = body.and_then(Value::as_object).cloned().unwrap_or_default();
            let id = record.text("userId").unwrap_or_default().to_owned();
            let user = store.users.get(&id).cloned().unwrap_or_default();
            let (username, name) =
                (user.text("username").unwrap_or_default(), names::full_name(&user));
            let object = (username, id, "USER", name.as_str());
            let client = auth::client(call).unwrap_or_default();
            let change = (ACCESS, record);
            let entry = security_entry(store, call, &client, object, change);
            enter(&mut store.audit.security, entry);
        }
        None => {}
    }
}

/// The records that an answer holds: one, an array, or the rows of a bulk change that went well.
fn records(store: &Store, entity: &str, body: Option<&Value>) -> Vec<Record> {
    let rows = body.and_then(|body| body.get("rows").or(Some(body)));
    let records = match rows {
        Some(Value::Array(rows)) => rows.iter().collect(),
        Some(row) => vec![row],
        None => Vec::new(),
    };
    let records = records.into_iter().filter_map(Value::as_object);
    let went_well = |row: &&Record| {
        let status = row.get("result").and_then(|result| result.get("status"));
        status.is_none_or(|status| status == "OK")
    };
    records
        .filter(went_well)
        .map(|record| {
            let mut record = record.clone();
            if entity == "TASK" {
                // Seen in audits only.
                record.extend(record! {
                    "createdBy": store.api_client,
                    "createdByName": names::API_CLIENT,
                    "updatedBy": store.api_client,
                    "updatedByName": names::API_CLIENT,
                });
            }
            record
        })
        .collect()
}

/// The patient is left out of an entry on a task of nobody.
fn data_entry(
    store: &Store,
    call: &Call,
    (entity, subtype): (&str, &str),
    record: Record,
) -> Record {
    let patient = match entity {
        "PATIENT" => record.text("id"),
        "TASK" => record.get("patient").and_then(|patient| patient.get("id")?.as_str()),
        _ => record.text("patientId").or(Some(call.segment("patientId"))),
    };
    let mut entry = record! { "eventEntity": entity };
    entry.extend(subject(store, &auth::client(call).unwrap_or_default()));
    if let Some((id, patient)) = patient.and_then(|id| store.patients.get_key_value(id)) {
        entry.insert("patientFullName".to_owned(), json!(names::full_name(patient)));
        entry.insert("patientId".to_owned(), json!(id));
    }
    entry.insert("instance".to_owned(), json!(call.segment("instanceName")));
    if entity == "CDT" {
        entry.insert("cdtName".to_owned(), json!(call.segment("cdtName")));
        entry.insert("cdtRelation".to_owned(), json!("COMMON"));
    }
    entry.extend(record! {
        "eventSubtype": subtype,
        "sentAt": instant::write(call.now),
        "record": record,
    });
    entry
}

fn subject(store: &Store, client: &str) -> Record {
    record! {
        "subjectUsername": client,
        "subjectUserId": store.api_client,
        "subjectActor": "API_CLIENT",
        "subjectFullName": names::API_CLIENT,
    }
}

fn security_entry(
    store: &Store,
    call: &Call,
    client: &str,
    (username, id, actor, name): (&str, String, &str, &str),
    (subtype, record): (&str, Record),
) -> Record {
    let mut entry = record! { "sentAt": instant::write(call.now) };
    entry.extend(subject(store, client));
    entry.extend(record! {
        "objectUsername": username,
        "objectUserId": id,
        "objectActor": actor,
        "objectFullName": name,
        "eventSubtype": subtype,
        "record": record,
    });
    entry
}

/// A filter of a log: the parameter, the field that it looks at, and how.
pub type Filter = (&'static str, &'static str, fn(&str, &str) -> bool);

/// The value as it is.
pub const IS: fn(&str, &str) -> bool = |held, asked| held == asked;
/// The value, whatever the case.
pub const SAME: fn(&str, &str) -> bool = same;
/// A part of the value.
pub const PART: fn(&str, &str) -> bool = holds;

/// Answers with the entries that the query asks for; `dateStart` and `dateEnd` belong to the range.
/// The docs sort by a `createdAt` that no entry has: it stands for `sentAt`.
pub fn list(
    log: &VecDeque<Record>,
    filters: &[Filter],
    call: &Call,
    component: &str,
) -> Result<Reply, Reply> {
    let (start, end) = (call.instant("dateStart"), call.instant("dateEnd"));
    let is_asked_for = |entry: &&Record| {
        let sent = entry.text("sentAt").and_then(instant::read).unwrap_or_default();
        start.is_none_or(|start| sent >= start)
            && end.is_none_or(|end| sent <= end)
            && filters.iter().all(|(name, field, matches)| {
                call.query(name)
                    .is_none_or(|asked| entry.text(field).is_some_and(|held| matches(held, asked)))
            })
    };
    let dated: Vec<Record> = log
        .iter()
        .filter(is_asked_for)
        .map(|entry| {
            let mut entry = entry.clone();
            let sent = entry.get("sentAt").cloned().unwrap_or_default();
            entry.insert("createdAt".to_owned(), sent);
            entry
        })
        .collect();
    let page = Page::cut(dated.iter().collect(), call, component)?;
    let page = page.map(|mut entry| {
        entry.shift_remove("createdAt");
        entry
    });
    Ok(page.meta_info())
}
