//! What the events of a user add up to.

use jiff::Timestamp;
use jiff::civil::Weekday;
use jiff::tz::TimeZone;
use serde_json::{Value, json};

use super::Store;
use super::calendar_events::{is_cancelled, participants, span};
use crate::sandbox::call::Call;
use crate::sandbox::instant;
use crate::sandbox::record::{Fields, Record};

/// Work hours are a resource of their own; until one is asked for, everybody works so long on each
/// weekday.
const WORKING_DAY: i64 = 8 * 3600;
const WEEK: i64 = 7 * 24 * 60;

/// The summary of the users that the query names, or of all. Without a range it covers the week
/// before and the week after now.
pub fn summary(store: &Store, call: &Call) -> Value {
    let from = call.instant("from").unwrap_or_else(|| instant::shift(call.now, -WEEK));
    let to = call.instant("to").unwrap_or_else(|| instant::shift(call.now, WEEK));
    let asked = call.list("psmIds");
    let users = store.users.keys();
    let users = users.filter(|id| asked.as_ref().is_none_or(|asked| asked.contains(&id.as_str())));
    let working = weekdays(from, to) * WORKING_DAY;
    json!({
        "startDateTime": instant::write(from),
        "endDateTime": instant::write(to),
        "summary": users.map(|id| item(store, id, from, to, call.now, working)).collect::<Vec<Value>>(),
    })
}

fn item(
    store: &Store,
    user: &str,
    from: Timestamp,
    to: Timestamp,
    now: Timestamp,
    working: i64,
) -> Value {
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
    // In tenths of a percent; nobody is busy in a range without a weekday.
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

/// How many weekdays begin in a range, in UTC.
fn weekdays(from: Timestamp, to: Timestamp) -> i64 {
    let seconds = u64::try_from(to.as_second() - from.as_second()).unwrap_or(0);
    let days = seconds.div_ceil(24 * 3600) as i64;
    let first = from.to_zoned(TimeZone::UTC).date().weekday();
    let rest = (0..days % 7)
        .filter(|day| !matches!(first.wrapping_add(*day), Weekday::Saturday | Weekday::Sunday));
    days / 7 * 5 + rest.count() as i64
}
