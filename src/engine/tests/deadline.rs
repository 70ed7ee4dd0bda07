//! A call that ends early, by its deadline or by its caller, in each phase that it goes through.

use serde_json::json;

use super::stage::{Act, Answer, Given, HOUR, SECOND, Stage, call};
use crate::engine::{Error, Failure, Limit, Options, Outcome, Runtime};

/// Where the call is when it ends.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Phase {
    Token,
    Line,
    Head,
    Body,
    BodyOfARefusal,
    WaitAfterAFault,
    WaitAfterARefusal,
}

const PHASES: [Phase; 7] = [
    Phase::Token,
    Phase::Line,
    Phase::Head,
    Phase::Body,
    Phase::BodyOfARefusal,
    Phase::WaitAfterAFault,
    Phase::WaitAfterARefusal,
];

impl Phase {
    fn requests(self) -> usize {
        match self {
            Phase::Token => 0,
            // In line behind one that was sent.
            Phase::Line => 1,
            _ => 1,
        }
    }

    fn outcome(self) -> Outcome {
        match self {
            Phase::Token | Phase::Line => Outcome::NotSent,
            Phase::Head | Phase::Body | Phase::WaitAfterAFault => Outcome::Unknown,
            Phase::BodyOfARefusal | Phase::WaitAfterARefusal => Outcome::Rejected,
        }
    }
}

/// Brings a call into a phase, in which it stays until it is cut.
fn cut(phase: Phase, options: impl FnOnce(&Stage) -> Options) -> (Stage, Error) {
    let stage = Stage::new();
    let get = || Given::path(json!([7]));
    let limit = Some(Limit { burst: 1, interval: 50 * SECOND });
    let inbox = stage.inbox_health_with(|settings| {
        settings.limit = if phase == Phase::Line { limit } else { None };
    });
    match phase {
        Phase::Token => stage.tokens.always(Answer::silence()),
        Phase::Line => {
            stage.network.script([Act::json(json!({}))]);
            stage.run(call(inbox.engine(), "patientsGet", get(), Options::default())).unwrap();
        }
        Phase::Head => stage.network.script([Act::silence()]),
        Phase::Body => stage.network.script([Act::body_hangs(200)]),
        Phase::BodyOfARefusal => stage.network.script([Act::body_hangs(404)]),
        Phase::WaitAfterAFault => {
            stage.network.script([Act::status(503).header("retry-after", "5")]);
        }
        Phase::WaitAfterARefusal => {
            stage.network.script([Act::status(429).header("retry-after", "5")]);
        }
    }
    let options = options(&stage);
    let error = stage.run(call(inbox.engine(), "patientsGet", get(), options)).unwrap_err();
    // Were anything left, it would come to light now: the script knows no further request.
    stage.tokens.always(Answer::token("late"));
    stage.pass(24 * HOUR);
    (stage, error)
}

#[test]
fn the_deadline_ends_a_call_in_every_phase() {
    for phase in PHASES {
        // A wait that would pass the deadline is not begun: retries cover that.
        if matches!(phase, Phase::WaitAfterAFault | Phase::WaitAfterARefusal) {
            continue;
        }
        let options = |_: &Stage| Options { timeout: Some(1_500), ..Options::default() };
        let (stage, error) = cut(phase, options);
        assert!(matches!(error.failure, Failure::Timeout { milliseconds: 1_500 }), "{phase:?}");
        assert_eq!(error.outcome, phase.outcome(), "{phase:?}");
        assert_eq!(stage.network.count(), phase.requests(), "{phase:?}");
    }
}

#[test]
fn the_caller_ends_a_call_in_every_phase() {
    for phase in PHASES {
        let options = |stage: &Stage| {
            let abort = Some(stage.clock.sleep(700));
            Options { abort, ..Options::default() }
        };
        let (stage, error) = cut(phase, options);
        assert!(matches!(error.failure, Failure::Abort), "{phase:?}");
        assert_eq!(error.outcome, phase.outcome(), "{phase:?}");
        assert_eq!(stage.network.count(), phase.requests(), "{phase:?}");
    }
}

#[test]
fn the_exchange_of_a_call_that_ended_early_is_dropped() {
    for phase in [Phase::Head, Phase::Body, Phase::BodyOfARefusal] {
        let options = |_: &Stage| Options { timeout: Some(500), ..Options::default() };
        let (stage, _) = cut(phase, options);
        assert_eq!(stage.network.given_up(), 1, "{phase:?}");
    }
}

#[test]
fn a_call_that_was_given_up_before_it_began_sends_nothing() {
    let stage = Stage::new();
    let abort = Some(stage.clock.sleep(0));
    let options = Options { abort, ..Options::default() };
    let welkin = stage.welkin();
    let given = Given::path(json!(["p"]));
    let error = stage.run(call(welkin.engine(), "patientsGet", given, options)).unwrap_err();
    assert!(matches!(error.failure, Failure::Abort));
    assert_eq!(
        (error.outcome, stage.tokens.count(), stage.network.count()),
        (Outcome::NotSent, 0, 0)
    );
}

#[test]
fn a_call_without_any_time_sends_nothing() {
    let stage = Stage::new();
    let options = Options { timeout: Some(0), ..Options::default() };
    let welkin = stage.welkin();
    let given = Given::path(json!(["p"]));
    let error = stage.run(call(welkin.engine(), "patientsGet", given, options)).unwrap_err();
    assert!(matches!(error.failure, Failure::Timeout { milliseconds: 0 }));
    assert_eq!(
        (error.outcome, stage.tokens.count(), stage.network.count()),
        (Outcome::NotSent, 0, 0)
    );
}

#[test]
fn one_deadline_covers_token_attempts_waits_and_body() {
    let stage = Stage::new();
    stage.tokens.script([Answer::token("t").after(SECOND)]);
    stage.network.script([
        Act::status(503).header("retry-after", "2").after(SECOND),
        Act::body_hangs(200).after(SECOND),
    ]);
    let options = Options { timeout: Some(6 * SECOND), ..Options::default() };
    let welkin = stage.welkin();
    let begun = stage.clock.monotonic();
    let given = Given::path(json!(["p"]));
    let error = stage.run(call(welkin.engine(), "patientsGet", given, options)).unwrap_err();
    assert!(matches!(error.failure, Failure::Timeout { milliseconds: 6_000 }));
    assert_eq!(stage.clock.monotonic() - begun, 6 * SECOND);
}

#[test]
fn a_call_that_ended_early_leaves_the_client_in_order() {
    let stage = Stage::new();
    stage.network.script([Act::silence()]);
    let welkin = stage.welkin();
    let get = |options| call(welkin.engine(), "patientsGet", Given::path(json!(["p"])), options);
    stage.run(get(Options { timeout: Some(100), ..Options::default() })).unwrap_err();
    stage.network.script([Act::json(json!({ "id": "p" }))]);
    assert_eq!(stage.run(get(Options::default())).unwrap().record(), br#"{"id":"p"}"#);
    assert_eq!(stage.tokens.count(), 1);
}
