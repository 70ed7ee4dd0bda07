//! What is sent again, when, and what never is.

use futures_util::future::join_all;
use serde_json::{Value, json};

use super::stage::{Act, Given, HOUR, Network, SECOND, Stage, Tokens, call};
use crate::engine::{
    Engine, Error, Failure, Generic, Happening, Options, Outcome, Payload, Rejection, Reply,
    Settings,
};

async fn send(engine: &Engine<Network, Tokens>, id: &str, given: Given) -> Result<Reply, Error> {
    call(engine, id, given, Options::default()).await
}

/// How many requests a call costs when every answer is this one.
fn requests(
    stage: &Stage,
    engine: &Engine<Network, Tokens>,
    id: &str,
    given: Given,
    act: Act,
) -> usize {
    let before = stage.network.count();
    stage.network.always(move |_| act.clone());
    stage.run(send(engine, id, given)).unwrap_err();
    stage.network.count() - before
}

fn patient() -> Given {
    Given::path(json!(["p"]))
}

fn rejection(error: &Error) -> &Rejection {
    match &error.failure {
        Failure::Api(rejection) => rejection,
        other => panic!("{other:?}"),
    }
}

#[test]
fn only_what_may_pass_is_repeated() {
    let stage = Stage::new();
    let welkin = stage.welkin();
    for status in [408, 425, 429, 500, 502, 503, 504] {
        assert_eq!(
            requests(&stage, welkin.engine(), "patientsGet", patient(), Act::status(status)),
            3
        );
    }
    for status in [302, 400, 403, 404, 409, 410, 422, 501, 505] {
        assert_eq!(
            requests(&stage, welkin.engine(), "patientsGet", patient(), Act::status(status)),
            1
        );
    }
    assert_eq!(requests(&stage, welkin.engine(), "patientsGet", patient(), Act::lost()), 3);
    assert_eq!(requests(&stage, welkin.engine(), "patientsGet", patient(), Act::body_lost(200)), 3);
}

#[test]
fn a_call_succeeds_as_soon_as_one_attempt_does() {
    let stage = Stage::new();
    stage.network.script([Act::status(503), Act::lost(), Act::json(json!({ "id": "p" }))]);
    let reply = stage.run(send(stage.welkin().engine(), "patientsGet", patient())).unwrap();
    assert_eq!((reply.status, reply.attempts), (200, 3));
}

#[test]
fn operations_whose_repeat_is_safe_are_repeated() {
    let stage = Stage::new();
    let welkin = stage.welkin();
    let cases = [
        ("patientsGet", patient()),
        ("patientsDelete", patient()),
        ("calendarEventsReplace", event()),
        ("patientsFindByFilter", Given::nothing().body(json!({}))),
    ];
    for (id, given) in cases {
        assert_eq!(requests(&stage, welkin.engine(), id, given, Act::lost()), 3, "{id}");
    }
}

fn event() -> Given {
    let body = json!({
        "hostId": "u",
        "startDateTime": "2027-02-01T10:00:00.000Z",
        "endDateTime": "2027-02-01T10:30:00.000Z",
        "participants": [],
    });
    Given::path(json!(["e"])).body(body)
}

#[test]
fn operations_whose_repeat_could_double_an_effect_are_sent_once() {
    let stage = Stage::new();
    let (welkin, inbox) = (stage.welkin(), stage.inbox_health());
    let create = || Given::nothing().body(json!({ "firstName": "Ada", "lastName": "Example" }));
    let change = || patient().body(json!({ "city": "Oakville" }));
    for act in [Act::lost(), Act::body_lost(200), Act::status(503), Act::status(408)] {
        let sent = |id, given| requests(&stage, welkin.engine(), id, given, act.clone());
        assert_eq!((sent("patientsCreate", create()), sent("patientsUpdate", change())), (1, 1));
        let sent = |id, given| requests(&stage, inbox.engine(), id, given, act.clone());
        assert_eq!(sent("paymentsCreate", payment()), 1);
    }
}

fn payment() -> Given {
    let body = json!({ "payment_method_type": "cash", "expected_amount_cents": 1_250 });
    Given::nothing().body(body)
}

