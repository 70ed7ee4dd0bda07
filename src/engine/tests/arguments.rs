//! What a caller gives: refused before anything is sent, or put on the wire as the API wants it.

use serde_json::{Value, json};

use super::stage::{Act, Given, Network, Sent, Stage, Tokens, call};
use crate::engine::{Engine, Failure, Options, Outcome};
use crate::inbox_health::{invoices, patients, payments};
use crate::operation::{Api, Method, Paging};
use crate::schema::Value as Field;

/// The parameter that a refused call names. Nothing was sent, and no token was asked for.
fn refused(stage: &Stage, engine: &Engine<Network, Tokens>, id: &str, given: Given) -> String {
    let error = stage.run(call(engine, id, given, Options::default())).unwrap_err();
    let Failure::Config(argument) = error.failure else { panic!("{error:?}") };
    assert_eq!((error.outcome, error.operation), (Outcome::NotSent, id));
    assert_eq!((stage.network.count(), stage.tokens.count()), (0, 0));
    assert!(!argument.expected.is_empty());
    argument.parameter
}

fn refused_by_welkin(id: &str, given: Given) -> String {
    let stage = Stage::new();
    refused(&stage, stage.welkin().engine(), id, given)
}

fn refused_by_inbox_health(id: &str, given: Given) -> String {
    let stage = Stage::new();
    refused(&stage, stage.inbox_health().engine(), id, given)
}

fn sent_by_welkin(id: &str, given: Given) -> Sent {
    let stage = Stage::new();
    stage.network.script([Act::json(json!({}))]);
    stage.run(call(stage.welkin().engine(), id, given, Options::default())).unwrap();
    stage.network.only()
}

fn sent_by_inbox_health(id: &str, given: Given) -> Sent {
    let stage = Stage::new();
    stage.network.script([Act::json(json!({}))]);
    stage.run(call(stage.inbox_health().engine(), id, given, Options::default())).unwrap();
    stage.network.only()
}

fn body(sent: &Sent) -> Value {
    serde_json::from_str(sent.body.as_deref().unwrap()).unwrap()
}

mod path {
    use super::*;

    #[test]
    fn a_value_that_is_no_path_segment_is_refused_by_name() {
        let long = "x".repeat(3);
        for value in [
            json!(null),
            json!(""),
            json!("."),
            json!(".."),
            json!("a/b"),
            json!("/"),
            json!("a\\b"),
            json!("a\nb"),
            json!("a\0"),
            json!(5),
            json!(1e21),
            json!(true),
            json!({ "id": long }),
            json!([long]),
        ] {
            let given = Given::path(json!([value]));
            assert_eq!(refused_by_welkin("patientsGet", given), "patientId", "{value}");
            let given = Given::path(json!({ "patientId": value }));
            assert_eq!(refused_by_welkin("patientsGet", given), "patientId", "{value}");
        }
    }

    #[test]
    fn a_value_that_is_no_whole_number_is_refused_where_an_id_is_one() {
        for value in [
            json!(-1),
            json!(1.5),
            json!(1e30),
            json!("-1"),
            json!("7a"),
            json!("07"),
            json!(""),
            json!(null),
        ] {
            let given = Given::path(json!([value]));
            assert_eq!(refused_by_inbox_health("patientsGet", given), "id", "{value}");
        }
    }

    #[test]
    fn a_missing_value_is_refused() {
        assert_eq!(refused_by_welkin("patientsGet", Given::nothing()), "patientId");
        assert_eq!(refused_by_welkin("patientsGet", Given::path(json!([]))), "patientId");
        assert_eq!(refused_by_welkin("patientsGet", Given::path(json!({}))), "patientId");
    }

    #[test]
    fn too_many_values_are_refused() {
        assert_eq!(refused_by_welkin("patientsGet", Given::path(json!(["p", "q"]))), "path");
        assert_eq!(refused_by_welkin("usersList", Given::path(json!(["p"]))), "path");
        let named = Given::path(json!({ "patientId": "p", "userId": "u" }));
        assert_eq!(refused_by_welkin("patientsGet", named), "path.userId");
    }

    #[test]
    fn what_is_neither_list_nor_object_is_refused() {
        for path in [json!("p"), json!(7), json!(null)] {
            assert_eq!(refused_by_welkin("patientsGet", Given::path(path)), "path");
        }
    }

