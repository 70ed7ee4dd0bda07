//! The invented people.

use super::{Bench, NOW};
use crate::sandbox::{Sandbox, Settings};

fn seeded(seed: u64, patients: usize) -> Bench {
    Bench::with(Settings { seed, patients, ..Settings::default() })
}

#[test]
fn the_same_seed_gives_the_same_records_and_another_seed_gives_others() {
    for path in ["/t/i/patients?size=50", "/t/admin/users", "/partner/v2/invoices"] {
        let one = seeded(7, 50).get(path).body;
        assert_eq!(one, seeded(7, 50).get(path).body);
        assert_ne!(one, seeded(8, 50).get(path).body);
    }
}

#[test]
fn more_people_leave_the_first_ones_as_they_are() {
    let few = seeded(1, 10).get("/t/i/patients?size=10");
    let many = seeded(1, 40).get("/t/i/patients?size=10");
    for (few, many) in few.rows("/content").iter().zip(many.rows("/content")) {
        assert_eq!((&few["id"], &few["lastName"]), (&many["id"], &many["lastName"]));
    }
}

#[test]
fn a_person_is_the_same_in_both_apis() {
    let mut bench = Bench::new();
    let patients = bench.get("/t/i/patients?size=200");
    let billed = bench.get("/partner/v2/patients?per_page=200");
    assert_eq!(patients.rows("/content").len(), 200);
    for (patient, billed) in patients.rows("/content").iter().zip(billed.rows("/patients")) {
        assert_eq!(patient["mrn"], billed["health_record_id"]);
        assert_eq!(patient["firstName"], billed["first_name"]);
        assert_eq!(patient["lastName"], billed["last_name"]);
        let born = patient["birthDate"].as_str().map(|date| &date[..10]);
        assert_eq!(born, billed["date_of_birth"].as_str());
    }
}

#[test]
fn nobody_can_be_called_or_written_to() {
    let mut bench = Bench::new();
    let patients = bench.get("/t/i/patients?size=200");
    for patient in patients.rows("/content") {
        assert!(patient["phone"].as_str().is_none_or(|phone| phone.starts_with("+155555501")));
        assert!(patient["email"].as_str().is_none_or(|email| email.ends_with("@example.org")));
    }
    for gap in ["phone", "email", "birthDate", "timezone", "addressLine1", "middleName"] {
        assert!(patients.rows("/content").iter().any(|patient| patient[gap].is_null()), "{gap}");
    }
}

#[test]
fn a_reset_brings_the_first_state_back() {
    let mut sandbox = Bench::new();
    let before = sandbox.get("/t/i/patients").body;
    let change = serde_json::json!({ "firstName": "Ada", "lastName": "Osei" });
    sandbox.send("POST", "/t/i/patients", change);
    assert_ne!(sandbox.get("/t/i/patients").body, before);
    sandbox.sandbox.reset(NOW);
    assert_eq!(sandbox.get("/t/i/patients").status, 401);
    sandbox.token = sandbox.sandbox.issue_token(NOW).0;
    assert_eq!(sandbox.get("/t/i/patients").body, before);
}

#[test]
fn no_people_are_no_problem() {
    let mut sandbox = Sandbox::new(Settings { patients: 0, ..Settings::default() }, NOW);
    assert!(sandbox.issue_token(NOW).0.split('.').count() == 3);
    let mut bench = seeded(1, 0);
    let page = bench.get("/t/i/patients");
    assert_eq!((page.at("/totalPages"), page.at("/empty")), (&0.into(), &true.into()));
    assert_eq!((page.at("/last"), page.at("/first")), (&true.into(), &true.into()));
}
