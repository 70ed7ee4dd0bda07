//! Subscriptions to events.

use http::Uri;
use serde_json::{Value, json};

use super::plain::wrapped;
use super::webhooks::WebhookEndpoint;
use super::{invalid, key};
use crate::sandbox::Handlers;
use crate::sandbox::call::Call;
use crate::sandbox::record::{Fields, record};
use crate::sandbox::reply::Reply;
use crate::sandbox::state::State;

pub const HANDLERS: Handlers = &[("webhookEndpointsCreate", create)];

/// Subscribes a URL. Deliveries are signed with the key of the caller.
fn create(state: &mut State, call: &Call) -> Result<Reply, Reply> {
    let (store, input) = (&mut state.inbox_health, call.attributes());
    let url = input.text("url").unwrap_or_default();
    let is_web =
        |uri: Uri| uri.host().is_some() && matches!(uri.scheme_str(), Some("https" | "http"));
    if !url.parse().is_ok_and(is_web) {
        return Err(invalid("url", "is not a URL"));
    }
    let events = input.list("registered_webhooks").iter().filter_map(Value::as_str);
    let endpoint = WebhookEndpoint {
        url: url.to_owned(),
        key: key(call).unwrap_or_default(),
        events: Some(events.map(str::to_owned).collect()),
    };
    let endpoint_record = record! {
        "id": store.webhooks.subscribe(endpoint),
        "url": url,
        "registered_webhooks": json!(input.list("registered_webhooks")),
    };
    Ok(wrapped(201, call, endpoint_record))
}
