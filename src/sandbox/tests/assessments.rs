//! The rules of assessments and their records.

use serde_json::{Value, json};

use super::Bench;

const MOOD: &str = "cdt-intake__cdtf-mood";
const GOALS: &str = "cdt-intake__cdtf-goals";

fn records(bench: &mut Bench) -> String {
    let patients = bench.get("/t/i/patients");
    format!("/t/i/patients/{}/assessment-records", patients.text("/content/1/id"))
}

/// A record of the intake; its path.
fn begun(bench: &mut Bench) -> (Value, String) {
    let list = records(bench);
    let made = bench.send("POST", &list, json!({ "assessmentName": "asm-intake" }));
    assert_eq!(made.status, 201);
    (made.body.clone(), format!("{list}/{}", made.text("/id")))
}

#[test]
fn a_new_record_has_every_answer_unset() {
    let mut bench = Bench::new();
    let (made, path) = begun(&mut bench);
    assert_eq!(
        (&made["status"], &made["assessmentCdtName"]),
        (&json!("NEW"), &json!("_asm-intake"))
    );
    assert_eq!(made["answers"].get(MOOD), Some(&Value::Null));
    assert_eq!(made["answers"]["id"], made["id"]);
    assert_eq!((&made["questions"], &made["finalizedDate"]), (&json!({}), &Value::Null));
    assert_eq!(bench.get(&path).body, made);
    let list = records(&mut bench);
    let unknown = bench.send("POST", &list, json!({ "assessmentName": "asm-nothing" }));
    assert_eq!((unknown.status, unknown.text("/0/details/field")), (400, "assessmentName"));
}

#[test]
fn answers_are_written_flat_and_read_nested() {
    let mut bench = Bench::new();
    let (made, path) = begun(&mut bench);
    let path = format!("{path}/answers");
    let input = json!({ MOOD: "good", GOALS: "Sleep", "created_by": "somebody" });
    let answered = bench.send("PUT", &path, input);
    assert_eq!((answered.status, answered.text("/status")), (200, "IN_PROGRESS"));
    assert_eq!(answered.at("/answers")[MOOD], "good");
    assert_eq!(answered.body.get(MOOD), None);
    assert_eq!(answered.at("/answers/created_by"), &made["answers"]["created_by"]);
    let changed = bench.send("PUT", &path, json!({ MOOD: null }));
    assert_eq!(changed.at("/answers")[MOOD], Value::Null);
    assert_eq!(changed.at("/answers")[GOALS], "Sleep");
}

#[test]
fn a_completed_record_has_a_date_and_its_questions() {
    let mut bench = Bench::new();
    let (mut whole, path) = begun(&mut bench);
    bench.now += 60_000;
    whole["status"] = json!("COMPLETED");
    whole["answers"][MOOD] = json!("fair");
    whole["patientId"] = whole["id"].clone();
    let done = bench.send("PUT", &path, whole.clone());
    assert_eq!(done.text("/finalizedDate"), "2026-03-04T12:01:00.000Z");
    assert!(!done.text("/localFinalizedDate").is_empty());
    assert_eq!(done.at("/questions")[MOOD], "mood");
    assert_eq!((&done.at("/answers")[MOOD], done.text("/status")), (&json!("fair"), "COMPLETED"));
    assert_ne!(done.at("/patientId"), &whole["patientId"]);
    bench.now += 60_000;
    assert_eq!(
        bench.send("PUT", &path, done.body.clone()).at("/finalizedDate"),
        done.at("/finalizedDate")
    );
    let again = bench.send("PUT", &path, json!({ "status": "IN_PROGRESS" }));
    assert_eq!((again.at("/finalizedDate"), again.at("/questions")), (&Value::Null, &json!({})));
    assert_eq!(bench.send("PUT", &path, json!({ "status": "LOST" })).status, 400);
}