    #[test]
    fn a_name_that_may_be_data_is_not_repeated() {
        let named = Given::path(json!({ "Ada Example <ada@example.test>": "p" }));
        assert_eq!(refused_by_welkin("patientsGet", named), "path.…");
    }

    #[test]
    fn odd_characters_are_encoded() {
        for (value, encoded) in [
            ("a b", "a%20b"),
            ("a%2Fb", "a%252Fb"),
            ("a?b#c", "a%3Fb%23c"),
            ("a;b=c&d", "a%3Bb%3Dc%26d"),
            ("é", "%C3%A9"),
            ("a.b-c_d~e", "a.b-c_d~e"),
            ("...", "..."),
            ("ada@example.test", "ada%40example.test"),
        ] {
            let sent = sent_by_welkin("patientsGet", Given::path(json!([value])));
            assert_eq!(sent.target(), format!("gh/sb-demo/patients/{encoded}"));
        }
    }

    #[test]
    fn whole_numbers_come_as_numbers_or_as_text() {
        for value in [json!(7), json!("7")] {
            let sent = sent_by_inbox_health("patientsGet", Given::path(json!([value])));
            assert_eq!(sent.url, "https://inbox.example.test/partner/v2/patients/7");
        }
    }

    #[test]
    fn tenant_and_instance_are_filled_in() {
        let sent = sent_by_welkin("patientsGet", Given::path(json!({ "patientId": "p" })));
        assert_eq!(sent.url, "https://api.live.welkincloud.io/gh/sb-demo/patients/p");
        let stage = Stage::new();
        stage.network.script([Act::json(json!({}))]);
        let odd = stage.welkin_with(|settings| {
            settings.known = vec![("tenantName", "g/h".into()), ("instanceName", "ü".into())];
        });
        let given = Given::path(json!(["p"]));
        stage.run(call(odd.engine(), "patientsGet", given, Options::default())).unwrap();
        assert_eq!(stage.network.only().target(), "g%2Fh/%C3%BC/patients/p");
    }

    #[test]
    fn a_dash_stands_where_only_the_gateway_knows_the_value() {
        let stage = Stage::new();
        stage.network.script([Act::json(json!({}))]);
        let welkin = stage.welkin_with(|settings| {
            settings.known.clear();
            settings.base_url = "/api/welkin".into();
        });
        let given = Given::path(json!(["p"]));
        stage.run(call(welkin.engine(), "patientsGet", given, Options::default())).unwrap();
        assert_eq!(stage.network.only().url, "/api/welkin/-/-/patients/p");
    }
}

mod query {
    use super::*;

    fn refused(id: &str, query: Value) -> String {
        refused_by_welkin(id, Given::nothing().query(query))
    }

    fn target(id: &str, query: Value) -> String {
        let sent = sent_by_welkin(id, Given::nothing().query(query));
        sent.target().split_once('?').map_or(String::new(), |(_, query)| query.into())
    }

    #[test]
    fn an_unknown_name_is_refused() {
        assert_eq!(refused("patientsList", json!({ "pgae": 1 })), "query.pgae");
        assert_eq!(refused("patientsList", json!({ "filter[name]": "x" })), "query.filter[name]");
        assert_eq!(refused("patientsList", json!({ "sort[x]": "y" })), "query.sort[x]");
        assert_eq!(refused("patientsList", json!({ "Ada Example": "x" })), "query.…");
    }

    #[test]
    fn a_value_of_another_type_is_refused() {
        for (name, value) in [
            ("page", json!("1")),
            ("page", json!(1.5)),
            ("page", json!(-1)),
            ("page", json!(1e21)),
            ("page", json!(null)),
            ("page", json!([1])),
            ("search", json!(null)),
            ("search", json!(true)),
            ("search", json!({})),
            ("seatAssigned", json!("true")),
            ("seatAssigned", json!(1)),
            ("ids", json!([null])),
            ("ids", json!({})),
            ("ids", json!([["a"]])),
        ] {
            let parameter = format!("query.{name}");
            assert_eq!(refused("usersList", json!({ name: value })), parameter, "{value}");
        }
        assert_eq!(refused("usersList", json!(["page"])), "query");
    }

