//! Tokens that are refused by the hundred, late, short-lived, wrong or never there.

use std::cell::Cell;
use std::rc::Rc;

use futures_util::future::{join, join_all};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;
use serde_json::json;

use super::super::stage::{
    Act, Answer, Given, HOUR, MINUTE, Network, SECOND, Stage, Tokens, WALL, call,
};
use super::generated;
use crate::engine::{
    Engine, Error, Failure, Generic, Options, Outcome, Reply, Runtime, Settings, TokenProblem,
};

subjects! {
    refusals_by_the_hundred:
        "100 to 400 calls sent with one token that all come back as 401, at once or over five seconds, some long after the next token came; the provider takes up to three seconds",
        "two questions to the provider in all, and every call succeeds";
    an_api_that_refuses_everything:
        "1 to 200 callers, at random times of two minutes, of an API that answers every token with 401",
        "at most 2 requests a call, and the questions are 0, 1, 2, 4, 8, 16 and then 30 s apart, however many callers there are";
    providers_that_fail:
        "1 to 200 callers at random times of two minutes, with a provider that fails, throws, hangs, or gives nothing, blanks, line breaks, characters that are no header, the past, or a life of less than a second",
        "nothing is sent, every call ends by its deadline as not sent, and the questions are at least 0.5, 1, 2, 4, 8 and then 15 s apart, however many callers there are";
    callers_that_may_not_share:
        "1 to 100 callers at random times of a minute that may not wait for each other's work (workerd), with a provider that takes up to 29 seconds",
        "no question is asked while another is younger than three seconds, and every call is served";
    lifetimes:
        "lives from 1 ms to 30 days, with a call every tenth of it, for providers that answer at once and late",
        "no ended token is sent; the next is asked for in the last fifth of the life, at most five and a half minutes early; below a second it is no token";
    clients_in_one_world:
        "three clients (two tenants, two base URLs) over one transport, callers at random times and with random deadlines, random providers, an API that refuses and fails at random, wall clocks that jump by an hour or 30 days, with callers that share work and callers that may not",
        "every request carries a living token that the source of its own client gave; a source that may share is never asked twice at once, and no more than three times in half a second; every call ends by its deadline, and nothing is left behind";
    paths_of_requests_that_the_table_does_not_know:
        "generated paths with slashes, dots, schemes, hosts, encodings, blanks and control characters",
        "the credential stays below the own base URL: what could lead elsewhere is not sent";
}

async fn get(engine: &Engine<Network, Tokens>, options: Options) -> Result<Reply, Error> {
    call(engine, "patientsGet", Given::path(json!(["p"])), options).await
}

fn token(secret: &str) -> String {
    ["Bearer ", secret].concat()
}

/// The times between the questions to a source.
fn gaps(tokens: &Tokens) -> Vec<u64> {
    tokens.questions().windows(2).map(|pair| pair[1].at - pair[0].at).collect()
}

/// Calls at these times, by as many callers.
async fn at_times(
    stage: &Stage,
    engine: &Engine<Network, Tokens>,
    times: &[u64],
) -> Vec<Result<Reply, Error>> {
    join_all(times.iter().map(|at| async {
        stage.clock.sleep(*at).await;
        get(engine, Options::default()).await
    }))
    .await
}

fn refusals_by_the_hundred() -> usize {
    let delays =
        prop_oneof![vec(0..5_000_u64, 100..400), (100..400_usize).prop_map(|n| vec![0; n])];
    generated(60, (delays, 0..3_000_u64), |(delays, slow)| {
        let stage = Stage::new();
        let welkin = stage.welkin();
        stage.network.script([Act::json(json!({}))]);
        stage.run(get(welkin.engine(), Options::default())).unwrap();
        stage.tokens.always_by(move |_| Answer::token("next").after(slow));
        // All are sent before the first is refused.
        stage.network.script(delays.iter().map(|delay| Act::status(401).after(1 + delay)));
        stage.network.always(|sent| {
            let good = sent.header("authorization") == Some(&token("next"));
            Act::bytes(if good { 200 } else { 401 }, b"{}")
        });
        let calls = delays.iter().map(|_| get(welkin.engine(), Options::default()));
        assert!(stage.run(join_all(calls)).iter().all(Result::is_ok));
        assert_eq!(stage.tokens.count(), 2);
        assert_eq!(stage.network.count(), 1 + 2 * delays.len());
        assert_eq!(stage.left(), (0, 0, 0));
    })
}

