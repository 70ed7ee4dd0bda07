//! Each answer about encounters and assessments is what the table declares.

use serde_json::{Value, json};

use super::declared_types::{Inspection, text};

/// Asks every operation of encounters and assessments.
pub fn welkin_encounters_and_assessments(inspection: &mut Inspection) {
    let users = inspection.get("/t/admin/users");
    let patients = inspection.get("/t/i/patients");
    let (user, patient) = (text(&users, "/data/0/id"), text(&patients, "/content/0/id"));
    let of_patient = format!("/t/i/patients/{patient}");

    definitions(inspection);
    let record = records(inspection, &of_patient);
    encounters(inspection, &user, &patient, &record);
    for list in [
        format!("{of_patient}/encounters?statuses=DRAFT,OPEN"),
        format!("{of_patient}/full-encounters?onlyWithCalendarEvent=true"),
        "/t/i/encounters?withCareTeam=false&size=1000".to_owned(),
        format!("/t/i/users/{user}/encounters?size=1000"),
        format!("/t/i/users/{user}/full-encounters?size=1000"),
    ] {
        inspection.get(&list);
    }
}

fn definitions(inspection: &mut Inspection) {
    let draft = "/t/i/formations/draft";
    inspection.get("/t/i/formations/current/assessments");
    inspection.get("/t/i/formations/1/assessments/asm-intake");
    inspection.get("/t/i/formations/current/assessments/cdt/_asm-intake");
    inspection.get("/t/i/formations/current/assessments/cdt/_asm-mood-check_scoring");
    let question = json!({
        "label": "How are you?",
        "refCdtName": "cdt-new",
        "refCdtFieldName": "cdtf-mood",
        "order": 0,
        "viewType": "question",
        "meta": { "type": "text" },
    });
    let section = json!({ "title": "New", "name": "s", "order": 0, "fields": [question] });
    let made = json!({ "name": "asm-new", "title": "New", "sections": [section] });
    inspection.send("POST", &format!("{draft}/assessments"), made);
    let path = format!("{draft}/assessments/asm-new");
    inspection.send("PUT", &path, json!({ "title": "Newer", "scoring": null }));

    inspection.get("/t/i/formations/current/encounters");
    inspection.get("/t/i/formations/current/encounters/etmp-phone-check");
    let made = json!({ "name": "etmp-new", "assessmentNames": ["asm-new"] });
    inspection.send("POST", &format!("{draft}/encounters"), made);
    let template = format!("{draft}/encounters/etmp-new");
    inspection.send("PUT", &template, json!({ "title": "Newer", "assessmentNames": null }));
    inspection.send("DELETE", &template, Value::Null);
    inspection.send("DELETE", &path, Value::Null);

    inspection.get("/t/i/formations/current/encounter-disposition");
    let fields = json!({ "fields": [{ "name": "cpt", "type": "text" }] });
    inspection.send("PUT", &format!("{draft}/encounter-disposition"), fields);
}

fn records(inspection: &mut Inspection, of_patient: &str) -> String {
    let list = format!("{of_patient}/assessment-records");
    let made = inspection.send("POST", &list, json!({ "assessmentName": "asm-intake" }));
    let path = format!("{list}/{}", text(&made, "/id"));
    let answers = json!({ "cdt-intake__cdtf-mood": "good", "cdt-intake__cdtf-goals": null });
    let mut whole = inspection.send("PUT", &format!("{path}/answers"), answers);
    whole["status"] = json!("COMPLETED");
    inspection.send("PUT", &path, whole);
    inspection.get(&path);
    inspection.get(&list);
    let other = inspection.send("POST", &list, json!({ "assessmentName": "asm-mood-check" }));
    inspection.send("DELETE", &format!("{list}/{}", text(&other, "/id")), Value::Null);
    text(&made, "/id")
}

fn encounters(inspection: &mut Inspection, user: &str, patient: &str, record: &str) {
    let list = format!("/t/i/patients/{patient}/encounters");
    let alone = inspection.send("POST", &list, json!({ "title": "Alone" }));
    let appointment = json!({
        "eventType": "ENCOUNTER",
        "startDateTime": "2026-03-10T15:00:00.000Z",
        "endDateTime": "2026-03-10T16:00:00.000Z",
        "hostId": user,
        "participants": [{ "participantId": user, "participantRole": "psm" }],
    });
    let made = json!({ "templateName": "etmp-visit", "currentScheduledAppointment": appointment });
    let made = inspection.send("POST", &list, made);
    let path = format!("{list}/{}", text(&made, "/id"));
    inspection.get(&path);
    inspection.send("PATCH", &path, json!({ "status": "FINALIZED", "title": null }));
    inspection.get(&format!("/t/i/patients/{patient}/full-encounters/{}", text(&made, "/id")));

    inspection.get(&format!("{path}/disposition"));
    inspection.send("PATCH", &format!("{path}/disposition"), json!({ "cpt": "99213" }));

    let links = format!("{path}/assessments");
    let linked = json!({ "assessmentName": "asm-intake", "assessmentRecordId": null });
    let linked = inspection.send("POST", &links, linked);
    let link = format!("{links}/{}", text(&linked, "/id"));
    inspection.send("PATCH", &link, json!({ "assessmentRecordId": record }));
    inspection.get(&link);
    inspection.get(&links);
    inspection.send("DELETE", &link, Value::Null);

    inspection.send("POST", &format!("{path}/comments"), json!({ "text": "New" }));
    let (commented, comment) = commented(inspection);
    let comments = format!("{commented}/comments");
    inspection.get(&comments);
    inspection.get(&format!("{comments}/{comment}"));
    inspection.send("PUT", &format!("{comments}/{comment}"), json!({ "text": "Changed" }));
    inspection.send("DELETE", &format!("{comments}/{comment}"), Value::Null);
    inspection.send("DELETE", &format!("{list}/{}", text(&alone, "/id")), Value::Null);
}

/// The path of an encounter that has a comment, and the id of the comment.
fn commented(inspection: &mut Inspection) -> (String, String) {
    for user in inspection.get("/t/admin/users")["data"].as_array().unwrap() {
        let id = user["id"].as_str().unwrap();
        let list = inspection.get(&format!("/t/i/users/{id}/full-encounters?size=1000"));
        let full =
            list["data"].as_array().unwrap().iter().find(|full| full["comments"][0] != Value::Null);
        if let Some(full) = full {
            let patient = text(full, "/encounter/patientId");
            let path =
                format!("/t/i/patients/{patient}/encounters/{}", text(full, "/encounter/id"));
            return (path, text(full, "/comments/0/id"));
        }
    }
    panic!("no encounter has a comment");
}
