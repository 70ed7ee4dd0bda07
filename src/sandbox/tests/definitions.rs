//! Definitions and their versions.

use serde_json::{Value, json};

use super::{Answer, Bench};

const KINDS: [&str; 5] = ["programs", "cdts", "goal-templates", "document-types", "dictionaries"];

fn names(answer: &Answer) -> Vec<String> {
    let names = answer.rows("").iter().filter_map(|one| one["name"].as_str());
    names.map(str::to_owned).collect()
}

fn read(bench: &mut Bench, path: &str) -> Answer {
    bench.get(&format!("/t/i/formations/{path}"))
}

fn write(bench: &mut Bench, method: &str, path: &str, body: Value) -> Answer {
    bench.send(method, &format!("/t/i/formations/{path}"), body)
}

#[test]
fn a_list_of_definitions_is_the_whole_array_whatever_the_page() {
    let mut bench = Bench::new();
    for kind in KINDS {
        let all = read(&mut bench, &format!("current/{kind}"));
        assert!(all.rows("").len() >= 2, "{kind}");
        assert_eq!(read(&mut bench, &format!("current/{kind}?page=3&size=1")).body, all.body);
    }
}

#[test]
fn the_list_of_cdts_holds_those_of_patients_only() {
    let mut bench = Bench::new();
    let all = read(&mut bench, "current/cdts");
    assert!(all.rows("").iter().all(|cdt| cdt["relation"] == "COMMON"));
    let summary = read(&mut bench, "current/cdts/_document_summary");
    assert_eq!((summary.status, summary.text("/relation")), (200, "DOCUMENT_SUMMARY"));
}

#[test]
fn a_number_reads_what_was_published_under_it() {
    let mut bench = Bench::new();
    let phases = |bench: &mut Bench, version: &str| {
        let program = read(bench, &format!("{version}/programs/prog-transitional-care"));
        program.rows("/phases").len()
    };
    assert_eq!((phases(&mut bench, "1"), phases(&mut bench, "2")), (4, 3));
    assert_eq!((phases(&mut bench, "current"), phases(&mut bench, "draft")), (3, 3));
    let before = read(&mut bench, "1/cdts/cdt-vitals");
    let now = read(&mut bench, "current/cdts/cdt-vitals");
    assert_eq!((before.at("/version"), now.at("/version")), (&json!(1), &json!(2)));
    assert_eq!(before.at("/id"), now.at("/id"));
    for version in ["0", "3", "latest", "-1"] {
        assert_eq!(read(&mut bench, &format!("{version}/programs")).status, 404, "{version}");
    }
}

#[test]
fn a_write_changes_the_draft_and_nothing_that_is_published() {
    let mut bench = Bench::new();
    let program = json!({ "name": "new", "phases": [{ "name": "a" }] });
    let dictionary = json!({ "name": "new", "fields": [{ "name": "value", "type": "text" }] });
    let kind = json!({ "name": "new", "fields": [{ "name": "notes", "type": "text" }] });
    for (path, old, definition) in [
        ("programs", "prog-wellness", program),
        ("dictionaries", "drug-classes", dictionary),
        ("document-types", "doc-type-others", kind),
    ] {
        let published = read(&mut bench, &format!("current/{path}")).body;
        let draft = format!("draft/{path}");
        assert_eq!(write(&mut bench, "POST", &draft, definition.clone()).status, 201, "{path}");
        let mut other = definition;
        other["name"] = json!(old);
        other["title"] = json!("Other");
        let replaced = write(&mut bench, "PUT", &format!("{draft}/{old}"), other);
        assert_eq!((replaced.status, replaced.text("/title")), (200, "Other"));
        let names = names(&read(&mut bench, &draft));
        assert!(names.contains(&"new".to_owned()) && names.contains(&old.to_owned()));
        let deleted = write(&mut bench, "DELETE", &format!("{draft}/{old}"), Value::Null);
        assert_eq!((deleted.status, deleted.outgoing.body.len()), (200, 0));
        assert_eq!(read(&mut bench, &format!("{draft}/{old}")).status, 404);
        assert_eq!(read(&mut bench, &format!("current/{path}")).body, published);
        assert_eq!(read(&mut bench, &format!("current/{path}/new")).status, 404);
    }
}