fn an_api_that_refuses_everything() -> usize {
    generated(40, vec(0..2 * MINUTE, 1..200), |times| {
        let stage = Stage::new();
        stage.network.always(|_| Act::status(401));
        let welkin = stage.welkin();
        for result in stage.run(at_times(&stage, welkin.engine(), &times)) {
            let error = result.unwrap_err();
            let Failure::Api(rejection) = error.failure else { panic!("{:?}", error.failure) };
            assert_eq!((rejection.status, error.outcome), (401, Outcome::Rejected));
        }
        assert!(stage.network.count() <= 2 * times.len());
        let least = [0, SECOND, 2 * SECOND, 4 * SECOND, 8 * SECOND, 16 * SECOND, 30 * SECOND];
        let gaps = gaps(&stage.tokens);
        for (at, gap) in gaps.iter().enumerate() {
            assert!(*gap >= least[at.min(6)], "{gaps:?}");
        }
    })
}

#[derive(Clone, Copy, Debug)]
enum Bad {
    Fails,
    Nonsense,
    Hangs,
    Secret(&'static str),
    Life(u64),
    Past(u64),
}

impl Bad {
    fn answer(self, own: &str, wall: u64) -> Answer {
        match self {
            Bad::Fails => Answer::failure(),
            Bad::Nonsense => Answer::nonsense(),
            Bad::Hangs => Answer::silence(),
            Bad::Secret(secret) => Answer::token(secret),
            Bad::Life(life) => Answer::until(own, wall + life),
            Bad::Past(ago) => Answer::until(own, wall.saturating_sub(ago)),
        }
    }
}

fn bad() -> impl Strategy<Value = Bad> {
    let secrets =
        vec!["", " ", "\n", "t\n", "t\r\nx: y", "t t", "\0", "t\u{7f}", "tök", "\u{feff}t", "\t"];
    prop_oneof![
        Just(Bad::Fails),
        Just(Bad::Nonsense),
        Just(Bad::Hangs),
        select(secrets).prop_map(Bad::Secret),
        (0..1_000_u64).prop_map(Bad::Life),
        select(vec![0, 1, HOUR, WALL, u64::MAX]).prop_map(Bad::Past),
    ]
}

fn providers_that_fail() -> usize {
    let strategy = (vec(0..2 * MINUTE, 1..200), vec((bad(), 0..3_000_u64), 1..8), 0.0..1.0_f64);
    generated(60, strategy, |(times, answers, random)| {
        let stage = Stage::new();
        stage.clock.set_random(random);
        let (clock, next) = (stage.clock.clone(), Cell::new(0));
        stage.tokens.always_by(move |_| {
            let (bad, after) = answers[next.get() % answers.len()];
            next.set(next.get() + 1);
            bad.answer("t", clock.wall() + after).after(after)
        });
        let welkin = stage.welkin();
        for result in stage.run(at_times(&stage, welkin.engine(), &times)) {
            let error = result.unwrap_err();
            assert!(matches!(error.failure, Failure::Token(_)), "{error:?}");
            assert_eq!(error.outcome, Outcome::NotSent);
        }
        stage.pass(MINUTE);
        assert_eq!((stage.network.count(), stage.left()), (0, (0, 0, 0)));
        assert_eq!(stage.tokens.most_at_once(), 1);
        let gaps = gaps(&stage.tokens);
        for (at, gap) in gaps.iter().enumerate() {
            assert!(*gap >= (500 << at.min(10)).min(15 * SECOND), "{gaps:?}");
        }
    })
}

fn callers_that_may_not_share() -> usize {
    generated(50, (vec(0..MINUTE, 1..100), 0..29_000_u64), |(times, slow)| {
        let stage = Stage::new();
        stage.clock.isolate_callers();
        stage.network.always(|_| Act::json(json!({})));
        stage.tokens.always_by(move |_| Answer::token("t").after(slow));
        let welkin = stage.welkin();
        let results = stage.run(at_times(&stage, welkin.engine(), &times));
        assert!(results.iter().all(Result::is_ok));
        assert!(gaps(&stage.tokens).iter().all(|gap| *gap >= 3 * SECOND));
        assert!(stage.tokens.count() as u64 <= 1 + slow / (3 * SECOND));
        assert_eq!(stage.left(), (0, 0, 0));
    })
}

fn lifetimes() -> usize {
    const DAY: u64 = 24 * HOUR;
    let lives = [
        1,
        2,
        10,
        500,
        999,
        1_000,
        1_001,
        1_500,
        2 * SECOND,
        5 * SECOND,
        29 * SECOND,
        MINUTE,
        4 * MINUTE,
        5 * MINUTE,
        6 * MINUTE,
        24 * MINUTE,
        25 * MINUTE,
        26 * MINUTE,
        HOUR,
        DAY,
        30 * DAY,
    ];
    let mut cases = 0;
    for life in lives {
        for (slow, random) in [(0, 0.0), (0, 0.999), (300, 0.5), (2_000, 0.0)] {
            let stage = Stage::new();
            stage.clock.set_random(random);
            let (clock, number) = (stage.clock.clone(), Rc::new(Cell::new(0_u64)));
            stage.tokens.always_by(move |_| {
                number.set(number.get() + 1);
                let end = clock.wall() + slow + life;
                Answer::until(&format!("{}.{end}", number.get()), end).after(slow)
            });
            let clock = stage.clock.clone();
            stage.network.always(move |sent| {
                let secret = sent.header("authorization").unwrap();
                let end: u64 = secret.rsplit_once('.').unwrap().1.parse().unwrap();
                assert!(clock.wall() < end, "an ended token was sent");
                Act::json(json!({}))
            });
            let welkin = stage.welkin();
            for _ in 0..40 {
                let result = stage.run(get(welkin.engine(), Options::default()));
                match result {
                    Ok(_) => assert!(life >= SECOND),
                    Err(error) => {
                        assert!(matches!(error.failure, Failure::Token(TokenProblem::Expired)));
                        assert!(life < SECOND);
                    }
                }
                stage.pass((life / 10).max(1));
                cases += 1;
            }
            let margin = (5 * MINUTE).min(life / 5);
            let early = margin + margin / 10 + 1;
            let least = if life < SECOND { 500 } else { slow + life - early };
            assert!(gaps(&stage.tokens).iter().all(|gap| *gap >= least), "{life}");
        }
    }
    cases
}

/// What a source does with one question.
#[derive(Clone, Copy, Debug)]
struct Behaviour {
    after: u64,
    answer: Good,
}

#[derive(Clone, Copy, Debug)]
enum Good {
    Lives(u64),
    LivesForEver,
    Not(Bad),
}

fn behaviour() -> impl Strategy<Value = Behaviour> {
    let good = prop_oneof![
        4 => (1_000..60_000_u64).prop_map(Good::Lives),
        1 => select(vec![HOUR, 30 * 24 * HOUR, u64::MAX - 2 * WALL]).prop_map(Good::Lives),
        2 => Just(Good::LivesForEver),
        2 => bad().prop_map(Good::Not),
    ];
    (0..3_000_u64, good).prop_map(|(after, answer)| Behaviour { after, answer })
}

#[derive(Clone, Debug)]
struct Story {
    isolated: bool,
    random: f64,
    sources: Vec<Vec<Behaviour>>,
    /// When, which client, its deadline, and when it is given up if it is.
    callers: Vec<(u64, usize, u64, Option<u64>)>,
    /// When the wall clock jumps, and by how much.
    jumps: Vec<(u64, i64)>,
    answers: Vec<(u16, u64)>,
}

fn story() -> impl Strategy<Value = Story> {
    let hour = HOUR as i64;
    let jump = select(vec![hour, -hour, 720 * hour, -720 * hour, 1, -1]);
    let caller = (0..40_000_u64, 0..3_usize, 1..40_000_u64, prop::option::of(0..5_000_u64));
    let status = prop_oneof![5 => Just(200_u16), 3 => Just(401), 1 => select(vec![503, 429, 404])];
    (
        any::<bool>(),
        0.0..1.0_f64,
        vec(vec(behaviour(), 1..6), 3),
        vec(caller, 1..60),
        vec((0..40_000_u64, jump), 0..4),
        vec((status, 0..2_000_u64), 1..20),
    )
        .prop_map(|(isolated, random, sources, callers, jumps, answers)| Story {
            isolated,
            random,
            sources,
            callers,
            jumps,
            answers,
        })
}

const BASES: [(&str, &str); 3] = [
    ("https://one.example.test", "/alpha/live/"),
    ("https://one.example.test", "/beta/live/"),
    ("https://two.example.test", "/alpha/live/"),
];

fn clients_in_one_world() -> usize {
    generated(300, story(), |story| {
        let stage = Stage::new();
        stage.clock.set_random(story.random);
        if story.isolated {
            stage.clock.isolate_callers();
        }
        let sources: Vec<Tokens> = (0..3).map(|at| source(&stage, at, &story)).collect();
        let engines: Vec<_> = sources
            .iter()
            .zip(BASES)
            .map(|(source, (base, path))| {
                let mut settings = Settings::welkin(path.split('/').nth(1).unwrap(), "live");
                settings.base_url = base.into();
                stage.engine(settings, Some(source))
            })
            .collect();
        let (answers, next) = (story.answers.clone(), Cell::new(0));
        stage.network.always(move |_| {
            let (status, after) = answers[next.get() % answers.len()];
            next.set(next.get() + 1);
            Act::bytes(status, b"{}").after(after)
        });
        let calls = story.callers.iter().map(|(at, client, timeout, abort)| {
            let (stage, engine) = (&stage, &engines[*client]);
            async move {
                stage.clock.sleep(*at).await;
                let abort = abort.map(|after| stage.clock.sleep(after));
                let (begun, given_up) = (stage.clock.now(), abort.is_some());
                let options = Options { timeout: Some(*timeout), abort, ..Options::default() };
                let result = get(engine, options).await;
                assert!(stage.clock.now() - begun <= *timeout);
                if let Err(Error { failure: Failure::Abort, .. }) = result {
                    assert!(given_up);
                }
            }
        });
        let jumps = story.jumps.iter().map(|(at, by)| async {
            stage.clock.sleep(*at).await;
            stage.clock.set_wall(stage.clock.wall().saturating_add_signed(*by));
        });
        stage.run(join(join_all(calls), join_all(jumps)));
        for sent in stage.network.sent() {
            let secret = sent.header("authorization").unwrap().strip_prefix("Bearer ").unwrap();
            let mut parts = secret.split('.');
            let client: usize = parts.next().unwrap().parse().unwrap();
            let (base, path) = BASES[client];
            assert!(sent.url.starts_with(&[base, path].concat()), "a token of another client");
            let number: usize = parts.next().unwrap().parse().unwrap();
            let given = sources[client].given(number);
            assert!(given.at <= sent.at && given.ends_at.is_none_or(|end| sent.at < end));
        }
        // What goes on in the background ends by itself.
        stage.pass(MINUTE);
        assert_eq!(stage.left(), (0, 0, 0));
        for source in &sources {
            assert_eq!(source.left(), 0);
            let asked: Vec<u64> = source.questions().iter().map(|question| question.at).collect();
            if !story.isolated {
                assert!(source.most_at_once() <= 1);
                assert!(asked.windows(4).all(|four| four[3] - four[0] > 500), "{asked:?}");
            }
        }
    })
}

/// A source whose tokens tell whose and which they are.
fn source(stage: &Stage, client: usize, story: &Story) -> Tokens {
    let source = stage.source();
    let (behaviours, number) = (story.sources[client].clone(), Cell::new(0));
    let clock = stage.clock.clone();
    source.always_by(move |_| {
        let Behaviour { after, answer } = behaviours[number.get() % behaviours.len()];
        number.set(number.get() + 1);
        let secret = format!("{client}.{}", number.get());
        match answer {
            Good::Lives(life) => Answer::until(&secret, clock.wall() + after + life),
            Good::LivesForEver => Answer::token(&secret),
            Good::Not(bad) => bad.answer(&secret, clock.wall() + after),
        }
        .after(after)
    });
    source
}

fn paths_of_requests_that_the_table_does_not_know() -> usize {
    let piece = prop_oneof![
        select(vec![
            "/",
            "//",
            "\\",
            ".",
            "..",
            "/../",
            "/./",
            "%2e",
            "%2E",
            "%2f",
            "%5c",
            "%252e",
            "%00",
            "?",
            "#",
            "@",
            ":",
            "http://",
            "https:",
            "evil.example.test",
            " ",
            "\t",
            "\n",
            "\r",
            "\0",
            "\u{7f}",
            "\u{85}",
            "\u{2028}",
            "é",
            "patients",
            "p1",
            "page=1",
        ])
        .prop_map(str::to_owned),
        any::<char>().prop_map(String::from),
    ];
    generated(20_000, vec(piece, 0..8), |pieces| {
        let path = pieces.concat();
        let stage = Stage::new();
        stage.network.always(|_| Act::json(json!({})));
        let welkin = stage.welkin();
        let generic = Generic { method: "GET".into(), path, body: None, repeatable: true };
        let result = stage.run(welkin.engine().request(generic, Options::default()));
        match result {
            Err(error) => {
                assert!(matches!(error.failure, Failure::Config(_)) && stage.network.count() == 0);
            }
            Ok(_) => {
                let sent = stage.network.only();
                let base = &welkin.engine().settings().base_url;
                let below = sent.url.strip_prefix(base.as_str()).unwrap();
                // As readers of URLs have it: blanks at the ends and line breaks fall away, a backslash
                // is a slash, and dots climb, encoded or not.
                let read = below.replace('\\', "/").replace("%2e", ".").replace("%2E", ".");
                let plain = read.split(['?', '#']).next().unwrap();
                assert!(plain.starts_with('/') && !plain.starts_with("//"), "{below:?}");
                assert!(plain.split('/').all(|part| part != "." && part != ".."), "{below:?}");
                assert!(!below.contains(|c: char| c.is_control() || c == ' '), "{below:?}");
            }
        }
    })
}
