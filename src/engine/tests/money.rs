//! Money: whole cents, nothing twice, no part of a payment voided.

use std::future::IntoFuture;

use serde_json::{Value, json};

use super::stage::{Act, Given, HOUR, Stage, call};
use crate::engine::{Argument, Failure, Options, Outcome};
use crate::inbox_health::{payment_adjustments, payments};
use crate::operation::{Api, Method, Operation};
use crate::schema::{Record, Type};

/// What no amount may be, as JSON text.
const NO_CENTS: [&str; 8] =
    ["10.5", "1e3", "1050.0", "\"1050\"", "true", "[1050]", "{}", "9007199254740993"];

/// The amounts of a type: the keys that lead to each, with `[]` for the elements of an array.
fn amounts(of: &Type, path: &[&'static str]) -> Vec<Vec<&'static str>> {
    match of {
        Type::List(of) => amounts(of, &[path, &["[]"]].concat()),
        Type::Record(record) => fields(record)
            .flat_map(|(name, of)| {
                let path = [path, &[name]].concat();
                if name.ends_with("_cents") { vec![path] } else { amounts(&of, &path) }
            })
            .collect(),
        _ => Vec::new(),
    }
}

fn fields(record: &'static Record) -> impl Iterator<Item = (&'static str, Type)> {
    let base = record.base.map_or(&[][..], |base| base.fields);
    record.fields.iter().chain(base).map(|field| (field.name, field.of))
}

/// A body of nothing but this amount.
fn body(path: &[&str], amount: &str) -> String {
    path.iter().rev().fold(amount.to_owned(), |inner, key| match *key {
        "[]" => format!("[{inner}]"),
        key => format!("{{{key:?}:{inner}}}"),
    })
}

fn given(operation: &Operation, body: &str) -> Given {
    let path: Vec<u64> = operation.segments.iter().map(|_| 7).collect();
    Given::path(json!(path)).body(serde_json::from_str(body).unwrap())
}

fn argument(error: Failure) -> Argument {
    let Failure::Config(argument) = error else { panic!("{error:?}") };
    argument
}

#[test]
fn every_amount_of_every_body_is_whole_cents_and_refused_by_its_place_otherwise() {
    let mut tried = 0;
    for operation in Api::InboxHealth.operations() {
        for path in operation.body.map_or(Vec::new(), |body| amounts(&body.of, &[])) {
            let place = format!("body.{}", path.join(".")).replace(".[]", "[]");
            for amount in NO_CENTS {
                let stage = Stage::new();
                let given = given(operation, &body(&path, amount));
                let inbox = stage.inbox_health();
                let called = call(inbox.engine(), operation.id, given, Options::default());
                let error = stage.run(called).unwrap_err();
                assert_eq!(error.outcome, Outcome::NotSent);
                assert_eq!(argument(error.failure).parameter, place, "{}: {amount}", operation.id);
                assert_eq!((stage.network.count(), stage.tokens.count()), (0, 0));
            }
            tried += 1;
        }
    }
    // Invoices, line items, payments, adjustments, applications and write-offs at the least.
    assert!(tried > 20, "{tried} amounts");
}

#[test]
fn what_creates_is_never_sent_again_after_a_lost_connection_and_says_that_the_outcome_is_unknown() {
    for operation in Api::InboxHealth.operations().filter(|of| of.method == Method::POST) {
        let stage = Stage::new();
        stage.network.always(|_| Act::lost().after(300));
        let record = match operation.id {
            "paymentsCreate" => r#"{"payment_method_type":"cash"}"#,
            "paymentsQuickPay" => r#"{"invoice":{},"payment":{"payment_method_type":"cash"}}"#,
            _ => "{}",
        };
        let inbox = stage.inbox_health();
        let given = given(operation, record);
        let called = call(inbox.engine(), operation.id, given, Options::default());
        let error = stage.run(called).unwrap_err();
        assert!(matches!(error.failure, Failure::Network), "{}", operation.id);
        assert_eq!(error.outcome, Outcome::Unknown, "{}", operation.id);
        stage.pass(HOUR);
        assert_eq!(stage.network.count(), 1, "{}", operation.id);
    }
}

#[test]
fn a_429_was_not_processed_so_that_a_payment_is_repeated_once_there_is_room() {
    let stage = Stage::new();
    stage.network.script([Act::status(429), Act::json(json!({ "payment": { "id": 3 } }))]);
    let record = json!({ "payment_method_type": "cash", "expected_amount_cents": 1_250 });
    let inbox = stage.inbox_health();
    let given = Given::nothing().body(record);
    stage.run(call(inbox.engine(), "paymentsCreate", given, Options::default())).unwrap();
    assert_eq!(stage.network.count(), 2);
}

mod voids {
    use super::*;

    /// Adjusts a payment by so much, and says what was sent or which parameter was wrong.
    fn adjusted(amount: Value, beside: Value) -> Result<Value, Argument> {
        let stage = Stage::new();
        stage.network.always(|_| Act::json(json!({ "payment_adjustment": { "id": 4 } })));
        let inbox = stage.inbox_health();
        let record = json!({ "payment_id": 9, "amount_cents": amount });
        let given = Given::nothing().body(record).query(beside);
        let called = call(inbox.engine(), "paymentAdjustmentsCreate", given, Options::default());
        match stage.run(called) {
            Ok(_) => Ok(serde_json::from_str(&stage.network.only().body.unwrap()).unwrap()),
            Err(error) => {
                assert_eq!((error.outcome, stage.network.count()), (Outcome::NotSent, 0));
                Err(argument(error.failure))
            }
        }
    }

    fn payment() -> Value {
        json!({ "id": 9, "expected_amount_cents": 2_500, "status": "a word" })
    }

    #[test]
    fn a_part_of_a_payment_that_is_known_is_not_voided() {
        for amount in [json!(2_499), json!(1), json!(0), json!(2_501), json!(null)] {
            let refused = adjusted(amount, json!({ "voided": true, "payment": payment() }));
            let argument = refused.unwrap_err();
            assert_eq!(argument.parameter, "body.amount_cents");
            assert!(!argument.expected.contains("25"), "{}", argument.expected);
        }
    }

    #[test]
    fn a_payment_is_not_voided_by_the_amount_of_another_one() {
        let other = json!({ "id": 10, "expected_amount_cents": 2_500 });
        let refused = adjusted(json!(2_500), json!({ "voided": true, "payment": other }));
        assert_eq!(refused.unwrap_err().parameter, "body.payment_id");
    }

    #[test]
    fn a_whole_payment_is_voided_and_what_is_known_of_it_stays_here() {
        let sent = adjusted(json!(2_500), json!({ "voided": true, "payment": payment() })).unwrap();
        let record = json!({ "payment_id": 9, "amount_cents": 2_500 });
        assert_eq!(sent, json!({ "payment_adjustment": record, "voided": true }));
    }

    #[test]
    fn a_part_of_a_payment_may_be_refunded() {
        for beside in
            [json!({ "voided": false, "payment": payment() }), json!({ "payment": payment() })]
        {
            let sent = adjusted(json!(1_000), beside).unwrap();
            assert_eq!(sent["payment_adjustment"]["amount_cents"], 1_000);
        }
    }

    #[test]
    fn of_a_payment_that_is_not_known_the_api_decides() {
        for beside in [json!({ "voided": true, "payment": null }), json!({ "voided": true })] {
            assert!(adjusted(json!(1), beside).is_ok());
        }
    }

    #[test]
    fn a_payment_that_does_not_say_its_whole_is_not_known_to_be_voided_whole() {
        let enveloped = json!({ "payment": payment() });
        let without = json!({ "id": 9, "expected_amount_cents": null });
        for payment in [json!({}), json!({ "id": 9 }), without, enveloped] {
            let refused = adjusted(json!(2_500), json!({ "voided": true, "payment": payment }));
            assert_eq!(refused.unwrap_err().parameter, "body.amount_cents");
        }
    }

    #[test]
    fn what_is_compared_has_no_place_on_the_wire() {
        let stage = Stage::new();
        let wire = json!({ "payment_adjustment": { "amount_cents": 1 }, "voided": true });
        let given = Given::nothing().body(wire).query(json!({ "payment": payment() })).wire();
        let inbox = stage.inbox_health();
        let called = call(inbox.engine(), "paymentAdjustmentsCreate", given, Options::default());
        assert_eq!(argument(stage.run(called).unwrap_err().failure).parameter, "query.payment");
    }

    #[test]
    fn a_payment_as_it_was_read_is_what_a_rust_program_gives() {
        let stage = Stage::new();
        let inbox = stage.inbox_health();
        let input = payment_adjustments::PaymentAdjustmentInput {
            payment_id: 9.into(),
            amount_cents: 1_000.into(),
            ..Default::default()
        };
        let payment =
            payments::Payment { expected_amount_cents: 2_500.into(), ..Default::default() };
        let query =
            payment_adjustments::create::Query { voided: Some(true), payment: Some(payment) };
        let call = inbox.payment_adjustments().create(&input).query(query);
        let error = stage.run(call.into_future()).unwrap_err();
        assert_eq!(argument(error.failure).parameter, "body.amount_cents");
    }
}
