//! One token for all calls: asked for once, renewed early, dropped when it is refused.

use std::rc::Rc;

use futures_util::FutureExt;
use futures_util::future::{join, join_all};
use serde_json::json;

use super::stage::{
    Act, Answer, Given, HOUR, MINUTE, Network, Question, SECOND, Sent, Stage, Tokens, WALL, call,
};
use crate::engine::{
    Engine, Error, Event, Failure, Happening, Options, Outcome, Reply, Runtime, TokenHappening,
    TokenProblem,
};

async fn get(engine: &Engine<Network, Tokens>) -> Result<Reply, Error> {
    call(engine, "patientsGet", Given::path(json!(["p"])), Options::default()).await
}

/// Accepts every token but these.
fn refuse(stage: &Stage, refused: &'static [&'static str]) {
    stage.network.always(move |sent| {
        let token = bearer(sent);
        Act::bytes(if refused.contains(&token.as_str()) { 401 } else { 200 }, b"{}")
    });
}

fn bearer(sent: &Sent) -> String {
    sent.header("authorization").unwrap().strip_prefix("Bearer ").unwrap().into()
}

fn bearers(stage: &Stage) -> Vec<String> {
    stage.network.sent().iter().map(bearer).collect()
}

fn problem(error: &Error) -> TokenProblem {
    match error.failure {
        Failure::Token(problem) => problem,
        ref other => panic!("{other:?}"),
    }
}

#[test]
fn a_hundred_simultaneous_callers_ask_one_question() {
    let stage = Stage::new();
    stage.tokens.script([Answer::token("t").after(200)]);
    refuse(&stage, &[]);
    let welkin = stage.welkin();
    let replies = stage.run(join_all((0..100).map(|_| get(welkin.engine()))));
    assert!(replies.iter().all(Result::is_ok));
    assert_eq!((stage.tokens.count(), stage.network.count()), (1, 100));
}

#[test]
fn a_second_client_has_a_cache_of_its_own() {
    let stage = Stage::new();
    refuse(&stage, &[]);
    let (one, other) = (stage.welkin(), stage.welkin());
    stage.run(get(one.engine())).unwrap();
    stage.run(get(other.engine())).unwrap();
    stage.run(get(one.engine())).unwrap();
    assert_eq!(bearers(&stage), ["token-1", "token-2", "token-1"]);
}

#[test]
fn the_scheme_of_each_api_carries_the_token() {
    let stage = Stage::new();
    stage.network.script([Act::json(json!({})), Act::json(json!({}))]);
    stage.run(get(stage.welkin().engine())).unwrap();
    let given = Given::path(json!([7]));
    let inbox = stage.inbox_health();
    stage.run(call(inbox.engine(), "patientsGet", given, Options::default())).unwrap();
    let sent = stage.network.sent();
    assert_eq!(sent[0].header("authorization"), Some("Bearer token-1"));
    assert_eq!(sent[1].header("x-api-key"), Some("token-2"));
}

#[test]
fn a_header_of_the_caller_does_not_stand_beside_the_token() {
    let stage = Stage::new();
    stage.network.script([Act::json(json!({}))]);
    let welkin = stage.welkin();
    let headers = vec![("Authorization".into(), "Bearer of-the-caller".into())];
    let options = Options { headers, ..Options::default() };
    stage.run(call(welkin.engine(), "patientsGet", Given::path(json!(["p"])), options)).unwrap();
    let sent = stage.network.only();
    let credentials = sent.headers.iter().filter(|(name, _)| name == "authorization").count();
    assert_eq!((credentials, bearer(&sent).as_str()), (1, "token-1"));
}

#[test]
fn a_call_without_a_token_source_and_an_open_call_carry_none() {
    let stage = Stage::new();
    stage
        .network
        .always(|_| Act::json(json!({ "token": "t", "expiresAt": "2027-01-15T09:00:00Z" })));
    let welkin = stage.welkin();
    let body = json!({ "secret": "s", "apiClient": "c" });
    let given = Given::path(json!([])).body(body);
    stage.run(call(welkin.engine(), "authCreateToken", given, Options::default())).unwrap();

    let settings = welkin.engine().settings().clone();
    let behind_a_gateway: Engine<_, Tokens> =
        Engine::new(settings, stage.network.clone(), None, stage.runtime());
    stage.run(get(&behind_a_gateway)).unwrap();
    assert!(stage.network.sent().iter().all(|sent| sent.header("authorization").is_none()));
    assert_eq!((stage.network.count(), stage.tokens.count()), (2, 0));
}

