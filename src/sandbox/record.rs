//! Records as they travel, and reading their fields.

use serde_json::{Map, Value};

/// A record of either API.
pub type Record = Map<String, Value>;

/// Writes a record in the order in which the API sends it.
macro_rules! record {
    ($($json:tt)*) => {
        match serde_json::json!({ $($json)* }) {
            serde_json::Value::Object(record) => record,
            _ => serde_json::Map::new(),
        }
    };
}
pub(super) use record;

/// Reading one field.
pub trait Fields {
    /// A string.
    fn text(&self, name: &str) -> Option<&str>;
    /// A whole number: an id, or an amount in cents. What is none counts as 0.
    fn whole(&self, name: &str) -> i64;
    /// `true`, if it is there.
    fn flag(&self, name: &str) -> bool;
    /// The elements of an array.
    fn list(&self, name: &str) -> &[Value];
}

impl Fields for Record {
    fn text(&self, name: &str) -> Option<&str> {
        self.get(name).and_then(Value::as_str)
    }

    fn whole(&self, name: &str) -> i64 {
        self.get(name).and_then(Value::as_i64).unwrap_or_default()
    }

    fn flag(&self, name: &str) -> bool {
        self.get(name).and_then(Value::as_bool).unwrap_or_default()
    }

    fn list(&self, name: &str) -> &[Value] {
        self.get(name).and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default()
    }
}

/// Sets fields, but those that are fixed; `null` clears one. What replies alone have was left out
/// where the body was read.
pub fn merge(record: &mut Record, change: &Record, fixed: &[&str]) {
    for (name, value) in change {
        if !fixed.contains(&name.as_str()) {
            record.insert(name.clone(), value.clone());
        }
    }
}