    #[test]
    fn a_required_parameter_that_is_missing_is_refused() {
        assert_eq!(refused("calendarEventsList", json!({ "from": "a" })), "query.to");
        assert_eq!(refused_by_welkin("calendarEventsList", Given::nothing()), "query.from");
    }

    #[test]
    fn values_are_written_by_their_type_and_encoded() {
        let query = json!({ "search": "a&b=c d+é", "seatAssigned": false, "size": 1000 });
        let expected = "search=a%26b%3Dc%20d%2B%C3%A9&seatAssigned=false&size=1000";
        assert_eq!(target("usersList", query), expected);
    }

    #[test]
    fn a_list_is_one_parameter_joined_by_commas() {
        assert_eq!(target("usersList", json!({ "ids": ["a", "b,c", "d"] })), "ids=a,b%2Cc,d");
        assert_eq!(target("usersList", json!({ "ids": "a" })), "ids=a");
    }

    #[test]
    fn an_empty_value_is_sent_as_one() {
        assert_eq!(target("patientsList", json!({ "timezone": "" })), "timezone=");
    }

    #[test]
    fn without_a_query_there_is_no_question_mark() {
        assert!(!sent_by_welkin("usersList", Given::nothing()).url.contains('?'));
        assert!(!sent_by_welkin("usersList", Given::nothing().query(json!({}))).url.contains('?'));
    }

    #[test]
    fn every_list_of_inbox_health_takes_the_paging_that_its_row_names() {
        let query = json!({ "filter": { "name": "a b" }, "sort": "id", "page": 2, "per_page": 5 });
        let expected = ["filter%5Bname%5D=a%20b", "page=2", "per_page=5", "sort=id"];
        let lists = Api::InboxHealth.operations().filter(|of| of.paging != Paging::None);
        for operation in lists {
            let path: Vec<u64> = operation.segments.iter().map(|_| 7).collect();
            let given = Given::path(json!(path)).query(query.clone());
            let sent = sent_by_inbox_health(operation.id, given);
            let (_, sent) = sent.url.split_once('?').unwrap();
            let mut sent: Vec<&str> = sent.split('&').collect();
            sent.sort_unstable();
            assert_eq!(sent, expected, "{}", operation.id);
        }
    }

    #[test]
    fn the_key_of_a_list_with_brackets_is_repeated() {
        for query in [json!({ "enterprise_ids": [3, 4] }), json!({ "enterprise_ids[]": [3, 4] })] {
            let sent = sent_by_inbox_health("sftpUploadsList", Given::nothing().query(query));
            let expected = "partner/v2/sftp_uploads?enterprise_ids%5B%5D=3&enterprise_ids%5B%5D=4";
            assert_eq!(sent.target(), expected);
        }
    }

    #[test]
    fn filter_fields_become_keys_in_brackets() {
        for query in [
            json!({ "filter": { "first_name": "Ada & Co" }, "per_page": 2 }),
            json!({ "filter[first_name]": "Ada & Co", "per_page": 2 }),
        ] {
            let sent = sent_by_inbox_health("invoicesList", Given::nothing().query(query));
            let expected = "partner/v2/invoices?filter%5Bfirst_name%5D=Ada%20%26%20Co&per_page=2";
            assert_eq!(sent.target(), expected);
        }
        let query = json!({ "filter": { "removed": false, "id": 7 }, "filter[open]": true });
        let sent = sent_by_inbox_health("invoicesList", Given::nothing().query(query));
        let expected = "filter%5Bremoved%5D=false&filter%5Bid%5D=7&filter%5Bopen%5D=true";
        assert_eq!(sent.target(), ["partner/v2/invoices?", expected].concat());
        for filter in [json!("x"), json!({ "first_name": null }), json!({ "first_name": ["x"] })] {
            let given = Given::nothing().query(json!({ "filter": filter }));
            assert_eq!(refused_by_inbox_health("invoicesList", given), "query.filter", "{filter}");
        }
    }
}

mod bodies {
    use super::*;

    fn refused(id: &str, body: Value) -> String {
        let path = if id.ends_with("Update") { json!(["7"]) } else { json!([]) };
        refused_by_welkin(id, Given::path(path).body(body))
    }

