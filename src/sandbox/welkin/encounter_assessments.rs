//! Links from encounters to assessments.

use fastrand::Rng;
use jiff::Timestamp;
use serde_json::{Value, json};

use super::assessments::ASSESSMENT;
use super::system_fields::{self, CdtRecord};
use super::{Store, encounters, errors};
use crate::sandbox::Handlers;
use crate::sandbox::call::Call;
use crate::sandbox::record::{Fields, Record};
use crate::sandbox::reply::Reply;
use crate::sandbox::state::{State, uuid};

pub const HANDLERS: Handlers = &[
    ("encounterAssessmentsList", list),
    ("encounterAssessmentsCreate", create),
    ("encounterAssessmentsGet", get),
    ("encounterAssessmentsUpdate", update),
    ("encounterAssessmentsDelete", delete),
];

const CDT: &str = "__encounter_assessment__";

/// Links an encounter to an assessment, and gives the id of the link.
fn add(
    store: &mut Store,
    chance: &mut Rng,
    encounter: &CdtRecord,
    assessment: &str,
    record: Option<&str>,
    from_template: bool,
    now: Timestamp,
) -> String {
    let id = uuid(chance);
    let source = encounter.body.text("id").unwrap_or_default();
    let mut body = system_fields::of_encounter(&id, source, &store.api_client, now);
    let definition = store.definitions.current().assessments.get(assessment);
    let title = definition.and_then(|definition| definition.text("title")).unwrap_or(assessment);
    let title = json!(title);
    for (name, value) in [
        ("fromTemplate", json!(from_template)),
        ("relation", json!("ASSESSMENT")),
        ("assessmentName", json!(assessment)),
        ("assessmentTitle", title),
        ("assessmentRecordId", json!(record)),
    ] {
        body.insert(name.to_owned(), value);
    }
    let link = CdtRecord { patient_id: encounter.patient_id.clone(), body };
    store.encounters.assessments.insert(id.clone(), link);
    id
}

/// Links an encounter that was just made to the assessments of its template.
pub fn add_all(store: &mut Store, chance: &mut Rng, encounter: &CdtRecord, now: Timestamp) {
    let template = encounter.body.text("templateName").unwrap_or_default();
    let template = store.definitions.current().encounter_templates.get(template).cloned();
    for assessment in template.iter().flat_map(|template| template.list("assessmentNames")) {
        let assessment = assessment.as_str().unwrap_or_default();
        add(store, chance, encounter, assessment, None, true, now);
    }
}

/// The links of an encounter as they are read.
pub fn of(store: &Store, encounter: &str) -> impl Iterator<Item = Record> {
    let links = store.encounters.assessments.values();
    links.filter(move |link| link.source() == encounter).map(|link| view(store, link))
}

/// Leaves the links to a record that is gone without one.
pub fn forget_record(store: &mut Store, record: &str) {
    for link in store.encounters.assessments.values_mut() {
        if link.body.text("assessmentRecordId") == Some(record) {
            link.body.insert("assessmentRecordId".to_owned(), Value::Null);
        }
    }
}

fn view(store: &Store, link: &CdtRecord) -> Record {
    link.view(store, &store.encounters.assessment_cdt_id, CDT)
}

fn list(state: &mut State, call: &Call) -> Result<Reply, Reply> {
    encounters::find(state, call)?;
    let links = of(&state.welkin, call.segment("encounterId"));
    Ok(Reply::json(200, links.map(Value::Object).collect::<Value>()))
}

fn create(state: &mut State, call: &Call) -> Result<Reply, Reply> {
    let encounter = encounters::find(state, call)?.clone();
    let input = call.attributes();
    let assessment = input.text("assessmentName").unwrap_or_default();
    if ASSESSMENT.published(state, assessment, call).is_err() {
        let mistake = "is no assessment";
        return Err(errors::wrong(encounters::COMPONENT, "assessmentName", mistake, call.now));
    }
    let record = input.text("assessmentRecordId");
    check_record(state, &encounter.patient_id, assessment, record, call)?;
    let State { welkin, chance, .. } = state;
    let id = add(welkin, chance, &encounter, assessment, record, false, call.now);
    let link = state.welkin.encounters.assessments.get(&id);
    Ok(Reply::json(201, link.map(|link| view(&state.welkin, link)).unwrap_or_default()))
}

/// A link holds a record of its patient and of its assessment.
fn check_record(
    state: &State,
    patient: &str,
    assessment: &str,
    record: Option<&str>,
    call: &Call,
) -> Result<(), Reply> {
    let Some(id) = record else {
        return Ok(());
    };
    let record = state.welkin.assessments.records.get(id);
    let fits = record.is_some_and(|record| {
        record.text("patientId") == Some(patient)
            && record.text("assessmentName") == Some(assessment)
    });
    let wrong =
        |mistake| errors::wrong(encounters::COMPONENT, "assessmentRecordId", mistake, call.now);
    if fits { Ok(()) } else { Err(wrong("is no record of patient and assessment")) }
}

/// The link of the path, which must be one of its encounter.
fn find(state: &State, call: &Call) -> Result<CdtRecord, Reply> {
    encounters::find(state, call)?;
    let id = call.segment("encounterAssessmentId");
    let found = state.welkin.encounters.assessments.get(id);
    found
        .filter(|link| link.source() == call.segment("encounterId"))
        .cloned()
        .ok_or_else(|| system_fields::not_found(id, call.now))
}

fn get(state: &mut State, call: &Call) -> Result<Reply, Reply> {
    let link = find(state, call)?;
    Ok(Reply::json(200, view(&state.welkin, &link)))
}

fn update(state: &mut State, call: &Call) -> Result<Reply, Reply> {
    let mut link = find(state, call)?;
    link.write(&call.attributes(), &["assessmentRecordId"], &state.welkin.api_client, call.now);
    let assessment = link.body.text("assessmentName").unwrap_or_default();
    let record = link.body.text("assessmentRecordId");
    check_record(state, &link.patient_id, assessment, record, call)?;
    let shown = view(&state.welkin, &link);
    let id = call.segment("encounterAssessmentId").to_owned();
    state.welkin.encounters.assessments.insert(id, link);
    Ok(Reply::json(200, shown))
}

fn delete(state: &mut State, call: &Call) -> Result<Reply, Reply> {
    find(state, call)?;
    let id = call.segment("encounterAssessmentId");
    state.welkin.encounters.assessments.shift_remove(id);
    Ok(Reply::empty(200))
}
