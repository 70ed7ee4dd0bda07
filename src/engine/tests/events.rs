//! What leaves a client beside its requests: names of operations and templates of paths, never an
//! identifier, a token, a body or a value.

use serde_json::json;

use super::stage::{Act, Answer, Given, SECOND, Stage, call};
use crate::engine::{Drift, Error, Event, Failure, Generic, Happening, Options, Outcome, Payload};

/// Stands for everything that must not leave the client.
const CANARY: &str = "canary5550100";

#[test]
fn an_event_names_the_operation_and_the_template_of_its_path() {
    let stage = Stage::new();
    let act = Act::json(json!({ "id": "p" })).header("x-request-id", "r-1").after(120);
    stage.network.script([act]);
    let given = Given::path(json!(["p"]));
    stage.run(call(stage.welkin().engine(), "patientsGet", given, Options::default())).unwrap();
    let operation = "patientsGet";
    let path_template = "/{tenantName}/{instanceName}/patients/{patientId}";
    let requests: Vec<_> = stage.events.borrow()[2..].to_vec();
    let expected = [
        Event {
            operation,
            path_template,
            what: Happening::Request { method: "GET".into(), attempt: 1 },
        },
        Event {
            operation,
            path_template,
            what: Happening::Response {
                attempt: 1,
                status: Some(200),
                duration: 120,
                request_id: Some("r-1".into()),
            },
        },
    ];
    assert_eq!(requests, expected);
}

#[test]
fn an_event_of_a_request_of_ones_own_names_its_method() {
    let stage = Stage::new();
    stage.network.script([Act::status(204)]);
    let generic = Generic {
        method: "DELETE".into(),
        path: "/gh/new/x".into(),
        body: None,
        repeatable: false,
    };
    stage.run(stage.welkin().engine().request(generic, Options::default())).unwrap();
    let request = Happening::Request { method: "DELETE".into(), attempt: 1 };
    assert!(stage.happenings().contains(&request));
}

#[test]
fn a_call_that_failed_is_told_last() {
    let stage = Stage::new();
    stage.network.script([Act::status(403)]);
    let given = Given::path(json!(["p"]));
    stage.run(call(stage.welkin().engine(), "patientsGet", given, Options::default())).unwrap_err();
    let failed = Happening::Failed { outcome: Outcome::Rejected };
    assert_eq!(stage.happenings().last(), Some(&failed));
}

#[test]
fn a_reply_that_can_not_be_read_is_told_last_too() {
    for body in [&b"<html>"[..], br#"{"id":"p""#, b""] {
        let stage = Stage::new();
        stage.network.script([Act::bytes(200, body)]);
        let given = Given::nothing().body(json!({ "firstName": "A", "lastName": "B" }));
        let welkin = stage.welkin();
        let called = call(welkin.engine(), "patientsCreate", given, Options::default());
        let error = stage.run(called).unwrap_err();
        assert!(matches!(error.failure, Failure::Decode(_)), "{error:?}");
        let failed = Happening::Failed { outcome: Outcome::Unknown };
        assert_eq!(stage.happenings().last(), Some(&failed));
    }
}

/// A call of every kind with the canary in all that it carries.
fn calls() -> Vec<(&'static str, Given)> {
    vec![
        ("patientsGet", Given::path(json!([CANARY]))),
        ("patientsGet", Given::path(json!([format!("{CANARY}/..")]))),
        ("patientsGet", Given::path(json!([CANARY, CANARY]))),
        ("patientsGet", Given::path(json!({ format!("<{CANARY}>"): CANARY }))),
        ("patientsList", Given::nothing().query(json!({ "email": CANARY, "page": 0 }))),
        ("patientsList", Given::nothing().query(json!({ "page": CANARY }))),
        ("patientsList", Given::nothing().query(json!({ format!("{CANARY} {CANARY}"): 1 }))),
        ("patientsFindByFilter", Given::nothing().body(json!({ CANARY: CANARY }))),
        ("patientsUpdate", Given::path(json!([CANARY])).body(json!({ "city": CANARY, CANARY: 1 }))),
        ("patientsUpdate", Given::path(json!([CANARY])).body(json!({ "careTeam": CANARY }))),
        ("patientsUpdate", Given::path(json!([CANARY])).body(json!([CANARY]))),
        ("usersGet", Given::path(json!([CANARY])).query(json!({ "type": CANARY }))),
    ]
}

