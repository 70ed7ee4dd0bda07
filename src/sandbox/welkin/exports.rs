//! Bulk exports.

use super::emails::Email;
use super::messages::{Message, settle};
use super::pages::{cursor, read_token, size, write_token};
use super::sms::Sms;
use super::{Store, errors};
use crate::sandbox::Handlers;
use crate::sandbox::call::Call;
use crate::sandbox::record::{Fields, Record};
use crate::sandbox::reply::Reply;
use crate::sandbox::state::State;

pub const HANDLERS: Handlers = &[("exportsRead", read)];

const COMPONENT: &str = "EXPORT";

/// What an export of a name holds. Of the names that the references guess, those are here that the
/// sandbox has records of.
type Source = fn(&Store) -> Vec<Record>;

const SOURCES: &[(&str, Source)] = &[
    ("CDT_RECORD", |store| {
        store.cdt_records.values().map(|record| record.answer(record.body.clone())).collect()
    }),
    ("PATIENT", |store| store.patients.values().cloned().collect()),
    ("CALENDAR_EVENT", |store| store.events.values().cloned().collect()),
    ("EMAIL", |store| records(store.messages.emails.values())),
    ("SMS", |store| records(store.messages.sms.values())),
];

fn records<'a>(messages: impl Iterator<Item = &'a Message>) -> Vec<Record> {
    messages.map(|message| message.record.clone()).collect()
}

/// The rows after the one that `start` names, in the order of their creation.
fn read(state: &mut State, call: &Call) -> Result<Reply, Reply> {
    settle::<Email>(&mut state.welkin.messages, call.now);
    settle::<Sms>(&mut state.welkin.messages, call.now);
    let name = call.segment("resourceName");
    let Some((_, source)) = SOURCES.iter().find(|(known, _)| *known == name) else {
        // The answer to a name that is none was never recorded: the code is ours.
        return Err(errors::not_found(COMPONENT, "EXPORT_NOT_FOUND", name, call.now));
    };
    let rows = source(&state.welkin);
    let size = size(call, "pageSize", COMPONENT)?;
    let start = call.query("start");
    let first = match start {
        None => 0,
        Some(token) => {
            // The row may be gone since; then nobody knows where to go on.
            let at = read_token::<String>(token)
                .and_then(|last| rows.iter().position(|row| row.text("id") == Some(last.as_str())));
            at.ok_or_else(|| errors::wrong(COMPONENT, "start", "is not valid", call.now))? + 1
        }
    };
    let page: Vec<Record> = rows.iter().skip(first).take(size).cloned().collect();
    let end = page.last().and_then(|row| row.text("id")).map(write_token);
    let has_next = first + page.len() < rows.len();
    Ok(cursor(page, start, end, size, has_next))
}
