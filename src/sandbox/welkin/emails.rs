//! Emails of patients.

use indexmap::IndexMap;

use super::messages::{self, Medium, Message, Messages};
use crate::sandbox::Handlers;
use crate::sandbox::record::{Fields, Record, record};

pub const HANDLERS: Handlers = &[
    ("emailsList", messages::list::<Email>),
    ("emailsSend", messages::send::<Email>),
    ("emailsGet", messages::get::<Email>),
    ("emailsUpdate", messages::update::<Email>),
    ("emailsDelete", messages::delete::<Email>),
];

/// What is special of emails.
pub struct Email;

impl Medium for Email {
    const COMPONENT: &'static str = "EMAIL";
    const NOT_FOUND: &'static str = "EMAIL_NOT_FOUND";
    const SEGMENT: &'static str = "emailId";
    const ADDRESS: &'static str = "email";
    const TEXTS: &'static [&'static str] = &["subject", "body"];
    const EDITABLE: &'static [&'static str] =
        &["subject", "body", "receiver", "sendNow", "scheduledAt", "secure"];
    const RECEIVED: &'static str = "DELIVERED";

    fn of(messages: &mut Messages) -> &mut IndexMap<String, Message> {
        &mut messages.emails
    }

    fn address(user: &Record) -> String {
        user.text("email").unwrap_or_default().to_owned()
    }

    fn external_id(id: &str) -> String {
        format!("{id}@example.org")
    }

    fn content() -> Record {
        record! {
            "subject": "",
            "body": "",
            "status": "SCHEDULED",
            "secure": false,
            "attachments": null,
        }
    }

    fn complete(_: &mut Record) {}
}
