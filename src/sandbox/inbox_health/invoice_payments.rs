//! The parts of payments that are on invoices.

use serde_json::{Value, json};

use super::nested::Nested;
use super::plain::{self, refer, wrapped};
use super::{Store, invalid, money, not_found};
use crate::sandbox::Handlers;
use crate::sandbox::call::Call;
use crate::sandbox::record::{Fields, Record, record};
use crate::sandbox::reply::Reply;
use crate::sandbox::state::State;

pub const HANDLERS: Handlers = &[
    ("invoicePaymentsListByInvoice", plain::list_under),
    ("invoicePaymentsListByPayment", plain::list_under),
    ("invoicePaymentsCreate", create),
    ("invoicePaymentsGet", plain::get),
    ("invoicePaymentsUpdate", update),
];

/// The links to the reasons.
const REASONS: Nested = Nested {
    list: "payment_reasons_invoice_payments",
    blank: || record! { "payment_reason_id": null },
    fixed: &["id"],
    unknown: "names an unknown link",
};

/// A part of a payment on an invoice.
pub fn blank(payment: i64, invoice: i64, cents: i64) -> Record {
    record! {
        "payment_id": payment,
        "invoice_id": invoice,
        "paid_amount_cents": cents,
        "payment_reasons_invoice_payments": [],
    }
}

/// Puts money on an invoice; 0 cents with a reason record a denial. More than the invoice comes to is
/// not refused: no source says that it is.
fn create(state: &mut State, call: &Call) -> Result<Reply, Reply> {
    let (store, input) = (&mut state.inbox_health, call.attributes());
    let payment = refer(store, &input, "payment_id", "payments")?;
    let invoice = refer(store, &input, "invoice_id", "invoices")?;
    check_owner(store, payment, invoice)?;
    let cents = input.whole("paid_amount_cents");
    check_amount(store, payment, cents, cents)?;
    let reasons = reasons(store, &Record::new(), &input)?;
    let id = money::place(store, payment, invoice, cents);
    explain(store, id, reasons);
    money::settle(store);
    Ok(wrapped(201, call, store.invoice_payments.get(id).unwrap_or_default()))
}

/// Changes the amount, and adds or changes reasons.
fn update(state: &mut State, call: &Call) -> Result<Reply, Reply> {
    let (store, input, id) = (&mut state.inbox_health, call.attributes(), call.id());
    let before = store.invoice_payments.get(id).ok_or_else(not_found)?;
    let payment = before.whole("payment_id");
    let cents = input.get("paid_amount_cents").and_then(Value::as_i64);
    let more = cents.map_or(0, |cents| cents - before.whole("paid_amount_cents"));
    check_amount(store, payment, cents.unwrap_or_default(), more)?;
    let reasons = reasons(store, &before, &input)?;
    if more != 0 {
        money::take(store, payment, more);
        if let Some(record) = store.invoice_payments.edit(id) {
            record.insert("paid_amount_cents".to_owned(), json!(cents));
        }
    }
    explain(store, id, reasons);
    money::settle(store);
    Ok(wrapped(200, call, store.invoice_payments.get(id).unwrap_or_default()))
}

fn check_owner(store: &Store, payment: i64, invoice: i64) -> Result<(), Reply> {
    let (payment, invoice) = (store.payments.find(payment), store.invoices.find(invoice));
    let fits = payment.zip(invoice);
    if fits.is_some_and(|(payment, invoice)| money::may_pay(payment, invoice)) {
        Ok(())
    } else {
        Err(invalid("invoice_id", "is of another patient"))
    }
}

fn check_amount(store: &Store, payment: i64, cents: i64, more: i64) -> Result<(), Reply> {
    if cents < 0 {
        return Err(invalid("paid_amount_cents", "must be greater than or equal to 0"));
    }
    let payment = store.payments.find(payment);
    if payment.is_some_and(|payment| payment.flag("voided")) {
        return Err(invalid("payment_id", "is voided"));
    }
    if more > payment.map_or(0, money::left) {
        return Err(invalid("paid_amount_cents", "is more than the payment has left"));
    }
    Ok(())
}

/// The links once the input is written; the reasons of all of them are known.
fn reasons(store: &mut Store, record: &Record, input: &Record) -> Result<Vec<Value>, Reply> {
    let links = REASONS.written(store, record, input)?;
    for link in links.iter().filter_map(Value::as_object) {
        refer(store, link, "payment_reason_id", "payment_reasons")?;
    }
    Ok(links)
}

fn explain(store: &mut Store, id: i64, reasons: Vec<Value>) {
    if let Some(record) = store.invoice_payments.edit(id) {
        record.insert(REASONS.list.to_owned(), Value::Array(reasons));
    }
}
