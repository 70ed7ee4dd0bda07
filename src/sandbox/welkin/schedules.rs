//! Schedules: work hours and events of users, put together.

use jiff::Timestamp;
use serde_json::{Value, json};

use super::calendar_events::{is_cancelled, participants, span};
use super::work_hours::{Shift, asked, details, line, range, shifts, view};
use super::{Store, errors, names};
use crate::sandbox::Handlers;
use crate::sandbox::call::Call;
use crate::sandbox::instant;
use crate::sandbox::record::{Fields, Record, record};
use crate::sandbox::reply::Reply;
use crate::sandbox::state::State;

pub const HANDLERS: Handlers = &[
    ("schedulesList", list),
    ("schedulesListAvailable", list_available),
    // Never recorded: taken to be what the plain schedules are.
    ("schedulesListFull", list),
];

const COMPONENT: &str = "CALENDAR";

fn list(state: &mut State, call: &Call) -> Result<Reply, Reply> {
    let store = &state.welkin;
    let (from, to) = checked_range(call)?;
    let schedules = asked(store, call).into_iter().map(|(id, user)| {
        let zone = names::zone(Some(user));
        let events = events(store, id, from, to, call);
        json!({
            "psmId": id,
            "workHours": details(store, id, Some(from), Some(to), zone),
            "events": events.iter().map(|event| short(event, zone)).collect::<Vec<Record>>(),
        })
    });
    Ok(Reply::json(200, schedules.collect::<Vec<Value>>()))
}

/// The hours that no event takes, one rule for each free day; what takes time is not repeated in
/// `events`. With `includeCancelled` a cancelled event takes its time too.
fn list_available(state: &mut State, call: &Call) -> Result<Reply, Reply> {
    let store = &state.welkin;
    let (from, to) = checked_range(call)?;
    let schedules = asked(store, call).into_iter().map(|(id, user)| {
        let busy: Vec<(Timestamp, Timestamp)> =
            events(store, id, from, to, call).into_iter().map(span).collect();
        let free = shifts(store, id, from, to)
            .into_iter()
            .flat_map(|shift| free(shift, &busy))
            .collect::<Vec<Shift>>();
        let days = free
            .chunk_by(|one, other| one.date == other.date && one.rule == other.rule)
            .filter_map(|day| open_day(store, day, names::zone(Some(user))));
        json!({ "psmId": id, "workHours": days.collect::<Vec<Record>>(), "events": [] })
    });
    Ok(Reply::json(200, schedules.collect::<Vec<Value>>()))
}

fn checked_range(call: &Call) -> Result<(Timestamp, Timestamp), Reply> {
    let (from, to) = range(call);
    if to < from {
        return Err(errors::wrong(COMPONENT, "to", "is before from", call.now));
    }
    Ok((from, to))
}

/// The events of a user in a range, in the order of their start.
fn events<'a>(
    store: &'a Store,
    user: &str,
    from: Timestamp,
    to: Timestamp,
    call: &Call,
) -> Vec<&'a Record> {
    let mut events: Vec<&Record> = store
        .events
        .values()
        .filter(|event| {
            let (start, end) = span(event);
            start < to && end > from && participants(event).any(|id| id == user)
        })
        .filter(|event| call.flag("includeCancelled") || !is_cancelled(event))
        .collect();
    events.sort_by_key(|event| span(event).0);
    events
}

/// The short form of an event.
fn short(event: &Record, zone: &str) -> Record {
    let id = event.get("id").cloned().unwrap_or_default();
    let (start, end) = span(event);
    let mut short = record! {
        "id": id,
        "eventId": id,
        "eventTitle": event.text("eventTitle").unwrap_or_default(),
        "eventType": event.text("eventType"),
        "eventColor": event.text("eventColor"),
        "allDayEvent": event.flag("allDayEvent"),
        "startDateTime": instant::write(start),
        "localStartDateTime": instant::write_local(start, zone),
        "endDateTime": instant::write(end),
        "localEndDateTime": instant::write_local(end, zone),
    };
    // No schedule was seen with an event of no type.
    short.retain(|name, value| name != "eventType" || !value.is_null());
    short
}

/// What is left of a shift.
fn free(shift: Shift, busy: &[(Timestamp, Timestamp)]) -> Vec<Shift> {
    let mut left = vec![shift];
    for (start, end) in busy {
        left = left
            .into_iter()
            .flat_map(|shift| {
                let before = Shift { end: shift.end.min(*start), ..shift.clone() };
                let after = Shift { start: shift.start.max(*end), ..shift };
                [before, after]
            })
            .filter(|shift| shift.start < shift.end)
            .collect();
    }
    left
}

/// The rule of a day of which some is free, with the free hours as its lines.
fn open_day(store: &Store, day: &[Shift], zone: &str) -> Option<Record> {
    let (first, last) = (day.first()?, day.last()?);
    let mut rule = store.work.hours.get(&first.rule)?.record.clone();
    let clock = |at: Timestamp| {
        let local = instant::write_local(at, zone);
        local.get(11..19).unwrap_or_default().to_owned()
    };
    let lines = day.iter().map(|shift| {
        let (start, end) = (clock(shift.start), clock(shift.end));
        let weekday = i64::from(shift.date.weekday().to_monday_one_offset());
        let id = shift.line.as_str().unwrap_or_default().to_owned();
        line(id, weekday, Some((start.as_str(), end.as_str())))
    });
    rule.insert("daysInfo".to_owned(), lines.collect());
    rule.insert("startDateTime".to_owned(), json!(instant::write(first.start)));
    rule.insert("endDateTime".to_owned(), json!(instant::write(last.end)));
    Some(view(&rule, zone))
}
