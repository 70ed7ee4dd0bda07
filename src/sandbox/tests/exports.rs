//! Bulk exports.

use serde_json::{Value, json};

use super::Bench;

#[test]
fn an_export_goes_on_from_its_cursor_until_nothing_is_left() {
    let mut bench = Bench::new();
    let (mut ids, mut start) = (Vec::new(), String::new());
    loop {
        let page = bench.get(&format!("/t/i/export/PATIENT?pageSize=90&size=90{start}"));
        ids.extend(page.rows("/data").iter().map(|row| row["id"].clone()));
        assert_eq!(page.at("/cursor/pageSize"), &json!(90));
        if page.at("/cursor/hasNext") != &json!(true) {
            assert_eq!(page.rows("/data").len(), 20);
            break;
        }
        start = format!("&start={}", page.text("/cursor/end"));
    }
    let patients = bench.get("/t/i/patients?size=1000");
    let all: Vec<Value> = patients.rows("/content").iter().map(|row| row["id"].clone()).collect();
    assert_eq!(ids, all);
}

#[test]
fn an_export_holds_the_records_that_the_other_calls_tell() {
    let mut bench = Bench::new();
    let user = bench.get("/t/admin/users").text("/data/0/id").to_owned();
    let patient = bench.get("/t/i/patients").text("/content/0/id").to_owned();
    let event = json!({
        "startDateTime": "2026-03-10T15:00:00.000Z",
        "endDateTime": "2026-03-10T16:00:00.000Z",
        "hostId": user,
        "participants": [{ "participantId": user, "participantRole": "psm" }],
    });
    let made = [
        ("CALENDAR_EVENT", bench.send("POST", "/t/i/calendar/events", event)),
        (
            "EMAIL",
            bench.send("POST", &format!("/t/i/patients/{patient}/emails"), json!({ "body": "B" })),
        ),
        (
            "SMS",
            bench.send("POST", &format!("/t/i/patients/{patient}/sms"), json!({ "message": "M" })),
        ),
    ];
    for (name, answer) in made {
        assert_eq!(answer.status, 201);
        let page = bench.get(&format!("/t/i/export/{name}?pageSize=1000"));
        assert_eq!(page.rows("/data").last().unwrap()["id"], answer.body["id"]);
        assert_eq!(page.at("/cursor/hasNext"), &json!(false));
    }
}

#[test]
fn a_cursor_is_good_for_its_own_export_only() {
    let mut bench = Bench::new();
    let end = bench.get("/t/i/export/PATIENT?pageSize=1").text("/cursor/end").to_owned();
    for wrong in [format!("EMAIL?start={end}"), "PATIENT?start=nonsense".to_owned()] {
        let answer = bench.get(&format!("/t/i/export/{wrong}"));
        assert_eq!((answer.status, answer.text("/0/details/field")), (400, "start"));
    }
    assert_eq!(bench.get("/t/i/export/PATIENT?pageSize=0").status, 400);
    assert_eq!(bench.get("/t/i/export/NOTHING").status, 404);
}
