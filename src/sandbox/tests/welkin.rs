//! The rules of Welkin.

use serde_json::{Value, json};

use super::{Answer, Bench, NOW};
use crate::sandbox::Settings;

const RANGE: &str = "from=2026-01-01T00:00:00.000Z&to=2026-12-31T00:00:00.000Z";

fn bearer(token: &str) -> [(String, String); 1] {
    [("authorization".to_owned(), format!("Bearer {token}"))]
}

fn patient(bench: &mut Bench, fields: Value) -> Answer {
    bench.send("POST", "/t/i/patients", fields)
}

/// An event with two participants; `minutes` from now.
fn event(bench: &mut Bench, minutes: i64) -> Answer {
    let user = bench.get("/t/admin/users").text("/data/0/id").to_owned();
    let patient = bench.get("/t/i/patients").text("/content/0/id").to_owned();
    let at = |minutes: i64| {
        let instant = jiff::Timestamp::from_millisecond(NOW + minutes * 60_000).unwrap();
        instant.strftime("%Y-%m-%dT%H:%M:%S%.3fZ").to_string()
    };
    bench.send(
        "POST",
        "/t/i/calendar/events",
        json!({
            "startDateTime": at(minutes),
            "endDateTime": at(minutes + 30),
            "hostId": user,
            "externalId": "mine",
            "participants": [
                { "participantId": user, "participantRole": "psm" },
                { "participantId": patient, "participantRole": "patient" },
            ],
        }),
    )
}

#[test]
fn a_request_without_a_good_token_is_401() {
    let mut bench = Bench::new();
    let path = "/t/i/patients";
    let none = bench.send_with(&[], "GET", path, Value::Null);
    assert_eq!((none.status, none.text("/0/errorCode")), (401, "NOT_VALID_JSON_WEB_TOKEN"));
    let wrong = bench.send_with(&bearer("a.b.c"), "GET", path, Value::Null);
    assert_eq!((wrong.status, wrong.text("/0/errorCode")), (401, "NOT_VALID_JSON_WEB_TOKEN"));
    bench.now += 3_599_999;
    assert_eq!(bench.get(path).status, 200);
    bench.now += 1;
    let expired = bench.get(path);
    assert_eq!((expired.status, expired.text("/0/errorCode")), (401, "TOKEN_EXPIRED"));
    bench.token = bench.sandbox.issue_token(bench.now).0;
    assert_eq!(bench.get(path).status, 200);
    bench.sandbox.revoke_tokens();
    assert_eq!(bench.get(path).status, 401);
}

#[test]
fn a_secret_is_exchanged_for_a_token_at_both_endpoints() {
    let secrets = [("client".to_owned(), "right".to_owned())].into();
    let mut bench = Bench::with(Settings { secrets: Some(secrets), ..Settings::default() });
    let primary = |secret: &str| json!({ "secret": secret, "apiClient": "client" });
    let answer = bench.send_with(&[], "POST", "/auth/token", primary("right"));
    assert_eq!(answer.text("/expiresAt"), "2026-03-04T13:00:00.000Z");
    let token = answer.text("/token").to_owned();
    assert_eq!(bench.send_with(&bearer(&token), "GET", "/t/admin/users", Value::Null).status, 200);
    assert_eq!(bench.send_with(&[], "POST", "/auth/token", primary("wrong")).status, 401);
    let legacy = "/t/admin/api_clients/client";
    let answer = bench.send_with(&[], "POST", legacy, json!({ "secret": "right" }));
    assert_eq!((answer.text("/clientName"), answer.at("/enabled")), ("client", &json!(true)));
    assert_eq!(bench.send_with(&[], "POST", legacy, json!({})).status, 400);
}

#[test]
fn too_many_exchanges_block_for_five_minutes() {
    let mut bench = Bench::new();
    let exchange = |bench: &mut Bench| {
        bench.send("POST", "/auth/token", json!({ "secret": "s", "apiClient": "c" })).status
    };
    assert!((0..100).all(|_| exchange(&mut bench) == 200));
    assert_eq!(exchange(&mut bench), 429);
    bench.now += 299_999;
    assert_eq!(exchange(&mut bench), 429);
    bench.now += 1;
    assert_eq!(exchange(&mut bench), 200);
}

