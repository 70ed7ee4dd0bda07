//! Procedures and adjustments on invoices.

use super::plain::{self, refer, wrapped};
use super::{money, not_found};
use crate::sandbox::Handlers;
use crate::sandbox::call::Call;
use crate::sandbox::record::{Record, merge, record};
use crate::sandbox::reply::Reply;
use crate::sandbox::state::State;

pub const HANDLERS: Handlers = &[
    ("lineItemsListByInvoice", plain::list_under),
    ("lineItemsCreate", create),
    ("lineItemsGet", plain::get),
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

fn create(state: &mut State, call: &Call) -> Result<Reply, Reply> {
    let (store, input) = (&mut state.inbox_health, call.attributes());
    let mut line = blank(0);
    merge(&mut line, &input, &[]);
    refer(store, &line, "invoice_id", "invoices")?;
    let id = store.line_items.add(line);
    money::settle(store);
    Ok(wrapped(201, call, store.line_items.get(id).unwrap_or_default()))
}

fn update(state: &mut State, call: &Call) -> Result<Reply, Reply> {
    let store = &mut state.inbox_health;
    let mut line = store.line_items.get(call.id()).ok_or_else(not_found)?;
    merge(&mut line, &call.attributes(), &[]);
    refer(store, &line, "invoice_id", "invoices")?;
    store.line_items.put(call.id(), line.clone());
    money::settle(store);
    Ok(wrapped(200, call, line))
}

fn delete(state: &mut State, call: &Call) -> Result<Reply, Reply> {
    let store = &mut state.inbox_health;
    store.line_items.remove(call.id()).ok_or_else(not_found)?;
    money::settle(store);
    // The status is not documented.
    Ok(Reply::empty(204))
}
