use super::normal_form::normal_form;
use super::{Refusal, signature, verify};

const URL: &str = "https://hooks.example.test/inbox/events";
const KEY: &str = "test-signing-key";

/// Vector A of the notes.
const PATIENT_CREATED: &str = r#"{"id":901,"livemode":false,"created_at":"2024-02-03T04:05:06.000-05:00","event_type":"patient_created","event_data":{"object":{"id":77,"user_id":null,"first_name":"Zoë","last_name":"O'Hara-Lind","cell_phone":"(555) 555-0142","email":"zoe+bill@example.test","address_line_1":"12 Elm St","balance_cents":0,"primary":true,"sms_opt_out":false,"notes":"50% off & <ok>","rate":0.0,"patient_plan_ids":[10,9],"emergency_contacts":[],"external_ids":[{"id":2,"issuer":"pm-b","external_id":"X2"},{"id":1,"issuer":"pm-a","external_id":"X1"}],"links":{"invoices":null},"meta":{},"object":"patient"}}}"#;
const PATIENT_CREATED_PAIRS: [&str; 26] = [
    "created_at=2024-02-03T04%3A05%3A06.000-05%3A00",
    "event_data%5Bobject%5D%5Baddress_line_1%5D=12%20Elm%20St",
    "event_data%5Bobject%5D%5Bbalance_cents%5D=0",
    "event_data%5Bobject%5D%5Bcell_phone%5D=%28555%29%20555-0142",
    "event_data%5Bobject%5D%5Bemail%5D=zoe%2Bbill%40example.test",
    "event_data%5Bobject%5D%5Bexternal_ids%5D%5B%5D%5Bexternal_id%5D=X1",
    "event_data%5Bobject%5D%5Bexternal_ids%5D%5B%5D%5Bexternal_id%5D=X2",
    "event_data%5Bobject%5D%5Bexternal_ids%5D%5B%5D%5Bid%5D=1",
    "event_data%5Bobject%5D%5Bexternal_ids%5D%5B%5D%5Bid%5D=2",
    "event_data%5Bobject%5D%5Bexternal_ids%5D%5B%5D%5Bissuer%5D=pm-a",
    "event_data%5Bobject%5D%5Bexternal_ids%5D%5B%5D%5Bissuer%5D=pm-b",
    "event_data%5Bobject%5D%5Bfirst_name%5D=Zo%C3%AB",
    "event_data%5Bobject%5D%5Bid%5D=77",
    "event_data%5Bobject%5D%5Blast_name%5D=O%27Hara-Lind",
    "event_data%5Bobject%5D%5Blinks%5D%5Binvoices%5D=",
    "event_data%5Bobject%5D%5Bnotes%5D=50%25%20off%20%26%20%3Cok%3E",
    "event_data%5Bobject%5D%5Bobject%5D=patient",
    "event_data%5Bobject%5D%5Bpatient_plan_ids%5D%5B%5D=10",
    "event_data%5Bobject%5D%5Bpatient_plan_ids%5D%5B%5D=9",
    "event_data%5Bobject%5D%5Bprimary%5D=true",
    "event_data%5Bobject%5D%5Brate%5D=0.0",
    "event_data%5Bobject%5D%5Bsms_opt_out%5D=false",
    "event_data%5Bobject%5D%5Buser_id%5D=",
    "event_type=patient_created",
    "id=901",
    "livemode=false",
];
const PATIENT_CREATED_SIGNATURE: &str = "sTacrQuqJ5HjwA4vuZFMnKg/YRg=";

/// Vector B of the notes.
const INVOICE_UPDATED: &str = r#"{"id":1,"livemode":true,"created_at":"2024-01-01T00:00:00.000Z","event_type":"invoice_updated","event_data":{"object":{"id":5,"email":"a b","email2":null}}}"#;
const INVOICE_UPDATED_SIGNATURE: &str = "MzoDQtWoyNK5XXhTwnFkCIOI6Sg=";

fn of(body: &str) -> String {
    normal_form(body).unwrap_or_else(|_| panic!("cannot be signed: {body}"))
}

