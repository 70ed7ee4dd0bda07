//! Care plans, goals, and the comments and tasks of goals.

use serde_json::{Value, json};

use super::{Answer, Bench};

/// The path of the care plan of a patient who has none.
fn none(bench: &mut Bench) -> String {
    format!("/t/i/patients/{}/care-plan", bench.get("/t/i/patients").text("/content/0/id"))
}

fn goal(bench: &mut Bench, template: &str) -> (Answer, String) {
    let plan = none(bench);
    let made =
        bench.send("POST", &format!("{plan}/goals"), json!({ "goalTemplateName": template }));
    let path = format!("{plan}/goals/{}", made.text("/id"));
    (made, path)
}

#[test]
fn a_care_plan_begins_with_its_overview() {
    let mut bench = Bench::new();
    let plan = none(&mut bench);
    let overview = format!("{plan}/overview");
    assert_eq!(bench.get(&plan).text("/0/errorCode"), "CARE_PLAN_NOT_FOUND");
    assert_eq!(bench.send("PUT", &overview, json!({ "overview": "One" })).status, 404);
    assert_eq!(bench.send("POST", &overview, json!({})).text("/0/details/field"), "overview");
    assert_eq!(bench.get(&plan).status, 404);
    let made = bench.send("POST", &overview, json!({ "overview": "One" }));
    assert_eq!((made.status, made.text("/overview")), (200, "One"));
    bench.now += 1_000;
    let changed = bench.send("PUT", &overview, json!({ "overview": "Two" }));
    assert_eq!((changed.status, changed.at("/createdAt")), (200, made.at("/createdAt")));
    let read = bench.get(&plan);
    assert_eq!(read.at("/patientOverview"), &changed.body);
    assert_eq!(read.text("/updatedAt"), "2026-03-04T12:00:01.000Z");
    assert!(plan.contains(read.text("/patientId")));
}

#[test]
fn a_goal_is_made_from_a_template_and_brings_its_tasks() {
    let mut bench = Bench::new();
    let (made, path) = goal(&mut bench, "gtmp-blood-pressure");
    assert_eq!(
        (made.status, made.text("/templateName"), made.text("/status")),
        (201, "gtmp-blood-pressure", "ACTIVE")
    );
    assert_eq!((made.text("/priority"), made.text("/type")), ("HIGH", "vitals"));
    let details = bench.get(&path);
    assert_eq!((details.at("/details"), details.rows("/tasks").len()), (&made.body, 2));
    assert_eq!(details.at("/tasks/0/goalId"), made.at("/id"));
    assert_eq!(details.text("/tasks/1/assignee/name"), "Rosalind Ferry");
    let goals = format!("{}/goals", none(&mut bench));
    for wrong in [json!({}), json!({ "goalTemplateName": "gtmp-nothing" })] {
        let answer = bench.send("POST", &goals, wrong);
        assert_eq!((answer.status, answer.text("/0/details/field")), (400, "goalTemplateName"));
    }
}

#[test]
fn goals_change_and_are_listed_by_their_status() {
    let mut bench = Bench::new();
    let (_, path) = goal(&mut bench, "gtmp-walk");
    goal(&mut bench, "gtmp-walk");
    let changed = bench.send("PATCH", &path, json!({ "status": "COMPLETED", "name": "Run daily" }));
    assert_eq!((changed.text("/status"), changed.text("/name")), ("COMPLETED", "Run daily"));
    for (field, change) in
        [("status", json!({ "status": "DONE" })), ("priority", json!({ "priority": "URGENT" }))]
    {
        assert_eq!(bench.send("PATCH", &path, change).text("/0/details/field"), field);
    }
    let list = format!("{}/goals", none(&mut bench));
    assert_eq!(bench.get(&list).rows("/data").len(), 2);
    let done = bench.get(&format!("{list}?status=COMPLETED&size=1"));
    assert_eq!((done.rows("/data").len(), done.at("/metaInfo/totalElements")), (1, &json!(1)));
    assert_eq!(done.at("/metaInfo/lastPage"), &json!(true));
}

#[test]
fn a_goal_belongs_to_one_patient() {
    let mut bench = Bench::new();
    let (made, path) = goal(&mut bench, "gtmp-walk");
    let other = bench.get("/t/i/patients").text("/content/1/id").to_owned();
    let stranger = format!("/t/i/patients/{other}/care-plan/goals/{}", made.text("/id"));
    for path in [stranger.clone(), format!("{stranger}/comments"), format!("{stranger}/tasks")] {
        let answer = bench.get(&path);
        assert_eq!((answer.status, answer.text("/0/errorCode")), (404, "GOAL_NOT_FOUND"));
    }
    assert_eq!(bench.get(&path).status, 200);
}

#[test]
fn comments_of_a_goal_stay_with_it() {
    let mut bench = Bench::new();
    let (_, path) = goal(&mut bench, "gtmp-walk");
    let comments = format!("{path}/comments");
    let made = bench.send("POST", &comments, json!({ "text": "Well done" }));
    assert_eq!((made.status, made.text("/text")), (201, "Well done"));
    assert_eq!(bench.get(&comments).rows(""), std::slice::from_ref(&made.body));
    assert_eq!(bench.get(&path).at("/comments/0"), &made.body);
    assert_eq!(bench.send("POST", &comments, json!({ "text": "" })).status, 400);
}

#[test]
fn tasks_of_a_goal_are_tasks() {
    let mut bench = Bench::new();
    let (made, path) = goal(&mut bench, "gtmp-walk");
    let task = bench.send("POST", &format!("{path}/tasks"), json!({ "name": "Buy shoes" }));
    assert_eq!(
        (task.status, task.at("/goalId"), task.text("/status")),
        (200, made.at("/id"), "TODO")
    );
    let patient = task.text("/patient/id").to_owned();
    assert!(path.contains(&patient) && task.at("/assignee/id").is_string());
    let all = bench.get(&format!("/t/i/tasks?patientId={patient}&search=shoes"));
    assert_eq!(all.at("/data/0/id"), task.at("/id"));
    let done = json!({ "taskIds": [task.text("/id")], "status": "COMPLETED" });
    bench.send("PATCH", "/t/i/tasks", done);
    let listed = bench.get(&format!("{path}/tasks"));
    assert_eq!((listed.rows("").len(), listed.text("/0/status")), (1, "COMPLETED"));
}

#[test]
fn a_comment_on_a_task_has_an_author_in_tasks_and_a_name_in_goals() {
    let mut bench = Bench::new();
    let (_, path) = goal(&mut bench, "gtmp-walk");
    let task = bench.send("POST", &format!("{path}/tasks"), json!({ "name": "Buy shoes" }));
    let task = format!("/t/i/tasks/{}", task.text("/id"));
    bench.send("PATCH", &format!("{task}/comments"), json!({ "text": "Size 44" }));
    let plain = bench.get(&task);
    assert_eq!(plain.at("/comments/0/author/name"), "API client");
    assert_eq!(plain.at("/comments/0/createdByName"), &Value::Null);
    let inside = bench.get(&path);
    assert_eq!(inside.at("/tasks/0/comments/0/createdByName"), "API client");
    assert_eq!(inside.at("/tasks/0/comments/0/author"), &Value::Null);
}
