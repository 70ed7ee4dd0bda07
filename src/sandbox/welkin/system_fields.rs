//! Records in the shape of CDT records: what is written flat is read in `jsonBody`, where the keys of
//! the system stand in snake_case beside the fields.

use indexmap::IndexMap;
use jiff::Timestamp;
use serde_json::{Value, json};

use super::{Store, errors};
use crate::sandbox::instant;
use crate::sandbox::record::{Fields, Record, record};
use crate::sandbox::reply::Reply;

/// A record as it is kept: whose it is, and what its `jsonBody` holds.
#[derive(Clone)]
pub struct CdtRecord {
    pub patient_id: String,
    pub body: Record,
}

/// Records by their id, in the order of their creation.
pub type CdtRecords = IndexMap<String, CdtRecord>;

/// The keys of the system, which nobody writes.
pub const SYSTEM: [&str; 12] = [
    "id",
    "external_guid",
    "external_id",
    "created_at",
    "created_by",
    "created_by_name",
    "updated_at",
    "updated_by",
    "updated_by_name",
    "source_type",
    "source_name",
    "source_id",
];

/// The name that goes with the id of the API client.
const AUTHOR: &str = "API_CLIENT:sandbox";

/// The system's part of a record that was just made.
pub fn blank(id: &str, author: &str, now: Timestamp) -> Record {
    let now = instant::write(now);
    record! {
        "id": id,
        "external_guid": null,
        "external_id": null,
        "created_at": now,
        "created_by": author,
        "created_by_name": AUTHOR,
        "updated_at": now,
        "updated_by": author,
        "updated_by_name": AUTHOR,
        "source_type": null,
        "source_name": null,
        "source_id": null,
    }
}

/// The same for a record that belongs to an encounter.
pub fn of_encounter(id: &str, encounter: &str, author: &str, now: Timestamp) -> Record {
    let mut body = blank(id, author, now);
    body.insert("source_type".to_owned(), json!("ENCOUNTER"));
    body.insert("source_name".to_owned(), json!(super::encounters::CDT));
    body.insert("source_id".to_owned(), json!(encounter));
    body
}

impl CdtRecord {
    /// The id of the record that this one belongs to.
    pub fn source(&self) -> &str {
        self.body.text("source_id").unwrap_or_default()
    }

    /// Sets the fields that may be written. Other keys have no effect, as recorded for CDT records.
    pub fn write(&mut self, input: &Record, writable: &[&str], author: &str, now: Timestamp) {
        let known = |name: &str| writable.contains(&name) && !SYSTEM.contains(&name);
        let input = input.iter().filter(|(name, _)| known(name));
        self.body.extend(input.map(|(name, value)| (name.clone(), value.clone())));
        self.body.insert("updated_at".to_owned(), json!(instant::write(now)));
        self.body.insert("updated_by".to_owned(), json!(author));
        self.body.insert("updated_by_name".to_owned(), json!(AUTHOR));
    }

    /// The record as it is read.
    pub fn view(&self, store: &Store, cdt_id: &str, cdt_name: &str) -> Record {
        record! {
            "id": self.body.get("id"),
            "patientId": self.patient_id,
            "cdtId": cdt_id,
            "version": store.definitions.version(),
            "jsonBody": Value::Object(self.body.clone()),
            "cdtName": cdt_name,
        }
    }
}

/// 404 with the code that was recorded for CDT records; encounters and what belongs to them are such.
pub fn not_found(id: &str, now: Timestamp) -> Reply {
    errors::not_found("CDT", "DT_RECORD_NOT_FOUND", id, now)
}
