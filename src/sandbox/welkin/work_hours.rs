//! Work hours, and when somebody works by them.

use jiff::civil::{Date, Time};
use jiff::tz::TimeZone;
use jiff::{Timestamp, Zoned};
use serde_json::{Value, json};

use super::{Store, errors, names};
use crate::sandbox::Handlers;
use crate::sandbox::call::Call;
use crate::sandbox::instant;
use crate::sandbox::record::{Fields, Record, merge, record};
use crate::sandbox::reply::Reply;
use crate::sandbox::state::{State, uuid};

pub const HANDLERS: Handlers =
    &[("workHoursList", list), ("workHoursCreate", create), ("workHoursReplace", replace)];

const COMPONENT: &str = "CALENDAR";
const FIXED: &[&str] = &[
    "psmId",
    "workHoursId",
    "createdBy",
    "createdAt",
    "updatedBy",
    "updatedAt",
    "localStartDateTime",
    "localEndDateTime",
];
const WEEK: i64 = 7 * 24 * 60;

/// A rule of the hours of one user.
#[derive(Clone)]
pub struct Rule {
    /// The user.
    pub user: String,
    /// The rule as the API shows it; the local times are added when it is read.
    pub record: Record,
}

/// A stretch of work on one day, by one rule.
#[derive(Clone, Debug)]
pub struct Shift {
    /// The id of the rule.
    pub rule: String,
    /// The id of the line of the rule.
    pub line: Value,
    pub date: Date,
    pub start: Timestamp,
    pub end: Timestamp,
}

/// The range that the query asks for; the week before and the week after now where it names none.
pub fn range(call: &Call) -> (Timestamp, Timestamp) {
    let from = call.instant("from").unwrap_or_else(|| instant::shift(call.now, -WEEK));
    let to = call.instant("to").unwrap_or_else(|| instant::shift(call.now, WEEK));
    (from, to)
}

/// The users that `psmIds` names, or all. The older spelling `psm-ids` asks for nothing any more.
pub fn asked<'a>(store: &'a Store, call: &Call) -> Vec<(&'a String, &'a Record)> {
    let asked = call.list("psmIds");
    let is_asked = |id: &str| asked.as_ref().is_none_or(|asked| asked.contains(&id));
    store.users.iter().filter(|(id, _)| is_asked(id)).collect()
}

/// A rule that was just made.
pub fn blank(id: &str, author: &str, now: Timestamp) -> Record {
    let now = instant::write(now);
    record! {
        "workHoursId": id,
        "createdBy": author,
        "updatedBy": author,
        "createdAt": now,
        "updatedAt": now,
        "name": null,
        "type": "WORKING_HOURS",
        "ruleType": "DEFAULT",
        "startDateTime": null,
        "endDateTime": null,
        "localStartDateTime": null,
        "localEndDateTime": null,
        "daysInfo": [],
    }
}

/// One line of a rule: the hours of a weekday, 1 for Monday; without times a day off.
pub fn line(id: String, day: i64, times: Option<(&str, &str)>) -> Value {
    let (start, end) = times.unzip();
    json!({ "daysInfoId": id, "day": day, "startTime": start, "endTime": end })
}

/// Users without hours are left out; a range leaves out the rules beyond it.
fn list(state: &mut State, call: &Call) -> Result<Reply, Reply> {
    let store = &state.welkin;
    let (from, to) = (call.instant("from"), call.instant("to"));
    let users = asked(store, call).into_iter().filter_map(|(id, user)| {
        let zone = call.query("viewerTimezone").unwrap_or_else(|| names::zone(Some(user)));
        let details = details(store, id, from, to, zone);
        (!details.is_empty()).then(|| json!({ "psmId": id, "details": details }))
    });
    Ok(Reply::json(200, users.collect::<Vec<Value>>()))
}

