//! Each answer of each operation is what the table declares.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::definitions_and_data::welkin_definitions_and_data;
use super::encounters_and_assessments::welkin_encounters_and_assessments;
use super::inbox_health_resources::inbox_health_resources;
use super::messages_and_work::welkin_messages_and_work;
use super::reference::is_closed;
use super::{Answer, Bench};
use crate::engine::check::{Rule, check};
use crate::operation::Api;
use crate::sandbox::is_handled;

/// Sends requests, and keeps what it saw of the answers.
pub struct Inspection {
    pub bench: Bench,
    seen: BTreeSet<(bool, &'static str)>,
    mismatches: Vec<String>,
}

impl Inspection {
    /// Sends a request that must succeed, and gives its body.
    pub fn send(&mut self, method: &str, path: &str, body: Value) -> Value {
        let answer = self.bench.send(method, path, body);
        self.inspect(path, answer)
    }

    pub fn inspect(&mut self, path: &str, answer: Answer) -> Value {
        let operation = answer.outgoing.operation.expect(path);
        let api = answer.outgoing.api.expect(path);
        let is_closed = is_closed(api, operation.id);
        let status = answer.status;
        assert!(
            (200..300).contains(&status) || (is_closed && status == 403),
            "{} {status}",
            operation.id
        );
        self.seen.insert((api == Api::Welkin, operation.id));
        if let Some(reply) = operation.reply.filter(|_| status < 300) {
            if !reply.envelope.is_empty() {
                assert!(answer.body.get(reply.envelope).is_some(), "{}", operation.id);
            }
            let rule = Rule::Reply { lenient: api == Api::InboxHealth };
            let mut report =
                |mismatch| self.mismatches.push(format!("{} {mismatch:?}", operation.id));
            check(&answer.outgoing.body, &reply.of, reply.envelope, rule, &mut report).expect(path);
        }
        answer.body
    }

