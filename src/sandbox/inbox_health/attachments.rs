//! What is known about files.

use jiff::Timestamp;

use super::{ENTERPRISE, not_found, plain};
use crate::sandbox::Handlers;
use crate::sandbox::call::Call;
use crate::sandbox::instant;
use crate::sandbox::record::{Record, record};
use crate::sandbox::reply::Reply;
use crate::sandbox::state::State;

pub const HANDLERS: Handlers = &[
    ("attachmentsListByPayment", plain::list_under),
    ("attachmentsList", plain::list),
    ("attachmentsCreate", create),
    ("attachmentsGet", plain::get),
    ("attachmentsUpdate", plain::update),
    ("attachmentsDelete", plain::delete),
    ("attachmentsDownload", download),
];

/// An attachment that was just made. The field that ties it to a payment is a guess.
pub fn blank(now: Timestamp) -> Record {
    let now = instant::write(now);
    record! {
        "enterprise_id": ENTERPRISE,
        "category": null,
        "output_source": null,
        "mime_type": null,
        "size": 0,
        "checksum": null,
        "version": "1",
        "display_name": null,
        "path": null,
        "payment_id": null,
        "created_at": now,
        "updated_at": now,
    }
}

fn create(state: &mut State, call: &Call) -> Result<Reply, Reply> {
    plain::create(state, call, blank(call.now))
}

/// No source says how the bytes get there, nor whether a download is bytes, a redirect or a URL: the
/// sandbox holds no bytes and answers without any.
fn download(state: &mut State, call: &Call) -> Result<Reply, Reply> {
    state.inbox_health.attachments.find(call.id()).ok_or_else(not_found)?;
    Ok(Reply::empty(200))
}
