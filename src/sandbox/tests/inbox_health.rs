//! The rules of Inbox Health.

use serde_json::{Value, json};

use super::{Answer, Bench};
use crate::sandbox::Settings;

const BASE: &str = "/partner/v2";

struct Desk {
    bench: Bench,
    patient: Value,
}

impl Desk {
    /// A desk with one patient who owes nothing.
    fn new() -> Desk {
        let mut bench = Bench::new();
        let patient = json!({ "patient": { "first_name": "Ada", "last_name": "Osei" } });
        let made = bench.send("POST", &format!("{BASE}/patients"), patient);
        assert_eq!(made.status, 201);
        let patient = made.at("/patient/id").clone();
        Desk { bench, patient }
    }

    fn bill(&mut self, line: Value) -> Answer {
        let invoice = json!({ "invoice": {
            "patient_id": self.patient, "practice_id": 11, "date_of_service": "2026-03-01",
            "line_items_attributes": [line],
        } });
        self.bench.send("POST", &format!("{BASE}/invoices"), invoice)
    }

    fn pay(&mut self, method: &str, cents: i64, beside: Value, more: Value) -> Answer {
        let mut payment = json!({
            "patient_id": self.patient, "payment_method_type": method, "expected_amount_cents": cents,
        });
        payment.as_object_mut().unwrap().extend(more.as_object().cloned().unwrap_or_default());
        let mut body = json!({ "payment": payment });
        body.as_object_mut().unwrap().extend(beside.as_object().cloned().unwrap_or_default());
        self.bench.send("POST", &format!("{BASE}/payments"), body)
    }

    fn get(&mut self, path: &str) -> Answer {
        self.bench.get(&format!("{BASE}/{path}"))
    }

    fn balance(&mut self) -> i64 {
        let path = format!("patients/{}", self.patient);
        let patient = self.get(&path);
        assert_eq!(
            patient.at("/patient/balance_cents"),
            patient.at("/patient/cached_balance_cents")
        );
        patient.at("/patient/balance_cents").as_i64().unwrap()
    }

    fn invoice(&mut self, id: &Value) -> Answer {
        self.get(&format!("invoices/{id}"))
    }
}

#[test]
fn a_key_is_needed_in_the_header_or_as_the_user_name() {
    let mut bench =
        Bench::with(Settings { api_keys: Some(vec!["good".to_owned()]), ..Settings::default() });
    let path = format!("{BASE}/patients");
    let ask = |bench: &mut Bench, name: &str, value: &str| {
        bench.send_with(&[(name.to_owned(), value.to_owned())], "GET", &path, Value::Null).status
    };
    assert_eq!(ask(&mut bench, "X-Api-Key", "good"), 200);
    assert_eq!(ask(&mut bench, "Authorization", "Basic Z29vZDo="), 200);
    assert_eq!(ask(&mut bench, "X-Api-Key", "bad"), 401);
    assert_eq!(ask(&mut bench, "Authorization", "Bearer good"), 401);
    assert_eq!(bench.send_with(&[], "GET", &path, Value::Null).status, 401);
    assert_eq!(ask(&mut Bench::new(), "X-Api-Key", "any"), 200);
    assert_eq!(ask(&mut Bench::new(), "X-Api-Key", ""), 401);
}

#[test]
fn the_limit_bites_after_a_hundred_requests_and_lets_ten_a_second_pass() {
    let mut bench = Bench::new();
    let path = format!("{BASE}/patients?per_page=1");
    assert!((0..100).all(|_| bench.get(&path).status == 200));
    assert_eq!(bench.get(&path).status, 429);
    bench.now += 1000;
    assert_eq!((0..20).filter(|_| bench.get(&path).status == 200).count(), 10);
    let mut bench = Bench::with(Settings { limits: false, ..Settings::default() });
    assert!((0..200).all(|_| bench.get(&path).status == 200));
}

#[test]
fn pages_count_from_1_until_one_is_empty() {
    let mut bench = Bench::new();
    let mut names = |query: &str| {
        let page = bench.get(&format!("{BASE}/patients?{query}"));
        page.rows("/patients")
            .iter()
            .map(|patient| patient["id"].as_i64().unwrap())
            .collect::<Vec<i64>>()
    };
    assert_eq!(names("per_page=2"), [1001, 1002]);
    assert_eq!(names("per_page=2&page=2"), [1003, 1004]);
    assert_eq!(names("per_page=150&page=2").len(), 50);
    assert_eq!(names("per_page=150&page=3").len(), 0);
    assert_eq!(names("").len(), 25);
}

