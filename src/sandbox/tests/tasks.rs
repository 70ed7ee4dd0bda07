//! Tasks.

use serde_json::{Value, json};

use super::work_hours::users;
use super::{Answer, Bench};

fn task(bench: &mut Bench, fields: Value) -> Answer {
    let assignee = users(bench)[0].clone();
    let mut task = json!({
        "name": "A task of this test",
        "status": "TODO",
        "priority": "LOW",
        "assignee": { "id": assignee },
    });
    task.as_object_mut().unwrap().extend(fields.as_object().unwrap().clone());
    bench.send("POST", "/t/i/tasks", task)
}

fn refused(answer: &Answer) -> Option<&str> {
    (answer.status == 400).then(|| answer.text("/0/details/field"))
}

#[test]
fn a_task_is_canceled_with_one_l() {
    let mut bench = Bench::new();
    let made = task(&mut bench, json!({ "status": "CANCELED" }));
    assert_eq!((made.status, made.text("/status")), (201, "CANCELED"));
    assert_eq!(refused(&task(&mut bench, json!({ "status": "CANCELLED" }))), Some("status"));
    let ids = json!([made.text("/id")]);
    let wrong = json!({ "taskIds": ids, "status": "CANCELLED" });
    assert_eq!(refused(&bench.send("PATCH", "/t/i/tasks", wrong)), Some("status"));
}

#[test]
fn a_task_names_people_who_are_there() {
    let mut bench = Bench::new();
    let made = task(&mut bench, json!({}));
    assert_eq!(made.text("/assignee/name"), "Rosalind Ferry");
    assert_eq!((made.at("/patient"), made.text("/author/name")), (&Value::Null, "API client"));
    let nobody = json!({ "id": "nobody" });
    for (field, fields) in [
        ("assignee", json!({ "assignee": nobody })),
        ("patient", json!({ "patient": nobody })),
        ("watchers", json!({ "watchers": [nobody] })),
        ("dueDate", json!({ "dueDate": "soon" })),
        ("priority", json!({ "priority": "SOME" })),
    ] {
        assert_eq!(refused(&task(&mut bench, fields)), Some(field));
    }
}

#[test]
fn a_change_repeats_the_four_fields_that_a_task_must_have() {
    let mut bench = Bench::new();
    let made =
        task(&mut bench, json!({ "dueDate": "2026-03-10T00:00:00.000Z", "description": "Long" }));
    let path = format!("/t/i/tasks/{}", made.text("/id"));
    let answer = bench.send("PATCH", &path, json!({ "status": "COMPLETED" }));
    let missing: Vec<&str> =
        answer.rows("").iter().filter_map(|entry| entry["details"]["field"].as_str()).collect();
    assert_eq!((answer.status, missing.len()), (400, 3));
    let assignee = made.at("/assignee").clone();
    let whole = json!({
        "name": "Other", "priority": "HIGH", "status": "IN_PROGRESS", "assignee": assignee,
        "dueDate": null,
    });
    let changed = bench.send("PATCH", &path, whole);
    assert_eq!((changed.text("/name"), changed.at("/dueDate")), ("Other", &Value::Null));
    assert_eq!((changed.text("/description"), &bench.get(&path).body), ("Long", &changed.body));
}

#[test]
fn tasks_are_found_by_people_words_and_days() {
    let mut bench = Bench::new();
    let users = users(&mut bench);
    let patient = bench.get("/t/i/patients").text("/content/1/id").to_owned();
    let made = task(
        &mut bench,
        json!({
            "description": "Something RARE",
            "dueDate": "2026-03-10T15:00:00.000Z",
            "patient": { "id": patient },
            "watchers": [{ "id": users[4] }],
        }),
    );
    let author = made.text("/author/id");
    let mut count = |filter: &str| {
        let answer = bench.get(&format!("/t/i/tasks?search=of%20this%20test&{filter}"));
        assert_eq!(answer.status, 200, "{filter}");
        answer.rows("/data").len()
    };
    let nobody = users[5].as_str();
    for (right, wrong) in [
        (format!("assigneeId={}", users[0]), format!("assigneeId={}", users[4])),
        (format!("watcherId={}", users[4]), format!("watcherId={}", users[0])),
        (format!("relatedUserId={}", users[0]), format!("relatedUserId={nobody}")),
        (format!("relatedUserId={}", users[4]), format!("relatedUserId={author}")),
        (format!("authorId={author}"), format!("authorId={nobody}")),
        (format!("patientId={patient}"), format!("patientId={nobody}")),
        ("status=COMPLETED,TODO".to_owned(), "status=COMPLETED".to_owned()),
        ("priority=LOW".to_owned(), "priority=HIGH,URGENT".to_owned()),
        (
            "dueDate=2026-03-10T00:00:00.000Z".to_owned(),
            "dueDate=2026-03-11T00:00:00.000Z".to_owned(),
        ),
        (
            "dueBefore=2026-03-10T00:00:00.000Z".to_owned(),
            "dueBefore=2026-03-09T23:00:00.000Z".to_owned(),
        ),
        ("description=rare".to_owned(), "description=test".to_owned()),
    ] {
        assert_eq!((count(&right), count(&wrong)), (1, 0), "{right}");
    }
    assert_eq!(refused(&bench.get("/t/i/tasks?dueDate=soon")), Some("dueDate"));
}

