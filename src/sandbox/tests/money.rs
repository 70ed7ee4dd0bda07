//! The books of Inbox Health balance, whatever is done to them.

use std::collections::BTreeMap;

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::Index;
use serde_json::{Value, json};

use super::Bench;
use crate::sandbox::Settings;

const BASE: &str = "/partner/v2";

/// Something that moves money, or should not. What it acts on is chosen among what is there.
#[derive(Clone, Debug)]
enum Step {
    Bill { patient: Index, lines: Vec<Line>, estimate: bool },
    ChangeInvoice { invoice: Index, old: Option<Index>, line: Line },
    DeleteInvoice { invoice: Index },
    AddLine { invoice: Index, line: Line },
    ChangeLine { line: Index, to: Line },
    DeleteLine { line: Index },
    Pay { patient: Index, method: &'static str, cents: i64, apply: Option<bool>, on: Option<Index> },
    QuickPay { patient: Index, line: Line, method: &'static str, cents: i64 },
    Apply { payment: Index, invoice: Index, cents: i64 },
    Reapply { applied: Index, cents: i64 },
    Refund { payment: Index, cents: i64 },
    Void { payment: Index, short: i64 },
    WriteOff { patient: Index, cents: i64 },
}

/// Charge, covered part and what insurance owes, in cents.
type Line = (i64, i64, i64);

fn line() -> impl Strategy<Value = Line> {
    let owed = prop_oneof![3 => Just(0), 1 => 0..8_000i64];
    (-2_000..20_000i64, 0..2_000i64, owed)
        .prop_map(|(charge, covered, owed)| (charge, covered + owed, owed))
}

fn step() -> impl Strategy<Value = Step> {
    let one = any::<Index>;
    let cents = || prop_oneof![1 => Just(0i64), 8 => 1..15_000i64];
    let method = || prop_oneof![2 => Just("cash"), 1 => Just("card"), 2 => Just("insurance")];
    prop_oneof![
        3 => (one(), vec(line(), 0..3), prop::bool::weighted(0.1))
            .prop_map(|(patient, lines, estimate)| Step::Bill { patient, lines, estimate }),
        1 => (one(), any::<Option<Index>>(), line())
            .prop_map(|(invoice, old, line)| Step::ChangeInvoice { invoice, old, line }),
        1 => one().prop_map(|invoice| Step::DeleteInvoice { invoice }),
        1 => (one(), line()).prop_map(|(invoice, line)| Step::AddLine { invoice, line }),
        1 => (one(), line()).prop_map(|(line, to)| Step::ChangeLine { line, to }),
        1 => one().prop_map(|line| Step::DeleteLine { line }),
        4 => (one(), method(), cents(), any::<Option<bool>>(), any::<Option<Index>>())
            .prop_map(|(patient, method, cents, apply, on)| {
                Step::Pay { patient, method, cents, apply, on }
            }),
        1 => (one(), line(), method(), cents())
            .prop_map(|(patient, line, method, cents)| Step::QuickPay { patient, line, method, cents }),
        4 => (one(), one(), cents())
            .prop_map(|(payment, invoice, cents)| Step::Apply { payment, invoice, cents }),
        2 => (one(), cents()).prop_map(|(applied, cents)| Step::Reapply { applied, cents }),
        2 => (one(), cents()).prop_map(|(payment, cents)| Step::Refund { payment, cents }),
        2 => (one(), prop_oneof![3 => Just(0i64), 1 => 1..500i64])
            .prop_map(|(payment, short)| Step::Void { payment, short }),
        1 => (one(), cents()).prop_map(|(patient, cents)| Step::WriteOff { patient, cents }),
    ]
}

/// Everything that can be read of the money.
#[derive(Clone, Debug, Default, PartialEq)]
struct Books {
    patients: Vec<Value>,
    invoices: Vec<Value>,
    payments: Vec<Value>,
    applied: Vec<Value>,
    adjustments: Vec<Value>,
    write_offs: Vec<Value>,
}

fn list(bench: &mut Bench, path: &str, name: &str) -> Vec<Value> {
    bench.get(&format!("{BASE}/{path}?per_page=1000")).rows(&format!("/{name}")).to_vec()
}

impl Books {
    fn read(bench: &mut Bench) -> Books {
        let mut books = Books {
            patients: list(bench, "patients", "patients"),
            invoices: list(bench, "invoices", "invoices"),
            payments: list(bench, "payments", "payments"),
            write_offs: list(bench, "write_offs", "write_offs"),
            ..Books::default()
        };
        for payment in &books.payments {
            let of = format!("payments/{}", payment["id"]);
            books.applied.extend(list(
                bench,
                &format!("{of}/invoice_payments"),
                "invoice_payments",
            ));
            let adjustments = format!("{of}/payment_adjustments");
            books.adjustments.extend(list(bench, &adjustments, "payment_adjustments"));
        }
        books
    }

    fn payment(&self, id: &Value) -> &Value {
        self.payments.iter().find(|payment| payment["id"] == *id).expect("a payment")
    }

    fn lines(&self) -> Vec<Value> {
        let lines = |invoice: &Value| invoice["line_items"].as_array().cloned().unwrap_or_default();
        self.invoices.iter().flat_map(lines).collect()
    }

    /// The balances of patients and invoices by their ids.
    fn balances(&self) -> BTreeMap<i64, i64> {
        let all = self.patients.iter().chain(&self.invoices);
        all.map(|record| (cents(record, "id"), cents(record, "balance_cents"))).collect()
    }
}

fn cents(record: &Value, name: &str) -> i64 {
    record[name].as_i64().unwrap_or_default()
}

fn sum<'a>(records: impl IntoIterator<Item = &'a Value>, name: &str) -> i64 {
    records.into_iter().map(|record| cents(record, name)).sum()
}

fn is_insurance(payment: &Value) -> bool {
    payment["payment_method_type"] == "insurance"
}

fn unapplied(payment: &Value) -> i64 {
    let paid = cents(payment, "expected_amount_cents");
    if payment["voided"] == true { 0 } else { paid - cents(payment, "applied_amount_cents") }
}

/// What holds at any time. The notes say all of it under "Money and balances", unless a line here
/// names another place.
fn assert_balanced(books: &Books) {
    for payment in &books.payments {
        let own = |record: &&Value| record["payment_id"] == payment["id"];
        let paid = cents(payment, "expected_amount_cents");
        let applied = cents(payment, "applied_amount_cents");
        // What is applied is on invoices, and never more than was paid.
        assert_eq!(applied, sum(books.applied.iter().filter(own), "paid_amount_cents"));
        assert!(applied <= paid, "applied {applied} of {paid}");
        // "deletes the invoice payments"
        let is_void = payment["voided"] == true;
        assert!(!is_void || !books.applied.iter().any(|applied| own(&applied)));
        // "refunded_amount_cents shows the adjusted sum"; the words are those of the sample ("Enums").
        // No source shows the status of a payment that was never adjusted.
        let refunded = cents(payment, "refunded_amount_cents");
        assert_eq!(refunded, sum(books.adjustments.iter().filter(own), "amount_cents"));
        let status = match refunded {
            0 => "complete",
            _ if refunded == paid => "refunded",
            _ => "partially refunded",
        };
        assert_eq!(payment["status"], status);
    }
    for invoice in &books.invoices {
        let lines = invoice["line_items"].as_array().unwrap();
        let on_it = |insurance: bool| {
            let own = books.applied.iter().filter(|part| part["invoice_id"] == invoice["id"]);
            own.filter(move |part| is_insurance(books.payment(&part["payment_id"])) == insurance)
        };
        // "sum of line item insurance_owed_amount_cents minus applied payments of type insurance"
        let insurance =
            sum(lines, "insurance_owed_amount_cents") - sum(on_it(true), "paid_amount_cents");
        assert_eq!(cents(invoice, "total_insurance_balance_cents"), insurance);
        // "Patient part of a line = total_charge_amount_cents minus covered_amount_cents once
        // insurance owes 0"
        let part = sum(lines, "total_charge_amount_cents") - sum(lines, "covered_amount_cents");
        let rest = part - sum(on_it(false), "paid_amount_cents");
        let balance = cents(invoice, "balance_cents");
        if insurance != 0 || invoice["estimate"] == true {
            assert_eq!(balance, 0, "an invoice that is not open");
        } else {
            let forgiven = books.write_offs.iter();
            let forgiven = forgiven.filter(|one| one["patient_id"] == invoice["patient_id"]);
            let most = sum(forgiven, "amount_cents");
            assert!((0..=most).contains(&(rest - balance)), "{balance} of {rest}, {most} forgiven");
        }
    }
    for patient in &books.patients {
        let own = |record: &&Value| record["patient_id"] == patient["id"];
        // "sum of open invoice balances minus unapplied patient payments"
        let open = sum(books.invoices.iter().filter(own), "balance_cents");
        let payments = books.payments.iter().filter(own).filter(|payment| !is_insurance(payment));
        let balance = open - payments.map(unapplied).sum::<i64>();
        assert_eq!(cents(patient, "balance_cents"), balance);
        assert_eq!(cents(patient, "cached_balance_cents"), balance);
        // "Billing workflow": nothing pending, or a positive balance.
        assert_eq!(patient["billing_status"], if balance > 0 { "billable" } else { "complete" });
    }
}

/// What a step of its own kind does.
fn assert_moved(step: &Step, status: u16, before: &Books, after: &Books) {
    if status >= 300 {
        assert_eq!(before, after, "what is refused changes nothing");
        return;
    }
    match step {
        // "a refund and changes no patient or invoice balance"; "applied_amount_cents stays"
        Step::Refund { .. } => {
            assert_eq!(before.balances(), after.balances());
            assert_eq!(before.applied, after.applied);
        }
        // "Partial voids are impossible"; "raises the patient balance"
        Step::Void { payment, short } => {
            assert_eq!(*short, 0, "a void of a part");
            let old = payment.get(&before.payments);
            let new = after.payment(&old["id"]);
            assert_eq!(new["applied_amount_cents"], 0);
            let on_open = before.applied.iter().filter(|part| {
                part["payment_id"] == old["id"]
                    && before.invoices.iter().any(|invoice| {
                        invoice["id"] == part["invoice_id"]
                            && cents(invoice, "total_insurance_balance_cents") == 0
                            && invoice["estimate"] != true
                    })
            });
            if !is_insurance(old) {
                let raised = unapplied(old) + sum(on_open, "paid_amount_cents");
                let patient = cents(old, "patient_id");
                assert_eq!(after.balances()[&patient], before.balances()[&patient] + raised);
            }
        }
        // Not documented; the sandbox says what it does in write_offs.rs.
        Step::WriteOff { patient, cents: forgiven } => {
            let patient = cents(patient.get(&before.patients), "id");
            assert_eq!(after.balances()[&patient], before.balances()[&patient] - forgiven);
        }
        _ => {}
    }
}

fn attributes((charge, covered, owed): Line) -> Value {
    json!({
        "total_charge_amount_cents": charge, "covered_amount_cents": covered,
        "insurance_owed_amount_cents": owed,
    })
}

/// The request of a step: method, path and body; `None` when there is nothing to act on.
fn request(step: &Step, books: &Books) -> Option<(&'static str, String, Value)> {
    let id = |index: &Index, records: &[Value]| {
        (!records.is_empty()).then(|| index.get(records)["id"].clone())
    };
    let patient = |index: &Index| id(index, &books.patients);
    let invoice = |index: &Index| id(index, &books.invoices);
    Some(match step {
        Step::Bill { patient: one, lines, estimate } => {
            let lines: Vec<Value> = lines.iter().copied().map(attributes).collect();
            let invoice = json!({
                "patient_id": patient(one)?, "practice_id": 11, "estimate": estimate,
                "line_items_attributes": lines,
            });
            ("POST", "invoices".to_owned(), json!({ "invoice": invoice }))
        }
        Step::ChangeInvoice { invoice: one, old, line } => {
            let id = invoice(one)?;
            let mut line = attributes(*line);
            let own = one.get(&books.invoices)["line_items"].as_array()?;
            if let Some(old) = old.filter(|_| !own.is_empty()) {
                line["id"] = old.get(own)["id"].clone();
            }
            let body = json!({ "id": id, "invoice": { "line_items_attributes": [line] } });
            ("PUT", format!("invoices/{id}"), body)
        }
        Step::DeleteInvoice { invoice: one } => {
            ("DELETE", format!("invoices/{}", invoice(one)?), Value::Null)
        }
        Step::AddLine { invoice: one, line } => {
            let mut line = attributes(*line);
            line["invoice_id"] = invoice(one)?;
            ("POST", "line_items".to_owned(), json!({ "line_item": line }))
        }
        Step::ChangeLine { line, to } => {
            let id = id(line, &books.lines())?;
            let body = json!({ "id": id, "line_item": attributes(*to) });
            ("PUT", format!("line_items/{id}"), body)
        }
        Step::DeleteLine { line } => {
            ("DELETE", format!("line_items/{}", id(line, &books.lines())?), Value::Null)
        }
        Step::Pay { patient: one, method, cents, apply, on } => {
            let mut payment = json!({
                "patient_id": patient(one)?, "payment_method_type": method,
                "expected_amount_cents": cents,
            });
            if let Some(apply) = apply {
                payment["apply_payment"] = json!(apply);
            }
            let mut body = json!({ "payment": payment });
            if let Some(on) = on.as_ref().and_then(invoice) {
                body["invoice_id"] = on;
            }
            ("POST", "payments".to_owned(), body)
        }
        Step::QuickPay { patient: one, line, method, cents } => {
            let patient = patient(one)?;
            let body = json!({
                "invoice": { "patient_id": patient, "line_items_attributes": [attributes(*line)] },
                "payment": {
                    "patient_id": patient, "payment_method_type": method,
                    "expected_amount_cents": cents,
                },
            });
            ("POST", "payments/quick_pay".to_owned(), body)
        }
        Step::Apply { payment, invoice: one, cents } => {
            let applied = json!({
                "payment_id": id(payment, &books.payments)?, "invoice_id": invoice(one)?,
                "paid_amount_cents": cents,
                "payment_reasons_invoice_payments_attributes": [{ "payment_reason_id": 102 }],
            });
            ("POST", "invoice_payments".to_owned(), json!({ "invoice_payment": applied }))
        }
        Step::Reapply { applied, cents } => {
            let id = id(applied, &books.applied)?;
            let body = json!({ "id": id, "invoice_payment": { "paid_amount_cents": cents } });
            ("PUT", format!("invoice_payments/{id}"), body)
        }
        Step::Refund { payment, cents } => {
            let refund =
                json!({ "payment_id": id(payment, &books.payments)?, "amount_cents": cents });
            let body = json!({ "payment_adjustment": refund, "voided": false });
            ("POST", "payment_adjustments".to_owned(), body)
        }
        Step::Void { payment, short } => {
            let id = id(payment, &books.payments)?;
            let whole = cents(books.payment(&id), "expected_amount_cents");
            let void = json!({ "payment_id": id, "amount_cents": whole - short });
            let body = json!({ "payment_adjustment": void, "voided": true });
            ("POST", "payment_adjustments".to_owned(), body)
        }
        Step::WriteOff { patient: one, cents } => {
            let write_off = json!({
                "patient_id": patient(one)?, "date": "2026-03-04", "write_off_code_id": 151,
                "amount_cents": cents,
            });
            ("POST", "write_offs".to_owned(), json!({ "write_off": write_off }))
        }
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..Default::default() })]

