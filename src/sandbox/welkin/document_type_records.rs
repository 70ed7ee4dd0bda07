//! The details of a document: one record of the fields of its type.

use serde_json::json;

use super::custom_data::DataRecord;
use super::document_summaries::{self, SUMMARY};
use super::document_types::DOCUMENT_TYPE;
use super::{Store, errors};
use crate::sandbox::Handlers;
use crate::sandbox::call::Call;
use crate::sandbox::record::{Fields, Record};
use crate::sandbox::reply::Reply;
use crate::sandbox::state::{State, uuid};

pub const HANDLERS: Handlers = &[
    ("documentTypeRecordsGet", get),
    ("documentTypeRecordsCreate", create),
    ("documentTypeRecordsReplace", replace),
    ("documentTypeRecordsDelete", delete),
];

const COMPONENT: &str = "CDT";
/// How a record names a document as its source.
pub const SOURCE: &str = "DOCUMENT_SUMMARY";

/// The details of a document.
pub fn of<'a>(store: &'a Store, document: &str) -> Option<&'a DataRecord> {
    let types = &store.definitions.current().document_types;
    store.cdt_records.values().find(|record| {
        types.contains_key(&record.cdt)
            && record.body.text("source_type") == Some(SOURCE)
            && record.body.text("source_id") == Some(document)
    })
}

/// Ties details to their document.
pub fn tie(details: &mut DataRecord, document: &str) {
    for (name, value) in
        [("source_type", SOURCE), ("source_name", SUMMARY), ("source_id", document)]
    {
        details.body.insert(name.to_owned(), json!(value));
    }
}

/// The document and the document type of the path.
fn place(state: &State, call: &Call) -> Result<(DataRecord, Record), Reply> {
    let document = document_summaries::find(state, call)?;
    let definition = DOCUMENT_TYPE.published(state, call.segment(DOCUMENT_TYPE.parameter), call)?;
    Ok((document, definition))
}

fn find(state: &State, call: &Call) -> Result<(DataRecord, Record), Reply> {
    let (document, definition) = place(state, call)?;
    let name = call.segment(DOCUMENT_TYPE.parameter);
    let found = of(&state.welkin, document.id()).filter(|details| details.cdt == name);
    let found = found.cloned().ok_or_else(|| {
        errors::not_found(COMPONENT, "DT_RECORD_NOT_FOUND", document.id(), call.now)
    })?;
    Ok((found, definition))
}

fn get(state: &mut State, call: &Call) -> Result<Reply, Reply> {
    let (details, _) = find(state, call)?;
    Ok(Reply::json(200, details.answer(details.body.clone())))
}

fn create(state: &mut State, call: &Call) -> Result<Reply, Reply> {
    let (document, definition) = place(state, call)?;
    let name = call.segment(DOCUMENT_TYPE.parameter);
    let wrong = |mistake| errors::wrong(COMPONENT, DOCUMENT_TYPE.parameter, mistake, call.now);
    if document.body.text("type") != Some(name) {
        return Err(wrong("is not the type of the document"));
    }
    if of(&state.welkin, document.id()).is_some() {
        return Err(wrong("has a record already"));
    }
    let id = uuid(&mut state.chance);
    let version = state.welkin.definitions.version();
    let author = &state.welkin.api_client;
    let details = DataRecord::blank(&id, &document.patient, &definition, version, author, call.now);
    keep(state, details, &document, &definition, call, 201)
}

/// What is not in the body is unset.
fn replace(state: &mut State, call: &Call) -> Result<Reply, Reply> {
    let (details, definition) = find(state, call)?;
    let document = document_summaries::find(state, call)?;
    keep(state, details.cleared(&definition), &document, &definition, call, 200)
}

fn keep(
    state: &mut State,
    details: DataRecord,
    document: &DataRecord,
    definition: &Record,
    call: &Call,
    status: u16,
) -> Result<Reply, Reply> {
    let mut details = details
        .write(definition, &call.attributes(), call.now)
        .map_err(|mistakes| errors::invalid(COMPONENT, mistakes, call.now))?;
    // Details belong to their document, whatever the caller says.
    tie(&mut details, document.id());
    state.welkin.cdt_records.insert(details.id().to_owned(), details.clone());
    Ok(Reply::json(status, details.answer(details.body.clone())))
}

fn delete(state: &mut State, call: &Call) -> Result<Reply, Reply> {
    let (details, _) = find(state, call)?;
    state.welkin.cdt_records.shift_remove(details.id());
    Ok(Reply::empty(200))
}
