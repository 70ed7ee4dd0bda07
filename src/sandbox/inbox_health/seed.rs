//! The records that Inbox Health has at the beginning.

use fastrand::Rng;
use jiff::Timestamp;
use serde_json::Value;

use super::{
    DOCTORS, PRACTICES, Store, invoice_payments, invoices, line_items, money, patients, payments,
    seed_enterprise,
};
use crate::sandbox::instant;
use crate::sandbox::people::{Person, choose};
use crate::sandbox::record::{Record, record};

const DAY: i64 = 24 * 60;

/// Code, description and charge of a service.
const SERVICES: &[(&str, &str, i64)] = &[
    ("99213", "Office visit", 14_500),
    ("99214", "Office visit, longer", 21_000),
    ("90834", "Psychotherapy, 45 minutes", 16_250),
    ("36415", "Blood draw", 2_375),
    ("G0108", "Diabetes training", 9_999),
];

/// Fills the store with the people and their bills.
pub fn fill(store: &mut Store, people: &[Person], chance: &mut Rng, now: Timestamp) {
    seed_enterprise::fill(store, now);
    for person in people {
        let since = instant::shift(now, -chance.i64(200 * DAY..600 * DAY));
        let id = store.patients.add(patient(person, since));
        if let Some(patient) = store.patients.edit(id) {
            patients::link(patient);
        }
        contact(store, id, since);
        for _ in 0..chance.u8(0..=4) {
            let at = instant::shift(now, -chance.i64(DAY..180 * DAY));
            bill(store, id, chance, at);
        }
    }
    money::settle(store);
}

fn patient(person: &Person, since: Timestamp) -> Record {
    let mut patient = patients::blank(since);
    set(&mut patient, "first_name", person.first);
    set(&mut patient, "middle_name", person.middle);
    set(&mut patient, "last_name", person.last);
    set(&mut patient, "date_of_birth", person.born.clone());
    set(&mut patient, "email", person.email.clone());
    set(&mut patient, "cell_phone", person.phone.map(|digits| format!("(555) 555-01{digits:02}")));
    set(&mut patient, "health_record_id", person.mrn.as_str());
    let sex = match person.gender {
        "MALE" => Some("Male"),
        "FEMALE" => Some("Female"),
        _ => None,
    };
    set(&mut patient, "sex", sex);
    if let Some(address) = &person.address {
        set(&mut patient, "address_line_1", address.as_str());
        set(&mut patient, "city", person.town.city);
        set(&mut patient, "state", person.town.state);
        set(&mut patient, "zip", person.town.zip);
    }
    patient
}

/// What lies around a patient: a saved card, a message to every second one and a ticket to every
/// tenth. Their fields are made up: the reference knows none.
fn contact(store: &mut Store, patient: i64, since: Timestamp) {
    let at = instant::write(since);
    store.patient_payment_infos.add(record! {
        "patient_id": patient,
        "card_brand": "visa",
        "last_4_digits": "4242",
    });
    let message = |kind: &str| {
        record! { "patient_id": patient, "invoice_id": null, "kind": kind, "created_at": at }
    };
    if patient % 2 == 0 {
        store.notifications.add(message("sms"));
    }
    if patient % 10 == 0 {
        store.tickets.add(message("email"));
    }
}

/// An invoice of one to three lines, and what was paid of it.
fn bill(store: &mut Store, patient: i64, chance: &mut Rng, at: Timestamp) {
    let mut invoice = invoices::blank(at);
    set(&mut invoice, "patient_id", patient);
    set(&mut invoice, "practice_id", choose(chance, PRACTICES).copied());
    set(&mut invoice, "doctor_id", choose(chance, DOCTORS).copied());
    let day = invoice.get("date_of_service").cloned().unwrap_or_default();
    let id = store.invoices.add(invoice);
    store.notifications.add(record! {
        "patient_id": patient,
        "invoice_id": id,
        "kind": "email",
        "created_at": instant::write(at),
    });
    let is_insured = chance.u8(..3) == 0;
    let (mut due, mut owed) = (0, 0);
    for _ in 0..chance.u8(1..=3) {
        let (code, description, charge) = choose(chance, SERVICES).copied().unwrap_or_default();
        let covered = if is_insured { charge * 4 / 5 } else { 0 };
        let mut line = line_items::blank(id);
        line.extend(record! {
            "service_code": code,
            "description": description,
            "date_of_service": day,
            "total_charge_amount_cents": charge,
            "covered_amount_cents": covered,
            "insurance_owed_amount_cents": covered,
        });
        store.line_items.add(line);
        due += charge - covered;
        owed += covered;
    }
    let later = instant::shift(at, DAY / 2);
    if is_insured && chance.bool() {
        pay(store, id, None, "insurance", owed, owed, later);
    }
    let (expected, applied) = match chance.u8(..6) {
        0 => (due, due),
        1 => (due / 3, due / 3),
        2 => (due / 4, 0),
        _ => return,
    };
    let method = choose(chance, &["cash", "card", "external_card"]).copied().unwrap_or_default();
    pay(store, id, Some(patient), method, expected, applied, later);
}

fn pay(
    store: &mut Store,
    invoice: i64,
    patient: Option<i64>,
    method: &str,
    expected: i64,
    applied: i64,
    at: Timestamp,
) {
    let mut payment = payments::blank(at);
    set(&mut payment, "patient_id", patient);
    set(&mut payment, "payment_method_type", method);
    set(&mut payment, "expected_amount_cents", expected);
    set(&mut payment, "applied_amount_cents", applied);
    let id = store.payments.add(payment);
    if applied > 0 {
        store.invoice_payments.add(invoice_payments::blank(id, invoice, applied));
    }
}

fn set(record: &mut Record, name: &str, value: impl Into<Value>) {
    record.insert(name.to_owned(), value.into());
}
