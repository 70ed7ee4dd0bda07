//! Requests for the resources of Inbox Health around patients, invoices and payments.

use serde_json::{Value, json};

use super::Bench;
use super::declared_types::Inspection;

const BASE: &str = "/partner/v2";

pub fn inbox_health_resources(inspection: &mut Inspection) {
    enterprise(inspection);
    staff(inspection);
    codes(inspection);
    adjusted_money(inspection);
    files(inspection);
    let endpoint = json!({ "endpoint": {
        "url": "https://hooks.example.test/events", "registered_webhooks": ["patient_created"],
    } });
    inspection.send("POST", &format!("{BASE}/endpoints"), endpoint);
    let account = json!({ "account_type": { "name": "Staff" } });
    inspection.send("POST", &format!("{BASE}/account_types"), account);
}

/// The id of the record in an envelope.
fn id(body: &Value, envelope: &str) -> Value {
    body[envelope]["id"].clone()
}

fn enterprise(inspection: &mut Inspection) {
    for list in [
        "practices",
        "doctors",
        "enterprise_invoices",
        "enterprise_payment_infos",
        "enterprise_payments",
        "transfers",
        "admin_organizations",
        "appointment_templates",
        "payment_reasons",
        "api_integrations",
        "billing_cycle_templates",
        "write_off_codes",
        "deposit_accounts",
        "card_readers",
    ] {
        let body = inspection.get(&format!("{BASE}/enterprises/1/{list}"));
        assert!(!body[list].as_array().unwrap().is_empty(), "{list}");
    }
    inspection.get(&format!("{BASE}/enterprises"));
    inspection.get(&format!("{BASE}/admin_organizations"));
    let attributes = json!({ "name": "Harbor Medical", "default_checkin_routes": null });
    let body = json!({ "enterprise": attributes });
    let made = inspection.send("POST", &format!("{BASE}/enterprises"), body);
    let enterprise = id(&made, "enterprise");
    let body = json!({ "id": enterprise, "enterprise": {
        "sales_tax": 6.35, "practices_attributes": [{ "name": "Harbor Clinic" }],
    } });
    inspection.send("PUT", &format!("{BASE}/enterprises/{enterprise}"), body);
}

fn staff(inspection: &mut Inspection) {
    for (records, record, attributes) in [
        (
            "practices",
            "practice",
            json!({ "name": "Harbor Clinic", "monday_open": "T09:00:00.000Z" }),
        ),
        ("doctors", "doctor", json!({ "first_name": "Ada", "last_name": "Osei" })),
    ] {
        let list = format!("{BASE}/{records}");
        inspection.get(&list);
        let made = inspection.send("POST", &list, json!({ record: attributes }));
        let id = id(&made, record);
        inspection.get(&format!("{list}/{id}"));
        inspection.send("PUT", &format!("{list}/{id}"), json!({ "id": id, record: attributes }));
        inspection.send("DELETE", &format!("{list}/{id}"), Value::Null);
    }
    for list in [
        "practices/11/doctors",
        "practices/11/practice_users",
        "practices/11/users",
        "doctors/21/practices",
        "doctors/21/shifts",
        "users?filter[role]=practice_manager",
        "patients/1002/notifications",
        "patients/1001/patient_payment_infos",
        "patients/1010/tickets",
        "invoices/5002/notifications",
    ] {
        let body = inspection.get(&format!("{BASE}/{list}"));
        let records = body.as_object().unwrap().values().next().unwrap();
        assert!(!records.as_array().unwrap().is_empty(), "{list}");
    }
}

fn codes(inspection: &mut Inspection) {
    for (records, record) in
        [("payment_reasons", "payment_reason"), ("write_off_codes", "write_off_code")]
    {
        let list = format!("{BASE}/{records}");
        inspection.get(&list);
        let body = json!({ record: { "enterprise_id": 1, "code": "X", "description": "Other" } });
        let made = inspection.send("POST", &list, body);
        inspection.get(&format!("{list}/{}", id(&made, record)));
    }
    let body = json!({ "id": 101, "payment_reason": { "description": "Deductible met" } });
    inspection.send("PUT", &format!("{BASE}/payment_reasons/101"), body);
}

fn adjusted_money(inspection: &mut Inspection) {
    let line = json!({ "description": "Office visit", "total_charge_amount_cents": 10_000 });
    let invoice = json!({ "invoice": {
        "patient_id": 1001, "practice_id": 11, "line_items_attributes": [line],
    } });
    let invoice = id(&inspection.send("POST", &format!("{BASE}/invoices"), invoice), "invoice");
    let payment = json!({ "payment": {
        "patient_id": 1001, "payment_method_type": "cash", "expected_amount_cents": 2_500,
        "apply_payment": false,
    } });
    let payment = id(&inspection.send("POST", &format!("{BASE}/payments"), payment), "payment");
    let applied = json!({ "invoice_payment": {
        "payment_id": payment, "invoice_id": invoice, "paid_amount_cents": 1_000,
        "payment_reasons_invoice_payments_attributes": [{ "payment_reason_id": 101 }],
    } });
    let applied = inspection.send("POST", &format!("{BASE}/invoice_payments"), applied);
    let applied = id(&applied, "invoice_payment");
    let path = format!("{BASE}/invoice_payments/{applied}");
    inspection.get(&path);
    let body = json!({ "id": applied, "invoice_payment": { "paid_amount_cents": 2_000 } });
    inspection.send("PUT", &path, body);
    let refund = json!({
        "payment_adjustment": { "payment_id": payment, "amount_cents": 500 }, "voided": false,
    });
    let refund = inspection.send("POST", &format!("{BASE}/payment_adjustments"), refund);
    let refund = id(&refund, "payment_adjustment");
    inspection.get(&format!("{BASE}/payment_adjustments/{refund}"));
    let write_off = json!({ "write_off": {
        "patient_id": 1001, "date": "2026-03-04", "write_off_code_id": 151, "amount_cents": 100,
    } });
    let write_off = inspection.send("POST", &format!("{BASE}/write_offs"), write_off);
    inspection.get(&format!("{BASE}/write_offs/{}", id(&write_off, "write_off")));
    for list in [
        "write_offs".to_owned(),
        format!("invoices/{invoice}/invoice_payments"),
        format!("payments/{payment}/invoice_payments"),
        format!("payments/{payment}/payment_adjustments"),
    ] {
        inspection.get(&format!("{BASE}/{list}"));
    }
    let attachment = json!({ "attachment": { "display_name": "Receipt", "payment_id": payment } });
    inspection.send("POST", &format!("{BASE}/attachments"), attachment);
    inspection.get(&format!("{BASE}/payments/{payment}/attachments"));
}

