//! Assessments that are filled in.

use jiff::Timestamp;
use serde_json::{Map, Value, json};

use super::assessments::{self, ASSESSMENT};
use super::custom_data::fits;
use super::pages::Page;
use super::system_fields::{self, SYSTEM};
use super::{Store, encounter_assessments, errors, patients};
use crate::sandbox::Handlers;
use crate::sandbox::call::Call;
use crate::sandbox::instant;
use crate::sandbox::record::{Fields, Record, merge, record};
use crate::sandbox::reply::Reply;
use crate::sandbox::state::{State, uuid};

pub const HANDLERS: Handlers = &[
    ("assessmentRecordsList", list),
    ("assessmentRecordsCreate", create),
    ("assessmentRecordsGet", get),
    ("assessmentRecordsReplace", replace),
    ("assessmentRecordsDelete", delete),
    ("assessmentRecordsUpdateAnswers", update_answers),
];

const COMPONENT: &str = "ASSESSMENT";
const STATUSES: [&str; 3] = ["NEW", "IN_PROGRESS", "COMPLETED"];
const FIXED: &[&str] = &[
    "id",
    "createdAt",
    "updatedAt",
    "createdBy",
    "updatedBy",
    "createdByName",
    "updatedByName",
    "finalizedDate",
    "localFinalizedDate",
    "localCreatedDate",
    "localUpdatedDate",
    "assessmentName",
    "assessmentTitle",
    "assessmentCdtName",
    "version",
    "patientId",
    "answers",
    "scoring",
    "questions",
    "resolvedCdtValues",
];

/// A record of an assessment that was just begun: every answer is unset.
pub fn blank(id: &str, patient: &str, assessment: &Record, author: &str, at: Timestamp) -> Record {
    let now = instant::write(at);
    let name = assessment.text("name").unwrap_or_default();
    let mut answers = system_fields::blank(id, author, at);
    let keys = assessments::questions(assessment).filter_map(assessments::key);
    answers.extend(keys.map(|key| (key, Value::Null)));
    let mut record = record! {
        "id": id,
        "createdAt": now,
        "updatedAt": now,
        "createdBy": author,
        "updatedBy": author,
        "createdByName": "API client",
        "updatedByName": "API client",
        "finalizedDate": null,
        "localFinalizedDate": null,
        "localCreatedDate": null,
        "localUpdatedDate": null,
    };
    record.extend(record! {
        "assessmentName": name,
        "assessmentTitle": assessment.get("title"),
        "assessmentCdtName": assessments::cdt_name(name),
        "version": assessment.get("version"),
        "patientId": patient,
        "status": "NEW",
        "answers": answers,
        "scoring": {},
        "folderId": null,
        "expirationDate": null,
        "questions": {},
        "resolvedCdtValues": {},
        "pfa": false,
    });
    record
}

/// The record as it is read: with the times on the clocks of its patient.
fn view(store: &Store, mut record: Record) -> Record {
    let patient = store.patients.get(record.text("patientId").unwrap_or_default());
    let zone = patient.and_then(|patient| patient.text("timezone")).unwrap_or("UTC");
    for (name, local) in [
        ("finalizedDate", "localFinalizedDate"),
        ("createdAt", "localCreatedDate"),
        ("updatedAt", "localUpdatedDate"),
    ] {
        let at = record.text(name).and_then(instant::read);
        record.insert(local.to_owned(), json!(at.map(|at| instant::write_local(at, zone))));
    }
    record
}

fn patient(state: &State, call: &Call) -> Result<String, Reply> {
    patients::find(state, "id", call.segment("patientId"), call.now)
}

fn list(state: &mut State, call: &Call) -> Result<Reply, Reply> {
    let patient = patient(state, call)?;
    let records = state.welkin.assessments.records.values();
    let records = records.filter(|record| record.text("patientId") == Some(&patient));
    let page = Page::cut(records.collect(), call, COMPONENT)?;
    Ok(page.map(|record| view(&state.welkin, record)).spring())
}

/// The record of the path, which must be one of its patient.
fn find(state: &State, call: &Call) -> Result<Record, Reply> {
    let patient = patient(state, call)?;
    let id = call.segment("assessmentRecordId");
    let found = state.welkin.assessments.records.get(id);
    found
        .filter(|record| record.text("patientId") == Some(&patient))
        .cloned()
        .ok_or_else(|| errors::not_found(COMPONENT, "ASSESSMENT_RECORD_NOT_FOUND", id, call.now))
}

fn get(state: &mut State, call: &Call) -> Result<Reply, Reply> {
    let record = find(state, call)?;
    Ok(Reply::json(200, view(&state.welkin, record)))
}

/// Docs promise 200, recordings show 201.
fn create(state: &mut State, call: &Call) -> Result<Reply, Reply> {
    let patient = patient(state, call)?;
    let input = call.attributes();
    let name = input.text("assessmentName").unwrap_or_default();
    let Ok(assessment) = ASSESSMENT.published(state, name, call) else {
        return Err(errors::wrong(COMPONENT, "assessmentName", "is no assessment", call.now));
    };
    let id = uuid(&mut state.chance);
    let mut record = blank(&id, &patient, &assessment, &state.welkin.api_client, call.now);
    merge(&mut record, &input, &["assessmentName"]);
    keep(state, record, call, 201)
}

