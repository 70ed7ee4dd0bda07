//! Money in.

use jiff::Timestamp;
use serde_json::{Value, json};

use super::pages::{listed, page};
use super::plain::{self, touch, wrapped};
use super::{ENTERPRISE, Store, invalid, invoices, money, not_found};
use crate::inbox_health::invoices::create::OPERATION as BILL;
use crate::inbox_health::payments::create::OPERATION as CREATE;
use crate::sandbox::Handlers;
use crate::sandbox::call::Call;
use crate::sandbox::instant;
use crate::sandbox::record::{Fields, Record, merge, record};
use crate::sandbox::reply::Reply;
use crate::sandbox::settable::{settable, shown};
use crate::sandbox::state::State;

pub const HANDLERS: Handlers = &[
    ("paymentsListByPatient", plain::list_under),
    ("paymentsListByInvoice", list_by_invoice),
    ("paymentsList", plain::list),
    ("paymentsCreate", create),
    ("paymentsQuickPay", quick_pay),
    ("paymentsGet", plain::get),
    ("paymentsUpdate", update),
];

/// A payment that was just made. The status of a payment to which nothing happened is not shown by
/// any source.
pub fn blank(now: Timestamp) -> Record {
    let now = instant::write(now);
    record! {
        "patient_id": null,
        "status": "complete",
        "successful": true,
        "payment_method_type": null,
        "expected_amount_cents": 0,
        "refunded_amount_cents": 0,
        "applied_amount_cents": 0,
        "description": null,
        "created_at": now,
        "updated_at": now,
        "enterprise_id": ENTERPRISE,
        "voided": false,
        "links": {
            "payment_adjustments": null,
            "invoices": null,
            "invoice_payments": null,
            "attachments": null,
        },
    }
}

fn list_by_invoice(state: &mut State, call: &Call) -> Result<Reply, Reply> {
    let store = &state.inbox_health;
    store.invoices.find(call.id()).ok_or_else(not_found)?;
    let applied = |payment: &&Record| {
        store.invoice_payments.rows().any(|applied| {
            applied.whole("invoice_id") == call.id()
                && applied.get("payment_id") == payment.get("id")
        })
    };
    let payments = store.payments.rows().filter(applied);
    Ok(listed("payments", page(call, payments, |_, _| None)))
}

fn create(state: &mut State, call: &Call) -> Result<Reply, Reply> {
    let (store, input) = (&mut state.inbox_health, call.attributes());
    check(store, &input)?;
    let invoice = match call.body.get("invoice_id").filter(|id| !id.is_null()) {
        Some(id) => Some(payable(store, id.as_i64().unwrap_or_default(), &input)?),
        None => None,
    };
    let id = pay(store, &input, invoice, call.now);
    Ok(wrapped(201, call, store.payments.get(id).unwrap_or_default()))
}

/// The invoice beside the envelope, if it is of the same patient.
fn payable(store: &Store, id: i64, input: &Record) -> Result<i64, Reply> {
    let invoice = store.invoices.find(id).ok_or_else(|| invalid("invoice_id", "must exist"))?;
    let patient = input.get("patient_id").filter(|patient| !patient.is_null());
    if patient.is_some_and(|patient| invoice.get("patient_id") != Some(patient)) {
        return Err(invalid("invoice_id", "is of another patient"));
    }
    Ok(id)
}

/// Only the method is said to be required; an amount and somebody who pays are needed all the same.
fn check(store: &Store, input: &Record) -> Result<(), Reply> {
    if input.text("payment_method_type").unwrap_or_default().is_empty() {
        return Err(invalid("payment_method_type", "can't be blank"));
    }
    if input.whole("expected_amount_cents") <= 0 {
        return Err(invalid("expected_amount_cents", "must be greater than 0"));
    }
    match input.get("patient_id").and_then(Value::as_i64) {
        Some(patient) if store.patients.contains(patient) => Ok(()),
        None if money::is_insurance(input) => Ok(()),
        _ => Err(invalid("patient_id", "must exist")),
    }
}

/// Records a payment and applies it: to the invoice, else to the open ones of the patient. The
/// enterprise says whether payments are applied when the caller does not. What insurance pays is
/// placed on an invoice only when one is named.
fn pay(store: &mut Store, input: &Record, invoice: Option<i64>, now: Timestamp) -> i64 {
    let mut payment = blank(now);
    merge(&mut payment, &shown(input, &CREATE), &[]);
    let patient = input.whole("patient_id");
    let payer = store.patients.find(patient);
    let enterprise = payer.map_or(ENTERPRISE, |payer| payer.whole("enterprise_id"));
    payment.insert("enterprise_id".to_owned(), json!(enterprise));
    let by_default = || {
        store
            .enterprises
            .find(enterprise)
            .is_some_and(|enterprise| enterprise.flag("apply_payment"))
    };
    let is_applied = input.get("apply_payment").and_then(Value::as_bool).unwrap_or_else(by_default);
    let id = store.payments.add(payment);
    let invoices = match invoice {
        Some(invoice) => vec![invoice],
        None if money::is_insurance(input) => Vec::new(),
        None => money::open_invoices(store, patient),
    };
    money::apply(store, id, if is_applied { &invoices } else { &[] });
    id
}

/// Makes an invoice and pays it. The shape of the answer is unknown: both records in their envelopes.
fn quick_pay(state: &mut State, call: &Call) -> Result<Reply, Reply> {
    let store = &mut state.inbox_health;
    let part =
        |name: &str| call.body.get(name).and_then(Value::as_object).cloned().unwrap_or_default();
    let invoice = settable(part("invoice"), &BILL);
    let payment = settable(part("payment"), &CREATE);
    check(store, &payment)?;
    if invoice.get("patient_id") != payment.get("patient_id") {
        return Err(invalid("patient_id", "must be the same in both parts"));
    }
    let invoice = invoices::bill(store, &invoice, call.now)?;
    let payment = pay(store, &payment, Some(invoice), call.now);
    let invoice = store.invoices.get(invoice).unwrap_or_default();
    Ok(Reply::json(
        201,
        json!({
            "invoice": invoices::view(store, &invoice),
            "payment": store.payments.get(payment),
        }),
    ))
}

/// The amount cannot be changed: that is what payment adjustments are for.
fn update(state: &mut State, call: &Call) -> Result<Reply, Reply> {
    let (store, input) = (&mut state.inbox_health, call.attributes());
    let mut payment = store.payments.get(call.id()).ok_or_else(not_found)?;
    let amount = input.get("expected_amount_cents");
    if amount.is_some_and(|amount| payment.get("expected_amount_cents") != Some(amount)) {
        return Err(invalid("expected_amount_cents", "cannot be changed"));
    }
    merge(&mut payment, &input, &[]);
    check(store, &payment)?;
    touch(&mut payment, call);
    store.payments.put(call.id(), payment.clone());
    money::settle(store);
    Ok(wrapped(200, call, payment))
}
