//! Calls that are given up, or whose time is over, at every millisecond of their life.

use futures_util::FutureExt;
use futures_util::future::{LocalBoxFuture, join_all};
use proptest::collection::vec;
use proptest::prelude::*;
use serde_json::json;

use super::super::stage::{
    Act, Answer, Given, HOUR, Network, SECOND, Stage, Tokens, call, operation,
};
use super::generated;
use super::instances::{Extent, arguments};
use crate::engine::{Engine, Error, Failure, Generic, Limit, Options, Outcome, Runtime, Settings};
use crate::operation::Api;

subjects! {
    at_every_millisecond:
        "a call that waits for a token, is refused, waits for another token, in line, for a repeat and in line again, and reads a slow body, given up or out of time at each millisecond of it; as an operation, a page, a download and a request that the table does not know, with callers that share work and callers that may not",
        "it ends in that millisecond with the right reason and outcome; no exchange and no timer is left but those of a question that others may share; nothing is sent afterwards, and the client serves the next call";
    between_pages:
        "a list of five pages, given up at each millisecond, in and between its pages",
        "the page under way ends in that millisecond, no further one is asked for, and nothing is left";
    a_crowd_that_gives_up:
        "2 to 150 callers in line for one limit, each given up or out of time at random",
        "every call ends by its time, the rate is kept, who stays is served, and nothing is left";
}

/// What is called.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Kind {
    Operation,
    Page,
    Download,
    Generic,
}

const LIMIT: Limit = Limit { burst: 1, interval: 400 };

