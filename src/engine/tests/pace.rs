//! The rate limit that a client keeps to by itself.

use futures_util::FutureExt;
use futures_util::future::join_all;
use serde_json::json;

use super::stage::{Act, Answer, Given, Network, SECOND, Stage, Tokens, call};
use crate::engine::{Engine, Failure, Limit, Options, Outcome, Runtime};

async fn get(engine: &Engine<Network, Tokens>) {
    call(engine, "patientsGet", Given::path(json!([7])), Options::default()).await.unwrap();
}

/// The most requests that were sent in any second.
fn densest_second(stage: &Stage) -> usize {
    let sent: Vec<u64> = stage.network.sent().iter().map(|sent| sent.at).collect();
    let within = |from: u64| sent.iter().filter(|at| (from..from + SECOND).contains(at)).count();
    sent.iter().map(|from| within(*from)).max().unwrap()
}

#[test]
fn inbox_health_gets_a_burst_of_a_hundred_and_then_ten_a_second() {
    let stage = Stage::new();
    stage.network.always(|_| Act::json(json!({})));
    let inbox = stage.inbox_health();
    stage.run(join_all((0..150).map(|_| get(inbox.engine()))));
    let sent = stage.network.sent();
    assert_eq!(sent.iter().filter(|one| one.at == sent[0].at).count(), 100);
    assert_eq!(stage.network.gaps()[99..], [100; 50]);
}

#[test]
fn welkin_publishes_no_limit_and_is_not_paced() {
    let stage = Stage::new();
    stage.network.always(|_| Act::json(json!({})));
    let welkin = stage.welkin();
    let calls = (0..300).map(|_| {
        let given = Given::path(json!(["p"]));
        call(welkin.engine(), "patientsGet", given, Options::default())
    });
    assert!(stage.run(join_all(calls)).iter().all(Result::is_ok));
    assert!(stage.network.gaps().iter().all(|gap| *gap == 0));
}

#[test]
fn calls_that_waited_for_a_token_together_still_leave_one_by_one() {
    let stage = Stage::new();
    stage.network.always(|_| Act::json(json!({})));
    stage.tokens.script([Answer::token("t").after(10 * SECOND)]);
    let limit = Some(Limit { burst: 10, interval: 100 });
    let inbox = stage.inbox_health_with(|settings| settings.limit = limit);
    stage.run(join_all((0..60).map(|_| get(inbox.engine()))));
    // A burst, and what one second lets through.
    assert!(densest_second(&stage) <= 20);
}

#[test]
fn a_token_that_was_refused_meanwhile_is_not_sent_by_those_who_stood_in_line() {
    let stage = Stage::new();
    stage.network.always(|sent| {
        let refused = sent.header("x-api-key") == Some("token-1");
        if refused { Act::status(401).after(50) } else { Act::json(json!({})) }
    });
    let limit = Some(Limit { burst: 1, interval: 100 });
    let inbox = stage.inbox_health_with(|settings| settings.limit = limit);
    stage.run(join_all((0..20).map(|_| get(inbox.engine()))));
    assert_eq!((stage.network.count(), stage.tokens.count()), (21, 2));
}

#[test]
fn a_repeat_takes_its_place_in_line_too() {
    let stage = Stage::new();
    stage.clock.set_random(0.0);
    stage.network.script([Act::status(503), Act::json(json!({}))]);
    let limit = Some(Limit { burst: 1, interval: 700 });
    let inbox = stage.inbox_health_with(|settings| settings.limit = limit);
    stage.run(get(inbox.engine()));
    assert_eq!(stage.network.gaps(), [700]);
}

const ONE_BY_ONE: Option<Limit> = Some(Limit { burst: 1, interval: 100 });

/// The paths of what was sent, in order.
fn order(stage: &Stage) -> Vec<String> {
    stage.network.sent().iter().map(|sent| sent.url.rsplit('/').next().unwrap().into()).collect()
}

#[test]
fn calls_leave_the_line_in_the_order_in_which_they_came_whatever_they_ask_for() {
    let stage = Stage::new();
    stage.network.always(|_| Act::json(json!({})));
    let inbox = stage.inbox_health_with(|settings| settings.limit = ONE_BY_ONE);
    let ids = ["patientsGet", "invoicesGet", "paymentsGet"];
    let calls = (0..30).map(|at| {
        let given = Given::path(json!([at]));
        call(inbox.engine(), ids[at % 3], given, Options::default())
    });
    assert!(stage.run(join_all(calls)).iter().all(Result::is_ok));
    assert_eq!(order(&stage), (0..30).map(|at| at.to_string()).collect::<Vec<_>>());
    assert_eq!(stage.network.gaps(), [100; 29]);
}

