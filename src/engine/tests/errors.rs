//! What an error says: which failure, of which operation, and what became of the request.

use serde_json::json;

use super::stage::{Act, Answer, Given, Stage, call};
use crate::engine::{Error, Failure, Options, Outcome};

fn name(error: &Error) -> &'static str {
    match error.failure {
        Failure::Config(_) => "config",
        Failure::Token(_) => "token",
        Failure::Network => "network",
        Failure::Timeout { .. } => "timeout",
        Failure::Abort => "abort",
        Failure::Api(_) => "api",
        Failure::Decode(_) => "decode",
    }
}

/// The error of a call whose exchange goes by this script.
fn error(acts: impl IntoIterator<Item = Act>) -> Error {
    let stage = Stage::new();
    stage.clock.set_random(0.0);
    stage.network.script(acts);
    let welkin = stage.welkin();
    let given = Given::path(json!(["p"]));
    let options = Options { timeout: Some(5_000), ..Options::default() };
    stage.run(call(welkin.engine(), "patientsGet", given, options)).unwrap_err()
}

#[test]
fn every_error_says_what_became_of_the_request() {
    use Outcome::{Rejected, Unknown};
    let cases: Vec<(Vec<Act>, &str, Outcome)> = vec![
        (vec![Act::status(400)], "api", Rejected),
        (vec![Act::status(401), Act::status(401)], "api", Rejected),
        (vec![Act::status(403)], "api", Rejected),
        (vec![Act::status(404)], "api", Rejected),
        (vec![Act::status(409)], "api", Rejected),
        (vec![Act::status(422)], "api", Rejected),
        (vec![Act::status(429); 3], "api", Rejected),
        // Many send elsewhere whoever has just changed something.
        (vec![Act::status(302)], "api", Unknown),
        // It may have been done before the answer was lost on its way.
        (vec![Act::status(408); 3], "api", Unknown),
        (vec![Act::status(500); 3], "api", Unknown),
        (vec![Act::status(502); 3], "api", Unknown),
        (vec![Act::status(501)], "api", Unknown),
        (vec![Act::lost(); 3], "network", Unknown),
        (vec![Act::body_lost(200); 3], "network", Unknown),
        (vec![Act::body_lost(404); 3], "network", Rejected),
        (vec![Act::silence()], "timeout", Unknown),
        (vec![Act::body_hangs(200)], "timeout", Unknown),
        (vec![Act::body_hangs(404)], "timeout", Rejected),
        (vec![Act::bytes(200, b"<html>")], "decode", Unknown),
        (vec![Act::status(200)], "decode", Unknown),
    ];
    for (at, (acts, failure, outcome)) in cases.into_iter().enumerate() {
        let error = error(acts);
        assert_eq!((name(&error), error.outcome), (failure, outcome), "case {at}: {error}");
        assert_eq!(error.operation, "patientsGet");
    }
}

#[test]
fn a_refusal_does_not_take_back_what_an_earlier_attempt_may_have_done() {
    for first in [Act::lost(), Act::status(503), Act::body_lost(200)] {
        for second in [Act::status(404), Act::body_hangs(404)] {
            assert_eq!(error([first.clone(), second]).outcome, Outcome::Unknown);
        }
        let twice_refused = [first, Act::status(401), Act::status(401)];
        assert_eq!(error(twice_refused).outcome, Outcome::Unknown);
    }
    assert_eq!(error([Act::status(429), Act::status(404)]).outcome, Outcome::Rejected);
}

#[test]
fn without_a_new_token_a_refused_call_stays_refused() {
    let stage = Stage::new();
    stage.tokens.script([Answer::token("t"), Answer::failure()]);
    stage.network.script([Act::status(401)]);
    let welkin = stage.welkin();
    let given = Given::path(json!(["p"]));
    let error = stage.run(call(welkin.engine(), "patientsGet", given, Options::default()));
    let error = error.unwrap_err();
    assert_eq!((name(&error), error.outcome), ("token", Outcome::Rejected));
}

#[test]
fn a_rejection_gives_the_caller_all_that_the_api_said() {
    let act = Act::bytes(422, br#"[{"errorCode":"X"}]"#)
        .header("x-request-id", "r-1")
        .header("retry-after", "3");
    let error = error([act]);
    let Failure::Api(rejection) = error.failure else { panic!("{error:?}") };
    assert_eq!(rejection.body, br#"[{"errorCode":"X"}]"#);
    assert_eq!(rejection.request_id.as_deref(), Some("r-1"));
    assert_eq!(rejection.retry_after, Some(3_000));
    assert_eq!(rejection.headers.len(), 2);
}

#[test]
fn messages_name_the_operation_and_the_kind_of_failure() {
    let messages = [
        (error([Act::status(404)]), "patientsGet: the API answered 404"),
        (error(vec![Act::lost(); 3]), "patientsGet: the connection failed or was lost"),
        (error([Act::silence()]), "patientsGet: no answer within 5000 ms"),
    ];
    for (error, message) in messages {
        assert_eq!(error.to_string(), message);
    }
}