    #[test]
    fn the_books_balance_after_every_step(seed in 0..8u64, steps in vec(step(), 1..20)) {
        let settings = Settings { seed, patients: 2, limits: false, ..Settings::default() };
        let mut bench = Bench::with(settings);
        let mut books = Books::read(&mut bench);
        assert_balanced(&books);
        for step in steps {
            let Some((method, path, body)) = request(&step, &books) else { continue };
            let answer = bench.send(method, &format!("{BASE}/{path}"), body);
            prop_assert!(matches!(answer.status, 200 | 201 | 204 | 422), "{}", answer.status);
            let after = Books::read(&mut bench);
            assert_balanced(&after);
            assert_moved(&step, answer.status, &books, &after);
            books = after;
        }
    }
}

/// A patient, an invoice of 100 dollars and a payment of 30 that is not applied.
struct Case {
    bench: Bench,
    patient: Value,
    invoice: Value,
    payment: Value,
}

impl Case {
    fn new() -> Case {
        let mut bench = Bench::with(Settings { limits: false, ..Settings::default() });
        let mut make = |path: &str, name: &str, attributes: Value| {
            let made = bench.send("POST", &format!("{BASE}/{path}"), json!({ name: attributes }));
            made.body[name]["id"].clone()
        };
        let patient = json!({ "first_name": "Ada", "last_name": "Osei" });
        let patient = make("patients", "patient", patient);
        let lines = json!([{ "total_charge_amount_cents": 10_000 }]);
        let invoice = json!({ "patient_id": patient, "line_items_attributes": lines });
        let invoice = make("invoices", "invoice", invoice);
        let payment = make(
            "payments",
            "payment",
            json!({
                "patient_id": patient, "payment_method_type": "cash", "expected_amount_cents": 3_000,
                "apply_payment": false,
            }),
        );
        Case { bench, patient, invoice, payment }
    }

