//! Refunds and voids.

use serde_json::{Value, json};

use super::plain::{self, refer, wrapped};
use super::{USER, invalid, money};
use crate::sandbox::Handlers;
use crate::sandbox::call::Call;
use crate::sandbox::instant;
use crate::sandbox::record::{Fields, record};
use crate::sandbox::reply::Reply;
use crate::sandbox::state::State;

pub const HANDLERS: Handlers = &[
    ("paymentAdjustmentsListByPayment", plain::list_under),
    ("paymentAdjustmentsCreate", create),
    ("paymentAdjustmentsGet", plain::get),
];

/// A refund is noted and moves no balance; a void takes the payment out of all of them.
fn create(state: &mut State, call: &Call) -> Result<Reply, Reply> {
    let (store, input) = (&mut state.inbox_health, call.attributes());
    let id = refer(store, &input, "payment_id", "payments")?;
    let payment = store.payments.get(id).unwrap_or_default();
    let is_void = call.body.get("voided").and_then(Value::as_bool) == Some(true);
    let (cents, whole) = (input.whole("amount_cents"), payment.whole("expected_amount_cents"));
    let refunded = payment.whole("refunded_amount_cents") + cents;
    if cents <= 0 {
        return Err(invalid("amount_cents", "must be greater than 0"));
    }
    if is_void && cents != whole {
        return Err(invalid("amount_cents", "must be the whole payment"));
    }
    if refunded > whole {
        return Err(invalid("amount_cents", "is more than is left of the payment"));
    }
    if is_void {
        money::release(store, |applied| applied.whole("payment_id") == id);
    }
    if let Some(payment) = store.payments.edit(id) {
        let status = if refunded == whole { "refunded" } else { "partially refunded" };
        payment.insert("status".to_owned(), json!(status));
        payment.insert("refunded_amount_cents".to_owned(), json!(refunded));
        payment.insert("voided".to_owned(), json!(is_void));
        plain::touch(payment, call);
    }
    money::settle(store);
    let now = instant::write(call.now);
    let adjustment = store.payment_adjustments.add(record! {
        "payment_id": id,
        "payment_processing_refund_id": null,
        "created_at": now,
        "updated_at": now,
        "transfer_id": null,
        "status": "refunded",
        "created_by_user_id": USER,
        "amount_cents": cents,
    });
    Ok(wrapped(201, call, store.payment_adjustments.get(adjustment).unwrap_or_default()))
}
