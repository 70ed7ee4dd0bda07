//! SMS of people whom nobody recognised.

use super::messages;
use super::sms::Sms;
use crate::sandbox::Handlers;

pub const HANDLERS: Handlers = &[
    ("unrecognizedSmsList", messages::list::<Sms>),
    ("unrecognizedSmsGet", messages::get::<Sms>),
    ("unrecognizedSmsUpdate", messages::update::<Sms>),
    ("unrecognizedSmsDelete", messages::delete::<Sms>),
];