    fn apply(&mut self, cents: i64) -> super::Answer {
        let applied = json!({
            "payment_id": self.payment, "invoice_id": self.invoice, "paid_amount_cents": cents,
            "payment_reasons_invoice_payments_attributes": [{ "payment_reason_id": 102 }],
        });
        let body = json!({ "invoice_payment": applied });
        self.bench.send("POST", &format!("{BASE}/invoice_payments"), body)
    }

    fn adjust(&mut self, cents: i64, voided: bool) -> super::Answer {
        let adjustment = json!({ "payment_id": self.payment, "amount_cents": cents });
        let body = json!({ "payment_adjustment": adjustment, "voided": voided });
        self.bench.send("POST", &format!("{BASE}/payment_adjustments"), body)
    }

    fn balance(&mut self) -> i64 {
        let patient = self.bench.get(&format!("{BASE}/patients/{}", self.patient));
        cents(patient.at("/patient"), "balance_cents")
    }

    fn payment(&mut self) -> Value {
        self.bench.get(&format!("{BASE}/payments/{}", self.payment)).at("/payment").clone()
    }
}

#[test]
fn a_denial_is_an_invoice_payment_of_0_cents_with_a_reason() {
    let mut case = Case::new();
    let denial = case.apply(0);
    assert_eq!(denial.status, 201);
    let reasons = denial.rows("/invoice_payment/payment_reasons_invoice_payments");
    assert_eq!(reasons[0]["payment_reason_id"], 102);
    assert_eq!(case.balance(), 7_000);
    assert_eq!(case.apply(-1).status, 422);
    assert_eq!(case.apply(3_001).status, 422, "more than the payment has left");
}

