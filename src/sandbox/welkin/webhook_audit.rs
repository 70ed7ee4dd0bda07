//! The log of webhook calls. The sandbox calls nobody: its entries were there from the beginning.

use std::collections::VecDeque;

use fastrand::Rng;
use jiff::Timestamp;

use super::Store;
use super::audit::{self, Filter, IS};
use super::seed::INSTANCE;
use crate::sandbox::Handlers;
use crate::sandbox::call::Call;
use crate::sandbox::instant;
use crate::sandbox::record::{Fields, Record, record};
use crate::sandbox::reply::Reply;
use crate::sandbox::state::{State, uuid};

pub const HANDLERS: Handlers = &[("webhookAuditList", list)];

const FILTERS: &[Filter] = &[
    ("instance", "instance", IS),
    ("eventSubtype", "eventSubtype", IS),
    ("entity", "eventEntity", IS),
];

fn list(state: &mut State, call: &Call) -> Result<Reply, Reply> {
    audit::list(&state.welkin.audit.webhook, FILTERS, call, "AUDIT")
}

/// The calls for the events and patients of a store, oldest first. Those of the future are not due.
pub fn calls(store: &Store, chance: &mut Rng, now: Timestamp) -> VecDeque<Record> {
    let events = store.events.values().map(|event| {
        let patients = super::calendar_events::participants(event);
        let patient = patients.into_iter().find(|id| store.patients.contains_key(*id));
        (event.text("createdAt"), "CALENDAR", "CALENDAR_EVENT_CREATED", patient)
    });
    let patients = store.patients.iter().map(|(id, patient)| {
        (patient.text("createdAt"), "PATIENT", "PATIENT_CREATED", Some(id.as_str()))
    });
    let mut calls: Vec<Record> = events
        .chain(patients)
        .filter(|(at, ..)| at.and_then(instant::read).is_some_and(|at| at <= now))
        .map(|(at, entity, subtype, patient)| {
            let mut call = record! {
                "id": uuid(chance),
                "sentAt": at,
                "eventEntity": entity,
                "patientId": patient,
                "instance": INSTANCE,
            };
            // The receiver's status is a name, not a number; a call without an answer has none.
            let outcome = match chance.u8(..10) {
                0 => record! { "status": "SENT" },
                1 => record! {
                    "status": "FAILED",
                    "statusCode": "BAD_GATEWAY",
                    "response": "<html><body>Bad Gateway</body></html>",
                },
                _ => record! { "status": "DELIVERED", "statusCode": "OK", "response": "" },
            };
            call.extend(outcome);
            call.extend(record! { "eventSubtype": subtype, "record": configuration() });
            call.retain(|name, value| name != "patientId" || !value.is_null());
            call
        })
        .collect();
    calls.sort_by(|one, other| one.text("sentAt").cmp(&other.text("sentAt")));
    calls.into()
}

fn configuration() -> Record {
    record! {
        "name": "wh-portal",
        "title": "Portal",
        "url": "https://hooks.example.org/welkin",
        "headers": [{ "name": "X-Source", "value": "welkin" }],
        "queryParameters": [],
        "payload": {
            "customFields": [],
            "predefinedFields": ["EVENT_ENTITY", "EVENT_SUBTYPE", "PATIENT_ID"],
        },
        "active": true,
        "enabled": true,
    }
}
