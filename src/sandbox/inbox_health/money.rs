//! Balances, in whole cents (notes, "Money and balances").

use std::collections::HashMap;

use serde_json::json;

use super::Store;
use crate::sandbox::record::{Fields, Record, record};

/// What an invoice comes to.
#[derive(Clone, Copy, Default)]
struct Sums {
    /// What the patient pays of the lines, less what was paid of it.
    patient: i64,
    /// What insurance owes on the lines, less what it paid.
    insurance: i64,
}

/// Works out all balances anew. What `quantity` and tax do to them is not documented: nothing here.
pub fn settle(store: &mut Store) {
    let sums = sums(store);
    let mut balances: HashMap<i64, i64> = HashMap::new();
    for (id, invoice) in &mut store.invoices.rows {
        let sums = sums.get(id).copied().unwrap_or_default();
        // While insurance still owes, the invoice does not add to the patient balance. An estimate is
        // no bill; no source says so, but nothing else makes sense.
        let is_open = sums.insurance == 0 && !invoice.flag("estimate");
        let balance = if is_open { sums.patient } else { 0 };
        invoice.insert("total_insurance_balance_cents".to_owned(), json!(sums.insurance));
        invoice.insert("balance_cents".to_owned(), json!(balance));
        *balances.entry(invoice.whole("patient_id")).or_default() += balance;
    }
    for payment in store.payments.rows.values().filter(|payment| !is_insurance(payment)) {
        *balances.entry(payment.whole("patient_id")).or_default() -= unapplied(payment);
    }
    for (id, patient) in &mut store.patients.rows {
        let balance = balances.get(id).copied().unwrap_or_default();
        if patient.whole("balance_cents") != balance {
            patient.insert("balance_cents".to_owned(), json!(balance));
            patient.insert("cached_balance_cents".to_owned(), json!(balance));
            follow(patient, balance);
        }
    }
}

/// Of the billing workflow, only the step between `complete` and `billable` follows from a balance.
fn follow(patient: &mut Record, balance: i64) {
    let status = match patient.text("billing_status") {
        Some("complete") if balance > 0 => "billable",
        Some("billable") if balance <= 0 => "complete",
        _ => return,
    };
    patient.insert("billing_status".to_owned(), json!(status));
}

fn sums(store: &Store) -> HashMap<i64, Sums> {
    let mut sums: HashMap<i64, Sums> = HashMap::new();
    for line in store.line_items.rows.values() {
        let sums = sums.entry(line.whole("invoice_id")).or_default();
        sums.patient +=
            line.whole("total_charge_amount_cents") - line.whole("covered_amount_cents");
        sums.insurance += line.whole("insurance_owed_amount_cents");
    }
    for applied in store.invoice_payments.rows.values() {
        let sums = sums.entry(applied.whole("invoice_id")).or_default();
        let payment = store.payments.rows.get(&applied.whole("payment_id"));
        let paid = applied.whole("paid_amount_cents");
        if payment.is_some_and(is_insurance) {
            sums.insurance -= paid;
        } else {
            sums.patient -= paid;
        }
    }
    sums
}

/// Whether a payment comes from insurance.
pub fn is_insurance(payment: &Record) -> bool {
    payment.text("payment_method_type") == Some("insurance")
}

fn unapplied(payment: &Record) -> i64 {
    if payment.flag("voided") {
        0
    } else {
        payment.whole("expected_amount_cents") - payment.whole("applied_amount_cents")
    }
}

/// Applies a payment to invoices, in this order, as far as they and it go.
pub fn apply(store: &mut Store, payment: i64, invoices: &[i64]) {
    let sums = sums(store);
    for invoice in invoices {
        let Some(record) = store.payments.rows.get_mut(&payment) else { return };
        let sums = sums.get(invoice).copied().unwrap_or_default();
        let due = if is_insurance(record) { sums.insurance } else { sums.patient };
        let paid = unapplied(record).min(due);
        if paid <= 0 {
            continue;
        }
        let applied = record.whole("applied_amount_cents") + paid;
        record.insert("applied_amount_cents".to_owned(), json!(applied));
        store.invoice_payments.add(record! {
            "payment_id": payment,
            "invoice_id": invoice,
            "paid_amount_cents": paid,
        });
    }
    settle(store);
}

/// Takes back what was applied to an invoice that goes away.
pub fn release(store: &mut Store, invoice: i64) {
    let applied = &mut store.invoice_payments.rows;
    let (gone, kept): (Vec<_>, Vec<_>) = std::mem::take(applied)
        .into_iter()
        .partition(|(_, applied)| applied.whole("invoice_id") == invoice);
    applied.extend(kept);
    for (_, applied) in gone {
        if let Some(payment) = store.payments.rows.get_mut(&applied.whole("payment_id")) {
            let rest = payment.whole("applied_amount_cents") - applied.whole("paid_amount_cents");
            payment.insert("applied_amount_cents".to_owned(), json!(rest));
        }
    }
}

/// The invoices of a patient with something to pay, oldest first.
pub fn open_invoices(store: &Store, patient: i64) -> Vec<i64> {
    let invoices = store.invoices.rows.iter();
    invoices
        .filter(|(_, invoice)| {
            invoice.whole("patient_id") == patient && invoice.whole("balance_cents") > 0
        })
        .map(|(id, _)| *id)
        .collect()
}