#[test]
fn a_reason_with_an_id_is_changed_and_one_without_is_added() {
    const REASONS: &str = "/invoice_payment/payment_reasons_invoice_payments";
    let mut case = Case::new();
    let applied = case.apply(500);
    let (id, link) = (applied.at("/invoice_payment/id"), &applied.rows(REASONS)[0]["id"]);
    let mut write = |reason: Value| {
        let change = json!({ "payment_reasons_invoice_payments_attributes": [reason] });
        let body = json!({ "id": id, "invoice_payment": change });
        case.bench.send("PUT", &format!("{BASE}/invoice_payments/{id}"), body)
    };
    let changed = write(json!({ "id": link, "payment_reason_id": 101 }));
    assert_eq!(changed.rows(REASONS), [json!({ "id": link, "payment_reason_id": 101 })]);
    let added = write(json!({ "payment_reason_id": 102 }));
    assert_eq!(
        (added.rows(REASONS).len(), &added.rows(REASONS)[1]["payment_reason_id"]),
        (2, &json!(102))
    );
    for wrong in [
        json!({ "id": 1, "payment_reason_id": 101 }),
        json!({ "id": link, "payment_reason_id": 1 }),
        json!({ "payment_reason_id": 1 }),
    ] {
        assert_eq!(write(wrong.clone()).status, 422, "{wrong}");
    }
    let left = case.bench.get(&format!("{BASE}/invoice_payments/{id}"));
    assert_eq!(left.rows(REASONS), added.rows(REASONS));
}

