//! What one side says, place by place, and how two sides differ.

use std::collections::{BTreeMap, BTreeSet};

use carewire::operation::Api;

use crate::deviations::DEVIATIONS;

/// What is said of each place: `Patient.mrn` is `Text | null`.
pub type Facts = BTreeMap<String, String>;

/// One line for each place where the table says something else than the reference.
pub fn differences(api: Api, reference: &Facts, table: &Facts) -> Vec<String> {
    let places: BTreeSet<&String> = reference.keys().chain(table.keys()).collect();
    places
        .into_iter()
        .filter(|place| reference.get(*place) != table.get(*place))
        .filter(|place| {
            let here = DEVIATIONS.iter().filter(|deviation| deviation.place == place.as_str());
            !here.into_iter().any(|deviation| deviation.explains(api, reference, table))
        })
        .map(|place| {
            let said =
                |facts: &Facts| facts.get(place).map_or("nothing".into(), |it| format!("`{it}`"));
            format!(
                "{api:?}, {place}: the reference says {}, the table {}",
                said(reference),
                said(table)
            )
        })
        .collect()
}

/// A type with what is known of its presence.
pub fn marked(written: &str, null: bool, absent: bool, required: bool) -> String {
    let marks = [(null, "null"), (absent, "absent"), (required, "required")];
    let mut text = written.to_owned();
    for (_, mark) in marks.iter().filter(|(given, _)| *given) {
        text.push_str(" | ");
        text.push_str(mark);
    }
    text
}
