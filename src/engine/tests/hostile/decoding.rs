//! Replies that are anything: bytes, mutated JSON, wrong types one at a time, numbers, depths and keys
//! that readers of JSON treat differently.

use std::collections::BTreeSet;
use std::future::IntoFuture;

use proptest::collection::{btree_map, vec};
use proptest::prelude::*;
use proptest::sample::{Index, select};
use serde::de::IgnoredAny;
use serde_json::{Map, Number, Value, json};

use super::super::stage::{Act, Given, Network, Stage, Tokens, call};
use super::generated;
use super::instances::{
    Extent, SECRET, SECRET_NUMBER, arguments, enveloped, operations, reply, send, value,
    wrong_values,
};
use crate::engine::{Arguments, Drift, Engine, Error, Failure, Form, Options, Outcome, Settings};
use crate::operation::{Api, Operation};
use crate::welkin::patients::PatientUpdate;

subjects! {
    arbitrary_bytes:
        "random bytes and random pieces of JSON as the reply of a random operation, in both forms and with each `drift`",
        "no panic; the reply passes or is a decode error with outcome `unknown`; what `serde_json` reads is never called malformed";
    mutated_replies:
        "replies with every field of a random operation in which bytes were changed, removed, doubled and moved",
        "the same as for random bytes";
    replies_as_declared:
        "a reply with every field, and one with null wherever it may be, for every operation, as record and as on the wire",
        "no drift with `strict`; the record is the text that came";
    one_wrong_value:
        "a value of each wrong kind, and null where none was seen, in every place of every declared type, one at a time",
        "one mismatch, at the right path, without the value: not in the error, not in an event";
    oddities:
        "numbers, strings, keys, words and blanks that readers of JSON treat differently, 10 MB strings, depths of 10,000 and 200,000",
        "each passes, drifts or fails as the table of the test says; the typed call reads what `serde_json` reads";
    what_is_unknown_survives:
        "records with generated unknown fields at the top and inside, read, changed and written back, as types and as text",
        "what goes out is what came in, but for the change; a number that JavaScript would round is refused before it is sent";
    pages_that_lie:
        "pages with generated flags, cursors, tokens and numbers, for each list, asked for from 0 to the largest number",
        "no panic, and no page is asked for twice";
}

fn settings(api: Api, drift: Drift) -> Settings {
    let settings = match api {
        Api::Welkin => Settings::welkin("gh", "sb-demo"),
        Api::InboxHealth => Settings::inbox_health("https://inbox.example.test"),
    };
    Settings { limit: None, drift, ..settings }
}

/// A stage with a client of one API.
fn client(api: Api, drift: Drift) -> (Stage, Engine<Network, Tokens>) {
    let stage = Stage::new();
    let engine = stage.engine(settings(api, drift), Some(&stage.tokens));
    (stage, engine)
}

/// A random operation with arguments that it takes.
fn any_operation() -> impl Strategy<Value = usize> {
    0..operations().count()
}

fn drift() -> impl Strategy<Value = Drift> {
    select(vec![Drift::Report, Drift::Strict, Drift::Off])
}

/// Sends a body as the reply of an operation.
fn replied(
    api: Api,
    operation: &'static Operation,
    drift: Drift,
    form: Form,
    body: &[u8],
) -> Result<Vec<u8>, Error> {
    let (stage, engine) = client(api, drift);
    stage.network.script([Act::bytes(200, body)]);
    // The body of the request has the form of the reply.
    let mut arguments = arguments(operation, Extent::Required);
    if let (Form::Wire, Some(of), Some(text)) = (form, operation.body, &arguments.body)
        && !of.envelope.is_empty()
    {
        let mut whole = Map::new();
        whole.insert(of.envelope.into(), serde_json::from_str(text).unwrap());
        arguments.body = Some(Value::Object(whole).to_string());
    }
    let arguments = Arguments { form, ..arguments };
    let reply = stage.run(send(&engine, operation, &arguments, Options::default()))?;
    Ok(reply.record().to_vec())
}

fn holds_together(at: usize, drift: Drift, wire: bool, body: &[u8]) {
    let (api, operation) = operations().nth(at).unwrap();
    let form = if wire { Form::Wire } else { Form::Record };
    match replied(api, operation, drift, form, body) {
        Ok(record) => assert!(record.len() <= body.len()),
        Err(error) => {
            let Failure::Decode(mismatch) = &error.failure else { panic!("{error:?}") };
            assert_eq!(error.outcome, Outcome::Unknown);
            if mismatch.found == "text that is not JSON" {
                assert!(serde_json::from_slice::<IgnoredAny>(body).is_err(), "{body:?}");
            }
        }
    }
}

