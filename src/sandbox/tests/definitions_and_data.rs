//! One request at least for each operation on grants, definitions, programs, custom data, documents
//! and dictionaries.

use serde_json::{Value, json};

use super::declared_types::{Inspection, text};

pub fn welkin_definitions_and_data(inspection: &mut Inspection) {
    grants(inspection);
    definitions(inspection);
    let patients = inspection.get("/t/i/patients?size=200");
    let rows = patients["content"].as_array().cloned().unwrap_or_default();
    // Everything that is there from the beginning.
    for patient in rows.iter().take(30) {
        let path = format!("/t/i/patients/{}", patient["id"].as_str().unwrap_or_default());
        inspection.get(&format!("{path}/programs"));
        for cdt in ["cdt-vitals", "cdt-social-history", "cdt-diagnoses"] {
            inspection.get(&format!("{path}/cdts/{cdt}"));
        }
        let documents = inspection.get(&format!("{path}/document-summary"));
        for document in documents.pointer("/data/content").and_then(Value::as_array).unwrap() {
            if document["jsonBody"]["type"] == "doc-type-referral" {
                let id = document["id"].as_str().unwrap_or_default();
                inspection.get(&format!("{path}/document-summary/{id}/doc-type-referral"));
            }
        }
    }
    let path = format!("/t/i/patients/{}", text(&patients, "/content/1/id"));
    programs(inspection, &path);
    data(inspection, &path);
    documents(inspection, &path);
    dictionaries(inspection);
}

fn grants(inspection: &mut Inspection) {
    let user = text(&inspection.get("/t/admin/users"), "/data/0/id");
    let path = format!("/t/admin/application-accesses/{user}");
    let instance = json!({
        "instanceName": "sb-demo", "workshopAccessEnabled": true, "auditDataAccessEnabled": false,
    });
    inspection.get(&path);
    let access = json!({
        "adminAccessEnabled": true, "auditSecurityAccessEnabled": false, "instanceAccesses": [instance],
    });
    inspection.send("PUT", &path, access);
    let path = format!("/t/admin/user-permissions/{user}");
    inspection.get(&path);
    let role =
        json!({ "permissionName": "nurse", "instanceName": "sb-demo", "type": "SECURITY_ROLE" });
    let policy = json!({
        "permissionName": "export", "instanceName": "sb-demo", "type": "SECURITY_POLICY",
        "effectiveDate": "2026-04-01T00:00:00.000Z",
    });
    inspection.send("PUT", &path, json!({ "permissions": [role, policy] }));
    let path = format!("/t/admin/user-territories/{user}");
    inspection.get(&path);
    let region = json!({ "name": "west", "territories": ["desert"], "instanceName": "sb-demo" });
    inspection.send("PUT", &path, json!({ "territories": [region] }));
    inspection.get(&format!("/t/admin/users/{user}?type=ID"));
}

fn definitions(inspection: &mut Inspection) {
    let base = "/t/i/formations";
    for kind in ["programs", "cdts", "goal-templates", "document-types", "dictionaries"] {
        for version in ["1", "current", "draft"] {
            let all = inspection.get(&format!("{base}/{version}/{kind}"));
            let name = text(&all, "/0/name");
            inspection.get(&format!("{base}/{version}/{kind}/{name}"));
        }
    }
    inspection.get(&format!("{base}/current/cdts/_document_summary"));
    let program = json!({
        "name": "prog-new", "phases": [{ "name": "a", "navigateTo": [{ "name": "b" }] }, { "name": "b" }],
    });
    let dictionary = json!({ "name": "new", "fields": [{ "name": "value", "type": "text" }] });
    let kind = json!({ "name": "doc-type-new", "fields": [{ "name": "notes", "type": "text" }] });
    for (path, definition) in
        [("programs", program), ("dictionaries", dictionary), ("document-types", kind)]
    {
        let path = format!("{base}/draft/{path}");
        inspection.send("POST", &path, definition.clone());
        let path = format!("{path}/{}", text(&definition, "/name"));
        inspection.get(&path);
        inspection.send("PUT", &path, definition);
        inspection.send("DELETE", &path, Value::Null);
    }
}

fn programs(inspection: &mut Inspection, patient: &str) {
    let path = format!("{patient}/programs");
    let program = format!("{path}/prog-wellness");
    inspection.get(&format!("{path}?assignedPrograms=false&sort=programName,desc"));
    let assigned = inspection.send("PATCH", &program, json!({ "assigned": true }));
    inspection.send("PATCH", &format!("{program}/phases"), json!({ "phaseName": "check-ins" }));
    inspection.get(&program);
    inspection.get(&format!("{path}/current/prog-wellness"));
    let id = text(&assigned, "/id");
    inspection.get(&format!("{path}/history/{id}"));
    inspection.get(patient);
    inspection.send("DELETE", &format!("{path}/{id}"), Value::Null);
}

fn data(inspection: &mut Inspection, patient: &str) {
    let path = format!("{patient}/cdts/cdt-vitals");
    let made = inspection.send("POST", &path, json!({ "cdtf-heart-rate": 72 }));
    let id = text(&made, "/id");
    let record = format!("{path}/{id}");
    inspection.get(&record);
    inspection.send("PATCH", &record, json!({ "cdtf-temperature": 98.6, "cdtf-note": null }));
    let rows = json!([
        { "id": id, "jsonBody": { "cdtf-level": "high" } },
        { "id": "00000000-0000-4000-8000-000000000000", "jsonBody": { "cdtf-level": "high" } },
    ]);
    inspection.send("PATCH", &path, json!({ "rows": rows }));
    inspection
        .get(&format!("{path}?fields=cdtf-level&filters=cdtf-level=high&sort=created_at,desc"));
    inspection.send("DELETE", &record, Value::Null);
}

fn documents(inspection: &mut Inspection, patient: &str) {
    let path = format!("{patient}/document-summary");
    let made = inspection.send("POST", &path, json!({ "type": "doc-type-others" }));
    let document = format!("{path}/{}", text(&made, "/id"));
    inspection.get(&document);
    inspection.send("PUT", &document, json!({ "type": "doc-type-others", "external_id": "e-1" }));
    let files = format!("{document}/files");
    let part = json!([{
        "name": "files", "file": { "name": "a.pdf", "type": "application/pdf", "size": 1 },
    }]);
    let parts: Vec<_> = serde_json::from_value(part).unwrap();
    let stored = inspection.bench.send_form(&files, &parts, b"a");
    let stored = inspection.inspect(&files, stored);
    inspection.get(&format!("{files}/{}", text(&stored, "/0/id")));
    inspection.get(&document);
    let details = format!("{document}/doc-type-others");
    inspection.send("POST", &details, json!({ "notes": "Synthetic note" }));
    inspection.get(&details);
    inspection.send("PUT", &details, json!({ "notes": null }));
    inspection.send("DELETE", &details, Value::Null);
    inspection.send("DELETE", &document, Value::Null);
}

fn dictionaries(inspection: &mut Inspection) {
    for name in ["timezone", "icd-10", "cpt?showDeleted=true"] {
        inspection.get(&format!("/t/i/dictionaries/{name}"));
    }
    let path = "/t/i/dictionaries/drug-classes";
    let rows = json!({ "records": [{ "values": { "code": "c", "title": "Class C" } }] });
    inspection.send("POST", path, rows.clone());
    let all = inspection.send("PUT", path, rows);
    let row = format!("{path}/{}", text(&all, "/records/0/id"));
    inspection.get(&row);
    inspection.send("PUT", &row, json!({ "values": { "code": "d" } }));
    inspection.send("DELETE", &row, Value::Null);
}
