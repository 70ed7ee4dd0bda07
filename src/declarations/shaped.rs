//! Which types hold values that the customer shapes in Designer. They are generic in TypeScript: the
//! caller names the type of these values, here always `Data`.

use std::collections::BTreeMap;

use super::inside;
use crate::operation::Api;

/// The named types of an API that hold such values, each with what a value is when nobody names its
/// type, as the tables write it.
pub struct Shaped(BTreeMap<&'static str, String>);

impl Shaped {
    /// Looks through all types of an API.
    pub fn of(api: Api) -> Shaped {
        let mut holds = Vec::new();
        let mut shaped = Shaped(BTreeMap::new());
        for types in api.types() {
            for record in types.records {
                if record.shaped {
                    shaped.0.insert(record.name, "OpenObject".into());
                }
                let base = record.base.map(|base| base.name);
                let fields = record.fields.iter().map(|field| field.written);
                holds.extend(base.into_iter().chain(fields).map(|held| (record.name, held)));
            }
            holds.extend(types.aliases.iter().map(|alias| (alias.name, alias.written)));
        }
        loop {
            let known = shaped.0.len();
            for (name, held) in &holds {
                if let Some(value) = shaped.within(held) {
                    shaped.0.entry(name).or_insert(value);
                }
            }
            if shaped.0.len() == known {
                return shaped;
            }
        }
    }

    /// The value that the customer shapes in a type as the tables write it, if it holds one.
    pub fn within(&self, written: &str) -> Option<String> {
        let written = written.replace(' ', "");
        if let Some(value) = inside(&written, "Shaped") {
            return Some(value.into());
        }
        let around = ["List", "Map", "OneOrMany", "Changes"];
        match around.iter().find_map(|outer| inside(&written, outer)) {
            Some(inner) => self.within(inner),
            None => self.0.get(written.as_str()).cloned(),
        }
    }

    /// Whether values of the named type are generic.
    pub fn has(&self, name: &str) -> bool {
        self.0.contains_key(name)
    }
}
