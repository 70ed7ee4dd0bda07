//! The Welkin side.

pub mod auth;
mod calendar_events;
mod document_files;
pub mod errors;
mod pages;
mod patients;
mod seed;
mod users;
mod workload;

use std::collections::HashMap;

use fastrand::Rng;
use indexmap::IndexMap;
use jiff::Timestamp;

use super::call::Call;
use super::limit::Exchanges;
use super::people::Person;
use super::record::Record;
use super::reply::Reply;
use super::state::State;
use super::{Handler, Handlers};

/// What the data host sends with every answer (notes, section 3).
pub const CORS: [(&str, &str); 5] = [
    ("access-control-allow-origin", "*"),
    ("access-control-allow-methods", "GET, POST, PUT, DELETE, PATCH, OPTIONS"),
    ("access-control-allow-headers", "Authorization, Content-Type, XSRF-Token, Security-Role"),
    ("access-control-expose-headers", "Content-Disposition, XSRF-Token, Unresolved-Variables"),
    ("access-control-max-age", "3600"),
];

/// Records by their id, in the order of their creation.
pub type Collection = IndexMap<String, Record>;

/// What Welkin remembers.
pub struct Store {
    pub users: Collection,
    pub patients: Collection,
    pub events: Collection,
    /// Files of documents by their id.
    pub files: IndexMap<String, document_files::StoredFile>,
    /// Tokens that were given out, with their end.
    pub tokens: HashMap<String, Timestamp>,
    /// The exchanges of each API client.
    pub exchanges: HashMap<String, Exchanges>,
    /// The id of the API client, who is the author of everything.
    pub api_client: String,
}

impl Store {
    /// The records at the beginning.
    pub fn new(people: &[Person], chance: &mut Rng, now: Timestamp) -> Store {
        seed::store(people, chance, now)
    }
}

/// A resource: the subsystem that its errors name, and its handlers.
struct Resource {
    component: &'static str,
    handlers: Handlers,
}

const RESOURCES: &[Resource] = &[
    Resource { component: "AUTH", handlers: auth::HANDLERS },
    Resource { component: "USER", handlers: users::HANDLERS },
    Resource { component: "PATIENT", handlers: patients::HANDLERS },
    Resource { component: "CALENDAR", handlers: calendar_events::HANDLERS },
    Resource { component: "CDT", handlers: document_files::HANDLERS },
];

fn find(id: &str) -> Option<(&'static str, Handler)> {
    RESOURCES.iter().find_map(|resource| {
        let found = resource.handlers.iter().find(|(handled, _)| *handled == id);
        found.map(|(_, handler)| (resource.component, *handler))
    })
}

/// The handler of an operation.
#[cfg(test)]
pub fn handler(id: &str) -> Option<Handler> {
    find(id).map(|(_, handler)| handler)
}

/// Answers a recognised request.
pub fn answer(state: &mut State, call: &Call) -> Result<Reply, Reply> {
    let Some((component, handler)) = find(call.operation.id) else {
        return Ok(errors::general(
            501,
            "NOT_IMPLEMENTED",
            "The sandbox does not know this yet",
            call.now,
        ));
    };
    if !call.operation.open {
        auth::admit(state, call)?;
    }
    let mistakes = call.mistakes();
    if !mistakes.is_empty() {
        return Err(errors::invalid(component, mistakes, call.now));
    }
    handler(state, call)
}
