//! Which fields a caller can set: those that the declared requests have, and those that nothing is
//! known of.

use serde_json::{Value, json};

use super::{Answer, Bench};

const BASE: &str = "/partner/v2";

fn patient(bench: &mut Bench) -> String {
    bench.get("/t/i/patients").text("/content/0/id").to_owned()
}

fn change(bench: &mut Bench, path: &str, name: &str, fields: Value) -> Answer {
    let id: i64 = path.rsplit('/').next().unwrap().parse().unwrap();
    bench.send("PUT", &format!("{BASE}/{path}"), json!({ "id": id, name: fields }))
}

/// The names of the fields that differ.
fn moved(before: &Value, after: &Value) -> Vec<String> {
    let (before, after) = (before.as_object().unwrap(), after.as_object().unwrap());
    let gone = before.keys().filter(|name| !after.contains_key(*name));
    let differ = after.keys().filter(|name| before.get(*name) != after.get(*name));
    differ.chain(gone).cloned().collect()
}

#[test]
fn inbox_health_ignores_fields_that_only_replies_have() {
    let mut bench = Bench::new();
    let payment = json!({
        "patient_id": 1001, "payment_method_type": "cash", "expected_amount_cents": 1_000,
        "apply_payment": false, "total_fee_cents": -5, "status": "refunded", "voided": true,
    });
    let paid = bench.send("POST", &format!("{BASE}/payments"), json!({ "payment": payment }));
    assert_eq!((paid.status, paid.text("/payment/status")), (201, "complete"));
    assert_eq!(paid.at("/payment").get("total_fee_cents"), None);
    let path = format!("payments/{}", paid.at("/payment/id"));
    let other = json!({ "patient_id": 1002, "total_fee_cents": 5, "description": "At the desk" });
    let changed = change(&mut bench, &path, "payment", other);
    assert_eq!(moved(paid.at("/payment"), changed.at("/payment")), ["description"]);

    let before = bench.get(&format!("{BASE}/patients/1001")).at("/patient").clone();
    bench.now += 60_000;
    let sent = json!({ "soft_delete": 1, "guarantor_id": 5, "merged_patient_id": 6, "notes": "x" });
    let after = change(&mut bench, "patients/1001", "patient", sent);
    assert_eq!(moved(&before, after.at("/patient")), ["updated_at", "notes"]);
}

#[test]
fn both_parts_of_a_quick_payment_are_read_as_by_their_own_calls() {
    let mut bench = Bench::new();
    let body = json!({
        "invoice": {
            "patient_id": 1001, "total_insurance_balance_cents": 7,
            "line_items_attributes": [{ "total_charge_amount_cents": 1_000 }],
        },
        "payment": {
            "patient_id": 1001, "payment_method_type": "cash", "expected_amount_cents": 1_000,
            "total_fee_cents": -5, "invoice_id": 5001, "apply_payment": true,
        },
    });
    let both = bench.send("POST", &format!("{BASE}/payments/quick_pay"), body);
    assert_eq!((both.status, both.at("/invoice/balance_cents")), (201, &json!(0)));
    for name in ["total_fee_cents", "invoice_id", "apply_payment"] {
        assert_eq!(both.at("/payment").get(name), None, "{name}");
    }
    assert_eq!(both.at("/invoice").get("line_items_attributes"), None);
}

#[test]
fn what_travels_beside_an_envelope_has_no_effect_inside_it() {
    let mut bench = Bench::new();
    let payment = json!({
        "patient_id": 1001, "payment_method_type": "cash", "expected_amount_cents": 1_000,
        "invoice_id": 5001,
    });
    let paid = bench.send("POST", &format!("{BASE}/payments"), json!({ "payment": payment }));
    assert_eq!((paid.status, paid.at("/payment").get("invoice_id")), (201, None));
    let patient = json!({ "first_name": "Ada", "last_name": "Osei", "force": true });
    let made = bench.send("POST", &format!("{BASE}/patients"), json!({ "patient": patient }));
    assert_eq!((made.status, made.at("/patient").get("force")), (201, None));
}

#[test]
fn elements_of_attributes_take_no_field_that_only_replies_have() {
    let mut bench = Bench::new();
    let practice = json!({ "name": "Harbor", "enterprise_id": 9, "npi": "1", "colour": "red" });
    let enterprise = json!({ "name": "Bay", "practices_attributes": [practice] });
    let made =
        bench.send("POST", &format!("{BASE}/enterprises"), json!({ "enterprise": enterprise }));
    let practice = made.at("/enterprise/practices/0");
    assert_eq!((&practice["name"], &practice["npi"]), (&json!("Harbor"), &Value::Null));
    assert_eq!(&practice["enterprise_id"], made.at("/enterprise/id"));
    assert_eq!(practice["colour"], "red", "nothing is known of it");
}

#[test]
fn elements_of_a_list_take_no_field_that_only_replies_have() {
    let mut bench = Bench::new();
    let field = json!({
        "name": "cdtf-new", "type": "text", "phi": true, "editable": true, "displayType": "x",
    });
    let document =
        json!({ "name": "doc-type-new", "title": "New", "label": "New", "fields": [field] });
    let made = bench.send("POST", "/t/i/formations/draft/document-types", document);
    let field = made.at("/fields/0");
    assert_eq!((made.status, &field["phi"]), (201, &json!(true)));
    assert_eq!((field.get("editable"), field.get("displayType")), (None, None));
}