#[test]
fn a_page_counts_from_0_and_says_which_is_the_last() {
    let mut bench = Bench::with(Settings { patients: 45, ..Settings::default() });
    let mut ids = Vec::new();
    for (number, found) in [(0, 20), (1, 20), (2, 5)] {
        let page = bench.get(&format!("/t/i/patients?page={number}"));
        assert_eq!(page.rows("/content").len(), found);
        assert_eq!(page.at("/numberOfElements"), found);
        assert_eq!(page.at("/totalElements"), 45);
        assert_eq!(page.at("/totalPages"), 3);
        assert_eq!(page.at("/number"), number);
        assert_eq!(page.at("/pageable/offset"), number * 20);
        assert_eq!(
            (page.at("/first"), page.at("/last")),
            (&json!(number == 0), &json!(number == 2))
        );
        ids.extend(page.rows("/content").iter().map(|patient| patient["id"].to_string()));
    }
    ids.sort();
    ids.dedup();
    assert_eq!(ids.len(), 45);
    let beyond = bench.get("/t/i/patients?page=9");
    assert_eq!((beyond.at("/empty"), beyond.at("/last")), (&json!(true), &json!(true)));
    let users = bench.get("/t/admin/users?size=4&page=1");
    assert_eq!(users.rows("/data").len(), 2);
    assert_eq!(users.at("/metaInfo/lastPage"), true);
    for path in ["patients?page=-1", "patients?page=x", "patients?size=0"] {
        assert_eq!(bench.get(&format!("/t/i/{path}")).status, 400, "{path}");
    }
}

#[test]
fn a_list_is_sorted_by_field_and_direction() {
    let mut bench = Bench::new();
    let page = bench.get("/t/i/patients?size=200&sort=lastName,desc&sort=mrn,asc");
    assert_eq!(page.at("/sort/sorted"), true);
    let keys: Vec<(String, String)> = page
        .rows("/content")
        .iter()
        .map(|one| (one["lastName"].as_str().unwrap().to_lowercase(), one["mrn"].to_string()))
        .collect();
    assert!(
        keys.windows(2)
            .all(|pair| pair[0].0 > pair[1].0 || (pair[0].0 == pair[1].0 && pair[0].1 < pair[1].1))
    );
    assert_eq!(bench.get("/t/i/patients?sort=height").status, 400);
}

#[test]
fn patients_are_found_by_phone_email_and_names() {
    let mut bench = Bench::new();
    let made = json!({
        "firstName": "Quintessa", "lastName": "Zweig-Sørli", "phone": "+15555550142",
        "email": "q.unique@example.org", "timezone": "Europe/Oslo",
    });
    patient(&mut bench, made);
    for query in [
        "query=quintESSA",
        "query=zweig-s%C3%B8rli",
        "query=essa+zweig",
        "email=Q.unique@example.org",
        "query=q.unique",
        "timezone=Europe/Oslo",
    ] {
        let page = bench.get(&format!("/t/i/patients?{query}"));
        assert_eq!(page.at("/totalElements"), 1, "{query}");
    }
    let without = bench.get("/t/i/patients?timezone=&size=300");
    assert!(!without.rows("/content").is_empty());
    assert!(without.rows("/content").iter().all(|patient| patient["timezone"].is_null()));
    let found = bench.send("POST", "/t/i/by-filter/patients", json!({ "lastName": "zweig-sørli" }));
    assert_eq!(found.at("/totalElements"), 1);
}

#[test]
fn a_patient_is_read_by_each_kind_of_id() {
    let mut bench = Bench::new();
    let guid = "00000000-0000-4000-8000-000000000001";
    let made = json!({
        "firstName": "Ada", "lastName": "Osei", "externalId": "e-1", "externalGuid": guid, "mrn": "m-1",
    });
    let id = patient(&mut bench, made.clone()).text("/id").to_owned();
    for key in [
        id.clone(),
        format!("{id}?type=ID"),
        "e-1?type=EID".into(),
        format!("{guid}?type=EGUID"),
        "m-1?type=MRN".into(),
    ] {
        assert_eq!(bench.get(&format!("/t/i/patients/{key}")).text("/id"), id, "{key}");
    }
    assert_eq!(bench.get("/t/i/patients/e-1").status, 404);
    let again = patient(&mut bench, made);
    assert_eq!((again.status, again.text("/0/details/field")), (400, "mrn"));
}

#[test]
fn a_patch_leaves_sets_and_clears() {
    let mut bench = Bench::new();
    let made = json!({ "firstName": "Ada", "lastName": "Osei", "city": "Elmford", "zip": "06001", "shoeSize": 38 });
    let id = patient(&mut bench, made).text("/id").to_owned();
    bench.now += 1000;
    let path = format!("/t/i/patients/{id}");
    let changed = bench.send("PATCH", &path, json!({ "city": null, "state": "CT", "id": "other" }));
    assert_eq!(changed.status, 200);
    assert_eq!(
        (changed.at("/city"), changed.text("/state"), changed.text("/zip")),
        (&Value::Null, "CT", "06001")
    );
    assert_eq!((changed.text("/id"), changed.at("/shoeSize")), (id.as_str(), &json!(38)));
    assert!(changed.text("/updatedAt") > changed.text("/createdAt"));
    assert_eq!(bench.get(&path).body, changed.body);
    let unnamed = bench.send("PATCH", &path, json!({ "firstName": null }));
    assert_eq!((unnamed.status, unnamed.text("/0/details/field")), (400, "firstName"));
    assert_eq!(bench.get(&path).body, changed.body);
}