fn arbitrary_bytes() -> usize {
    let piece = prop_oneof![
        select(vec![
            "{",
            "}",
            "[",
            "]",
            ",",
            ":",
            "\"",
            "\\",
            "\\u",
            "\\ud800",
            "null",
            "true",
            "false",
            "nul",
            "-",
            "0",
            "1",
            "1e",
            "e9",
            ".",
            "1.5",
            "\"id\"",
            "\"id\":",
            "\"content\":[",
            "\"patient\":{",
            " ",
            "\n",
            "\u{feff}",
            "\0",
            "NaN",
            "//",
            "'",
        ])
        .prop_map(|piece| piece.as_bytes().to_vec()),
        vec(any::<u8>(), 1..4),
    ];
    let bytes = prop_oneof![
        vec(any::<u8>(), 0..200),
        vec(piece, 0..40).prop_map(|pieces| pieces.concat()),
    ];
    generated(
        12_000,
        (any_operation(), drift(), any::<bool>(), bytes),
        |(at, drift, wire, body)| {
            holds_together(at, drift, wire, &body);
        },
    )
}

#[derive(Clone, Debug)]
enum Mutation {
    Set(Index, u8),
    Flip(Index, u8),
    Remove(Index, usize),
    Double(Index, usize),
    Cut(Index),
}

fn mutated_replies() -> usize {
    let mutation = prop_oneof![
        (any::<Index>(), select(b"{}[],:\"\\0-9.eEntf \x00\x1f\x7f\xff".to_vec()))
            .prop_map(|(at, byte)| Mutation::Set(at, byte)),
        (any::<Index>(), any::<u8>()).prop_map(|(at, byte)| Mutation::Flip(at, byte)),
        (any::<Index>(), 1..40_usize).prop_map(|(at, length)| Mutation::Remove(at, length)),
        (any::<Index>(), 1..40_usize).prop_map(|(at, length)| Mutation::Double(at, length)),
        any::<Index>().prop_map(Mutation::Cut),
    ];
    let strategy = (any_operation(), drift(), any::<bool>(), vec(mutation, 1..5));
    generated(8_000, strategy, |(at, drift, wire, mutations)| {
        let (_, operation) = operations().nth(at).unwrap();
        let mut body = reply(operation, Extent::Full);
        for mutation in mutations.iter().take(body.len()) {
            let length = body.len();
            let part = |at: &Index, long: usize| {
                let from = at.index(length);
                from..(from + long).min(length)
            };
            match mutation {
                _ if body.is_empty() => {}
                Mutation::Set(at, byte) => body[at.index(length)] = *byte,
                Mutation::Flip(at, byte) => body[at.index(length)] ^= byte,
                Mutation::Remove(at, long) => drop(body.drain(part(at, *long))),
                Mutation::Double(at, long) => {
                    let part = body[part(at, *long)].to_vec();
                    let to = at.index(length);
                    body.splice(to..to, part);
                }
                Mutation::Cut(at) => body.truncate(at.index(length)),
            }
        }
        holds_together(at, drift, wire, &body);
    })
}

fn replies_as_declared() -> usize {
    let mut cases = 0;
    for (api, operation) in operations() {
        let nulls = Extent::Nulls { lenient: api == Api::InboxHealth };
        for extent in [Extent::Full, nulls, Extent::Required] {
            let record = operation.reply.map(|reply| value(&reply.of, extent).to_string());
            let whole = reply(operation, extent);
            for form in [Form::Record, Form::Wire] {
                let result = replied(api, operation, Drift::Strict, form, &whole);
                let got = result.unwrap_or_else(|error| panic!("{error:?}"));
                let record = record.as_deref().unwrap_or_default().as_bytes();
                assert_eq!(got, if form == Form::Wire { &whole } else { record });
                cases += 1;
            }
        }
    }
    cases
}