/// The rules of a user that touch a range, with times on the clocks of a zone.
pub fn details(
    store: &Store,
    user: &str,
    from: Option<Timestamp>,
    to: Option<Timestamp>,
    zone: &str,
) -> Vec<Record> {
    let rules = store.work.hours.values().filter(|rule| {
        let (start, end) = span(&rule.record);
        rule.user == user
            && to.is_none_or(|to| start < to)
            && from.is_none_or(|from| end.is_none_or(|end| end > from))
    });
    rules.map(|rule| view(&rule.record, zone)).collect()
}

/// A rule with its times on the clocks of a zone.
pub fn view(rule: &Record, zone: &str) -> Record {
    let mut rule = rule.clone();
    for (name, local) in
        [("startDateTime", "localStartDateTime"), ("endDateTime", "localEndDateTime")]
    {
        let at = rule.text(name).and_then(instant::read);
        rule.insert(local.to_owned(), json!(at.map(|at| instant::write_local(at, zone))));
    }
    rule
}

/// Start and end; a rule without an end goes on.
fn span(rule: &Record) -> (Timestamp, Option<Timestamp>) {
    let start = rule.text("startDateTime").and_then(instant::read).unwrap_or_default();
    (start, rule.text("endDateTime").and_then(instant::read))
}

/// The answer names the rule that was made, and no other rule of the user: nothing else would tell
/// its id.
fn create(state: &mut State, call: &Call) -> Result<Reply, Reply> {
    let id = uuid(&mut state.chance);
    let rule = write(state, blank(&id, &state.welkin.api_client.clone(), call.now), call)?;
    let zone = names::zone(state.welkin.users.get(&rule.user));
    let answer = json!({ "psmId": rule.user, "details": [view(&rule.record, zone)] });
    state.welkin.work.hours.insert(id, rule);
    Ok(Reply::json(201, answer))
}

/// Unlike that of a create, the documented answer is flat: an echo of the request, and its lines
/// have no ids.
fn replace(state: &mut State, call: &Call) -> Result<Reply, Reply> {
    let id = call.segment("workHoursId");
    let Some(old) = state.welkin.work.hours.get(id) else {
        // The code is made like those that were recorded for other records.
        return Err(errors::not_found(COMPONENT, "WORK_HOURS_NOT_FOUND", id, call.now));
    };
    let mut rule = blank(id, &state.welkin.api_client, call.now);
    for name in ["createdBy", "createdAt"] {
        rule.insert(name.to_owned(), old.record.get(name).cloned().unwrap_or_default());
    }
    let rule = write(state, rule, call)?;
    let shown = view(&rule.record, names::zone(state.welkin.users.get(&rule.user)));
    let lines = rule.record.list("daysInfo").iter().cloned().map(|mut line| {
        if let Some(line) = line.as_object_mut() {
            line.shift_remove("daysInfoId");
        }
        line
    });
    let mut answer = record! { "psmId": rule.user, "daysInfo": lines.collect::<Vec<Value>>() };
    for name in [
        "createdBy",
        "updatedBy",
        "startDateTime",
        "endDateTime",
        "localStartDateTime",
        "localEndDateTime",
    ] {
        answer.insert(name.to_owned(), shown.get(name).cloned().unwrap_or_default());
    }
    state.welkin.work.hours.insert(id.to_owned(), rule);
    Ok(Reply::json(200, answer))
}

