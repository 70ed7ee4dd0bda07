//! Providers.

use jiff::Timestamp;

use super::{ENTERPRISE, plain};
use crate::sandbox::Handlers;
use crate::sandbox::call::Call;
use crate::sandbox::instant;
use crate::sandbox::record::{Record, record};
use crate::sandbox::reply::Reply;
use crate::sandbox::state::State;

/// The doctors of a practice are in the file of the practices.
pub const HANDLERS: Handlers = &[
    ("doctorsListByEnterprise", plain::list_under),
    ("doctorsList", plain::list),
    ("doctorsCreate", create),
    ("doctorsGet", plain::get),
    ("doctorsUpdate", plain::update),
    ("doctorsDelete", plain::delete),
];

/// A doctor who was just made.
pub fn blank(now: Timestamp) -> Record {
    let now = instant::write(now);
    record! {
        "first_name": null,
        "middle_name": null,
        "last_name": null,
        "phone": null,
        "email": null,
        "specialty": null,
        "suffix": null,
        "certification": null,
        "npi": null,
        "enterprise_id": ENTERPRISE,
        "status": "floating",
        "provider_code": null,
        "soft_delete": false,
        "created_at": now,
        "updated_at": now,
        "external_ids": [],
        "links": null,
    }
}

fn create(state: &mut State, call: &Call) -> Result<Reply, Reply> {
    plain::create(state, call, blank(call.now))
}
