//! Regions and territories of users.

use serde_json::{Value, json};

use super::grants;
use crate::sandbox::Handlers;
use crate::sandbox::call::Call;
use crate::sandbox::record::{Fields, record};
use crate::sandbox::reply::Reply;
use crate::sandbox::state::{State, uuid};

pub const HANDLERS: Handlers = &[("userTerritoriesGet", get), ("userTerritoriesReplace", replace)];

fn get(state: &mut State, call: &Call) -> Result<Reply, Reply> {
    let user = grants::user(state, call)?;
    let code = "USER_TERRITORIES_NOT_FOUND";
    let mut territories = grants::find(&state.welkin.grants.territories, code, call)?.clone();
    let author = &state.welkin.api_client;
    territories.extend(record! {
        "createdBy": author,
        "updatedBy": author,
        "territories": user.list("territories"),
    });
    Ok(Reply::json(200, territories))
}

/// Creates or replaces: what is not in the body is taken away.
fn replace(state: &mut State, call: &Call) -> Result<Reply, Reply> {
    grants::user(state, call)?;
    let input = call.attributes();
    let territories: Vec<Value> = grants::rows(&input, "territories")
        .map(|grant| {
            let author = &state.welkin.api_client;
            let region = record! {
                "createdBy": author,
                "updatedBy": author,
                "name": grant.get("name"),
                "territories": grant.get("territories"),
                "instanceName": grant.get("instanceName"),
            };
            json!(grants::given(region, call.now))
        })
        .collect();
    let id = uuid(&mut state.chance);
    grants::touch(&mut state.welkin.grants.territories, call, id);
    grants::change(state, call, record! { "territories": territories });
    get(state, call)
}
