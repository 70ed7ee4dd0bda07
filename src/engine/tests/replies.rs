//! What comes back: taken out of its envelope, compared with the declared types, passed on as it is.

use serde_json::{Value, json};

use super::stage::{Act, Given, Network, Stage, Tokens, call};
use crate::engine::{Drift, Engine, Error, Failure, Happening, Mismatch, Options, Outcome, Reply};
use crate::schema::Value as Field;

async fn send(engine: &Engine<Network, Tokens>, id: &str, given: Given) -> Result<Reply, Error> {
    call(engine, id, given, Options::default()).await
}

fn from_welkin(stage: &Stage, drift: Drift, body: &[u8]) -> Result<Reply, Error> {
    stage.network.script([Act::bytes(200, body)]);
    let welkin = stage.welkin_with(|settings| settings.drift = drift);
    stage.run(send(welkin.engine(), "patientsGet", Given::path(json!(["p"]))))
}

fn from_inbox_health(stage: &Stage, body: &[u8]) -> Result<Reply, Error> {
    stage.network.script([Act::bytes(200, body)]);
    stage.run(send(stage.inbox_health().engine(), "invoicesGet", Given::path(json!([7]))))
}

/// What the observer was told of drift: place, expected, found.
fn drift(stage: &Stage) -> Vec<(String, &'static str, &'static str)> {
    let happenings = stage.happenings().into_iter();
    happenings
        .filter_map(|happening| match happening {
            Happening::Drift(Mismatch { place, expected, found }) => Some((place, expected, found)),
            _ => None,
        })
        .collect()
}

fn mismatch(error: &Error) -> &Mismatch {
    match &error.failure {
        Failure::Decode(mismatch) => mismatch,
        other => panic!("{other:?}"),
    }
}

fn json_of(reply: &Reply) -> Value {
    serde_json::from_slice(reply.record()).unwrap()
}

