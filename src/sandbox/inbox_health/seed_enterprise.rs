//! The enterprise at the beginning and what hangs off it. Nothing is drawn here: it is the same for
//! every seed.

use jiff::Timestamp;
use serde_json::json;

use super::{
    DOCTORS, ENTERPRISE, PRACTICES, Store, USER, attachments, doctors, enterprises, practices,
};
use crate::sandbox::instant;
use crate::sandbox::record::{Record, record};

const YEAR: i64 = 365 * 24 * 60;

/// Fills the store with the enterprise. The fields of the records that the reference calls unknown
/// are made up.
pub fn fill(store: &mut Store, now: Timestamp) {
    let since = instant::shift(now, -2 * YEAR);
    let organization = store.admin_organizations.add(record! { "name": "Larkport Billing" });
    let mut enterprise = enterprises::blank(since);
    enterprise.extend(record! {
        "name": "Larkport Medical Group",
        "address_line_1": "1 Pier Lane",
        "city": "Larkport",
        "state": "CT",
        "zip": "06001",
        "support_phone_number": "(555) 555-0100",
        "statement_descriptor": "LARKPORT MED",
        "default_checkin_routes": enterprises::CHECKIN_ROUTES,
        "admin_organization_id": organization,
    });
    store.enterprises.add(enterprise);
    for (name, street) in
        [("Larkport Clinic East", "9 Quay Rd"), ("Larkport Clinic West", "40 Mill Lane")]
    {
        let mut practice = practices::blank(since);
        practice.extend(record! {
            "name": name,
            "address_line_1": street,
            "city": "Larkport",
            "state": "CT",
            "zip": "06001",
            "monday_open": "T09:00:00.000Z",
            "monday_close": "T17:00:00.000Z",
        });
        store.practices.add(practice);
    }
    for (first, last, specialty) in [
        ("Imani", "Holloway", "Family medicine"),
        ("Tomás", "Quispe", "Psychiatry"),
        ("Freya", "Lindqvist", "Endocrinology"),
    ] {
        let mut doctor = doctors::blank(since);
        doctor.extend(record! { "first_name": first, "last_name": last, "specialty": specialty });
        store.doctors.add(doctor);
    }
    staff(store);
    codes(store);
    platform(store, since);
    files(store, since);
}

/// Users in practices, and the shifts of the doctors.
fn staff(store: &mut Store) {
    for (first, role) in
        [("Ruth", "practice_manager"), ("Omar", "biller"), ("Siân", "practice_manager")]
    {
        let email = format!("{}@example.org", role.replace('_', "."));
        let user = store.users.add(record! {
            "first_name": first,
            "last_name": "Strand",
            "email": email,
            "role": role,
            "enterprise_id": ENTERPRISE,
        });
        for practice in
            PRACTICES.iter().filter(|practice| user == USER || *practice % 2 == user % 2)
        {
            store.practice_users.add(record! { "practice_id": practice, "user_id": user });
        }
    }
    for doctor in DOCTORS {
        for day in ["monday", "wednesday"] {
            store.shifts.add(record! {
                "doctor_id": doctor,
                "practice_id": PRACTICES.first(),
                "day": day,
            });
        }
    }
}

fn codes(store: &mut Store) {
    let code = |code: &str, description: &str| {
        record! { "enterprise_id": ENTERPRISE, "code": code, "description": description }
    };
    for (name, description) in [("DED", "Deductible"), ("DENIED", "Claim denied")] {
        store.payment_reasons.add(code(name, description));
    }
    for (name, description) in [("HARDSHIP", "Financial hardship"), ("SMALL", "Small balance")] {
        store.write_off_codes.add(code(name, description));
    }
}

/// What the platform keeps of the enterprise: one record of each kind.
fn platform(store: &mut Store, since: Timestamp) {
    let since = instant::write(since);
    let named = |name: &str| record! { "enterprise_id": ENTERPRISE, "name": name };
    let paid = |cents: i64| {
        record! { "enterprise_id": ENTERPRISE, "amount_cents": cents, "created_at": since }
    };
    store.appointment_templates.add(named("Office visit"));
    store.api_integrations.add(named("Practice management"));
    store.billing_cycle_templates.add(named("Three letters"));
    store.card_readers.add(named("Front desk"));
    let account: Record = record! { "enterprise_id": ENTERPRISE, "last_4_digits": "0000" };
    store.deposit_accounts.add(account.clone());
    store.enterprise_payment_infos.add(account);
    store.enterprise_invoices.add(paid(9_900));
    store.enterprise_payments.add(paid(9_900));
    store.transfers.add(paid(120_000));
}

fn files(store: &mut Store, since: Timestamp) {
    let mut attachment = attachments::blank(since);
    attachment.extend(record! {
        "category": "statement",
        "mime_type": "application/pdf",
        "display_name": "Statement.pdf",
    });
    store.attachments.add(attachment);
    for filename in ["charges.csv", "patients.csv"] {
        store.sftp_uploads.add(record! {
            "filename": filename,
            "enterprise_id": ENTERPRISE,
            "created_at": json!(instant::write(since)),
        });
    }
}