#[test]
fn records_are_listed_by_patient_in_pages_and_deleted_without_a_body() {
    let mut bench = Bench::new();
    let list = records(&mut bench);
    let before = bench.get(&list).at("/totalElements").as_i64().unwrap();
    let (_, path) = begun(&mut bench);
    begun(&mut bench);
    let page = bench.get(&format!("{list}?size=1&page={}", before + 1));
    assert_eq!((page.at("/totalElements"), page.at("/last")), (&json!(before + 2), &json!(true)));
    let gone = bench.send("DELETE", &path, Value::Null);
    assert_eq!((gone.status, gone.outgoing.body.len()), (200, 0));
    let unknown = bench.get(&path);
    assert_eq!(
        (unknown.status, unknown.text("/0/errorCode")),
        (404, "ASSESSMENT_RECORD_NOT_FOUND")
    );
    assert_eq!(bench.get(&list).at("/totalElements"), before + 1);
}

#[test]
fn a_record_of_another_patient_is_unknown() {
    let mut bench = Bench::new();
    let (_, path) = begun(&mut bench);
    let other = bench.get("/t/i/patients").text("/content/2/id").to_owned();
    let id = path.rsplit('/').next().unwrap();
    let foreign = bench.get(&format!("/t/i/patients/{other}/assessment-records/{id}"));
    assert_eq!(foreign.text("/0/errorCode"), "ASSESSMENT_RECORD_NOT_FOUND");
}

#[test]
fn definitions_are_a_whole_array_and_are_read_by_version() {
    let mut bench = Bench::new();
    let list = |version: &str| format!("/t/i/formations/{version}/assessments");
    let current = bench.get(&list("current"));
    assert_eq!(current.rows("").len(), 2);
    assert_eq!(bench.get(&format!("{}?page=4&size=1", list("current"))).body, current.body);
    assert_eq!(bench.get(&list("2")).body, current.body);
    assert_eq!(bench.get(&list("1")).rows("").len(), 1);
    assert_eq!(bench.get(&list("3")).status, 404);
    let unknown = bench.get(&format!("{}/asm-nothing", list("current")));
    assert_eq!((unknown.status, unknown.text("/0/errorCode")), (404, "ASSESSMENT_NOT_FOUND"));
}

#[test]
fn an_assessment_is_written_to_the_draft_and_keeps_its_name() {
    let mut bench = Bench::new();
    let draft = "/t/i/formations/draft/assessments";
    let made = bench.send("POST", draft, json!({ "name": "asm-new", "title": "New" }));
    assert_eq!((made.status, made.at("/version")), (200, &json!(3)));
    let path = format!("{draft}/asm-new");
    let renamed = bench.send("PUT", &path, json!({ "name": "asm-other" }));
    assert_eq!((renamed.status, renamed.text("/0/details/field")), (400, "name"));
    let replaced = bench.send("PUT", &path, json!({ "title": "Newer" }));
    assert_eq!((replaced.at("/id"), replaced.text("/name")), (made.at("/id"), "asm-new"));
    assert_eq!(bench.get(&path).body, replaced.body);
    assert_eq!(bench.get("/t/i/formations/current/assessments/asm-new").status, 404);
    let records = records(&mut bench);
    let record = bench.send("POST", &records, json!({ "assessmentName": "asm-new" }));
    assert_eq!(record.status, 400, "a draft asks nobody");
    let gone = bench.send("DELETE", &path, Value::Null);
    assert_eq!((gone.status, gone.outgoing.body.len()), (200, 0));
    assert_eq!(bench.get(&path).status, 404);
}

#[test]
fn a_question_has_a_field_that_no_other_question_has() {
    let mut bench = Bench::new();
    let question = |field: &str| {
        json!({
            "label": "How?", "refCdtName": "cdt-new", "refCdtFieldName": field, "order": 0,
            "viewType": "question", "meta": { "type": "text" },
        })
    };
    let mut send = |fields: Value| {
        let section = json!({ "title": "One", "name": "one", "order": 0, "fields": fields });
        let input = json!({ "name": "asm-new", "sections": [section] });
        bench.send("POST", "/t/i/formations/draft/assessments", input)
    };
    for fields in [json!([question("")]), json!([question("a"), question("a")])] {
        let answer = send(fields);
        assert_eq!((answer.status, answer.text("/0/details/field")), (400, "sections"));
    }
    assert_eq!(send(json!([question("a"), question("b")])).status, 200);
}

