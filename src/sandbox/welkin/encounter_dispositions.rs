//! How encounters end: a CDT record each.

use fastrand::Rng;
use jiff::Timestamp;
use serde_json::Value;

use super::encounter_disposition_formations::NAME;
use super::system_fields::{self, CdtRecord};
use super::{Store, encounters};
use crate::sandbox::Handlers;
use crate::sandbox::call::Call;
use crate::sandbox::record::{Fields, Record};
use crate::sandbox::reply::Reply;
use crate::sandbox::state::{State, uuid};

pub const HANDLERS: Handlers =
    &[("encounterDispositionsGet", get), ("encounterDispositionsUpdate", update)];

/// Gives an encounter its disposition: all fields of the definition in force, unset.
pub fn add(store: &mut Store, chance: &mut Rng, encounter: &CdtRecord, now: Timestamp) -> String {
    let id = uuid(chance);
    let source = encounter.body.text("id").unwrap_or_default();
    let mut body = system_fields::of_encounter(&id, source, &store.api_client, now);
    body.extend(fields(store).map(|name| (name.to_owned(), Value::Null)));
    let disposition = CdtRecord { patient_id: encounter.patient_id.clone(), body };
    store.encounters.dispositions.insert(id.clone(), disposition);
    id
}

fn definition(store: &Store) -> Option<&Record> {
    store.definitions.current().encounter_dispositions.get(NAME)
}

/// The names of its fields.
fn fields(store: &Store) -> impl Iterator<Item = &str> {
    let fields = definition(store).map(|definition| definition.list("fields"));
    fields.unwrap_or_default().iter().filter_map(|field| field.get("name")?.as_str())
}

/// The disposition of an encounter, if it has an event.
fn kept<'a>(store: &'a Store, encounter: &CdtRecord) -> Option<&'a CdtRecord> {
    store.events.get(encounter.body.text("calendarEventId")?)?;
    store.encounters.dispositions.get(encounter.body.text("dispositionId")?)
}

fn view(store: &Store, disposition: &CdtRecord) -> Record {
    let id = definition(store).and_then(|definition| definition.text("id")).unwrap_or_default();
    disposition.view(store, id, NAME)
}

/// The disposition of an encounter as it is read.
pub fn of(store: &Store, encounter: &CdtRecord) -> Option<Record> {
    kept(store, encounter).map(|disposition| view(store, disposition))
}

fn find<'a>(state: &'a State, call: &Call) -> Result<&'a CdtRecord, Reply> {
    let encounter = encounters::find(state, call)?;
    let id = call.segment("encounterId");
    kept(&state.welkin, encounter).ok_or_else(|| system_fields::not_found(id, call.now))
}

fn get(state: &mut State, call: &Call) -> Result<Reply, Reply> {
    let disposition = find(state, call)?;
    Ok(Reply::json(200, view(&state.welkin, disposition)))
}

fn update(state: &mut State, call: &Call) -> Result<Reply, Reply> {
    let mut disposition = find(state, call)?.clone();
    let fields: Vec<&str> = fields(&state.welkin).collect();
    disposition.write(&call.attributes(), &fields, &state.welkin.api_client, call.now);
    let shown = view(&state.welkin, &disposition);
    let id = disposition.body.text("id").unwrap_or_default().to_owned();
    state.welkin.encounters.dispositions.insert(id, disposition);
    Ok(Reply::json(200, shown))
}
