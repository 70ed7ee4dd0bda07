//! Emails and SMS.

use serde_json::{Value, json};

use super::{Answer, Bench};
use crate::sandbox::Settings;

const MEDIA: [(&str, &str); 2] = [("emails", "body"), ("sms", "message")];
const LATER: &str = "2026-03-05T12:00:00.000Z";
const DAY: i64 = 86_400_000;

/// The path of the mail of a patient who can be reached both ways.
fn mailbox(bench: &mut Bench, medium: &str) -> String {
    let patient = patients(bench)[0].clone();
    format!("/t/i/patients/{patient}/{medium}")
}

/// Patients who can be reached both ways.
fn patients(bench: &mut Bench) -> Vec<String> {
    let patients = bench.get("/t/i/patients?size=200");
    let reachable = |patient: &&Value| patient["email"].is_string() && patient["phone"].is_string();
    let patients = patients.rows("/content").iter().filter(reachable);
    patients.map(|patient| patient["id"].as_str().unwrap().to_owned()).collect()
}

/// A message that waits: an email for its time, an SMS, which no request can give one, to be sent.
fn scheduled(bench: &mut Bench, medium: &str, text: &str) -> Answer {
    let path = mailbox(bench, medium);
    bench.send("POST", &path, json!({ text: "Later", "sendNow": false, "scheduledAt": LATER }))
}

/// The path of a message that came in, and its patient.
fn inbound(bench: &mut Bench, medium: &str) -> (String, String) {
    for patient in patients(bench) {
        let list = format!("/t/i/patients/{patient}/{medium}");
        let found = bench.get(&format!("{list}?direction=IN"));
        if !found.rows("/content").is_empty() {
            return (format!("{list}/{}", found.text("/content/0/id")), patient);
        }
    }
    panic!("nobody wrote");
}

fn refused(answer: &Answer) -> Option<&str> {
    (answer.status == 400).then(|| answer.text("/0/details/field"))
}

#[test]
fn what_is_sent_now_has_left_and_reads_as_if_it_had_not_been_asked_for() {
    let mut bench = Bench::new();
    for (medium, text) in MEDIA {
        let list = mailbox(&mut bench, medium);
        let sent = bench.send("POST", &list, json!({ text: "Hello", "sendNow": true }));
        assert_eq!(
            (sent.status, sent.text("/status"), sent.text("/direction")),
            (201, "DELIVERED", "OUT")
        );
        assert_eq!(sent.at("/sendNow"), &json!(false));
        assert_eq!(
            (sent.text("/sentAt"), sent.text("/date")),
            ("2026-03-04T12:00:00.000Z", "2026-03-04T12:00:00.000Z")
        );
        assert!(list.contains(sent.text("/receiver")) && !sent.text("/receiver").is_empty());
        let read = bench.get(&format!("{list}/{}", sent.text("/id")));
        assert_eq!((read.status, &read.body), (200, &sent.body));
    }
}

#[test]
fn what_is_scheduled_leaves_when_its_time_has_come() {
    let mut bench = Bench::new();
    for ((medium, text), (status, sent)) in
        MEDIA.into_iter().zip([("DELIVERED", json!(LATER)), ("SCHEDULED", Value::Null)])
    {
        let made = scheduled(&mut bench, medium, text);
        assert_eq!(
            (made.text("/status"), made.at("/sentAt"), made.at("/date")),
            ("SCHEDULED", &Value::Null, &Value::Null)
        );
        let path = format!("{}/{}", mailbox(&mut bench, medium), made.text("/id"));
        let before = bench.now;
        bench.now += DAY;
        bench.token = bench.sandbox.issue_token(bench.now).0;
        let read = bench.get(&path);
        assert_eq!((read.text("/status"), read.at("/sentAt")), (status, &sent));
        bench.now = before;
    }
}

