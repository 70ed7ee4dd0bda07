//! Procedures and adjustments on invoices.

use super::pages::{enveloped, listed, page};
use super::{Store, invalid, money, not_found};
use crate::sandbox::Handlers;
use crate::sandbox::call::Call;
use crate::sandbox::record::{Fields, Record, merge, record};
use crate::sandbox::reply::Reply;
use crate::sandbox::state::State;

pub const HANDLERS: Handlers = &[
    ("lineItemsListByInvoice", list_by_invoice),
    ("lineItemsCreate", create),
    ("lineItemsGet", get),
    ("lineItemsUpdate", update),
    ("lineItemsDelete", delete),
];

/// A line of an invoice that was just made.
pub fn blank(invoice: i64) -> Record {
    record! {
        "invoice_id": invoice,
        "service_code": null,
        "description": "",
        "date_of_service": null,
        "total_charge_amount_cents": 0,
        "covered_amount_cents": 0,
        "insurance_owed_amount_cents": 0,
        "tax_amount_cents": 0,
        "quantity": 1,
    }
}

fn list_by_invoice(state: &mut State, call: &Call) -> Result<Reply, Reply> {
    let store = &state.inbox_health;
    store.invoices.get(call.id()).ok_or_else(not_found)?;
    let lines = store.line_items.rows.values();
    let lines = lines.filter(|line| line.whole("invoice_id") == call.id());
    Ok(listed("line_items", page(call, lines, |_, _| None)))
}

fn get(state: &mut State, call: &Call) -> Result<Reply, Reply> {
    let line = state.inbox_health.line_items.get(call.id()).ok_or_else(not_found)?;
    Ok(enveloped(200, "line_item", line))
}

fn create(state: &mut State, call: &Call) -> Result<Reply, Reply> {
    let (store, input) = (&mut state.inbox_health, call.attributes());
    let mut line = blank(0);
    merge(&mut line, &input, &["id"]);
    check(store, &line)?;
    let id = store.line_items.add(line);
    money::settle(store);
    Ok(enveloped(201, "line_item", store.line_items.get(id).unwrap_or_default()))
}

fn update(state: &mut State, call: &Call) -> Result<Reply, Reply> {
    let store = &mut state.inbox_health;
    let mut line = store.line_items.get(call.id()).ok_or_else(not_found)?;
    merge(&mut line, &call.attributes(), &["id"]);
    check(store, &line)?;
    store.line_items.rows.insert(call.id(), line.clone());
    money::settle(store);
    Ok(enveloped(200, "line_item", line))
}

fn delete(state: &mut State, call: &Call) -> Result<Reply, Reply> {
    let store = &mut state.inbox_health;
    store.line_items.rows.remove(&call.id()).ok_or_else(not_found)?;
    money::settle(store);
    // The status is not documented.
    Ok(Reply::empty(204))
}

fn check(store: &Store, line: &Record) -> Result<(), Reply> {
    if store.invoices.rows.contains_key(&line.whole("invoice_id")) {
        Ok(())
    } else {
        Err(invalid("invoice_id", "must exist"))
    }
}
