//! Emails of people whom nobody recognised.

use super::emails::Email;
use super::messages;
use crate::sandbox::Handlers;

pub const HANDLERS: Handlers = &[
    ("unrecognizedEmailsList", messages::list::<Email>),
    ("unrecognizedEmailsGet", messages::get::<Email>),
    ("unrecognizedEmailsUpdate", messages::update::<Email>),
    ("unrecognizedEmailsDelete", messages::delete::<Email>),
];
