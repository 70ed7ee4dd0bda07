//! The Inbox Health side.

mod invoices;
mod line_items;
mod money;
mod pages;
mod patients;
mod payments;
mod seed;

use std::collections::{BTreeMap, HashMap};

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use fastrand::Rng;
use jiff::Timestamp;
use serde_json::json;

use super::call::Call;
use super::limit::Bucket;
use super::people::Person;
use super::record::Record;
use super::reply::Reply;
use super::state::State;
use super::{Handler, Handlers};

/// The only enterprise.
pub const ENTERPRISE: i64 = 1;
/// The practices of the enterprise.
pub const PRACTICES: &[i64] = &[11, 12];
/// The doctors of the enterprise.
pub const DOCTORS: &[i64] = &[21, 22, 23];

/// Records by their id.
#[derive(Debug)]
pub struct Collection {
    next: i64,
    pub rows: BTreeMap<i64, Record>,
}

impl Collection {
    /// An empty one whose first id is this.
    pub fn starting(next: i64) -> Collection {
        Collection { next, rows: BTreeMap::new() }
    }

    /// Adds a record and gives it its id, which comes first in it.
    pub fn add(&mut self, fields: Record) -> i64 {
        let id = self.next;
        self.next += 1;
        let mut record = Record::new();
        record.insert("id".to_owned(), json!(id));
        record.extend(fields);
        record.insert("id".to_owned(), json!(id));
        self.rows.insert(id, record);
        id
    }

    /// A copy of a record.
    pub fn get(&self, id: i64) -> Option<Record> {
        self.rows.get(&id).cloned()
    }
}

/// What Inbox Health remembers.
pub struct Store {
    pub patients: Collection,
    pub invoices: Collection,
    pub line_items: Collection,
    pub payments: Collection,
    pub invoice_payments: Collection,
    /// Ids of records that lie inside others.
    pub nested: i64,
    buckets: HashMap<String, Bucket>,
}

impl Store {
    /// The records at the beginning.
    pub fn new(people: &[Person], chance: &mut Rng, now: Timestamp) -> Store {
        let mut store = Store {
            patients: Collection::starting(1001),
            invoices: Collection::starting(5001),
            line_items: Collection::starting(20_001),
            payments: Collection::starting(7001),
            invoice_payments: Collection::starting(9001),
            nested: 30_001,
            buckets: HashMap::new(),
        };
        seed::fill(&mut store, people, chance, now);
        store
    }
}

const RESOURCES: &[Handlers] =
    &[patients::HANDLERS, invoices::HANDLERS, line_items::HANDLERS, payments::HANDLERS];

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
    handler(state, call)
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
fn key(call: &Call) -> Option<String> {
    if let Some(key) = call.incoming.header("x-api-key") {
        return Some(key.to_owned());
    }
    let encoded = call.incoming.header("authorization")?.strip_prefix("Basic ")?;
    let pair = String::from_utf8(STANDARD.decode(encoded).ok()?).ok()?;
    pair.split_once(':').map(|(key, _)| key.to_owned())
}