fn verified(body: &str, signature: &str) -> Result<(), Refusal> {
    verify(URL, body, &[KEY.into()], signature)
}

#[test]
fn the_signature_of_a_created_patient_is_that_of_the_notes() {
    assert_eq!(of(PATIENT_CREATED), PATIENT_CREATED_PAIRS.join("&"));
    assert_eq!(URL.len() + of(PATIENT_CREATED).len(), 1288);
    assert_eq!(signature(URL, PATIENT_CREATED, KEY).as_deref(), Some(PATIENT_CREATED_SIGNATURE));
    assert_eq!(verified(PATIENT_CREATED, PATIENT_CREATED_SIGNATURE), Ok(()));
}

#[test]
fn the_signature_of_an_updated_invoice_is_that_of_the_notes() {
    assert_eq!(
        of(INVOICE_UPDATED),
        "created_at=2024-01-01T00%3A00%3A00.000Z&event_data%5Bobject%5D%5Bemail%5D=a%20b&\
         event_data%5Bobject%5D%5Bemail2%5D=&event_data%5Bobject%5D%5Bid%5D=5&\
         event_type=invoice_updated&id=1&livemode=true"
    );
    assert_eq!(signature(URL, INVOICE_UPDATED, KEY).as_deref(), Some(INVOICE_UPDATED_SIGNATURE));
    assert_eq!(verified(INVOICE_UPDATED, INVOICE_UPDATED_SIGNATURE), Ok(()));
}

