//! Forgiven amounts.

use super::plain::{self, refer, wrapped};
use super::{invalid, money};
use crate::sandbox::Handlers;
use crate::sandbox::call::Call;
use crate::sandbox::instant;
use crate::sandbox::record::{Fields, merge, record};
use crate::sandbox::reply::Reply;
use crate::sandbox::state::State;

pub const HANDLERS: Handlers =
    &[("writeOffsList", plain::list), ("writeOffsCreate", create), ("writeOffsGet", plain::get)];

/// How a write-off moves balances is not documented. Here it lowers the open invoices of the patient,
/// so that the balance stays the sum of them, and more than they come to is refused.
fn create(state: &mut State, call: &Call) -> Result<Reply, Reply> {
    let (store, input) = (&mut state.inbox_health, call.attributes());
    let patient = refer(store, &input, "patient_id", "patients")?;
    refer(store, &input, "write_off_code_id", "write_off_codes")?;
    let cents = input.whole("amount_cents");
    let open = store.invoices.rows().filter(|invoice| invoice.whole("patient_id") == patient);
    let open: i64 = open.map(|invoice| invoice.whole("balance_cents").max(0)).sum();
    if cents <= 0 {
        return Err(invalid("amount_cents", "must be greater than 0"));
    }
    if cents > open {
        return Err(invalid("amount_cents", "is more than is open"));
    }
    let mut record = record! { "date": instant::write(call.now).get(..10) };
    merge(&mut record, &input, &[]);
    let id = store.write_offs.add(record);
    money::forgive(store, patient, cents);
    Ok(wrapped(201, call, store.write_offs.get(id).unwrap_or_default()))
}