    pub fn get(&mut self, path: &str) -> Value {
        self.send("GET", path, Value::Null)
    }
}

pub fn text(body: &Value, pointer: &str) -> String {
    body.pointer(pointer).and_then(Value::as_str).unwrap_or_default().to_owned()
}

#[test]
fn every_operation_of_the_table_has_a_handler() {
    for api in [Api::Welkin, Api::InboxHealth] {
        let missing: Vec<&str> = api
            .operations()
            .map(|operation| operation.id)
            .filter(|id| !is_handled(api, id))
            .collect();
        assert!(missing.is_empty(), "{api:?} {missing:?}");
    }
}

#[test]
fn every_answer_is_what_the_table_declares() {
    let mut inspection =
        Inspection { bench: Bench::new(), seen: BTreeSet::new(), mismatches: Vec::new() };
    welkin(&mut inspection);
    welkin_definitions_and_data(&mut inspection);
    welkin_encounters_and_assessments(&mut inspection);
    welkin_messages_and_work(&mut inspection);
    inbox_health(&mut inspection);
    inbox_health_resources(&mut inspection);
    assert_eq!(inspection.mismatches, Vec::<String>::new());
    for api in [Api::Welkin, Api::InboxHealth] {
        for operation in api.operations() {
            let seen = inspection.seen.contains(&(api == Api::Welkin, operation.id));
            assert!(seen, "{api:?} {} was not asked", operation.id);
        }
    }
}

fn welkin(inspection: &mut Inspection) {
    inspection.send("POST", "/auth/token", json!({ "secret": "s", "apiClient": "c" }));
    inspection.send("POST", "/t/admin/api_clients/c", json!({ "secret": "s" }));

    let users = inspection.get("/t/admin/users?size=1000");
    let user = text(&users, "/data/0/id");
    inspection.get("/t/i/users?region=west");
    inspection.get(&format!("/t/admin/users/{user}?type=ID"));
    let made = json!({ "username": "ada.osei", "email": "ada.osei@example.org" });
    inspection.send("POST", "/t/admin/users", made.clone());
    inspection.send(
        "PATCH",
        "/t/admin/users/ada.osei",
        json!({ "firstName": "Ada", "phone": null }),
    );
    inspection.send("PUT", "/t/admin/users/ada.osei", made);
    inspection.send("DELETE", "/t/admin/users/ada.osei", Value::Null);

    let patients = inspection.get("/t/i/patients?size=1000");
    let patient = text(&patients, "/content/0/id");
    inspection.send("POST", "/t/i/by-filter/patients?size=50", json!({}));
    inspection.get(&format!("/t/i/patients/{patient}?expand=true"));
    let made = json!({
        "firstName": "Ada",
        "lastName": "Osei",
        "patientTerritories": [{ "name": "west", "territories": ["north-bay"] }],
        "careTeam": [{ "id": user }],
    });
    inspection.send("POST", "/t/i/patients", made);
    let change = json!({ "gender": null, "email": null, "patientTerritories": null });
    inspection.send("PATCH", &format!("/t/i/patients/{patient}"), change);
    inspection.send("DELETE", &format!("/t/i/patients/{patient}"), Value::Null);

    let range = "from=2026-01-01T00:00:00.000Z&to=2026-12-31T00:00:00.000Z";
    let list = format!("/t/i/calendar/events?{range}&size=1000&includeCancelled=true");
    inspection.get(&format!("{list}&includeEncounterInfo=true&viewerTimezone=America/New_York"));
    let made = json!({
        "startDateTime": "2026-03-10T15:00:00.000Z",
        "endDateTime": "2026-03-10T16:00:00.000Z",
        "hostId": user,
        "participants": [
            { "participantId": user, "participantRole": "psm" },
            { "participantId": patient, "participantRole": "patient" },
        ],
    });
    let event = inspection.send("POST", "/t/i/calendar/events", made.clone());
    let path = format!("/t/i/calendar/events/{}", text(&event, "/id"));
    inspection.get(&path);
    inspection.send("PUT", &path, made);
    inspection.send("PATCH", &path, json!({ "eventMode": "VIDEO", "allDayEvent": null }));
    let answer = json!({ "participantId": patient, "participationStatus": "Yes" });
    inspection.send("PUT", &format!("{path}/invitation-response"), answer);
    inspection.get(&format!("/t/i/calendar/psm-event-summary?{range}"));
    inspection.send("DELETE", &path, Value::Null);
}

fn inbox_health(inspection: &mut Inspection) {
    let base = "/partner/v2";
    inspection.get(&format!("{base}/enterprises/1/patients?per_page=1000"));
    let patients = inspection.get(&format!("{base}/patients?per_page=1000"));
    let patient = patients.pointer("/patients/0/id").cloned().unwrap_or_default();
    let contact = json!([{ "first_name": "Bea" }]);
    let made = json!({ "patient": {
        "first_name": "Ada", "last_name": "Osei", "emergency_contacts_attributes": contact,
    } });
    inspection.send("POST", &format!("{base}/patients"), made);
    inspection.get(&format!("{base}/patients/{patient}"));
    let change = json!({ "id": patient, "patient": { "billing_status": "excluded", "zip": null } });
    inspection.send("PUT", &format!("{base}/patients/{patient}"), change);

    let line = json!({ "description": "Office visit", "total_charge_amount_cents": 10_000 });
    let invoice =
        json!({ "patient_id": patient, "practice_id": 11, "line_items_attributes": [line] });
    let payment = json!({
        "patient_id": patient, "payment_method_type": "cash", "expected_amount_cents": 2_500,
    });
    let made = inspection.send("POST", &format!("{base}/invoices"), json!({ "invoice": invoice }));
    let id = made.pointer("/invoice/id").cloned().unwrap_or_default();
    inspection.get(&format!("{base}/invoices/{id}"));
    let added = json!({ "line_item": { "invoice_id": id, "description": "Adjustment" } });
    let added = inspection.send("POST", &format!("{base}/line_items"), added);
    let line = added.pointer("/line_item/id").cloned().unwrap_or_default();
    inspection.get(&format!("{base}/line_items/{line}"));
    let change = json!({ "id": line, "line_item": { "covered_amount_cents": 500 } });
    inspection.send("PUT", &format!("{base}/line_items/{line}"), change);
    inspection.get(&format!("{base}/invoices/{id}/line_items"));
    inspection.send("DELETE", &format!("{base}/line_items/{line}"), Value::Null);
    let change = json!({ "id": id, "invoice": { "notes": null, "doctor_id": 21 } });
    inspection.send("PUT", &format!("{base}/invoices/{id}"), change);
    let paid = json!({ "payment": payment, "invoice_id": id });
    let paid = inspection.send("POST", &format!("{base}/payments"), paid);
    let paid = paid.pointer("/payment/id").cloned().unwrap_or_default();
    let change = json!({ "id": paid, "payment": { "description": "At the desk" } });
    inspection.send("PUT", &format!("{base}/payments/{paid}"), change);
    let both = json!({ "invoice": invoice, "payment": payment });
    inspection.send("POST", &format!("{base}/payments/quick_pay"), both);
    for list in [
        "invoices?per_page=1000".to_owned(),
        "payments?per_page=1000".to_owned(),
        "practices/11/invoices".to_owned(),
        "doctors/21/invoices".to_owned(),
        format!("patients/{patient}/invoices"),
        format!("patients/{patient}/payments"),
        format!("invoices/{id}/payments"),
        format!("payments/{paid}/invoices"),
        format!("payments/{paid}"),
    ] {
        inspection.get(&format!("{base}/{list}"));
    }
    inspection.send("DELETE", &format!("{base}/invoices/{id}"), Value::Null);
}