#[test]
fn a_refund_moves_no_balance_and_is_noted_in_the_words_of_the_api() {
    let mut case = Case::new();
    case.apply(2_000);
    assert_eq!(case.adjust(1_000, false).status, 201);
    assert_eq!(case.balance(), 7_000);
    let payment = case.payment();
    assert_eq!(payment["status"], "partially refunded");
    assert_eq!(cents(&payment, "applied_amount_cents"), 2_000);
    assert_eq!(cents(&payment, "refunded_amount_cents"), 1_000);
    assert_eq!(case.adjust(2_001, false).status, 422);
    case.adjust(2_000, false);
    assert_eq!(case.payment()["status"], "refunded");
    assert_eq!(case.balance(), 7_000);
}

#[test]
fn a_void_takes_the_whole_payment_out_and_a_part_cannot_be_voided() {
    let mut case = Case::new();
    case.apply(2_000);
    assert_eq!(case.adjust(2_999, true).status, 422);
    assert_eq!(case.adjust(3_000, true).status, 201);
    assert_eq!(case.balance(), 10_000);
    let payment = case.payment();
    assert_eq!(payment["status"], "refunded");
    assert_eq!(cents(&payment, "applied_amount_cents"), 0);
    let list = format!("{BASE}/payments/{}/invoice_payments", case.payment);
    assert!(case.bench.get(&list).rows("/invoice_payments").is_empty());
    assert_eq!(case.apply(0).status, 422, "nothing is applied of what is void");
    assert_eq!(case.adjust(3_000, true).status, 422);
}