fn write(state: &mut State, mut rule: Record, call: &Call) -> Result<Rule, Reply> {
    let wrong = |field, mistake| errors::wrong(COMPONENT, field, mistake, call.now);
    let input = call.attributes();
    merge(&mut rule, &input, FIXED);
    let user = input.text("psmId").unwrap_or_default().to_owned();
    if !state.welkin.users.contains_key(&user) {
        return Err(wrong("psmId", "is no user"));
    }
    for name in ["startDateTime", "endDateTime"] {
        let Some(at) = rule.text(name).and_then(instant::read) else {
            return Err(wrong(name, "is not valid"));
        };
        rule.insert(name.to_owned(), json!(instant::write(at)));
    }
    let (start, end) = span(&rule);
    if end.is_some_and(|end| end < start) {
        return Err(wrong("endDateTime", "is before startDateTime"));
    }
    let mut lines = Vec::new();
    for day in rule.list("daysInfo") {
        let (Some(number), Some((start, end))) = (weekday(day), times(day)) else {
            return Err(wrong("daysInfo", "is not valid"));
        };
        if end <= start {
            return Err(wrong("daysInfo", "ends before it starts"));
        }
        let written = |time: Time| time.strftime("%H:%M:%S").to_string();
        let (start, end) = (written(start), written(end));
        let id = uuid(&mut state.chance);
        lines.push(line(id, i64::from(number), Some((start.as_str(), end.as_str()))));
    }
    rule.insert("daysInfo".to_owned(), Value::Array(lines));
    rule.insert("updatedAt".to_owned(), json!(instant::write(call.now)));
    rule.insert("updatedBy".to_owned(), json!(state.welkin.api_client));
    Ok(Rule { user, record: rule })
}

fn weekday(line: &Value) -> Option<i8> {
    let day = line.get("day")?.as_i64()?;
    i8::try_from(day).ok().filter(|day| (1..=7).contains(day))
}

fn times(line: &Value) -> Option<(Time, Time)> {
    let read = |name| Time::strptime("%H:%M:%S", line.get(name)?.as_str()?).ok();
    Some((read("startTime")?, read("endTime")?))
}

/// When a user works, day by day on the user's own clocks. How rules go together is not documented:
/// here an OVERRIDE takes the place of the DEFAULT on every day that it touches, and AVAILABILITY is
/// no work.
pub fn shifts(store: &Store, user: &str, from: Timestamp, to: Timestamp) -> Vec<Shift> {
    let zone = names::zone(store.users.get(user));
    let zone = TimeZone::get(zone).unwrap_or(TimeZone::UTC);
    let rules: Vec<&Rule> = store
        .work
        .hours
        .values()
        .filter(|rule| rule.user == user && rule.record.text("type") == Some("WORKING_HOURS"))
        .collect();
    let mut shifts = Vec::new();
    if rules.is_empty() || to <= from {
        return shifts;
    }
    let last = to.to_zoned(zone.clone()).date();
    let mut date = from.to_zoned(zone.clone()).date();
    while date <= last {
        let midnight = |date: Date| date.to_zoned(zone.clone()).as_ref().map(Zoned::timestamp).ok();
        let next = date.tomorrow().ok();
        let (Some(begin), Some(end)) = (midnight(date), next.and_then(midnight)) else {
            break;
        };
        let touches = |rule: &&&Rule| {
            let (since, until) = span(&rule.record);
            since < end && until.is_none_or(|until| until > begin)
        };
        let of = |kind: &'static str| {
            let held = move |rule: &&&Rule| rule.record.text("ruleType") == Some(kind);
            rules.iter().filter(held).filter(touches)
        };
        let kind = if of("OVERRIDE").next().is_some() { "OVERRIDE" } else { "DEFAULT" };
        for rule in of(kind) {
            let (since, until) = span(&rule.record);
            let (first, last) = (from.max(since), until.map_or(to, |until| until.min(to)));
            for line in rule.record.list("daysInfo") {
                if weekday(line) != Some(date.weekday().to_monday_one_offset()) {
                    continue;
                }
                let at = |time: Time| date.to_datetime(time).to_zoned(zone.clone());
                if let Some((start, end)) = times(line)
                    && let (Ok(start), Ok(end)) = (at(start), at(end))
                {
                    let (start, end) = (start.timestamp().max(first), end.timestamp().min(last));
                    if start < end {
                        let id = rule.record.text("workHoursId").unwrap_or_default().to_owned();
                        let line = line.get("daysInfoId").cloned().unwrap_or_default();
                        shifts.push(Shift { rule: id, line, date, start, end });
                    }
                }
            }
        }
        date = match next {
            Some(next) => next,
            None => break,
        };
    }
    shifts
}
