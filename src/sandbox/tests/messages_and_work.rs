//! Requests for the messages, the work and the logs of Welkin, whose answers must be as declared.

use serde_json::{Value, json};

use super::declared_types::{Inspection, text};

pub fn welkin_messages_and_work(inspection: &mut Inspection) {
    let users = inspection.get("/t/admin/users?size=1000");
    let user = text(&users, "/data/0/id");
    let patients = inspection.get("/t/i/patients?size=1000");
    let patient = text(&patients, "/content/6/id");
    let planned = text(&patients, "/content/1/id");
    messages(inspection, &patient);
    hours(inspection, &user);
    work(inspection, &user, &patient, &planned);
    for log in ["data", "security", "webhook"] {
        inspection.get(&format!("/t/admin/audit-{log}?size=1000"));
    }
    for name in ["PATIENT", "CALENDAR_EVENT", "EMAIL", "SMS"] {
        inspection.get(&format!("/t/i/export/{name}?pageSize=5"));
    }
}

fn messages(inspection: &mut Inspection, patient: &str) {
    let chat = format!("/t/i/patients/{patient}/chat");
    inspection.get(&format!("{chat}?includeArchived=true&pageSize=3"));
    inspection.send("POST", &format!("{chat}/inbound"), json!({ "message": "Hello" }));
    inspection.get(&format!("{chat}/search?query=hello"));
    inspection.send("POST", &format!("{chat}/archive"), Value::Null);
    inspection.send("POST", &format!("{chat}/restore"), Value::Null);
    for (medium, texts) in [
        ("emails", json!({ "subject": "Hello", "body": "Text", "sendNow": true })),
        ("sms", json!({ "message": "Hello", "sendNow": true })),
    ] {
        let list = format!("/t/i/patients/{patient}/{medium}");
        let sent = inspection.send("POST", &list, texts.clone());
        inspection.get(&format!("{list}?size=100"));
        let one = format!("{list}/{}", text(&sent, "/id"));
        inspection.get(&one);
        inspection.send("PUT", &one, json!({ "starred": true }));
        let mut later = texts;
        later["sendNow"] = json!(false);
        later["scheduledAt"] = json!("2026-12-01T12:00:00.000Z");
        let later = inspection.send("POST", &list, later);
        inspection.send("DELETE", &format!("{list}/{}", text(&later, "/id")), Value::Null);

        let list = format!("/t/i/unrecognized-patients/{medium}");
        let strangers = inspection.get(&list);
        let one = format!("{list}/{}", text(&strangers, "/content/0/id"));
        inspection.get(&one);
        inspection.send("PUT", &one, json!({ "starred": true }));
        inspection.send("DELETE", &one, Value::Null);
    }
}

fn hours(inspection: &mut Inspection, user: &str) {
    let hours = "/t/i/calendar/work-hours";
    inspection.get(&format!("{hours}?viewerTimezone=Asia/Kolkata"));
    let rule = json!({
        "psmId": user,
        "startDateTime": "2026-03-01T00:00:00.000Z",
        "endDateTime": "2026-04-01T00:00:00.000Z",
        "daysInfo": [{ "day": 6, "startTime": "09:00:00", "endTime": "12:00:00" }],
    });
    let made = inspection.send("POST", hours, rule.clone());
    let id = text(&made, "/details/0/workHoursId");
    inspection.send("PUT", &format!("{hours}/{id}"), rule);
    for kind in ["psm", "available-psm", "full-psm"] {
        inspection.get(&format!("/t/i/calendar/{kind}-schedules?includeCancelled=true"));
    }
}

fn work(inspection: &mut Inspection, user: &str, patient: &str, planned: &str) {
    inspection.get(&format!("/t/i/patients/{planned}/care-plan"));
    let plan = format!("/t/i/patients/{patient}/care-plan");
    let overview = json!({ "overview": "Synthetic overview" });
    inspection.send("POST", &format!("{plan}/overview"), overview.clone());
    inspection.send("PUT", &format!("{plan}/overview"), overview);
    inspection.get(&plan);
    let template = json!({ "goalTemplateName": "gtmp-blood-pressure" });
    let goal = inspection.send("POST", &format!("{plan}/goals"), template);
    inspection.get(&format!("{plan}/goals?status=ACTIVE"));
    let goal = format!("{plan}/goals/{}", text(&goal, "/id"));
    inspection.send("POST", &format!("{goal}/comments"), json!({ "text": "Well done" }));
    inspection.get(&format!("{goal}/comments"));
    inspection.send("POST", &format!("{goal}/tasks"), json!({ "name": "Call" }));
    inspection.get(&format!("{goal}/tasks"));
    inspection.get(&goal);
    inspection.send("PATCH", &goal, json!({ "status": "COMPLETED" }));

    inspection.get("/t/i/tasks?size=1000");
    let made = json!({
        "name": "Call patient",
        "status": "TODO",
        "priority": "URGENT",
        "assignee": { "id": user },
        "watchers": [{ "id": user }],
    });
    let task = inspection.send("POST", "/t/i/tasks", made.clone());
    let id = text(&task, "/id");
    let task = format!("/t/i/tasks/{id}");
    inspection.get(&task);
    inspection.send("PATCH", &task, made);
    let done = json!({ "taskIds": [id], "status": "COMPLETED" });
    inspection.send("PATCH", "/t/i/tasks", done);
    inspection.send("PATCH", &format!("{task}/watchers"), json!({ "id": user }));
    inspection.send("DELETE", &format!("{task}/watchers/{user}"), Value::Null);
    let commented = inspection.send("PATCH", &format!("{task}/comments"), json!({ "text": "Hm" }));
    let comment = text(&commented, "/comments/0/id");
    inspection.send("DELETE", &format!("{task}/comments/{comment}"), Value::Null);
}
