//! Enrolment of patients in programs.

use jiff::Timestamp;
use serde_json::{Value, json};

use super::pages::Page;
use super::programs::{PROGRAM, first_phase, phase_of};
use super::{Store, errors, patients};
use crate::sandbox::Handlers;
use crate::sandbox::call::Call;
use crate::sandbox::instant;
use crate::sandbox::record::{Fields, Record, record};
use crate::sandbox::reply::Reply;
use crate::sandbox::state::{State, uuid};

pub const HANDLERS: Handlers = &[
    ("patientProgramsList", list),
    ("patientProgramsGetCurrent", get_current),
    ("patientProgramsGetById", get_by_id),
    ("patientProgramsGetByName", get_by_name),
    ("patientProgramsUpdate", update),
    ("patientProgramsUnassign", unassign),
    ("patientProgramsChangePhase", change_phase),
];

const COMPONENT: &str = "PATIENT_PROGRAM";
pub const RUNNING: &str = "IN_PROGRESS";
pub const FINISHED: &str = "FINISHED";

/// An enrolment that was just made; it is in no phase yet.
pub fn blank(id: &str, patient: &str, program: &Record, now: Timestamp) -> Record {
    let now = instant::write(now);
    record! {
        "id": id,
        "createdAt": now,
        "createdByName": "API client",
        "updatedAt": now,
        "updatedByName": "API client",
        "programName": program.get("name"),
        "programTitle": program.get("title"),
        "programDescription": program.get("description"),
        "assigned": true,
        "patientId": patient,
        "currentPhase": null,
        "status": RUNNING,
        "compatibleWithCurrentVersion": true,
        "pathHistory": [],
    }
}

/// Moves to a phase; the one before goes to the history. A phase may end the program, and then says
/// so in its definition. Which phases may follow each other is drawn in the Designer, but no source
/// shows that the API holds to it: the sandbox does not.
pub fn enter(enrolment: &mut Record, phase: &Record, version: usize, now: Timestamp) {
    let now = instant::write(now);
    let entry = json!({
        "timestamp": now,
        "createdByName": "API client",
        "name": phase.get("name"),
        "title": phase.get("title"),
        "description": phase.get("description"),
        "currentVersion": version.to_string(),
        "deleted": false,
    });
    let left = enrolment.insert("currentPhase".to_owned(), entry).filter(|left| !left.is_null());
    if let Some(history) = enrolment.get_mut("pathHistory").and_then(Value::as_array_mut) {
        history.extend(left);
    }
    if phase.flag("autoFinishProgram") {
        enrolment.insert("status".to_owned(), json!(FINISHED));
    }
    enrolment.insert("updatedAt".to_owned(), json!(now));
}

/// Keeps an enrolment, and shows it in its patient.
pub fn keep(store: &mut Store, enrolment: Record) {
    let patient = enrolment.text("patientId").unwrap_or_default().to_owned();
    let id = enrolment.text("id").unwrap_or_default().to_owned();
    store.enrolments.insert(id, enrolment);
    show(store, &patient);
}

fn show(store: &mut Store, patient: &str) {
    let enrolments: Value = of(store, patient).cloned().map(Value::Object).collect();
    if let Some(patient) = store.patients.get_mut(patient) {
        patient.insert("patientPrograms".to_owned(), enrolments);
    }
}

fn of<'a>(store: &'a Store, patient: &str) -> impl Iterator<Item = &'a Record> {
    store.enrolments.values().filter(move |one| one.text("patientId") == Some(patient))
}

fn patient(state: &State, call: &Call) -> Result<String, Reply> {
    patients::find(state, "id", call.segment("patientId"), call.now)
}

fn not_found(key: &str, call: &Call) -> Reply {
    errors::not_found(COMPONENT, "PATIENT_PROGRAM_NOT_FOUND", key, call.now)
}

/// Enrolments, finished ones too, and a row without values for each program that has none.
fn list(state: &mut State, call: &Call) -> Result<Reply, Reply> {
    let patient = patient(state, call)?;
    let store = &state.welkin;
    let enrolments: Vec<&Record> = of(store, &patient).collect();
    let has = |program: &&Record| {
        enrolments.iter().any(|one| one.text("programName") == program.text("name"))
    };
    let programs = store.definitions.current().programs.values();
    let placeholders: Vec<Record> =
        programs.filter(|program| !has(program)).map(placeholder).collect();
    let asked = call.query("assignedPrograms");
    let rows = enrolments.into_iter().filter(|_| asked != Some("false"));
    let rows = rows.chain(placeholders.iter().filter(|_| asked != Some("true")));
    Ok(Page::cut(rows.collect(), call, COMPONENT)?.meta_info())
}

/// The row of a program that the patient is not in.
fn placeholder(program: &Record) -> Record {
    let mut row = blank("", "", program, Timestamp::default());
    for name in
        ["id", "createdAt", "createdByName", "updatedAt", "updatedByName", "patientId", "status"]
    {
        row.insert(name.to_owned(), Value::Null);
    }
    row.insert("assigned".to_owned(), json!(false));
    row
}

