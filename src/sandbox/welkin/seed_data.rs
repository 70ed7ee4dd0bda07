//! The grants of users, the rows of dictionaries, and the programs, custom data and documents that
//! patients have at the beginning.

use fastrand::Rng;
use jiff::Timestamp;
use serde_json::{Value, json};

use super::custom_data::DataRecord;
use super::definitions::Formation;
use super::dictionary_records::{self, Dictionaries, Dictionary};
use super::document_summaries::SUMMARY;
use super::patient_programs::{blank, enter, keep};
use super::seed_definitions::{CHANGED_PROGRAM, LOST_PHASE};
use super::{Collection, Store, document_type_records, grants, programs, seed};
use crate::sandbox::instant;
use crate::sandbox::people::choose;
use crate::sandbox::record::{Fields, Record, record};
use crate::sandbox::state::uuid;

const DAY: i64 = 24 * 60;

/// The rows of the built-in dictionaries have one value; these are codes of nothing.
const ROWS: [(&str, &[&[&str]]); 4] = [
    ("timezone", &[&["America/Chicago"], &["America/Denver"], &["America/New_York"]]),
    ("cpt", &[&["X0001"], &["X0002"], &["X0003"]]),
    ("icd-10", &[&["X00.1"], &["X00.2"], &["X00.3"], &["X00.4"]]),
    ("drug-classes", &[&["a", "Class A"], &["b", "Class B"]]),
];

/// The rows of each dictionary; one of them is flagged as deleted.
pub fn dictionaries(formation: &Formation, chance: &mut Rng, now: Timestamp) -> Dictionaries {
    let now = instant::shift(now, -60 * DAY);
    let filled = ROWS.iter().filter_map(|(name, rows)| {
        let definition = formation.dictionaries.get(*name)?;
        let mut rows: Collection =
            rows.iter().map(|texts| dictionary_row(definition, texts, chance, now)).collect();
        if let (&"cpt", Some((_, last))) = (name, rows.last_mut()) {
            last.insert("deleted".to_owned(), json!(true));
        }
        Some(((*name).to_owned(), Dictionary { rows, updated: now }))
    });
    filled.collect()
}

fn dictionary_row(
    definition: &Record,
    texts: &[&str],
    chance: &mut Rng,
    now: Timestamp,
) -> (String, Record) {
    let fields = definition.list("fields").iter().filter_map(|field| field.get("name")?.as_str());
    let values: Record =
        fields.zip(texts).map(|(name, text)| (name.to_owned(), json!(text))).collect();
    let id = uuid(chance);
    (id.clone(), dictionary_records::row(&id, definition, &values, now))
}

/// Everything else. What a patient has follows from the place in the list, so that even a few
/// patients have all kinds of it.
pub fn fill(store: &mut Store, chance: &mut Rng, now: Timestamp) {
    store.grants.instances.insert(seed::INSTANCE.to_owned(), uuid(chance));
    for (id, user) in &store.users {
        let created = user.text("createdAt").unwrap_or_default();
        for heads in [&mut store.grants.permissions, &mut store.grants.territories] {
            heads.insert(id.clone(), grants::head(&uuid(chance), id, created, created));
        }
    }
    let patients: Vec<String> = store.patients.keys().cloned().collect();
    for (number, patient) in patients.iter().enumerate() {
        enrol(store, patient, number, chance, now);
        collect_data(store, patient, number, chance, now);
    }
}

fn enrol(store: &mut Store, patient: &str, number: usize, chance: &mut Rng, now: Timestamp) {
    // The phases that the patient went through, the last of which is the current one.
    let (program, path): (_, &[&str]) = match number % 10 {
        0 => (CHANGED_PROGRAM, &["intake", "monitoring"]),
        2 => (CHANGED_PROGRAM, &["intake", "monitoring", "discharged"]),
        4 => (CHANGED_PROGRAM, &["intake", LOST_PHASE]),
        5 => ("prog-diabetes-coaching", &["enrolled"]),
        7 => ("prog-wellness", &["welcome", "check-ins"]),
        _ => return,
    };
    let is_old = path.contains(&LOST_PHASE);
    let version = if is_old { 1 } else { store.definitions.version() };
    let Some(definition) =
        store.definitions.published(version).and_then(|all| all.programs.get(program))
    else {
        return;
    };
    let mut day = instant::shift(now, -chance.i64(60..120) * DAY);
    let mut enrolment = blank(&uuid(chance), patient, definition, day);
    for phase in path.iter().filter_map(|name| programs::phase_of(definition, name)) {
        enter(&mut enrolment, phase, version, day);
        day = instant::shift(day, chance.i64(1..20) * DAY);
    }
    if is_old {
        enrolment.insert("compatibleWithCurrentVersion".to_owned(), json!(false));
        if let Some(phase) = enrolment.get_mut("currentPhase").and_then(Value::as_object_mut) {
            phase.insert("deleted".to_owned(), json!(true));
        }
    }
    keep(store, enrolment);
}

fn collect_data(store: &mut Store, patient: &str, number: usize, chance: &mut Rng, now: Timestamp) {
    let mut day = instant::shift(now, -90 * DAY);
    if number.is_multiple_of(2) {
        for _ in 0..chance.u8(1..=4) {
            day = instant::shift(day, chance.i64(1..20) * DAY);
            let level = choose(chance, &["low", "normal", "high"]).copied();
            let fields = record! {
                "cdtf-heart-rate": chance.u8(55..110),
                "cdtf-level": level,
                "cdtf-taken-at": instant::write(day),
                "cdtf-temperature": f64::from(chance.u16(970..1010)) / 10.0,
            };
            put(store, patient, "cdt-vitals", fields, chance, day);
        }
    }
    if number.is_multiple_of(3) {
        let fields = record! {
            "cdtf-packs-a-day": chance.u8(..3),
            "cdtf-support": ["family"],
            "cdtf-lives-alone": chance.bool(),
        };
        put(store, patient, "cdt-social-history", fields, chance, day);
    }
    if number.is_multiple_of(5) {
        let fields = record! { "cdtf-code": "X00.1", "cdtf-since": "2024-05-01" };
        put(store, patient, "cdt-diagnoses", fields, chance, day);
    }
    if number.is_multiple_of(4) {
        let others = record! { "type": "doc-type-others" };
        put(store, patient, SUMMARY, others, chance, day);
        let referral = record! { "type": "doc-type-referral" };
        let document = put(store, patient, SUMMARY, referral, chance, day);
        let fields = record! { "notes": "Made by the sandbox", "specialty": "cardiology" };
        let details = put(store, patient, "doc-type-referral", fields, chance, day);
        let details = details.and_then(|id| store.cdt_records.get_mut(&id));
        if let (Some(document), Some(details)) = (document, details) {
            document_type_records::tie(details, &document);
        }
    }
}

/// Adds a record of a published definition, and gives its id.
fn put(
    store: &mut Store,
    patient: &str,
    name: &str,
    fields: Record,
    chance: &mut Rng,
    day: Timestamp,
) -> Option<String> {
    let formation = store.definitions.current();
    let definition = formation.cdts.get(name).or_else(|| formation.document_types.get(name))?;
    let version = store.definitions.version();
    let record =
        DataRecord::blank(&uuid(chance), patient, definition, version, &store.api_client, day);
    let record = record.write(definition, &fields, day).ok()?;
    let id = record.id().to_owned();
    store.cdt_records.insert(id.clone(), record);
    Some(id)
}
