//! Records of custom data types.

use serde_json::Value;

use super::cdt_formations::{CDT, is_common};
use super::custom_data::{DataRecord, fields, is_list};
use super::pages::Page;
use super::{errors, patients};
use crate::sandbox::Handlers;
use crate::sandbox::call::Call;
use crate::sandbox::order::{equals, same};
use crate::sandbox::record::{Fields, Record, record};
use crate::sandbox::reply::Reply;
use crate::sandbox::state::{State, uuid};

pub const HANDLERS: Handlers = &[
    ("cdtRecordsList", list),
    ("cdtRecordsCreate", create),
    ("cdtRecordsBulkUpdate", bulk_update),
    ("cdtRecordsGet", get),
    ("cdtRecordsUpdate", update),
    ("cdtRecordsDelete", delete),
];

const COMPONENT: &str = "CDT";

/// The patient and the CDT of the path. Documents and the like, whose CDTs are of another relation,
/// have calls of their own.
fn place(state: &State, call: &Call) -> Result<(String, Record), Reply> {
    let patient = patients::find(state, "id", call.segment("patientId"), call.now)?;
    let name = call.segment(CDT.parameter);
    let cdt = CDT.published(state, name, call)?;
    if !is_common(&cdt) {
        return Err(errors::not_found(COMPONENT, CDT.code, name, call.now));
    }
    Ok((patient, cdt))
}

fn wrong(field: &str, mistake: &str, call: &Call) -> Reply {
    errors::wrong(COMPONENT, field, mistake, call.now)
}

fn list(state: &mut State, call: &Call) -> Result<Reply, Reply> {
    let (patient, cdt) = place(state, call)?;
    let name = cdt.text("name").unwrap_or_default();
    // Which keys a record of this CDT has, the system's too.
    let blank = DataRecord::blank("", "", &cdt, 0, "", call.now).body;
    let shown = call.list("fields");
    if shown.iter().flatten().any(|field| !blank.contains_key(*field)) {
        return Err(wrong("fields", "names an unknown field", call));
    }
    let filter = filter(&blank, call)?;
    let records = state.welkin.cdt_records.values().filter(|record| {
        record.is_of(&patient, name)
            && record.is_in_range(call)
            && filter.as_ref().is_none_or(|(field, values)| {
                record.body.get(*field).is_some_and(|held| is_one_of(held, values))
            })
    });
    let page = Page::cut(records.map(|record| &record.body).collect(), call, COMPONENT)?;
    let page = page.map(|mut body| {
        let id = body.text("id").unwrap_or_default().to_owned();
        if let Some(shown) = &shown {
            // The keys of the system are in every body.
            let custom = |name: &str| fields(&cdt).any(|field| field.text("name") == Some(name));
            body.retain(|name, _| shown.contains(&name.as_str()) || !custom(name));
        }
        let record = state.welkin.cdt_records.get(&id);
        record.map(|record| record.answer(body)).unwrap_or_default()
    });
    Ok(page.named_spring(name))
}

/// The filter of the query: a key of `jsonBody`, and values of which the record holds one.
fn filter<'a>(blank: &Record, call: &'a Call) -> Result<Option<(&'a str, Vec<&'a str>)>, Reply> {
    let Some(filter) = call.query("filters").filter(|filter| !filter.is_empty()) else {
        return Ok(None);
    };
    match filter.split_once('=') {
        Some((field, values)) if blank.contains_key(field) => {
            Ok(Some((field, values.split(',').collect())))
        }
        _ => Err(wrong("filters", "is not valid", call)),
    }
}

fn is_one_of(held: &Value, values: &[&str]) -> bool {
    match held {
        Value::Null => false,
        Value::Array(held) => held.iter().any(|held| is_one_of(held, values)),
        Value::String(text) => values.iter().any(|value| same(text, value)),
        other => values.iter().any(|value| equals(other, value)),
    }
}

/// Only the reading of one record knows `type`.
fn get(state: &mut State, call: &Call) -> Result<Reply, Reply> {
    let (patient, cdt) = place(state, call)?;
    let key = match call.query("type") {
        None | Some("ID") => "id",
        Some("EID") => "external_id",
        Some("EGUID") => "external_guid",
        Some(_) => return Err(wrong("type", "is not valid", call)),
    };
    let found = find(state, &patient, &cdt, key, call.segment("cdtRecordId"), call)?;
    Ok(Reply::json(200, found.answer(found.body.clone())))
}