#[test]
fn a_filter_finds_a_part_of_a_name_in_any_case() {
    let mut desk = Desk::new();
    let found = desk.get("patients?filter[first_name]=DA&filter[last_name]=osei&per_page=200");
    assert!(found.rows("/patients").iter().any(|patient| patient["id"] == desk.patient));
    assert!(found.rows("/patients").iter().all(|patient| patient["last_name"] == "Osei"));
    let made = desk.bill(json!({ "total_charge_amount_cents": 100 })).at("/invoice/id").clone();
    let invoices = desk.get("invoices?filter%5Bfirst_name%5D=ada&per_page=1000");
    assert!(invoices.rows("/invoices").iter().any(|invoice| invoice["id"] == made));
    assert!(
        invoices.rows("/invoices").len()
            < desk.get("invoices?per_page=1000").rows("/invoices").len()
    );
    assert_eq!(desk.get("patients?filter[id]=100").rows("/patients").len(), 0);
    let sorted = desk.get("patients?sort=last_name&per_page=1000");
    let names: Vec<String> = sorted
        .rows("/patients")
        .iter()
        .map(|patient| patient["last_name"].as_str().unwrap().to_lowercase())
        .collect();
    assert!(names.is_sorted());
}

#[test]
fn an_update_repeats_the_id_and_merges() {
    let mut desk = Desk::new();
    let path = format!("{BASE}/patients/{}", desk.patient);
    let change = json!({ "patient": { "city": "Elmford", "email": null } });
    assert_eq!(desk.bench.send("PUT", &path, change).status, 422);
    let change =
        json!({ "id": desk.patient, "patient": { "city": "Elmford", "balance_cents": 7 } });
    let changed = desk.bench.send("PUT", &path, change);
    assert_eq!(
        (changed.status, changed.text("/patient/city"), changed.text("/patient/first_name")),
        (200, "Elmford", "Ada")
    );
    assert_eq!(changed.at("/patient/balance_cents"), 0);
    let naked = json!({ "first_name": "Ada" });
    assert_eq!(desk.bench.send("POST", &format!("{BASE}/patients"), naked).status, 422);
}

#[test]
fn nested_records_are_added_without_an_id_and_changed_with_one() {
    let mut desk = Desk::new();
    let path = format!("{BASE}/patients/{}", desk.patient);
    let patient = desk.patient.clone();
    let write = |desk: &mut Desk, contact: Value| {
        let body =
            json!({ "id": patient, "patient": { "emergency_contacts_attributes": [contact] } });
        desk.bench.send("PUT", &path, body)
    };
    let added = write(&mut desk, json!({ "first_name": "Bea", "relationship": "sister" }));
    let contact = added.at("/patient/emergency_contacts/0").clone();
    assert_eq!(contact["patient_id"], desk.patient);
    let changed = write(&mut desk, json!({ "id": contact["id"], "first_name": "Beatriz" }));
    assert_eq!(changed.rows("/patient/emergency_contacts").len(), 1);
    assert_eq!(changed.text("/patient/emergency_contacts/0/first_name"), "Beatriz");
    assert_eq!(changed.text("/patient/emergency_contacts/0/relationship"), "sister");
    assert_eq!(write(&mut desk, json!({ "id": 1 })).status, 422);
}

#[test]
fn a_patient_owes_the_open_invoices_less_what_is_not_applied() {
    let mut desk = Desk::new();
    let made =
        desk.bill(json!({ "total_charge_amount_cents": 10_000, "covered_amount_cents": 1_999 }));
    let invoice = made.at("/invoice/id").clone();
    assert_eq!(made.at("/invoice/balance_cents"), 8_001);
    assert_eq!(made.rows("/invoice/line_items").len(), 1);
    assert_eq!(made.at("/invoice/line_item_ids/0"), made.at("/invoice/line_items/0/id"));
    assert_eq!(desk.balance(), 8_001);

    let credit = desk.pay("cash", 1_000, Value::Null, json!({ "apply_payment": false }));
    assert_eq!(credit.at("/payment/applied_amount_cents"), 0);
    assert_eq!(desk.balance(), 7_001);
    assert_eq!(desk.invoice(&invoice).at("/invoice/balance_cents"), 8_001);

    let applied = desk.pay("cash", 3_000, json!({ "invoice_id": invoice }), Value::Null);
    assert_eq!(applied.at("/payment/applied_amount_cents"), 3_000);
    assert_eq!(desk.invoice(&invoice).at("/invoice/balance_cents"), 5_001);
    assert_eq!(desk.balance(), 4_001);

    let over = desk.pay("card", 9_000, Value::Null, json!({ "apply_payment": true }));
    assert_eq!(over.at("/payment/applied_amount_cents"), 5_001);
    assert_eq!(desk.balance(), -4_999);
    let path = format!("payments/{}/invoices", over.at("/payment/id"));
    assert_eq!(desk.get(&path).at("/invoices/0/id"), &invoice);
    assert_eq!(desk.get(&format!("invoices/{invoice}/payments")).rows("/payments").len(), 2);

    assert_eq!(
        desk.bench.send("DELETE", &format!("{BASE}/invoices/{invoice}"), Value::Null).status,
        204
    );
    assert_eq!(desk.balance(), -13_000);
    assert_eq!(desk.invoice(&invoice).status, 404);
}

