//! The Inbox Health side.

mod admin_organizations;
mod attachments;
mod codes;
mod collection;
mod doctors;
mod enterprises;
mod invoice_payments;
mod invoices;
mod line_items;
mod money;
mod named_only;
mod nested;
mod pages;
mod patients;
mod payment_adjustments;
mod payments;
mod plain;
mod practices;
mod seed;
mod seed_enterprise;
mod sftp_uploads;
mod store;
mod users;
mod webhook_endpoints;
mod webhooks;
mod write_offs;

pub use store::Store;
pub use webhooks::{Webhook, WebhookEndpoint};

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::json;

use super::call::Call;
use super::limit::Bucket;
use super::reply::Reply;
use super::state::State;
use super::{Handler, Handlers};

/// The enterprise at the beginning, which also is the one of whatever names none.
pub const ENTERPRISE: i64 = 1;
/// Its practices.
pub const PRACTICES: &[i64] = &[11, 12];
/// Its doctors.
pub const DOCTORS: &[i64] = &[21, 22, 23];
/// The portal user to whom every key belongs.
pub const USER: i64 = 31;

const RESOURCES: &[Handlers] = &[
    enterprises::HANDLERS,
    practices::HANDLERS,
    doctors::HANDLERS,
    users::HANDLERS,
    admin_organizations::HANDLERS,
    named_only::HANDLERS,
    codes::HANDLERS,
    patients::HANDLERS,
    invoices::HANDLERS,
    line_items::HANDLERS,
    payments::HANDLERS,
    invoice_payments::HANDLERS,
    payment_adjustments::HANDLERS,
    write_offs::HANDLERS,
    attachments::HANDLERS,
    sftp_uploads::HANDLERS,
    webhook_endpoints::HANDLERS,
];

/// The handler of an operation.
pub fn handler(id: &str) -> Option<Handler> {
    let mut handlers = RESOURCES.iter().copied().flatten();
    handlers.find(|(handled, _)| *handled == id).map(|(_, handler)| *handler)
}

/// Answers a recognised request.
pub fn answer(state: &mut State, call: &Call) -> Result<Reply, Reply> {
    let Some(handler) = handler(call.operation.id) else {
        return Ok(error(501, "The sandbox does not know this yet"));
    };
    admit(state, call)?;
    let mistakes = call.mistakes();
    if let Some((field, mistake)) = mistakes.first() {
        return Err(invalid(field, mistake));
    }
    if call.operation.body.is_some_and(|body| body.repeats_id)
        && call.body.get("id").and_then(serde_json::Value::as_i64) != Some(call.id())
    {
        return Err(invalid("id", "must be the id of the path"));
    }
    let answered = handler(state, call);
    match answered {
        Ok(_) => webhooks::tell_changes(&mut state.inbox_health, call.now),
        Err(_) => state.inbox_health.undo(),
    }
    answered
}

/// The bodies of failures are not documented: this is the plainest one.
pub fn error(status: u16, message: &str) -> Reply {
    Reply::json(status, json!({ "error": message }))
}

/// 422 for a wrong attribute, in the manner of Rails.
pub fn invalid(field: &str, mistake: &str) -> Reply {
    Reply::json(422, json!({ "errors": { field: [mistake] } }))
}

/// 404 for an id that nobody has.
pub fn not_found() -> Reply {
    error(404, "Not found")
}

/// Lets a request with a good key in, as long as the limit of the key allows it.
fn admit(state: &mut State, call: &Call) -> Result<(), Reply> {
    let key = key(call).filter(|key| {
        let keys = &state.settings.api_keys;
        !key.is_empty() && keys.as_ref().is_none_or(|keys| keys.contains(key))
    });
    let Some(key) = key else {
        return Err(error(401, "Invalid API key"));
    };
    let buckets = &mut state.inbox_health.buckets;
    let allowed = buckets.entry(key).or_insert_with(|| Bucket::new(call.now)).allow(call.now);
    if allowed || !state.settings.limits { Ok(()) } else { Err(error(429, "Rate limit exceeded")) }
}

/// The key of the header, or of the older Basic scheme, where it is the user name.
pub fn key(call: &Call) -> Option<String> {
    if let Some(key) = call.incoming.header("x-api-key") {
        return Some(key.to_owned());
    }
    let encoded = call.incoming.header("authorization")?.strip_prefix("Basic ")?;
    let pair = String::from_utf8(STANDARD.decode(encoded).ok()?).ok()?;
    pair.split_once(':').map(|(key, _)| key.to_owned())
}