fn find(
    state: &State,
    patient: &str,
    cdt: &Record,
    key: &str,
    value: &str,
    call: &Call,
) -> Result<DataRecord, Reply> {
    let name = cdt.text("name").unwrap_or_default();
    let mut records = state.welkin.cdt_records.values();
    records
        .find(|record| record.is_of(patient, name) && record.body.text(key) == Some(value))
        .cloned()
        .ok_or_else(|| errors::not_found(COMPONENT, "DT_RECORD_NOT_FOUND", value, call.now))
}

/// Of a CDT for single records a patient has one at most. How a second one is refused was never
/// seen.
fn create(state: &mut State, call: &Call) -> Result<Reply, Reply> {
    let (patient, cdt) = place(state, call)?;
    let name = cdt.text("name").unwrap_or_default();
    let has = || state.welkin.cdt_records.values().any(|record| record.is_of(&patient, name));
    if cdt.text("type") == Some("SINGLE_RECORD") && has() {
        return Err(wrong(CDT.parameter, "has a record already", call));
    }
    let id = uuid(&mut state.chance);
    let version = state.welkin.definitions.version();
    let author = &state.welkin.api_client;
    let record = DataRecord::blank(&id, &patient, &cdt, version, author, call.now);
    let record = keep(state, record, &cdt, &call.attributes(), call)?;
    Ok(Reply::json(201, record.answer(record.body.clone())))
}

fn update(state: &mut State, call: &Call) -> Result<Reply, Reply> {
    let (patient, cdt) = place(state, call)?;
    let record = find(state, &patient, &cdt, "id", call.segment("cdtRecordId"), call)?;
    let record = keep(state, record, &cdt, &call.attributes(), call)?;
    Ok(Reply::json(200, record.answer(record.body.clone())))
}

fn keep(
    state: &mut State,
    record: DataRecord,
    cdt: &Record,
    input: &Record,
    call: &Call,
) -> Result<DataRecord, Reply> {
    let record = record
        .write(cdt, input, call.now)
        .map_err(|mistakes| errors::invalid(COMPONENT, mistakes, call.now))?;
    for key in ["external_id", "external_guid"] {
        let taken = record.body.text(key).is_some_and(|value| {
            state.welkin.cdt_records.values().any(|other| {
                other.id() != record.id()
                    && other.is_of(&record.patient, &record.cdt)
                    && other.body.text(key) == Some(value)
            })
        });
        if taken {
            return Err(wrong(key, "is taken", call));
        }
    }
    state.welkin.cdt_records.insert(record.id().to_owned(), record.clone());
    Ok(record)
}

/// 200 whatever becomes of the rows: each tells its own result.
fn bulk_update(state: &mut State, call: &Call) -> Result<Reply, Reply> {
    let (patient, cdt) = place(state, call)?;
    let input = call.attributes();
    let Some(rows) = input.get("rows").and_then(Value::as_array) else {
        return Err(wrong("rows", "is required", call));
    };
    let mut results = Vec::new();
    for row in rows.iter().filter_map(Value::as_object) {
        let id = row.text("id").unwrap_or_default();
        let change = row.get("jsonBody").and_then(Value::as_object).cloned().unwrap_or_default();
        let (body, status, content) = match update_row(state, &patient, &cdt, id, &change, call) {
            Ok(body) => (body, "OK", Value::Null),
            // Neither the word nor the content of a failure was ever seen: the sandbox puts there
            // what the call for a single record would answer.
            Err(reply) => (change, "ERROR", reply.body.unwrap_or_default()),
        };
        results.push(record! {
            "id": id,
            "jsonBody": body,
            "result": { "status": status, "content": content },
        });
    }
    Ok(Reply::json(200, record! { "rows": results }))
}

/// Only list fields that are open to it can be changed in bulk.
fn update_row(
    state: &mut State,
    patient: &str,
    cdt: &Record,
    id: &str,
    change: &Record,
    call: &Call,
) -> Result<Record, Reply> {
    let record = find(state, patient, cdt, "id", id, call)?;
    let is_open = |name: &str| {
        let mut fields = fields(cdt);
        let field = fields.find(|field| field.text("name") == Some(name));
        field.is_some_and(|field| field.flag("bulkEdit") && is_list(field))
    };
    if let Some(closed) = change.keys().find(|name| !is_open(name)) {
        return Err(wrong(closed, "cannot be changed in bulk", call));
    }
    Ok(keep(state, record, cdt, change, call)?.body)
}

fn delete(state: &mut State, call: &Call) -> Result<Reply, Reply> {
    let (patient, cdt) = place(state, call)?;
    let record = find(state, &patient, &cdt, "id", call.segment("cdtRecordId"), call)?;
    state.welkin.cdt_records.shift_remove(record.id());
    Ok(Reply::empty(200))
}