#[test]
fn a_put_is_sent_once_when_its_body_adds_nested_records() {
    let stage = Stage::new();
    let inbox = stage.inbox_health();
    let sent = |body: Value| {
        let given = Given::path(json!([7])).body(body);
        requests(&stage, inbox.engine(), "invoicesUpdate", given, Act::status(503))
    };
    let known = json!({ "id": 5, "quantity": 2 });
    for adds in [json!({ "quantity": 1 }), json!({ "id": null, "quantity": 1 })] {
        assert_eq!(sent(json!({ "line_items_attributes": [known, adds] })), 1, "{adds}");
    }
    // Neither the reference nor the table knows these, and they go out all the same.
    for adds in [
        json!({ "write_offs_attributes": [{ "amount_cents": 5 }] }),
        json!({ "line_items_attributes": [{ "id": 5, "notes_attributes": [{ "text": "n" }] }] }),
        json!({ "write_offs_attributes": [{ "id": "" }] }),
        json!({ "write_offs_attributes": [{ "id": 0 }] }),
        json!({ "address_attributes": { "city": "Springfield" } }),
    ] {
        assert_eq!(sent(adds.clone()), 1, "{adds}");
    }
    assert_eq!(sent(json!({ "write_offs_attributes": [{ "id": 5, "amount_cents": 5 }] })), 3);
    assert_eq!(sent(json!({ "notes": "_attributes\":[{}]" })), 3);
    assert_eq!(sent(json!({ "line_items_attributes": [known] })), 3);
    assert_eq!(sent(json!({ "line_items_attributes": [] })), 3);
    assert_eq!(sent(json!({ "notes": "n" })), 3);

    let wire = json!({ "id": 7, "invoice": { "line_items_attributes": [{ "quantity": 1 }] } });
    let given = Given::path(json!([7])).body(wire).wire();
    assert_eq!(requests(&stage, inbox.engine(), "invoicesUpdate", given, Act::status(503)), 1);
}

#[test]
fn a_429_of_inbox_health_was_not_processed_and_repeats_a_post() {
    let stage = Stage::new();
    let inbox = stage.inbox_health();
    assert_eq!(requests(&stage, inbox.engine(), "paymentsCreate", payment(), Act::status(429)), 3);
}

#[test]
fn a_429_of_welkin_says_nothing_and_does_not_repeat_a_post() {
    let stage = Stage::new();
    let given = Given::nothing().body(json!({ "firstName": "Ada", "lastName": "Example" }));
    let welkin = stage.welkin();
    assert_eq!(requests(&stage, welkin.engine(), "patientsCreate", given, Act::status(429)), 1);
}

#[test]
fn a_payment_whose_connection_was_lost_is_never_sent_again() {
    let stage = Stage::new();
    stage.network.script([Act::lost().after(300)]);
    let inbox = stage.inbox_health();
    let error = stage.run(send(inbox.engine(), "paymentsCreate", payment())).unwrap_err();
    assert!(matches!(error.failure, Failure::Network));
    assert_eq!(error.outcome, Outcome::Unknown);
    stage.pass(HOUR);
    assert_eq!(stage.network.count(), 1);
}

#[test]
fn waits_double_and_leave_a_share_to_chance() {
    for (random, gaps) in [(0.0, [0, 0, 0]), (0.5, [250, 500, 1_000]), (0.999, [499, 999, 1_998])] {
        let stage = Stage::new();
        stage.clock.set_random(random);
        stage.network.always(|_| Act::status(503));
        let welkin = stage.welkin_with(|settings| settings.retries = 3);
        stage.run(send(welkin.engine(), "patientsGet", patient())).unwrap_err();
        assert_eq!(stage.network.gaps(), gaps);
    }
}

#[test]
fn retry_after_is_obeyed_in_seconds_and_as_a_date() {
    // The wall clock of the stage stands at 08:00:00.
    for after in ["3", " 3 ", "Fri, 15 Jan 2027 08:00:03 GMT"] {
        let stage = Stage::new();
        stage.network.script([Act::status(503).header("retry-after", after), Act::json(json!({}))]);
        stage.run(send(stage.welkin().engine(), "patientsGet", patient())).unwrap();
        assert_eq!(stage.network.gaps(), [3_000], "{after}");
    }
}

#[test]
fn retry_after_is_never_undercut_and_never_shortens_the_wait() {
    for (after, gap) in [("2", 2_000), ("0", 499), ("Fri, 15 Jan 2027 07:00:00 GMT", 499)] {
        let stage = Stage::new();
        stage.clock.set_random(0.999);
        stage.network.script([Act::status(503).header("retry-after", after), Act::json(json!({}))]);
        stage.run(send(stage.welkin().engine(), "patientsGet", patient())).unwrap();
        assert_eq!(stage.network.gaps(), [gap], "{after}");
    }
}

#[test]
fn what_is_no_retry_after_is_passed_over() {
    for after in ["soon", "-5", "1.5", "", "2027-01-15T08:00:09Z"] {
        let stage = Stage::new();
        stage.network.script([Act::status(503).header("retry-after", after), Act::json(json!({}))]);
        stage.run(send(stage.welkin().engine(), "patientsGet", patient())).unwrap();
        assert_eq!(stage.network.gaps(), [250], "{after}");
    }
}

#[test]
fn a_longer_wait_than_eight_seconds_fails_at_once_and_says_when_to_come_back() {
    for (after, milliseconds) in [
        ("9", 9_000),
        ("Fri, 15 Jan 2027 09:00:00 GMT", HOUR),
        ("99999999999999999999999", 1_000_000_000_000_000_000),
    ] {
        let stage = Stage::new();
        stage.network.always(move |_| Act::status(429).header("retry-after", after));
        let error = stage.run(send(stage.welkin().engine(), "patientsGet", patient())).unwrap_err();
        assert_eq!(rejection(&error).retry_after, Some(milliseconds));
        assert_eq!((stage.network.count(), error.outcome), (1, Outcome::Rejected));
    }
    let stage = Stage::new();
    stage.network.script([Act::status(503).header("retry-after", "8"), Act::json(json!({}))]);
    stage.run(send(stage.welkin().engine(), "patientsGet", patient())).unwrap();
    assert_eq!(stage.network.gaps(), [8_000]);
}

