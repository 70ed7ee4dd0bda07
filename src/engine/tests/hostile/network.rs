//! What comes back from a network that nobody can trust: waits, redirects, headers, sizes, and a rate
//! that is kept whatever comes.

use futures_util::future::join_all;
use proptest::collection::vec;
use proptest::prelude::*;
use serde_json::json;

use super::super::stage::{Act, Answer, Given, HOUR, SECOND, Stage, call, operation};
use super::generated;
use super::instances::{Extent, arguments, operations, send};
use crate::engine::{
    Error, Failure, LARGEST_REPLY, Limit, Options, Outcome, Rejection, Reply, Runtime, Settings,
};
use crate::operation::Api;

subjects! {
    every_form_of_retry_after:
        "`Retry-After` in seconds, in the three forms of an HTTP date, several, negative, fractional, huge, empty and senseless, with each status that may be repeated and both extremes of chance",
        "the wait is never undercut; beyond 8 s the call fails at once and says when to come back; what is neither seconds nor a date is passed over";
    generated_retry_after:
        "generated `Retry-After` values",
        "no panic; a number is never undercut; the call ends by its deadline";
    redirects:
        "every operation with every 3xx and a `Location` on another origin, on the own, without a scheme, with a script, with line breaks, or none",
        "one request, to the own origin; the outcome is `unknown`, for many servers send elsewhere whoever has changed something";
    headers:
        "duplicate, huge, empty and ten thousand headers, wrong content types, encodings and lengths, on successes and refusals",
        "the record is the same, the headers reach the caller, no event holds a value of one";
    sizes:
        "replies just below, at and beyond 32 MiB, without end at full speed and in small pieces, as successes, refusals, faults that are repeated, and files",
        "no more than the limit and one chunk is read, or the deadline ends it; a success ends as a decode error, a refusal keeps its status; files have no limit";
    the_rate_is_kept:
        "callers of an Inbox Health client at random times, with tokens that come late, end and are refused",
        "at any time no more requests were sent than burst and interval allow";
}

fn patient() -> Given {
    Given::path(json!(["p"]))
}

/// One call of a Welkin client to an API that answers the same for ever.
fn answered(act: Act, options: Options) -> (Stage, Result<Reply, Error>) {
    let stage = Stage::new();
    stage.network.always(move |_| act.clone());
    let welkin = stage.welkin();
    let result = stage.run(call(welkin.engine(), "patientsGet", patient(), options));
    (stage, result)
}

fn rejection(error: &Error) -> &Rejection {
    match &error.failure {
        Failure::Api(rejection) => rejection,
        other => panic!("{other:?}"),
    }
}

