//! Patients in programs.

use serde_json::{Value, json};

use super::{Answer, Bench};

const PROGRAM: &str = "prog-transitional-care";

/// The path of a patient who is in no program.
fn patient(bench: &mut Bench) -> String {
    let made = json!({ "firstName": "Ada", "lastName": "Osei" });
    format!("/t/i/patients/{}", bench.send("POST", "/t/i/patients", made).text("/id"))
}

fn patch(bench: &mut Bench, patient: &str, body: Value) -> Answer {
    bench.send("PATCH", &format!("{patient}/programs/{PROGRAM}"), body)
}

fn row<'a>(list: &'a Answer, program: &str) -> &'a Value {
    list.rows("/data").iter().find(|row| row["programName"] == program).unwrap_or(&Value::Null)
}

fn phases(entries: &[Value]) -> Vec<&str> {
    entries.iter().filter_map(|entry| entry["name"].as_str()).collect()
}

fn assert_not_found(answer: &Answer, code: &str) {
    assert_eq!((answer.status, answer.text("/0/errorCode")), (404, code));
}

#[test]
fn an_unassigned_program_is_a_row_of_nulls() {
    let mut bench = Bench::new();
    let patient = patient(&mut bench);
    let list = format!("{patient}/programs");
    let all = bench.get(&list);
    assert_eq!(all.rows("/data").len(), 3);
    let id = patch(&mut bench, &patient, json!({ "assigned": true })).text("/id").to_owned();
    assert_eq!(row(&bench.get(&list), PROGRAM)["id"], json!(id));
    let removed = bench.send("DELETE", &format!("{list}/{id}"), Value::Null);
    assert_eq!((removed.status, removed.outgoing.body.len()), (200, 0));
    let all = bench.get(&list);
    let placeholder = row(&all, PROGRAM);
    for name in ["id", "createdAt", "updatedAt", "patientId", "currentPhase", "status"] {
        assert!(placeholder[name].is_null(), "{name}");
    }
    assert_eq!(
        (&placeholder["assigned"], &placeholder["pathHistory"]),
        (&json!(false), &json!([]))
    );
    assert_not_found(&bench.get(&format!("{list}/history/{id}")), "PATIENT_PROGRAM_NOT_FOUND");
}

#[test]
fn the_filter_parts_assigned_and_unassigned_programs() {
    let mut bench = Bench::new();
    let patient = patient(&mut bench);
    patch(&mut bench, &patient, json!({ "assigned": true }));
    let mut names = |query: &str| {
        let list = bench.get(&format!("{patient}/programs?{query}"));
        list.rows("/data")
            .iter()
            .filter_map(|row| row["programName"].as_str().map(str::to_owned))
            .collect::<Vec<_>>()
    };
    assert_eq!(names("assignedPrograms=true"), [PROGRAM]);
    let unassigned = names("assignedPrograms=false");
    assert!(unassigned.len() == 2 && !unassigned.contains(&PROGRAM.to_owned()));
    assert_eq!(names("size=1&page=2").len(), 1);
    assert_eq!(names("sort=programName,desc").first().map(String::as_str), Some("prog-wellness"));
}

#[test]
fn one_call_assigns_and_moves_to_a_phase() {
    let mut bench = Bench::new();
    let patient = patient(&mut bench);
    let answer =
        patch(&mut bench, &patient, json!({ "assigned": true, "phaseName": "monitoring" }));
    assert_eq!((answer.status, answer.text("/currentPhase/name")), (200, "monitoring"));
    assert_eq!(answer.at("/pathHistory"), &json!([]));
    assert_eq!((answer.text("/status"), answer.at("/assigned")), ("IN_PROGRESS", &json!(true)));
    // The version of a phase is text.
    assert_eq!(answer.text("/currentPhase/currentVersion"), "2");
}

#[test]
fn a_phase_that_is_left_goes_to_the_history() {
    let mut bench = Bench::new();
    let patient = patient(&mut bench);
    let begun = patch(&mut bench, &patient, json!({ "assigned": true }));
    assert_eq!(begun.text("/currentPhase/name"), "intake");
    let path = format!("{patient}/programs/{PROGRAM}/phases");
    let moved = bench.send("PATCH", &path, json!({ "phaseName": "monitoring" }));
    assert_eq!((moved.status, moved.text("/currentPhase/name")), (200, "monitoring"));
    assert_eq!(phases(moved.rows("/pathHistory")), ["intake"]);
    assert_eq!(moved.at("/id"), begun.at("/id"));
    for body in [json!({ "phaseName": "nowhere" }), json!({})] {
        let answer = bench.send("PATCH", &path, body);
        assert_eq!((answer.status, answer.text("/0/details/field")), (400, "phaseName"));
    }
    let kept = bench.get(&format!("{patient}/programs/current/{PROGRAM}"));
    assert_eq!(kept.body, moved.body);
}