#[test]
fn a_token_is_renewed_early_in_the_background_while_the_old_one_is_still_used() {
    let stage = Stage::new();
    refuse(&stage, &[]);
    stage.clock.set_random(0.0);
    stage
        .tokens
        .script([Answer::until("old", WALL + HOUR), Answer::token("new").after(2 * SECOND)]);
    let welkin = stage.welkin();
    stage.run(get(welkin.engine())).unwrap();
    // A fifth of an hour is more than five minutes.
    stage.pass(55 * MINUTE - 1);
    stage.run(get(welkin.engine())).unwrap();
    assert_eq!(stage.tokens.count(), 1);
    stage.pass(1);
    stage.run(join_all((0..10).map(|_| get(welkin.engine())))).into_iter().for_each(|reply| {
        reply.unwrap();
    });
    assert_eq!(stage.tokens.count(), 2);
    stage.pass(2 * SECOND);
    stage.run(get(welkin.engine())).unwrap();
    let bearers = bearers(&stage);
    assert!(bearers[..12].iter().all(|token| token == "old"), "{bearers:?}");
    assert_eq!(bearers[12], "new");
    assert_eq!(stage.tokens.count(), 2);
}

#[test]
fn a_fleet_does_not_renew_as_one() {
    let renewed_at = |random: f64| {
        let stage = Stage::new();
        refuse(&stage, &[]);
        stage.clock.set_random(random);
        stage.tokens.script([Answer::until("t", WALL + HOUR)]);
        let welkin = stage.welkin();
        while stage.tokens.count() < 2 {
            stage.run(get(welkin.engine())).unwrap();
            stage.pass(SECOND);
        }
        let questions = stage.tokens.questions();
        questions[1].at - questions[0].at
    };
    assert_eq!(renewed_at(0.0), 55 * MINUTE);
    assert_eq!(renewed_at(0.5), 55 * MINUTE - 15 * SECOND);
}

#[test]
fn a_token_that_lives_shorter_than_the_margin_is_not_asked_for_on_every_call() {
    let stage = Stage::new();
    refuse(&stage, &[]);
    stage.clock.set_random(0.0);
    let welkin = stage.welkin();
    stage.tokens.script([
        Answer::until("one", WALL + 10 * SECOND),
        Answer::until("two", WALL + 18 * SECOND),
    ]);
    for _ in 0..16 {
        stage.run(get(welkin.engine())).unwrap();
        stage.pass(SECOND / 2);
    }
    assert_eq!(stage.tokens.count(), 1);
    stage.run(get(welkin.engine())).unwrap();
    stage.pass(SECOND);
    stage.run(get(welkin.engine())).unwrap();
    let asked: Vec<_> = stage.tokens.questions().iter().map(|question| question.at).collect();
    assert_eq!(asked, [5 * SECOND, 13 * SECOND]);
    assert_eq!(bearers(&stage).last().unwrap(), "two");
}

#[test]
fn an_ended_token_is_never_sent() {
    let stage = Stage::new();
    refuse(&stage, &[]);
    stage.tokens.script([Answer::until("old", WALL + MINUTE)]);
    let welkin = stage.welkin();
    stage.run(get(welkin.engine())).unwrap();
    stage.pass(MINUTE);
    stage.run(get(welkin.engine())).unwrap();
    assert_eq!(bearers(&stage), ["old", "token-2"]);
}