    fn refused_invoice(body: Value) -> String {
        refused_by_inbox_health("invoicesCreate", Given::nothing().body(body))
    }

    #[test]
    fn a_missing_body_is_refused() {
        assert_eq!(refused_by_welkin("patientsCreate", Given::nothing()), "body");
    }

    #[test]
    fn a_body_is_refused_where_none_is_taken() {
        let given = Given::path(json!(["p"])).body(json!({}));
        assert_eq!(refused_by_welkin("patientsGet", given), "body");
    }

    #[test]
    fn a_required_field_that_is_missing_or_null_is_refused() {
        assert_eq!(refused("patientsCreate", json!({ "firstName": "Ada" })), "body.lastName");
        let body = json!({ "firstName": null, "lastName": "Example" });
        assert_eq!(refused("patientsCreate", body), "body.firstName");
        let body = json!({ "patientTerritories": [{ "name": 1 }] });
        assert_eq!(refused("patientsUpdate", body), "body.patientTerritories[].name");
    }

    #[test]
    fn a_field_of_another_type_is_refused_by_its_place() {
        for (body, place) in [
            (json!([]), "body"),
            (json!("x"), "body"),
            (json!(null), "body"),
            (json!({ "city": 5 }), "body.city"),
            (json!({ "city": ["x"] }), "body.city"),
            (json!({ "careTeam": {} }), "body.careTeam"),
            (
                json!({ "careTeam": [{ "id": "u", "pointOfContact": "true" }] }),
                "body.careTeam[].pointOfContact",
            ),
        ] {
            assert_eq!(refused("patientsUpdate", body), place);
        }
    }

    #[test]
    fn money_is_whole_cents() {
        for amount in [json!(10.5), json!("1050"), json!(1e3), json!(9_007_199_254_740_993_u64)] {
            let body =
                json!({ "line_items_attributes": [{ "total_charge_amount_cents": amount }] });
            let place = "body.line_items_attributes[].total_charge_amount_cents";
            assert_eq!(refused_invoice(body), place, "{amount}");
        }
    }

    #[test]
    fn leaving_setting_and_clearing_a_field_stay_different() {
        let change = json!({ "city": null, "state": "CA" });
        let sent = sent_by_welkin("patientsUpdate", Given::path(json!(["p"])).body(change.clone()));
        assert_eq!((sent.method.as_str(), body(&sent)), ("PATCH", change));
        assert_eq!(sent.header("content-type"), Some("application/json"));
    }

    #[test]
    fn unknown_fields_and_words_are_sent_as_they_are() {
        let body_given = json!({ "gender": "NEW_WORD", "added": { "later": [1, "x", null] } });
        let sent =
            sent_by_welkin("patientsUpdate", Given::path(json!(["p"])).body(body_given.clone()));
        assert_eq!(body(&sent), body_given);
    }

    #[test]
    fn an_inbox_health_record_travels_in_its_envelope() {
        let record = json!({ "patient_id": 7, "notes": "n" });
        let sent = sent_by_inbox_health("invoicesCreate", Given::nothing().body(record.clone()));
        assert_eq!(body(&sent), json!({ "invoice": record }));
    }

    #[test]
    fn a_put_repeats_the_id_of_its_path() {
        let given = Given::path(json!([7])).body(json!({ "notes": "n" }));
        let sent = sent_by_inbox_health("invoicesUpdate", given);
        assert_eq!(body(&sent), json!({ "id": 7, "invoice": { "notes": "n" } }));
    }

    #[test]
    fn siblings_of_the_envelope_are_taken_from_the_query() {
        let beside = json!({ "email": "ada@example.test" });
        let given = Given::nothing().body(json!({ "patient_id": 7 })).query(beside);
        let sent = sent_by_inbox_health("invoicesCreate", given);
        let expected = json!({ "invoice": { "patient_id": 7 }, "email": "ada@example.test" });
        assert_eq!(body(&sent), expected);
        assert!(!sent.url.contains('?'));

        let given = Given::nothing()
            .body(json!({ "payment_method_type": "cash" }))
            .query(json!({ "invoice_id": "9" }));
        assert_eq!(refused_by_inbox_health("paymentsCreate", given), "invoice_id");
    }