#[test]
fn a_wait_that_would_pass_the_deadline_fails_at_once() {
    let stage = Stage::new();
    stage.network.always(|_| Act::status(503).header("retry-after", "3").after(SECOND));
    let welkin = stage.welkin_with(|settings| settings.timeout = 4 * SECOND);
    let error = stage.run(send(welkin.engine(), "patientsGet", patient())).unwrap_err();
    assert_eq!(rejection(&error).retry_after, Some(3_000));
    assert_eq!((stage.network.count(), error.outcome), (1, Outcome::Unknown));
    assert_eq!(stage.happenings().last(), Some(&Happening::Failed { outcome: Outcome::Unknown }));
}

#[test]
fn a_call_may_set_its_own_number_of_repeats() {
    for retries in [0, 1, 4] {
        let stage = Stage::new();
        stage.network.always(|_| Act::status(503));
        let welkin = stage.welkin();
        let options = Options { retries: Some(retries), ..Options::default() };
        stage.run(call(welkin.engine(), "patientsGet", patient(), options)).unwrap_err();
        assert_eq!(stage.network.count(), retries as usize + 1);
    }
    let stage = Stage::new();
    stage.network.always(|_| Act::lost());
    let welkin = stage.welkin_with(|settings| settings.retries = 0);
    stage.run(send(welkin.engine(), "patientsGet", patient())).unwrap_err();
    assert_eq!(stage.network.count(), 1);
}

#[test]
fn a_budget_stops_a_storm_of_repeats() {
    let stage = Stage::new();
    stage.network.always(|_| Act::status(503));
    let welkin = stage.welkin();
    let calls = (0..1_000).map(|_| send(welkin.engine(), "patientsGet", patient()));
    assert!(stage.run(join_all(calls)).iter().all(Result::is_err));
    assert_eq!(stage.network.count(), 1_000 + 100);

    // Successes pay for further repeats: five for one.
    stage.network.always(|_| Act::json(json!({})));
    stage.run(join_all((0..5).map(|_| send(welkin.engine(), "patientsGet", patient()))));
    let sent = requests(&stage, welkin.engine(), "patientsGet", patient(), Act::status(503));
    assert_eq!(sent, 2);
}

#[test]
fn a_client_has_a_budget_of_its_own() {
    let stage = Stage::new();
    stage.network.always(|_| Act::status(503));
    let (storm, calm) = (stage.welkin(), stage.welkin());
    let calls = (0..100).map(|_| send(storm.engine(), "patientsGet", patient()));
    stage.run(join_all(calls));
    assert_eq!(requests(&stage, calm.engine(), "patientsGet", patient(), Act::status(503)), 3);
}

fn upload(repeatable_body: bool) -> Generic<bool> {
    Generic {
        method: "PUT".into(),
        path: "/gh/sb-demo/files/f".into(),
        body: Some(Payload::Opaque(repeatable_body)),
        repeatable: true,
    }
}

#[test]
fn a_body_that_cannot_be_sent_twice_is_not() {
    for act in [Act::lost(), Act::status(503), Act::status(429), Act::status(401)] {
        let stage = Stage::new();
        let reply = act.clone();
        stage.network.always(move |_| reply.clone());
        let settings = |settings: &mut Settings| settings.retries = 5;
        let inbox = stage.inbox_health_with(settings);
        stage.run(inbox.engine().request(upload(false), Options::default())).unwrap_err();
        stage.pass(HOUR);
        assert_eq!(stage.network.count(), 1);
    }
}

#[test]
fn a_body_that_can_be_sent_twice_is_repeated() {
    let stage = Stage::new();
    stage.network.script([Act::status(401), Act::status(503), Act::bytes(200, b"done")]);
    let welkin = stage.welkin();
    let reply = stage.run(welkin.engine().request(upload(true), Options::default())).unwrap();
    assert_eq!((reply.attempts, reply.body()), (3, &b"done"[..]));
}

#[test]
fn observers_are_told_of_every_repeat() {
    let stage = Stage::new();
    stage.network.script([Act::status(503), Act::lost(), Act::json(json!({}))]);
    stage.run(send(stage.welkin().engine(), "patientsGet", patient())).unwrap();
    let repeats: Vec<_> = stage
        .happenings()
        .into_iter()
        .filter(|happening| matches!(happening, Happening::Retry { .. }))
        .collect();
    let expected = [
        Happening::Retry { attempt: 1, delay: 250, status: Some(503) },
        Happening::Retry { attempt: 2, delay: 500, status: None },
    ];
    assert_eq!(repeats, expected);
}