#[test]
fn what_is_scheduled_can_be_changed_and_deleted() {
    let mut bench = Bench::new();
    for (medium, text) in MEDIA {
        let made = scheduled(&mut bench, medium, text);
        let path = format!("{}/{}", mailbox(&mut bench, medium), made.text("/id"));
        let receiver = patients(&mut bench)[1].clone();
        let changed = bench.send("PUT", &path, json!({ text: "Changed", "receiver": receiver }));
        assert_eq!((changed.status, changed.text(&format!("/{text}"))), (200, "Changed"));
        assert_eq!(
            (changed.text("/receiver"), changed.text("/status")),
            (receiver.as_str(), "SCHEDULED")
        );
        let gone = bench.send("DELETE", &path, Value::Null);
        assert_eq!((gone.status, gone.outgoing.body.len()), (200, 0));
        assert_eq!(bench.get(&path).status, 404);
        let path = format!(
            "{}/{}",
            mailbox(&mut bench, medium),
            scheduled(&mut bench, medium, text).text("/id")
        );
        let now = match medium {
            "emails" => json!({ "scheduledAt": "2026-03-04T12:00:00.000Z" }),
            _ => json!({ "sendNow": true }),
        };
        assert_eq!(bench.send("PUT", &path, now).text("/status"), "DELIVERED");
    }
}

#[test]
fn what_has_left_can_only_be_starred() {
    let mut bench = Bench::new();
    for (medium, text) in MEDIA {
        let list = mailbox(&mut bench, medium);
        let sent = bench.send("POST", &list, json!({ text: "Hello" }));
        let path = format!("{list}/{}", sent.text("/id"));
        let starred = bench.send("PUT", &path, json!({ "starred": true }));
        assert_eq!((starred.status, starred.at("/starred")), (200, &json!(true)));
        for (field, change) in [
            (text, json!({ "starred": false, text: "Other" })),
            ("sender", json!({ "sender": sent.text("/receiver") })),
        ] {
            let answer = bench.send("PUT", &path, change);
            assert_eq!(refused(&answer), Some(field));
        }
        assert_eq!(bench.get(&path).body, starred.body);
        assert_eq!(refused(&bench.send("DELETE", &path, Value::Null)), Some("status"));
    }
}

#[test]
fn what_came_in_moves_to_the_patient_it_is_given_to() {
    let mut bench = Bench::new();
    for (medium, text) in MEDIA {
        let (path, patient) = inbound(&mut bench, medium);
        assert_eq!(refused(&bench.send("PUT", &path, json!({ text: "Forged" }))), Some(text));
        assert_eq!(
            refused(&bench.send("PUT", &path, json!({ "sender": "nobody" }))),
            Some("sender")
        );
        let other = patients(&mut bench).into_iter().find(|other| *other != patient).unwrap();
        let moved = bench.send("PUT", &path, json!({ "sender": other }));
        assert_eq!((moved.status, moved.text("/sender")), (200, other.as_str()));
        assert_eq!(bench.get(&path).status, 404);
        assert_eq!(bench.get(&path.replace(&patient, &other)).body, moved.body);
    }
}

#[test]
fn what_nobody_recognised_moves_to_the_patient_it_is_given_to() {
    let mut bench = Bench::new();
    for ((medium, _), status) in MEDIA.into_iter().zip(["DELIVERED", "RECEIVED"]) {
        let strangers = format!("/t/i/unrecognized-patients/{medium}");
        let list = bench.get(&strangers);
        let (id, found) = (list.text("/content/0/id"), list.at("/totalElements").as_i64().unwrap());
        for unset in ["scheduledAt", "sender", "senderName", "patientInfo"] {
            assert_eq!(list.at(&format!("/content/0/{unset}")), &Value::Null, "{unset}");
        }
        let patient = patients(&mut bench)[0].clone();
        let path = format!("{strangers}/{id}");
        let given = bench.send("PUT", &path, json!({ "sender": patient }));
        assert_eq!((given.text("/status"), given.text("/sender")), (status, patient.as_str()));
        assert!(given.at("/patientInfo").is_string());
        assert_eq!(bench.get(&path).status, 404);
        assert_eq!(bench.get(&strangers).at("/totalElements"), &json!(found - 1));
        assert_eq!(bench.get(&format!("/t/i/patients/{patient}/{medium}/{id}")).status, 200);
    }
}

#[test]
fn what_nobody_recognised_can_be_deleted() {
    let mut bench = Bench::new();
    for (medium, _) in MEDIA {
        let list = format!("/t/i/unrecognized-patients/{medium}");
        let path = format!("{list}/{}", bench.get(&list).text("/content/0/id"));
        assert_eq!(bench.send("DELETE", &path, Value::Null).status, 200);
        assert_eq!(bench.get(&path).status, 404);
    }
}

