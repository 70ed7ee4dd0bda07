//! Balances, in whole cents (notes, "Money and balances").

use std::collections::HashMap;

use serde_json::json;

use super::Store;
use super::invoice_payments;
use crate::sandbox::record::{Fields, Record};

/// What an invoice comes to.
#[derive(Clone, Copy, Default)]
struct Sums {
    /// What the patient pays of the lines, less what was paid or forgiven of it.
    patient: i64,
    /// What insurance owes on the lines, less what it paid.
    insurance: i64,
}

/// Works out all balances anew. What `quantity` and tax do to them is not documented: nothing here.
pub fn settle(store: &mut Store) {
    let sums = sums(store);
    let mut balances: HashMap<i64, i64> = HashMap::new();
    let mut moved = Vec::new();
    for invoice in store.invoices.rows() {
        let id = invoice.whole("id");
        let sums = sums.get(&id).copied().unwrap_or_default();
        // While insurance still owes, the invoice does not add to the patient balance. An estimate is
        // no bill; no source says so, but nothing else makes sense.
        let is_open = sums.insurance == 0 && !invoice.flag("estimate");
        let balance = if is_open { sums.patient } else { 0 };
        if invoice.whole("total_insurance_balance_cents") != sums.insurance
            || invoice.whole("balance_cents") != balance
        {
            moved.push((id, sums.insurance, balance));
        }
        *balances.entry(invoice.whole("patient_id")).or_default() += balance;
    }
    for (id, insurance, balance) in moved {
        if let Some(invoice) = store.invoices.edit(id) {
            invoice.insert("total_insurance_balance_cents".to_owned(), json!(insurance));
            invoice.insert("balance_cents".to_owned(), json!(balance));
        }
    }
    for payment in store.payments.rows().filter(|payment| !is_insurance(payment)) {
        *balances.entry(payment.whole("patient_id")).or_default() -= unapplied(payment);
    }
    let balance =
        |patient: &Record| balances.get(&patient.whole("id")).copied().unwrap_or_default();
    for id in store.patients.ids(|patient| patient.whole("balance_cents") != balance(patient)) {
        if let Some(patient) = store.patients.edit(id) {
            let balance = balance(patient);
            patient.insert("balance_cents".to_owned(), json!(balance));
            patient.insert("cached_balance_cents".to_owned(), json!(balance));
            follow(patient, balance);
        }
    }
}

/// The steps of the billing workflow that follow from a balance. The cycle itself takes days and
/// letters; the sandbox sends none.
fn follow(patient: &mut Record, balance: i64) {
    let status = match patient.text("billing_status") {
        Some("complete") if balance > 0 => "billable",
        Some("billable" | "scheduled") if balance <= 0 => "complete",
        _ => return,
    };
    patient.insert("billing_status".to_owned(), json!(status));
}

fn sums(store: &Store) -> HashMap<i64, Sums> {
    let mut sums: HashMap<i64, Sums> = HashMap::new();
    for line in store.line_items.rows() {
        let sums = sums.entry(line.whole("invoice_id")).or_default();
        sums.patient +=
            line.whole("total_charge_amount_cents") - line.whole("covered_amount_cents");
        sums.insurance += line.whole("insurance_owed_amount_cents");
    }
    for applied in store.invoice_payments.rows() {
        let sums = sums.entry(applied.whole("invoice_id")).or_default();
        let payment = store.payments.find(applied.whole("payment_id"));
        let paid = applied.whole("paid_amount_cents");
        if payment.is_some_and(is_insurance) {
            sums.insurance -= paid;
        } else {
            sums.patient -= paid;
        }
    }
    for (invoice, cents) in &store.forgiven {
        let sums = sums.entry(*invoice).or_default();
        // Lines may have gone since: what is forgiven makes no credit.
        sums.patient -= sums.patient.min(*cents).max(0);
    }
    sums
}

/// Whether a payment comes from insurance.
pub fn is_insurance(payment: &Record) -> bool {
    payment.text("payment_method_type") == Some("insurance")
}

/// A patient pays the own invoices only; insurance pays those of anybody.
pub fn may_pay(payment: &Record, invoice: &Record) -> bool {
    is_insurance(payment) || payment.get("patient_id") == invoice.get("patient_id")
}

/// What of a payment is not on any invoice.
pub fn unapplied(payment: &Record) -> i64 {
    if payment.flag("voided") {
        0
    } else {
        payment.whole("expected_amount_cents") - payment.whole("applied_amount_cents")
    }
}

/// What of a payment can still be applied: what was refunded is gone, though it moved no balance.
pub fn left(payment: &Record) -> i64 {
    (unapplied(payment) - payment.whole("refunded_amount_cents")).max(0)
}

/// Applies a payment to invoices, in this order, as far as they and it go.
pub fn apply(store: &mut Store, payment: i64, invoices: &[i64]) {
    let sums = sums(store);
    for invoice in invoices {
        let Some(record) = store.payments.find(payment) else { return };
        let sums = sums.get(invoice).copied().unwrap_or_default();
        let due = if is_insurance(record) { sums.insurance } else { sums.patient };
        let paid = unapplied(record).min(due);
        if paid > 0 {
            place(store, payment, *invoice, paid);
        }
    }
    settle(store);
}

/// Puts a part of a payment on an invoice; gives the id of the invoice payment.
pub fn place(store: &mut Store, payment: i64, invoice: i64, cents: i64) -> i64 {
    take(store, payment, cents);
    store.invoice_payments.add(invoice_payments::blank(payment, invoice, cents))
}

/// Counts more of a payment as applied, or less.
pub fn take(store: &mut Store, payment: i64, cents: i64) {
    if cents != 0
        && let Some(payment) = store.payments.edit(payment)
    {
        let applied = payment.whole("applied_amount_cents") + cents;
        payment.insert("applied_amount_cents".to_owned(), json!(applied));
    }
}

/// Takes back the invoice payments that pass: of an invoice that goes away, or of a payment that is
/// void.
pub fn release(store: &mut Store, passes: impl Fn(&Record) -> bool) {
    for id in store.invoice_payments.ids(passes) {
        if let Some(gone) = store.invoice_payments.remove(id) {
            take(store, gone.whole("payment_id"), -gone.whole("paid_amount_cents"));
        }
    }
}

/// Forgives a patient so much: the open invoices go down, oldest first.
pub fn forgive(store: &mut Store, patient: i64, cents: i64) {
    let mut rest = cents;
    for id in open_invoices(store, patient) {
        let open = store.invoices.find(id).map_or(0, |invoice| invoice.whole("balance_cents"));
        let part = rest.min(open);
        *store.forgiven.entry(id).or_default() += part;
        rest -= part;
    }
    settle(store);
}

/// The invoices of a patient with something to pay, oldest first.
pub fn open_invoices(store: &Store, patient: i64) -> Vec<i64> {
    store
        .invoices
        .ids(|invoice| invoice.whole("patient_id") == patient && invoice.whole("balance_cents") > 0)
}