fn stage(isolated: bool) -> (Stage, Engine<Network, Tokens>) {
    let stage = Stage::new();
    if isolated {
        stage.clock.isolate_callers();
    }
    stage.tokens.script([Answer::token("one").after(200), Answer::token("two").after(100)]);
    stage.network.script([
        Act::status(401).after(150),
        Act::status(503).header("retry-after", "1").after(150).body_after(50),
        Act::bytes(200, br#"{"content":[]}"#).after(150).body_after(150),
    ]);
    stage.network.always(|_| Act::json(json!({ "content": [] })));
    let mut settings = Settings::welkin("gh", "sb-demo");
    settings.limit = Some(LIMIT);
    let engine = stage.engine(settings, Some(&stage.tokens));
    (stage, engine)
}

async fn send(kind: Kind, engine: &Engine<Network, Tokens>, options: Options) -> Result<(), Error> {
    let of = |id| operation(Api::Welkin, id);
    let required = |id| arguments(of(id), Extent::Required);
    match kind {
        Kind::Operation => {
            call(engine, "patientsGet", Given::path(json!(["p"])), options).await.map(drop)
        }
        Kind::Page => {
            let id = "patientsList";
            engine.page(of(id), &required(id), options, None).await.map(drop)
        }
        Kind::Download => {
            let id = "documentFilesDownload";
            engine.call_with(of(id), &required(id), true, options).await.map(drop)
        }
        Kind::Generic => {
            let (method, path) = ("GET".into(), "/gh/sb-demo/new".into());
            let generic = Generic { method, path, body: None, repeatable: true };
            engine.request(generic, options).await.map(drop)
        }
    }
}

/// When the parts of the uncut call begin, from its own beginning.
struct Course {
    sent: Vec<u64>,
    asked: Vec<(u64, u64)>,
    /// When the first refusal comes.
    refused: u64,
    ends: u64,
}

fn course(kind: Kind, isolated: bool) -> Course {
    let (stage, engine) = stage(isolated);
    let begun = stage.clock.now();
    stage.run(send(kind, &engine, Options::default())).unwrap();
    let sent: Vec<u64> = stage.network.sent().iter().map(|sent| sent.at - begun).collect();
    let asked: Vec<u64> = stage.tokens.questions().iter().map(|asked| asked.at - begun).collect();
    assert_eq!((sent.len(), asked.len(), stage.left()), (3, 2, (0, 0, 0)));
    let refused = sent[0] + 150;
    assert_eq!(asked, [0, refused]);
    let asked = vec![(0, 200), (refused, refused + 100)];
    Course { sent, asked, refused, ends: stage.clock.now() - begun }
}

fn at_every_millisecond() -> usize {
    let mut cases = 0;
    let kinds = [
        (Kind::Operation, false),
        (Kind::Operation, true),
        (Kind::Page, false),
        (Kind::Download, false),
        (Kind::Generic, false),
    ];
    for (kind, isolated) in kinds {
        let course = course(kind, isolated);
        for at in 0..=course.ends {
            for given_up in [true, false] {
                cut(kind, isolated, at, given_up, &course);
                cases += 1;
            }
        }
    }
    cases
}

fn cut(kind: Kind, isolated: bool, at: u64, given_up: bool, course: &Course) {
    let context = format!("{kind:?} at {at} ms, isolated {isolated}, given up {given_up}");
    let (stage, engine) = stage(isolated);
    let begun = stage.clock.now();
    let options = if given_up {
        Options { abort: Some(stage.clock.sleep(at)), ..Options::default() }
    } else {
        Options { timeout: Some(at), ..Options::default() }
    };
    let error = stage.run(send(kind, &engine, options)).expect_err(&context);
    let took = stage.clock.now() - begun;
    match error.failure {
        Failure::Abort => assert!(given_up && took == at, "{context}: {took}"),
        Failure::Timeout { milliseconds } => {
            assert!(!given_up && milliseconds == at && took == at, "{context}: {took}");
        }
        // A wait that would pass the deadline is not begun: the fault is told at once.
        Failure::Api(rejection) => {
            assert!(!given_up && took <= at && rejection.status == 503, "{context}");
            assert_eq!(error.outcome, Outcome::Unknown, "{context}");
        }
        other => panic!("{context}: {other:?}"),
    }
    let sent = course.sent.iter().filter(|time| **time < took).count();
    assert_eq!(stage.network.count(), sent, "{context}");
    let outcome = match sent {
        0 => Outcome::NotSent,
        1 if took > course.refused => Outcome::Rejected,
        _ => Outcome::Unknown,
    };
    assert_eq!(error.outcome, outcome, "{context}");
    // A question goes on for others where it may, with its own deadline and the provider's timer.
    let asking = course.asked.iter().any(|(from, to)| (*from..*to).contains(&(took.max(1) - 1)));
    let asking = usize::from(asking && took > 0 && !isolated);
    assert_eq!(stage.left(), (2 * asking, 0, asking), "{context}");
    stage.pass(HOUR);
    assert_eq!((stage.network.count(), stage.left()), (sent, (0, 0, 0)), "{context}");
    stage.run(send(kind, &engine, Options::default())).expect(&context);
}

fn between_pages() -> usize {
    let mut cases = 0;
    let pages = |stage: &Stage| {
        stage.network.always(|sent| {
            let last = sent.url.ends_with("page=4");
            Act::json(json!({ "content": [{ "id": "p" }], "last": last })).after(7).body_after(3)
        });
    };
    for at in 0..=80 {
        let stage = Stage::new();
        pages(&stage);
        let welkin = stage.welkin();
        let begun = stage.clock.now();
        let abort: LocalBoxFuture<'static, ()> = stage.clock.sleep(at);
        let options = Options { abort: Some(abort), ..Options::default() };
        let mut list = welkin.patients().list().options(options).pages().unwrap();
        let mut seen = 0;
        let ended = loop {
            match stage.run(list.next()) {
                Ok(Some(_)) => seen += 1,
                Ok(None) => break None,
                Err(error) => break Some(error),
            }
            // The caller takes its time with each page.
            stage.pass(5);
        };
        let Some(error) = ended else {
            assert!(at > 70 && seen == 5, "{at}");
            continue;
        };
        assert!(matches!(error.failure, Failure::Abort), "{at}");
        let sent = stage.network.count();
        // Given up between two pages, the next one is not asked for.
        let (page, within) = (at / 15, at % 15);
        assert_eq!(sent as u64, if within == 0 { page } else { page + 1 }, "{at}");
        let unsent = within == 0 || within > 10;
        assert_eq!(error.outcome == Outcome::NotSent, unsent, "{at}");
        assert!(stage.clock.now() - begun <= at + 15);
        assert!(stage.run(list.next()).is_err_and(|error| error.outcome == Outcome::NotSent));
        drop(list);
        stage.pass(HOUR);
        assert_eq!((stage.network.count(), stage.left()), (sent, (0, 0, 0)), "{at}");
        cases += 1;
    }
    cases
}

fn a_crowd_that_gives_up() -> usize {
    let caller = (0..3_000_u64, prop::option::of(0..9_000_u64), 1..12_000_u64, any::<bool>());
    generated(100, (vec(caller, 2..150), any::<bool>()), |(callers, isolated)| {
        let stage = Stage::new();
        if isolated {
            stage.clock.isolate_callers();
        }
        stage.network.always(|_| Act::json(json!({})).after(20));
        let limit = Limit { burst: 3, interval: 100 };
        let inbox = stage.inbox_health_with(|settings| settings.limit = Some(limit));
        let calls = callers.iter().map(|(at, abort, timeout, patient)| async {
            stage.clock.sleep(*at).await;
            let begun = stage.clock.now();
            // Who is patient stays to the end.
            let (timeout, abort) = if *patient { (60 * SECOND, None) } else { (*timeout, *abort) };
            let options = Options {
                timeout: Some(timeout),
                abort: abort.map(|after| stage.clock.sleep(after)),
                ..Options::default()
            };
            let given = Given::path(json!([7]));
            let result = call(inbox.engine(), "patientsGet", given, options).await;
            let took = stage.clock.now() - begun;
            assert!(took <= timeout.min(abort.unwrap_or(u64::MAX)));
            assert!(!*patient || result.is_ok());
        });
        stage.run(join_all(calls).map(drop));
        assert_eq!(stage.left(), (0, 0, 0));
        let sent: Vec<u64> = stage.network.sent().iter().map(|sent| sent.at).collect();
        let kept = sent.windows(4).all(|four| four[3] - four[0] >= limit.interval);
        assert!(kept, "{sent:?}");
    })
}