#[test]
fn less_on_an_invoice_is_unapplied_money_again() {
    let mut case = Case::new();
    let applied = case.apply(2_000).at("/invoice_payment/id").clone();
    let path = format!("{BASE}/invoice_payments/{applied}");
    let body = json!({ "id": applied, "invoice_payment": { "paid_amount_cents": 500 } });
    assert_eq!(case.bench.send("PUT", &path, body).status, 200);
    assert_eq!(cents(&case.payment(), "applied_amount_cents"), 500);
    assert_eq!(case.balance(), 7_000);
}

#[test]
fn an_enterprise_may_keep_payments_unapplied_by_default() {
    let mut case = Case::new();
    let body = json!({ "id": 1, "enterprise": { "apply_payment": false } });
    case.bench.send("PUT", &format!("{BASE}/enterprises/1"), body);
    let payment = json!({
        "patient_id": case.patient, "payment_method_type": "cash", "expected_amount_cents": 1_000,
    });
    let mut pay = |payment: &Value| {
        let body = json!({ "payment": payment });
        case.bench.send("POST", &format!("{BASE}/payments"), body)
    };
    assert_eq!(pay(&payment).at("/payment/applied_amount_cents"), 0);
    let mut payment = payment;
    payment["apply_payment"] = json!(true);
    assert_eq!(pay(&payment).at("/payment/applied_amount_cents"), 1_000);
}