fn one_wrong_value() -> usize {
    let mut cases = 0;
    for api in [Api::Welkin, Api::InboxHealth] {
        let lenient = api == Api::InboxHealth;
        let mut seen = Vec::new();
        for operation in api.operations() {
            let Some(declared) = operation.reply else { continue };
            let full = value(&declared.of, Extent::Full);
            for (place, wrong) in wrong_values(&declared.of, lenient, &mut seen) {
                let mut record = full.clone();
                *record.pointer_mut(&place.pointer).unwrap() = wrong.clone();
                let body = enveloped(operation, record).to_string();
                for drift in [Drift::Strict, Drift::Report] {
                    told_at(api, operation, drift, body.as_bytes(), &place.named);
                    cases += 1;
                }
            }
        }
    }
    cases
}

/// One mismatch is told, at this place and without a value.
fn told_at(api: Api, operation: &'static Operation, drift: Drift, body: &[u8], place: &str) {
    let (stage, engine) = client(api, drift);
    stage.network.script([Act::bytes(200, body)]);
    let arguments = arguments(operation, Extent::Required);
    let result = stage.run(send(&engine, operation, &arguments, Options::default()));
    let mut told = format!("{:?}", stage.happenings());
    let places: Vec<String> = match result {
        Ok(_) => stage
            .happenings()
            .into_iter()
            .filter_map(|happening| match happening {
                crate::engine::Happening::Drift(mismatch) => Some(mismatch.place),
                _ => None,
            })
            .collect(),
        Err(error) => {
            told += &format!("{error} {error:?}");
            let Failure::Decode(mismatch) = error.failure else { panic!("{error:?}") };
            vec![mismatch.place]
        }
    };
    assert_eq!(places, [place], "{}", operation.id);
    let number = SECRET_NUMBER.to_string();
    assert!(!told.contains(SECRET) && !told.contains(&number), "{told}");
}

/// What becomes of a text in strict mode.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Strict {
    Passes,
    Drifts,
    IsNoJson,
}

