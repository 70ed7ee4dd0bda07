//! Custom data of patients: what records of CDTs, documents and their details have in common.
//!
//! A request is flat; an answer nests the same keys in `jsonBody`, in snake_case beside the camelCase
//! of the outer keys, together with the keys of the system.

use indexmap::IndexMap;
use jiff::Timestamp;
use serde_json::{Value, json};

use super::system_fields;
use crate::sandbox::call::Call;
use crate::sandbox::instant;
use crate::sandbox::record::{Fields, Record, record};

/// Records by their id.
pub type Records = IndexMap<String, DataRecord>;

/// Places in a request, and what is wrong there.
pub type Mistakes = Vec<(String, String)>;

/// A record of a definition.
#[derive(Clone)]
pub struct DataRecord {
    pub patient: String,
    /// The name of the definition.
    pub cdt: String,
    cdt_id: String,
    version: usize,
    /// The `jsonBody`.
    pub body: Record,
}

/// The keys of the system that a caller may write; all of them are text. That a caller may name the
/// source is not documented: it is how a document says what it was made of.
const WRITABLE: [&str; 5] =
    ["external_guid", "external_id", "source_type", "source_name", "source_id"];

impl DataRecord {
    /// A record that was just made, with `null` in every field.
    pub fn blank(
        id: &str,
        patient: &str,
        definition: &Record,
        version: usize,
        author: &str,
        now: Timestamp,
    ) -> DataRecord {
        let mut body = system_fields::blank(id, author, now);
        body.extend(fields(definition).filter_map(name).map(|name| (name.to_owned(), Value::Null)));
        let text = |name| definition.text(name).unwrap_or_default().to_owned();
        DataRecord {
            patient: patient.to_owned(),
            cdt: text("name"),
            cdt_id: text("id"),
            version,
            body,
        }
    }

    pub fn id(&self) -> &str {
        self.body.text("id").unwrap_or_default()
    }

    pub fn is_of(&self, patient: &str, cdt: &str) -> bool {
        self.patient == patient && self.cdt == cdt
    }

    /// Sets what the input names and leaves the rest. Keys that are no field have no effect, as
    /// recorded; files come by upload alone.
    pub fn write(
        mut self,
        definition: &Record,
        input: &Record,
        now: Timestamp,
    ) -> Result<DataRecord, Mistakes> {
        let mut mistakes = Mistakes::new();
        let mut wrong =
            |name: &str, mistake: &str| mistakes.push((name.to_owned(), mistake.to_owned()));
        for name in WRITABLE {
            match input.get(name) {
                None => {}
                Some(value @ (Value::Null | Value::String(_))) => {
                    self.body.insert(name.to_owned(), value.clone());
                }
                Some(_) => wrong(name, "is not valid"),
            }
        }
        for field in fields(definition).filter(|field| field.text("type") != Some("file")) {
            let Some(name) = name(field) else {
                continue;
            };
            if let Some(value) = input.get(name) {
                if !fits(field, value) {
                    wrong(name, "is not valid");
                }
                self.body.insert(name.to_owned(), value.clone());
            }
            if meta(field, "required") == Some(&json!(true))
                && self.body.get(name).is_none_or(Value::is_null)
            {
                wrong(name, "is required");
            }
        }
        self.body.insert("updated_at".to_owned(), json!(instant::write(now)));
        if mistakes.is_empty() { Ok(self) } else { Err(mistakes) }
    }

    /// Unsets what a caller may write.
    pub fn cleared(mut self, definition: &Record) -> DataRecord {
        let fields = fields(definition).filter(|field| field.text("type") != Some("file"));
        for name in fields.filter_map(name).chain(WRITABLE) {
            self.body.insert(name.to_owned(), Value::Null);
        }
        self
    }

    /// The record as it is answered, around this body.
    pub fn answer(&self, body: Record) -> Record {
        record! {
            "id": self.id(),
            "patientId": self.patient,
            "cdtId": self.cdt_id,
            "version": self.version,
            "jsonBody": body,
            "cdtName": self.cdt,
        }
    }

    /// Whether the record was last changed in the range of the query. Which of its two instants the
    /// range is about is not documented: dictionaries, where it is, take the last change.
    pub fn is_in_range(&self, call: &Call) -> bool {
        let updated = self.body.text("updated_at").and_then(instant::read).unwrap_or_default();
        call.instant("dateStart").is_none_or(|from| updated >= from)
            && call.instant("dateEnd").is_none_or(|to| updated < to)
    }
}

/// The fields of a definition.
pub fn fields(definition: &Record) -> impl Iterator<Item = &Record> {
    definition.list("fields").iter().filter_map(Value::as_object)
}

fn name(field: &Record) -> Option<&str> {
    field.text("name")
}

fn meta<'a>(field: &'a Record, name: &str) -> Option<&'a Value> {
    field.get("meta")?.get(name)
}

/// Whether a field holds one of a list.
pub fn is_list(field: &Record) -> bool {
    meta(field, "options").is_some()
}

/// Whether a value is what its field takes. Types that are not known take everything.
pub fn fits(field: &Record, value: &Value) -> bool {
    if meta(field, "multiple") == Some(&json!(true)) {
        return value.is_null()
            || value
                .as_array()
                .is_some_and(|values| values.iter().all(|value| fits_one(field, value)));
    }
    fits_one(field, value)
}

fn fits_one(field: &Record, value: &Value) -> bool {
    if value.is_null() {
        return true;
    }
    if let Some(options) = meta(field, "options").and_then(Value::as_array) {
        return options.iter().any(|option| option.get("value") == Some(value));
    }
    match field.text("type").unwrap_or_default() {
        "integer" => value.is_i64(),
        "float" => value.is_number(),
        "checkbox" => value.is_boolean(),
        "object" => value.is_object(),
        "datetime" => value.as_str().is_some_and(|text| instant::read(text).is_some()),
        "text" | "textarea" | "select" | "date" | "email" | "phone" | "uuid" => value.is_string(),
        _ => true,
    }
}