fn files(inspection: &mut Inspection) {
    let list = format!("{BASE}/attachments");
    let files = inspection.get(&list);
    let path = format!("{list}/{}", files["attachments"][0]["id"]);
    inspection.get(&path);
    inspection.get(&format!("{path}/download"));
    let id = &files["attachments"][0]["id"];
    let body = json!({ "id": id, "attachment": { "display_name": "Letter.pdf" } });
    inspection.send("PUT", &path, body);
    inspection.send("DELETE", &path, Value::Null);
    inspection.get(&format!("{BASE}/sftp_uploads?enterprise_ids[]=1"));
    let batch = json!({
        "filename": "charges.csv", "enterprise_id": 1, "start": true, "delete_file": true,
    });
    inspection.send("POST", &format!("{BASE}/sftp_uploads/create_import_batch"), batch);
}

fn get(bench: &mut Bench, path: &str) -> Value {
    bench.get(&format!("{BASE}/{path}")).body
}

#[test]
fn an_enterprise_without_practices_gets_one_from_its_own_data() {
    let mut bench = Bench::new();
    let mut create = |practices: Value| {
        let enterprise = json!({
            "name": "Harbor Medical", "city": "Larkport", "practices_attributes": practices,
        });
        let body = json!({ "enterprise": enterprise });
        bench.send("POST", &format!("{BASE}/enterprises"), body).body["enterprise"].clone()
    };
    let made = create(json!([]));
    assert_eq!(made["practices"].as_array().unwrap().len(), 1);
    assert_eq!(made["practices"][0]["city"], "Larkport");
    assert!(made["default_checkin_routes"].is_string(), "null is filled in");
    let made = create(json!([{ "name": "East" }, { "name": "West" }]));
    assert_eq!(made["practices"][1]["name"], "West");
    let first = &made["practices"][0]["id"];
    let mut change = |practice: Value| {
        let enterprise = json!({ "practices_attributes": [practice] });
        let body = json!({ "id": made["id"], "enterprise": enterprise });
        bench.send("PUT", &format!("{BASE}/enterprises/{}", made["id"]), body)
    };
    let changed = change(json!({ "id": first, "name": "North" }));
    assert_eq!(changed.rows("/enterprise/practices").len(), 2);
    assert_eq!(changed.text("/enterprise/practices/0/name"), "North");
    assert_eq!(change(json!({ "name": "South" })).rows("/enterprise/practices").len(), 3);
    assert_eq!(change(json!({ "id": 11, "name": "Stolen" })).status, 422);
    assert_eq!(get(&mut bench, "practices/11")["practice"]["name"], "Larkport Clinic East");
}

#[test]
fn a_list_below_a_record_holds_only_what_belongs_to_it() {
    let mut bench = Bench::new();
    for invoice in get(&mut bench, "doctors/22/invoices")["invoices"].as_array().unwrap() {
        assert_eq!(invoice["doctor_id"], 22);
    }
    let own = get(&mut bench, "patients/1001/patient_payment_infos");
    assert_eq!(own["patient_payment_infos"].as_array().unwrap().len(), 1);
    let managers = get(&mut bench, "users?filter[role]=PRACTICE");
    assert_eq!(managers["users"].as_array().unwrap().len(), 2);
    assert_eq!(bench.get(&format!("{BASE}/practices/999/users")).status, 404);
    assert_eq!(bench.get(&format!("{BASE}/doctors/999/shifts")).status, 404);
    let none = get(&mut bench, "sftp_uploads?enterprise_ids[]=7&enterprise_ids[]=8");
    assert_eq!(none["sftp_uploads"], json!([]));
    let some = get(&mut bench, "sftp_uploads?enterprise_ids[]=7&enterprise_ids[]=1");
    assert_eq!(some["sftp_uploads"].as_array().unwrap().len(), 2);
}

#[test]
fn what_is_refused_changes_nothing() {
    let mut bench = Bench::new();
    let before = get(&mut bench, "practices");
    let enterprise = json!({ "practices_attributes": [{ "name": "New" }, { "id": 999 }] });
    let body = json!({ "id": 1, "enterprise": enterprise });
    assert_eq!(bench.send("PUT", &format!("{BASE}/enterprises/1"), body).status, 422);
    assert_eq!(get(&mut bench, "practices"), before);
}
