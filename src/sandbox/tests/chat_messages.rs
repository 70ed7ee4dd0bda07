//! The chat of patients.

use serde_json::{Value, json};

use super::{Answer, Bench};
use crate::sandbox::Settings;

/// A patient without any chat, and the path of it.
fn quiet(bench: &mut Bench) -> String {
    let patients = bench.get("/t/i/patients");
    format!("/t/i/patients/{}/chat", patients.text("/content/1/id"))
}

/// The same with messages of the patient: `1` is the oldest.
fn chat(count: usize) -> (Bench, String) {
    let mut bench = Bench::new();
    let path = quiet(&mut bench);
    for number in 1..=count {
        say(&mut bench, &path, &number.to_string());
    }
    (bench, path)
}

fn say(bench: &mut Bench, path: &str, text: &str) -> Answer {
    bench.send("POST", &format!("{path}/inbound"), json!({ "message": text }))
}

fn texts(answer: &Answer) -> Vec<&str> {
    answer.rows("/content").iter().filter_map(|message| message["message"].as_str()).collect()
}

#[test]
fn pages_go_from_new_to_old_and_tokens_lead_both_ways() {
    let (mut bench, path) = chat(5);
    let first = bench.get(&format!("{path}?pageSize=2"));
    assert_eq!(texts(&first), ["5", "4"]);
    assert_eq!(
        (first.at("/meta/prevPageToken"), first.at("/meta/pageSize")),
        (&Value::Null, &json!(2))
    );
    let follow = |bench: &mut Bench, from: &Answer, name: &str| {
        let token = from.text(&format!("/meta/{name}PageToken")).to_owned();
        bench.get(&format!("{path}?pageToken={token}"))
    };
    let second = follow(&mut bench, &first, "next");
    assert_eq!((texts(&second), second.at("/meta/pageSize")), (vec!["3", "2"], &json!(2)));
    let third = follow(&mut bench, &second, "next");
    assert_eq!((texts(&third), third.at("/meta/nextPageToken")), (vec!["1"], &Value::Null));
    let back = follow(&mut bench, &third, "prev");
    assert_eq!(texts(&back), ["3", "2"]);
    assert_eq!(texts(&follow(&mut bench, &back, "prev")), ["5", "4"]);
}

#[test]
fn a_page_holds_20_messages_unless_it_is_asked_for_another_size() {
    let (mut bench, path) = chat(21);
    assert_eq!(texts(&bench.get(&path)).len(), 20);
    assert_eq!(bench.get(&format!("{path}?pageSize=0")).status, 400);
}

#[test]
fn a_token_shows_the_same_page_after_further_messages() {
    let (mut bench, path) = chat(4);
    let token = bench.get(&format!("{path}?pageSize=2")).text("/meta/nextPageToken").to_owned();
    let page = |bench: &mut Bench| bench.get(&format!("{path}?pageToken={token}"));
    let before = page(&mut bench).body;
    say(&mut bench, &path, "5");
    assert_eq!(page(&mut bench).body, before);
}

#[test]
fn a_page_token_goes_alone() {
    let (mut bench, path) = chat(4);
    let token = bench.get(&format!("{path}?pageSize=2")).text("/meta/nextPageToken").to_owned();
    for other in ["pageSize=2", "includeArchived=true"] {
        let name = other.split('=').next().unwrap();
        let answer = bench.get(&format!("{path}?pageToken={token}&{other}"));
        assert_eq!((answer.status, answer.text("/0/details/field")), (400, name));
    }
    let found = bench.get(&format!("{path}/search?query=1&pageSize=1"));
    assert_eq!(found.at("/meta/nextPageToken"), &Value::Null);
    say(&mut bench, &path, "11");
    let found = bench.get(&format!("{path}/search?query=1&pageSize=1"));
    let token = found.text("/meta/nextPageToken").to_owned();
    let answer = bench.get(&format!("{path}/search?pageToken={token}&query=1"));
    assert_eq!((answer.status, answer.text("/0/details/field")), (400, "query"));
    let next = bench.get(&format!("{path}/search?pageToken={token}"));
    assert_eq!(next.text("/content/0/message/message"), "1");
}