    #[test]
    fn each_sibling_stands_beside_its_envelope() {
        for (id, sibling, envelope) in [
            ("invoicesUpdate", json!({ "email": "ada@example.org" }), "invoice"),
            ("paymentsCreate", json!({ "invoice_id": 9 }), "payment"),
            ("paymentAdjustmentsCreate", json!({ "voided": false }), "payment_adjustment"),
            ("patientsCreate", json!({ "force": true }), "patient"),
        ] {
            let update = id.ends_with("Update");
            let path = if update { json!([7]) } else { json!([]) };
            let record = json!({ "payment_method_type": "cash" });
            let given = Given::path(path).body(record.clone()).query(sibling.clone());
            let mut expected = sibling;
            expected[envelope] = record;
            if update {
                expected["id"] = json!(7);
            }
            assert_eq!(body(&sent_by_inbox_health(id, given)), expected, "{id}");
        }
    }

    #[test]
    fn every_body_of_inbox_health_travels_as_its_row_says() {
        for operation in Api::InboxHealth.operations() {
            let Some(of) = operation.body else { continue };
            let path: Vec<u64> = operation.segments.iter().map(|_| 7).collect();
            let record = json!({
                "payment_method_type": "cash", "invoice": {},
                "payment": { "payment_method_type": "cash" },
            });
            let given = Given::path(json!(path)).body(record.clone());
            let sent = body(&sent_by_inbox_health(operation.id, given));
            let expected = match (of.envelope, operation.method) {
                ("", _) => record,
                (envelope, Method::PUT) => json!({ "id": 7, envelope: record }),
                (envelope, _) => json!({ envelope: record }),
            };
            assert_eq!(sent, expected, "{}", operation.id);
        }
    }

    #[test]
    fn an_import_batch_has_no_envelope() {
        let batch = json!({ "filename": "a.csv", "enterprise_id": 3, "start": true });
        let given = Given::nothing().body(batch.clone());
        assert_eq!(body(&sent_by_inbox_health("sftpUploadsCreateImportBatch", given)), batch);
    }

    #[test]
    fn nested_records_stay_inside_the_record_under_the_key_of_the_api() {
        for (id, envelope, key) in [
            ("enterprisesUpdate", "enterprise", "practices_attributes"),
            ("invoicesUpdate", "invoice", "line_items_attributes"),
            ("patientsUpdate", "patient", "emergency_contacts_attributes"),
            (
                "invoicePaymentsUpdate",
                "invoice_payment",
                "payment_reasons_invoice_payments_attributes",
            ),
        ] {
            let record = json!({ key: [{ "id": 5 }, { "new": "field" }] });
            let given = Given::path(json!([7])).body(record.clone());
            let sent = sent_by_inbox_health(id, given);
            assert_eq!(body(&sent), json!({ "id": 7, envelope: record }), "{id}");
        }
    }

    #[test]
    fn quick_pay_carries_two_envelopes_of_its_own() {
        let both = json!({
            "invoice": { "patient_id": 7, "line_items_attributes": [{ "quantity": 1 }] },
            "payment": { "patient_id": 7, "payment_method_type": "cash" },
        });
        let given = Given::nothing().body(both.clone());
        let sent = sent_by_inbox_health("paymentsQuickPay", given);
        assert_eq!((sent.target(), body(&sent)), ("partner/v2/payments/quick_pay", both));
        let given = Given::nothing().body(json!({ "invoice": {} }));
        assert_eq!(refused_by_inbox_health("paymentsQuickPay", given), "body.payment");
    }
}

mod wire {
    use super::*;

    #[test]
    fn query_values_in_wire_form_may_be_text() {
        let query = |query| Given::nothing().query(query).wire();
        let given = query(json!({ "page": "2", "seatAssigned": "true", "ids": "a,b" }));
        let expected = "users?page=2&seatAssigned=true&ids=a%2Cb";
        assert!(sent_by_welkin("usersList", given).target().ends_with(expected));
        for (name, value) in [("page", "-1"), ("page", "1x"), ("page", ""), ("seatAssigned", "yes")]
        {
            let parameter = ["query.", name].concat();
            assert_eq!(refused_by_welkin("usersList", query(json!({ name: value }))), parameter);
        }
    }

