//! Locations of an enterprise.

use jiff::Timestamp;

use super::pages::{listed, page};
use super::plain::{self, parent};
use super::{ENTERPRISE, not_found};
use crate::sandbox::Handlers;
use crate::sandbox::call::Call;
use crate::sandbox::instant;
use crate::sandbox::record::{Record, record};
use crate::sandbox::reply::Reply;
use crate::sandbox::state::State;

pub const HANDLERS: Handlers = &[
    ("practicesListByEnterprise", plain::list_under),
    ("practicesList", plain::list),
    ("practicesCreate", create),
    ("practicesGet", plain::get),
    ("practicesUpdate", plain::update),
    ("practicesDelete", plain::delete),
    ("practicesListByDoctor", list_by_doctor),
    ("doctorsListByPractice", list_doctors),
];

/// A practice that was just made.
pub fn blank(now: Timestamp) -> Record {
    let now = instant::write(now);
    let mut practice = record! {
        "name": null,
        "enterprise_id": ENTERPRISE,
        "city": null,
        "state": null,
        "address_line_1": null,
        "address_line_2": null,
        "zip": null,
        "time_zone": "Eastern Time (US & Canada)",
    };
    for day in ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"] {
        for end in ["open", "close"] {
            practice.insert(format!("{day}_{end}"), serde_json::Value::Null);
        }
    }
    practice.extend(record! {
        "created_at": now,
        "updated_at": now,
        "email": null,
        "website": null,
        "phone": null,
        "npi": null,
        "deposit_account_id": null,
        "external_ids": [],
        "links": null,
    });
    practice
}

fn create(state: &mut State, call: &Call) -> Result<Reply, Reply> {
    plain::create(state, call, blank(call.now))
}

/// Nothing says who works where: here all doctors of an enterprise work in all of its practices.
fn list_by_doctor(state: &mut State, call: &Call) -> Result<Reply, Reply> {
    colleagues(state, call, "practices")
}

fn list_doctors(state: &mut State, call: &Call) -> Result<Reply, Reply> {
    colleagues(state, call, "doctors")
}

/// The records of the enterprise to which the record in the path belongs.
fn colleagues(state: &mut State, call: &Call, name: &str) -> Result<Reply, Reply> {
    let store = &state.inbox_health;
    let parents = store.collection(parent(store, call)?).ok_or_else(not_found)?;
    let enterprise = parents.find(call.id()).and_then(|parent| parent.get("enterprise_id"));
    let records = store.collection(name).ok_or_else(not_found)?.rows();
    let records = records.filter(|record| record.get("enterprise_id") == enterprise);
    Ok(listed(name, page(call, records, |_, _| None)))
}
