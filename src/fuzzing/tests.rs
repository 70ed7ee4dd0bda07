//! The rules on generated cases, which are nearer to what is read than chance would come by itself, and on
//! the seeds of the fuzz targets.

use std::fs::read_dir;
use std::path::Path;

use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use proptest::prelude::*;
use proptest::sample::select;
use serde_json::{Map, Number, Value};

use super::*;
use crate::edge::admit;

type Target = (&'static str, fn(&[u8]));

const TARGETS: [Target; 7] = [
    ("arguments", arguments),
    ("gateway", gateway),
    ("replies", replies),
    ("tables", tables),
    ("tokens", tokens),
    ("waits", waits),
    ("webhooks", webhooks),
];

#[test]
fn every_target_has_seeds_and_they_keep_to_its_rule() {
    let fuzz = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fuzz");
    for (name, target) in TARGETS {
        assert!(fuzz.join("targets").join(name).with_extension("rs").exists(), "{name}");
        let seeds: Vec<_> = read_dir(fuzz.join("seeds").join(name)).unwrap().collect();
        assert!(!seeds.is_empty(), "{name}");
        for seed in seeds {
            let seed = std::fs::read(seed.unwrap().path()).unwrap();
            let first = Lines(&seed).text();
            let named = ["Welkin.", "InboxHealth."].iter().any(|api| first.starts_with(api));
            assert!(!named || NAMES.iter().any(|name| *name == first), "{first} is no operation");
            target(&seed);
        }
    }
    let targets = read_dir(fuzz.join("targets")).unwrap().count();
    assert_eq!(targets, TARGETS.len());
}

#[cfg(feature = "declarations")]
#[test]
fn the_written_tables_keep_to_the_rule_of_tables() {
    for api in [Api::Welkin, Api::InboxHealth] {
        tables(crate::table::write(api).as_bytes());
    }
}

fn case(lines: &[&str], rest: &[u8]) -> Vec<u8> {
    let mut case = lines.join("\n").into_bytes();
    case.push(b'\n');
    case.extend(rest);
    case
}

fn any_name() -> impl Strategy<Value = &'static str> {
    select(NAMES.iter().map(String::as_str).collect::<Vec<_>>())
}

/// Text that another reader of URLs might understand in another way.
fn tricky() -> impl Strategy<Value = String> {
    const PIECES: &str = "/ \\ . .. %2f %2F %5c %2e %252f %25 %00 %0a %ff %c0%af ; ? # & = + %20 // \
        /../ /./ % %2 %zz @ : ~ page=1 type=MRN %ef%bc%8f patients p1 7 07 -7";
    let pieces: Vec<&str> = PIECES.split_ascii_whitespace().chain([" "]).collect();
    let piece = prop_oneof![
        select(pieces).prop_map(str::to_string),
        any::<char>().prop_map(|character| character.to_string()),
        "[a-z0-9-]{1,8}",
    ];
    prop::collection::vec(piece, 0..6).prop_map(|pieces| pieces.concat())
}

/// A name or a text: short, so that names meet, with characters that have a meaning somewhere.
fn any_text() -> impl Strategy<Value = String> {
    prop_oneof!["[a-c]{1,2}", r#"[a-z\[\]%&=+ "\\/é😀\n\u{0}]{0,6}"#, any::<String>()]
}

fn any_number() -> impl Strategy<Value = Number> {
    let float = any::<f64>().prop_filter_map("JSON has no such number", Number::from_f64);
    prop_oneof![any::<i64>().prop_map(Number::from), (0..20i64).prop_map(Number::from), float]
}

/// A JSON value whose objects have these names among others.
fn any_value(names: Vec<&'static str>) -> impl Strategy<Value = Value> {
    let scalar = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::Bool),
        any_number().prop_map(Value::Number),
        any_text().prop_map(Value::String),
    ];
    let name = prop_oneof![any_text(), select(names).prop_map(str::to_string)];
    scalar.prop_recursive(4, 24, 4, move |inner| {
        prop_oneof![
            proptest::collection::vec(inner.clone(), 0..4).prop_map(Value::Array),
            proptest::collection::vec((name.clone(), inner), 0..4)
                .prop_map(|members| Value::Object(Map::from_iter(members))),
        ]
    })
}

fn any_object() -> impl Strategy<Value = String> {
    let value = any_value(vec!["a"]);
    let members = proptest::collection::vec((any_text(), value), 0..5);
    members.prop_map(|members| Value::Object(Map::from_iter(members)).to_string())
}

