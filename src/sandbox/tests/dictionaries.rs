//! The rows of dictionaries.

use serde_json::{Value, json};

use super::{Answer, Bench};

const CODES: &str = "/t/i/dictionaries/icd-10";
const CLASSES: &str = "/t/i/dictionaries/drug-classes";

fn texts(answer: &Answer) -> Vec<&str> {
    answer.rows("/records").iter().filter_map(|row| row["fullValue"].as_str()).collect()
}

fn rows(values: &[&str]) -> Value {
    let rows = values.iter().map(|value| json!({ "values": { "value": value } }));
    json!({ "records": rows.collect::<Value>() })
}

#[test]
fn all_rows_come_at_once_beside_the_name_and_the_last_change() {
    let mut bench = Bench::new();
    let many: Vec<String> = (0..30).map(|number| format!("X{number}")).collect();
    let many: Vec<&str> = many.iter().map(String::as_str).collect();
    bench.now += 1000;
    bench.send("PUT", CODES, rows(&many));
    let all = bench.get(&format!("{CODES}?page=1&size=5"));
    assert_eq!((all.text("/dictionaryName"), all.rows("/records").len()), ("icd-10", 30));
    assert_eq!(all.text("/lastUpdatedAt"), "2026-03-04T12:00:01.000Z");
}

#[test]
fn adding_answers_with_the_added_rows_only() {
    let mut bench = Bench::new();
    let before = bench.get(CODES).rows("/records").len();
    let added = bench.send("POST", CODES, rows(&["X77.7", "X77.8"]));
    assert_eq!((added.status, texts(&added)), (201, vec!["X77.7", "X77.8"]));
    assert_eq!(bench.get(CODES).rows("/records").len(), before + 2);
    let class = json!({ "records": [{ "values": { "title": "Class Z", "code": "z" } }] });
    // All values in one text, in the order of the definition.
    assert_eq!(texts(&bench.send("POST", CLASSES, class)), ["z Class Z"]);
}

#[test]
fn replacing_all_rows_removes_the_others_for_good() {
    let mut bench = Bench::new();
    let old = bench.get(CODES).text("/records/0/id").to_owned();
    let answer = bench.send("PUT", CODES, rows(&["X99.9"]));
    assert_eq!((answer.status, texts(&answer)), (201, vec!["X99.9"]));
    let all = bench.get(&format!("{CODES}?showDeleted=true"));
    assert_eq!(texts(&all), ["X99.9"]);
    let gone = bench.get(&format!("{CODES}/{old}"));
    assert_eq!((gone.status, gone.text("/0/errorCode")), (404, "DICTIONARY_RECORD_NOT_FOUND"));
    assert_eq!(bench.send("PUT", CODES, rows(&[])).status, 201);
    assert!(bench.get(CODES).rows("/records").is_empty());
}

#[test]
fn a_deleted_row_is_answered_and_stays_flagged() {
    let mut bench = Bench::new();
    let before = bench.get(CODES);
    let row = format!("{CODES}/{}", before.text("/records/0/id"));
    let deleted = bench.send("DELETE", &row, Value::Null);
    assert_eq!((deleted.status, deleted.at("/deleted")), (200, &json!(true)));
    assert_eq!(bench.get(&row).body, deleted.body);
    assert_eq!(bench.get(CODES).rows("/records").len(), before.rows("/records").len() - 1);
    let all = bench.get(&format!("{CODES}?showDeleted=true"));
    assert_eq!(all.rows("/records").len(), before.rows("/records").len());
    bench.now += 1000;
    assert_eq!(bench.send("DELETE", &row, Value::Null).body, deleted.body);
}

#[test]
fn a_row_is_replaced_and_keeps_its_id() {
    let mut bench = Bench::new();
    let old = bench.get(CLASSES).at("/records/0").clone();
    let row = format!("{CLASSES}/{}", old["id"].as_str().unwrap());
    let replaced = bench.send("PUT", &row, json!({ "values": { "code": "q" } }));
    assert_eq!((replaced.status, replaced.text("/fullValue")), (200, "q"));
    assert_eq!((replaced.at("/id"), replaced.at("/createdAt")), (&old["id"], &old["createdAt"]));
    assert_eq!(replaced.at("/values"), &json!({ "code": "q" }));
    assert_eq!(bench.get(&row).body, replaced.body);
}

#[test]
fn rows_are_found_by_their_last_change() {
    let mut bench = Bench::new();
    bench.send("POST", CODES, rows(&["X77.7"]));
    let mut found = |query: &str| texts(&bench.get(&format!("{CODES}?{query}"))).len();
    assert_eq!(found("dateStart=2026-03-04T12:00:00.000Z"), 1);
    assert_eq!(found("dateEnd=2026-03-04T12:00:00.000Z"), 4);
    assert_eq!(found("dateStart=2026-03-04T12:00:00.001Z"), 0);
    let answer = bench.get(&format!("{CODES}?dateEnd=tomorrow"));
    assert_eq!((answer.status, answer.text("/0/details/field")), (400, "dateEnd"));
}

#[test]
fn time_zones_accept_no_rows_and_codes_do() {
    let mut bench = Bench::new();
    let path = "/t/i/dictionaries/timezone";
    let before = bench.get(path).body;
    let row = format!("{path}/{}", before["records"][0]["id"].as_str().unwrap());
    for (method, path, body) in [
        ("POST", path, rows(&["Mars/Olympus"])),
        ("PUT", path, rows(&[])),
        ("PUT", row.as_str(), json!({ "values": { "value": "Mars/Olympus" } })),
        ("DELETE", row.as_str(), Value::Null),
    ] {
        let answer = bench.send(method, path, body);
        assert_eq!((answer.status, answer.text("/0/details/field")), (400, "dictionaryName"));
    }
    assert_eq!(bench.get(path).body, before);
    for name in ["cpt", "icd-10"] {
        assert_eq!(
            bench.send("POST", &format!("/t/i/dictionaries/{name}"), rows(&["X1"])).status,
            201
        );
    }
}

#[test]
fn one_wrong_row_keeps_all_others_out() {
    let mut bench = Bench::new();
    let before = bench.get(CODES).body;
    for body in [
        json!({ "records": [{ "values": { "value": "X1" } }, { "values": { "other": "X2" } }] }),
        json!({ "records": [{ "values": { "value": "X1" } }, {}] }),
        json!({}),
    ] {
        assert_eq!(bench.send("PUT", CODES, body).status, 400);
    }
    assert_eq!(bench.get(CODES).body, before);
}

#[test]
fn an_unknown_dictionary_and_one_of_the_draft_are_404() {
    let mut bench = Bench::new();
    let made = json!({ "name": "new", "fields": [{ "name": "value", "type": "text" }] });
    assert_eq!(bench.send("POST", "/t/i/formations/draft/dictionaries", made).status, 201);
    for name in ["nothing", "new"] {
        let answer = bench.get(&format!("/t/i/dictionaries/{name}"));
        assert_eq!((answer.status, answer.text("/0/errorCode")), (404, "DICTIONARY_NOT_FOUND"));
    }
}