#[test]
fn what_is_required_is_named_when_it_is_missing() {
    let mut bench = Bench::new();
    let answer = patient(&mut bench, json!({ "firstName": "Ada" }));
    assert_eq!((answer.status, answer.text("/0/details/field")), (400, "lastName"));
    assert_eq!(answer.text("/0/message"), "lastName is required");
    let answer = bench.send("POST", "/t/i/calendar/events", json!({}));
    assert_eq!(answer.rows("").len(), 4);
    let answer = bench.get("/t/i/calendar/events?from=2026-01-01T00:00:00.000Z");
    assert_eq!((answer.status, answer.text("/0/details/field")), (400, "to"));
    let answer = patient(&mut bench, json!({ "firstName": "Ada", "lastName": 7 }));
    assert_eq!(answer.text("/0/message"), "lastName is not valid");
    assert_eq!(patient(&mut bench, Value::Null).status, 400);
}

#[test]
fn an_unknown_id_is_404_with_the_code_of_its_kind() {
    let mut bench = Bench::new();
    for (path, code) in [
        ("/t/admin/users/nobody", "USER_NOT_FOUND"),
        ("/t/i/patients/nobody", "PATIENT_NOT_FOUND"),
        ("/t/i/calendar/events/nothing", "CALENDAR_EVENT_NOT_FOUND"),
    ] {
        let answer = bench.get(path);
        assert_eq!((answer.status, answer.text("/0/errorCode")), (404, code));
    }
}

#[test]
fn patients_and_users_cannot_be_deleted() {
    let mut bench = Bench::new();
    let patient = bench.get("/t/i/patients").text("/content/0/id").to_owned();
    for path in [format!("/t/i/patients/{patient}"), "/t/admin/users/front.desk".to_owned()] {
        let answer = bench.send("DELETE", &path, Value::Null);
        assert_eq!(
            (answer.status, answer.text("/0/errorCode")),
            (403, "ACCESS_FOR_API_CLIENT_RESTRICTED")
        );
        assert_eq!(bench.get(&path).status, 200);
    }
}

#[test]
fn a_user_is_replaced_as_a_whole_and_leaves_out_what_is_unset() {
    let mut bench = Bench::new();
    let made = json!({ "username": "ada", "email": "ada@example.org", "phone": "+15555550100", "firstName": "Ada" });
    assert_eq!(bench.send("POST", "/t/admin/users", made.clone()).status, 201);
    assert_eq!(bench.send("POST", "/t/admin/users", made).status, 400);
    let changed =
        bench.send("PATCH", "/t/admin/users/ada", json!({ "phone": null, "lastName": "Osei" }));
    assert!(changed.body.get("phone").is_none() && changed.text("/firstName") == "Ada");
    let body = json!({ "username": "ada", "email": "ada@example.org" });
    let replaced = bench.send("PUT", "/t/admin/users/ada@example.org?type=EMAIL", body);
    assert!(replaced.body.get("firstName").is_none() && replaced.body.get("lastName").is_none());
    assert_eq!(replaced.at("/id"), changed.at("/id"));
    assert_eq!(bench.get("/t/admin/users?search=ADA%40example").rows("/data").len(), 1);
    assert_eq!(bench.get("/t/admin/users?seatAssigned=true").rows("/data").len(), 6);
}

#[test]
fn a_future_event_vanishes_and_a_past_one_stays_as_cancelled() {
    let mut bench = Bench::new();
    let future = format!("/t/i/calendar/events/{}", event(&mut bench, 60).text("/id"));
    let answer = bench.send("DELETE", &future, Value::Null);
    assert_eq!((answer.status, answer.outgoing.body.len()), (204, 0));
    assert_eq!(bench.get(&future).status, 404);
    let past = format!("/t/i/calendar/events/{}", event(&mut bench, -60).text("/id"));
    assert_eq!(bench.send("DELETE", &past, Value::Null).status, 204);
    assert_eq!(bench.get(&past).text("/eventStatus"), "CANCELLED");
    let near = "from=2026-03-04T10:30:00.000Z&to=2026-03-04T12:00:00.000Z";
    let has = |answer: &Answer| {
        answer.rows("/content").iter().any(|event| past.ends_with(event["id"].as_str().unwrap()))
    };
    assert!(!has(&bench.get(&format!("/t/i/calendar/events?{near}&size=100"))));
    assert!(
        has(&bench.get(&format!("/t/i/calendar/events?{near}&size=100&includeCancelled=true")))
    );
}

