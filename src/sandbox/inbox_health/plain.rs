//! Operations that only read, add, change or delete a record. The path says of what: its last word
//! without an id is the name of a collection.

use serde_json::{Value, json};

use super::pages::{enveloped, listed, page};
use super::{Store, invalid, not_found};
use crate::sandbox::call::Call;
use crate::sandbox::instant;
use crate::sandbox::record::{Fields, Record, merge};
use crate::sandbox::reply::Reply;
use crate::sandbox::state::State;

/// The words of the path between the slashes, without the ids.
fn words(call: &Call) -> impl DoubleEndedIterator<Item = &'static str> {
    let path = call.operation.path.trim_start_matches("/partner/v2/");
    path.split('/').filter(|word| !word.starts_with('{'))
}

/// The name of the collection.
fn name(call: &Call) -> &'static str {
    words(call).next_back().unwrap_or_default()
}

/// The records of `/records`.
pub fn list(state: &mut State, call: &Call) -> Result<Reply, Reply> {
    let collection = state.inbox_health.collection(name(call)).ok_or_else(not_found)?;
    Ok(listed(name(call), page(call, collection.rows(), |_, _| None)))
}

/// The records of `/parents/{id}/records`, which have the id of the parent in `parent_id`.
pub fn list_under(state: &mut State, call: &Call) -> Result<Reply, Reply> {
    let store = &state.inbox_health;
    let collection = store.collection(name(call)).ok_or_else(not_found)?;
    let field = format!("{}_id", parent(store, call)?.trim_end_matches('s'));
    let own = collection.rows().filter(|record| record.whole(&field) == call.id());
    Ok(listed(name(call), page(call, own, |_, _| None)))
}

/// The name of the collection of the parent in the path, if the parent is there.
pub fn parent(store: &Store, call: &Call) -> Result<&'static str, Reply> {
    let parents = words(call).next().unwrap_or_default();
    let there = store.collection(parents).is_some_and(|parents| parents.contains(call.id()));
    if there { Ok(parents) } else { Err(not_found()) }
}

/// The record of `/records/{id}`.
pub fn get(state: &mut State, call: &Call) -> Result<Reply, Reply> {
    let collection = state.inbox_health.collection(name(call)).ok_or_else(not_found)?;
    Ok(wrapped(200, call, collection.get(call.id()).ok_or_else(not_found)?))
}

/// Adds a record: the attributes over what a new one has.
pub fn create(state: &mut State, call: &Call, mut record: Record) -> Result<Reply, Reply> {
    let store = &mut state.inbox_health;
    merge(&mut record, &call.attributes(), FIXED);
    check(store, &record)?;
    let collection = store.collection_mut(name(call)).ok_or_else(not_found)?;
    let id = collection.add(record);
    Ok(wrapped(201, call, collection.get(id).unwrap_or_default()))
}

/// Changes the attributes that were sent.
pub fn update(state: &mut State, call: &Call) -> Result<Reply, Reply> {
    let store = &mut state.inbox_health;
    let collection = store.collection(name(call)).ok_or_else(not_found)?;
    let mut record = collection.get(call.id()).ok_or_else(not_found)?;
    merge(&mut record, &call.attributes(), FIXED);
    touch(&mut record, call);
    check(store, &record)?;
    let collection = store.collection_mut(name(call)).ok_or_else(not_found)?;
    collection.put(call.id(), record.clone());
    Ok(wrapped(200, call, record))
}

/// Deletes a record. The status is not documented.
pub fn delete(state: &mut State, call: &Call) -> Result<Reply, Reply> {
    let collection = state.inbox_health.collection_mut(name(call)).ok_or_else(not_found)?;
    collection.remove(call.id()).ok_or_else(not_found)?;
    Ok(Reply::empty(204))
}

/// Not every collection declares these.
const FIXED: &[&str] = &["id", "created_at", "updated_at"];

/// Whatever belongs to an enterprise belongs to one that is there.
fn check(store: &Store, record: &Record) -> Result<(), Reply> {
    let enterprise = record.get("enterprise_id");
    if enterprise.is_none_or(|id| store.enterprises.contains(id.as_i64().unwrap_or_default())) {
        Ok(())
    } else {
        Err(invalid("enterprise_id", "must exist"))
    }
}

/// Sets the instant of the last change, where a record has one.
pub fn touch(record: &mut Record, call: &Call) {
    if let Some(at) = record.get_mut("updated_at") {
        *at = json!(instant::write(call.now));
    }
}

/// A record in the envelope of the operation.
pub fn wrapped(status: u16, call: &Call, record: Record) -> Reply {
    let envelope = call.operation.reply.map_or("", |reply| reply.envelope);
    enveloped(status, envelope, record)
}

/// The id of another record in a body: the number, if there is a record with it.
pub fn refer(store: &Store, record: &Record, field: &str, name: &str) -> Result<i64, Reply> {
    let id = record.get(field).and_then(Value::as_i64).unwrap_or_default();
    let there = store.collection(name).is_some_and(|collection| collection.contains(id));
    if there { Ok(id) } else { Err(invalid(field, "must exist")) }
}
