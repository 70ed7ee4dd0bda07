//! What subscribers of Inbox Health are told.

use serde_json::{Value, json};

use super::Bench;
use crate::sandbox::{Settings, Webhook, WebhookEndpoint};

const BASE: &str = "/partner/v2";
const URL: &str = "https://hooks.example.test/inbox/events";

/// A sandbox with a subscriber to these events, or to all.
fn bench(events: Option<&[&str]>) -> Bench {
    let endpoint = WebhookEndpoint {
        url: URL.to_owned(),
        key: "hook-key".to_owned(),
        events: events.map(|events| events.iter().map(|event| (*event).to_owned()).collect()),
    };
    Bench::with(Settings { webhook_endpoints: vec![endpoint], ..Settings::default() })
}

fn told(bench: &mut Bench) -> Vec<String> {
    bench.sandbox.take_webhooks().into_iter().map(|webhook| webhook.event_type).collect()
}

fn body(webhook: &Webhook) -> Value {
    serde_json::from_str(&webhook.body).unwrap()
}

fn header<'a>(webhook: &'a Webhook, name: &str) -> Option<&'a str> {
    webhook.headers.get(name).map(String::as_str)
}

fn bill(bench: &mut Bench) -> Value {
    let lines = json!([{ "total_charge_amount_cents": 5_000 }, { "description": "No charge" }]);
    let invoice = json!({ "patient_id": 1001, "line_items_attributes": lines });
    let made = bench.send("POST", &format!("{BASE}/invoices"), json!({ "invoice": invoice }));
    made.at("/invoice").clone()
}

#[test]
fn every_change_raises_its_events_in_a_fixed_order() {
    let mut bench = bench(None);
    let patient = json!({ "patient": { "first_name": "Ada", "last_name": "Osei" } });
    let made = bench.send("POST", &format!("{BASE}/patients"), patient);
    let patient = made.at("/patient/id").clone();
    assert_eq!(told(&mut bench), ["patient_created"]);

    let lines = json!([{ "total_charge_amount_cents": 5_000 }]);
    let invoice = json!({ "patient_id": patient, "line_items_attributes": lines });
    let invoice = bench.send("POST", &format!("{BASE}/invoices"), json!({ "invoice": invoice }));
    let invoice = invoice.at("/invoice/id").clone();
    // The balance makes the patient billable.
    assert_eq!(told(&mut bench), ["patient_updated", "invoice_created", "line_item_created"]);

    let payment = json!({ "payment": {
        "patient_id": patient, "payment_method_type": "cash", "expected_amount_cents": 1_000,
    }, "invoice_id": invoice });
    let paid = bench.send("POST", &format!("{BASE}/payments"), payment);
    assert_eq!(
        told(&mut bench),
        ["payment_created", "patient_payment_processed", "invoice_payment_created"]
    );

    let list = format!("{BASE}/invoices/{invoice}/invoice_payments");
    let applied = bench.get(&list).at("/invoice_payments/0/id").clone();
    let change = json!({ "id": applied, "invoice_payment": { "paid_amount_cents": 900 } });
    bench.send("PUT", &format!("{BASE}/invoice_payments/{applied}"), change);
    assert_eq!(told(&mut bench), ["payment_updated", "invoice_payment_updated"]);

    let refund = json!({ "payment_adjustment": {
        "payment_id": paid.at("/payment/id"), "amount_cents": 100,
    }, "voided": false });
    bench.send("POST", &format!("{BASE}/payment_adjustments"), refund);
    assert_eq!(told(&mut bench), ["payment_updated"]);

    let attachment = json!({ "attachment": { "display_name": "Receipt" } });
    let made = bench.send("POST", &format!("{BASE}/attachments"), attachment);
    let id = made.at("/attachment/id");
    let change = json!({ "id": id, "attachment": { "display_name": "Letter" } });
    bench.send("PUT", &format!("{BASE}/attachments/{id}"), change);
    assert_eq!(told(&mut bench), ["attachment_created", "attachment_updated"]);
}

#[test]
fn an_invoice_is_updated_by_its_own_fields_only() {
    let mut bench = bench(Some(&["invoice_updated"]));
    let invoice = bill(&mut bench);
    let line = json!({ "line_item": { "invoice_id": invoice["id"], "covered_amount_cents": 500 } });
    bench.send("POST", &format!("{BASE}/line_items"), line);
    assert_eq!(told(&mut bench), [""; 0]);
    let path = format!("{BASE}/invoices/{}", invoice["id"]);
    bench.now += 1;
    let lines = json!([{ "total_charge_amount_cents": 5 }]);
    let change = json!({ "id": invoice["id"], "invoice": { "line_items_attributes": lines } });
    bench.send("PUT", &path, change);
    assert_eq!(told(&mut bench), [""; 0]);
    bench.now += 1;
    let change = json!({ "id": invoice["id"], "invoice": { "notes": "Sent twice" } });
    bench.send("PUT", &path, change);
    assert_eq!(told(&mut bench), ["invoice_updated"]);
}

