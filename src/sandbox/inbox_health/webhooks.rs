//! Events that are told to subscribers, as they travel.

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::collection::Change;
use super::{Store, invoices, money};
use crate::sandbox::instant;
use crate::sandbox::record::Record;

/// A URL that wants to know of events; in JSON with the names of JavaScript.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WebhookEndpoint {
    /// The URL, exactly as it is registered: it is signed too.
    pub url: String,
    /// The key that signs: the one of the user who registered the endpoint.
    pub key: String,
    /// The names of the events, as `invoice_created`; all of them when it is left out.
    #[serde(default)]
    pub events: Option<Vec<String>>,
}

/// A delivery that waits: a POST; in JSON with the names of JavaScript.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Webhook {
    /// The name of the event.
    pub event_type: String,
    /// The URL.
    pub url: String,
    /// The headers, the signature among them.
    pub headers: BTreeMap<String, String>,
    /// The exact body.
    pub body: String,
}

/// Who is told, and what waits for delivery.
pub struct Webhooks {
    endpoints: Vec<WebhookEndpoint>,
    next_endpoint: i64,
    next_event: i64,
    queue: Vec<Webhook>,
}

/// The events of a resource.
struct Events {
    /// The name of the collection.
    name: &'static str,
    created: &'static str,
    updated: Option<&'static str>,
    /// Fields that follow from other records: they alone make no event (notes, "Enums": the invoice's
    /// own fields only).
    derived: &'static [&'static str],
}

/// In the order in which the events of one request are told.
const EVENTS: &[Events] = &[
    Events {
        name: "patients",
        created: "patient_created",
        updated: Some("patient_updated"),
        derived: &["balance_cents", "cached_balance_cents"],
    },
    Events {
        name: "invoices",
        created: "invoice_created",
        updated: Some("invoice_updated"),
        // Changes of its lines move the time of its last change too, and raise events of their own.
        derived: &["balance_cents", "total_insurance_balance_cents", "updated_at"],
    },
    Events { name: "line_items", created: "line_item_created", updated: None, derived: &[] },
    Events {
        name: "payments",
        created: "payment_created",
        updated: Some("payment_updated"),
        derived: &[],
    },
    Events {
        name: "invoice_payments",
        created: "invoice_payment_created",
        updated: Some("invoice_payment_updated"),
        derived: &[],
    },
    Events {
        name: "attachments",
        created: "attachment_created",
        updated: Some("attachment_updated"),
        derived: &[],
    },
];

/// No source says when this is told; here when a payment of a patient is made.
const PROCESSED: &str = "patient_payment_processed";

impl Webhooks {
    pub fn new(endpoints: &[WebhookEndpoint]) -> Webhooks {
        let endpoints = endpoints.to_vec();
        Webhooks { endpoints, next_endpoint: 15_001, next_event: 60_001, queue: Vec::new() }
    }

    /// Adds an endpoint; gives its id.
    pub fn subscribe(&mut self, endpoint: WebhookEndpoint) -> i64 {
        let id = self.next_endpoint;
        self.next_endpoint += 1;
        self.endpoints.push(endpoint);
        id
    }

    /// What waits, oldest first; it waits no longer.
    pub fn take(&mut self) -> Vec<Webhook> {
        std::mem::take(&mut self.queue)
    }

    /// Queues an event for everybody who wants it.
    pub fn tell(&mut self, event_type: &str, object: Value, now: Timestamp) {
        let id = self.next_event;
        self.next_event += 1;
        let event = json!({
            "id": id,
            "livemode": false,
            // Events are written with an offset, unlike records.
            "created_at": instant::write_local(now, "America/New_York"),
            "event_type": event_type,
            "event_data": { "object": object },
        });
        // The sender writes `&` as an escape, which a receiver must not sign as it stands. In JSON it
        // is only ever inside a string.
        let body = event.to_string().replace('&', r"\u0026");
        for endpoint in &self.endpoints {
            let wanted = endpoint.events.as_ref();
            if wanted.is_some_and(|events| !events.iter().any(|event| event == event_type)) {
                continue;
            }
            let mut headers =
                BTreeMap::from([("content-type".to_owned(), "application/json".to_owned())]);
            if let Some(signature) = crate::webhook::signature(&endpoint.url, &body, &endpoint.key)
            {
                headers.insert("x-inboxhealth-signature".to_owned(), signature);
            }
            self.queue.push(Webhook {
                event_type: event_type.to_owned(),
                url: endpoint.url.clone(),
                headers,
                body: body.clone(),
            });
        }
    }
}

/// Tells what a request changed.
pub fn tell_changes(store: &mut Store, now: Timestamp) {
    for events in EVENTS {
        let Some(collection) = store.collection_mut(events.name) else { continue };
        for change in collection.changes() {
            let Some(record) = store.collection(events.name).and_then(|all| all.get(change.id))
            else {
                continue;
            };
            let event_type = match &change.before {
                None => Some(events.created),
                Some(before) if differs(before, &record, events.derived) => events.updated,
                Some(_) => None,
            };
            let Some(event_type) = event_type else { continue };
            let is_processed = is_processed(events, &change, &record);
            let object = match events.name {
                "invoices" => invoices::view(store, &record),
                _ => record,
            };
            let object = Value::Object(object);
            store.webhooks.tell(event_type, object.clone(), now);
            if is_processed {
                store.webhooks.tell(PROCESSED, object, now);
            }
        }
    }
    store.commit();
}

fn is_processed(events: &Events, change: &Change, record: &Record) -> bool {
    events.name == "payments" && change.before.is_none() && !money::is_insurance(record)
}

fn differs(before: &Record, now: &Record, derived: &[&str]) -> bool {
    now.iter()
        .any(|(name, value)| !derived.contains(&name.as_str()) && before.get(name) != Some(value))
}
