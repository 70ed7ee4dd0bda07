//! Records of custom data types.

use serde_json::{Value, json};

use super::{Answer, Bench};
use crate::sandbox::Settings;

const NOTHING: &str = "00000000-0000-4000-8000-000000000000";

/// The path of a patient without any data.
fn patient(bench: &mut Bench) -> String {
    let made = json!({ "firstName": "Ada", "lastName": "Osei" });
    format!("/t/i/patients/{}", bench.send("POST", "/t/i/patients", made).text("/id"))
}

fn vitals(bench: &mut Bench) -> String {
    format!("{}/cdts/cdt-vitals", patient(bench))
}

fn make(bench: &mut Bench, path: &str, fields: Value) -> String {
    let made = bench.send("POST", path, fields);
    assert_eq!(made.status, 201, "{}", made.body);
    made.text("/id").to_owned()
}

fn rates(answer: &Answer) -> Vec<i64> {
    let rows = answer.rows("/data/content").iter();
    rows.filter_map(|row| row["jsonBody"]["cdtf-heart-rate"].as_i64()).collect()
}

#[test]
fn a_request_is_flat_and_its_answer_nests_it_in_json_body() {
    let mut bench = Bench::new();
    let path = vitals(&mut bench);
    let sent = json!({ "cdtf-heart-rate": 72, "external_id": "e-1", "cdtName": "other", "x": 1, "id": NOTHING });
    let made = bench.send("POST", &path, sent);
    assert_eq!((made.status, made.text("/cdtName")), (201, "cdt-vitals"));
    assert_eq!(made.at("/id"), made.at("/jsonBody/id"));
    assert_ne!(made.text("/id"), NOTHING);
    assert_eq!(made.at("/jsonBody/cdtf-heart-rate"), 72);
    assert_eq!(made.at("/jsonBody/external_id"), "e-1");
    // What was not sent is null; what is no field has no effect.
    assert_eq!(made.body["jsonBody"].get("cdtf-note"), Some(&Value::Null));
    assert!(made.body["jsonBody"].get("cdtName").is_none());
    assert!(made.body["jsonBody"].get("x").is_none() && made.body.get("x").is_none());
    let definition = bench.get("/t/i/formations/current/cdts/cdt-vitals");
    assert_eq!((made.at("/cdtId"), made.at("/version")), (definition.at("/id"), &json!(2)));
    assert_eq!(bench.get(&format!("{path}/{}", made.text("/id"))).body, made.body);
}

#[test]
fn a_list_is_a_page_under_data_beside_the_name() {
    let mut bench = Bench::new();
    let path = vitals(&mut bench);
    for rate in 0..25 {
        make(&mut bench, &path, json!({ "cdtf-heart-rate": 60 + rate }));
    }
    let page = bench.get(&path);
    assert_eq!((page.text("/name"), page.rows("/data/content").len()), ("cdt-vitals", 20));
    assert_eq!(
        (page.at("/data/last"), page.at("/data/totalElements")),
        (&json!(false), &json!(25))
    );
    let page = bench.get(&format!("{path}?page=1&sort=cdtf-heart-rate,desc"));
    assert_eq!(rates(&page), [64, 63, 62, 61, 60]);
    assert_eq!(page.at("/data/last"), true);
    assert_eq!(bench.get(&format!("{path}?sort=shoe-size")).status, 400);
}

#[test]
fn fields_leave_the_keys_of_the_system() {
    let mut bench = Bench::new();
    let path = vitals(&mut bench);
    make(&mut bench, &path, json!({ "cdtf-heart-rate": 72, "cdtf-level": "high" }));
    let page = bench.get(&format!("{path}?fields=cdtf-level"));
    let body = page.at("/data/content/0/jsonBody");
    assert_eq!((&body["cdtf-level"], body.get("cdtf-heart-rate")), (&json!("high"), None));
    assert!(body["created_at"].is_string() && body["id"].is_string());
    let answer = bench.get(&format!("{path}?fields=cdtf-level,shoe-size"));
    assert_eq!((answer.status, answer.text("/0/details/field")), (400, "fields"));
}

