//! Billed persons.

use jiff::Timestamp;
use serde_json::{Value, json};

use super::nested::Nested;
use super::plain::{self, refer, touch, wrapped};
use super::{ENTERPRISE, Store, invalid, not_found};
use crate::sandbox::Handlers;
use crate::sandbox::call::Call;
use crate::sandbox::instant;
use crate::sandbox::record::{Fields, Record, merge, record};
use crate::sandbox::reply::Reply;
use crate::sandbox::state::State;

pub const HANDLERS: Handlers = &[
    ("patientsListByEnterprise", plain::list_under),
    ("patientsList", plain::list),
    ("patientsCreate", create),
    ("patientsGet", plain::get),
    ("patientsUpdate", update),
];

const CONTACTS: Nested = Nested {
    list: "emergency_contacts",
    blank: blank_contact,
    fixed: &["id", "patient_id"],
    unknown: "names an unknown contact",
};

fn blank_contact() -> Record {
    record! {
        "first_name": null,
        "last_name": null,
        "cell_phone": null,
        "secondary_phone": null,
        "relationship": null,
        "patient_id": null,
    }
}

/// A patient who was just made.
pub fn blank(now: Timestamp) -> Record {
    let now = instant::write(now);
    let mut patient = record! {
        "user_id": null,
        "enterprise_id": ENTERPRISE,
        "first_name": null,
        "middle_name": null,
        "last_name": null,
        "created_at": now,
        "updated_at": now,
        "address_line_1": null,
        "address_line_2": null,
        "city": null,
        "state": null,
        "cell_phone": null,
        "secondary_phone": null,
        "date_of_birth": null,
        "primary": true,
        "ssn": null,
        "sex": null,
        "removed": false,
        "email": null,
        "zip": null,
        "email_two": null,
        "health_record_id": null,
        "notes": null,
        "balance_cents": 0,
        "cached_balance_cents": 0,
        "soft_delete": 0,
        "patient_plan_ids": [],
        "last_notified_at": null,
    };
    patient.extend(demographics());
    patient.extend(record! {
        "maiden_name": null,
        "home_phone": null,
        "work_phone": null,
        "practice_id": null,
        "sms_opt_out": false,
        "phone_opt_out": false,
        "emergency_contacts": [],
        "external_ids": [],
        "statement_cycle_started_at": null,
        "collection_warning_letter_date": null,
        "needs_card_update": false,
        "corrected_address_line_1": null,
        "corrected_address_line_2": null,
        "corrected_city": null,
        "corrected_state": null,
        "corrected_zip": null,
        "links": {
            "invoices": null,
            "payments": null,
            "notifications": null,
            "patient_payment_infos": null,
            "tickets": null,
        },
        "object": "patient",
        "billing_status": "complete",
        "allow_self_directed_payment_plan": null,
        "precollection": false,
    });
    patient
}

fn demographics() -> Record {
    record! {
        "race": null,
        "language": null,
        "ethnicity": null,
        "marital_status": null,
        "employment_status": null,
        "employer_name": null,
        "contact_preference": "both",
        "occupation": null,
        "pharmacy_name": null,
        "pharmacy_address_line_1": null,
        "pharmacy_address_line_2": null,
        "pharmacy_city": null,
        "pharmacy_state": null,
        "pharmacy_phone_number": null,
    }
}

/// Links point at an old host, with a prefix, as the real ones do; nobody may follow them verbatim.
pub fn link(patient: &mut Record) {
    let id = patient.whole("id");
    let to =
        |list: &str| format!("https://demo.inboxhealth.com/api/partner/v2/patients/{id}/{list}");
    let links = json!({
        "invoices": to("invoices"),
        "payments": to("payments"),
        "notifications": to("notifications"),
        "patient_payment_infos": to("patient_payment_infos"),
        "tickets": null,
    });
    patient.insert("links".to_owned(), links);
}

fn create(state: &mut State, call: &Call) -> Result<Reply, Reply> {
    let store = &mut state.inbox_health;
    let patient = write(store, blank(call.now), call)?;
    let id = store.patients.add(patient);
    let mut patient = store.patients.get(id).unwrap_or_default();
    link(&mut patient);
    claim(&mut patient);
    store.patients.put(id, patient.clone());
    Ok(wrapped(201, call, patient))
}

fn update(state: &mut State, call: &Call) -> Result<Reply, Reply> {
    let store = &mut state.inbox_health;
    let patient = store.patients.get(call.id()).ok_or_else(not_found)?;
    let mut patient = write(store, patient, call)?;
    if call.attributes().text("billing_status") == Some("scheduled") {
        patient.insert("statement_cycle_started_at".to_owned(), json!(instant::write(call.now)));
    }
    claim(&mut patient);
    store.patients.put(call.id(), patient.clone());
    Ok(wrapped(200, call, patient))
}

/// Nobody states required attributes; a bill needs a name.
fn write(store: &mut Store, mut patient: Record, call: &Call) -> Result<Record, Reply> {
    merge(&mut patient, &call.shown(), &[]);
    for name in ["first_name", "last_name"] {
        if patient.text(name).unwrap_or_default().is_empty() {
            return Err(invalid(name, "can't be blank"));
        }
    }
    refer(store, &patient, "enterprise_id", "enterprises")?;
    let contacts = CONTACTS.written(store, &patient, &call.attributes())?;
    patient.insert("emergency_contacts".to_owned(), Value::Array(contacts));
    touch(&mut patient, call);
    Ok(patient)
}

/// Contacts carry the id of their patient, who has none before the first write.
fn claim(patient: &mut Record) {
    let id = json!(patient.whole("id"));
    let contacts = patient.get_mut("emergency_contacts").and_then(Value::as_array_mut);
    for contact in contacts.into_iter().flatten().filter_map(Value::as_object_mut) {
        contact.insert("patient_id".to_owned(), id.clone());
    }
}