#[test]
fn values_are_signed_and_not_their_escapes() {
    assert_eq!(of(r#"{"a":"\u0026\u00e9\ud83d\ude00\/"}"#), "a=%26%C3%A9%F0%9F%98%80%2F");
    assert_eq!(of(r#"{"\u0061":1}"#), "a=1");
}

#[test]
fn numbers_keep_the_text_that_was_received() {
    let body = r#"{"a":[{"n":0.0},{"n":1.0e+20},{"n":-0},{"n":12345678901234567890.10}]}"#;
    let pairs = ["-0", "0.0", "1.0e%2B20", "12345678901234567890.10"];
    assert_eq!(of(body), pairs.map(|number| format!("a%5B%5D%5Bn%5D={number}")).join("&"));
}

#[test]
fn null_and_an_empty_string_keep_their_pair() {
    assert_eq!(of(r#"{"a":null,"b":"","c":{"d":null,"e":""}}"#), "a=&b=&c%5Bd%5D=&c%5Be%5D=");
}

#[test]
fn booleans_are_words() {
    assert_eq!(of(r#"{"a":true,"b":{"c":false}}"#), "a=true&b%5Bc%5D=false");
}

#[test]
fn an_array_below_the_top_has_brackets_without_an_index() {
    assert_eq!(of(r#"{"a":{"b":[[1],"x"]}}"#), "a%5Bb%5D%5B%5D%5B%5D=1&a%5Bb%5D%5B%5D=x");
}

#[test]
fn elements_are_in_the_order_of_their_text_so_that_10_is_before_9() {
    assert_eq!(of(r#"{"a":{"b":[9,10]}}"#), "a%5Bb%5D%5B%5D=10&a%5Bb%5D%5B%5D=9");
}

#[test]
fn the_fields_of_the_objects_of_an_array_mix() {
    assert_eq!(
        of(r#"{"a":{"b":[{"y":1,"x":4},{"x":3,"y":2}]}}"#),
        "a%5Bb%5D%5B%5D%5Bx%5D=3&a%5Bb%5D%5B%5D%5Bx%5D=4&\
         a%5Bb%5D%5B%5D%5By%5D=1&a%5Bb%5D%5B%5D%5By%5D=2"
    );
}

#[test]
fn empty_arrays_and_objects_below_the_top_have_no_pair() {
    let empty = r#"{"a":{"b":[],"c":{},"d":[[],{}],"e":{"f":{"g":[]}},"h":1}}"#;
    assert_eq!(of(empty), "a%5Bh%5D=1");
}

#[test]
fn all_but_the_unreserved_characters_are_encoded_in_names_and_values() {
    let unreserved = "AZaz09-._~";
    assert_eq!(
        of(&format!(r#"{{"{unreserved}":"{unreserved}"}}"#)),
        format!("{unreserved}={unreserved}")
    );
    assert_eq!(
        of(r#"{"a b":{"{é}":" !'()*+/=&%,:;@$?#[]\u0000\u007f"}}"#),
        "a%20b%5B%7B%C3%A9%7D%5D=\
         %20%21%27%28%29%2A%2B%2F%3D%26%25%2C%3A%3B%40%24%3F%23%5B%5D%00%7F"
    );
}

#[test]
fn names_at_the_top_are_in_the_order_of_their_raw_bytes() {
    // Encoded, the brace would come before the letters, and é before all.
    assert_eq!(of(r#"{"é":1,"a{":2,"aa":3,"aZ":4,"a":5}"#), "a=5&aZ=4&aa=3&a%7B=2&%C3%A9=1");
}

#[test]
fn below_the_top_pairs_are_sorted_after_they_were_encoded() {
    // Raw, the closing bracket of "e" would come after the digit of "e2".
    assert_eq!(of(r#"{"a":{"e2":1,"e":2,"é":3}}"#), "a%5B%C3%A9%5D=3&a%5Be%5D=2&a%5Be2%5D=1");
}

#[test]
fn an_array_of_scalars_at_the_top_repeats_the_bare_name_in_the_order_of_values() {
    assert_eq!(of(r#"{"a":[10,9,-1,1.5]}"#), "a=-1&a=1.5&a=9&a=10");
    assert_eq!(
        of(
            r#"{"a":[1e1,9007199254740993,0.05,-2,0,9007199254740992,-0.5,0.5,9,1E-3,2e99999999999999999999]}"#
        ),
        "a=-2&a=-0.5&a=0&a=1E-3&a=0.05&a=0.5&a=9&a=1e1&\
         a=9007199254740992&a=9007199254740993&a=2e99999999999999999999"
    );
    assert_eq!(of(r#"{"a":["b","10","9","B"]}"#), "a=10&a=9&a=B&a=b");
    // Raw, a blank comes before a letter; encoded, the letter's "A" would come after "%".
    assert_eq!(of(r#"{"a":["é","z"]}"#), "a=z&a=%C3%A9");
}

#[test]
fn an_empty_array_at_the_top_keeps_its_name() {
    assert_eq!(of(r#"{"a":[],"b":1}"#), "a=&b=1");
}

#[test]
fn an_empty_object_at_the_top_leaves_its_ampersand() {
    assert_eq!(of(r#"{"a":1,"b":{},"c":2}"#), "a=1&&c=2");
    assert_eq!(of(r#"{"a":{"b":[]},"c":2}"#), "&c=2");
}

#[test]
fn an_array_of_objects_at_the_top_is_read_like_one_below_it() {
    assert_eq!(of(r#"{"a":[{"b":2},{"b":1}]}"#), "a%5B%5D%5Bb%5D=1&a%5B%5D%5Bb%5D=2");
}

#[test]
fn an_empty_object_is_signed_as_nothing() {
    assert_eq!(of(" { } "), "");
    assert!(signature(URL, "{}", KEY).is_some());
}

#[test]
fn changes_that_the_signature_cannot_notice_are_those_of_the_documentation() {
    for (change, one, other) in [
        ("white space", r#"{"a":[1,2]}"#, "\n{ \"a\"\t: [1 ,2]\r}"),
        ("an escape", r#"{"a":"&"}"#, r#"{"a":"\u0026"}"#),
        ("the order of names", r#"{"a":1,"b":2}"#, r#"{"b":2,"a":1}"#),
        ("the order of nested names", r#"{"a":{"b":1,"c":2}}"#, r#"{"a":{"c":2,"b":1}}"#),
        ("an empty array that was added", r#"{"a":{"b":1}}"#, r#"{"a":{"b":1,"c":[]}}"#),
        ("an empty object that was renamed", r#"{"a":{"b":{}}}"#, r#"{"a":{"c":{}}}"#),
        ("the order of elements", r#"{"a":{"b":[1,2]}}"#, r#"{"a":{"b":[2,1]}}"#),
        ("whose field it is", r#"{"a":[{"a":1},{"b":2}]}"#, r#"{"a":[{"a":1,"b":2}]}"#),
        ("a number that became text", r#"{"a":1}"#, r#"{"a":"1"}"#),
        ("a word that became text", r#"{"a":true}"#, r#"{"a":"true"}"#),
        ("null that became text", r#"{"a":null}"#, r#"{"a":""}"#),
        ("an array of empty ones", r#"{"a":{"b":1}}"#, r#"{"a":{"b":1,"c":[{},[]]}}"#),
        ("whose element it is", r#"{"a":{"b":[[1],[2]]}}"#, r#"{"a":{"b":[[1,2]]}}"#),
        ("whose element's it is", r#"{"a":[{"b":[1,2]},{}]}"#, r#"{"a":[{"b":[1]},{"b":[2]}]}"#),
        ("an array that became an object", r#"{"a":{"b":[1]}}"#, r#"{"a":{"b":{"":1}}}"#),
        ("an array at the top that became its element", r#"{"a":["b"]}"#, r#"{"a":"b"}"#),
        ("an empty array at the top that became text", r#"{"a":[]}"#, r#"{"a":""}"#),
        ("the name of an empty object at the top", r#"{"a":{},"c":1}"#, r#"{"b":{"d":[]},"c":1}"#),
    ] {
        let signed = signature(URL, one, KEY).unwrap();
        assert_eq!(verified(other, &signed), Ok(()), "{change}");
    }
}

#[test]
fn a_value_or_a_name_that_changed_is_noticed() {
    for (from, to) in [
        ("901", "902"),
        ("77", "78"),
        ("Zoë", "Zoe"),
        ("O'Hara", "O’Hara"),
        ("0.0", "0.00"),
        ("0.0", "0"),
        ("false", "true"),
        ("null", "0"),
        ("\"user_id\"", "\"user_ids\""),
        ("[10,9]", "[10]"),
        ("[10,9]", "[10,9,9]"),
        ("[10,9]", "[109]"),
        ("\"meta\":{}", "\"meta\":null"),
        ("\"meta\":{},", "\"meta\":{\"a\":\"\"},"),
        ("X2", "X1"),
    ] {
        let changed = PATIENT_CREATED.replacen(from, to, 1);
        assert_ne!(changed, PATIENT_CREATED, "{from}");
        let outcome = verified(&changed, PATIENT_CREATED_SIGNATURE);
        assert_eq!(outcome, Err(Refusal::Mismatch), "{from} became {to}");
    }
}

#[test]
fn the_url_is_taken_to_the_letter() {
    for url in [
        "https://hooks.example.test/inbox/events/",
        "https://hooks.example.test/inbox/events?",
        "https://hooks.example.test/inbox/event",
        "https://HOOKS.example.test/inbox/events",
        "http://hooks.example.test/inbox/events",
        "",
    ] {
        let outcome = verify(url, PATIENT_CREATED, &[KEY.into()], PATIENT_CREATED_SIGNATURE);
        assert_eq!(outcome, Err(Refusal::Mismatch), "{url}");
    }
}

#[test]
fn any_of_several_keys_will_do() {
    let keys = ["other", KEY, "third"].map(String::from);
    for keys in [&keys[..2], &keys[1..], &keys[..]] {
        assert_eq!(verify(URL, PATIENT_CREATED, keys, PATIENT_CREATED_SIGNATURE), Ok(()));
    }
    for keys in [&keys[..1], &keys[2..], &[]] {
        let outcome = verify(URL, PATIENT_CREATED, keys, PATIENT_CREATED_SIGNATURE);
        assert_eq!(outcome, Err(Refusal::Mismatch));
    }
}

#[test]
fn an_empty_key_signs_nothing_and_fits_nothing() {
    use hmac::{Hmac, KeyInit, Mac};
    assert_eq!(signature(URL, PATIENT_CREATED, ""), None);
    let forged = Hmac::<sha1::Sha1>::new_from_slice(b"")
        .unwrap()
        .chain_update(URL)
        .chain_update(of(PATIENT_CREATED))
        .finalize();
    let forged = base64::Engine::encode(&base64::prelude::BASE64_STANDARD, forged.into_bytes());
    let outcome = verify(URL, PATIENT_CREATED, &[String::new()], &forged);
    assert_eq!(outcome, Err(Refusal::Mismatch));
}

#[test]
fn a_signature_that_is_cut_padded_or_written_in_another_way_does_not_fit() {
    for given in [
        "",
        "=",
        "sTacrQuqJ5HjwA4vuZFMnKg/YRg",
        "sTacrQuqJ5HjwA4vuZFMnKg/YRh=",
        "sTacrQuqJ5HjwA4vuZFMnKg_YRg=",
        " sTacrQuqJ5HjwA4vuZFMnKg/YRg=",
        "sTacrQuqJ5HjwA4vuZFMnKg/YRg=, sTacrQuqJ5HjwA4vuZFMnKg/YRg=",
        "sTacrQuqJ5HjwA4vuZFM",
        "sTacrQuqJ5HjwA4vuZFMnKg/YRgA",
        "b1369cad0baa2791e3c00e2fb9914c9ca83f6118",
    ] {
        assert_eq!(verified(PATIENT_CREATED, given), Err(Refusal::Mismatch), "{given}");
    }
}

#[test]
fn what_is_no_json_object_cannot_be_signed() {
    for body in [
        "",
        " ",
        "null",
        "1",
        "\"a\"",
        "[]",
        "[{}]",
        "{",
        "{}}",
        "{} {}",
        "{\"a\":1,}",
        "{\"a\":[1,]}",
        "{\"a\":01}",
        "{\"a\":1.}",
        "{\"a\":+1}",
        "{\"a\":NaN}",
        "{\"a\":nul}",
        "{\"a\":nullx}",
        "{\"a\":[nullx]}",
        "{\"a\":[1 2]}",
        "{\"a\":'b'}",
        "{a:1}",
        "{\"a\":\"b}",
        "{\"a\":\"\t\"}",
        "{\"a\n\":1}",
        "{\"a\":\"\\x\"}",
        "{\"a\":[1}}",
        "{\"a\":{\"b\":[}]}",
        "\u{feff}{}",
    ] {
        assert_eq!(signature(URL, body, KEY), None, "{body}");
        assert_eq!(verified(body, PATIENT_CREATED_SIGNATURE), Err(Refusal::Malformed), "{body}");
    }
}

#[test]
fn a_name_that_comes_twice_in_an_object_cannot_be_signed() {
    for body in [
        r#"{"a":1,"a":1}"#,
        r#"{"a":1,"\u0061":2}"#,
        r#"{"a":{"b":1,"c":2,"b":3}}"#,
        r#"{"a":[{"b":1,"b":[]}]}"#,
    ] {
        assert_eq!(signature(URL, body, KEY), None, "{body}");
    }
    assert!(signature(URL, r#"{"a":{"a":{"a":1}},"b":[{"a":1},{"a":1}]}"#, KEY).is_some());
}

#[test]
fn a_field_that_left_its_object_for_a_name_with_brackets_is_refused() {
    let genuine = r#""event_data":{"object":{"id":5,"email":"a b","email2":null}}}"#;
    for moved in [
        r#""event_data":{"object":{"email":"a b","email2":null}},"event_data[object][id]":5}"#,
        r#""event_data":{"object":{"email":"a b","email2":null},"object][id":5}}"#,
        r#""event_data[object]":{"id":5,"email":"a b","email2":null}}"#,
        r#""event_data\u005bobject\u005d":{"id":5,"email":"a b","email2":null}}"#,
    ] {
        let body = INVOICE_UPDATED.replace(genuine, moved);
        assert_ne!(body, INVOICE_UPDATED);
        assert_eq!(verified(&body, INVOICE_UPDATED_SIGNATURE), Err(Refusal::Malformed), "{body}");
    }
    for name in ["[", "]", "a[b", "a]b", "[]", "a[b]", r"\u005B", r"\u005d"] {
        for body in [
            format!(r#"{{"{name}":1}}"#),
            format!(r#"{{"{name}":[]}}"#),
            format!(r#"{{"a":{{"{name}":1}}}}"#),
            format!(r#"{{"a":{{"{name}":{{}}}}}}"#),
            format!(r#"{{"a":[{{"{name}":1}}]}}"#),
            format!(r#"{{"a":{{"b":[[{{"{name}":1}}]]}}}}"#),
        ] {
            assert_eq!(signature(URL, &body, KEY), None, "{body}");
        }
    }
}

#[test]
fn an_array_is_refused_where_an_event_has_one_value() {
    for (value, array) in [
        (r#""id":1,"#, r#""id":[1],"#),
        (r#""livemode":true"#, r#""livemode":[true]"#),
        (
            r#""created_at":"2024-01-01T00:00:00.000Z""#,
            r#""created_at":["2024-01-01T00:00:00.000Z"]"#,
        ),
        (r#""event_type":"invoice_updated""#, r#""event_type":["invoice_updated"]"#),
        (r#""event_type":"invoice_updated""#, r#""event_type":[]"#),
        (r#""event_type":"invoice_updated""#, r#""event_typ\u0065":["invoice_updated"]"#),
    ] {
        let body = INVOICE_UPDATED.replacen(value, array, 1);
        assert_ne!(body, INVOICE_UPDATED);
        assert_eq!(verified(&body, INVOICE_UPDATED_SIGNATURE), Err(Refusal::Malformed), "{body}");
    }
    // Below the top these are names like any other, and elsewhere an array is signed.
    assert!(signature(URL, r#"{"a":{"id":[1]},"ids":[1]}"#, KEY).is_some());
}

#[test]
fn half_of_a_surrogate_pair_cannot_be_signed() {
    for half in [r"\ud83d", r"\ude00", r"\ud83d\ud83d", r"\ud83dA"] {
        assert_eq!(signature(URL, &format!(r#"{{"a":"{half}"}}"#), KEY), None, "{half}");
        assert_eq!(signature(URL, &format!(r#"{{"a":{{"{half}":1}}}}"#), KEY), None, "{half}");
    }
}

#[test]
fn values_that_are_too_deep_are_refused_without_going_down() {
    let nested = |levels| format!(r#"{{"a":{}1{}}}"#, "[".repeat(levels), "]".repeat(levels));
    assert!(signature(URL, &nested(64), KEY).is_some());
    assert_eq!(signature(URL, &nested(65), KEY), None);
    assert_eq!(signature(URL, &nested(500_000), KEY), None);
    let objects = format!(r#"{{"a":{}1{}}}"#, r#"{"b":"#.repeat(500_000), "}".repeat(500_000));
    assert_eq!(signature(URL, &objects, KEY), None);
    assert_eq!(signature(URL, &"{\"a\":".repeat(500_000), KEY), None);
}

#[test]
fn a_body_of_ten_megabytes_is_read() {
    let record = format!(r#"{{"id":1,"notes":"{}"}}"#, "x".repeat(1_000));
    let body = format!(r#"{{"a":{{"b":[{}]}}}}"#, vec![record; 10_000].join(","));
    assert!(body.len() > 10_000_000);
    assert!(signature(URL, &body, KEY).is_some());
}

#[test]
fn a_body_that_asks_for_far_more_text_than_it_holds_is_refused() {
    // Written out, the name alone would take 50 GB.
    let body =
        format!(r#"{{"{}":{{"a":[{}]}}}}"#, "k".repeat(500_000), vec!["1"; 100_000].join(","));
    assert_eq!(signature(URL, &body, KEY), None);
    // A name that no value follows costs nothing.
    let empty = vec!["[]"; 100_000].join(",");
    let body = format!(r#"{{"{}":{{"a":[{empty}]}}}}"#, "k".repeat(500_000));
    assert_eq!(of(&body), "");
}
