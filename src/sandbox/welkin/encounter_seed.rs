//! The encounters and assessments that Welkin has at the beginning, with their definitions.

use fastrand::Rng;
use jiff::Timestamp;
use serde_json::{Value, json};

use super::calendar_events::{is_cancelled, participants, span};
use super::cdt_definition::field;
use super::definitions::Definitions;
use super::encounter_disposition_formations;
use super::names::full_name;
use super::system_fields::CdtRecord;
use super::{Store, assessment_records, assessments, encounter_assessments};
use super::{encounter_dispositions, encounter_templates, encounters};
use crate::sandbox::instant;
use crate::sandbox::people::choose;
use crate::sandbox::record::{Fields, Record, merge, record};
use crate::sandbox::state::uuid;

const DAY: i64 = 24 * 60;
const INTAKE: &str = "asm-intake";
const MOOD: &str = "asm-mood-check";
const VISIT: &str = "etmp-visit";
const CALL: &str = "etmp-phone-check";

/// Each event of an encounter has one; some patients have one without event, some an assessment.
pub fn fill(store: &mut Store, chance: &mut Rng, now: Timestamp) {
    define(&mut store.definitions, chance);
    store.encounters.cdt_id = uuid(chance);
    store.encounters.assessment_cdt_id = uuid(chance);
    let events: Vec<Record> = store.events.values().cloned().collect();
    for event in events.iter().filter(|event| event.text("eventType") == Some("ENCOUNTER")) {
        if let Some(patient) = participants(event).find(|id| store.patients.contains_key(*id)) {
            let patient = patient.to_owned();
            scheduled(store, chance, patient, event, now);
        }
    }
    let patients: Vec<String> = store.patients.keys().cloned().collect();
    for patient in patients.iter().skip(3).step_by(9) {
        spontaneous(store, chance, patient, now);
    }
    for patient in patients.iter().step_by(5) {
        for assessment in [INTAKE, MOOD].iter().take(chance.usize(1..=2)) {
            let at = instant::shift(now, -chance.i64(DAY..60 * DAY));
            assess(store, chance, patient, assessment, at);
        }
    }
}

/// An encounter with the event at which it takes place.
fn scheduled(
    store: &mut Store,
    chance: &mut Rng,
    patient_id: String,
    event: &Record,
    now: Timestamp,
) {
    let (start, end) = span(event);
    let status = match chance.u8(..4) {
        _ if is_cancelled(event) => "CANCELLED",
        _ if end >= now => "DRAFT",
        0 => "OPEN",
        _ => "FINALIZED",
    };
    let since = instant::shift(now, -20 * DAY);
    let template = choose(chance, &[VISIT, CALL]).copied().unwrap_or(VISIT);
    let mut body = blank(store, chance, template, since);
    set(&mut body, "status", status);
    set(&mut body, "calendarEventId", event.get("id").cloned());
    let host = event.text("hostId").and_then(|id| store.users.get(id)).cloned();
    let host = host.unwrap_or_default();
    if matches!(status, "OPEN" | "FINALIZED") {
        set(&mut body, "startDatetime", instant::write(start));
    }
    if status == "OPEN" {
        set(&mut body, "activeUserId", host.get("id").cloned());
        set(&mut body, "activeUserName", full_name(&host));
    }
    if status == "FINALIZED" {
        set(&mut body, "endDatetime", instant::write(end));
        set(&mut body, "notes", "Made by the sandbox");
    }
    let mut encounter = CdtRecord { patient_id, body };
    let disposition = encounter_dispositions::add(store, chance, &encounter, since);
    set(&mut encounter.body, "dispositionId", disposition.as_str());
    if let Some(disposition) = store.encounters.dispositions.get_mut(&disposition)
        && status == "FINALIZED"
    {
        set(&mut disposition.body, "cpt", choose(chance, &["99213", "90834"]).copied());
        set(&mut disposition.body, "follow-up", chance.bool());
    }
    if chance.bool() {
        comment(store, chance, &encounter, &host, since);
    }
    keep(store, chance, encounter, since);
}

/// An encounter without event: nobody owns it.
fn spontaneous(store: &mut Store, chance: &mut Rng, patient: &str, now: Timestamp) {
    let since = instant::shift(now, -chance.i64(DAY..90 * DAY));
    let mut body = blank(store, chance, VISIT, since);
    if chance.bool() {
        set(&mut body, "status", "ACTIVE");
        set(&mut body, "startDatetime", instant::write(since));
    }
    keep(store, chance, CdtRecord { patient_id: patient.to_owned(), body }, since);
}

fn blank(store: &Store, chance: &mut Rng, template: &str, since: Timestamp) -> Record {
    let mut body = encounters::blank(&uuid(chance), &store.api_client, since);
    set(&mut body, "templateName", template);
    encounters::follow(&mut body, store.definitions.current().encounter_templates.get(template));
    body
}

fn keep(store: &mut Store, chance: &mut Rng, encounter: CdtRecord, since: Timestamp) {
    encounter_assessments::add_all(store, chance, &encounter, since);
    let id = encounter.body.text("id").unwrap_or_default().to_owned();
    store.encounters.records.insert(id, encounter);
}

/// What the host of an encounter says about it.
fn comment(
    store: &mut Store,
    chance: &mut Rng,
    encounter: &CdtRecord,
    host: &Record,
    at: Timestamp,
) {
    let (id, at) = (uuid(chance), instant::write(at));
    let comment = record! {
        "id": id,
        "createdAt": at,
        "updatedAt": at,
        "createdBy": host.get("id"),
        "updatedBy": host.get("id"),
        "createdByName": full_name(host),
        "updatedByName": full_name(host),
        "encounterId": encounter.body.get("id"),
        "text": "Made by the sandbox",
    };
    store.encounters.comments.insert(id, comment);
}