#[test]
fn a_filter_holds_one_of_several_values() {
    let mut bench = Bench::new();
    let path = vitals(&mut bench);
    for (rate, level) in [(50, "low"), (70, "normal"), (120, "high")] {
        make(&mut bench, &path, json!({ "cdtf-heart-rate": rate, "cdtf-level": level }));
    }
    let mut found = |filter: &str| rates(&bench.get(&format!("{path}?filters={filter}")));
    assert_eq!(found("cdtf-level=low,high"), [50, 120]);
    assert_eq!(found("cdtf-level%3Dnormal"), [70]);
    assert_eq!(found("cdtf-heart-rate=70,71"), [70]);
    assert_eq!(found("cdtf-note=x"), [0; 0]);
    for filter in ["cdtf-level", "shoe-size=3"] {
        let answer = bench.get(&format!("{path}?filters={filter}"));
        assert_eq!((answer.status, answer.text("/0/details/field")), (400, "filters"));
    }
}

#[test]
fn a_range_is_of_the_last_change_and_leaves_its_end_out() {
    let mut bench = Bench::new();
    let path = vitals(&mut bench);
    let first = make(&mut bench, &path, json!({ "cdtf-heart-rate": 50 }));
    bench.now += 60_000;
    make(&mut bench, &path, json!({ "cdtf-heart-rate": 70 }));
    let found = |bench: &mut Bench, query: &str| rates(&bench.get(&format!("{path}?{query}")));
    assert_eq!(found(&mut bench, "dateStart=2026-03-04T12:01:00.000Z"), [70]);
    assert_eq!(found(&mut bench, "dateEnd=2026-03-04T12:01:00.000Z"), [50]);
    bench.now += 60_000;
    bench.send("PATCH", &format!("{path}/{first}"), json!({ "cdtf-heart-rate": 51 }));
    assert_eq!(found(&mut bench, "dateStart=2026-03-04T12:02:00.000Z"), [51]);
    let answer = bench.get(&format!("{path}?dateStart=yesterday"));
    assert_eq!((answer.status, answer.text("/0/details/field")), (400, "dateStart"));
}

#[test]
fn a_patch_merges() {
    let mut bench = Bench::new();
    let path = vitals(&mut bench);
    let id = make(&mut bench, &path, json!({ "cdtf-heart-rate": 72, "cdtf-note": "calm" }));
    let path = format!("{path}/{id}");
    bench.now += 1000;
    let changed =
        bench.send("PATCH", &path, json!({ "cdtf-temperature": 98.6, "cdtf-note": null }));
    let body = changed.at("/jsonBody");
    assert_eq!((&body["cdtf-heart-rate"], &body["cdtf-temperature"]), (&json!(72), &json!(98.6)));
    assert!(body["cdtf-note"].is_null());
    assert!(body["updated_at"].as_str() > body["created_at"].as_str());
    assert_eq!(bench.get(&path).body, changed.body);
}

#[test]
fn each_row_of_a_bulk_change_has_its_own_result() {
    let mut bench = Bench::new();
    let path = vitals(&mut bench);
    let good = make(&mut bench, &path, json!({ "cdtf-heart-rate": 72, "cdtf-level": "low" }));
    let bad = make(&mut bench, &path, json!({ "cdtf-heart-rate": 80, "cdtf-level": "low" }));
    let rows = json!([
        { "id": good, "jsonBody": { "cdtf-level": "high" } },
        { "id": NOTHING, "jsonBody": { "cdtf-level": "high" } },
        { "id": bad, "jsonBody": { "cdtf-level": "enormous" } },
    ]);
    let answer = bench.send("PATCH", &path, json!({ "rows": rows }));
    assert_eq!((answer.status, answer.rows("/rows").len()), (200, 3));
    assert_eq!(answer.at("/rows/0/result"), &json!({ "status": "OK", "content": null }));
    assert_eq!(answer.at("/rows/0/jsonBody/cdtf-level"), "high");
    assert_eq!(answer.at("/rows/0/jsonBody/cdtf-heart-rate"), 72);
    for (row, code) in [(1, "DT_RECORD_NOT_FOUND"), (2, "VALIDATION_ERROR")] {
        assert_ne!(answer.at(&format!("/rows/{row}/result/status")), "OK");
        assert_eq!(answer.text(&format!("/rows/{row}/result/content/0/errorCode")), code);
    }
    let level = |bench: &mut Bench, id: &str| {
        bench.get(&format!("{path}/{id}")).text("/jsonBody/cdtf-level").to_owned()
    };
    assert_eq!(
        (level(&mut bench, &good).as_str(), level(&mut bench, &bad).as_str()),
        ("high", "low")
    );
    assert_eq!(bench.send("PATCH", &path, json!({})).status, 400);
}

