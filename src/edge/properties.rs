//! The rule of the gateway for generated requests: what reaches an API is exactly an operation, written
//! anew from its parameters.
#![allow(clippy::unwrap_used, reason = "a property that can not be looked at has failed")]

use percent_encoding::{NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};
use proptest::prelude::*;
use proptest::sample::select;

use super::admit::{Admitted, admit};
use crate::operation::{Api, Operation};
use crate::recognise::recognise;

const OWN: [(&str, &str); 2] = [("tenantName", "gh"), ("instanceName", "sb-demo")];

fn own() -> Vec<(&'static str, String)> {
    OWN.map(|(name, value)| (name, value.to_string())).into()
}

fn operations() -> Vec<(Api, &'static Operation)> {
    let of = |api: Api| api.operations().map(move |operation| (api, operation));
    of(Api::Welkin).chain(of(Api::InboxHealth)).collect()
}

/// Text that another reader of URLs might understand in another way.
fn tricky() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        select(vec![
            "/",
            "\\",
            ".",
            "..",
            "%2f",
            "%2F",
            "%5c",
            "%2e",
            "%252f",
            "%25",
            "%00",
            "%0a",
            "%ff",
            "%c0%af",
            ";",
            "?",
            "#",
            "&",
            "=",
            "+",
            "%20",
            " ",
            "//",
            "/../",
            "/./",
            "%",
            "%2",
            "%zz",
            "@",
            ":",
            "~",
            "page=1",
            "type=MRN",
            "%ef%bc%8f",
            "patients",
            "p1",
            "7",
            "07",
            "-7",
        ])
        .prop_map(str::to_string),
        any::<char>().prop_map(|character| character.to_string()),
        "[a-z0-9-]{1,8}",
    ];
    prop::collection::vec(piece, 0..6).prop_map(|pieces| pieces.concat())
}

/// The path of an operation with something in the places of its parameters, and something after it.
fn request() -> impl Strategy<Value = (Api, String, String)> {
    (select(operations()), prop::collection::vec(tricky(), 6), tricky(), any::<bool>()).prop_map(
        |((api, operation), values, end, plain)| {
            let mut values = values.into_iter();
            let mut fill = |part: &str| match part.starts_with('{') {
                true => values.next().unwrap_or_default(),
                false => part.to_string(),
            };
            let path: Vec<String> = operation.path.split('/').map(&mut fill).collect();
            let end = if plain { String::new() } else { end };
            (api, operation.method.name().to_string(), [path.join("/"), end].concat())
        },
    )
}

/// What holds of everything that is let in.
fn check(api: Api, method: &str, admitted: &Admitted) {
    let Admitted { operation, path, target, query, .. } = admitted;
    let (written, after) = target.split_once('?').unwrap_or((target, ""));
    assert!(!operation.open);
    assert_eq!(operation.method.name(), method);

    // No byte but letters, digits and the marks that mean the same to everybody.
    let unreserved = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~".contains(&byte);
    assert!(written.bytes().all(|byte| unreserved(byte) || b"/%".contains(&byte)), "{target}");
    assert!(after.bytes().all(|byte| unreserved(byte) || b"=&%".contains(&byte)), "{target}");

    // Segment by segment it is the template, and each value means what the policy saw, decoded once.
    let template: Vec<&str> = operation.path.split('/').collect();
    let segments: Vec<&str> = written.split('/').collect();
    assert_eq!(template.len(), segments.len());
    for (part, segment) in template.iter().zip(&segments) {
        let decoded = percent_decode_str(segment).decode_utf8().unwrap();
        match part.strip_prefix('{').and_then(|part| part.strip_suffix('}')) {
            None => assert_eq!(part, segment),
            Some(name) => {
                let gateways =
                    OWN.iter().find(|(own, _)| *own == name).map(|(_, value)| value.to_string());
                let seen = path.iter().find(|(of, _)| *of == name).map(|(_, value)| value.clone());
                assert_eq!(Some(decoded.to_string()), gateways.or(seen), "{target}");
                assert!(
                    !decoded.is_empty()
                        && decoded != "."
                        && decoded != ".."
                        && !decoded.contains(['/', '\\', '%', ';'])
                );
            }
        }
    }
    assert_eq!(recognise(api, method, written).unwrap().operation.id, operation.id);

    // The query is what the policy saw, and nothing else.
    let pairs: Vec<(String, String)> =
        form_urlencoded::parse(after.as_bytes()).into_owned().collect();
    assert_eq!(&pairs, query);
    // No value can end the line in which it is told to the policy.
    let values = path
        .iter()
        .map(|(_, value)| value)
        .chain(query.iter().flat_map(|(name, value)| [name, value]));
    assert!(values.into_iter().all(|value| !value.contains('\n')));

    // Written once more, it stays the same.
    assert_eq!(&admit(api, &own(), method, target).unwrap().target, target);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 4_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn whatever_is_let_in_is_an_operation_written_anew((api, method, target) in request()) {
        if let Ok(admitted) = admit(api, &own(), &method, &target) {
            check(api, &method, &admitted);
        }
    }

    #[test]
    fn whatever_the_bytes_nothing_panics_and_the_rule_holds(method in "[A-Z]{1,7}", target in ".{0,60}") {
        for api in [Api::Welkin, Api::InboxHealth] {
            if let Ok(admitted) = admit(api, &own(), &method, &target) {
                check(api, &method, &admitted);
            }
        }
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
}
