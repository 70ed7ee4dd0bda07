//! Records that lie inside others and are written with them, under the name with `_attributes`.

use serde_json::Value;

use super::{Store, invalid};
use crate::sandbox::record::{Fields, Record, merge, record};
use crate::sandbox::reply::Reply;

/// A kind of such records.
pub struct Nested {
    /// The name of their list in the reply.
    pub list: &'static str,
    /// What a new one has beside its id.
    pub blank: fn() -> Record,
    /// What the caller cannot set.
    pub fixed: &'static [&'static str],
    /// What is wrong with an `id` that none of them has.
    pub unknown: &'static str,
}

impl Nested {
    /// The list of the record once the input is written: an element with an `id` changes that one, an
    /// element without adds one.
    pub fn written(
        &self,
        store: &mut Store,
        record: &Record,
        input: &Record,
    ) -> Result<Vec<Value>, Reply> {
        let attributes = format!("{}_attributes", self.list);
        let mut list = record.list(self.list).to_vec();
        for change in input.list(&attributes).iter().filter_map(Value::as_object) {
            let element = match change.get("id").filter(|id| !id.is_null()) {
                Some(id) => list.iter_mut().find(|element| element.get("id") == Some(id)),
                None => {
                    let mut element = record! { "id": store.nested };
                    store.nested += 1;
                    element.extend((self.blank)());
                    list.push(Value::Object(element));
                    list.last_mut()
                }
            };
            let element = element.and_then(Value::as_object_mut);
            let element = element.ok_or_else(|| invalid(&attributes, self.unknown))?;
            merge(element, change, self.fixed);
        }
        Ok(list)
    }
}