#[test]
fn a_wall_clock_that_jumps_does_no_harm() {
    for jump in [WALL + 30 * 24 * HOUR, WALL - 30 * 24 * HOUR] {
        let stage = Stage::new();
        refuse(&stage, &[]);
        stage.tokens.script([Answer::until("old", WALL + HOUR)]);
        let welkin = stage.welkin();
        stage.run(get(welkin.engine())).unwrap();
        stage.clock.set_wall(jump);
        stage.run(get(welkin.engine())).unwrap();
        assert_eq!(stage.tokens.count(), 1);
        stage.pass(HOUR);
        stage.run(get(welkin.engine())).unwrap();
        assert_eq!(bearers(&stage), ["old", "old", "token-2"]);
    }
}

#[test]
fn a_refused_token_is_replaced_and_the_call_repeated_once() {
    let stage = Stage::new();
    refuse(&stage, &["token-1"]);
    let welkin = stage.welkin();
    let reply = stage.run(get(welkin.engine())).unwrap();
    assert_eq!(reply.attempts, 2);
    assert_eq!(bearers(&stage), ["token-1", "token-2"]);
    let forced: Vec<_> =
        stage.tokens.questions().iter().map(|question| question.force_refresh).collect();
    assert_eq!(forced, [false, true]);
    stage.run(get(welkin.engine())).unwrap();
    assert_eq!(stage.tokens.count(), 2);
}

#[test]
fn a_call_that_creates_is_repeated_after_a_refused_token_too() {
    let stage = Stage::new();
    stage.network.script([Act::status(401), Act::json(json!({ "id": "p" }))]);
    let welkin = stage.welkin();
    let given = Given::path(json!([])).body(json!({ "firstName": "Ada", "lastName": "Example" }));
    let options = Options { retries: Some(0), ..Options::default() };
    stage.run(call(welkin.engine(), "patientsCreate", given, options)).unwrap();
    assert_eq!(stage.network.gaps(), [0]);
}

#[test]
fn a_second_refusal_is_the_error_of_the_call() {
    let stage = Stage::new();
    refuse(&stage, &["token-1", "token-2"]);
    let welkin = stage.welkin();
    let error = stage.run(get(welkin.engine())).unwrap_err();
    let Failure::Api(rejection) = &error.failure else { panic!("{error:?}") };
    assert_eq!((rejection.status, error.outcome), (401, Outcome::Rejected));
    assert_eq!(stage.network.count(), 2);
    // The second token was refused as well: after a while the next call asks for a third.
    stage.pass(SECOND);
    stage.run(get(welkin.engine())).unwrap();
    assert_eq!(bearers(&stage).last().unwrap(), "token-3");
}

#[test]
fn a_token_that_was_taken_once_is_replaced_as_soon_as_it_is_refused() {
    let stage = Stage::new();
    let welkin = stage.welkin();
    for revoked in [0, 1, 2] {
        stage.network.script([Act::json(json!({})), Act::status(401), Act::json(json!({}))]);
        stage.run(get(welkin.engine())).unwrap();
        let reply = stage.run(get(welkin.engine())).unwrap();
        assert_eq!((reply.attempts, stage.tokens.count()), (2, revoked + 2));
    }
}

#[test]
fn twenty_staggered_refusals_of_one_token_cost_one_further_question() {
    let stage = Stage::new();
    refuse(&stage, &["token-1"]);
    let welkin = stage.welkin();
    stage.network.script([Act::json(json!({}))]);
    stage.run(get(welkin.engine())).unwrap();
    // All were sent with the revoked token, and come back one after the other.
    stage.network.script((0..20).map(|at| Act::status(401).after(100 * (at + 1))));
    let replies = stage.run(join_all((0..20).map(|_| get(welkin.engine()))));
    assert!(replies.iter().all(Result::is_ok));
    assert_eq!(stage.tokens.count(), 2);
}

#[test]
fn a_late_answer_that_brings_the_refused_token_again_is_not_taken() {
    let stage = Stage::new();
    stage.clock.set_random(0.0);
    refuse(&stage, &["old"]);
    let welkin = stage.welkin();
    // The renewal was asked for before the refusal, so a cache behind the source may answer it.
    stage.tokens.script([
        Answer::until("old", WALL + 100 * SECOND),
        Answer::token("old").after(2 * SECOND),
        Answer::token("new"),
    ]);
    stage.network.script([Act::json(json!({})), Act::status(401).after(SECOND)]);
    stage.run(get(welkin.engine())).unwrap();
    stage.pass(80 * SECOND);
    stage.run(get(welkin.engine())).unwrap();
    assert_eq!(bearers(&stage), ["old", "old", "new"]);
    let forced: Vec<_> =
        stage.tokens.questions().iter().map(|question| question.force_refresh).collect();
    assert_eq!(forced, [false, false, true]);
}

