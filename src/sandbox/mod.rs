//! An offline, stateful stand-in for both APIs, for tests and demonstrations.
//!
//! A request is routed by the table of operations; the handler of its operation works on records in
//! memory and answers in the envelopes of the references. What the references leave open is decided
//! here in the plainest way, and the place says so. There is no clock and no other source of chance
//! than the seed: the same settings and the same requests give the same answers.

mod call;
mod fault;
mod form;
mod inbox_health;
mod instant;
mod limit;
mod message;
mod order;
mod people;
mod record;
mod reply;
mod settable;
mod settings;
mod state;
#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]
mod tests;
mod welkin;

pub use fault::{Drop, Fault};
pub use form::{FilePart, Part};
pub use inbox_health::{Webhook, WebhookEndpoint};
pub use message::{Incoming, Outgoing};
pub use settings::Settings;

use http::Uri;
use serde_json::Value;

use crate::operation::{Api, Method};
use crate::recognise::{Recognised, recognise};
use call::Call;
use reply::Reply;
use state::State;

/// What answers an operation. Both sides of the result are answers; `Err` is one that ends a handler
/// early.
type Handler = fn(&mut State, &Call) -> Result<Reply, Reply>;

/// The handlers of a resource by the id of their operation.
type Handlers = &'static [(&'static str, Handler)];

/// The stand-in: both APIs over one population of invented people.
pub struct Sandbox {
    settings: Settings,
    state: State,
    faults: Vec<Fault>,
}

impl Sandbox {
    /// Invents the people and their records around the instant `now`, in milliseconds since 1970.
    pub fn new(settings: Settings, now: i64) -> Self {
        let state = State::new(&settings, instant::at(now));
        Sandbox { settings, state, faults: Vec::new() }
    }

    /// Forgets everything that was asked of it: records, tokens, limits and faults.
    pub fn reset(&mut self, now: i64) {
        self.state = State::new(&self.settings, instant::at(now));
        self.faults.clear();
    }

    /// Plans a failure. The text names what is wrong with the rule.
    pub fn fault(&mut self, fault: Fault) -> Result<(), String> {
        fault.check()?;
        self.faults.push(fault);
        Ok(())
    }

    /// A Welkin token without an exchange, and the instant of its end.
    pub fn issue_token(&mut self, now: i64) -> (String, String) {
        let now = instant::at(now);
        let (token, end) = welkin::auth::issue(&mut self.state, "sandbox", now);
        (token, instant::write(end))
    }

    /// Makes every Welkin token invalid that was given out so far.
    pub fn revoke_tokens(&mut self) {
        self.state.welkin.tokens.clear();
    }

    /// The deliveries of webhooks that wait, oldest first; they wait no longer.
    pub fn take_webhooks(&mut self) -> Vec<Webhook> {
        self.state.inbox_health.webhooks.take()
    }

    /// Queues a webhook event that no request raises, as `account_manager_created`.
    pub fn queue_webhook(&mut self, event_type: &str, object: Value, now: i64) {
        self.state.inbox_health.webhooks.tell(event_type, object, instant::at(now));
    }

    /// Answers a request.
    pub fn handle(&mut self, incoming: &Incoming) -> Outgoing {
        let Ok(uri) = incoming.url.parse::<Uri>() else {
            return Outgoing::of(None, None, Reply::empty(400));
        };
        let path = uri.path();
        let api = if path.starts_with("/partner/v2/") { Api::InboxHealth } else { Api::Welkin };
        if incoming.method == "OPTIONS" {
            return Outgoing::of(Some(api), None, preflight(api));
        }
        let Some(found) = recognise(api, incoming.method, path) else {
            return Outgoing::of(Some(api), None, unknown(api, path, incoming));
        };
        let mut fault = fault::due(&mut self.faults, api, found.operation.id);
        if fault.as_ref().is_some_and(Fault::drops_before) {
            let mut outgoing = Outgoing::of(Some(api), Some(found.operation), Reply::empty(0));
            outgoing.dropped = true;
            outgoing.delay = fault.map_or(0, |fault| fault.delay_ms);
            return outgoing;
        }
        let reply = match fault.as_mut().and_then(|fault| fault.reply(api, incoming.now)) {
            Some(reply) => reply,
            None => self.answer(api, &found, uri.query().unwrap_or_default(), incoming),
        };
        let mut outgoing = Outgoing::of(Some(api), Some(found.operation), reply);
        if let Some(fault) = fault {
            fault.spoil(&mut outgoing);
        }
        outgoing
    }

    fn answer(&mut self, api: Api, found: &Recognised, query: &str, incoming: &Incoming) -> Reply {
        let call = Call::new(found, query, incoming);
        let state = &mut self.state;
        let answered = match api {
            Api::Welkin => welkin::answer(state, &call),
            Api::InboxHealth => inbox_health::answer(state, &call),
        };
        answered.unwrap_or_else(|early| early)
    }
}

/// Whether the sandbox knows what to do for an operation.
#[cfg(test)]
fn is_handled(api: Api, id: &str) -> bool {
    match api {
        Api::Welkin => welkin::handler(id).is_some(),
        Api::InboxHealth => inbox_health::handler(id).is_some(),
    }
}

/// No preflight of either API was ever recorded. The data host of Welkin sends its CORS headers with
/// every answer; nothing is known of Inbox Health, whose key must not live in a browser anyway.
fn preflight(api: Api) -> Reply {
    match api {
        Api::Welkin => Reply::empty(200),
        Api::InboxHealth => Reply::empty(404),
    }
}

/// A path that is no operation, or an operation with another method.
fn unknown(api: Api, path: &str, incoming: &Incoming) -> Reply {
    let methods: Vec<&str> =
        [Method::GET, Method::POST, Method::PUT, Method::PATCH, Method::DELETE]
            .into_iter()
            .map(Method::name)
            .filter(|method| recognise(api, method, path).is_some())
            .collect();
    if methods.is_empty() {
        return match api {
            // Recorded on a malformed path: an empty body.
            Api::Welkin => Reply::empty(404),
            Api::InboxHealth => inbox_health::error(404, "Not found"),
        };
    }
    let mut reply = match api {
        Api::Welkin => {
            let now = instant::at(incoming.now);
            welkin::errors::general(405, "METHOD_NOT_ALLOWED", "Method is not allowed", now)
        }
        Api::InboxHealth => inbox_health::error(405, "Method not allowed"),
    };
    reply.headers.push(("allow".to_owned(), methods.join(", ")));
    reply
}
