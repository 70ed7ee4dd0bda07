//! The Welkin side.

mod assessment_records;
mod assessments;
mod audit;
pub mod auth;
mod calendar_events;
mod care_plans;
mod cdt_definition;
mod cdt_formations;
mod cdt_records;
mod chat_messages;
mod custom_data;
mod data_audit;
mod definitions;
mod dictionary_formations;
mod dictionary_records;
mod document_files;
mod document_summaries;
mod document_type_records;
mod document_types;
mod emails;
mod encounter_assessments;
mod encounter_comments;
mod encounter_disposition_formations;
mod encounter_dispositions;
mod encounter_seed;
mod encounter_templates;
mod encounters;
pub mod errors;
mod exports;
mod goal_comments;
mod goal_tasks;
mod goal_templates;
mod goals;
mod grants;
mod messages;
mod messages_seed;
mod names;
mod pages;
mod patient_programs;
mod patients;
mod programs;
mod schedules;
mod security_audit;
mod seed;
mod seed_data;
mod seed_definitions;
mod sms;
mod system_fields;
mod tasks;
mod unrecognized_emails;
mod unrecognized_sms;
mod user_app_accesses;
mod user_permissions;
mod user_territories;
mod users;
mod webhook_audit;
mod work;
mod work_hours;
mod work_seed;
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
    /// What the Designer defines.
    pub definitions: definitions::Definitions,
    pub dictionaries: dictionary_records::Dictionaries,
    /// Roles, territories and portals of users.
    pub grants: grants::Grants,
    /// Patients in programs, by the id of the enrolment.
    pub enrolments: Collection,
    /// Records of CDTs, of documents and of their details.
    pub cdt_records: custom_data::Records,
    pub encounters: encounters::Encounters,
    pub assessments: assessments::Assessments,
    pub messages: messages::Messages,
    pub work: work::Work,
    pub audit: audit::Audit,
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
    // Grants, definitions and data.
    Resource { component: "USER", handlers: user_app_accesses::HANDLERS },
    Resource { component: "USER", handlers: user_permissions::HANDLERS },
    Resource { component: "USER", handlers: user_territories::HANDLERS },
    Resource { component: "PATIENT_PROGRAM", handlers: patient_programs::HANDLERS },
    Resource { component: "PROGRAM", handlers: programs::HANDLERS },
    Resource { component: "CDT", handlers: cdt_formations::HANDLERS },
    Resource { component: "GOAL_TEMPLATE", handlers: goal_templates::HANDLERS },
    Resource { component: "CDT", handlers: cdt_records::HANDLERS },
    Resource { component: "CDT", handlers: document_summaries::HANDLERS },
    Resource { component: "CDT", handlers: document_type_records::HANDLERS },
    Resource { component: "DOCUMENT_TYPE", handlers: document_types::HANDLERS },
    Resource { component: "DICTIONARY", handlers: dictionary_records::HANDLERS },
    Resource { component: "DICTIONARY", handlers: dictionary_formations::HANDLERS },
    Resource { component: "ENCOUNTER", handlers: encounters::HANDLERS },
    Resource { component: "ENCOUNTER", handlers: encounter_comments::HANDLERS },
    Resource { component: "ENCOUNTER", handlers: encounter_assessments::HANDLERS },
    Resource { component: "CDT", handlers: encounter_dispositions::HANDLERS },
    Resource { component: "CDT", handlers: encounter_disposition_formations::HANDLERS },
    Resource { component: "ENCOUNTER_TEMPLATE", handlers: encounter_templates::HANDLERS },
    Resource { component: "ASSESSMENT", handlers: assessments::HANDLERS },
    Resource { component: "ASSESSMENT", handlers: assessment_records::HANDLERS },
    // Messages and work.
    Resource { component: "CALENDAR", handlers: work_hours::HANDLERS },
    Resource { component: "CALENDAR", handlers: schedules::HANDLERS },
    Resource { component: "CHAT", handlers: chat_messages::HANDLERS },
    Resource { component: "EMAIL", handlers: emails::HANDLERS },
    Resource { component: "EMAIL", handlers: unrecognized_emails::HANDLERS },
    Resource { component: "SMS", handlers: sms::HANDLERS },
    Resource { component: "SMS", handlers: unrecognized_sms::HANDLERS },
    Resource { component: "AUDIT", handlers: data_audit::HANDLERS },
    Resource { component: "AUDIT", handlers: security_audit::HANDLERS },
    Resource { component: "AUDIT", handlers: webhook_audit::HANDLERS },
    Resource { component: "CARE_PLAN", handlers: care_plans::HANDLERS },
    Resource { component: "GOAL", handlers: goals::HANDLERS },
    Resource { component: "GOAL", handlers: goal_comments::HANDLERS },
    Resource { component: "GOAL", handlers: goal_tasks::HANDLERS },
    Resource { component: "TASK", handlers: tasks::HANDLERS },
    Resource { component: "EXPORT", handlers: exports::HANDLERS },
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
    let doomed = audit::doomed(state, call);
    let reply = handler(state, call)?;
    audit::note(state, call, doomed, &reply);
    Ok(reply)
}
