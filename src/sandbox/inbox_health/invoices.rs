//! Charges.

use jiff::Timestamp;
use serde_json::{Value, json};

use super::pages::{enveloped, listed, page};
use super::plain::{parent, refer, touch};
use super::{PRACTICES, Store, invalid, line_items, money, not_found};
use crate::inbox_health::invoices::create::OPERATION as CREATE;
use crate::sandbox::Handlers;
use crate::sandbox::call::Call;
use crate::sandbox::instant;
use crate::sandbox::record::{Fields, Record, merge, record};
use crate::sandbox::reply::Reply;
use crate::sandbox::settable::shown;
use crate::sandbox::state::State;

pub const HANDLERS: Handlers = &[
    ("invoicesListByPractice", list_under),
    ("invoicesListByDoctor", list_under),
    ("invoicesListByPatient", list_under),
    ("invoicesList", list),
    ("invoicesCreate", create),
    ("invoicesGet", get),
    ("invoicesUpdate", update),
    ("invoicesDelete", delete),
    ("invoicesListByPayment", list_by_payment),
];

/// Nothing documents these; a reply has them all the same.
const FIXED: &[&str] =
    &["created_at", "updated_at", "balance_cents", "line_item_ids", "line_items"];

/// An invoice that was just made.
pub fn blank(now: Timestamp) -> Record {
    let now = instant::write(now);
    record! {
        "patient_id": null,
        "practice_id": PRACTICES.first(),
        "date_of_service": now.get(..10),
        "doctor_id": null,
        "appointment_id": null,
        "notes": null,
        "estimate": false,
        "total_insurance_balance_cents": 0,
        // From here on nothing is documented; bodies carry many more fields. The percent stands for
        // numbers that are written as `0.0`, as enterprises have them: signatures keep that text.
        "balance_cents": 0,
        "sales_tax": 0.0,
        "created_at": now,
        "updated_at": now,
    }
}

/// The invoice as it is read: with its lines.
pub fn view(store: &Store, invoice: &Record) -> Record {
    let id = invoice.whole("id");
    let lines = || store.line_items.rows().filter(move |line| line.whole("invoice_id") == id);
    let mut invoice = invoice.clone();
    let ids = lines().map(|line| json!(line.whole("id"))).collect();
    invoice.insert("line_item_ids".to_owned(), ids);
    invoice.insert("line_items".to_owned(), lines().cloned().map(Value::Object).collect());
    invoice
}

/// The invoices that pass, with their lines; a filter may name a field of the patient.
fn select(store: &Store, call: &Call, passes: impl Fn(&Record) -> bool) -> Reply {
    let invoices = store.invoices.rows().filter(|invoice| passes(invoice));
    let of_patient = |invoice: &Record, field: &str| {
        store.patients.find(invoice.whole("patient_id"))?.get(field).cloned()
    };
    let page = page(call, invoices, of_patient);
    listed("invoices", page.iter().map(|invoice| view(store, invoice)).collect())
}

fn list(state: &mut State, call: &Call) -> Result<Reply, Reply> {
    Ok(select(&state.inbox_health, call, |_| true))
}

/// The invoices of a practice, a doctor or a patient.
fn list_under(state: &mut State, call: &Call) -> Result<Reply, Reply> {
    let store = &state.inbox_health;
    let field = format!("{}_id", parent(store, call)?.trim_end_matches('s'));
    Ok(select(store, call, |invoice| invoice.whole(&field) == call.id()))
}

fn list_by_payment(state: &mut State, call: &Call) -> Result<Reply, Reply> {
    let store = &state.inbox_health;
    store.payments.get(call.id()).ok_or_else(not_found)?;
    let applied = |invoice: &Record| {
        store.invoice_payments.rows().any(|applied| {
            applied.whole("payment_id") == call.id()
                && applied.get("invoice_id") == invoice.get("id")
        })
    };
    Ok(select(store, call, applied))
}

fn get(state: &mut State, call: &Call) -> Result<Reply, Reply> {
    let invoice = state.inbox_health.invoices.get(call.id()).ok_or_else(not_found)?;
    Ok(enveloped(200, "invoice", view(&state.inbox_health, &invoice)))
}

fn create(state: &mut State, call: &Call) -> Result<Reply, Reply> {
    let id = bill(&mut state.inbox_health, &call.attributes(), call.now)?;
    let invoice = state.inbox_health.invoices.get(id).unwrap_or_default();
    Ok(enveloped(201, "invoice", view(&state.inbox_health, &invoice)))
}