#[test]
fn a_failing_source_is_asked_once_per_rest_and_every_caller_is_told() {
    let stage = Stage::new();
    stage.clock.set_random(0.0);
    stage.tokens.always(Answer::failure());
    let welkin = stage.welkin();
    let errors = stage.run(join_all((0..50).map(|_| get(welkin.engine()))));
    for error in errors {
        let error = error.unwrap_err();
        assert_eq!((problem(&error), error.outcome), (TokenProblem::Failed, Outcome::NotSent));
    }
    assert_eq!(stage.tokens.count(), 1);
    // Without chance the rests are half a second, one, two, and so on up to fifteen.
    for _ in 0..300 {
        stage.run(get(welkin.engine())).unwrap_err();
        stage.pass(100);
    }
    let asked: Vec<_> = stage.tokens.questions().iter().map(|question| question.at).collect();
    let rests: Vec<_> = asked.windows(2).map(|pair| pair[1] - pair[0]).collect();
    assert_eq!(rests, [500, 1_000, 2_000, 4_000, 8_000]);
    assert_eq!(stage.network.count(), 0);
}

#[test]
fn after_its_rest_a_source_that_recovered_serves_again() {
    let stage = Stage::new();
    refuse(&stage, &[]);
    stage.tokens.script([Answer::failure()]);
    let welkin = stage.welkin();
    stage.run(get(welkin.engine())).unwrap_err();
    stage.pass(SECOND);
    stage.run(get(welkin.engine())).unwrap();
    assert_eq!((stage.tokens.count(), stage.network.count()), (2, 1));
}

#[test]
fn a_renewal_that_fails_harms_nobody_while_the_old_token_is_good() {
    let stage = Stage::new();
    refuse(&stage, &[]);
    stage.clock.set_random(0.0);
    stage.tokens.script([Answer::until("old", WALL + 100 * SECOND)]);
    stage.tokens.always(Answer::failure());
    let welkin = stage.welkin();
    for _ in 0..99 {
        stage.run(get(welkin.engine())).unwrap();
        stage.pass(SECOND);
    }
    // Asked at 80 s, and then after rests of 0.5, 1, 2, 4 and 8 s, rounded up to the next call.
    assert_eq!(stage.tokens.count(), 1 + 6);
    stage.pass(SECOND);
    let error = stage.run(get(welkin.engine())).unwrap_err();
    assert_eq!(problem(&error), TokenProblem::Failed);
}

#[test]
fn a_hanging_source_is_cut_at_the_deadline_of_the_call() {
    let stage = Stage::new();
    stage.tokens.always(Answer::silence());
    let welkin = stage.welkin();
    let options = Options { timeout: Some(700), ..Options::default() };
    let given = Given::path(json!(["p"]));
    let error = stage.run(call(welkin.engine(), "patientsGet", given, options)).unwrap_err();
    assert!(matches!(error.failure, Failure::Timeout { milliseconds: 700 }));
    assert_eq!(error.outcome, Outcome::NotSent);
    assert_eq!(stage.clock.monotonic(), 5 * SECOND + 700);
    assert_eq!(stage.network.count(), 0);
}

#[test]
fn a_hanging_source_is_given_up_after_thirty_seconds() {
    let stage = Stage::new();
    stage.tokens.always(Answer::silence());
    let welkin = stage.welkin();
    let error = stage.run(get(welkin.engine())).unwrap_err();
    assert_eq!(problem(&error), TokenProblem::Slow);
    assert_eq!(stage.clock.monotonic(), 35 * SECOND);
}