#[test]
fn the_internal_cdts_of_an_assessment_have_its_answers_and_scores() {
    let mut bench = Bench::new();
    let path = |name: &str| format!("/t/i/formations/current/assessments/cdt/{name}");
    let answers = bench.get(&path("_asm-intake"));
    let names: Vec<&str> =
        answers.rows("/fields").iter().filter_map(|field| field["name"].as_str()).collect();
    assert_eq!(names, [MOOD, GOALS]);
    assert_eq!((answers.text("/relation"), answers.at("/internal")), ("ASSESSMENT", &json!(true)));
    assert_eq!(bench.get(&path("_asm-intake")).at("/id"), answers.at("/id"));
    let scores = bench.get(&path("_asm-mood-check_scoring"));
    assert_eq!(scores.text("/fields/0/name"), "total");
    assert_ne!(scores.at("/id"), answers.at("/id"));
    assert_eq!(bench.get(&path("asm-intake")).status, 404);
}

#[test]
fn the_first_records_have_all_statuses() {
    let mut bench = Bench::new();
    let patients = bench.get("/t/i/patients?size=200");
    let mut statuses = std::collections::BTreeSet::new();
    for patient in patients.rows("/content") {
        let id = patient["id"].as_str().unwrap();
        let list = bench.get(&format!("/t/i/patients/{id}/assessment-records"));
        statuses.extend(list.rows("/content").iter().map(|one| {
            let done = one["status"] == "COMPLETED";
            assert_eq!(done, one["finalizedDate"].is_string());
            assert_eq!(done, one["questions"] != json!({}));
            one["status"].to_string()
        }));
    }
    assert_eq!(statuses.len(), 3);
}

#[test]
fn an_answer_is_what_the_field_of_its_question_takes() {
    const SLEEP: &str = "cdt-mood__cdtf-sleep";
    let mut bench = Bench::new();
    let list = records(&mut bench);
    let made = bench.send("POST", &list, json!({ "assessmentName": "asm-mood-check" }));
    let path = format!("{list}/{}", made.text("/id"));
    let answers = format!("{path}/answers");
    for (input, field) in [
        (json!({ SLEEP: "eight" }), SLEEP),
        (json!({ SLEEP: 7.5 }), SLEEP),
        (json!({ "cdt-mood__cdtf-mood": 1 }), "cdt-mood__cdtf-mood"),
    ] {
        let refused = bench.send("PUT", &answers, input);
        assert_eq!((refused.status, refused.text("/0/details/field")), (400, field));
        assert_eq!(bench.get(&path).body, made.body, "what is refused changes nothing");
    }
    let whole = json!({ "status": "IN_PROGRESS", "answers": { SLEEP: "eight" } });
    assert_eq!(bench.send("PUT", &path, whole).status, 400);
    let taken = bench.send("PUT", &answers, json!({ SLEEP: 8, "cdt-mood__other": "x" }));
    assert_eq!((taken.status, &taken.at("/answers")[SLEEP]), (200, &json!(8)));
    assert_eq!(taken.at("/answers").get("cdt-mood__other"), None, "unknown keys have no effect");
    let cleared = bench.send("PUT", &answers, json!({ SLEEP: null }));
    assert_eq!((cleared.status, &cleared.at("/answers")[SLEEP]), (200, &Value::Null));
}

#[test]
fn a_record_is_replaced_as_a_whole() {
    let mut bench = Bench::new();
    let (mut whole, path) = begun(&mut bench);
    whole["status"] = json!("IN_PROGRESS");
    whole["expirationDate"] = json!("2026-04-04T12:00:00.000Z");
    whole["pfa"] = json!(true);
    whole["answers"][MOOD] = json!("fair");
    whole["answers"][GOALS] = json!("Sleep");
    let full = bench.send("PUT", &path, whole.clone());
    assert_eq!((full.at("/pfa"), &full.at("/answers")[GOALS]), (&json!(true), &json!("Sleep")));
    let body = json!({ "status": "IN_PROGRESS", "answers": { MOOD: "good" } });
    let less = bench.send("PUT", &path, body);
    assert_eq!((less.at("/expirationDate"), less.at("/pfa")), (&Value::Null, &json!(false)));
    assert_eq!(
        (&less.at("/answers")[MOOD], &less.at("/answers")[GOALS]),
        (&json!("good"), &Value::Null)
    );
    for name in ["id", "patientId", "createdAt", "assessmentName", "version"] {
        assert_eq!(less.body[name], whole[name], "{name}");
    }
    assert_eq!(less.at("/answers/id"), &whole["answers"]["id"]);
}