#[test]
fn reading_and_refused_or_lost_requests_raise_nothing() {
    let mut bench = bench(None);
    bench.get(&format!("{BASE}/patients"));
    let nobody = json!({ "invoice": { "patient_id": 1 } });
    bench.send("POST", &format!("{BASE}/invoices"), nobody);
    let rule = json!({ "operation": "invoicesCreate", "drop": true });
    bench.sandbox.fault(serde_json::from_value(rule).unwrap()).unwrap();
    bill(&mut bench);
    assert_eq!(told(&mut bench), [""; 0]);
    let rule = json!({ "operation": "invoicesCreate", "drop": "after" });
    bench.sandbox.fault(serde_json::from_value(rule).unwrap()).unwrap();
    bill(&mut bench);
    assert!(!told(&mut bench).is_empty(), "it was processed");
}

#[test]
fn an_event_is_an_envelope_around_the_record_as_it_is_then() {
    let mut bench = bench(Some(&["invoice_created"]));
    let invoice = bill(&mut bench);
    let queued = bench.sandbox.take_webhooks();
    let event = body(&queued[0]);
    assert_eq!(event["event_type"], "invoice_created");
    assert_eq!(event["livemode"], false);
    assert_eq!(event["created_at"], "2026-03-04T07:00:00.000-05:00");
    assert_eq!(event["event_data"]["object"], invoice);
    bill(&mut bench);
    assert_ne!(body(&bench.sandbox.take_webhooks()[0])["id"], event["id"]);
}

#[test]
fn bodies_have_what_trips_receivers() {
    let mut bench = bench(Some(&["invoice_created"]));
    let line = json!({ "description": "Visit & test", "total_charge_amount_cents": 5_000 });
    let invoice = json!({ "patient_id": 1001, "line_items_attributes": [line] });
    bench.send("POST", &format!("{BASE}/invoices"), json!({ "invoice": invoice }));
    let queued = bench.sandbox.take_webhooks();
    assert!(queued[0].body.contains(r"Visit \u0026 test"));
    assert!(queued[0].body.contains(r#""sales_tax":0.0"#));
    assert_eq!(
        body(&queued[0])["event_data"]["object"]["line_items"][0]["description"],
        "Visit & test"
    );
}

#[test]
fn an_endpoint_gets_its_events_signed_with_the_key_that_made_it() {
    let mut bench = bench(None);
    let endpoint = json!({ "endpoint": {
        "url": "https://hooks.example.test/other", "registered_webhooks": ["line_item_created"],
    } });
    assert_eq!(bench.send("POST", &format!("{BASE}/endpoints"), endpoint).status, 201);
    bill(&mut bench);
    let queued = bench.sandbox.take_webhooks();
    let other = queued.iter().filter(|webhook| webhook.url.ends_with("/other"));
    let other: Vec<&Webhook> = other.collect();
    assert_eq!(other.len(), 2, "one for each line");
    for (webhook, key) in [(&queued[0], "hook-key"), (other[0], "sandbox-key")] {
        let signature = crate::webhook::signature(&webhook.url, &webhook.body, key);
        assert_eq!(header(webhook, "x-inboxhealth-signature"), signature.as_deref());
    }
    assert_eq!(
        bench
            .send("POST", &format!("{BASE}/endpoints"), json!({ "endpoint": { "url": "hooks" } }))
            .status,
        422
    );
}

#[test]
fn an_event_that_no_request_raises_can_be_queued() {
    let mut bench = bench(None);
    let now = bench.now;
    bench.sandbox.queue_webhook("account_manager_created", json!({ "id": 3 }), now);
    let queued = bench.sandbox.take_webhooks();
    assert_eq!(body(&queued[0])["event_data"]["object"], json!({ "id": 3 }));
}

#[test]
fn a_reset_forgets_subscriptions_and_what_waits_and_tells_the_same_again() {
    let mut bench = bench(None);
    let endpoint = json!({ "endpoint": {
        "url": "https://hooks.example.test/other", "registered_webhooks": ["invoice_created"],
    } });
    bench.send("POST", &format!("{BASE}/endpoints"), endpoint);
    bill(&mut bench);
    let now = bench.now;
    bench.sandbox.reset(now);
    assert!(bench.sandbox.take_webhooks().is_empty());
    let tell = |bench: &mut Bench| {
        bill(bench);
        let queued = bench.sandbox.take_webhooks();
        queued.into_iter().map(|webhook| (webhook.url, webhook.body)).collect::<Vec<_>>()
    };
    let once = tell(&mut bench);
    assert!(once.iter().all(|(url, _)| url == URL));
    bench.sandbox.reset(now);
    assert_eq!(tell(&mut bench), once);
}
