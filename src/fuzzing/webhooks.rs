use base64::prelude::{BASE64_STANDARD, Engine};
use serde::de::IgnoredAny;
use serde_json::Value;

use super::Lines;
use crate::webhook::{Refusal, signature, verify};

/// A delivery: the URL, a key and the header in a line each, then three bytes for a change: where it is, in
/// two of them, and which bits turn over; the rest is the body.
///
/// - Nothing panics.
/// - What is signed is a JSON object, and verifies.
/// - No header but the signature verifies.
/// - One changed byte of the URL, the key, the signature or the body never verifies, unless the body says
///   the same after it.
pub fn webhooks(bytes: &[u8]) {
    let mut lines = Lines(bytes);
    let (url, key, header) = (lines.text(), lines.text(), lines.text());
    let Some(([high, low, mask], body)) = lines.rest().split_first_chunk() else { return };
    let body = String::from_utf8_lossy(body);
    let outcome = verify(&url, &body, &[key.to_string()], &header);
    let Some(signed) = signature(&url, &body, &key) else {
        // Anybody can sign with an empty key.
        assert!(outcome == Err(Refusal::Malformed) || key.is_empty() && outcome.is_err());
        return;
    };
    assert!(
        serde_json::from_str::<IgnoredAny>(&body).is_ok() && body.trim_start().starts_with('{')
    );
    assert_eq!(BASE64_STANDARD.decode(&signed).unwrap().len(), 20);
    assert_eq!(outcome.is_ok(), header == signed);
    assert_eq!(verify(&url, &body, &["other".into(), key.to_string()], &signed), Ok(()));

    let at = usize::from(*high) << 8 | usize::from(*low);
    let mask = (*mask).max(1);
    let verified = |url: &str, body: &str, key: &str, signed: &str| {
        verify(url, body, &[key.to_string()], signed)
    };
    if let Some(changed) = turned_over(&url, at, mask) {
        assert_eq!(verified(&changed, &body, &key, &signed), Err(Refusal::Mismatch));
    }
    if let Some(changed) = turned_over(&key, at, mask) {
        assert_eq!(verified(&url, &body, &changed, &signed), Err(Refusal::Mismatch));
    }
    if let Some(changed) = turned_over(&signed, at, mask) {
        assert_eq!(verified(&url, &body, &key, &changed), Err(Refusal::Mismatch));
    }
    let mut changed = BASE64_STANDARD.decode(&signed).unwrap();
    changed[at % 20] ^= mask;
    let changed = BASE64_STANDARD.encode(changed);
    assert_eq!(verified(&url, &body, &key, &changed), Err(Refusal::Mismatch));
    if let Some(changed) = turned_over(&body, at, mask) {
        let outcome = verified(&url, &changed, &key, &signed);
        assert!(outcome.is_err() || says_the_same(&body, &changed), "{body} became {changed}");
    }
}

/// The text with one byte changed; `None` where nothing changes, or it would be no text any more.
fn turned_over(text: &str, at: usize, mask: u8) -> Option<String> {
    let mut bytes = text.as_bytes().to_vec();
    let at = at.checked_rem(bytes.len())?;
    *bytes.get_mut(at)? ^= mask;
    String::from_utf8(bytes).ok().filter(|changed| changed != text)
}

/// Whether two bodies say the same: that is what the signature stands for.
fn says_the_same(one: &str, other: &str) -> bool {
    let read = |body: &str| {
        let value: Value = serde_json::from_str(body).ok()?;
        value.is_object().then(|| said(&value))
    };
    match (read(one), read(other)) {
        (Some(one), Some(other)) => one == other,
        // JSON of which serde_json makes no value: it holds a number that is larger than any double.
        _ => [one, other].iter().all(|text| serde_json::from_str::<IgnoredAny>(text).is_ok()),
    }
}

/// What a body says: each scalar with the way to it, arrays without positions, in no order.
fn said(value: &Value) -> Vec<(Vec<String>, Value)> {
    fn walk(value: &Value, way: &mut Vec<String>, all: &mut Vec<(Vec<String>, Value)>) {
        let mut below = |name: &str, value: &Value| {
            way.push(name.into());
            walk(value, way, all);
            way.pop();
        };
        match value {
            Value::Array(elements) => elements.iter().for_each(|element| below("[]", element)),
            Value::Object(members) => members.iter().for_each(|(name, value)| below(name, value)),
            scalar => all.push((way.clone(), scalar.clone())),
        }
    }
    let mut all = Vec::new();
    walk(value, &mut Vec::new(), &mut all);
    all.sort_by_key(|leaf| format!("{leaf:?}"));
    all
}