#[test]
fn a_bulk_change_is_for_list_fields_that_are_open_to_it() {
    let mut bench = Bench::new();
    let path = vitals(&mut bench);
    let id = make(&mut bench, &path, json!({ "cdtf-heart-rate": 72 }));
    let row = json!({ "id": id, "jsonBody": { "cdtf-level": "high", "cdtf-heart-rate": 90 } });
    let answer = bench.send("PATCH", &path, json!({ "rows": [row] }));
    assert_eq!((answer.status, answer.at("/rows/0/result/status") == "OK"), (200, false));
    assert_eq!(answer.text("/rows/0/result/content/0/details/field"), "cdtf-heart-rate");
    let kept = bench.get(&format!("{path}/{id}"));
    assert_eq!(
        (kept.at("/jsonBody/cdtf-heart-rate"), kept.at("/jsonBody/cdtf-level")),
        (&json!(72), &Value::Null)
    );
}

#[test]
fn a_record_is_read_by_each_kind_of_id() {
    let mut bench = Bench::new();
    let path = vitals(&mut bench);
    let sent = json!({ "cdtf-heart-rate": 72, "external_id": "e-1", "external_guid": NOTHING });
    let id = make(&mut bench, &path, sent);
    for key in [
        id.clone(),
        format!("{id}?type=ID"),
        "e-1?type=EID".into(),
        format!("{NOTHING}?type=EGUID"),
    ] {
        assert_eq!(bench.get(&format!("{path}/{key}")).text("/id"), id, "{key}");
    }
    let answer = bench.get(&format!("{path}/e-1"));
    assert_eq!((answer.status, answer.text("/0/errorCode")), (404, "DT_RECORD_NOT_FOUND"));
    assert_eq!(bench.get(&format!("{path}/{id}?type=MRN")).status, 400);
    let again = json!({ "cdtf-heart-rate": 80, "external_id": "e-1" });
    let answer = bench.send("POST", &path, again);
    assert_eq!((answer.status, answer.text("/0/details/field")), (400, "external_id"));
}

#[test]
fn a_single_record_cdt_takes_one_record_of_a_patient() {
    let mut bench = Bench::new();
    let path = format!("{}/cdts/cdt-social-history", patient(&mut bench));
    let id = make(&mut bench, &path, json!({ "cdtf-packs-a-day": 1, "cdtf-support": ["family"] }));
    let second = bench.send("POST", &path, json!({}));
    assert_eq!((second.status, second.text("/0/details/field")), (400, "cdtName"));
    let other = format!("{}/cdts/cdt-social-history", patient(&mut bench));
    make(&mut bench, &other, json!({}));
    assert_eq!(bench.send("DELETE", &format!("{path}/{id}"), Value::Null).status, 200);
    make(&mut bench, &path, json!({}));
}

#[test]
fn a_value_is_what_its_field_takes() {
    let mut bench = Bench::new();
    let patient = patient(&mut bench);
    for (cdt, fields, field) in [
        ("cdt-vitals", json!({}), "cdtf-heart-rate"),
        ("cdt-vitals", json!({ "cdtf-heart-rate": 72.5 }), "cdtf-heart-rate"),
        ("cdt-vitals", json!({ "cdtf-heart-rate": "72" }), "cdtf-heart-rate"),
        ("cdt-vitals", json!({ "cdtf-heart-rate": 72, "cdtf-level": "enormous" }), "cdtf-level"),
        ("cdt-vitals", json!({ "cdtf-heart-rate": 72, "cdtf-taken-at": "noon" }), "cdtf-taken-at"),
        ("cdt-social-history", json!({ "cdtf-packs-a-day": 9 }), "cdtf-packs-a-day"),
        ("cdt-social-history", json!({ "cdtf-support": "family" }), "cdtf-support"),
        ("cdt-vitals", json!({ "cdtf-heart-rate": 72, "external_id": 1 }), "external_id"),
    ] {
        let answer = bench.send("POST", &format!("{patient}/cdts/{cdt}"), fields.clone());
        assert_eq!((answer.status, answer.text("/0/details/field")), (400, field), "{fields}");
    }
    assert_eq!(bench.get(&format!("{patient}/cdts/cdt-vitals")).at("/data/totalElements"), 0);
}