#[test]
fn an_invoice_does_not_count_while_insurance_owes() {
    let mut desk = Desk::new();
    let line = json!({
        "total_charge_amount_cents": 20_000, "covered_amount_cents": 15_000,
        "insurance_owed_amount_cents": 15_000,
    });
    let invoice = desk.bill(line).at("/invoice/id").clone();
    assert_eq!(desk.invoice(&invoice).at("/invoice/total_insurance_balance_cents"), 15_000);
    assert_eq!(desk.balance(), 0);
    desk.pay("insurance", 5_000, json!({ "invoice_id": invoice }), Value::Null);
    assert_eq!(desk.invoice(&invoice).at("/invoice/total_insurance_balance_cents"), 10_000);
    assert_eq!(desk.balance(), 0);
    desk.pay("insurance", 10_000, json!({ "invoice_id": invoice }), Value::Null);
    assert_eq!(desk.invoice(&invoice).at("/invoice/total_insurance_balance_cents"), 0);
    assert_eq!(desk.balance(), 5_000);
    let path = format!("patients/{}", desk.patient);
    assert_eq!(desk.get(&path).text("/patient/billing_status"), "billable");
}

#[test]
fn a_line_item_without_an_id_is_billed_again() {
    let mut desk = Desk::new();
    let line = json!({ "total_charge_amount_cents": 1_000 });
    let made = desk.bill(line.clone());
    let path = format!("{BASE}/invoices/{}", made.at("/invoice/id"));
    let write = |desk: &mut Desk, line: Value| {
        let body =
            json!({ "id": made.at("/invoice/id"), "invoice": { "line_items_attributes": [line] } });
        desk.bench.send("PUT", &path, body)
    };
    assert_eq!(write(&mut desk, line).at("/invoice/balance_cents"), 2_000);
    let first = made.at("/invoice/line_items/0/id");
    let changed = write(&mut desk, json!({ "id": first, "covered_amount_cents": 400 }));
    assert_eq!(
        (changed.at("/invoice/balance_cents"), changed.rows("/invoice/line_items").len()),
        (&json!(1_600), 2)
    );
    assert_eq!(write(&mut desk, json!({ "id": 20_001, "covered_amount_cents": 1 })).status, 422);
    assert_eq!(desk.balance(), 1_600);
}

#[test]
fn a_line_item_of_its_own_moves_the_balance() {
    let mut desk = Desk::new();
    let invoice =
        desk.bill(json!({ "total_charge_amount_cents": 1_000 })).at("/invoice/id").clone();
    let line = json!({ "line_item": { "invoice_id": invoice, "total_charge_amount_cents": -300 } });
    let line = desk.bench.send("POST", &format!("{BASE}/line_items"), line);
    assert_eq!(desk.balance(), 700);
    let path = format!("{BASE}/line_items/{}", line.at("/line_item/id"));
    assert_eq!(desk.bench.send("DELETE", &path, Value::Null).status, 204);
    assert_eq!(desk.balance(), 1_000);
    let orphan = json!({ "line_item": { "invoice_id": 1 } });
    assert_eq!(desk.bench.send("POST", &format!("{BASE}/line_items"), orphan).status, 422);
}

#[test]
fn quick_pay_makes_an_invoice_and_pays_it() {
    let mut desk = Desk::new();
    let body = json!({
        "invoice": {
            "patient_id": desk.patient, "practice_id": 11,
            "line_items_attributes": [{ "total_charge_amount_cents": 4_000 }],
        },
        "payment": {
            "patient_id": desk.patient, "payment_method_type": "external_card",
            "expected_amount_cents": 4_000,
        },
    });
    let path = format!("{BASE}/payments/quick_pay");
    let paid = desk.bench.send("POST", &path, body.clone());
    assert_eq!(
        (paid.at("/invoice/balance_cents"), paid.at("/payment/applied_amount_cents")),
        (&json!(0), &json!(4_000))
    );
    assert_eq!(desk.balance(), 0);
    let mut other = body;
    other["payment"]["patient_id"] = json!(1001);
    assert_eq!(desk.bench.send("POST", &path, other).status, 422);
}

