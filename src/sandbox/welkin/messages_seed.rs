//! What was written before the sandbox began.

use fastrand::Rng;
use jiff::Timestamp;
use serde_json::json;

use super::chat_messages::{self, ChatMessage, party};
use super::emails::Email;
use super::messages::{Medium, Message, Messages, blank, file_under, send_to, sign};
use super::sms::Sms;
use super::{Store, names};
use crate::sandbox::instant;
use crate::sandbox::people::choose;
use crate::sandbox::record::{Fields, Record};
use crate::sandbox::state::uuid;

const HOUR: i64 = 60;
const DAY: i64 = 24 * HOUR;
/// Chat that is older lies in the archive.
const ARCHIVED: i64 = 45 * DAY;

const SUBJECTS: &[&str] =
    &["Your next visit", "Directions to the clinic", "Forms to fill in", "A question", "Thank you"];
const TEXTS: &[&str] = &[
    "Good morning, just checking in.",
    "Could we move the visit to the afternoon?",
    "Please bring the list of your medications.",
    "Thank you, that works for me.",
    "The walking plan is going well.",
    "Is parking available at the clinic?",
    "See you next week!",
    "¿Podemos hablar mañana? Gracias.",
];

/// Who has written follows from the number, so that even a few people have all kinds.
pub fn messages(store: &Store, chance: &mut Rng, now: Timestamp) -> Messages {
    let mut messages = Messages::default();
    let mut chat = Vec::new();
    for (number, patient) in store.patients.keys().enumerate() {
        if number % 3 == 0 {
            chat.extend(conversation(store, patient, chance, now));
        }
        if number % 2 == 0 {
            letters::<Email>(store, patient, &mut messages, chance, now);
        }
        if number % 4 < 2 {
            letters::<Sms>(store, patient, &mut messages, chance, now);
        }
        if number % 10 == 0 {
            stranger::<Email>(store, "stranger@example.org", &mut messages, chance, now);
            stranger::<Sms>(store, "+15555550198", &mut messages, chance, now);
        }
    }
    chat.sort_by_key(|(at, _)| *at);
    messages.chat = chat.into_iter().map(|(_, message)| message).collect();
    messages
}

/// Some weeks of chat with the user whom the patient turns to.
fn conversation(
    store: &Store,
    patient: &str,
    chance: &mut Rng,
    now: Timestamp,
) -> Vec<(Timestamp, ChatMessage)> {
    let contact = names::contact(store, patient).unwrap_or_default();
    let name = store.users.get(&contact).map(names::full_name);
    let count = chance.i64(4..=45);
    let written = (0..count).map(|at| {
        let age = (count - at) * 2 * DAY - chance.i64(0..DAY);
        let at = instant::shift(now, -age);
        let text = choose(chance, TEXTS).copied().unwrap_or_default();
        let patient_party = party("PATIENT", patient, None);
        let (sender, receiver) = if chance.bool() {
            (patient_party, None)
        } else {
            (party("USER", &contact, name.clone()), Some(patient_party))
        };
        let id = uuid(chance);
        let record = chat_messages::message(&id, sender, receiver, text, &instant::write(at));
        (at, ChatMessage { patient: patient.to_owned(), archived: age > ARCHIVED, record })
    });
    written.collect()
}

/// A few messages to and from a patient who can be reached.
fn letters<M: Medium>(
    store: &Store,
    patient: &str,
    messages: &mut Messages,
    chance: &mut Rng,
    now: Timestamp,
) {
    for turn in 0..chance.i64(1..=5) {
        let mut message = blank::<M>(&uuid(chance));
        file_under(store, &mut message, patient);
        sign::<M>(store, &mut message, patient);
        if !send_to::<M>(store, &mut message, patient) {
            return;
        }
        speak::<M>(&mut message, chance);
        let age = chance.i64(HOUR..60 * DAY);
        let kind = chance.u8(..10);
        // The first of everybody has left, so that there is always one.
        match kind {
            0 if turn > 0 => {
                let later = instant::shift(now, age);
                message.insert("scheduledAt".to_owned(), json!(instant::write(later)));
            }
            1 if turn > 0 => leave(&mut message, instant::shift(now, -age), "FAILED"),
            2..=5 => {
                turn_around(&mut message);
                arrive(&mut message, instant::shift(now, -age), M::RECEIVED);
            }
            _ => leave(&mut message, instant::shift(now, -age), "DELIVERED"),
        }
        message.insert("starred".to_owned(), json!(chance.u8(..5) == 0));
        keep::<M>(messages, Some(patient.to_owned()), message);
    }
}

/// A message of somebody whom nobody recognised.
fn stranger<M: Medium>(
    store: &Store,
    address: &str,
    messages: &mut Messages,
    chance: &mut Rng,
    now: Timestamp,
) {
    let users: Vec<(&String, &Record)> = store.users.iter().collect();
    let Some((id, user)) = choose(chance, &users) else {
        return;
    };
    let mut message = blank::<M>(&uuid(chance));
    for (name, value) in [
        ("from", json!(address)),
        ("receiver", json!(id)),
        ("receiverName", json!(names::full_name(user))),
        ("to", json!(M::address(user))),
    ] {
        message.insert(name.to_owned(), value);
    }
    speak::<M>(&mut message, chance);
    arrive(&mut message, instant::shift(now, -chance.i64(HOUR..30 * DAY)), "UNRECOGNISED");
    keep::<M>(messages, None, message);
}

fn speak<M: Medium>(message: &mut Record, chance: &mut Rng) {
    let subject = choose(chance, SUBJECTS).copied().unwrap_or_default();
    let text = choose(chance, TEXTS).copied().unwrap_or_default();
    for name in M::TEXTS {
        let text = if *name == "subject" { subject } else { text };
        message.insert((*name).to_owned(), json!(text));
    }
    M::complete(message);
}

/// Swaps sender and receiver: the patient wrote it.
fn turn_around(message: &mut Record) {
    for (one, other) in [("sender", "receiver"), ("senderName", "receiverName"), ("from", "to")] {
        let (left, right) = (message.get(one).cloned(), message.get(other).cloned());
        message.insert(one.to_owned(), right.unwrap_or_default());
        message.insert(other.to_owned(), left.unwrap_or_default());
    }
}

fn leave(message: &mut Record, at: Timestamp, status: &str) {
    for name in ["scheduledAt", "sentAt", "date"] {
        message.insert(name.to_owned(), json!(instant::write(at)));
    }
    message.insert("status".to_owned(), json!(status));
}

fn arrive(message: &mut Record, at: Timestamp, status: &str) {
    for name in ["receivedAt", "date"] {
        message.insert(name.to_owned(), json!(instant::write(at)));
    }
    message.insert("direction".to_owned(), json!("IN"));
    message.insert("status".to_owned(), json!(status));
}

fn keep<M: Medium>(messages: &mut Messages, patient: Option<String>, record: Record) {
    let id = record.text("id").unwrap_or_default().to_owned();
    M::of(messages).insert(id, Message { patient, record });
}