#[test]
fn who_gives_up_in_line_sends_nothing_and_leaves_his_place_to_the_others() {
    let stage = Stage::new();
    stage.network.always(|_| Act::json(json!({})));
    let inbox = stage.inbox_health_with(|settings| settings.limit = ONE_BY_ONE);
    let calls = (0..12).map(|at| {
        let stage = &stage;
        let inbox = &inbox;
        async move {
            // The second to the eleventh give up at once; the last comes after that.
            let abort = (1..11).contains(&at).then(|| stage.clock.sleep(5));
            if at == 11 {
                stage.clock.sleep(10).await;
            }
            let options = Options { abort, ..Options::default() };
            call(inbox.engine(), "patientsGet", Given::path(json!([at])), options).await
        }
    });
    let ended = stage.run(join_all(calls));
    for error in ended.iter().take(11).skip(1).map(|ended| ended.as_ref().unwrap_err()) {
        assert!(matches!(error.failure, Failure::Abort));
        assert_eq!(error.outcome, Outcome::NotSent);
    }
    assert_eq!(order(&stage), ["0", "11"]);
    assert_eq!(stage.network.gaps(), [100]);
}

#[test]
fn a_call_that_is_neither_run_on_nor_dropped_holds_nobody_up() {
    let stage = Stage::new();
    stage.network.always(|_| Act::json(json!({})));
    let limit = Some(Limit { burst: 1, interval: SECOND });
    let inbox = stage.inbox_health_with(|settings| settings.limit = limit);
    stage.run(get(inbox.engine()));
    // So does workerd with what waits in a request that has ended.
    let mut waits = Box::pin(get(inbox.engine()));
    assert!(waits.as_mut().now_or_never().is_none());
    std::mem::forget(waits);
    let given = Given::path(json!([8]));
    let options = Options { timeout: Some(10 * SECOND), ..Options::default() };
    assert!(stage.run(call(inbox.engine(), "patientsGet", given, options)).is_ok());
    stage.run(join_all((0..5).map(|_| get(inbox.engine()))));
    assert!(densest_second(&stage) <= 1);
}

#[test]
fn a_call_whose_time_ends_in_line_was_not_sent() {
    let stage = Stage::new();
    stage.network.always(|_| Act::json(json!({})));
    let inbox = stage.inbox_health_with(|settings| {
        settings.limit = Some(Limit { burst: 1, interval: 10 * SECOND });
        settings.timeout = 3 * SECOND;
    });
    let ended = stage.run(join_all((0..2).map(|at| {
        call(inbox.engine(), "patientsGet", Given::path(json!([at])), Options::default())
    })));
    let error = ended[1].as_ref().unwrap_err();
    assert!(matches!(error.failure, Failure::Timeout { .. }));
    assert_eq!((error.outcome, stage.network.count()), (Outcome::NotSent, 1));
}

#[test]
fn a_429_says_that_others_spent_the_burst_whether_the_api_or_a_gateway_gave_it() {
    for act in [Act::status(429), Act::status(429).header("x-carewire-gateway", "1")] {
        let stage = Stage::new();
        stage.network.script([act]);
        stage.network.always(|_| Act::json(json!({})));
        let inbox = stage.inbox_health();
        let options = Options { retries: Some(0), ..Options::default() };
        let given = || Given::path(json!([7]));
        stage.run(call(inbox.engine(), "patientsGet", given(), options)).unwrap_err();
        stage.run(join_all((0..20).map(|_| get(inbox.engine()))));
        assert_eq!(stage.network.gaps(), [100; 20]);
    }
}

#[test]
fn nothing_goes_before_the_time_that_a_429_names() {
    let stage = Stage::new();
    stage.network.script([Act::status(429).header("retry-after", "3")]);
    stage.network.always(|_| Act::json(json!({})));
    let inbox = stage.inbox_health();
    let options = Options { retries: Some(0), ..Options::default() };
    let given = Given::path(json!([7]));
    stage.run(call(inbox.engine(), "patientsGet", given, options)).unwrap_err();
    stage.run(get(inbox.engine()));
    assert_eq!(stage.network.gaps(), [3 * SECOND]);
}
