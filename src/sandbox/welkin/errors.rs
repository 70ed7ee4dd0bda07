//! The answers of Welkin that are no success: an array of entries.

use jiff::Timestamp;
use serde_json::{Value, json};

use crate::sandbox::instant;
use crate::sandbox::reply::Reply;

/// An answer with one entry.
pub fn error(
    status: u16,
    code: &str,
    component: &str,
    message: &str,
    details: Value,
    now: Timestamp,
) -> Reply {
    Reply::json(status, json!([entry(code, component, message, details, now)]))
}

/// An answer of no special subsystem.
pub fn general(status: u16, code: &str, message: &str, now: Timestamp) -> Reply {
    error(status, code, "GENERAL", message, json!({}), now)
}

fn entry(code: &str, component: &str, message: &str, details: Value, now: Timestamp) -> Value {
    json!({
        "errorCode": code,
        "componentType": component,
        "message": message,
        "details": details,
        "date": instant::write(now),
    })
}

/// 400 with one entry for each wrong field. No 400 was ever recorded: the code is ours.
pub fn invalid(component: &str, mistakes: Vec<(String, String)>, now: Timestamp) -> Reply {
    let entries = mistakes.into_iter().map(|(field, mistake)| {
        let message = format!("{field} {mistake}");
        entry("VALIDATION_ERROR", component, &message, json!({ "field": field }), now)
    });
    Reply::json(400, entries.collect::<Vec<Value>>())
}

/// 400 for one wrong field.
pub fn wrong(component: &str, field: &str, mistake: &str, now: Timestamp) -> Reply {
    invalid(component, vec![(field.to_owned(), mistake.to_owned())], now)
}

/// 401 for a token that is missing or was never given out (recorded code).
pub fn not_a_token(now: Timestamp) -> Reply {
    error(401, "NOT_VALID_JSON_WEB_TOKEN", "AUTH", "Token is not valid", json!({}), now)
}

/// 401 for a token whose life is over (recorded code).
pub fn token_expired(now: Timestamp) -> Reply {
    error(401, "TOKEN_EXPIRED", "AUTH", "Token has expired", json!({}), now)
}

/// 403 for what is closed to API clients (recorded code).
pub fn restricted(component: &str, now: Timestamp) -> Reply {
    let code = "ACCESS_FOR_API_CLIENT_RESTRICTED";
    error(403, code, component, "Access for API client is restricted", json!({}), now)
}

/// 404 for an id that nobody has.
pub fn not_found(component: &str, code: &str, id: &str, now: Timestamp) -> Reply {
    error(404, code, component, "Record is not found", json!({ "id": id }), now)
}

/// What a planned failure of this status answers. Codes of other statuses than 401 and 403 are ours.
pub fn of_status(status: u16, now: Timestamp) -> Reply {
    let code = match status {
        400 => "VALIDATION_ERROR",
        401 => return not_a_token(now),
        403 => return restricted("AUTH", now),
        404 => "NOT_FOUND",
        405 => "METHOD_NOT_ALLOWED",
        409 => "CONFLICT",
        429 => "TOO_MANY_REQUESTS",
        503 => "SERVICE_UNAVAILABLE",
        _ => "INTERNAL_ERROR",
    };
    general(status, code, "Planned failure", now)
}
