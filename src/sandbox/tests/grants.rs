//! What users are granted.

use serde_json::{Value, json};

use super::Bench;

const NOBODY: &str = "00000000-0000-4000-8000-000000000000";

fn user(bench: &mut Bench) -> String {
    bench.get("/t/admin/users").text("/data/0/id").to_owned()
}

/// A user who was made without any grant.
fn new_user(bench: &mut Bench) -> String {
    let made = json!({ "username": "ada", "email": "ada@example.org" });
    bench.send("POST", "/t/admin/users", made).text("/id").to_owned()
}

fn role(name: &str, is_primary: bool) -> Value {
    json!({
        "permissionName": name, "instanceName": "sb-demo", "type": "SECURITY_ROLE",
        "primaryRole": is_primary,
    })
}

#[test]
fn permissions_are_created_by_the_first_replace_and_replaced_by_the_next() {
    let mut bench = Bench::new();
    let path = format!("/t/admin/user-permissions/{}", new_user(&mut bench));
    assert_eq!(bench.get(&path).status, 404);
    let policy = json!({
        "permissionName": "export", "instanceName": "sb-demo", "type": "SECURITY_POLICY",
        "effectiveDate": "2026-04-01T00:00:00.000Z",
    });
    let made = bench.send("PUT", &path, json!({ "permissions": [role("nurse", true), policy] }));
    assert_eq!((made.status, made.rows("/permissions").len()), (200, 2));
    assert_eq!(made.at("/permissions/1/effectiveDate"), "2026-04-01T00:00:00.000Z");
    bench.now += 1000;
    let again = bench.send("PUT", &path, json!({ "permissions": [role("clerk", false)] }));
    assert_eq!((again.at("/id"), again.at("/createdAt")), (made.at("/id"), made.at("/createdAt")));
    assert!(again.text("/updatedAt") > made.text("/updatedAt"));
    assert_eq!(again.rows("/permissions").len(), 1);
    assert_eq!(bench.get(&path).body, again.body);
}

#[test]
fn a_user_shows_the_grants_of_the_calls_on_grants() {
    let mut bench = Bench::new();
    let id = user(&mut bench);
    let permissions = json!({ "permissions": [role("night-shift", true)] });
    bench.send("PUT", &format!("/t/admin/user-permissions/{id}"), permissions);
    let region = json!({ "name": "south", "territories": ["delta"], "instanceName": "sb-demo" });
    let path = format!("/t/admin/user-territories/{id}");
    let territories = bench.send("PUT", &path, json!({ "territories": [region] }));
    assert_eq!((territories.status, territories.rows("/territories").len()), (200, 1));
    let path = format!("/t/admin/application-accesses/{id}");
    let access = json!({
        "adminAccessEnabled": true, "auditSecurityAccessEnabled": false, "instanceAccesses": [],
    });
    let access = bench.send("PUT", &path, access);
    let shown = bench.get(&format!("/t/admin/users/{id}?type=ID"));
    assert_eq!(shown.at("/roles/0/permissionName"), "night-shift");
    assert_eq!(shown.at("/territories"), territories.at("/territories"));
    assert_eq!(shown.at("/applicationAccess"), &access.body);
    for query in ["roleName=night-shift", "region=south", "territories=delta"] {
        let found = bench.get(&format!("/t/admin/users?{query}"));
        assert_eq!(
            (found.rows("/data").len(), found.text("/data/0/id")),
            (1, id.as_str()),
            "{query}"
        );
    }
}

#[test]
fn a_user_has_one_primary_role_in_an_instance() {
    let mut bench = Bench::new();
    let path = format!("/t/admin/user-permissions/{}", user(&mut bench));
    let before = bench.get(&path).body;
    let both = json!({ "permissions": [role("nurse", true), role("clerk", true)] });
    let answer = bench.send("PUT", &path, both);
    assert_eq!((answer.status, answer.text("/0/details/field")), (400, "permissions"));
    assert_eq!(bench.get(&path).body, before);
}

#[test]
fn an_instance_has_the_same_id_for_every_user() {
    let mut bench = Bench::new();
    let (one, other) = (user(&mut bench), new_user(&mut bench));
    let access = |name: &str| {
        json!({
            "adminAccessEnabled": false,
            "auditSecurityAccessEnabled": false,
            "instanceAccesses": [{
                "instanceName": name, "workshopAccessEnabled": true, "auditDataAccessEnabled": false,
            }],
        })
    };
    let mut id = |user: &str, name: &str| {
        let path = format!("/t/admin/application-accesses/{user}");
        bench.send("PUT", &path, access(name)).at("/instanceAccesses/0/instanceId").clone()
    };
    assert_eq!(id(&one, "sb-new"), id(&other, "sb-new"));
    assert_ne!(id(&one, "sb-new"), id(&one, "sb-demo"));
}

#[test]
fn grants_of_nobody_are_404_with_the_code_of_a_user() {
    let mut bench = Bench::new();
    for kind in ["application-accesses", "user-permissions", "user-territories"] {
        let answer = bench.get(&format!("/t/admin/{kind}/{NOBODY}"));
        assert_eq!((answer.status, answer.text("/0/errorCode")), (404, "USER_NOT_FOUND"), "{kind}");
    }
    let path = format!("/t/admin/application-accesses/{}", user(&mut bench));
    let answer = bench.send("PUT", &path, json!({ "instanceAccesses": [] }));
    assert_eq!((answer.status, answer.text("/0/details/field")), (400, "adminAccessEnabled"));
}
