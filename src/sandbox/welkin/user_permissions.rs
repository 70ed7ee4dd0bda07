//! Roles and policies of users.

use serde_json::{Value, json};

use super::{errors, grants};
use crate::sandbox::Handlers;
use crate::sandbox::call::Call;
use crate::sandbox::record::{Fields, Record, record};
use crate::sandbox::reply::Reply;
use crate::sandbox::state::{State, uuid};

pub const HANDLERS: Handlers = &[("userPermissionsGet", get), ("userPermissionsReplace", replace)];

const COMPONENT: &str = "USER";
const ROLE: &str = "SECURITY_ROLE";
const POLICY: &str = "SECURITY_POLICY";

fn get(state: &mut State, call: &Call) -> Result<Reply, Reply> {
    let user = grants::user(state, call)?;
    let code = "USER_PERMISSIONS_NOT_FOUND";
    let mut permissions = grants::find(&state.welkin.grants.permissions, code, call)?.clone();
    let granted = [user.list("roles"), user.list("policies")].concat();
    permissions.insert("permissions".to_owned(), Value::Array(granted));
    Ok(Reply::json(200, permissions))
}

/// Creates or replaces: what is not in the body is taken away.
fn replace(state: &mut State, call: &Call) -> Result<Reply, Reply> {
    grants::user(state, call)?;
    let wrong = |mistake| Err(errors::wrong(COMPONENT, "permissions", mistake, call.now));
    let (mut roles, mut policies) = (Vec::new(), Vec::new());
    let mut primary = Vec::new();
    for grant in grants::rows(&call.attributes(), "permissions") {
        let instance = grant.get("instanceName").cloned().unwrap_or_default();
        match grant.text("type") {
            Some(ROLE) => {
                let is_primary = grant.flag("primaryRole");
                if is_primary && primary.contains(&instance) {
                    return wrong("have two primary roles in an instance");
                }
                if is_primary {
                    primary.push(instance);
                }
                let field = record! { "primaryRole": is_primary };
                roles.push(permission(grant, field, call));
            }
            Some(POLICY) => {
                let date = grant.get("effectiveDate").filter(|date| !date.is_null());
                let field = date.map(|date| record! { "effectiveDate": date }).unwrap_or_default();
                policies.push(permission(grant, field, call));
            }
            _ => return wrong("have an unknown type"),
        }
    }
    let id = uuid(&mut state.chance);
    grants::touch(&mut state.welkin.grants.permissions, call, id);
    grants::change(state, call, record! { "roles": roles, "policies": policies });
    get(state, call)
}

fn permission(grant: &Record, field: Record, call: &Call) -> Value {
    let mut permission = record! {
        "permissionName": grant.get("permissionName"),
        "instanceName": grant.get("instanceName"),
        "type": grant.get("type"),
    };
    permission.extend(field);
    json!(grants::given(permission, call.now))
}
