//! The three logs.

use serde_json::{Value, json};

use super::{Answer, Bench};

const DATA: &str = "/t/admin/audit-data";

fn subtypes(answer: &Answer) -> Vec<&str> {
    answer.rows("/data").iter().filter_map(|entry| entry["eventSubtype"].as_str()).collect()
}

/// A patient who was changed and two tasks that were made, second by second.
fn bench() -> (Bench, String) {
    let mut bench = Bench::new();
    let user = bench.get("/t/admin/users").text("/data/0/id").to_owned();
    let ada = json!({ "firstName": "Ada", "lastName": "Osei" });
    let patient = bench.send("POST", "/t/i/patients", ada).text("/id").to_owned();
    let path = format!("/t/i/patients/{patient}");
    bench.send("PATCH", &path, json!({ "middleName": "Lee" }));
    bench.now += 1_000;
    bench.send("PATCH", &path, json!({ "lastName": "Eze" }));
    let mut task = json!({
        "name": "Call", "status": "TODO", "priority": "LOW", "assignee": { "id": user },
    });
    for about in [json!({ "id": patient }), Value::Null] {
        bench.now += 1_000;
        task["patient"] = about;
        bench.send("POST", "/t/other/tasks", task.clone());
    }
    (bench, patient)
}

#[test]
fn what_changes_data_is_written_down_with_the_record_after_it() {
    let (mut bench, patient) = bench();
    let log = bench.get(DATA);
    let all = ["PATIENT_UPDATED", "PATIENT_UPDATED", "TASK_CREATED", "TASK_CREATED"];
    assert_eq!(subtypes(&log), all);
    assert_eq!(log.text("/data/0/record/lastName"), "Osei");
    for (field, value) in [
        ("eventEntity", "PATIENT"),
        ("patientId", patient.as_str()),
        ("patientFullName", "Ada Eze"),
        ("record/lastName", "Eze"),
        ("subjectActor", "API_CLIENT"),
        ("subjectUsername", "sandbox"),
        ("sentAt", "2026-03-04T12:00:01.000Z"),
    ] {
        assert_eq!(log.text(&format!("/data/1/{field}")), value);
    }
    assert_eq!(log.text("/data/2/patientFullName"), "Ada Eze");
    assert_eq!(log.text("/data/3/record/createdByName"), "API client");
    // Nobody's task has no patient.
    assert_eq!(log.at("/data/3/patientId"), &Value::Null);
}

#[test]
fn what_fails_or_only_reads_is_not_written_down() {
    let mut bench = Bench::new();
    bench.send("POST", "/t/i/patients", json!({ "firstName": "Ada" }));
    bench.send("POST", "/t/i/by-filter/patients", json!({}));
    let patient = bench.get("/t/i/patients").text("/content/0/id").to_owned();
    bench.send("DELETE", &format!("/t/i/patients/{patient}"), Value::Null);
    assert_eq!(bench.get(DATA).rows("/data").len(), 0);
}

#[test]
fn the_log_of_data_is_filtered() {
    let (mut bench, patient) = bench();
    let mut found = |filter: &str| {
        let answer = bench.get(&format!("{DATA}?{filter}"));
        assert_eq!(answer.status, 200, "{filter}");
        answer.rows("/data").len()
    };
    for (filter, count) in [
        ("entity=TASK".to_owned(), 2),
        ("entity=CDT".to_owned(), 0),
        ("operation=CREATE".to_owned(), 2),
        ("operation=UPDATE&entity=PATIENT".to_owned(), 2),
        ("operation=DELETE".to_owned(), 0),
        ("instance=other".to_owned(), 2),
        (format!("patientId={patient}"), 3),
        ("patientFullName=osei".to_owned(), 1),
        ("subjectUsername=SANDBOX".to_owned(), 4),
        ("subjectFullName=client".to_owned(), 4),
        ("subjectActor=SYSTEM".to_owned(), 0),
        ("cdtName=cdt-vitals".to_owned(), 0),
        ("dateStart=2026-03-04T12:00:01.000Z".to_owned(), 3),
        ("dateStart=2026-03-04T12:00:01.000Z&dateEnd=2026-03-04T12:00:02.000Z".to_owned(), 2),
    ] {
        assert_eq!(found(&filter), count, "{filter}");
    }
    assert_eq!(bench.get(&format!("{DATA}?dateStart=soon")).status, 400);
}

#[test]
fn a_log_is_sorted_by_created_at_although_no_entry_has_it() {
    let (mut bench, _) = bench();
    let log = bench.get(&format!("{DATA}?sort=createdAt,desc&size=2"));
    assert_eq!((log.status, subtypes(&log)), (200, vec!["TASK_CREATED"; 2]));
    assert_eq!(log.text("/data/0/sentAt"), "2026-03-04T12:00:03.000Z");
    assert_eq!(log.at("/metaInfo/totalPages"), &json!(2));
    assert_eq!(log.at("/data/0/createdAt"), &Value::Null);
}

#[test]
fn a_token_exchange_is_written_down_without_the_token() {
    let mut bench = Bench::new();
    let exchange = json!({ "secret": "s", "apiClient": "portal" });
    let token = bench.send("POST", "/auth/token", exchange).text("/token").to_owned();
    bench.send("POST", "/t/admin/api_clients/nightly", json!({ "secret": "s" }));
    bench.send("POST", "/auth/token", json!({ "secret": "", "apiClient": "portal" }));
    let log = bench.get("/t/admin/audit-security");
    let names: Vec<&str> =
        log.rows("/data").iter().filter_map(|entry| entry["objectUsername"].as_str()).collect();
    assert_eq!(names, ["portal", "nightly"]);
    assert!(!log.body.to_string().contains(&token));
    for (filter, count) in [
        ("subjectUsername=nightly", 1),
        ("objectUsername=PORTAL", 1),
        ("objectActor=USER", 0),
        ("eventSubtype=USER_ACCESS_UPDATED", 2),
        ("dateEnd=2026-03-04T11:59:59.000Z", 0),
    ] {
        let path = format!("/t/admin/audit-security?{filter}");
        assert_eq!(bench.get(&path).rows("/data").len(), count, "{filter}");
    }
}

#[test]
fn webhook_calls_were_made_and_answered_with_the_name_of_a_status() {
    let mut bench = Bench::new();
    let log = bench.get("/t/admin/audit-webhook?size=1000");
    let rows = log.rows("/data");
    assert!(rows.len() > 200);
    for (status, code) in
        [("SENT", Value::Null), ("DELIVERED", json!("OK")), ("FAILED", json!("BAD_GATEWAY"))]
    {
        let row = rows.iter().find(|row| row["status"] == status).unwrap();
        assert_eq!(row["statusCode"], code);
    }
    let patients = bench.get("/t/admin/audit-webhook?entity=PATIENT&eventSubtype=PATIENT_CREATED");
    assert_eq!(patients.at("/metaInfo/totalElements"), &json!(200));
    let sent = rows[10]["sentAt"].as_str().unwrap();
    let one = format!("/t/admin/audit-webhook?dateStart={sent}&dateEnd={sent}&instance=sb-demo");
    assert!(bench.get(&one).rows("/data").iter().any(|row| row["id"] == rows[10]["id"]));
    assert_eq!(bench.get("/t/admin/audit-webhook?instance=other").rows("/data").len(), 0);
}