#[test]
fn many_tasks_change_together_or_not_at_all() {
    let mut bench = Bench::new();
    let ids: Vec<String> =
        (0..2).map(|_| task(&mut bench, json!({})).text("/id").to_owned()).collect();
    let wrong = json!({ "taskIds": [ids[0], "nothing"], "status": "COMPLETED" });
    let answer = bench.send("PATCH", "/t/i/tasks", wrong);
    assert_eq!((answer.status, answer.text("/0/errorCode")), (404, "TASK_NOT_FOUND"));
    assert_eq!(bench.get(&format!("/t/i/tasks/{}", ids[0])).text("/status"), "TODO");
    let answer =
        bench.send("PATCH", "/t/i/tasks", json!({ "taskIds": ids, "status": "COMPLETED" }));
    assert!(answer.rows("").iter().all(|task| task["status"] == "COMPLETED"));
    assert_eq!(answer.rows("").len(), 2);
}

#[test]
fn watchers_come_and_go_and_their_answers_leave_comments_out() {
    let mut bench = Bench::new();
    let users = users(&mut bench);
    let made = task(&mut bench, json!({ "watchers": [{ "id": users[1] }] }));
    let path = format!("/t/i/tasks/{}", made.text("/id"));
    for _ in 0..2 {
        let answer = bench.send("PATCH", &format!("{path}/watchers"), json!({ "id": users[2] }));
        assert_eq!((answer.rows("/watchers").len(), answer.body.get("comments")), (2, None));
    }
    let unknown = bench.send("PATCH", &format!("{path}/watchers"), json!({ "id": "nobody" }));
    assert_eq!(refused(&unknown), Some("id"));
    let remove = format!("{path}/watchers/{}", users[1]);
    let left = bench.send("DELETE", &remove, Value::Null);
    assert_eq!(left.text("/watchers/0/id"), users[2]);
    let again = bench.send("DELETE", &remove, Value::Null);
    assert_eq!((again.status, again.text("/0/errorCode")), (404, "WATCHER_NOT_FOUND"));
    assert_eq!(bench.get(&path).at("/comments"), &json!([]));
}

#[test]
fn a_comment_answers_with_the_task_and_its_removal_with_an_array() {
    let mut bench = Bench::new();
    let made = task(&mut bench, json!({ "comments": [{ "text": "First" }] }));
    let path = format!("/t/i/tasks/{}", made.text("/id"));
    let answer = bench.send("PATCH", &format!("{path}/comments"), json!({ "text": "Second" }));
    assert_eq!((answer.text("/comments/1/text"), answer.body.get("watchers")), ("Second", None));
    let remove = format!("{path}/comments/{}", answer.text("/comments/0/id"));
    let left = bench.send("DELETE", &remove, Value::Null);
    assert_eq!((left.rows("").len(), left.text("/0/comments/0/text")), (1, "Second"));
    let again = bench.send("DELETE", &remove, Value::Null);
    assert_eq!((again.status, again.text("/0/errorCode")), (404, "COMMENT_NOT_FOUND"));
    assert_eq!(refused(&bench.send("PATCH", &format!("{path}/comments"), json!({}))), Some("text"));
}

#[test]
fn the_tasks_at_the_beginning_have_every_status() {
    let mut bench = Bench::new();
    for status in ["TODO", "IN_PROGRESS", "COMPLETED", "CANCELED"] {
        assert!(!bench.get(&format!("/t/i/tasks?status={status}")).rows("/data").is_empty());
    }
    assert!(
        bench
            .get("/t/i/tasks?size=1000")
            .rows("/data")
            .iter()
            .any(|task| task["patient"].is_null())
    );
}
