//! What the events of a user add up to.

use jiff::Timestamp;
use serde_json::{Value, json};

use super::Store;
use super::calendar_events::{is_cancelled, participants, span};
use super::work_hours::{Shift, asked, range, shifts};
use crate::sandbox::call::Call;
use crate::sandbox::instant;
use crate::sandbox::record::{Fields, Record};

/// The summary of the users that the query names, or of all. Without a range it covers the week
/// before and the week after now.
pub fn summary(store: &Store, call: &Call) -> Value {
    let (from, to) = range(call);
    let users = asked(store, call).into_iter().map(|(id, _)| id);
    json!({
        "startDateTime": instant::write(from),
        "endDateTime": instant::write(to),
        "summary": users.map(|id| item(store, id, from, to, call.now)).collect::<Vec<Value>>(),
    })
}

fn item(store: &Store, user: &str, from: Timestamp, to: Timestamp, now: Timestamp) -> Value {
    let events: Vec<&Record> = store
        .events
        .values()
        .filter(|event| participants(event).any(|id| id == user))
        .filter(|event| (from..to).contains(&span(event).0))
        .collect();
    let mut statuses = serde_json::Map::new();
    for status in events.iter().filter_map(|event| event.text("eventStatus")) {
        let status = status.to_uppercase();
        let count = statuses.whole(&status) + 1;
        statuses.insert(status, json!(count));
    }
    let held = || events.iter().filter(|event| !is_cancelled(event));
    let busy: i64 = held().map(|event| event.whole("duration")).sum();
    let seconds = |shift: &Shift| shift.end.as_second() - shift.start.as_second();
    let working: i64 = shifts(store, user, from, to).iter().map(seconds).sum();
    // In tenths of a percent; nobody is busy in a range without work.
    let occupancy = (busy * 1000).checked_div(working).unwrap_or(0);
    json!({
        "psmId": user,
        "totalCreatedEvents": events.len(),
        "totalOccurredEvents": held().filter(|event| span(event).1 <= now).count(),
        "totalFutureEvents": held().filter(|event| span(event).0 > now).count(),
        "eventStatusCount": statuses,
        "totalWorkingHours": format!("{} hours", tenths(working * 10 / 3600)),
        "totalEventHours": format!("{} hours", tenths(busy * 10 / 3600)),
        "occupancy": format!("{}%", tenths(occupancy)),
    })
}

fn tenths(value: i64) -> String {
    format!("{}.{}", value / 10, value % 10)
}
