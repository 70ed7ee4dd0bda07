//! Heads of documents: records of a CDT of the system.

use super::cdt_formations::CDT;
use super::custom_data::DataRecord;
use super::document_types::DOCUMENT_TYPE;
use super::pages::Page;
use super::{Store, document_files, document_type_records, errors, patients};
use crate::sandbox::Handlers;
use crate::sandbox::call::Call;
use crate::sandbox::record::{Fields, Record};
use crate::sandbox::reply::Reply;
use crate::sandbox::state::{State, uuid};

pub const HANDLERS: Handlers = &[
    ("documentSummariesList", list),
    ("documentSummariesCreate", create),
    ("documentSummariesGet", get),
    ("documentSummariesReplace", replace),
    ("documentSummariesDelete", delete),
];

const COMPONENT: &str = "CDT";
/// The name of the CDT of all heads.
pub const SUMMARY: &str = "_document_summary";

fn patient(state: &State, call: &Call) -> Result<String, Reply> {
    patients::find(state, "id", call.segment("patientId"), call.now)
}

/// The head of the path.
pub fn find(state: &State, call: &Call) -> Result<DataRecord, Reply> {
    let (patient, id) = (patient(state, call)?, call.segment("documentSummaryId"));
    let found = state.welkin.cdt_records.get(id);
    found
        .filter(|record| record.is_of(&patient, SUMMARY))
        .cloned()
        .ok_or_else(|| errors::not_found(COMPONENT, "DT_RECORD_NOT_FOUND", id, call.now))
}

fn list(state: &mut State, call: &Call) -> Result<Reply, Reply> {
    let patient = patient(state, call)?;
    let store = &state.welkin;
    let records = store.cdt_records.values().filter(|record| {
        record.is_of(&patient, SUMMARY)
            && call
                .query("sourceId")
                .is_none_or(|source| record.body.text("source_id") == Some(source))
    });
    let page = Page::cut(records.map(|record| &record.body).collect(), call, COMPONENT)?;
    let page = page.map(|body| {
        let record = store.cdt_records.get(body.text("id").unwrap_or_default());
        record.map(|record| view(store, record)).unwrap_or_default()
    });
    Ok(page.named_spring(SUMMARY))
}

/// The head as it is read: with the files of the document.
fn view(store: &Store, record: &DataRecord) -> Record {
    let mut body = record.body.clone();
    body.insert("files".to_owned(), document_files::of(store, record.id()));
    record.answer(body)
}

fn get(state: &mut State, call: &Call) -> Result<Reply, Reply> {
    let record = find(state, call)?;
    Ok(Reply::json(200, view(&state.welkin, &record)))
}

fn create(state: &mut State, call: &Call) -> Result<Reply, Reply> {
    let patient = patient(state, call)?;
    let definition = CDT.published(state, SUMMARY, call)?;
    let id = uuid(&mut state.chance);
    let version = state.welkin.definitions.version();
    let author = &state.welkin.api_client;
    let record = DataRecord::blank(&id, &patient, &definition, version, author, call.now);
    let record = keep(state, record, &definition, call)?;
    Ok(Reply::json(201, view(&state.welkin, &record)))
}

/// What is not in the body is unset; the files stay. A document whose details are written keeps its
/// type, for they are fields of that type.
fn replace(state: &mut State, call: &Call) -> Result<Reply, Reply> {
    let old = find(state, call)?;
    let definition = CDT.published(state, SUMMARY, call)?;
    let detail = document_type_records::of(&state.welkin, old.id());
    if detail.is_some_and(|detail| call.attributes().text("type") != Some(detail.cdt.as_str())) {
        return Err(errors::wrong(COMPONENT, "type", "is not that of the details", call.now));
    }
    let record = keep(state, old.cleared(&definition), &definition, call)?;
    Ok(Reply::json(200, view(&state.welkin, &record)))
}

fn keep(
    state: &mut State,
    record: DataRecord,
    definition: &Record,
    call: &Call,
) -> Result<DataRecord, Reply> {
    let record = record
        .write(definition, &call.attributes(), call.now)
        .map_err(|mistakes| errors::invalid(COMPONENT, mistakes, call.now))?;
    let kind = record.body.text("type").unwrap_or_default();
    if DOCUMENT_TYPE.published(state, kind, call).is_err() {
        return Err(errors::wrong(COMPONENT, "type", "is no document type", call.now));
    }
    state.welkin.cdt_records.insert(record.id().to_owned(), record.clone());
    Ok(record)
}

/// The details and the files go with the head.
fn delete(state: &mut State, call: &Call) -> Result<Reply, Reply> {
    let record = find(state, call)?;
    let detail =
        document_type_records::of(&state.welkin, record.id()).map(|one| one.id().to_owned());
    for id in detail.iter().map(String::as_str).chain([record.id()]) {
        state.welkin.cdt_records.shift_remove(id);
    }
    state.welkin.files.retain(|_, file| file.document != record.id());
    Ok(Reply::empty(200))
}
