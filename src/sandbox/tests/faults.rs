//! Failures on demand.

use serde_json::{Value, json};

use super::{Answer, Bench};
use crate::sandbox::Fault;

fn plan(bench: &mut Bench, rule: Value) {
    bench.sandbox.fault(serde_json::from_value(rule).unwrap()).unwrap();
}

fn page(bench: &mut Bench) -> Answer {
    bench.get("/t/i/patients?size=2")
}

#[test]
fn a_fault_comes_after_so_many_requests_and_is_used_up() {
    let mut bench = Bench::new();
    plan(&mut bench, json!({ "operation": "patientsList", "after": 1, "times": 2, "status": 503 }));
    bench.get("/t/admin/users");
    let statuses: Vec<u16> = (0..4).map(|_| page(&mut bench).status).collect();
    assert_eq!(statuses, [200, 503, 503, 200]);
}

#[test]
fn a_fault_without_an_end_stays() {
    let mut bench = Bench::new();
    plan(&mut bench, json!({ "times": null, "status": 500 }));
    assert!((0..50).all(|_| page(&mut bench).status == 500));
}

#[test]
fn a_fault_of_one_api_leaves_the_other_alone() {
    let mut bench = Bench::new();
    plan(&mut bench, json!({ "api": "inboxHealth", "operation": "patientsList", "status": 429 }));
    assert_eq!(page(&mut bench).status, 200);
    assert_eq!(bench.get("/partner/v2/patients").status, 429);
}

#[test]
fn a_status_comes_with_the_error_array_of_welkin_unless_a_body_is_given() {
    let mut bench = Bench::new();
    plan(&mut bench, json!({ "status": 401, "headers": { "Retry-After": "3" } }));
    let answer = page(&mut bench);
    assert_eq!(answer.text("/0/errorCode"), "NOT_VALID_JSON_WEB_TOKEN");
    assert!(answer.outgoing.headers.contains(&("retry-after".to_owned(), "3".to_owned())));
    plan(
        &mut bench,
        json!({ "status": 502, "body": "<html>", "headers": { "content-type": "text/html" } }),
    );
    let answer = page(&mut bench).outgoing;
    assert_eq!((answer.status, answer.body.as_slice()), (502, b"<html>".as_slice()));
    let types: Vec<_> = answer.headers.iter().filter(|(name, _)| name == "content-type").collect();
    assert_eq!(types, [&("content-type".to_owned(), "text/html".to_owned())]);
}

#[test]
fn null_is_a_body() {
    let mut bench = Bench::new();
    plan(&mut bench, json!({ "status": 500, "body": null }));
    assert_eq!(page(&mut bench).outgoing.body, b"null");
}

#[test]
fn a_drop_before_changes_nothing_and_a_drop_after_does() {
    let mut bench = Bench::new();
    let patient = json!({ "firstName": "Ada", "lastName": "Osei" });
    let all = |bench: &mut Bench| page(bench).at("/totalElements").clone();
    for (drop, left) in [(json!(true), 200), (json!("after"), 201)] {
        plan(&mut bench, json!({ "operation": "patientsCreate", "drop": drop }));
        assert!(bench.send("POST", "/t/i/patients", patient.clone()).outgoing.dropped);
        assert_eq!(all(&mut bench), left);
    }
}

#[test]
fn a_body_can_be_cut_off_and_held_back() {
    let mut bench = Bench::new();
    plan(&mut bench, json!({ "truncate": 10, "delayMs": 250 }));
    let answer = page(&mut bench).outgoing;
    assert_eq!((answer.status, answer.body.len(), answer.delay), (200, 10, 250));
}

#[test]
fn a_field_can_have_another_type() {
    let mut bench = Bench::new();
    plan(&mut bench, json!({ "wrongType": "content[].careTeam" }));
    let answer = page(&mut bench);
    assert!(answer.rows("/content").iter().all(|patient| patient["careTeam"].is_object()));
    plan(&mut bench, json!({ "wrongType": "content[].patientTerritories[].name" }));
    let answer = bench.get("/t/i/patients?size=200");
    let places = |answer: &Answer| -> Vec<Value> {
        let patients = answer.rows("/content").iter();
        patients
            .filter_map(|patient| patient.pointer("/patientTerritories/0/name").cloned())
            .collect()
    };
    assert!(!places(&answer).is_empty() && places(&answer).iter().all(Value::is_number));
    plan(&mut bench, json!({ "wrongType": "last" }));
    assert_eq!(page(&mut bench).at("/last"), "wrong");
}

#[test]
fn a_rule_that_can_never_match_is_refused() {
    let mut bench = Bench::new();
    for rule in [
        json!({ "operation": "patientsFly" }),
        json!({ "api": "inboxHealth", "operation": "programsList" }),
        json!({ "times": 0 }),
        json!({ "status": 99 }),
    ] {
        assert!(
            bench.sandbox.fault(serde_json::from_value(rule.clone()).unwrap()).is_err(),
            "{rule}"
        );
    }
    for rule in [json!({ "tries": 2 }), json!({ "drop": "before" }), json!({ "api": "both" })] {
        assert!(serde_json::from_value::<Fault>(rule.clone()).is_err(), "{rule}");
    }
}
