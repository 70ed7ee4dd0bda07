//! Schedules.

use serde_json::{Value, json};

use super::work_hours::{users, work};
use super::{Answer, Bench};

/// A Monday.
const DAY: &str = "from=2026-03-16T00:00:00.000Z&to=2026-03-17T00:00:00.000Z";

/// A user in UTC who works on that Monday from nine to five.
fn bench() -> (Bench, String) {
    let mut bench = Bench::new();
    let user = users(&mut bench)[5].clone();
    let answer = work(&mut bench, &user, json!({}));
    assert_eq!(answer.status, 201);
    // Seeded events of that day are called off.
    let list = format!("/t/i/calendar/events?{DAY}&participantIds={user}&size=100");
    for event in bench.get(&list).rows("/content") {
        let path = format!("/t/i/calendar/events/{}", event["id"].as_str().unwrap());
        bench.send("DELETE", &path, Value::Null);
    }
    (bench, user)
}

fn event(bench: &mut Bench, user: &str, start: &str, end: &str) -> String {
    let made = bench.send(
        "POST",
        "/t/i/calendar/events",
        json!({
            "startDateTime": format!("2026-03-16T{start}:00.000Z"),
            "endDateTime": format!("2026-03-16T{end}:00.000Z"),
            "eventType": "APPOINTMENT",
            "eventTitle": "Visit",
            "hostId": user,
            "participants": [{ "participantId": user, "participantRole": "psm" }],
        }),
    );
    made.text("/id").to_owned()
}

fn schedule(bench: &mut Bench, kind: &str, user: &str, more: &str) -> Answer {
    bench.get(&format!("/t/i/calendar/{kind}-schedules?psmIds={user}&{DAY}{more}"))
}

/// The free stretches of the day, as `09:00-17:00`.
fn free(bench: &mut Bench, user: &str, more: &str) -> Vec<String> {
    let schedule = schedule(bench, "available-psm", user, more);
    let rules = schedule.rows("/0/workHours").iter();
    let lines = rules.flat_map(|rule| rule["daysInfo"].as_array().unwrap());
    let clock = |time: &Value| time.as_str().unwrap()[..5].to_owned();
    lines.map(|line| format!("{}-{}", clock(&line["startTime"]), clock(&line["endTime"]))).collect()
}

#[test]
fn a_schedule_holds_the_hours_and_the_events_of_a_user() {
    let (mut bench, user) = bench();
    let id = event(&mut bench, &user, "10:00", "11:00");
    let answer = schedule(&mut bench, "psm", &user, "");
    assert_eq!((answer.rows("").len(), answer.text("/0/psmId")), (1, user.as_str()));
    assert_eq!(answer.rows("/0/workHours").len(), 1);
    assert_eq!(
        (answer.text("/0/events/0/id"), answer.text("/0/events/0/eventId")),
        (id.as_str(), id.as_str())
    );
    assert_eq!(answer.body, schedule(&mut bench, "full-psm", &user, "").body);
}

#[test]
fn everybody_has_a_schedule_even_without_hours_and_events() {
    let mut bench = Bench::new();
    let far = "from=2040-01-01T00:00:00.000Z&to=2040-01-02T00:00:00.000Z";
    let answer = bench.get(&format!("/t/i/calendar/psm-schedules?{far}"));
    assert_eq!(answer.rows("").len(), 6);
    assert_eq!(answer.at("/5/workHours"), &json!([]));
    assert_eq!(answer.at("/5/events"), &json!([]));
}

#[test]
fn what_is_free_is_the_hours_without_the_events() {
    let (mut bench, user) = bench();
    assert_eq!(free(&mut bench, &user, ""), ["09:00-17:00"]);
    event(&mut bench, &user, "10:00", "11:00");
    event(&mut bench, &user, "10:30", "12:00");
    event(&mut bench, &user, "16:30", "18:00");
    assert_eq!(free(&mut bench, &user, ""), ["09:00-10:00", "12:00-16:30"]);
    let answer = schedule(&mut bench, "available-psm", &user, "");
    assert_eq!(answer.text("/0/workHours/0/startDateTime"), "2026-03-16T09:00:00.000Z");
    assert_eq!(answer.text("/0/workHours/0/endDateTime"), "2026-03-16T16:30:00.000Z");
    event(&mut bench, &user, "08:00", "17:00");
    assert_eq!(free(&mut bench, &user, ""), Vec::<String>::new());
}

#[test]
fn a_cancelled_event_counts_only_when_it_is_asked_for() {
    let (mut bench, user) = bench();
    let id = event(&mut bench, &user, "10:00", "11:00");
    let path = format!("/t/i/calendar/events/{id}");
    bench.send("PATCH", &path, json!({ "eventStatus": "CANCELLED" }));
    assert_eq!(schedule(&mut bench, "psm", &user, "").rows("/0/events").len(), 0);
    let all = "&includeCancelled=true";
    let with = schedule(&mut bench, "psm", &user, all);
    assert!(with.rows("/0/events").iter().any(|event| event["id"] == id.as_str()));
    assert_eq!(free(&mut bench, &user, ""), ["09:00-17:00"]);
    assert_eq!(free(&mut bench, &user, all), ["09:00-10:00", "11:00-17:00"]);
}

#[test]
fn an_override_takes_the_place_of_the_usual_hours() {
    let (mut bench, user) = bench();
    let short = json!({
        "ruleType": "OVERRIDE",
        "startDateTime": "2026-03-16T00:00:00.000Z",
        "endDateTime": "2026-03-17T00:00:00.000Z",
        "daysInfo": [{ "day": 1, "startTime": "10:00:00", "endTime": "12:00:00" }],
    });
    work(&mut bench, &user, short);
    assert_eq!(free(&mut bench, &user, ""), ["10:00-12:00"]);
}

#[test]
fn the_summary_of_events_counts_the_hours_of_the_user() {
    let (mut bench, user) = bench();
    let path = format!("/t/i/calendar/psm-event-summary?{DAY}&psmIds={user}");
    assert_eq!(bench.get(&path).text("/summary/0/totalWorkingHours"), "8.0 hours");
    event(&mut bench, &user, "10:00", "12:00");
    assert_eq!(bench.get(&path).text("/summary/0/occupancy"), "25.0%");
}