/// Text that has much of JSON.
fn nearly_json() -> impl Strategy<Value = String> {
    const PIECE: &str = r#"[\[\]{}:,"\\] ?|"(id|b|content|last|invoice)":|[0-9.eE+-]{1,3}|null|true|\\u[0-9a-f]{3,4}|[ a]"#;
    let pieces = prop::collection::vec(PIECE, 0..16).prop_map(|pieces| pieces.concat());
    prop_oneof![
        pieces.clone(),
        pieces.prop_map(|pieces| [r#"{"a":"#, &pieces, "}"].concat()),
        any_value(vec!["id", "content", "last", "invoice", "patient", "meta", "nextPageToken"])
            .prop_map(|value| value.to_string()),
    ]
}

/// A URL, a key: what a header or a setting can hold.
fn visible() -> impl Strategy<Value = String> {
    "[!-~]{1,40}"
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn whatever_is_let_in_is_an_operation_written_anew(
        name in any_name(), values in prop::collection::vec(tricky(), 6), end in tricky(), plain: bool,
    ) {
        let (_, found) = operation(name);
        let values = &values[..found.path.matches('{').count()];
        let end = if plain { "" } else { &end };
        gateway(&case(&[&[name], values.iter().map(String::as_str).collect::<Vec<_>>().as_slice(), &[end]].concat(), b""));
    }

    #[test]
    fn whatever_the_request_line_nothing_panics_and_the_rule_holds(
        method in "[A-Z]{1,7}|GET|POST", target in ".{0,60}",
    ) {
        gateway([method.as_str(), " ", &target].concat().as_bytes());
    }

    #[test]
    fn a_value_that_is_let_in_is_the_value_that_was_written(value in tricky()) {
        let written = utf8_percent_encode(&value, NON_ALPHANUMERIC).to_string();
        let target = ["/t/i/patients/", &written].concat();
        if let Ok(admitted) = admit(Api::Welkin, &own(), "GET", &target) {
            prop_assert_eq!(admitted.operation.id, "patientsGet");
            prop_assert_eq!(&admitted.path, &[("patientId", value)]);
        }
    }

    #[test]
    fn a_request_says_what_was_given(
        name in any_name(), values in prop::collection::vec(tricky(), 4),
        query in any_object(), typed: bool, body in any_value(vec!["id"]),
    ) {
        let (_, found) = operation(name);
        let value = |(parameter, value): (&crate::operation::Parameter, &String)| match parameter.of {
            crate::schema::Type::Integer => Value::from(value.len()),
            _ => Value::from(value.as_str()),
        };
        let path: Vec<Value> = found.segments.iter().zip(&values).map(value).collect();
        let named = found.query.iter().zip(&values);
        let declared = named.map(|(parameter, text)| {
            let value = match parameter.of {
                crate::schema::Type::Text | crate::schema::Type::Mixed(_) => Value::from(text.as_str()),
                crate::schema::Type::Boolean => Value::from(text.len() % 2 == 0),
                crate::schema::Type::List(_) => Value::from(vec![text.as_str(); text.len() % 3]),
                crate::schema::Type::Map(_) => Value::from_iter([(text.as_str(), text.as_str())]),
                _ => Value::from(text.len()),
            };
            (parameter.name.to_string(), value)
        });
        let query = if typed { Value::from_iter(declared).to_string() } else { query };
        arguments(&case(&[name, &Value::from(path).to_string(), &query], body.to_string().as_bytes()));
    }

    #[test]
    fn replies_are_read_as_serde_json_reads_them(name in any_name(), text in nearly_json()) {
        replies(&case(&[name], text.as_bytes()));
    }

    #[test]
    fn replies_of_any_bytes_keep_to_the_rule(name in any_name(), text: Vec<u8>) {
        replies(&case(&[name], &text));
    }

    #[test]
    fn a_delivery_verifies_as_it_was_signed_and_not_after_one_byte_changed(
        body in prop_oneof![any_object(), nearly_json()], url in visible(), key in visible(),
        header in "[A-Za-z0-9+/]{0,28}=?", change in any::<[u8; 2]>(), mask in 1u8..128,
    ) {
        let mut case = [url, key, header].join("\n").into_bytes();
        case.extend([b'\n', change[0], change[1], mask]);
        case.extend(body.as_bytes());
        webhooks(&case);
    }

    #[test]
    fn deliveries_of_any_bytes_keep_to_the_rule(bytes: Vec<u8>) {
        webhooks(&case(&["u", "k", "", "\u{1}\u{1}\u{1}"], &bytes));
    }

    #[test]
    fn tables_that_are_spoilt_keep_to_the_rule(at: prop::sample::Index, byte in "[ -~\n]") {
        let mut table = b"id:i,name:t?,more:[a\n^0,of:{r0!=,m:m7,o:or1\n#/p\na.b|G|~/x/{i}|i|q:t!,f:{t,l:[i|r1>e+;n:i;x;;a,b,c,d|r1>e|px|xfo\n.c|P|/y".to_vec();
        table.splice(at.index(table.len() + 1)..at.index(table.len() + 1), byte.bytes());
        tables(&table);
    }

    #[test]
    fn whoever_asks_to_wait_is_understood(
        value in prop_oneof!["[0-9]{0,24}", " ?[0-9]{1,3} ?", ".{0,20}"], date: [u8; 8],
    ) {
        waits(&case(&[&value], &date));
    }

    #[test]
    fn a_token_that_is_handed_out_can_be_used(
        count in prop_oneof![any_object(), (any::<u64>(), any::<u64>()).prop_map(|(questions, until)| {
            format!(r#"{{"questions":{questions},"exchanges":{{"begun":[{until},1],"blockedUntil":{until}}}}}"#)
        })],
        token in prop_oneof![any_object(), any::<[u64; 4]>().prop_map(|[generation, received, renew, end]| {
            format!(r#"{{"token":"t","generation":{generation},"received":{received},"renewAt":{renew},"endsAt":{end}}}"#)
        })],
        end in prop_oneof![Just(String::new()), any::<u64>().prop_map(|end| end.to_string())],
        token_answered in any_text(),
    ) {
        let body = Value::from_iter([("token", token_answered), ("expiresAt", String::new())]).to_string();
        tokens(&case(&[&count, &token, &end], body.as_bytes()));
    }
}
