//! Compares the operation tables with the references of both APIs, in both directions: what a
//! reference says must be in the table, and what a table says must be in the reference.
//!
//! Both sides are written down as facts, such as `usersGet: query type` is `UserIdentifierType`, and
//! the facts are compared.
#![cfg(not(target_arch = "wasm32"))]
#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test that can not go on has failed"
)]

mod deviations;
mod facts;
mod instances;
mod reference;
mod table;

use carewire::operation::Api;
use reference::Reference;

fn references() -> impl Iterator<Item = (Api, Reference)> {
    [Api::Welkin, Api::InboxHealth].into_iter().map(|api| (api, Reference::read(api)))
}

#[test]
fn tables_and_references_say_the_same() {
    let mut differences = Vec::new();
    for (api, reference) in references() {
        let names = reference.names();
        let (reference, table) = (reference.facts(), table::facts(api, &names));
        differences.extend(facts::differences(api, &reference, &table));
    }
    assert!(differences.is_empty(), "\n{}\n", differences.join("\n"));
}

#[test]
fn every_deviation_is_still_needed() {
    let mut idle: Vec<_> = deviations::DEVIATIONS.iter().collect();
    for (api, reference) in references() {
        let (facts, names) = (reference.facts(), reference.names());
        let table = table::facts(api, &names);
        idle.retain(|deviation| !deviation.explains(api, &facts, &table));
    }
    let idle: Vec<_> = idle.iter().map(|idle| format!("{}: {}", idle.place, idle.reason)).collect();
    assert_eq!(idle, [""; 0]);
}

#[test]
fn a_reply_as_the_reference_describes_it_is_no_drift() {
    instances::for_each_reply(references(), |reply| {
        for instance in [reply.full(), reply.with_nulls()] {
            assert_eq!(reply.mismatches(&instance), [""; 0], "{}", reply.operation.id);
        }
    });
}

#[test]
fn one_value_of_a_wrong_type_is_drift_at_its_place() {
    instances::for_each_reply(references(), |reply| {
        for (place, instance) in reply.with_one_wrong_value() {
            assert_eq!(reply.mismatches(&instance), [place], "{}", reply.operation.id);
        }
    });
}

#[test]
fn a_body_as_the_reference_describes_it_is_sent_unless_what_it_requires_is_missing() {
    instances::for_each_body(references(), |body| {
        assert_eq!(body.mismatches(&body.full()), [""; 0], "{}", body.operation.id);
        for (place, instance) in body.with_one_required_value_missing() {
            assert_eq!(body.mismatches(&instance), [place], "{}", body.operation.id);
        }
    });
}