#[test]
fn an_event_tells_local_times_and_who_takes_part() {
    let mut bench = Bench::new();
    let made = event(&mut bench, 0);
    assert_eq!(
        (made.status, made.at("/duration"), made.at("/eventType")),
        (201, &json!(1800), &Value::Null)
    );
    assert_eq!(made.text("/localStartDateTime"), "2026-03-04T07:00:00.000-05:00");
    let read = bench.get("/t/i/calendar/events/mine?type=EXTERNAL_ID&viewerTimezone=Asia/Kolkata");
    assert_eq!(read.text("/localEndDateTime"), "2026-03-04T18:00:00.000+05:30");
    assert_eq!(read.text("/participants/0/firstName"), "Rosalind");
    assert_eq!(
        (read.at("/participants/0/enabled"), read.at("/participants/1/enabled")),
        (&json!(true), &Value::Null)
    );
    let participant = read.text("/participants/1/participantId").to_owned();
    let path = format!("/t/i/calendar/events/{}", read.text("/id"));
    let answer = json!({ "participantId": participant, "participationStatus": "Yes" });
    assert_eq!(bench.send("PUT", &format!("{path}/invitation-response"), answer).status, 200);
    let list =
        bench.get(&format!("/t/i/calendar/events?{RANGE}&participantIds={participant}&size=100"));
    let mine = list.rows("/content").iter().find(|event| event["externalId"] == "mine").unwrap();
    assert_eq!(mine["participants"][1]["participationStatus"], "Yes");
    let starts: Vec<&str> =
        list.rows("/content").iter().filter_map(|event| event["startDateTime"].as_str()).collect();
    assert!(starts.is_sorted());
}

#[test]
fn the_host_of_an_event_takes_part() {
    let mut bench = Bench::new();
    let path = format!("/t/i/calendar/events/{}", event(&mut bench, 60).text("/id"));
    let alone = json!({ "participants": [] });
    let answer = bench.send("PATCH", &path, alone);
    assert_eq!((answer.status, answer.text("/0/details/field")), (400, "participants"));
    let kept = bench.get(&path).at("/participants/0/id").clone();
    let participants = bench.get(&path).at("/participants").clone();
    let again = bench.send("PATCH", &path, json!({ "participants": participants }));
    assert_eq!((again.status, again.at("/participants/0/id")), (200, &kept));
}

#[test]
fn the_summary_adds_up() {
    let mut bench = Bench::with(Settings { patients: 1, ..Settings::default() });
    let user = bench.get("/t/admin/users").text("/data/0/id").to_owned();
    let week = "from=2026-03-02T00:00:00.000Z&to=2026-03-09T00:00:00.000Z";
    let path = format!("/t/i/calendar/psm-event-summary?{week}&psmIds={user}");
    let before = bench.get(&path);
    assert_eq!(
        (before.rows("/summary").len(), before.text("/summary/0/totalWorkingHours")),
        (1, "40.0 hours")
    );
    event(&mut bench, 60);
    let after = bench.get(&path);
    let count =
        |answer: &Answer, name: &str| answer.at(&format!("/summary/0/{name}")).as_i64().unwrap();
    assert_eq!(count(&after, "totalCreatedEvents"), count(&before, "totalCreatedEvents") + 1);
    assert_eq!(count(&after, "totalFutureEvents"), count(&before, "totalFutureEvents") + 1);
}

#[test]
fn browsers_may_ask_from_anywhere_with_four_headers() {
    let mut bench = Bench::new();
    let header = |answer: &Answer, name: &str| {
        answer.outgoing.headers.iter().find(|(key, _)| key == name).map(|(_, value)| value.clone())
    };
    let preflight = bench.send_with(&[], "OPTIONS", "/t/i/patients", Value::Null);
    assert_eq!(preflight.status, 200);
    for answer in [preflight, bench.get("/t/i/patients"), bench.get("/t/i/patients/nobody")] {
        assert_eq!(header(&answer, "access-control-allow-origin").as_deref(), Some("*"));
        let allowed = header(&answer, "access-control-allow-headers").unwrap();
        assert_eq!(allowed, "Authorization, Content-Type, XSRF-Token, Security-Role");
    }
    let billed = bench.get("/partner/v2/patients");
    assert_eq!(header(&billed, "access-control-allow-origin"), None);
}

#[test]
fn what_is_no_operation_is_404_and_another_method_is_405() {
    let mut bench = Bench::new();
    let answer = bench.get("/nothing/of/this/is/an/operation");
    assert_eq!((answer.status, answer.outgoing.body.len()), (404, 0));
    let answer = bench.send("PUT", "/t/i/patients/p", Value::Null);
    assert_eq!(answer.status, 405);
    assert!(
        answer.outgoing.headers.contains(&("allow".to_owned(), "GET, PATCH, DELETE".to_owned()))
    );
    assert_eq!(bench.get("/partner/v2/nothing").status, 404);
}
