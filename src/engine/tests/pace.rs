//! The rate limit that a client keeps to by itself.

use futures_util::future::join_all;
use serde_json::json;

use super::stage::{Act, Answer, Given, Network, SECOND, Stage, Tokens, call};
use crate::engine::{Engine, Limit, Options};

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