fn every_form_of_retry_after() -> usize {
    const NEVER: Option<u64> = Some(1_000_000_000_000_000_000);
    // The wall clock of the stage stands at 2027-01-15T08:00:00Z, a Friday.
    let forms: &[(&[&str], Option<u64>)] = &[
        (&["0"], Some(0)),
        (&["1"], Some(1_000)),
        (&["007"], Some(7_000)),
        (&[" 3 "], Some(3_000)),
        (&["8"], Some(8_000)),
        (&["9"], Some(9_000)),
        (&["3600"], Some(3_600_000)),
        (&["18446744073709551615"], NEVER),
        (&["99999999999999999999999999"], NEVER),
        (&["Fri, 15 Jan 2027 08:00:03 GMT"], Some(3_000)),
        (&["Friday, 15-Jan-27 08:00:04 GMT"], Some(4_000)),
        (&["Fri Jan 15 08:00:05 2027"], Some(5_000)),
        (&["Fri, 15 Jan 2027 07:59:59 GMT"], Some(0)),
        (&["Thu, 01 Jan 1970 00:00:00 GMT"], Some(0)),
        (&["Fri, 15 Jan 2027 09:00:00 GMT"], Some(HOUR)),
        // Proxies add their own.
        (&["3", "5"], Some(5_000)),
        (&["5", "3"], Some(5_000)),
        (&["2", "100"], Some(100_000)),
        (&["3, 5,4"], Some(5_000)),
        (&["3", "Fri, 15 Jan 2027 08:00:03 GMT"], None),
        (&[""], None),
        (&[",", ","], None),
        (&["-1"], None),
        (&["-99999999999999999999"], None),
        (&["+5"], None),
        (&["1.5"], None),
        (&["1e3"], None),
        (&["0x10"], None),
        (&["5s"], None),
        (&["soon"], None),
        (&["NaN"], None),
        (&["Infinity"], None),
        (&["٣"], None),
        (&["2027-01-15T08:00:09Z"], None),
        (&["Fri, 32 Jan 2027 08:00:03 GMT"], None),
        (&["Fri, 15 Jan 2027 25:00:03 GMT"], None),
        (&["Fri, 15 Jan 2027 08:00:03 PST"], None),
        (&["15 Jan 2027 08:00:03 GMT"], None),
    ];
    let mut cases = 0;
    for (values, expected) in forms {
        for status in [408, 425, 429, 500, 502, 503, 504] {
            for random in [0.0, 0.999] {
                let stage = Stage::new();
                stage.clock.set_random(random);
                let act = values
                    .iter()
                    .fold(Act::status(status), |act, value| act.header("retry-after", value));
                let welkin = stage.welkin();
                let get = |retries| {
                    let options = Options { retries: Some(retries), ..Options::default() };
                    stage.network.script([act.clone()]);
                    stage.run(call(welkin.engine(), "patientsGet", patient(), options))
                };
                let told = rejection(&get(0).unwrap_err()).retry_after;
                assert_eq!(told, *expected, "{values:?} {status}");
                stage.network.always(|_| Act::json(json!({})));
                let chance = (500.0 * random) as u64;
                let wait = expected.unwrap_or(0);
                assert_eq!(get(1).is_ok(), wait <= 8_000, "{values:?} {status}");
                let gaps = if wait <= 8_000 { vec![0, wait.max(chance)] } else { vec![0] };
                assert_eq!(stage.network.gaps(), gaps, "{values:?} {status}");
                cases += 1;
            }
        }
    }
    cases
}

fn generated_retry_after() -> usize {
    let value = prop_oneof![
        any::<String>(),
        "[0-9]{0,30}",
        "[ ,0-9]{0,12}",
        "[A-Z][a-z]{2}, [0-9]{1,2} [A-Z][a-z]{2} [0-9]{4} [0-9:]{8} GMT",
        "[-+.0-9eE]{1,8}",
    ];
    generated(4_000, value, |value| {
        let act = Act::status(503).header("retry-after", &value);
        let options = Options { timeout: Some(9_000), retries: Some(1), ..Options::default() };
        let (stage, result) = answered(act, options);
        assert!(stage.clock.now() <= 5 * SECOND + 9_000);
        let error = result.unwrap_err();
        let number: Option<u64> = value.trim().parse().ok();
        if let Some(seconds) = number.filter(|_| !value.contains('+')) {
            let told = rejection(&error).retry_after;
            assert_eq!(told, Some(seconds.min(1_000_000_000_000_000) * 1_000));
            assert!(stage.network.gaps().iter().all(|gap| *gap / 1_000 >= seconds));
        }
    })
}