/// An assessment that is new, half filled in, or completed.
fn assess(store: &mut Store, chance: &mut Rng, patient: &str, name: &str, at: Timestamp) {
    let Some(assessment) = store.definitions.current().assessments.get(name) else {
        return;
    };
    let id = uuid(chance);
    let mut record = assessment_records::blank(&id, patient, assessment, &store.api_client, at);
    let status = choose(chance, &["NEW", "IN_PROGRESS", "COMPLETED"]).copied().unwrap_or("NEW");
    set(&mut record, "status", status);
    let mut answers = Record::new();
    for question in assessments::questions(assessment).filter(|_| status != "NEW") {
        let kind = question.get("meta").and_then(|meta| meta.get("type")).and_then(Value::as_str);
        let answer = match kind {
            Some("integer") => json!(chance.u8(0..=10)),
            Some("select") => json!(choose(chance, &["good", "fair", "poor"])),
            _ if status == "COMPLETED" => json!("Made by the sandbox"),
            _ => Value::Null,
        };
        answers.extend(assessments::key(question).map(|key| (key, answer)));
    }
    assessment_records::answer(&mut record, &answers);
    assessment_records::settle(&mut record, store, instant::shift(at, 30));
    store.assessments.records.insert(id, record);
}

/// Puts the definitions into all versions; the versions before the current one had less.
fn define(definitions: &mut Definitions, chance: &mut Rng) {
    let current = definitions.version();
    let mut named = Vec::new();
    for name in [INTAKE, MOOD, VISIT, CALL, encounter_disposition_formations::NAME] {
        named.push((name, uuid(chance)));
    }
    for (version, formation) in definitions.versions_mut() {
        for (name, id) in
            named.iter().filter(|(name, _)| version == current || !matches!(*name, MOOD | CALL))
        {
            let (all, definition) = match *name {
                INTAKE | MOOD => (&mut formation.assessments, assessment(id, name, version)),
                VISIT | CALL => (&mut formation.encounter_templates, template(id, name)),
                _ => (&mut formation.encounter_dispositions, disposition(id, version, current)),
            };
            all.insert((*name).to_owned(), definition);
        }
    }
}

fn assessment(id: &str, name: &str, version: usize) -> Record {
    let mut assessment = assessments::blank(id, name, version);
    let (title, cdt, questions) = match name {
        INTAKE => ("Intake", "cdt-intake", [("cdtf-mood", "select"), ("cdtf-goals", "textarea")]),
        _ => ("Mood check", "cdt-mood", [("cdtf-mood", "select"), ("cdtf-sleep", "integer")]),
    };
    let introduction = json!({
        "label": "Please answer every question.",
        "name": "introduction",
        "refCdtName": "",
        "refCdtFieldName": "",
        "order": 0,
        "viewType": "readOnly",
        "meta": { "type": "" },
        "prePopulatedValue": null,
        "attachments": [],
    });
    let questions = (1..).zip(questions).map(|(order, (field, kind))| {
        json!({
            "label": field.trim_start_matches("cdtf-"),
            "name": "",
            "refCdtName": cdt,
            "refCdtFieldName": field,
            "order": order,
            "viewType": "question",
            "meta": { "type": kind, "required": order == 1 },
            "prePopulatedValue": null,
            "attachments": null,
        })
    });
    let fields: Vec<Value> = std::iter::once(introduction).chain(questions).collect();
    let sections = json!([{ "title": title, "name": "section-1", "order": 0, "fields": fields }]);
    set(&mut assessment, "title", title);
    set(&mut assessment, "sections", sections);
    if name == MOOD {
        let scores = json!([{ "score": 2, "answer": "good" }, { "score": 1, "answer": "fair" }]);
        let scored = json!({
            "refCdtName": cdt, "refCdtFieldName": "cdtf-mood", "type": "select", "scores": scores,
        });
        let group = json!({
            "name": "total", "title": "Total", "formula": "SUM", "fields": [scored],
        });
        set(&mut assessment, "scoring", json!({ "formula": "SUM", "groups": [group] }));
    }
    assessment
}

fn template(id: &str, name: &str) -> Record {
    let mut template = encounter_templates::blank(id, name);
    let more = match name {
        VISIT => record! { "title": "Visit", "assessmentNames": [INTAKE] },
        _ => record! {
            "title": "Phone check",
            "encounterDescription": "A short call",
            "encounterInstruction": "<p>Ask how the week was.</p>",
            "encounterColor": "#3366cc",
            "type": "Async",
            "deliveryMethod": "CALL",
            "defaultDuration": 15,
        },
    };
    merge(&mut template, &more, &[]);
    template
}

fn disposition(id: &str, version: usize, current: usize) -> Record {
    let dictionary = json!({ "name": "cpt", "field": "value" });
    let fields = [
        json!({ "name": "cpt", "type": "select", "dictionary": dictionary, "phi": true }),
        json!({ "name": "icd-10", "type": "text", "phi": true, "meta": { "label": "ICD-10" } }),
        json!({ "name": "follow-up", "type": "checkbox", "meta": { "required": false } }),
    ];
    let count = if version == current { 3 } else { 2 };
    let fields = fields.iter().take(count).filter_map(field).collect();
    encounter_disposition_formations::definition(id, version, fields)
}

fn set(record: &mut Record, name: &str, value: impl Into<Value>) {
    record.insert(name.to_owned(), value.into());
}