#[test]
fn messages_are_found_by_what_they_say_and_by_who_wrote_them() {
    let mut bench = Bench::new();
    for ((medium, text), address) in MEDIA.into_iter().zip(["email", "phone"]) {
        let list = mailbox(&mut bench, medium);
        let sent = bench.send("POST", &list, json!({ text: "A very RARE word" }));
        let encode = |text: &str| text.replace('+', "%2B").replace(' ', "%20");
        let (from, to) = (encode(sent.text("/from")), encode(sent.text("/to")));
        let (sender, receiver) = (sent.text("/sender"), sent.text("/receiver"));
        let mut count = |filter: &str| {
            let answer = bench.get(&format!("{list}?search=rare%20word&{filter}"));
            assert_eq!(answer.status, 200, "{filter}");
            answer.rows("/content").len()
        };
        for (right, wrong) in [
            (format!("from={from}"), "from=nobody".to_owned()),
            (format!("to={to}"), "to=nobody".to_owned()),
            (format!("{address}={to}"), format!("{address}=nobody")),
            (format!("sender={sender}"), format!("sender={receiver}")),
            (format!("receiver={receiver}"), format!("receiver={sender}")),
            ("direction=OUT".to_owned(), "direction=IN".to_owned()),
            ("starred=false".to_owned(), "starred=true".to_owned()),
            ("status=SCHEDULED,DELIVERED".to_owned(), "status=SCHEDULED".to_owned()),
        ] {
            assert_eq!((count(&right), count(&wrong)), (1, 0), "{right}");
        }
    }
}

#[test]
fn both_spellings_of_unrecognised_find_the_same() {
    let mut bench = Bench::new();
    for (medium, _) in MEDIA {
        let list = format!("/t/i/unrecognized-patients/{medium}");
        for word in ["UNRECOGNISED", "UNRECOGNIZED"] {
            let found = bench.get(&format!("{list}?status={word}")).at("/totalElements").clone();
            assert_eq!(found, json!(20));
        }
        assert_eq!(bench.get(&format!("{list}?status=DELIVERED")).at("/totalElements"), &json!(0));
    }
}

#[test]
fn a_missing_message_is_404_with_the_code_of_its_kind() {
    let mut bench = Bench::new();
    for ((medium, _), code) in MEDIA.into_iter().zip(["EMAIL_NOT_FOUND", "SMS_NOT_FOUND"]) {
        let list = mailbox(&mut bench, medium);
        let (elsewhere, patient) = inbound(&mut bench, medium);
        let other = patients(&mut bench).into_iter().find(|other| *other != patient).unwrap();
        for path in [
            format!("{list}/nothing"),
            format!("/t/i/unrecognized-patients/{medium}/nothing"),
            elsewhere.replace(&patient, &other),
        ] {
            let answer = bench.get(&path);
            assert_eq!((answer.status, answer.text("/0/errorCode")), (404, code));
        }
        let nobody = bench.get(&format!("/t/i/patients/nobody/{medium}"));
        assert_eq!(nobody.text("/0/errorCode"), "PATIENT_NOT_FOUND");
    }
}

#[test]
fn a_message_needs_somebody_who_can_be_reached() {
    let mut bench = Bench::new();
    let patient = json!({ "firstName": "Ada", "lastName": "Osei" });
    let silent = bench.send("POST", "/t/i/patients", patient).text("/id").to_owned();
    for (medium, text) in MEDIA {
        let list = mailbox(&mut bench, medium);
        for receiver in [silent.as_str(), "nobody"] {
            let answer = bench.send("POST", &list, json!({ text: "Hello", "receiver": receiver }));
            assert_eq!(refused(&answer), Some("receiver"));
        }
    }
}

#[test]
fn an_sms_counts_its_parts() {
    let mut bench = Bench::new();
    let list = mailbox(&mut bench, "sms");
    for (text, parts) in
        [("a".repeat(160), 1), ("a".repeat(161), 2), ("ж".repeat(70), 1), ("ж".repeat(71), 2)]
    {
        let sent = bench.send("POST", &list, json!({ "message": text }));
        assert_eq!(sent.at("/parts"), &json!(parts));
    }
}

#[test]
fn nobody_who_wrote_can_be_written_to() {
    let mut bench = Bench::with(Settings { patients: 20, ..Settings::default() });
    for ((medium, _), part) in MEDIA.into_iter().zip(["@example.org", "+155555501"]) {
        for patient in patients(&mut bench) {
            let list = bench.get(&format!("/t/i/patients/{patient}/{medium}?size=100"));
            for message in list.rows("/content") {
                assert!(message["from"].as_str().unwrap().contains(part));
                assert!(message["to"].as_str().unwrap().contains(part));
            }
        }
    }
}