fn redirects() -> usize {
    let locations = [
        "https://evil.example.test/gh/sb-demo/patients",
        "http://api.live.welkincloud.io/",
        "//evil.example.test/",
        "/elsewhere",
        "?again",
        "javascript:alert(1)",
        "https://evil.example.test/\r\nx: y",
        "",
    ];
    let mut cases = 0;
    for (api, operation) in operations() {
        let stage = Stage::new();
        let engine = engine_of(&stage, api);
        let arguments = arguments(operation, Extent::Required);
        for status in 300..400 {
            let location = locations[status as usize % locations.len()];
            stage.network.script([Act::status(status).header("location", location)]);
            let before = stage.network.count();
            let error =
                stage.run(send(&engine, operation, &arguments, Options::default())).unwrap_err();
            assert_eq!(rejection(&error).status, status);
            assert_eq!(error.outcome, Outcome::Unknown, "{} {status}", operation.id);
            // The script knows no second request.
            stage.pass(HOUR);
            assert_eq!(stage.network.count(), before + 1);
            cases += 1;
        }
        let settings = engine.settings();
        for sent in stage.network.sent() {
            let own = [&settings.base_url, &settings.auth_base_url];
            assert!(own.iter().any(|base| sent.url.starts_with(&format!("{base}/"))));
        }
    }
    cases
}

fn engine_of(
    stage: &Stage,
    api: Api,
) -> crate::engine::Engine<super::super::stage::Network, super::super::stage::Tokens> {
    let settings = match api {
        Api::Welkin => Settings::welkin("gh", "sb-demo"),
        Api::InboxHealth => Settings::inbox_health("https://inbox.example.test"),
    };
    stage.engine(Settings { limit: None, ..settings }, Some(&stage.tokens))
}

fn headers() -> usize {
    let huge = "x".repeat(1 << 20);
    let many: Vec<(String, String)> =
        (0..10_000).map(|at| (format!("x-{at}"), at.to_string())).collect();
    let one = |name: &str, value: &str| vec![(name.to_owned(), value.to_owned())];
    let mut sets = vec![
        Vec::new(),
        many,
        one("x-huge", &huge),
        one("set-cookie", "session=1; path=/"),
        one("content-type", "text/html; charset=iso-8859-1"),
        one("content-type", "application/octet-stream"),
        one("content-type", ""),
        one("content-type", "application/json; charset=\"\\"),
        one("content-encoding", "gzip"),
        one("content-encoding", "br, br, br"),
        one("content-length", "0"),
        one("content-length", "-1"),
        one("content-length", "99999999999999999999"),
        one("transfer-encoding", "identity"),
        one("retry-after", "x"),
        one("www-authenticate", "Basic realm=\"elsewhere\""),
        one("", "nameless"),
        one("x-empty", ""),
        one("x-blank", "\u{1}\t\u{7f}"),
    ];
    let twice = |name: &str| {
        vec![(name.to_owned(), "first".to_owned()), (name.to_owned(), "second".to_owned())]
    };
    sets.extend(["content-type", "x-request-id", "location", "retry-after"].map(twice));
    let mut cases = 0;
    for headers in &sets {
        for status in [200, 404, 500] {
            let body = br#"{"id":"p"}"#;
            let act = headers
                .iter()
                .fold(Act::bytes(status, body), |act, (name, value)| act.header(name, value));
            let (stage, result) = answered(act, Options::default());
            let kept = match &result {
                Ok(reply) => {
                    assert_eq!((status, reply.record()), (200, &body[..]));
                    &reply.headers
                }
                Err(error) => {
                    assert_eq!(rejection(error).status, status);
                    &rejection(error).headers
                }
            };
            assert_eq!(kept, headers);
            let told = format!("{:?}", stage.happenings());
            for (name, value) in headers.iter().take(100) {
                let telling = value.len() > 4 && name != "x-request-id";
                assert!(!telling || !told.contains(value.as_str()), "{name}");
            }
            cases += 1;
        }
    }
    cases
}