fn oddities() -> usize {
    use Strict::{Drifts, IsNoJson, Passes};
    let long = format!("\"{}\"", "a\\n\u{e9}".repeat(2_500_000));
    let deep = |depth: usize| "[".repeat(depth) + &"]".repeat(depth);
    let objects = |depth: usize| "{\"a\":".repeat(depth) + "1" + &"}".repeat(depth);
    // The value of a field that nobody declared; whether strict lets it pass; whether the typed call
    // reads it. `JSON.parse` reads all that pass here but those marked: what it refuses the typed call
    // refuses too.
    let values: Vec<(String, Strict, bool)> = [
        ("0", Passes, true),
        ("-0", Passes, true),
        ("0.0", Passes, true),
        ("-0.0e-0", Passes, true),
        ("1E+2", Passes, true),
        ("9007199254740991", Passes, true),
        ("9007199254740993", Drifts, true),
        ("-9007199254740993", Drifts, true),
        ("18446744073709551616", Drifts, true),
        ("123456789012345678901234567890", Drifts, true),
        ("0.1", Passes, true),
        ("0.1234567890123456789", Drifts, true),
        ("1e308", Drifts, true),
        // `JSON.parse` makes Infinity of it.
        ("1e400", Drifts, false),
        ("1e-400", Drifts, true),
        ("\"\"", Passes, true),
        ("\"\\u0000\"", Passes, true),
        ("\"\\ud83d\\ude00\"", Passes, true),
        ("\"\u{2028}\u{feff}\u{10ffff}\"", Passes, true),
        // `JSON.parse` keeps half of a surrogate pair, Rust's text can not.
        ("\"\\ud800\"", Passes, false),
        ("\"\\udc00\\ud800\"", Passes, false),
        ("{\"\":1,\"__proto__\":2}", Passes, true),
        ("{\"a\":1,\"a\":2}", Passes, true),
        ("[]", Passes, true),
        ("{}", Passes, true),
        (" [ 1 , 2 ] ", Passes, true),
        ("01", IsNoJson, false),
        ("+1", IsNoJson, false),
        (".5", IsNoJson, false),
        ("1.", IsNoJson, false),
        ("1e", IsNoJson, false),
        ("0x10", IsNoJson, false),
        ("NaN", IsNoJson, false),
        ("Infinity", IsNoJson, false),
        ("-Infinity", IsNoJson, false),
        ("undefined", IsNoJson, false),
        ("nul", IsNoJson, false),
        ("nulll", IsNoJson, false),
        ("True", IsNoJson, false),
        ("'a'", IsNoJson, false),
        ("\"a", IsNoJson, false),
        ("[1", IsNoJson, false),
        ("{\"a\"", IsNoJson, false),
        ("1 2", IsNoJson, false),
        ("\u{b}1", IsNoJson, false),
        ("\u{a0}1", IsNoJson, false),
        ("// 1\n1", IsNoJson, false),
    ]
    .into_iter()
    .map(|(text, strict, typed)| (text.to_owned(), strict, typed))
    .chain([
        (long, Passes, true),
        (deep(100), Passes, true),
        // The reader of types goes 128 deep.
        (deep(10_000), Passes, false),
        (objects(10_000), Passes, false),
        (deep(200_000), Passes, false),
    ])
    .collect();
    let mut cases = 0;
    for (text, strict, typed) in &values {
        let named: String = text.chars().take(60).collect();
        let body = format!(r#"{{"id":"p","added":{text}}}"#);
        let result = from_patient(Drift::Strict, &body);
        let found = match result.as_ref().map_err(|error| &error.failure) {
            Ok(record) => {
                assert_eq!(record, body.as_bytes());
                Passes
            }
            Err(Failure::Decode(mismatch)) if mismatch.found == "text that is not JSON" => IsNoJson,
            Err(Failure::Decode(mismatch)) => {
                assert_eq!((mismatch.place.as_str(), mismatch.found), ("*", "number"), "{named}");
                Drifts
            }
            Err(other) => panic!("{other:?}"),
        };
        assert_eq!(found, *strict, "{named}");
        let stage = Stage::new();
        stage.network.script([Act::bytes(200, body.as_bytes())]);
        let patient = stage.run(stage.welkin().patients().get("p").into_future());
        assert_eq!(patient.is_ok(), *typed, "{named}");
        if let Ok(patient) = patient {
            let whole: Value = serde_json::from_str(&body).unwrap();
            assert_eq!(patient.other["added"], whole["added"], "{named}");
        }
        cases += 2;
    }
    cases + whole_texts()
}

fn from_patient(drift: Drift, body: &str) -> Result<Vec<u8>, Error> {
    let operation = Api::Welkin.operation("patientsGet").unwrap();
    replied(Api::Welkin, operation, drift, Form::Record, body.as_bytes())
}

/// Texts that are odd as a whole.
fn whole_texts() -> usize {
    let texts = [
        (r#"{"id":"a","id":"b"}"#, true),
        (r#" {"id":"a"} "#, true),
        ("\u{feff}{\"id\":\"a\"}", true),
        (r#"{"\u0069d":"a"}"#, true),
        (r#"{"id":"a",}"#, false),
        (r#"{,"id":"a"}"#, false),
        (r#"{"id":"a"}{"id":"b"}"#, false),
        (r#"{"id":"a"}x"#, false),
        (r#"{"id" "a"}"#, false),
        (r#"{id:"a"}"#, false),
        ("{\"id\":\"a\"", false),
        ("\"id\"", false),
        ("5", false),
        ("null", false),
        ("[]", false),
    ];
    for (text, passes) in texts {
        assert_eq!(from_patient(Drift::Strict, text).is_ok(), passes, "{text}");
    }
    texts.len()
}

/// Any JSON value that text and `serde_json` hold alike.
fn any_json() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::Bool),
        // What JavaScript would round is refused before it is sent.
        (-1_i64 << 53..=1 << 53).prop_map(|number| json!(number)),
        (-1e15..1e15_f64).prop_map(|number| Number::from_f64(number).into()),
        any::<String>().prop_map(Value::String),
    ];
    leaf.prop_recursive(5, 20, 4, |inner| {
        prop_oneof![
            vec(inner.clone(), 0..6).prop_map(Value::Array),
            btree_map(any::<String>(), inner, 0..6)
                .prop_map(|members| Value::Object(members.into_iter().collect())),
        ]
    })
}

fn what_is_unknown_survives() -> usize {
    let unknown = || btree_map("new[A-Za-z_ é\"\\\\.]{0,12}", any_json(), 0..5);
    generated(400, (unknown(), unknown()), |(beside, inside)| {
        let mut patient: Map<String, Value> = beside.into_iter().collect();
        let mut member: Map<String, Value> = inside.into_iter().collect();
        member.insert("id".into(), json!("u-1"));
        patient.insert("id".into(), json!("p-1"));
        patient.insert("email".into(), Value::Null);
        patient.insert("careTeam".into(), json!([member]));
        let patient = Value::Object(patient);
        let mut changed = patient.clone();
        changed["city"] = json!("Oakville");

        let stage = Stage::new();
        let welkin = stage.welkin();
        stage.network.script([Act::json(patient.clone()), Act::json(json!({}))]);
        let read = stage.run(welkin.patients().get("p-1").into_future()).unwrap();
        // Serde names no numbers that only their text holds: compare as it reads them again.
        let again = |value: &Value| -> Value { serde_json::from_str(&value.to_string()).unwrap() };
        let text = serde_json::to_string(&read).unwrap();
        assert_eq!(serde_json::from_str::<Value>(&text).unwrap(), again(&patient));
        let mut update: PatientUpdate = serde_json::from_str(&text).unwrap();
        update.city = "Oakville".into();
        stage.run(welkin.patients().update("p-1", &update).into_future()).unwrap();
        let body = stage.network.sent()[1].body.clone().unwrap();
        assert_eq!(serde_json::from_str::<Value>(&body).unwrap(), again(&changed));

        // As text, nothing is read at all.
        stage.network.script([Act::json(json!({}))]);
        let given = Given::path(json!(["p-1"])).body(changed.clone());
        stage.run(call(welkin.engine(), "patientsUpdate", given, Options::default())).unwrap();
        assert_eq!(stage.network.sent()[2].body.as_deref(), Some(changed.to_string().as_str()));

        changed["newNumber"] = json!((1_u64 << 53) + 1);
        let given = Given::path(json!(["p-1"])).body(changed);
        let error = stage
            .run(call(welkin.engine(), "patientsUpdate", given, Options::default()))
            .unwrap_err();
        assert!(matches!(error.failure, Failure::Config(_)) && stage.network.count() == 3);
    })
}

fn pages_that_lie() -> usize {
    let lists: Vec<usize> = operations()
        .enumerate()
        .filter(|(_, (_, operation))| {
            operation
                .query
                .iter()
                .any(|parameter| ["page", "pageToken", "start"].contains(&parameter.name))
        })
        .map(|(at, _)| at)
        .collect();
    assert!(lists.len() > 30);
    let odd = prop_oneof![
        any::<u64>().prop_map(|number| json!(number)),
        select(vec![
            json!(true),
            json!(false),
            json!("true"),
            json!(""),
            json!("next"),
            json!("next"),
            json!(u64::MAX),
            json!([]),
            json!([1]),
            json!([[]]),
            json!({}),
        ]),
    ];
    let names = select(vec![
        "content",
        "data",
        "records",
        "last",
        "lastPage",
        "metaInfo",
        "meta",
        "nextPageToken",
        "cursor",
        "end",
        "hasNext",
        "patients",
        "invoices",
    ]);
    let object = btree_map(names.clone(), odd, 0..6);
    let page = btree_map(names, object.prop_map(|members| json!(members)), 0..5);
    let pages = vec((page, any::<bool>()), 1..5);
    let asked = prop_oneof![Just(None), any::<u64>().prop_map(Some), Just(Some(u64::MAX))];
    generated(3_000, (select(lists), pages, asked), |(at, pages, asked)| {
        let (api, operation) = operations().nth(at).unwrap();
        let (stage, engine) = client(api, Drift::Report);
        let mut arguments = arguments(operation, Extent::Required);
        if let Some(asked) = asked.filter(|_| operation.query.iter().any(|of| of.name == "page")) {
            let mut query: Value = serde_json::from_str(arguments.query.as_ref().unwrap()).unwrap();
            query["page"] = json!(asked);
            arguments.query = Some(query.to_string());
        }
        let mut position = None;
        for (page, flat) in &pages {
            let mut body = json!(page);
            if *flat {
                // The members of the inner objects at the top too.
                for inner in page.values() {
                    for (name, value) in inner.as_object().into_iter().flatten() {
                        body[name] = value.clone();
                    }
                }
            }
            stage.network.script([Act::json(body)]);
            let options = Options::default();
            let got = stage.run(engine.page(operation, &arguments, options, position.as_ref()));
            let Ok((_, page)) = got else { break };
            if page.next.is_none() {
                break;
            }
            position = page.next;
        }
        // Behind the largest number there is none.
        if asked.is_none_or(|asked| asked < u64::MAX - 5) {
            let sent = stage.network.sent();
            let urls: BTreeSet<&str> = sent.iter().map(|sent| sent.url.as_str()).collect();
            assert_eq!(urls.len(), sent.len());
        }
    })
}