/// Makes an invoice with its lines.
pub fn bill(store: &mut Store, input: &Record, now: Timestamp) -> Result<i64, Reply> {
    let mut invoice = blank(now);
    let first = store.practices.rows().next().and_then(|practice| practice.get("id"));
    invoice.insert("practice_id".to_owned(), json!(first));
    merge(&mut invoice, &shown(input, &CREATE), FIXED);
    check(store, &invoice, |_| true)?;
    check_lines(store, None, input)?;
    let id = store.invoices.add(invoice);
    write_lines(store, id, input);
    money::settle(store);
    Ok(id)
}

fn update(state: &mut State, call: &Call) -> Result<Reply, Reply> {
    let (store, id) = (&mut state.inbox_health, call.id());
    let mut invoice = store.invoices.get(id).ok_or_else(not_found)?;
    let input = call.attributes();
    merge(&mut invoice, &call.shown(), FIXED);
    touch(&mut invoice, call);
    check(store, &invoice, |name| input.contains_key(name))?;
    check_payers(store, id, &invoice)?;
    check_lines(store, Some(id), &input)?;
    store.invoices.put(id, invoice);
    write_lines(store, id, &input);
    money::settle(store);
    let invoice = store.invoices.get(id).unwrap_or_default();
    Ok(enveloped(200, "invoice", view(store, &invoice)))
}

fn delete(state: &mut State, call: &Call) -> Result<Reply, Reply> {
    let (store, id) = (&mut state.inbox_health, call.id());
    store.invoices.remove(id).ok_or_else(not_found)?;
    for line in store.line_items.ids(|line| line.whole("invoice_id") == id) {
        store.line_items.remove(line);
    }
    store.forgiven.remove(&id);
    money::release(store, |applied| applied.whole("invoice_id") == id);
    money::settle(store);
    // The status is not documented.
    Ok(Reply::empty(204))
}

/// What the input names is there. What an invoice named before may have been deleted since.
fn check(store: &Store, invoice: &Record, names: impl Fn(&str) -> bool) -> Result<(), Reply> {
    for (field, list) in
        [("patient_id", "patients"), ("practice_id", "practices"), ("doctor_id", "doctors")]
    {
        let is_none = field == "doctor_id" && invoice.get(field).is_none_or(Value::is_null);
        if names(field) && !is_none {
            refer(store, invoice, field, list)?;
        }
    }
    Ok(())
}

/// With another patient, whoever paid on the invoice must be one who may.
fn check_payers(store: &Store, id: i64, invoice: &Record) -> Result<(), Reply> {
    let before = store.invoices.find(id);
    if before.is_some_and(|before| before.get("patient_id") == invoice.get("patient_id")) {
        return Ok(());
    }
    let mut applied =
        store.invoice_payments.rows().filter(|applied| applied.whole("invoice_id") == id);
    let may_pay = |applied: &Record| {
        let payment = store.payments.find(applied.whole("payment_id"));
        payment.is_some_and(|payment| money::may_pay(payment, invoice))
    };
    if applied.all(may_pay) {
        Ok(())
    } else {
        Err(invalid("patient_id", "is not who paid the invoice"))
    }
}

fn lines(input: &Record) -> impl Iterator<Item = (Option<i64>, &Record)> {
    let lines = input.list("line_items_attributes").iter().filter_map(Value::as_object);
    lines.map(|line| (line.get("id").and_then(Value::as_i64), line))
}

/// Every `id` of a line is one of this invoice.
fn check_lines(store: &Store, invoice: Option<i64>, input: &Record) -> Result<(), Reply> {
    let known = |id: i64| {
        let line = store.line_items.find(id);
        line.is_some_and(|line| Some(line.whole("invoice_id")) == invoice)
    };
    if lines(input).filter_map(|(id, _)| id).all(known) {
        Ok(())
    } else {
        Err(invalid("line_items_attributes", "names an unknown line item"))
    }
}

/// A line with an `id` is changed, one without is added.
fn write_lines(store: &mut Store, invoice: i64, input: &Record) {
    for (id, change) in lines(input) {
        let id = id.unwrap_or_else(|| store.line_items.add(line_items::blank(invoice)));
        if let Some(line) = store.line_items.edit(id) {
            merge(line, change, &["id", "invoice_id"]);
        }
    }
}
