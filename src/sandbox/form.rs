//! A form (`multipart/form-data`) that the bindings took apart: the platform reads the wire.

use serde::Deserialize;
use serde_json::{Map, Value, json};

use crate::operation::Operation;
use crate::schema::{Record, Type};

/// A part of a form; in JSON with the names of JavaScript.
#[derive(Clone, Debug, Deserialize)]
pub struct Part {
    /// The name of the part.
    pub name: String,
    /// Its text, unless it is a file.
    pub text: Option<String>,
    /// The file.
    pub file: Option<FilePart>,
}

/// A part that is a file.
#[derive(Clone, Debug, Deserialize)]
pub struct FilePart {
    /// The name of the file.
    pub name: String,
    /// Its content type.
    #[serde(rename = "type")]
    pub content_type: String,
    /// How many of the request's bytes are its content; the files lie there one after another.
    pub size: usize,
}

/// A file as a handler gets it.
pub struct IncomingFile<'a> {
    pub part: &'a str,
    pub name: &'a str,
    pub content_type: &'a str,
    pub bytes: &'a [u8],
}

/// The files of a form.
pub fn files<'a>(parts: &'a [Part], mut bytes: &'a [u8]) -> Vec<IncomingFile<'a>> {
    let mut files = Vec::new();
    for Part { name: part, file, .. } in parts {
        let Some(FilePart { name, content_type, size }) = file else { continue };
        let (content, rest) = bytes.split_at_checked(*size).unwrap_or((bytes, &[]));
        bytes = rest;
        files.push(IncomingFile { part, name, content_type, bytes: content });
    }
    files
}

/// The texts of a form as the JSON body that the operation takes instead: `true` where a boolean is
/// declared, a number where a number is.
pub fn fields(operation: &Operation, parts: &[Part]) -> Value {
    let record = operation.body.map(|body| body.of);
    let mut fields = Map::new();
    for Part { name, text, .. } in parts {
        let Some(text) = text else { continue };
        let of = match record {
            Some(Type::Record(record)) => declared(record, name),
            _ => None,
        };
        let value = match of {
            Some(Type::Boolean | Type::Integer | Type::Number) => serde_json::from_str(text).ok(),
            _ => None,
        };
        fields.insert(name.clone(), value.unwrap_or_else(|| json!(text)));
    }
    Value::Object(fields)
}

fn declared(record: &'static Record, name: &str) -> Option<Type> {
    let own = record.fields.iter().find(|field| field.name == name).map(|field| field.of);
    own.or_else(|| declared(record.base?, name))
}

/// What describes a form to the check of declared types: each file as `{}`, what may be repeated as an
/// array.
pub fn described(form: &'static Record, parts: &[Part]) -> Value {
    let mut described: Map<String, Value> = Map::new();
    for Part { name, text, .. } in parts {
        let value = text.as_ref().map_or_else(|| json!({}), |text| json!(text));
        let many = matches!(declared(form, name), Some(Type::List(_)));
        match described.entry(name).or_insert_with(|| json!([])) {
            Value::Array(values) if many => values.push(value),
            other => *other = value,
        }
    }
    Value::Object(described)
}
