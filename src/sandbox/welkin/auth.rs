//! Token exchange, and the check of tokens.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jiff::Timestamp;
use serde_json::json;

use super::errors;
use crate::sandbox::Handlers;
use crate::sandbox::call::Call;
use crate::sandbox::instant;
use crate::sandbox::record::{Fields, Record};
use crate::sandbox::reply::Reply;
use crate::sandbox::state::State;

pub const HANDLERS: Handlers =
    &[("authCreateToken", create_token), ("authCreateLegacyToken", create_legacy_token)];

/// Tokens whose life ended so long ago are forgotten: they are then not valid instead of expired.
const MEMORY: i64 = 86_400_000;

fn create_token(state: &mut State, call: &Call) -> Result<Reply, Reply> {
    let client = call.attributes().text("apiClient").unwrap_or_default().to_owned();
    let (token, end) = exchange(state, call, &client)?;
    Ok(Reply::json(200, json!({ "token": token, "expiresAt": instant::write(end) })))
}

fn create_legacy_token(state: &mut State, call: &Call) -> Result<Reply, Reply> {
    let client = call.segment("apiClientName").to_owned();
    let (token, _) = exchange(state, call, &client)?;
    // Docs promise 201, recordings show 200.
    Ok(Reply::json(200, json!({ "clientName": client, "token": token, "enabled": true })))
}

fn exchange(state: &mut State, call: &Call, client: &str) -> Result<(String, Timestamp), Reply> {
    let exchanges = state.welkin.exchanges.entry(client.to_owned()).or_default();
    if !exchanges.allow(call.now) && state.settings.limits {
        let code = "TOO_MANY_REQUESTS";
        return Err(errors::error(429, code, "AUTH", "Too many requests", json!({}), call.now));
    }
    let attributes = call.attributes();
    let secret = attributes.text("secret").unwrap_or_default();
    let right = match &state.settings.secrets {
        Some(secrets) => secrets.get(client).is_some_and(|right| right == secret),
        None => !secret.is_empty(),
    };
    if !right {
        // The answer to a wrong secret was never recorded: the code is ours.
        let code = "BAD_CREDENTIALS";
        let details = json!({ "clientName": client });
        return Err(errors::error(
            401,
            code,
            "AUTH",
            "Credentials are not valid",
            details,
            call.now,
        ));
    }
    Ok(issue(state, client, call.now))
}

/// Makes a token with the claims of the real ones. Its signature is chance: only the sandbox that
/// made it knows it.
pub fn issue(state: &mut State, client: &str, now: Timestamp) -> (String, Timestamp) {
    let lifetime = i64::try_from(state.settings.token_lifetime_ms).unwrap_or(i64::MAX);
    let end = instant::at(now.as_millisecond().saturating_add(lifetime));
    let header = json!({ "alg": "HS512" });
    let claims = json!({
        "sub": client,
        "iat": now.as_second(),
        "exp": end.as_millisecond().div_euclid(1000),
    });
    let signature: Vec<u8> = std::iter::repeat_with(|| state.chance.u8(..)).take(64).collect();
    let token = [header.to_string().into_bytes(), claims.to_string().into_bytes(), signature]
        .map(|part| URL_SAFE_NO_PAD.encode(part))
        .join(".");
    let tokens = &mut state.welkin.tokens;
    tokens.retain(|_, end| now.as_millisecond().saturating_sub(end.as_millisecond()) < MEMORY);
    tokens.insert(token.clone(), end);
    (token, end)
}

/// Lets a request with a good token in.
pub fn admit(state: &State, call: &Call) -> Result<(), Reply> {
    let header = call.incoming.header("authorization").unwrap_or_default();
    let token = header.strip_prefix("Bearer ").unwrap_or_default();
    match state.welkin.tokens.get(token) {
        Some(end) if call.now < *end => Ok(()),
        Some(_) => Err(errors::token_expired(call.now)),
        None => Err(errors::not_a_token(call.now)),
    }
}

/// The name of the API client that a token was given to, from the claims of the token.
pub fn client(call: &Call) -> Option<String> {
    let token = call.incoming.header("authorization")?.strip_prefix("Bearer ")?;
    let claims = URL_SAFE_NO_PAD.decode(token.split('.').nth(1)?).ok()?;
    let claims: Record = serde_json::from_slice(&claims).ok()?;
    claims.text("sub").map(str::to_owned)
}