/// The enrolment in a program that is not finished.
fn running(state: &State, patient: &str, program: &str) -> Option<Record> {
    let is_running = |one: &&Record| {
        one.text("programName") == Some(program) && one.text("status") != Some(FINISHED)
    };
    of(&state.welkin, patient).find(is_running).cloned()
}

fn get_current(state: &mut State, call: &Call) -> Result<Reply, Reply> {
    get_running(state, call, "programName")
}

/// The old path of the same call.
fn get_by_name(state: &mut State, call: &Call) -> Result<Reply, Reply> {
    get_running(state, call, "programKey")
}

fn get_running(state: &State, call: &Call, parameter: &str) -> Result<Reply, Reply> {
    let (patient, name) = (patient(state, call)?, call.segment(parameter));
    let found = running(state, &patient, name).ok_or_else(|| not_found(name, call))?;
    Ok(Reply::json(200, found))
}

/// An enrolment by its id, whether it runs or is finished.
fn find(state: &State, call: &Call, parameter: &str) -> Result<Record, Reply> {
    let (patient, id) = (patient(state, call)?, call.segment(parameter));
    let found = state.welkin.enrolments.get(id);
    let found = found.filter(|one| one.text("patientId") == Some(patient.as_str()));
    found.cloned().ok_or_else(|| not_found(id, call))
}

fn get_by_id(state: &mut State, call: &Call) -> Result<Reply, Reply> {
    Ok(Reply::json(200, find(state, call, "patientProgramId")?))
}

/// `assigned` makes an enrolment unless one runs; `status` and `phaseName` change the one that runs.
/// An enrolment is removed by another call, so `assigned` cannot be false.
fn update(state: &mut State, call: &Call) -> Result<Reply, Reply> {
    let patient = patient(state, call)?;
    let name = call.segment("programKey");
    let program = PROGRAM.published(state, name, call)?;
    let input = call.attributes();
    let wrong = |field| Err(errors::wrong(COMPONENT, field, "is not valid", call.now));
    if input.get("assigned").is_some_and(|assigned| assigned == false) {
        return wrong("assigned");
    }
    let mut enrolment = match running(state, &patient, name) {
        Some(enrolment) => enrolment,
        None if input.flag("assigned") => {
            let id = uuid(&mut state.chance);
            let mut enrolment = blank(&id, &patient, &program, call.now);
            if let (None, Some(first)) = (input.text("phaseName"), first_phase(&program)) {
                enter(&mut enrolment, first, state.welkin.definitions.version(), call.now);
            }
            enrolment
        }
        None => return Err(not_found(name, call)),
    };
    match input.text("status") {
        None => {}
        Some(status @ (RUNNING | FINISHED)) => {
            enrolment.insert("status".to_owned(), json!(status));
        }
        Some(_) => return wrong("status"),
    }
    if let Some(phase) = input.text("phaseName") {
        move_to(state, &mut enrolment, &program, phase, call)?;
    }
    enrolment.insert("updatedAt".to_owned(), json!(instant::write(call.now)));
    keep(&mut state.welkin, enrolment.clone());
    // Docs promise 201, recordings show 200.
    Ok(Reply::json(200, enrolment))
}

/// Docs promise 201; the call on the program, which does the same, answered 200 in recordings.
fn change_phase(state: &mut State, call: &Call) -> Result<Reply, Reply> {
    let patient = patient(state, call)?;
    let name = call.segment("programName");
    let program = PROGRAM.published(state, name, call)?;
    let enrolment = running(state, &patient, name);
    let mut enrolment = enrolment.ok_or_else(|| not_found(name, call))?;
    let input = call.attributes();
    let phase = input.text("phaseName").unwrap_or_default();
    move_to(state, &mut enrolment, &program, phase, call)?;
    keep(&mut state.welkin, enrolment.clone());
    Ok(Reply::json(200, enrolment))
}

fn move_to(
    state: &State,
    enrolment: &mut Record,
    program: &Record,
    phase: &str,
    call: &Call,
) -> Result<(), Reply> {
    let phase = phase_of(program, phase).ok_or_else(|| {
        errors::wrong(COMPONENT, "phaseName", "is no phase of the program", call.now)
    })?;
    enter(enrolment, phase, state.welkin.definitions.version(), call.now);
    // It may have begun under a version that drew the program in another way.
    enrolment.insert("compatibleWithCurrentVersion".to_owned(), json!(true));
    Ok(())
}

/// By the id of the enrolment, as recorded; the name of the program, which old docs put here, is
/// 404.
fn unassign(state: &mut State, call: &Call) -> Result<Reply, Reply> {
    let enrolment = find(state, call, "programKey")?;
    let patient = enrolment.text("patientId").unwrap_or_default();
    state.welkin.enrolments.shift_remove(enrolment.text("id").unwrap_or_default());
    show(&mut state.welkin, patient);
    Ok(Reply::empty(200))
}
