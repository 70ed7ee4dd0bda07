//! Documents: their heads and their details.

use serde_json::{Value, json};

use super::{Answer, Bench};

/// The path of the documents of a patient who has none.
fn documents(bench: &mut Bench) -> String {
    let made = json!({ "firstName": "Ada", "lastName": "Osei" });
    let patient = bench.send("POST", "/t/i/patients", made);
    format!("/t/i/patients/{}/document-summary", patient.text("/id"))
}

fn make(bench: &mut Bench, path: &str, body: Value) -> String {
    let made = bench.send("POST", path, body);
    assert_eq!(made.status, 201, "{}", made.body);
    format!("{path}/{}", made.text("/id"))
}

fn field(answer: &Answer) -> (u16, &str) {
    (answer.status, answer.text("/0/details/field"))
}

#[test]
fn a_head_is_a_record_without_files() {
    let mut bench = Bench::new();
    let path = documents(&mut bench);
    let head = make(&mut bench, &path, json!({ "type": "doc-type-others", "files": ["x"] }));
    let head = bench.get(&head);
    assert_eq!(head.text("/cdtName"), "_document_summary");
    assert_eq!(head.text("/jsonBody/type"), "doc-type-others");
    assert_eq!(head.body["jsonBody"].get("files"), Some(&Value::Null));
    assert_eq!(head.at("/jsonBody/id"), head.at("/id"));
}

#[test]
fn the_type_of_a_document_is_required_and_published() {
    let mut bench = Bench::new();
    let path = documents(&mut bench);
    for body in [json!({}), json!({ "type": null }), json!({ "type": "doc-type-nothing" })] {
        assert_eq!(field(&bench.send("POST", &path, body)), (400, "type"));
    }
    let made = json!({ "name": "doc-type-new", "fields": [{ "name": "notes", "type": "text" }] });
    bench.send("POST", "/t/i/formations/draft/document-types", made);
    assert_eq!(field(&bench.send("POST", &path, json!({ "type": "doc-type-new" }))), (400, "type"));
}

#[test]
fn documents_are_found_by_their_source() {
    let mut bench = Bench::new();
    let path = documents(&mut bench);
    let source = "00000000-0000-4000-8000-000000000001";
    let made =
        json!({ "type": "doc-type-others", "source_type": "ENCOUNTER", "source_id": source });
    let head = make(&mut bench, &path, made);
    make(&mut bench, &path, json!({ "type": "doc-type-assessment" }));
    let all = bench.get(&path);
    assert_eq!(
        (all.text("/name"), all.at("/data/totalElements")),
        ("_document_summary", &json!(2))
    );
    let found = bench.get(&format!("{path}?sourceId={source}"));
    assert_eq!(found.at("/data/totalElements"), 1);
    assert!(head.ends_with(found.text("/data/content/0/id")));
}

#[test]
fn a_replaced_head_loses_what_is_not_sent() {
    let mut bench = Bench::new();
    let path = documents(&mut bench);
    let head = make(&mut bench, &path, json!({ "type": "doc-type-others", "external_id": "e-1" }));
    let replaced = bench.send("PUT", &head, json!({ "type": "doc-type-assessment" }));
    assert_eq!((replaced.status, replaced.text("/jsonBody/type")), (200, "doc-type-assessment"));
    assert!(replaced.at("/jsonBody/external_id").is_null());
    assert_eq!(bench.get(&head).body, replaced.body);
    assert_eq!(field(&bench.send("PUT", &head, json!({}))), (400, "type"));
}

#[test]
fn a_document_has_one_record_of_its_type() {
    let mut bench = Bench::new();
    let path = documents(&mut bench);
    let head = make(&mut bench, &path, json!({ "type": "doc-type-referral" }));
    let details = format!("{head}/doc-type-referral");
    let none = bench.get(&details);
    assert_eq!((none.status, none.text("/0/errorCode")), (404, "DT_RECORD_NOT_FOUND"));
    let body =
        json!({ "notes": "Synthetic note", "specialty": "cardiology", "source_id": "other" });
    let made = bench.send("POST", &details, body.clone());
    assert_eq!((made.status, made.text("/cdtName")), (201, "doc-type-referral"));
    assert_eq!(made.text("/jsonBody/source_type"), "DOCUMENT_SUMMARY");
    assert!(head.ends_with(made.text("/jsonBody/source_id")));
    assert_eq!(field(&bench.send("POST", &details, body.clone())), (400, "documentTypeName"));
    let other = format!("{head}/doc-type-others");
    assert_eq!(field(&bench.send("POST", &other, body)), (400, "documentTypeName"));
    assert_eq!(bench.get(&other).status, 404);
    let replaced = bench.send("PUT", &details, json!({ "specialty": "sleep" }));
    assert_eq!((replaced.status, replaced.at("/id")), (200, made.at("/id")));
    assert!(replaced.at("/jsonBody/notes").is_null());
    assert_eq!(bench.get(&details).body, replaced.body);
    let deleted = bench.send("DELETE", &details, Value::Null);
    assert_eq!((deleted.status, deleted.outgoing.body.len()), (200, 0));
    assert_eq!(bench.get(&details).status, 404);
}

#[test]
fn a_document_with_details_keeps_its_type() {
    let mut bench = Bench::new();
    let path = documents(&mut bench);
    let head = make(&mut bench, &path, json!({ "type": "doc-type-others" }));
    bench.send("POST", &format!("{head}/doc-type-others"), json!({ "notes": "Synthetic note" }));
    let answer = bench.send("PUT", &head, json!({ "type": "doc-type-assessment" }));
    assert_eq!(field(&answer), (400, "type"));
    assert_eq!(bench.send("PUT", &head, json!({ "type": "doc-type-others" })).status, 200);
}

#[test]
fn the_details_go_with_the_document() {
    let mut bench = Bench::new();
    let path = documents(&mut bench);
    let head = make(&mut bench, &path, json!({ "type": "doc-type-others" }));
    bench.send("POST", &format!("{head}/doc-type-others"), json!({}));
    let answer = bench.send("DELETE", &head, Value::Null);
    assert_eq!((answer.status, answer.outgoing.body.len()), (200, 0));
    for path in [head.clone(), format!("{head}/doc-type-others")] {
        let answer = bench.get(&path);
        assert_eq!((answer.status, answer.text("/0/errorCode")), (404, "DT_RECORD_NOT_FOUND"));
    }
    assert_eq!(bench.get(&path).at("/data/empty"), true);
}