#[test]
fn a_document_type_is_written_under_both_words_and_under_no_number() {
    let mut bench = Bench::new();
    let kind = json!({ "name": "doc-type-new", "fields": [{ "name": "notes", "type": "text" }] });
    let made = write(&mut bench, "POST", "current/document-types", kind.clone());
    assert_eq!((made.status, made.at("/version")), (201, &json!(3)));
    assert_eq!(read(&mut bench, "draft/document-types/doc-type-new").body, made.body);
    let path = "current/document-types/doc-type-new";
    assert_eq!(read(&mut bench, path).status, 404);
    let again = write(&mut bench, "PUT", path, kind.clone());
    assert_eq!((again.status, again.at("/id")), (200, made.at("/id")));
    assert_eq!(write(&mut bench, "DELETE", path, Value::Null).status, 200);
    let numbered = write(&mut bench, "POST", "2/document-types", kind);
    assert_eq!((numbered.status, numbered.text("/0/details/field")), (400, "version"));
}

#[test]
fn an_unknown_definition_is_404_with_the_code_of_its_kind() {
    let mut bench = Bench::new();
    for (path, code) in [
        ("programs", "PROGRAM_NOT_FOUND"),
        ("cdts", "CDT_NOT_FOUND"),
        ("goal-templates", "GOAL_TEMPLATE_NOT_FOUND"),
        ("document-types", "DOCUMENT_TYPE_NOT_FOUND"),
        ("dictionaries", "DICTIONARY_NOT_FOUND"),
    ] {
        let answer = read(&mut bench, &format!("current/{path}/nothing"));
        assert_eq!((answer.status, answer.text("/0/errorCode")), (404, code));
    }
}

#[test]
fn a_built_in_dictionary_keeps_its_definition() {
    let mut bench = Bench::new();
    let body = json!({ "fields": [{ "name": "other", "type": "text" }] });
    for name in ["timezone", "cpt", "icd-10"] {
        let path = format!("draft/dictionaries/{name}");
        let before = read(&mut bench, &path).body;
        for (method, body) in [("PUT", body.clone()), ("DELETE", Value::Null)] {
            let answer = write(&mut bench, method, &path, body);
            assert_eq!((answer.status, answer.text("/0/details/field")), (400, "dictionaryName"));
        }
        assert_eq!(read(&mut bench, &path).body, before);
    }
}

#[test]
fn a_definition_that_makes_no_sense_is_refused_by_the_name_of_the_field() {
    let mut bench = Bench::new();
    let edge = json!([{ "name": "a", "navigateTo": [{ "name": "nowhere" }] }]);
    for (path, body, field) in [
        ("programs", json!({ "phases": [] }), "name"),
        ("programs", json!({ "name": "prog-wellness" }), "name"),
        (
            "programs",
            json!({ "name": "new", "phases": [{ "name": "a" }, { "name": "a" }] }),
            "phases",
        ),
        ("programs", json!({ "name": "new", "phases": edge }), "phases"),
        ("dictionaries", json!({ "name": "new", "fields": [] }), "fields"),
        ("document-types", json!({ "name": "new", "fields": [{ "name": "a" }] }), "fields"),
    ] {
        let answer = write(&mut bench, "POST", &format!("draft/{path}"), body.clone());
        assert_eq!((answer.status, answer.text("/0/details/field")), (400, field), "{body}");
    }
    let answer =
        write(&mut bench, "PUT", "draft/programs/prog-wellness", json!({ "name": "other" }));
    assert_eq!((answer.status, answer.text("/0/details/field")), (400, "name"));
}
