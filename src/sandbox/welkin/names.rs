//! What people are called, and how records point at them.

use crate::sandbox::record::{Fields, Record};

/// First and last name of a user or a patient; the username of a user who has neither.
pub fn full_name(person: &Record) -> String {
    let parts = ["firstName", "lastName"].into_iter().filter_map(|part| person.text(part));
    let name: Vec<&str> = parts.filter(|part| !part.is_empty()).collect();
    if name.is_empty() {
        return person.text("username").unwrap_or_default().to_owned();
    }
    name.join(" ")
}