/// Answers of every kind with the canary in all that they carry.
fn answers() -> Vec<Act> {
    let body = json!({
        "id": 5,
        "firstName": { CANARY: CANARY },
        "careTeam": [CANARY],
        CANARY: 9_007_199_254_740_993_u64,
        "customUserAttributes": { CANARY: 5 },
        "content": [{ "id": [CANARY] }],
    });
    let errors = json!([{ "errorCode": CANARY, "message": CANARY }]);
    vec![
        Act::json(body.clone()),
        Act::bytes(200, format!("<html>{CANARY}").as_bytes()),
        Act::bytes(200, body.to_string().replace('}', "").as_bytes()),
        Act::bytes(200, json!(CANARY).to_string().as_bytes()),
        Act::bytes(401, errors.to_string().as_bytes()),
        Act::bytes(404, errors.to_string().as_bytes()).header("x-reason", CANARY),
        Act::bytes(503, errors.to_string().as_bytes()).header("retry-after", CANARY),
        Act::lost(),
        Act::body_lost(200),
        Act::silence(),
    ]
}

fn assert_silent(error: &Error) {
    assert!(!error.to_string().contains(CANARY), "{error}");
    // A rejection holds what the API said, for the caller to read.
    if !matches!(error.failure, Failure::Api(_)) {
        assert!(!format!("{error:?}").contains(CANARY), "{error}");
    }
}

fn assert_events_silent(stage: &Stage) {
    for event in stage.events.borrow().iter() {
        assert!(!format!("{event:?}").contains(CANARY), "{event:?}");
    }
}

#[test]
fn nothing_that_a_call_carries_is_in_an_event_or_an_error() {
    for drift in [Drift::Report, Drift::Strict] {
        for act in answers() {
            for (id, given) in calls() {
                let stage = Stage::new();
                stage.tokens.always(Answer::token(CANARY));
                let act = act.clone();
                stage.network.always(move |_| act.clone());
                let welkin = stage.welkin_with(|settings| {
                    settings.drift = drift;
                    settings.known[0].1 = CANARY.into();
                    settings.base_url = format!("https://{CANARY}.example.test");
                    settings.headers = vec![("x-one".into(), CANARY.into())];
                    settings.timeout = 30 * SECOND;
                });
                if let Err(error) = stage.run(call(welkin.engine(), id, given, Options::default()))
                {
                    assert_silent(&error);
                }
                assert_events_silent(&stage);
            }
        }
    }
}

#[test]
fn the_typed_client_says_no_more() {
    for act in answers() {
        let stage = Stage::new();
        stage.tokens.always(Answer::token(CANARY));
        stage.network.always(move |_| act.clone());
        let welkin = stage.welkin();
        assert_silent(&stage.run(welkin.patients().get(CANARY).into_future()).unwrap_err());
        let mut pages = welkin.patients().list().pages().unwrap();
        assert_silent(&stage.run(pages.next()).unwrap_err());
        assert_events_silent(&stage);
    }
}

#[test]
fn a_generic_request_is_named_request_and_nothing_else() {
    for act in answers() {
        let stage = Stage::new();
        stage.tokens.always(Answer::token(CANARY));
        stage.network.always(move |_| act.clone());
        let welkin = stage.welkin();
        let generic = Generic {
            method: "POST".into(),
            path: format!("/{CANARY}/x?q={CANARY}"),
            body: Some(Payload::Json(json!(CANARY).to_string())),
            repeatable: true,
        };
        if let Err(error) = stage.run(welkin.engine().request(generic, Options::default())) {
            assert_silent(&error);
        }
        assert_events_silent(&stage);
        let events = stage.events.borrow();
        let of_calls = events.iter().filter(|event| !matches!(event.what, Happening::Token(_)));
        assert!(of_calls.clone().count() > 0);
        assert!(
            of_calls.clone().all(|event| (event.operation, event.path_template) == ("request", ""))
        );
    }
}

#[test]
fn a_token_that_is_refused_for_its_form_is_not_shown() {
    for answer in [Answer::token(&format!("{CANARY}\n")), Answer::until(CANARY, 1)] {
        let stage = Stage::new();
        stage.tokens.always(answer);
        let given = Given::path(json!(["p"]));
        let welkin = stage.welkin();
        let error = stage.run(call(welkin.engine(), "patientsGet", given, Options::default()));
        assert_silent(&error.unwrap_err());
        assert_events_silent(&stage);
    }
}