#[test]
fn the_envelope_is_removed() {
    let stage = Stage::new();
    let body = br#" { "new": [1] , "invoice" : {"id": 7, "notes": null} } "#;
    let reply = from_inbox_health(&stage, body).unwrap();
    assert_eq!(reply.record(), br#"{"id": 7, "notes": null}"#);
    assert_eq!(reply.body(), body);
    assert_eq!(drift(&stage), []);
}

#[test]
fn a_reply_without_its_envelope_passes_whole() {
    for body in [&br#"{"id":7,"notes":"n"}"#[..], b"{}"] {
        let stage = Stage::new();
        assert_eq!(from_inbox_health(&stage, body).unwrap().record(), body);
    }
}

#[test]
fn in_wire_form_the_envelope_stays() {
    let stage = Stage::new();
    stage.network.script([Act::json(json!({ "invoice": { "id": "7" } }))]);
    let given = Given::path(json!([7])).wire();
    let reply = stage.run(send(stage.inbox_health().engine(), "invoicesGet", given)).unwrap();
    assert_eq!(json_of(&reply), json!({ "invoice": { "id": "7" } }));
    assert_eq!(drift(&stage), [("id".into(), "integer", "string")]);
}

#[test]
fn status_headers_and_request_id_come_along() {
    let stage = Stage::new();
    let act = Act::json(json!({})).header("x-request-id", "r-1").header("etag", "e");
    stage.network.script([act]);
    let reply =
        stage.run(send(stage.welkin().engine(), "patientsGet", Given::path(json!(["p"])))).unwrap();
    assert_eq!((reply.status, reply.request_id.as_deref(), reply.attempts), (200, Some("r-1"), 1));
    assert_eq!(reply.headers[1], ("etag".into(), "e".into()));
}

#[test]
fn an_empty_reply_is_good_where_no_json_is_declared() {
    for status in [200, 204] {
        let stage = Stage::new();
        stage.network.script([Act::status(status)]);
        let welkin = stage.welkin();
        stage.run(welkin.patients().delete("p").into_future()).unwrap();
    }
}

#[test]
fn what_comes_where_no_json_is_declared_is_nobodys_business() {
    let stage = Stage::new();
    stage.network.script([Act::bytes(200, b"done")]);
    stage.run(stage.welkin().patients().delete("p").into_future()).unwrap();
    assert_eq!(drift(&stage), []);
}

#[test]
fn a_page_of_a_proxy_is_no_success_of_a_deletion() {
    let stage = Stage::new();
    stage.network.script([Act::bytes(200, b"\n<!doctype html><title>Sign in</title>")]);
    let error = stage.run(stage.welkin().patients().delete("p").into_future()).unwrap_err();
    assert_eq!(mismatch(&error).found, "text that is not JSON");
    assert_eq!(error.outcome, Outcome::Unknown);
}

#[test]
fn an_empty_reply_is_an_error_where_json_is_declared() {
    for drift in [Drift::Report, Drift::Strict, Drift::Off] {
        for body in [&b""[..], b" \r\n", b"\xef\xbb\xbf"] {
            let stage = Stage::new();
            let error = from_welkin(&stage, drift, body).unwrap_err();
            assert_eq!((mismatch(&error).found, error.outcome), ("nothing", Outcome::Unknown));
        }
    }
}

#[test]
fn a_status_without_a_body_is_drift_where_json_is_declared() {
    for (drift_is, told) in [(Drift::Report, 1), (Drift::Off, 0)] {
        let stage = Stage::new();
        stage.network.script([Act::status(204)]);
        let welkin = stage.welkin_with(|settings| settings.drift = drift_is);
        let given = Given::path(json!(["p"]));
        let reply = stage.run(send(welkin.engine(), "patientsGet", given)).unwrap();
        assert_eq!((reply.status, reply.record()), (204, &b""[..]));
        assert_eq!(drift(&stage), vec![(String::new(), "object", "nothing"); told]);
    }
    let stage = Stage::new();
    stage.network.script([Act::status(204)]);
    let welkin = stage.welkin_with(|settings| settings.drift = Drift::Strict);
    let given = Given::path(json!(["p"]));
    let error = stage.run(send(welkin.engine(), "patientsGet", given)).unwrap_err();
    assert_eq!((mismatch(&error).found, error.outcome), ("nothing", Outcome::Unknown));
}

#[test]
fn what_is_no_json_is_no_drift_besides() {
    let stage = Stage::new();
    from_welkin(&stage, Drift::Report, b"<html></html>").unwrap_err();
    assert_eq!(drift(&stage), []);
}

#[test]
fn what_is_no_json_is_an_error_and_is_not_quoted() {
    let truncated = br#"{"id":"p","firstName":"Ada"#;
    for drift in [Drift::Report, Drift::Strict] {
        for body in [&b"<html><body>Ada</body></html>"[..], truncated, b"Ada", b"{} {}"] {
            let stage = Stage::new();
            let error = from_welkin(&stage, drift, body).unwrap_err();
            let expected = "patientsGet: the reply is not what it must be: expected object, found text that is not JSON";
            assert_eq!(error.to_string(), expected);
            assert_eq!(error.outcome, Outcome::Unknown);
            assert_eq!(stage.network.count(), 1);
        }
    }
}

#[test]
fn without_the_check_the_reader_of_the_reply_finds_what_is_no_json() {
    let stage = Stage::new();
    stage.network.script([Act::bytes(200, b"<html>Ada</html>")]);
    let welkin = stage.welkin_with(|settings| settings.drift = Drift::Off);
    let error = stage.run(welkin.patients().get("p").into_future()).unwrap_err();
    assert!(matches!(error.failure, Failure::Decode(_)) && !error.to_string().contains("Ada"));
}

#[test]
fn a_wrong_type_is_reported_with_its_path_and_the_reply_is_passed_on() {
    let stage = Stage::new();
    let body = json!({
        "id": 5,
        "careTeam": [{ "username": true, "roles": {} }],
        "patientPrograms": [{ "pathHistory": [{ "timestamp": {} }] }],
        "email": null,
    });
    let reply = from_welkin(&stage, Drift::Report, body.to_string().as_bytes()).unwrap();
    assert_eq!(json_of(&reply), body);
    let mut places = drift(&stage);
    places.sort_unstable();
    let expected = [
        ("careTeam[].roles", "array", "object"),
        ("careTeam[].username", "string", "boolean"),
        ("id", "string", "number"),
        ("patientPrograms[].pathHistory[].timestamp", "string", "object"),
    ];
    assert_eq!(places, expected.map(|(place, of, found)| (place.to_owned(), of, found)));
}

#[test]
fn drift_is_reported_once_per_place() {
    let stage = Stage::new();
    let page = json!({ "content": [{ "id": 1 }, { "id": 2 }, { "id": 3, "city": 4 }] }).to_string();
    stage.network.always(move |_| Act::bytes(200, page.as_bytes()));
    let welkin = stage.welkin();
    for _ in 0..3 {
        stage.run(send(welkin.engine(), "patientsList", Given::nothing())).unwrap();
    }
    let places = |stage: &Stage| drift(stage).into_iter().map(|drift| drift.0).collect::<Vec<_>>();
    assert_eq!(places(&stage), ["content[].id", "content[].city"]);
    // The same place in the reply of another operation is another place.
    let body = json!({});
    let given = Given::nothing().body(body);
    stage.run(send(welkin.engine(), "patientsFindByFilter", given)).unwrap();
    assert_eq!(places(&stage).len(), 4);
}

#[test]
fn in_strict_mode_the_first_drift_is_the_error() {
    let stage = Stage::new();
    let body = br#"{"city":4,"state":5}"#;
    let error = from_welkin(&stage, Drift::Strict, body).unwrap_err();
    assert_eq!(mismatch(&error).place, "city");
    assert_eq!(error.outcome, Outcome::Unknown);
    assert_eq!(drift(&stage), []);
}

#[test]
fn switched_off_drift_is_neither_told_nor_an_error() {
    let stage = Stage::new();
    from_welkin(&stage, Drift::Off, br#"{"city":4,"id":12345678901234567890}"#).unwrap();
    assert_eq!(drift(&stage), []);
}

#[test]
fn null_is_drift_only_where_no_source_shows_it() {
    let stage = Stage::new();
    from_welkin(&stage, Drift::Report, br#"{"email":null,"firstName":null}"#).unwrap();
    assert_eq!(drift(&stage), [("firstName".into(), "string", "null")]);
    // Inbox Health may send null for any field.
    let stage = Stage::new();
    from_inbox_health(&stage, br#"{"invoice":{"id":null,"estimate":null,"line_items":null}}"#)
        .unwrap();
    assert_eq!(drift(&stage), []);
}

#[test]
fn null_in_place_of_a_record_is_drift() {
    let stage = Stage::new();
    from_inbox_health(&stage, br#"{"invoice":null}"#).unwrap();
    assert_eq!(drift(&stage), [(String::new(), "object", "null")]);
    let stage = Stage::new();
    stage.network.script([Act::bytes(200, br#"{"invoices":[{"id":7},null]}"#)]);
    stage.run(send(stage.inbox_health().engine(), "invoicesList", Given::nothing())).unwrap();
    assert_eq!(drift(&stage), [("invoices[]".into(), "object", "null")]);
}

#[test]
fn unknown_fields_and_words_are_no_drift_and_survive() {
    let stage = Stage::new();
    let body = json!({ "gender": "NEW_WORD", "added": { "deep": [{ "x": 1 }] }, "id": "p" });
    stage.network.script([Act::json(body.clone())]);
    let patient = stage.run(stage.welkin().patients().get("p").into_future()).unwrap();
    assert_eq!(patient.other["added"], body["added"]);
    assert_eq!(serde_json::to_value(&patient).unwrap(), body);
    assert_eq!(drift(&stage), []);
}

#[test]
fn null_and_absent_stay_different_in_typed_replies() {
    let stage = Stage::new();
    stage.network.script([Act::json(json!({ "email": null, "phone": "+1 206 555 0100" }))]);
    let patient = stage.run(stage.welkin().patients().get("p").into_future()).unwrap();
    assert_eq!(patient.email, Field::Null);
    assert_eq!(patient.phone, Field::Set("+1 206 555 0100".into()));
    assert_eq!(patient.city, Field::Absent);
}

#[test]
fn a_number_that_javascript_would_round_is_drift_wherever_it_is() {
    let stage = Stage::new();
    let big = "9007199254740993";
    let body = format!(r#"{{"invoice":{{"id":{big},"added":[{big}]}},"beside":{big}}}"#);
    let reply = from_inbox_health(&stage, body.as_bytes()).unwrap();
    assert!(reply.record().windows(big.len()).any(|window| window == big.as_bytes()));
    let exact = "number that JavaScript holds exactly";
    let expected = [
        ("id".into(), exact, "number"),
        ("*".into(), exact, "number"),
        (String::new(), exact, "number"),
    ];
    assert_eq!(drift(&stage), expected);
}

#[test]
fn a_fraction_is_drift_where_a_whole_number_is_declared() {
    for cents in ["10.5", "10.50", "1.05e1"] {
        let stage = Stage::new();
        let body = format!(r#"{{"invoice":{{"total_insurance_balance_cents":{cents}}}}}"#);
        from_inbox_health(&stage, body.as_bytes()).unwrap();
        assert_eq!(drift(&stage), [("total_insurance_balance_cents".into(), "integer", "number")]);
    }
}

#[test]
fn a_whole_number_may_be_written_with_a_point() {
    for cents in ["5.0", "-5.00", "0.0"] {
        let stage = Stage::new();
        let body = format!(r#"{{"invoice":{{"total_insurance_balance_cents":{cents}}}}}"#);
        from_inbox_health(&stage, body.as_bytes()).unwrap();
        assert_eq!(drift(&stage), [], "{cents}");
    }
}

#[test]
fn a_byte_order_mark_is_passed_over() {
    let stage = Stage::new();
    let reply = from_welkin(&stage, Drift::Strict, b"\xef\xbb\xbf{\"id\":\"p\"}").unwrap();
    assert_eq!(reply.record(), br#"{"id":"p"}"#);
}

#[test]
fn deep_nesting_costs_no_stack() {
    let deep = "[".repeat(200_000) + &"]".repeat(200_000);
    for body in [format!(r#"{{"added":{deep}}}"#), format!(r#"{{"careTeam":{deep}}}"#)] {
        let stage = Stage::new();
        let reply = from_welkin(&stage, Drift::Report, body.as_bytes()).unwrap();
        assert_eq!(reply.record().len(), body.len());
    }
}

#[test]
fn invalid_utf_8_breaks_the_typed_reply_and_nothing_else() {
    let body = b"{\"firstName\":\"A\xff\"}";
    let stage = Stage::new();
    assert_eq!(from_welkin(&stage, Drift::Report, body).unwrap().record(), body);
    stage.network.script([Act::bytes(200, body)]);
    let error = stage.run(stage.welkin().patients().get("p").into_future()).unwrap_err();
    assert_eq!(mismatch(&error).expected, "a reply of the declared type");
}

#[test]
fn a_reply_of_another_type_is_an_error_of_the_typed_call() {
    let stage = Stage::new();
    stage.network.script([Act::json(json!({ "firstName": 5 }))]);
    let error = stage.run(stage.welkin().patients().get("p").into_future()).unwrap_err();
    assert_eq!((mismatch(&error).place.as_str(), error.operation), ("", "patientsGet"));
    assert_eq!(drift(&stage), [("firstName".into(), "string", "number")]);
}

#[test]
fn the_keys_of_a_map_are_data_and_stay_unnamed() {
    let stage = Stage::new();
    let body = json!({ "customUserAttributes": { "Ada Example": 5 } });
    stage.network.script([Act::json(body)]);
    stage.run(send(stage.welkin().engine(), "usersGet", Given::path(json!(["u"])))).unwrap();
    let expected = ("customUserAttributes.*".into(), "string or array", "number");
    assert_eq!(drift(&stage), [expected]);
}