fn sizes() -> usize {
    let mut cases = 0;
    let text =
        |length: usize| [br#"{"id":""#.to_vec(), vec![b'a'; length - 9], b"\"}".to_vec()].concat();
    for (length, fits) in [
        (LARGEST_REPLY - 1, true),
        (LARGEST_REPLY, true),
        (LARGEST_REPLY + 1, false),
        (LARGEST_REPLY + (8 << 20), false),
    ] {
        let (_, result) = answered(Act::bytes(200, &text(length)), Options::default());
        assert_eq!(result.as_ref().map(|reply| reply.body().len()).ok(), fits.then_some(length));
        if let Err(error) = result {
            assert!(
                matches!(error.failure, Failure::Decode(_)) && error.outcome == Outcome::Unknown
            );
            let message = "patientsGet: the reply is not what it must be: expected at most 32 MiB, found more";
            assert_eq!(error.message(), message);
        }
        // A refusal is told without its body; a file is as large as it is.
        let (_, result) = answered(Act::bytes(404, &text(length)), Options::default());
        let error = result.unwrap_err();
        let kept = rejection(&error).body.len();
        assert_eq!((error.outcome, kept), (Outcome::Rejected, if fits { length } else { 0 }));
        let stage = Stage::new();
        stage.network.script([Act::bytes(200, &text(length))]);
        let welkin = stage.welkin();
        let download = operation(Api::Welkin, "documentFilesDownload");
        let file = arguments(download, Extent::Required);
        let reply = stage.run(welkin.engine().call(download, &file, Options::default())).unwrap();
        assert_eq!(reply.body().len(), length);
        cases += 3;
    }
    for (status, attempts) in [(200, 1), (404, 1), (503, 3)] {
        for chunk in [1 << 10, 1 << 16, 1 << 24, LARGEST_REPLY + 1] {
            let (stage, result) = answered(Act::body_endless(status, chunk, 0), Options::default());
            assert!(result.is_err());
            assert!(stage.network.read() <= attempts * (LARGEST_REPLY + chunk), "{status} {chunk}");
            assert_eq!(stage.network.count(), attempts);
            assert_eq!(stage.left(), (0, 0, 0));
            cases += 1;
        }
        for every in [1, 100, SECOND] {
            let options = Options { timeout: Some(2_500), ..Options::default() };
            let (stage, result) = answered(Act::body_endless(status, 1, every), options);
            let error = result.unwrap_err();
            assert!(matches!(error.failure, Failure::Timeout { milliseconds: 2_500 }));
            assert_eq!(stage.clock.now(), 5 * SECOND + 2_500);
            assert_eq!(stage.left(), (0, 0, 0));
            cases += 1;
        }
    }
    cases
}

fn the_rate_is_kept() -> usize {
    let callers = vec(0..8_000_u64, 1..80);
    let strategy = (callers, 1..20_u32, vec((0..4_000_u64, 1_000..20_000_u64), 1..6), 0..5_usize);
    generated(400, strategy, |(callers, burst, tokens, refused)| {
        let stage = Stage::new();
        let limit = Limit { burst, interval: 100 };
        let clock = stage.clock.clone();
        let number = std::cell::Cell::new(0);
        stage.tokens.always_by(move |_| {
            let (after, life) = tokens[number.get() % tokens.len()];
            number.set(number.get() + 1);
            let end = clock.wall() + after + life;
            Answer::until(&format!("token-{}", number.get()), end).after(after)
        });
        let refused: Vec<String> = (1..=refused).map(|at| format!("token-{}", at * 2)).collect();
        stage.network.always(move |sent| {
            let token = sent.header("x-api-key").unwrap();
            Act::bytes(if refused.iter().any(|bad| bad == token) { 401 } else { 200 }, b"{}")
        });
        let inbox = stage.inbox_health_with(|settings| settings.limit = Some(limit));
        let calls = callers.iter().map(|at| async {
            stage.clock.sleep(*at).await;
            call(inbox.engine(), "patientsGet", Given::path(json!([7])), Options::default()).await
        });
        stage.run(join_all(calls));
        let sent: Vec<u64> = stage.network.sent().iter().map(|sent| sent.at).collect();
        for first in 0..sent.len() {
            for last in first..sent.len() {
                let most = u64::from(burst) + (sent[last] - sent[first]) / limit.interval;
                assert!(((last - first) as u64) < most, "burst {burst}: {:?}", &sent[first..=last]);
            }
        }
    })
}