#[test]
fn a_finished_enrolment_is_read_through_history() {
    let mut bench = Bench::new();
    let patient = patient(&mut bench);
    let begun = patch(&mut bench, &patient, json!({ "assigned": true }));
    let current = format!("{patient}/programs/current/{PROGRAM}");
    assert_eq!(bench.get(&current).at("/id"), begun.at("/id"));
    let finished = patch(&mut bench, &patient, json!({ "status": "FINISHED" }));
    assert_eq!(finished.text("/status"), "FINISHED");
    assert_not_found(&bench.get(&current), "PATIENT_PROGRAM_NOT_FOUND");
    let old = format!("{patient}/programs/{PROGRAM}");
    assert_not_found(&bench.get(&old), "PATIENT_PROGRAM_NOT_FOUND");
    let history = format!("{patient}/programs/history/{}", begun.text("/id"));
    assert_eq!(bench.get(&history).body, finished.body);
    let again = patch(&mut bench, &patient, json!({ "assigned": true }));
    assert_ne!(again.at("/id"), begun.at("/id"));
    assert_eq!(bench.get(&old).at("/id"), again.at("/id"));
}

#[test]
fn a_phase_may_finish_the_program() {
    let mut bench = Bench::new();
    let patient = patient(&mut bench);
    let body = json!({ "assigned": true, "phaseName": "discharged" });
    assert_eq!(patch(&mut bench, &patient, body).text("/status"), "FINISHED");
}

#[test]
fn an_enrolment_is_changed_by_name_and_removed_by_id() {
    let mut bench = Bench::new();
    let patient = patient(&mut bench);
    let id = patch(&mut bench, &patient, json!({ "assigned": true })).text("/id").to_owned();
    let path = format!("{patient}/programs");
    let answer = bench.send("DELETE", &format!("{path}/{PROGRAM}"), Value::Null);
    assert_not_found(&answer, "PATIENT_PROGRAM_NOT_FOUND");
    let answer = bench.send("PATCH", &format!("{path}/{id}"), json!({ "assigned": true }));
    assert_not_found(&answer, "PROGRAM_NOT_FOUND");
    assert_not_found(&bench.get(&format!("{path}/history/{PROGRAM}")), "PATIENT_PROGRAM_NOT_FOUND");
    assert_not_found(&bench.get(&format!("{path}/current/{id}")), "PATIENT_PROGRAM_NOT_FOUND");
}

#[test]
fn nothing_is_changed_that_is_not_assigned() {
    let mut bench = Bench::new();
    let patient = patient(&mut bench);
    for body in [json!({ "phaseName": "intake" }), json!({ "status": "FINISHED" })] {
        assert_not_found(&patch(&mut bench, &patient, body), "PATIENT_PROGRAM_NOT_FOUND");
    }
    for (body, field) in [
        (json!({ "assigned": false }), "assigned"),
        (json!({ "assigned": true, "status": "PAUSED" }), "status"),
        (json!({ "assigned": true, "phaseName": "nowhere" }), "phaseName"),
    ] {
        let answer = patch(&mut bench, &patient, body);
        assert_eq!((answer.status, answer.text("/0/details/field")), (400, field));
    }
    assert_eq!(
        bench.get(&format!("{patient}/programs?assignedPrograms=true")).rows("/data").len(),
        0
    );
    assert_not_found(&bench.get("/t/i/patients/nobody/programs"), "PATIENT_NOT_FOUND");
}

#[test]
fn a_program_of_the_draft_takes_nobody() {
    let mut bench = Bench::new();
    let patient = patient(&mut bench);
    let made = json!({ "name": "prog-new", "phases": [{ "name": "a" }] });
    assert_eq!(bench.send("POST", "/t/i/formations/draft/programs", made).status, 201);
    let path = format!("{patient}/programs/prog-new");
    let answer = bench.send("PATCH", &path, json!({ "assigned": true }));
    assert_not_found(&answer, "PROGRAM_NOT_FOUND");
}

#[test]
fn a_patient_shows_the_enrolments() {
    let mut bench = Bench::new();
    let patient = patient(&mut bench);
    let begun = patch(&mut bench, &patient, json!({ "assigned": true }));
    assert_eq!(bench.get(&patient).at("/patientPrograms/0"), &begun.body);
    let path = format!("{patient}/programs/{}", begun.text("/id"));
    bench.send("DELETE", &path, Value::Null);
    assert_eq!(bench.get(&patient).at("/patientPrograms"), &json!([]));
}

#[test]
fn an_enrolment_in_a_phase_that_is_gone_says_so_until_it_moves() {
    let mut bench = Bench::new();
    let patients = bench.get("/t/i/patients?size=200");
    let stuck = patients
        .rows("/content")
        .iter()
        .find(|patient| patient["patientPrograms"][0]["currentPhase"]["name"] == "phone-screening");
    let path = format!("/t/i/patients/{}", stuck.unwrap()["id"].as_str().unwrap());
    let enrolment = bench.get(&format!("{path}/programs/current/{PROGRAM}"));
    assert_eq!(enrolment.at("/compatibleWithCurrentVersion"), false);
    assert_eq!(enrolment.at("/currentPhase/deleted"), true);
    assert_eq!(enrolment.text("/currentPhase/currentVersion"), "1");
    let moved = patch(&mut bench, &path, json!({ "phaseName": "monitoring" }));
    assert_eq!(moved.at("/compatibleWithCurrentVersion"), true);
    assert_eq!(phases(moved.rows("/pathHistory")), ["intake", "phone-screening"]);
}