#[test]
fn a_reply_does_not_have_what_only_requests_have() {
    let mut bench = Bench::new();
    let written = json!({
        "primary_care_provider_name": "Dr. Osei", "primary_care_provider_city": "Bay",
        "primary_care_provider_state": "CA", "phone": "+15555550100", "city": "Bay",
    });
    let patient = change(&mut bench, "patients/1001", "patient", written);
    assert_eq!((patient.status, patient.text("/patient/city")), (200, "Bay"));
    for name in ["name", "city", "state"] {
        let name = format!("primary_care_provider_{name}");
        assert_eq!(patient.at("/patient").get(&name), None, "{name}");
    }
    assert_eq!(patient.at("/patient").get("phone"), None);
}

#[test]
fn welkin_ignores_fields_that_only_replies_have() {
    let mut bench = Bench::new();
    let user = bench.get("/t/admin/users").at("/data/0").clone();
    let path = format!("/t/admin/users/{}", user["username"].as_str().unwrap());
    bench.now += 60_000;
    let sent = json!({ "userState": "INACTIVE", "enabled": false, "locale": "de-DE" });
    assert_eq!(moved(&user, &bench.send("PATCH", &path, sent).body), ["updatedAt"]);

    let path = format!("/t/i/patients/{}", patient(&mut bench));
    let before = bench.get(&path).body;
    let sent = json!({ "primaryPhoneCapabilities": null, "maritalStatus": "x", "accessCode": "1" });
    let after = bench.send("PATCH", &path, sent);
    assert_eq!(moved(&before, &after.body), ["updatedAt"]);

    let list = format!("{path}/assessment-records");
    let sent = json!({ "assessmentName": "asm-intake", "status": "COMPLETED", "pfa": true });
    let record = bench.send("POST", &list, sent);
    assert_eq!((record.text("/status"), record.at("/pfa")), ("NEW", &json!(false)));
}

#[test]
fn the_event_of_an_encounter_is_read_as_by_its_own_call() {
    let mut bench = Bench::new();
    let user = bench.get("/t/admin/users").text("/data/0/id").to_owned();
    let appointment = json!({
        "id": "mine", "createdBy": "me", "encounterInfo": {}, "localStartDateTime": "never",
        "startDateTime": "2026-03-10T15:00:00.000Z", "endDateTime": "2026-03-10T16:00:00.000Z",
        "hostId": user, "participants": [{ "participantId": user, "participantRole": "psm" }],
    });
    let list = format!("/t/i/patients/{}/encounters", patient(&mut bench));
    let body = json!({ "title": "Visit", "currentScheduledAppointment": appointment });
    let made = bench.send("POST", &list, body);
    assert_eq!(made.status, 201, "{}", made.body);
    let id = made.text("/jsonBody/calendarEventId").to_owned();
    let event = bench.get(&format!("/t/i/calendar/events/{id}"));
    assert_eq!((event.status, event.text("/id")), (200, id.as_str()));
    assert_ne!(event.text("/createdBy"), "me");
    assert_eq!(event.body.get("encounterInfo"), None);
}

#[test]
fn a_replacement_keeps_what_only_replies_have() {
    let mut bench = Bench::new();
    let user = bench.get("/t/admin/users").at("/data/0").clone();
    assert_eq!(user["locale"], "en-US");
    let path = format!("/t/admin/users/{}", user["username"].as_str().unwrap());
    let body =
        json!({ "username": user["username"], "email": user["email"], "userState": "INACTIVE" });
    let replaced = bench.send("PUT", &path, body);
    assert_eq!((replaced.body.get("firstName"), replaced.text("/locale")), (None, "en-US"));
    assert_eq!(replaced.at("/userState"), &user["userState"]);

    let drafts = "/t/i/formations/draft/encounters";
    let template = bench.get(drafts).rows("").last().unwrap().clone();
    assert!(template["encounterDescription"].is_string());
    let path = format!("{drafts}/{}", template["name"].as_str().unwrap());
    let body = json!({
        "name": template["name"], "title": "Call", "assessmentNames": [],
        "encounterColor": "#000000", "defaultDuration": null,
    });
    let replaced = bench.send("PUT", &path, body);
    assert_eq!((replaced.status, replaced.text("/title")), (200, "Call"));
    for name in ["id", "encounterDescription", "encounterColor", "defaultDuration", "type"] {
        assert_eq!(replaced.body[name], template[name], "{name}");
    }
}

#[test]
fn fields_that_nothing_is_known_of_are_kept() {
    let mut bench = Bench::new();
    let written = json!({ "favourite_colour": "red" });
    let changed = change(&mut bench, "patients/1001", "patient", written);
    assert_eq!(changed.text("/patient/favourite_colour"), "red");
    let path = format!("/t/i/patients/{}", patient(&mut bench));
    bench.send("PATCH", &path, json!({ "favouriteColour": "red" }));
    assert_eq!(bench.get(&path).text("/favouriteColour"), "red");
}
