//! The seam to the rules of the signature, which the receiver in this crate uses too.

/// Signs a delivery: the `X-InboxHealth-Signature` of a body for a URL.
pub fn sign(_url: &str, _body: &str, _key: &str) -> Option<String> {
    // To be `crate::webhook::signature(url, body, key)`.
    None
}
