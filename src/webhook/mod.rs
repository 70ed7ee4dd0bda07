//! The signature of what Inbox Health posts to a webhook: an HMAC-SHA1 over the registered URL and a
//! normal form of the body, in the header [`HEADER`].
//!
//! # What it does not notice
//!
//! The signature stands for names and values, not for the text of the body. These changes can
//! leave it valid, whoever makes them:
//!
//! - white space, the order of names in an object, and how characters are escaped: `&` or `\u0026`;
//! - an array or an object below the top level, with nothing in it but others like it, that is added,
//!   renamed or taken away;
//! - the order of the elements of an array, and which of them holds what lies in one of them:
//!   `[{"a":1},{"b":2}]` is signed like `[{"a":1,"b":2}]`, and `[[1],[2]]` like `[[1,2]]`;
//! - what a value is: `1`, `true` and `null` are signed like `"1"`, `"true"` and `""`;
//! - an array that becomes an object with an empty name: `{"a":{"b":[1]}}` is signed like
//!   `{"a":{"b":{"":1}}}`;
//! - at the top level, where no event is known to have any of it: an array that becomes its only
//!   element, if that is no array or object, and an empty one that becomes `""`; and the name of what
//!   holds nothing but empty arrays and objects, such as `{}`, while it keeps its place in the order.
//!
//! So a field stays in its object, unless that lies in an array.
//!
//! There is no time in it either: whoever has seen a delivery can send it again. Its `id` is how to
//! tell.
//!
//! # What is refused before
//!
//! A body that is no JSON object; one that has a name twice in an object, `[` or `]` in a name (as
//! `{"a":{"b":1}}` is signed like `{"a[b]":1}`), half of a surrogate pair, or values more than 64 levels
//! deep; one that has an array as its `id`, `livemode`, `created_at` or `event_type`; and one whose
//! normal form would be longer than 1 MiB and 16 times the body. Of all these, no genuine event is
//! known.

mod normal_form;
#[cfg(test)]
#[cfg(not(target_arch = "wasm32"))]
mod tests;

use base64::prelude::{BASE64_STANDARD, Engine};
use hmac::{Hmac, KeyInit, Mac};
use sha1::Sha1;

use normal_form::normal_form;

/// The header that carries the signature.
pub const HEADER: &str = "X-InboxHealth-Signature";

/// Why a delivery is not taken for genuine.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// The body is not one that can be signed: see the [module](self).
    Malformed,
    /// None of the keys gives this signature.
    Mismatch,
}

/// The signature of a body in standard padded base64; `None` for a body that cannot be signed (see the
/// [module](self)).
///
/// `url` is the URL of the endpoint exactly as it was registered, `key` the API key of the user who
/// created or last changed the endpoint.
pub fn signature(url: &str, body: &str, key: &str) -> Option<String> {
    let normal_form = normal_form(body).ok()?;
    let signature = mac(url, &normal_form, key)?.finalize().into_bytes();
    Some(BASE64_STANDARD.encode(signature))
}

/// Whether one of the keys gives this signature. While keys change there are several; all of them are
/// tried, and compared in constant time. An empty key gives none.
///
/// `url` and keys as for [`signature`](fn@signature); `given` is the value of the header.
pub fn verify(url: &str, body: &str, keys: &[String], given: &str) -> Result<(), Refusal> {
    let normal_form = normal_form(body).map_err(|_| Refusal::Malformed)?;
    let given = BASE64_STANDARD.decode(given).map_err(|_| Refusal::Mismatch)?;
    let mut fits = false;
    for key in keys {
        fits |= mac(url, &normal_form, key).is_some_and(|mac| mac.verify_slice(&given).is_ok());
    }
    if fits { Ok(()) } else { Err(Refusal::Mismatch) }
}

/// Anybody can sign with an empty key.
fn mac(url: &str, normal_form: &str, key: &str) -> Option<Hmac<Sha1>> {
    let mut mac = Hmac::new_from_slice(key.as_bytes()).ok().filter(|_| !key.is_empty())?;
    mac.update(url.as_bytes());
    mac.update(normal_form.as_bytes());
    Some(mac)
}
