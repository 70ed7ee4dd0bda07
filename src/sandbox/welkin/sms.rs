//! SMS of patients.

use indexmap::IndexMap;
use serde_json::json;

use super::messages::{self, Medium, Message, Messages};
use crate::sandbox::Handlers;
use crate::sandbox::record::{Fields, Record, record};

pub const HANDLERS: Handlers = &[
    ("smsList", messages::list::<Sms>),
    ("smsSend", messages::send::<Sms>),
    ("smsGet", messages::get::<Sms>),
    ("smsUpdate", messages::update::<Sms>),
    ("smsDelete", messages::delete::<Sms>),
];

/// The number of the instance; all users write from it.
pub const NUMBER: &str = "+15555550199";

/// What is special of SMS.
pub struct Sms;

impl Medium for Sms {
    const COMPONENT: &'static str = "SMS";
    const NOT_FOUND: &'static str = "SMS_NOT_FOUND";
    const SEGMENT: &'static str = "smsId";
    const ADDRESS: &'static str = "phone";
    const TEXTS: &'static [&'static str] = &["message"];
    const EDITABLE: &'static [&'static str] = &["message", "receiver", "sendNow"];
    const RECEIVED: &'static str = "RECEIVED";

    fn of(messages: &mut Messages) -> &mut IndexMap<String, Message> {
        &mut messages.sms
    }

    fn address(_: &Record) -> String {
        NUMBER.to_owned()
    }

    fn external_id(id: &str) -> String {
        format!("SM{}", id.replace('-', ""))
    }

    fn content() -> Record {
        record! { "message": "", "parts": 1, "status": "SCHEDULED" }
    }

    fn complete(record: &mut Record) {
        let parts = parts(record.text("message").unwrap_or_default());
        record.insert("parts".to_owned(), json!(parts));
    }
}

/// How many segments a text takes: 160 characters go into one, and 153 into each of several; half as
/// many when the text has characters beyond ASCII, which stands for the alphabet of SMS here.
fn parts(text: &str) -> usize {
    let (length, one, several) = if text.is_ascii() {
        (text.len(), 160, 153)
    } else {
        (text.encode_utf16().count(), 70, 67)
    };
    if length <= one { 1 } else { length.div_ceil(several) }
}