#[test]
fn a_payment_names_its_method_and_keeps_its_amount() {
    let mut desk = Desk::new();
    let body = json!({ "payment": { "patient_id": desk.patient, "expected_amount_cents": 100 } });
    let answer = desk.bench.send("POST", &format!("{BASE}/payments"), body);
    assert_eq!(answer.status, 422);
    assert!(answer.at("/errors/payment_method_type").is_array());
    let made = desk.pay("cash", 100, Value::Null, Value::Null);
    let id = made.at("/payment/id").clone();
    let path = format!("{BASE}/payments/{id}");
    let change = |fields: Value| json!({ "id": id, "payment": fields });
    assert_eq!(
        desk.bench.send("PUT", &path, change(json!({ "expected_amount_cents": 50 }))).status,
        422
    );
    let changed = desk.bench.send("PUT", &path, change(json!({ "description": "At the desk" })));
    assert_eq!(changed.text("/payment/description"), "At the desk");
}

#[test]
fn the_balances_at_the_beginning_add_up() {
    let mut bench = Bench::new();
    let patients = bench.get(&format!("{BASE}/patients?per_page=500"));
    let invoices = bench.get(&format!("{BASE}/invoices?per_page=5000"));
    let payments = bench.get(&format!("{BASE}/payments?per_page=5000"));
    let cents = |record: &Value, name: &str| record[name].as_i64().unwrap();
    let mut owing = 0;
    for patient in patients.rows("/patients") {
        let own = |rows: &[Value]| -> Vec<Value> {
            rows.iter().filter(|row| row["patient_id"] == patient["id"]).cloned().collect()
        };
        let open: i64 = own(invoices.rows("/invoices"))
            .iter()
            .map(|invoice| cents(invoice, "balance_cents"))
            .sum();
        let credit: i64 = own(payments.rows("/payments"))
            .iter()
            .filter(|payment| payment["payment_method_type"] != "insurance")
            .map(|payment| {
                cents(payment, "expected_amount_cents") - cents(payment, "applied_amount_cents")
            })
            .sum();
        assert_eq!(cents(patient, "balance_cents"), open - credit);
        owing += i32::from(open > 0);
    }
    assert!(owing > 50 && invoices.rows("/invoices").len() > 200);
}

#[test]
fn a_filter_compares_numbers_as_numbers() {
    let mut desk = Desk::new();
    let all = desk.get("invoices?per_page=1000").rows("/invoices").len();
    for (wanted, found) in [("0", all), ("0.0", all), ("0.00", all), ("1", 0), ("none", 0)] {
        let path = format!("invoices?per_page=1000&filter[sales_tax]={wanted}");
        assert_eq!(desk.get(&path).rows("/invoices").len(), found, "{wanted}");
    }
}

#[test]
fn an_invoice_outlives_its_practice_and_its_doctor() {
    let mut desk = Desk::new();
    let invoice = json!({ "patient_id": desk.patient, "practice_id": 11, "doctor_id": 21 });
    let send = |desk: &mut Desk, method: &str, path: &str, body: Value| {
        desk.bench.send(method, &format!("{BASE}/{path}"), body)
    };
    let made = send(&mut desk, "POST", "invoices", json!({ "invoice": invoice }));
    let id = made.at("/invoice/id").clone();
    send(&mut desk, "DELETE", "practices/11", Value::Null);
    send(&mut desk, "DELETE", "doctors/21", Value::Null);
    let path = format!("invoices/{id}");
    let change = |fields: Value| json!({ "id": id, "invoice": fields });
    let noted = send(&mut desk, "PUT", &path, change(json!({ "notes": "Kept" })));
    assert_eq!((noted.status, noted.text("/invoice/notes")), (200, "Kept"));
    for named in [json!({ "practice_id": 11 }), json!({ "doctor_id": 21 })] {
        assert_eq!(send(&mut desk, "PUT", &path, change(named.clone())).status, 422, "{named}");
    }
    let invoice = json!({ "invoice": { "patient_id": desk.patient } });
    let made = send(&mut desk, "POST", "invoices", invoice.clone());
    assert_eq!((made.status, made.at("/invoice/practice_id")), (201, &json!(12)));
    send(&mut desk, "DELETE", "practices/12", Value::Null);
    assert_eq!(send(&mut desk, "POST", "invoices", invoice).status, 422, "there is none");
}