    #[test]
    fn a_body_in_wire_form_is_sent_as_it_is() {
        let wire = json!({ "invoice": { "patient_id": 7 }, "email": "ada@example.test", "new": 1 });
        let given = Given::nothing().body(wire.clone()).wire();
        assert_eq!(body(&sent_by_inbox_health("invoicesCreate", given)), wire);
    }

    #[test]
    fn a_body_in_wire_form_is_checked_inside_its_envelope() {
        for (wire, place) in [
            (json!({ "patient_id": 7 }), "body.invoice"),
            (json!({ "invoice": 7 }), "body.invoice"),
            (json!({ "invoice": null }), "body.invoice"),
            (json!({ "invoice": { "patient_id": "7" } }), "body.invoice.patient_id"),
            (json!([]), "body.invoice"),
        ] {
            let given = Given::nothing().body(wire).wire();
            assert_eq!(refused_by_inbox_health("invoicesCreate", given), place);
        }
    }

    #[test]
    fn siblings_belong_into_the_body_in_wire_form() {
        let given = Given::nothing()
            .body(json!({ "invoice": {} }))
            .query(json!({ "email": "ada@example.test" }))
            .wire();
        assert_eq!(refused_by_inbox_health("invoicesCreate", given), "query.email");
    }
}

mod typed {
    use super::*;

    #[test]
    fn the_typed_call_sends_what_it_was_given_and_no_more() {
        let stage = Stage::new();
        stage.network.always(|_| Act::json(json!({ "payment": { "id": 3 } })));
        let inbox = stage.inbox_health();
        let input = payments::PaymentInput {
            payment_method_type: payments::PaymentMethodType::CASH.into(),
            expected_amount_cents: 1_250.into(),
            description: Field::Null,
            ..Default::default()
        };
        let query = payments::create::Query { invoice_id: Some(9) };
        let paid = stage.run(inbox.payments().create(&input).query(query).into_future()).unwrap();
        assert_eq!(paid.id, Field::Set(3));
        let expected = json!({
            "payment": {
                "payment_method_type": "cash",
                "expected_amount_cents": 1_250,
                "description": null,
            },
            "invoice_id": 9,
        });
        assert_eq!(body(&stage.network.only()), expected);
    }

    #[test]
    fn the_typed_query_leaves_out_what_is_not_set() {
        let stage = Stage::new();
        stage.network.always(|_| Act::json(json!({ "invoices": [] })));
        let inbox = stage.inbox_health();
        let filter = Some([("first_name".to_owned(), "Ada".to_owned())].into());
        let query = invoices::list::Query { filter, ..Default::default() };
        stage.run(inbox.invoices().list().query(query).into_future()).unwrap();
        let sent = stage.network.only();
        assert_eq!(sent.target(), "partner/v2/invoices?filter%5Bfirst_name%5D=Ada");
    }

    #[test]
    fn path_values_of_a_typed_call_are_checked_too() {
        let stage = Stage::new();
        let error = stage.run(stage.welkin().patients().get("a/b").into_future()).unwrap_err();
        assert_eq!(
            error.to_string(),
            "patientsGet: patientId: expected a non-empty string without slashes, other than \".\" and \"..\""
        );
        let inbox = stage.inbox_health();
        let input = patients::PatientInput::default();
        let error = stage.run(inbox.patients().update(-1, &input).into_future()).unwrap_err();
        assert_eq!(error.to_string(), "patientsUpdate: id: expected a whole number of at least 0");
        assert_eq!(stage.network.count(), 0);
    }

    #[test]
    fn a_value_that_json_cannot_hold_is_refused() {
        let stage = Stage::new();
        let inbox = stage.inbox_health();
        let mut input = patients::PatientInput::default();
        input.other.insert("health_record_id".into(), json!(1));
        let error = stage.run(inbox.patients().create(&input).into_future()).unwrap_err();
        assert_eq!(error.to_string(), "patientsCreate: body.health_record_id: expected string");
    }
}

mod generic_requests {
    use super::*;
    use crate::engine::Generic;

    fn request(path: &str) -> Generic<bool> {
        Generic { method: "GET".into(), path: path.into(), body: None, repeatable: true }
    }