#[test]
fn a_token_that_has_expired_is_an_error_and_nothing_is_sent() {
    for expires_at in [WALL, WALL - 1, 0] {
        let stage = Stage::new();
        stage.tokens.script([Answer::until("t", expires_at)]);
        let error = stage.run(get(stage.welkin().engine())).unwrap_err();
        assert_eq!((problem(&error), error.outcome), (TokenProblem::Expired, Outcome::NotSent));
        assert_eq!(stage.network.count(), 0);
    }
}

#[test]
fn a_token_that_is_no_header_value_is_an_error_and_nothing_is_sent() {
    for secret in ["", " ", "t ", " t", "t\nx: y", "t\r", "t\t", "tök", "t\u{7f}", "t\0"] {
        let stage = Stage::new();
        stage.tokens.script([Answer::token(secret)]);
        let error = stage.run(get(stage.welkin().engine())).unwrap_err();
        assert_eq!(problem(&error), TokenProblem::Malformed, "{secret:?}");
        assert_eq!((error.outcome, stage.network.count()), (Outcome::NotSent, 0));
    }
    let stage = Stage::new();
    stage.tokens.script([Answer::nonsense()]);
    let error = stage.run(get(stage.welkin().engine())).unwrap_err();
    assert_eq!(problem(&error), TokenProblem::Malformed);
}

#[test]
fn a_caller_who_gives_up_while_its_question_is_under_way_harms_no_other() {
    for isolated in [false, true] {
        let stage = Stage::new();
        if isolated {
            stage.clock.isolate_callers();
        }
        refuse(&stage, &[]);
        stage.tokens.always(Answer::token("t").after(SECOND));
        let welkin = stage.welkin();
        let abort = Some(stage.clock.sleep(300));
        let options = Options { abort, ..Options::default() };
        let given = Given::path(json!(["p"]));
        let impatient = call(welkin.engine(), "patientsGet", given, options);
        let (gone, served) = stage.run(join(impatient, get(welkin.engine())));
        assert!(matches!(gone.unwrap_err().failure, Failure::Abort));
        served.unwrap();
        // The question goes on where it may; where it may not, the other caller asks again.
        assert_eq!(stage.tokens.count(), if isolated { 2 } else { 1 });
        assert_eq!(stage.network.count(), 1);
    }
}

#[test]
fn isolated_callers_wait_by_looking_again_and_share_the_answer() {
    let stage = Stage::new();
    stage.clock.isolate_callers();
    refuse(&stage, &[]);
    stage.tokens.script([Answer::token("t").after(SECOND)]);
    let welkin = stage.welkin();
    let replies = stage.run(join_all((0..20).map(|_| get(welkin.engine()))));
    assert!(replies.iter().all(Result::is_ok));
    assert_eq!(stage.tokens.count(), 1);
    assert!(stage.network.sent().iter().all(|sent| sent.at < 6 * SECOND + 20));
}

#[test]
fn an_isolated_caller_takes_over_from_one_that_vanished() {
    let stage = Stage::new();
    stage.clock.isolate_callers();
    refuse(&stage, &[]);
    stage.tokens.script([Answer::silence(), Answer::token("t")]);
    let welkin = Rc::new(stage.welkin());
    // Its request ended: it is neither polled nor dropped any more.
    let mut vanished = Box::pin(get(welkin.engine()));
    assert!(stage.run(async { vanished.as_mut().now_or_never().is_none() }));
    stage.run(get(welkin.engine())).unwrap();
    let asked: Vec<_> = stage.tokens.questions();
    assert_eq!(asked[1], Question { at: asked[0].at + 3 * SECOND, force_refresh: false });
    assert_eq!(stage.network.count(), 1);
}

#[test]
fn observers_are_told_of_the_life_of_a_token() {
    let stage = Stage::new();
    refuse(&stage, &["token-1"]);
    stage.run(get(stage.welkin().engine())).unwrap();
    let told: Vec<_> = stage
        .events
        .borrow()
        .iter()
        .filter_map(|event: &Event| match event.what {
            Happening::Token(happening) => Some(happening),
            _ => None,
        })
        .collect();
    use TokenHappening::{Received, Refused, Requested};
    assert_eq!(told, [Requested, Received, Refused, Requested, Received]);
}
