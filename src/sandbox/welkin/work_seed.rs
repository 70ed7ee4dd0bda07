//! The work that was there before the sandbox began.

use fastrand::Rng;
use jiff::Timestamp;
use serde_json::{Value, json};

use super::goals::Goal;
use super::work::Work;
use super::work_hours::{self, Rule, line};
use super::{Store, care_plans, goal_comments, goals, names, tasks};
use crate::sandbox::instant;
use crate::sandbox::people::choose;
use crate::sandbox::record::{Fields, Record};
use crate::sandbox::state::uuid;

const DAY: i64 = 24 * 60;
const YEAR: i64 = 365 * DAY;

/// From which weekday to which, and the hours of each.
type Week = (i64, i64, &'static [(&'static str, &'static str)]);

/// The weeks of the first users; the others have no work hours.
const WEEKS: &[Week] = &[
    (1, 5, &[("09:00:00", "17:00:00")]),
    (1, 5, &[("08:00:00", "12:00:00"), ("13:00:00", "17:00:00")]),
    (1, 4, &[("09:00:00", "18:00:00")]),
    (1, 5, &[("09:00:00", "17:00:00")]),
    (1, 5, &[("07:30:00", "15:30:00")]),
];

const TASKS: &[&str] =
    &["Call patient", "Send the forms", "Review the plan", "Order supplies", "Prepare the visit"];
const COMMENTS: &[&str] = &["Left a message.", "Will try again tomorrow.", "Going well so far."];

/// Hours, tasks and care plans of the users and patients of a store.
pub fn work(store: &Store, chance: &mut Rng, now: Timestamp) -> Work {
    let mut work = Work::default();
    for (number, (user, week)) in store.users.keys().zip(WEEKS).enumerate() {
        let since = instant::shift(now, -YEAR);
        let mut rule = work_hours::blank(&uuid(chance), &store.api_client, since);
        set(&mut rule, "startDateTime", json!(instant::write(since)));
        set(&mut rule, "daysInfo", lines(*week, chance));
        hold(&mut work, user, rule);
        // One of them works shorter next week.
        if number == 3 {
            let mut rule = work_hours::blank(&uuid(chance), &store.api_client, since);
            set(&mut rule, "name", json!("Short week"));
            set(&mut rule, "ruleType", json!("OVERRIDE"));
            for (name, days) in [("startDateTime", 5), ("endDateTime", 12)] {
                let at = instant::half_hour(instant::shift(now, days * DAY));
                set(&mut rule, name, json!(instant::write(at)));
            }
            set(&mut rule, "daysInfo", lines((1, 5, &[("10:00:00", "14:00:00")]), chance));
            hold(&mut work, user, rule);
        }
    }
    for (number, patient) in store.patients.keys().enumerate() {
        if number % 3 == 1 {
            care_plan(store, patient, &mut work, chance, now);
        }
        if number % 2 == 0 {
            for _ in 0..chance.u8(1..=3) {
                let task = task(store, Some(patient), chance, now);
                keep(&mut work, task);
            }
        }
    }
    // Some have nothing to do with a patient.
    for _ in 0..3 {
        let task = task(store, None, chance, now);
        keep(&mut work, task);
    }
    work
}

/// The days of a week; those without work are there without times, as was recorded.
fn lines((first, last, times): Week, chance: &mut Rng) -> Value {
    let mut lines = Vec::new();
    for day in 1..=7 {
        if (first..=last).contains(&day) {
            lines.extend(times.iter().map(|times| line(uuid(chance), day, Some(*times))));
        } else {
            lines.push(line(uuid(chance), day, None));
        }
    }
    Value::Array(lines)
}

fn hold(work: &mut Work, user: &str, record: Record) {
    let id = record.text("workHoursId").unwrap_or_default().to_owned();
    work.hours.insert(id, Rule { user: user.to_owned(), record });
}

fn care_plan(store: &Store, patient: &str, work: &mut Work, chance: &mut Rng, now: Timestamp) {
    let since = instant::shift(now, -chance.i64(DAY..90 * DAY));
    let mut plan = care_plans::blank(&uuid(chance), patient, since);
    let overview = care_plans::overview("Lives at home and is well looked after.", since);
    set(&mut plan, "patientOverview", json!(overview));
    work.plans.insert(patient.to_owned(), plan);
    for template in chance.choose_multiple(goals::templates(store).values(), 2) {
        let id = uuid(chance);
        let mut record = goals::from_template(&id, template, since);
        let status = ["ACTIVE", "ACTIVE", "COMPLETED", "REMOVED"].get(chance.usize(..4));
        set(&mut record, "status", json!(status));
        let goal = (id.as_str(), patient);
        let made = goals::template_tasks(store, goal, template, since, || uuid(chance));
        for task in made {
            keep(work, task);
        }
        let text = choose(chance, COMMENTS).copied().unwrap_or_default();
        let comments = vec![goal_comments::blank(&uuid(chance), text, since)];
        work.goals.insert(id.clone(), Goal { patient: patient.to_owned(), record, comments });
    }
}

fn task(store: &Store, patient: Option<&str>, chance: &mut Rng, now: Timestamp) -> Record {
    let users: Vec<&String> = store.users.keys().collect();
    let since = instant::shift(now, -chance.i64(DAY..30 * DAY));
    let mut task = tasks::blank(&uuid(chance), since);
    let mut user = || choose(chance, &users).and_then(|id| names::user(store, id));
    let (assignee, author, watcher) = (user(), user(), user());
    set(&mut task, "assignee", json!(assignee));
    set(&mut task, "author", json!(author));
    set(&mut task, "name", json!(choose(chance, TASKS)));
    set(&mut task, "description", json!("Made by the sandbox"));
    set(&mut task, "patient", json!(patient.and_then(|id| names::patient(store, id))));
    let status = ["TODO", "TODO", "IN_PROGRESS", "COMPLETED", "CANCELED"].get(chance.usize(..5));
    set(&mut task, "status", json!(status));
    let priority = ["LOW", "MEDIUM", "HIGH", "URGENT"].get(chance.usize(..4));
    set(&mut task, "priority", json!(priority));
    if chance.u8(..4) > 0 {
        let due = instant::half_hour(instant::shift(now, chance.i64(-7 * DAY..14 * DAY)));
        set(&mut task, "dueDate", json!(instant::write(due)));
    }
    if chance.bool() {
        set(&mut task, "watchers", json!([watcher]));
        let text = choose(chance, COMMENTS).copied().unwrap_or_default();
        let comment = tasks::comment(uuid(chance), json!(author), text, since);
        set(&mut task, "comments", json!([comment]));
    }
    task
}

fn keep(work: &mut Work, task: Record) {
    work.tasks.insert(task.text("id").unwrap_or_default().to_owned(), task);
}

fn set(record: &mut Record, name: &str, value: Value) {
    record.insert(name.to_owned(), value);
}
