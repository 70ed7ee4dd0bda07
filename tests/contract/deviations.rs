//! Where the tables say something else than the references, on purpose.

use carewire::operation::Api;

use crate::facts::Facts;

/// A place where table and reference differ, and why.
#[derive(Debug)]
pub struct Deviation {
    /// The API of the place.
    pub api: Api,
    /// The place, as a difference names it.
    pub place: &'static str,
    /// What the reference says; `None` when it does not have the place.
    pub reference: Option<&'static str>,
    /// What the table says; `None` when it does not have the place.
    pub table: Option<&'static str>,
    /// Why the table is right.
    pub reason: &'static str,
}

impl Deviation {
    /// Whether both sides still say what this deviation says of them.
    pub fn explains(&self, api: Api, reference: &Facts, table: &Facts) -> bool {
        let said =
            |facts: &Facts, what: Option<&str>| facts.get(self.place).map(String::as_str) == what;
        self.api == api && said(reference, self.reference) && said(table, self.table)
    }
}

/// All deviations of single places.
pub const DEVIATIONS: &[Deviation] = &[Deviation {
    api: Api::Welkin,
    place: "FilesUpload.files",
    reference: Some("List<File>"),
    table: Some("List<File> | required"),
    reason: "the form has no other part: without a file nothing is uploaded",
}];

/// Schemas for which the tables write another name: they say no more than that name does.
pub const WRITTEN_OTHERWISE: &[(&str, &str)] = &[("Id", "Integer")];

/// Fields that every recording masks: "decode them as optional and nullable" (`x-conventions`), so
/// in replies the tables mark them so, although the schemas do not.
pub const MASKED: &[&str] = &["createdBy", "updatedBy", "createdByName", "updatedByName"];

/// Fields of which the reference says in words only that null is to be expected: "on inbound or
/// unrecognized ones" (`x-note` of both schemas).
pub const NULL_IN_WORDS: &[(&str, &[&str])] = &[
    ("Email", &["scheduledAt", "sender", "senderName", "patientInfo"]),
    ("Sms", &["scheduledAt", "sender", "senderName", "patientInfo"]),
];
