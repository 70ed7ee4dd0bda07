//! Finding and sorting records.

use std::cmp::Ordering;

use serde_json::Value;

use super::record::Record;

/// Whether a text holds another, whatever the case.
pub fn holds(text: &str, part: &str) -> bool {
    text.to_lowercase().contains(&part.to_lowercase())
}

/// Whether two texts are the same, whatever the case.
pub fn same(one: &str, other: &str) -> bool {
    one.to_lowercase() == other.to_lowercase()
}

/// Whether a value that is no text is what a filter wants: numbers by their worth, so that `98` finds
/// 98.0.
pub fn equals(held: &Value, wanted: &str) -> bool {
    if let (Some(held), Ok(wanted)) = (held.as_i64(), wanted.parse::<i64>()) {
        return held == wanted;
    }
    match (held.as_f64(), wanted.parse::<f64>()) {
        (Some(held), Ok(wanted)) => held == wanted,
        _ => same(&held.to_string(), wanted),
    }
}

/// Sorts by a field and leaves equal records in their order; `false` when no record has the field.
pub fn sort(records: &mut [&Record], field: &str, descending: bool) -> bool {
    let known = records.is_empty() || records.iter().any(|record| record.contains_key(field));
    if known {
        records.sort_by(|one, other| {
            let order = compare(one.get(field), other.get(field));
            if descending { order.reverse() } else { order }
        });
    }
    known
}

/// What is unset comes last.
fn compare(one: Option<&Value>, other: Option<&Value>) -> Ordering {
    match (one, other) {
        (Some(Value::String(one)), Some(Value::String(other))) => {
            one.to_lowercase().cmp(&other.to_lowercase()).then_with(|| one.cmp(other))
        }
        (Some(Value::Number(one)), Some(Value::Number(other))) => {
            let (one, other) = (one.as_f64(), other.as_f64());
            one.partial_cmp(&other).unwrap_or(Ordering::Equal)
        }
        (Some(Value::Bool(one)), Some(Value::Bool(other))) => one.cmp(other),
        (one, other) => is_unset(one).cmp(&is_unset(other)),
    }
}

fn is_unset(value: Option<&Value>) -> bool {
    value.is_none_or(Value::is_null)
}

/// Copies the records of one page; `start` counts from 0.
pub fn slice(records: Vec<&Record>, start: usize, size: usize) -> Vec<Record> {
    records.into_iter().skip(start).take(size).cloned().collect()
}