#[test]
fn a_token_is_good_for_its_own_list_only() {
    let (mut bench, path) = chat(4);
    let token = bench.get(&format!("{path}?pageSize=2")).text("/meta/nextPageToken").to_owned();
    let other = bench.get("/t/i/patients").text("/content/2/id").to_owned();
    for wrong in [
        format!("/t/i/patients/{other}/chat?pageToken={token}"),
        format!("{path}/search?pageToken={token}"),
        format!("{path}?pageToken=nonsense"),
        format!("{path}?pageToken="),
    ] {
        let answer = bench.get(&wrong);
        assert_eq!((answer.status, answer.text("/0/details/field")), (400, "pageToken"));
    }
}

#[test]
fn a_search_finds_parts_of_messages_and_its_hits_lead_into_the_list() {
    let mut bench = Bench::new();
    let path = quiet(&mut bench);
    for text in ["one", "two", "a HIT", "four", "five"] {
        say(&mut bench, &path, text);
    }
    let found = bench.get(&format!("{path}/search?query=hit&contentPageSize=1"));
    assert_eq!((found.rows("/content").len(), found.at("/meta/found")), (1, &json!(true)));
    assert_eq!(found.text("/content/0/message/message"), "a HIT");
    let mut around = |name: &str| {
        let token = found.text(&format!("/content/0/meta/{name}PageToken"));
        texts(&bench.get(&format!("{path}?pageToken={token}"))).join(" ")
    };
    assert_eq!((around("next"), around("prev")), ("two".to_owned(), "four".to_owned()));
    let none = bench.get(&format!("{path}/search?query=nothing"));
    assert_eq!((none.at("/content"), none.at("/meta/found")), (&json!([]), &json!(false)));
    assert_eq!(bench.get(&format!("{path}/search")).text("/0/details/field"), "query");
}

#[test]
fn archived_messages_are_shown_on_request() {
    let mut bench = Bench::with(Settings { patients: 20, ..Settings::default() });
    let patients = bench.get("/t/i/patients?size=200");
    let mut some = false;
    for patient in patients.rows("/content").iter().step_by(3) {
        let path = format!("/t/i/patients/{}/chat?pageSize=100", patient["id"].as_str().unwrap());
        let (few, all) = (bench.get(&path), bench.get(&format!("{path}&includeArchived=true")));
        assert!(texts(&few).len() <= texts(&all).len());
        assert_eq!(few.rows("/content"), &all.rows("/content")[..texts(&few).len()]);
        some |= texts(&few).len() < texts(&all).len();
    }
    assert!(some);
}

#[test]
fn a_patient_writes_and_is_named_in_that_answer_only() {
    let mut bench = Bench::new();
    let path = quiet(&mut bench);
    let name = bench.get("/t/i/patients").text("/content/1/firstName").to_owned();
    let sent = say(&mut bench, &path, "Hello");
    assert_eq!((sent.status, sent.text("/sender/clientType")), (200, "PATIENT"));
    assert!(sent.text("/sender/patientFullName").starts_with(&name));
    assert_eq!((sent.at("/sender/titleName"), sent.body.get("receiver")), (&Value::Null, None));
    let list = bench.get(&path);
    assert_eq!(list.at("/content/0/sender/patientFullName"), &Value::Null);
    assert_eq!(list.at("/content/0/externalId"), sent.at("/externalId"));
    assert_eq!(say(&mut bench, &path, "").status, 400);
}

#[test]
fn chat_cannot_be_archived_or_restored() {
    let (mut bench, path) = chat(1);
    for call in ["archive?archiveDate=2026-12-01T00:00:00.000Z", "restore"] {
        let answer = bench.send("POST", &format!("{path}/{call}"), Value::Null);
        let code = answer.text("/0/errorCode");
        assert_eq!((answer.status, code), (403, "ACCESS_FOR_API_CLIENT_RESTRICTED"));
    }
    assert_eq!(texts(&bench.get(&path)).len(), 1);
}