    #[test]
    fn a_path_that_would_leave_the_base_url_is_refused() {
        for path in [
            "",
            "x",
            "https://example.test/",
            "//example.test/x",
            "/\\example.test",
            "/a/../b",
            "/a/%2e%2E/b",
            "/.",
            "/a/.",
            "/a b",
            "/a\nb",
            "/a#b",
            "/%2e./",
        ] {
            let stage = Stage::new();
            let welkin = stage.welkin();
            let refused = welkin.engine().request(request(path), Options::default());
            let error = stage.run(refused).unwrap_err();
            let Failure::Config(argument) = error.failure else { panic!("{path}: {error:?}") };
            assert_eq!((argument.parameter.as_str(), error.operation), ("path", "request"));
            assert_eq!((stage.network.count(), stage.tokens.count()), (0, 0));
        }
    }

    #[test]
    fn a_link_of_a_reply_is_no_path_for_it_leads_to_another_host() {
        let links = json!({ "invoices": "https://demo.inboxhealth.com/api/partner/v2/invoices" });
        let stage = Stage::new();
        stage.network.script([Act::json(json!({ "patient": { "id": 7, "links": links } }))]);
        let inbox = stage.inbox_health();
        let reply =
            call(inbox.engine(), "patientsGet", Given::path(json!([7])), Options::default());
        let reply: Value = serde_json::from_slice(stage.run(reply).unwrap().record()).unwrap();
        let link = reply["links"]["invoices"].as_str().unwrap();
        let refused = inbox.engine().request(request(link), Options::default());
        assert!(matches!(stage.run(refused).unwrap_err().failure, Failure::Config(_)));
        // The call that read the patient is all that was sent.
        assert_eq!(stage.network.count(), 1);
    }

    #[test]
    fn a_path_of_its_own_goes_below_the_base_url_with_the_token() {
        let stage = Stage::new();
        stage.network.script([Act::bytes(200, b"text").header("x-request-id", "r-1")]);
        let welkin = stage.welkin();
        let request = request("/gh/new/thing?a=..%2f&b=/../x");
        let reply = stage.run(welkin.engine().request(request, Options::default())).unwrap();
        assert_eq!((reply.body(), reply.request_id.as_deref()), (&b"text"[..], Some("r-1")));
        let sent = stage.network.only();
        assert_eq!(sent.url, "https://api.live.welkincloud.io/gh/new/thing?a=..%2f&b=/../x");
        assert_eq!(sent.header("authorization"), Some("Bearer token-1"));
    }
}

mod headers {
    use super::*;
    use crate::engine::Scheme;

    #[test]
    fn an_api_key_goes_in_its_own_header_or_as_the_user_of_http_basic() {
        for (scheme, name, value) in [
            (Scheme::ApiKey, "x-api-key", "token-1"),
            (Scheme::Basic, "authorization", "Basic token-1"),
        ] {
            let stage = Stage::new();
            stage.network.script([Act::json(json!({}))]);
            let inbox = stage.inbox_health_with(|settings| settings.scheme = scheme);
            let given = Given::path(json!([7]));
            stage.run(call(inbox.engine(), "patientsGet", given, Options::default())).unwrap();
            let sent = stage.network.only();
            let credentials = ["x-api-key", "authorization"].map(|name| sent.header(name));
            assert_eq!(sent.header(name), Some(value));
            assert_eq!(credentials.iter().flatten().count(), 1);
        }
    }

    #[test]
    fn headers_of_the_client_and_of_the_call_go_along_and_the_call_wins() {
        let stage = Stage::new();
        stage.network.script([Act::json(json!({}))]);
        let pair = |name: &str, value: &str| (name.to_owned(), value.to_owned());
        let welkin = stage.welkin_with(|settings| {
            settings.headers = vec![pair("X-One", "client"), pair("X-Two", "client")];
        });
        let headers = vec![pair("x-two", "call"), pair("Accept", "text/csv")];
        let options = Options { headers, ..Options::default() };
        stage.run(call(welkin.engine(), "usersList", Given::nothing(), options)).unwrap();
        let sent = stage.network.only();
        let found: Vec<_> =
            ["x-one", "x-two", "accept"].iter().map(|name| sent.header(name)).collect();
        assert_eq!(found, [Some("client"), Some("call"), Some("text/csv")]);
        assert_eq!(sent.headers.iter().filter(|(name, _)| name == "x-two").count(), 1);
        assert_eq!(sent.header("content-type"), None);
    }
}