#[test]
fn a_deleted_record_is_gone_and_the_answer_is_empty() {
    let mut bench = Bench::new();
    let path = vitals(&mut bench);
    let record = format!("{path}/{}", make(&mut bench, &path, json!({ "cdtf-heart-rate": 72 })));
    let answer = bench.send("DELETE", &record, Value::Null);
    assert_eq!((answer.status, answer.outgoing.body.len()), (200, 0));
    for method in ["GET", "DELETE"] {
        let answer = bench.send(method, &record, Value::Null);
        assert_eq!((answer.status, answer.text("/0/errorCode")), (404, "DT_RECORD_NOT_FOUND"));
    }
}

#[test]
fn a_record_belongs_to_its_patient_and_its_cdt() {
    let mut bench = Bench::new();
    let path = vitals(&mut bench);
    let id = make(&mut bench, &path, json!({ "cdtf-heart-rate": 72 }));
    let other = patient(&mut bench);
    for (path, code) in [
        (format!("{other}/cdts/cdt-vitals/{id}"), "DT_RECORD_NOT_FOUND"),
        (path.replace("cdt-vitals", "cdt-diagnoses") + "/" + &id, "DT_RECORD_NOT_FOUND"),
        (path.replace("cdt-vitals", "cdt-nothing"), "CDT_NOT_FOUND"),
        (path.replace("cdt-vitals", "_document_summary"), "CDT_NOT_FOUND"),
        ("/t/i/patients/nobody/cdts/cdt-vitals".to_owned(), "PATIENT_NOT_FOUND"),
    ] {
        let answer = bench.get(&path);
        assert_eq!((answer.status, answer.text("/0/errorCode")), (404, code), "{path}");
    }
}

#[test]
fn some_patients_have_data_from_the_beginning() {
    let mut bench = Bench::new();
    let patients = bench.get("/t/i/patients?size=20");
    for cdt in ["cdt-vitals", "cdt-social-history", "cdt-diagnoses"] {
        let has = patients.rows("/content").iter().filter(|patient| {
            let id = patient["id"].as_str().unwrap();
            bench.get(&format!("/t/i/patients/{id}/cdts/{cdt}")).at("/data/empty") == false
        });
        assert!((4..20).contains(&has.count()), "{cdt}");
    }
}

#[test]
fn more_people_leave_the_data_of_the_first_ones_as_it_is() {
    let mut few = Bench::with(Settings { patients: 10, ..Settings::default() });
    let mut many = Bench::with(Settings { patients: 40, ..Settings::default() });
    let patients = few.get("/t/i/patients?size=10");
    for patient in patients.rows("/content") {
        let path = format!("/t/i/patients/{}", patient["id"].as_str().unwrap());
        for list in ["programs", "cdts/cdt-vitals", "document-summary"] {
            let path = format!("{path}/{list}");
            assert_eq!(few.get(&path).body, many.get(&path).body, "{path}");
        }
    }
}

#[test]
fn a_filter_compares_numbers_as_numbers() {
    let mut bench = Bench::new();
    let path = vitals(&mut bench);
    make(&mut bench, &path, json!({ "cdtf-heart-rate": 72, "cdtf-temperature": 98.0 }));
    make(&mut bench, &path, json!({ "cdtf-heart-rate": 80, "cdtf-temperature": 99.5 }));
    for (filter, found) in [
        ("cdtf-temperature=98", vec![72]),
        ("cdtf-temperature=98.00,99.5", vec![72, 80]),
        ("cdtf-heart-rate=72.0", vec![72]),
        ("cdtf-temperature=9", vec![]),
        ("cdtf-temperature=warm", vec![]),
    ] {
        assert_eq!(rates(&bench.get(&format!("{path}?filters={filter}"))), found, "{filter}");
    }
}
