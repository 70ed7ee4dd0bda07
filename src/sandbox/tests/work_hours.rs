//! Work hours.

use serde_json::{Value, json};

use super::{Answer, Bench};

const HOURS: &str = "/t/i/calendar/work-hours";

/// The ids of the users, in their order; the last one has no work hours.
pub fn users(bench: &mut Bench) -> Vec<String> {
    let users = bench.get("/t/admin/users");
    users.rows("/data").iter().map(|user| user["id"].as_str().unwrap().to_owned()).collect()
}

/// Makes a rule for March and April 2026.
pub fn work(bench: &mut Bench, user: &str, fields: Value) -> Answer {
    let mut rule = json!({
        "psmId": user,
        "startDateTime": "2026-03-01T00:00:00.000Z",
        "endDateTime": "2026-05-01T00:00:00.000Z",
        "daysInfo": [{ "day": 1, "startTime": "09:00:00", "endTime": "17:00:00" }],
    });
    rule.as_object_mut().unwrap().extend(fields.as_object().unwrap().clone());
    bench.send("POST", HOURS, rule)
}

fn psm_ids(answer: &Answer) -> Vec<&str> {
    answer.rows("").iter().filter_map(|entry| entry["psmId"].as_str()).collect()
}

#[test]
fn one_entry_is_there_for_each_user_who_has_hours() {
    let mut bench = Bench::new();
    let users = users(&mut bench);
    assert_eq!(psm_ids(&bench.get(HOURS)), users[..5]);
    let two = format!("{HOURS}?psmIds={}%2C{}", users[3], users[5]);
    assert_eq!(psm_ids(&bench.get(&two)), users[3..4]);
    let old_spelling = format!("{HOURS}?psm-ids={}", users[3]);
    assert_eq!(psm_ids(&bench.get(&old_spelling)).len(), 5);
    assert_eq!(work(&mut bench, &users[5], json!({})).status, 201);
    assert_eq!(psm_ids(&bench.get(HOURS)), users);
}

#[test]
fn a_range_leaves_out_the_rules_beyond_it() {
    let mut bench = Bench::new();
    let user = users(&mut bench)[5].clone();
    work(&mut bench, &user, json!({}));
    let mut found =
        |range: &str| psm_ids(&bench.get(&format!("{HOURS}?psmIds={user}&{range}"))).len();
    assert_eq!(found("from=2026-04-30T00:00:00.000Z&to=2026-06-01T00:00:00.000Z"), 1);
    assert_eq!(found("from=2026-05-01T00:00:00.000Z&to=2026-06-01T00:00:00.000Z"), 0);
    assert_eq!(found("from=2026-02-01T00:00:00.000Z&to=2026-03-01T00:00:00.000Z"), 0);
}

#[test]
fn local_times_are_on_the_clocks_of_the_user_or_of_the_viewer() {
    let mut bench = Bench::new();
    let user = users(&mut bench)[0].clone();
    let made = work(&mut bench, &user, json!({}));
    let local = "/details/0/localStartDateTime";
    assert_eq!(made.text(local), "2026-02-28T19:00:00.000-05:00");
    let path = format!("{HOURS}?psmIds={user}&viewerTimezone=Asia/Kolkata");
    assert_eq!(
        bench.get(&path).text("/0/details/1/localStartDateTime"),
        "2026-03-01T05:30:00.000+05:30"
    );
}

#[test]
fn a_weekday_appears_more_than_once_and_a_day_off_has_no_times() {
    let mut bench = Bench::new();
    let user = users(&mut bench)[1].clone();
    let hours = bench.get(&format!("{HOURS}?psmIds={user}"));
    let days = hours.rows("/0/details/0/daysInfo");
    assert_eq!(days.iter().filter(|line| line["day"] == 1).count(), 2);
    let sunday = days.iter().find(|line| line["day"] == 7).unwrap();
    assert_eq!((&sunday["startTime"], &sunday["endTime"]), (&Value::Null, &Value::Null));
}

#[test]
fn a_create_answers_with_details_and_a_replace_with_an_echo() {
    let mut bench = Bench::new();
    let user = users(&mut bench)[5].clone();
    let made = work(&mut bench, &user, json!({}));
    let id = made.text("/details/0/workHoursId").to_owned();
    assert!(made.at("/daysInfo").is_null() && made.at("/details/0/endDateTime").is_string());
    let rule = json!({
        "psmId": user,
        "startDateTime": "2026-03-01T00:00:00.000Z",
        "endDateTime": "2026-06-01T00:00:00.000Z",
        "daysInfo": [{ "day": 2, "startTime": "10:00:00", "endTime": "11:00:00" }],
    });
    let answer = bench.send("PUT", &format!("{HOURS}/{id}"), rule);
    assert_eq!((answer.status, answer.at("/details")), (200, &Value::Null));
    assert_eq!(
        answer.at("/daysInfo/0"),
        &json!({ "day": 2, "startTime": "10:00:00", "endTime": "11:00:00" })
    );
    let hours = bench.get(&format!("{HOURS}?psmIds={user}"));
    assert_eq!(
        (hours.rows("/0/details").len(), hours.text("/0/details/0/workHoursId")),
        (1, id.as_str())
    );
    assert_eq!(hours.at("/0/details/0/createdAt"), made.at("/details/0/createdAt"));
    let missing = bench.send("PUT", &format!("{HOURS}/nothing"), json!({ "psmId": user }));
    assert_eq!(missing.status, 400);
}

#[test]
fn hours_that_make_no_sense_are_refused() {
    let mut bench = Bench::new();
    let user = users(&mut bench)[5].clone();
    for (fields, field) in [
        (json!({ "psmId": "nobody" }), "psmId"),
        (json!({ "endDateTime": "2026-01-01T00:00:00.000Z" }), "endDateTime"),
        (json!({ "startDateTime": "soon" }), "startDateTime"),
        (
            json!({ "daysInfo": [{ "day": 8, "startTime": "09:00:00", "endTime": "10:00:00" }] }),
            "daysInfo",
        ),
        (
            json!({ "daysInfo": [{ "day": 1, "startTime": "10:00:00", "endTime": "09:00:00" }] }),
            "daysInfo",
        ),
        (
            json!({ "daysInfo": [{ "day": 1, "startTime": "25:00:00", "endTime": "26:00:00" }] }),
            "daysInfo",
        ),
    ] {
        let answer = work(&mut bench, &user, fields);
        assert_eq!((answer.status, answer.text("/0/details/field")), (400, field));
    }
}