/// What a caller may write is unset when it is left out, as by other calls that replace. A body that
/// is not the whole record was never tried.
fn replace(state: &mut State, call: &Call) -> Result<Reply, Reply> {
    let mut record = cleared(find(state, call)?);
    let input = call.attributes();
    merge(&mut record, &input, FIXED);
    if let Some(answers) = input.get("answers").and_then(Value::as_object) {
        check_answers(state, &record, answers, call)?;
        answer(&mut record, answers);
    }
    if record.get("pfa").is_none_or(Value::is_null) {
        record.insert("pfa".to_owned(), json!(false));
    }
    if !record.text("status").is_some_and(|status| STATUSES.contains(&status)) {
        return Err(errors::wrong(COMPONENT, "status", "is not valid", call.now));
    }
    keep(state, record, call, 200)
}

fn cleared(mut record: Record) -> Record {
    for (name, value) in &mut record {
        if !FIXED.contains(&name.as_str()) {
            *value = Value::Null;
        }
    }
    let answers = record.get_mut("answers").and_then(Value::as_object_mut).into_iter().flatten();
    for (_, value) in answers.filter(|(key, _)| !SYSTEM.contains(&key.as_str())) {
        *value = Value::Null;
    }
    record
}

/// Answers are written flat and read in `answers`. Whether those that are left out stay is not
/// known; here they do.
fn update_answers(state: &mut State, call: &Call) -> Result<Reply, Reply> {
    let mut record = find(state, call)?;
    let answers = call.attributes();
    check_answers(state, &record, &answers, call)?;
    answer(&mut record, &answers);
    if record.text("status") == Some("NEW") {
        record.insert("status".to_owned(), json!("IN_PROGRESS"));
    }
    keep(state, record, call, 200)
}

/// An answer is what the field of its question takes, as with CDT records.
fn check_answers(
    state: &State,
    record: &Record,
    answers: &Record,
    call: &Call,
) -> Result<(), Reply> {
    let name = record.text("assessmentName").unwrap_or_default();
    let assessment = state.welkin.definitions.current().assessments.get(name);
    let fields = assessment.map(assessments::answer_fields).unwrap_or_default();
    let mistakes: Vec<(String, String)> = fields
        .iter()
        .filter_map(|field| {
            let name = field.text("name")?;
            let is_wrong = answers.get(name).is_some_and(|value| !fits(field, value));
            is_wrong.then(|| (name.to_owned(), "is not valid".to_owned()))
        })
        .collect();
    if mistakes.is_empty() { Ok(()) } else { Err(errors::invalid(COMPONENT, mistakes, call.now)) }
}

fn delete(state: &mut State, call: &Call) -> Result<Reply, Reply> {
    find(state, call)?;
    let id = call.segment("assessmentRecordId");
    state.welkin.assessments.records.shift_remove(id);
    encounter_assessments::forget_record(&mut state.welkin, id);
    Ok(Reply::empty(200))
}

fn keep(state: &mut State, mut record: Record, call: &Call, status: u16) -> Result<Reply, Reply> {
    let now = json!(instant::write(call.now));
    let author = json!(state.welkin.api_client);
    record.insert("updatedAt".to_owned(), now.clone());
    record.insert("updatedBy".to_owned(), author.clone());
    if let Some(answers) = record.get_mut("answers").and_then(Value::as_object_mut) {
        answers.insert("updated_at".to_owned(), now);
        answers.insert("updated_by".to_owned(), author);
    }
    settle(&mut record, &state.welkin, call.now);
    let id = record.text("id").unwrap_or_default().to_owned();
    state.welkin.assessments.records.insert(id, record.clone());
    Ok(Reply::json(status, view(&state.welkin, record)))
}

/// Sets answers. Other keys have no effect, as recorded for CDT records.
pub fn answer(record: &mut Record, answers: &Record) {
    if let Some(held) = record.get_mut("answers").and_then(Value::as_object_mut) {
        for (key, value) in answers.iter().filter(|(key, _)| !SYSTEM.contains(&key.as_str())) {
            if let Some(held) = held.get_mut(key) {
                *held = value.clone();
            }
        }
    }
}

/// A completed record has a date and repeats its questions; any other has neither.
pub fn settle(record: &mut Record, store: &Store, now: Timestamp) {
    let completed = record.text("status") == Some("COMPLETED");
    if !completed {
        record.insert("finalizedDate".to_owned(), Value::Null);
        record.insert("questions".to_owned(), json!({}));
    } else if record.text("finalizedDate").is_none() {
        let current = &store.definitions.current().assessments;
        let assessment = current.get(record.text("assessmentName").unwrap_or_default());
        let questions = assessment.into_iter().flat_map(assessments::questions);
        let labels: Map<String, Value> = questions
            .filter_map(|question| {
                Some((assessments::key(question)?, question.get("label")?.clone()))
            })
            .collect();
        record.insert("finalizedDate".to_owned(), json!(instant::write(now)));
        record.insert("questions".to_owned(), Value::Object(labels));
    }
}
