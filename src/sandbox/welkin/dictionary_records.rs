//! The rows of dictionaries.

use indexmap::IndexMap;
use jiff::Timestamp;
use serde_json::{Value, json};

use super::dictionary_formations::DICTIONARY;
use super::{Collection, errors};
use crate::sandbox::Handlers;
use crate::sandbox::call::Call;
use crate::sandbox::instant;
use crate::sandbox::record::{Fields, Record, record};
use crate::sandbox::reply::Reply;
use crate::sandbox::state::{State, uuid};

pub const HANDLERS: Handlers = &[
    ("dictionaryRecordsList", list),
    ("dictionaryRecordsAdd", add),
    ("dictionaryRecordsReplaceAll", replace_all),
    ("dictionaryRecordsGet", get),
    ("dictionaryRecordsReplace", replace),
    ("dictionaryRecordsDelete", delete),
];

/// The rows of each published dictionary.
pub type Dictionaries = IndexMap<String, Dictionary>;

pub struct Dictionary {
    pub rows: Collection,
    pub updated: Timestamp,
}

const COMPONENT: &str = "DICTIONARY";

/// A row: the values of its fields, and all of them in one text. What stands between them there was
/// never seen.
pub fn row(id: &str, definition: &Record, values: &Record, now: Timestamp) -> Record {
    let fields = definition.list("fields").iter().filter_map(|field| field.get("name")?.as_str());
    let full = fields.filter_map(|name| values.text(name)).collect::<Vec<&str>>().join(" ");
    let now = instant::write(now);
    record! {
        "id": id,
        "createdAt": now,
        "updatedAt": now,
        "fullValue": full,
        "deleted": false,
        "values": values,
    }
}

fn list(state: &mut State, call: &Call) -> Result<Reply, Reply> {
    DICTIONARY.published(state, name(call), call)?;
    let (from, to) = (call.instant("dateStart"), call.instant("dateEnd"));
    let is_asked_for = |row: &&Record| {
        let updated = row.text("updatedAt").and_then(instant::read).unwrap_or_default();
        (call.flag("showDeleted") || !row.flag("deleted"))
            && from.is_none_or(|from| updated >= from)
            && to.is_none_or(|to| updated < to)
    };
    let dictionary = state.welkin.dictionaries.get(name(call));
    let rows = dictionary.iter().flat_map(|dictionary| dictionary.rows.values());
    Ok(envelope(state, call, 200, rows.filter(is_asked_for).cloned().collect()))
}

fn name<'a>(call: &'a Call) -> &'a str {
    call.segment(DICTIONARY.parameter)
}

fn envelope(state: &State, call: &Call, status: u16, rows: Vec<Record>) -> Reply {
    let updated = state.welkin.dictionaries.get(name(call)).map(|dictionary| dictionary.updated);
    let dictionary = record! {
        "dictionaryName": name(call),
        "lastUpdatedAt": instant::write(updated.unwrap_or_default()),
        "records": rows,
    };
    Reply::json(status, dictionary)
}

/// Answers with the added rows only.
fn add(state: &mut State, call: &Call) -> Result<Reply, Reply> {
    let rows = read(state, call)?;
    keep(state, call, |held| held.extend(rows.iter().cloned().map(by_id)));
    Ok(envelope(state, call, 201, rows))
}

/// The rows that were there are gone, not flagged as deleted. 201, as documented.
fn replace_all(state: &mut State, call: &Call) -> Result<Reply, Reply> {
    let rows = read(state, call)?;
    keep(state, call, |held| *held = rows.iter().cloned().map(by_id).collect());
    Ok(envelope(state, call, 201, rows))
}

fn by_id(row: Record) -> (String, Record) {
    (row.text("id").unwrap_or_default().to_owned(), row)
}

/// The rows that the caller sent: all of them, or a mistake.
fn read(state: &mut State, call: &Call) -> Result<Vec<Record>, Reply> {
    let definition = writable(state, call)?;
    let input = call.attributes();
    let Some(rows) = input.get("records").and_then(Value::as_array) else {
        return Err(errors::wrong(COMPONENT, "records", "is required", call.now));
    };
    let values: Result<Vec<&Record>, Reply> =
        rows.iter().map(|row| values(&definition, row.get("values"), call)).collect();
    let chance = &mut state.chance;
    Ok(values?
        .into_iter()
        .map(|values| row(&uuid(chance), &definition, values, call.now))
        .collect())
}

/// The definition of the dictionary in the path. `timezone` accepts no rows.
fn writable(state: &State, call: &Call) -> Result<Record, Reply> {
    let definition = DICTIONARY.published(state, name(call), call)?;
    if name(call) == "timezone" {
        return Err(errors::wrong(COMPONENT, DICTIONARY.parameter, "accepts no rows", call.now));
    }
    Ok(definition)
}

/// The values of a row; each belongs to a field of the dictionary.
fn values<'a>(
    definition: &Record,
    values: Option<&'a Value>,
    call: &Call,
) -> Result<&'a Record, Reply> {
    let wrong = |mistake| errors::wrong(COMPONENT, "values", mistake, call.now);
    let values = values.and_then(Value::as_object).ok_or_else(|| wrong("is required"))?;
    let is_field = |name: &String| {
        definition.list("fields").iter().any(|field| field.get("name") == Some(&json!(name)))
    };
    if values.is_empty() || !values.keys().all(is_field) {
        return Err(wrong("must be of the fields of the dictionary"));
    }
    Ok(values)
}

fn keep(state: &mut State, call: &Call, change: impl FnOnce(&mut Collection)) {
    if let Some(dictionary) = state.welkin.dictionaries.get_mut(name(call)) {
        change(&mut dictionary.rows);
        dictionary.updated = call.now;
    }
}

/// A row; one that is flagged as deleted can still be read.
fn find(state: &State, call: &Call) -> Result<Record, Reply> {
    DICTIONARY.published(state, name(call), call)?;
    let id = call.segment("dictionaryRecordId");
    let found = state.welkin.dictionaries.get(name(call)).and_then(|held| held.rows.get(id));
    // The code is made like those that were recorded for other records.
    found
        .cloned()
        .ok_or_else(|| errors::not_found(COMPONENT, "DICTIONARY_RECORD_NOT_FOUND", id, call.now))
}

fn get(state: &mut State, call: &Call) -> Result<Reply, Reply> {
    Ok(Reply::json(200, find(state, call)?))
}

fn replace(state: &mut State, call: &Call) -> Result<Reply, Reply> {
    let old = find(state, call)?;
    let definition = writable(state, call)?;
    let input = call.attributes();
    let values = values(&definition, input.get("values"), call)?;
    let mut row = row(call.segment("dictionaryRecordId"), &definition, values, call.now);
    for name in ["createdAt", "deleted"] {
        row.insert(name.to_owned(), old.get(name).cloned().unwrap_or_default());
    }
    keep(state, call, |held| held.extend([by_id(row.clone())]));
    Ok(Reply::json(200, row))
}

/// Answers with the row, unlike other deletes.
fn delete(state: &mut State, call: &Call) -> Result<Reply, Reply> {
    let mut row = find(state, call)?;
    writable(state, call)?;
    if !row.flag("deleted") {
        row.insert("deleted".to_owned(), json!(true));
        row.insert("updatedAt".to_owned(), json!(instant::write(call.now)));
        keep(state, call, |held| held.extend([by_id(row.clone())]));
    }
    Ok(Reply::json(200, row))
}
