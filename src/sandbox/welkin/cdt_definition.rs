//! Definitions in the shape of a CDT: document types, the disposition, and the CDTs of assessments.

use serde_json::{Value, json};

use super::definitions::Kind;
use super::errors;
use crate::sandbox::call::Call;
use crate::sandbox::record::{Fields, Record, record};
use crate::sandbox::reply::Reply;

/// What the fields of a definition are for.
pub struct Purpose {
    /// `SINGLE_RECORD` or `MULTI_RECORD`.
    pub r#type: &'static str,
    pub relation: &'static str,
    pub internal: bool,
    pub updatable: bool,
}

/// A definition with these fields; title and label are those of the input, if it has them.
pub fn definition(
    id: &str,
    name: &str,
    version: usize,
    purpose: &Purpose,
    input: &Record,
    fields: Vec<Record>,
) -> Record {
    record! {
        "id": id,
        "name": name,
        "title": input.get("title"),
        "label": input.get("label"),
        "version": version,
        "internal": purpose.internal,
        "readable": true,
        "updatable": purpose.updatable,
        "type": purpose.r#type,
        "relation": purpose.relation,
        "_containsPHI": fields.iter().any(|field| field.flag("phi")),
        "fields": fields,
    }
}

/// The fields that a caller sent.
pub fn fields(input: &Record, kind: &Kind, call: &Call) -> Result<Vec<Record>, Reply> {
    let fields: Option<Vec<Record>> = input.list("fields").iter().map(field).collect();
    let mistake = "must have a name and a type each";
    fields.ok_or_else(|| errors::wrong(kind.component, "fields", mistake, call.now))
}

/// A field with everything that it needs; `None` without a name or a type.
pub fn field(input: &Value) -> Option<Record> {
    let input = input.as_object()?;
    let mut field = record! {
        "name": input.text("name")?,
        "type": input.text("type")?,
        "dictionary": null,
        "searchable": false,
        "bulkEdit": false,
        "phi": false,
        "meta": {},
    };
    for (name, value) in input.iter().filter(|(_, value)| !value.is_null()) {
        field.insert(name.clone(), json!(value));
    }
    Some(field)
}