#[test]
fn a_billing_cycle_ends_when_nothing_is_owed() {
    let mut case = Case::new();
    let path = format!("{BASE}/patients/{}", case.patient);
    let body = json!({ "id": case.patient, "patient": { "billing_status": "scheduled" } });
    let scheduled = case.bench.send("PUT", &path, body);
    assert!(scheduled.at("/patient/statement_cycle_started_at").is_string());
    let pay = json!({ "payment": {
        "patient_id": case.patient, "payment_method_type": "card", "expected_amount_cents": 7_000,
    } });
    case.bench.send("POST", &format!("{BASE}/payments"), pay);
    assert_eq!(case.bench.get(&path).text("/patient/billing_status"), "complete");
}

#[test]
fn an_invoice_stays_with_the_patient_who_paid_it() {
    let mut case = Case::new();
    let path = format!("{BASE}/invoices/{}", case.invoice);
    let give = |case: &mut Case| {
        let body = json!({ "id": case.invoice, "invoice": { "patient_id": 1001 } });
        case.bench.send("PUT", &path, body)
    };
    let applied = case.apply(2_000).at("/invoice_payment/id").clone();
    let refused = give(&mut case);
    assert_eq!((refused.status, refused.at("/errors/patient_id").is_array()), (422, true));
    assert_eq!(case.balance(), 7_000);
    assert!(applied.is_i64());
    case.adjust(3_000, true);
    let given = give(&mut case);
    assert_eq!((given.status, given.at("/invoice/patient_id")), (200, &json!(1001)));
}

#[test]
fn a_write_off_leaves_no_credit_that_nobody_paid() {
    let mut case = Case::new();
    let write_off = json!({ "write_off": {
        "patient_id": case.patient, "date": "2026-03-04", "write_off_code_id": 151,
        "amount_cents": 1_000,
    } });
    assert_eq!(case.bench.send("POST", &format!("{BASE}/write_offs"), write_off).status, 201);
    assert_eq!(case.balance(), 6_000);
    let invoice = case.bench.get(&format!("{BASE}/invoices/{}", case.invoice));
    let line = invoice.at("/invoice/line_items/0/id");
    case.bench.send("DELETE", &format!("{BASE}/line_items/{line}"), Value::Null);
    assert_eq!(case.balance(), -3_000, "the payment that is not applied");
    let invoice = case.bench.get(&format!("{BASE}/invoices/{}", case.invoice));
    assert_eq!(cents(invoice.at("/invoice"), "balance_cents"), 0);
}

#[test]
fn what_was_refunded_cannot_be_applied() {
    let mut case = Case::new();
    case.adjust(1_000, false);
    assert_eq!(case.apply(2_001).status, 422);
    let applied = case.apply(2_000);
    assert_eq!(applied.status, 201);
    let id = applied.at("/invoice_payment/id");
    let path = format!("{BASE}/invoice_payments/{id}");
    let mut put = |cents: i64| {
        let body = json!({ "id": id, "invoice_payment": { "paid_amount_cents": cents } });
        case.bench.send("PUT", &path, body).status
    };
    assert_eq!((put(2_001), put(500), put(2_000)), (422, 200, 200));
    case.adjust(2_000, false);
    assert_eq!(case.apply(0).status, 201, "a denial takes no money");
    assert_eq!(case.apply(1).status, 422);
}
