//! The rules of encounters and of what belongs to them.

use serde_json::{Value, json};

use super::{Answer, Bench};
use crate::sandbox::Settings;

const SYSTEM: [&str; 4] = ["id", "created_at", "created_by_name", "source_type"];
const OF_EVENT: [&str; 6] = [
    "dispositionId",
    "ownerUserId",
    "ownerUserName",
    "calendarEvent",
    "currentScheduledAppointment",
    "calendarEventStartDatetime",
];

/// A bench with its first user and its first patient.
struct Desk {
    bench: Bench,
    user: String,
    patient: String,
}

impl Desk {
    fn new() -> Desk {
        let mut bench = Bench::new();
        let user = bench.get("/t/admin/users").text("/data/0/id").to_owned();
        let patient = bench.get("/t/i/patients").text("/content/0/id").to_owned();
        Desk { bench, user, patient }
    }

    fn list(&self) -> String {
        format!("/t/i/patients/{}/encounters", self.patient)
    }

    fn appointment(&self) -> Value {
        json!({
            "eventType": "ENCOUNTER",
            "startDateTime": "2026-03-10T15:00:00.000Z",
            "endDateTime": "2026-03-10T16:00:00.000Z",
            "hostId": self.user,
            "participants": [
                { "participantId": self.user, "participantRole": "psm" },
                { "participantId": self.patient, "participantRole": "patient" },
            ],
        })
    }

    fn create(&mut self, body: Value) -> Answer {
        let list = self.list();
        self.bench.send("POST", &list, body)
    }

    /// An encounter with event and template; its path.
    fn scheduled(&mut self) -> (Answer, String) {
        let appointment = self.appointment();
        let made = self.create(json!({
            "title": "Visit", "templateName": "etmp-visit",
            "currentScheduledAppointment": appointment,
        }));
        let path = format!("{}/{}", self.list(), made.text("/id"));
        (made, path)
    }

    fn full(&mut self, encounter: &Answer) -> Answer {
        let id = encounter.text("/id");
        self.bench.get(&format!("/t/i/patients/{}/full-encounters/{id}", self.patient))
    }
}

fn is_null(encounter: &Answer, names: &[&str]) -> bool {
    names.iter().all(|name| encounter.body["jsonBody"].get(name) == Some(&Value::Null))
}

fn has_local_times(encounter: &Value) -> bool {
    encounter["jsonBody"].as_object().unwrap().keys().any(|key| key.starts_with("local"))
}

#[test]
fn an_encounter_starts_as_a_draft_opens_and_is_finalized() {
    let mut desk = Desk::new();
    let made = desk.create(json!({ "title": "Visit", "status": "FINALIZED" }));
    assert_eq!((made.status, made.text("/jsonBody/status")), (201, "DRAFT"));
    assert!(is_null(&made, &["startDatetime", "endDatetime"]));
    let path = format!("{}/{}", desk.list(), made.text("/id"));
    desk.bench.now += 60_000;
    let open = desk.bench.send("PATCH", &path, json!({ "status": "OPEN" }));
    assert_eq!(open.text("/jsonBody/startDatetime"), "2026-03-04T12:01:00.000Z");
    assert_eq!(open.text("/jsonBody/title"), "Visit");
    desk.bench.now += 60_000;
    let done = desk.bench.send("PATCH", &path, json!({ "status": "FINALIZED", "notes": "Well" }));
    assert_eq!(done.text("/jsonBody/startDatetime"), "2026-03-04T12:01:00.000Z");
    assert_eq!(done.text("/jsonBody/endDatetime"), "2026-03-04T12:02:00.000Z");
    assert_eq!(done.text("/jsonBody/updated_at"), "2026-03-04T12:02:00.000Z");
    assert_eq!(desk.bench.get(&path).body, done.body);
    assert_eq!(desk.bench.send("PATCH", &path, json!({ "status": "LOST" })).status, 400);
}

#[test]
fn an_encounter_without_event_has_no_owner_no_disposition_and_no_local_times() {
    let mut desk = Desk::new();
    let made = desk.create(json!({ "title": "Alone" }));
    assert!(is_null(&made, &OF_EVENT) && is_null(&made, &["calendarEventId"]));
    assert!(!has_local_times(&made.body));
    let full = desk.full(&made);
    for name in ["disposition", "calendarEvent", "userRelatedToCalendarEvent"] {
        assert_eq!(full.body.get(name), Some(&Value::Null), "{name}");
    }
    let path = format!("{}/{}/disposition", desk.list(), made.text("/id"));
    let none = desk.bench.get(&path);
    assert_eq!((none.status, none.text("/0/errorCode")), (404, "DT_RECORD_NOT_FOUND"));
}

#[test]
fn an_encounter_and_its_event_point_at_each_other() {
    let mut desk = Desk::new();
    let (made, path) = desk.scheduled();
    let event = made.text("/jsonBody/calendarEventId").to_owned();
    assert_eq!(made.text("/jsonBody/calendarEvent/id"), event);
    assert_eq!(made.text("/jsonBody/currentScheduledAppointment/id"), event);
    assert_eq!(made.text("/jsonBody/calendarEventStartDatetime"), "2026-03-10T15:00:00.000Z");
    let local = made.text("/jsonBody/localCalendarEventStartDatetime");
    assert_eq!(local, "2026-03-10T11:00:00.000-04:00");
    assert_eq!(made.text("/jsonBody/ownerUserId"), desk.user);
    assert_eq!(made.text("/jsonBody/ownerUserName"), "Rosalind Ferry");
    let range = "from=2026-03-10T00:00:00.000Z&to=2026-03-11T00:00:00.000Z&size=100";
    let list = format!("/t/i/calendar/events?{range}&includeEncounterInfo=true");
    let listed = desk.bench.get(&list);
    let listed = listed.rows("/content").iter().find(|one| one["id"] == event.as_str()).unwrap();
    assert_eq!(listed["encounterInfo"]["id"], made.body["id"]);

    let moved = json!({ "startDateTime": "2026-03-10T14:00:00.000Z" });
    desk.bench.send("PATCH", &format!("/t/i/calendar/events/{event}"), moved);
    let read = desk.bench.get(&path);
    assert_eq!(read.text("/jsonBody/calendarEventStartDatetime"), "2026-03-10T14:00:00.000Z");
}

#[test]
fn an_event_belongs_to_one_encounter_and_leaves_it_when_it_vanishes() {
    let mut desk = Desk::new();
    let (made, path) = desk.scheduled();
    let event = made.text("/jsonBody/calendarEventId").to_owned();
    let second = desk.create(json!({ "calendarEventId": event }));
    assert_eq!((second.status, second.text("/0/details/field")), (400, "calendarEventId"));
    let unlinked = desk.bench.send("PATCH", &path, json!({ "calendarEventId": null }));
    assert!(is_null(&unlinked, &OF_EVENT) && !has_local_times(&unlinked.body));
    let linked = desk.bench.send("PATCH", &path, json!({ "calendarEventId": event }));
    assert_eq!(linked.at("/jsonBody/dispositionId"), made.at("/jsonBody/dispositionId"));
    let event = format!("/t/i/calendar/events/{event}");
    assert_eq!(desk.bench.send("DELETE", &event, Value::Null).status, 204);
    let left = desk.bench.get(&path);
    assert!(is_null(&left, &OF_EVENT) && is_null(&left, &["calendarEventId"]));
    let nowhere = json!({ "calendarEventId": desk.patient });
    assert_eq!(desk.bench.send("PATCH", &path, nowhere).status, 400);
}

#[test]
fn an_appointment_that_cannot_be_made_leaves_no_encounter() {
    let mut desk = Desk::new();
    let before = desk.bench.get(&desk.list()).at("/metaInfo/totalElements").clone();
    let mut appointment = desk.appointment();
    appointment["hostId"] = json!(desk.patient);
    let answer = desk.create(json!({ "currentScheduledAppointment": appointment }));
    assert_eq!((answer.status, answer.text("/0/details/field")), (400, "hostId"));
    let answer = desk.create(json!({ "templateName": "etmp-nothing" }));
    assert_eq!((answer.status, answer.text("/0/details/field")), (400, "templateName"));
    assert_eq!(desk.bench.get(&desk.list()).at("/metaInfo/totalElements"), &before);
}

#[test]
fn an_encounter_is_read_by_its_patient_only() {
    let mut desk = Desk::new();
    let (made, _) = desk.scheduled();
    let other = desk.bench.get("/t/i/patients").text("/content/1/id").to_owned();
    let foreign = format!("/t/i/patients/{other}/encounters/{}", made.text("/id"));
    let answer = desk.bench.get(&foreign);
    assert_eq!((answer.status, answer.text("/0/errorCode")), (404, "DT_RECORD_NOT_FOUND"));
    let nobody = desk.bench.get("/t/i/patients/nobody/encounters");
    assert_eq!((nobody.status, nobody.text("/0/errorCode")), (404, "PATIENT_NOT_FOUND"));
    let nobody = desk.bench.get("/t/i/users/nobody/encounters");
    assert_eq!((nobody.status, nobody.text("/0/errorCode")), (404, "USER_NOT_FOUND"));
}

#[test]
fn a_list_by_user_lacks_version_and_system_keys_and_tells_of_the_patient() {
    let mut desk = Desk::new();
    let (made, _) = desk.scheduled();
    assert_eq!((made.text("/cdtName"), made.at("/version")), ("__encounter__", &json!(2)));
    let list = desk.bench.get(&format!("/t/i/users/{}/encounters?size=100", desk.user));
    let mine = list.rows("/data").iter().find(|one| one["id"] == made.body["id"]).unwrap();
    for name in ["cdtId", "version", "cdtName"] {
        assert_eq!(mine.get(name), Some(&Value::Null), "{name}");
    }
    assert!(SYSTEM.iter().all(|name| mine["jsonBody"].get(name).is_none()));
    assert!(SYSTEM.iter().all(|name| made.body["jsonBody"].get(name).is_some()));
    assert_eq!(mine["jsonBody"]["patientInfo"]["patientId"], desk.patient.as_str());
    assert!(made.body["jsonBody"].get("patientInfo").is_none());
    let owners: Vec<&Value> =
        list.rows("/data").iter().map(|one| &one["jsonBody"]["ownerUserId"]).collect();
    assert!(owners.iter().all(|owner| **owner == desk.user.as_str()));
}

#[test]
fn the_list_of_an_instance_is_empty_without_with_care_team() {
    let mut bench = Bench::new();
    assert!(bench.get("/t/i/encounters").rows("/data").is_empty());
    let list = bench.get("/t/i/encounters?withCareTeam=false&size=5");
    assert_eq!((list.rows("/data").len(), list.at("/metaInfo/lastPage")), (5, &json!(false)));
    assert!(list.rows("/data").iter().all(|one| one["jsonBody"]["patientInfo"].is_object()));
}

#[test]
fn statuses_filter_and_every_page_keeps_the_filter() {
    let mut desk = Desk::new();
    for status in ["OPEN", "OPEN", "ACTIVE", "DRAFT"] {
        let made = desk.create(json!({ "title": status }));
        let path = format!("{}/{}", desk.list(), made.text("/id"));
        desk.bench.send("PATCH", &path, json!({ "status": status }));
    }
    let mut seen = Vec::new();
    for page in 0..3 {
        let path =
            format!("{}?statuses=OPEN,ACTIVE&size=1&page={page}&sort=title,desc", desk.list());
        let list = desk.bench.get(&path);
        assert_eq!(list.at("/metaInfo/totalElements"), 3);
        assert_eq!(list.at("/metaInfo/lastPage"), &json!(page == 2));
        seen.push(list.text("/data/0/jsonBody/status").to_owned());
    }
    assert_eq!(seen, ["OPEN", "OPEN", "ACTIVE"]);
}

#[test]
fn a_full_encounter_holds_what_is_linked_to_it() {
    let mut desk = Desk::new();
    let (made, _) = desk.scheduled();
    let full = desk.full(&made);
    assert_eq!(full.at("/encounter"), &made.body);
    assert_eq!(full.at("/disposition/id"), made.at("/jsonBody/dispositionId"));
    assert_eq!(full.at("/calendarEvent/id"), made.at("/jsonBody/calendarEventId"));
    assert_eq!(full.text("/userRelatedToCalendarEvent/id"), desk.user);
    assert!(full.at("/userRelatedToCalendarEvent").get("applicationAccess").is_none());
    assert_eq!(full.text("/assessmentLinks/0/jsonBody/assessmentName"), "asm-intake");
    let list = format!("/t/i/patients/{}/full-encounters?size=100", desk.patient);
    let find = |list: &Answer| {
        let mut rows = list.rows("/data").iter();
        rows.find(|one| one["encounter"]["id"] == made.body["id"]).unwrap().clone()
    };
    assert_eq!(find(&desk.bench.get(&list)), full.body);
    let less = find(&desk.bench.get(&format!("{list}&onlyWithCalendarEvent=true")));
    assert_eq!(less["calendarEvent"], *full.at("/calendarEvent"));
    assert_eq!(less["disposition"], Value::Null);
    assert_eq!((&less["assessmentLinks"], &less["comments"]), (&json!([]), &json!([])));
}

#[test]
fn a_template_gives_title_instruction_and_assessments() {
    let mut desk = Desk::new();
    let made = desk.create(json!({ "templateName": "etmp-phone-check" }));
    assert_eq!(made.text("/jsonBody/title"), "Phone check");
    assert_eq!(made.text("/jsonBody/type"), "etmp-phone-check");
    assert!(made.text("/jsonBody/instruction").starts_with("<p>"));
    let (_, path) = desk.scheduled();
    let links = desk.bench.get(&format!("{path}/assessments?page=3"));
    assert_eq!(links.rows("").len(), 1);
    assert_eq!(links.at("/0/jsonBody/fromTemplate"), true);
}

#[test]
fn api_clients_make_no_comments() {
    let mut desk = Desk::new();
    let (_, path) = desk.scheduled();
    let answer = desk.bench.send("POST", &format!("{path}/comments"), json!({ "text": "New" }));
    let code = "ACCESS_FOR_API_CLIENT_RESTRICTED";
    assert_eq!((answer.status, answer.text("/0/errorCode")), (403, code));
    assert_eq!(desk.bench.get(&format!("{path}/comments")).body, json!([]));
    let unknown = desk.bench.get(&format!("{path}/comments/{}", desk.user));
    assert_eq!(unknown.status, 404);
}

#[test]
fn a_link_takes_a_record_of_its_patient_and_assessment() {
    let mut desk = Desk::new();
    let (_, path) = desk.scheduled();
    let records = format!("/t/i/patients/{}/assessment-records", desk.patient);
    let mut record = |name: &str| {
        let made = desk.bench.send("POST", &records, json!({ "assessmentName": name }));
        made.text("/id").to_owned()
    };
    let (right, wrong) = (record("asm-mood-check"), record("asm-intake"));
    let links = format!("{path}/assessments");
    let unknown = json!({ "assessmentName": "asm-nothing" });
    assert_eq!(desk.bench.send("POST", &links, unknown).status, 400);
    let made = desk.bench.send("POST", &links, json!({ "assessmentName": "asm-mood-check" }));
    assert_eq!(made.at("/jsonBody/assessmentRecordId"), &Value::Null);
    assert_eq!(made.at("/jsonBody/fromTemplate"), false);
    let link = format!("{links}/{}", made.text("/id"));
    let attach = |record: &str| json!({ "assessmentRecordId": record });
    assert_eq!(desk.bench.send("PATCH", &link, attach(&wrong)).status, 400);
    let attached = desk.bench.send("PATCH", &link, attach(&right));
    assert_eq!(attached.text("/jsonBody/assessmentRecordId"), right);
    desk.bench.send("DELETE", &format!("{records}/{right}"), Value::Null);
    assert_eq!(desk.bench.get(&link).at("/jsonBody/assessmentRecordId"), &Value::Null);
    let gone = desk.bench.send("DELETE", &link, Value::Null);
    assert_eq!((gone.status, gone.outgoing.body.len()), (200, 0));
    assert_eq!(desk.bench.get(&link).text("/0/errorCode"), "DT_RECORD_NOT_FOUND");
}

#[test]
fn a_disposition_is_written_flat_and_read_in_json_body() {
    let mut desk = Desk::new();
    let (made, path) = desk.scheduled();
    let path = format!("{path}/disposition");
    let read = desk.bench.get(&path);
    assert_eq!(read.text("/cdtName"), "__encounter_disposition__");
    assert_eq!(read.at("/id"), made.at("/jsonBody/dispositionId"));
    assert_eq!(read.body["jsonBody"].get("icd-10"), Some(&Value::Null));
    let change = json!({
        "cpt": "99213", "icd-10": "F41.1", "id": desk.user, "jsonBody": { "cpt": "90834" },
    });
    let changed = desk.bench.send("PATCH", &path, change);
    assert_eq!(changed.at("/jsonBody/id"), read.at("/id"));
    assert_eq!(changed.text("/jsonBody/cpt"), "99213");
    assert_eq!(changed.body["jsonBody"].get("jsonBody"), None);
    let cleared = desk.bench.send("PATCH", &path, json!({ "cpt": null }));
    assert_eq!(
        (cleared.at("/jsonBody/cpt"), cleared.text("/jsonBody/icd-10")),
        (&Value::Null, "F41.1")
    );
    assert_eq!(cleared.body.get("cpt"), None);
}

#[test]
fn what_belongs_to_an_encounter_goes_with_it_and_its_event_stays() {
    let mut desk = Desk::new();
    let (made, path) = desk.scheduled();
    let gone = desk.bench.send("DELETE", &path, Value::Null);
    assert_eq!((gone.status, gone.outgoing.body.len()), (200, 0));
    for rest in ["", "/disposition", "/assessments", "/comments"] {
        assert_eq!(desk.bench.get(&format!("{path}{rest}")).status, 404, "{rest}");
    }
    let event = made.text("/jsonBody/calendarEventId");
    assert_eq!(desk.bench.get(&format!("/t/i/calendar/events/{event}")).status, 200);
}

#[test]
fn the_draft_of_the_disposition_is_not_its_current_definition() {
    let mut bench = Bench::new();
    let path = |version: &str| format!("/t/i/formations/{version}/encounter-disposition");
    let before = bench.get(&path("current")).body;
    assert_eq!(bench.get(&path("2")).body, before);
    assert_ne!(bench.get(&path("1")).body, before);
    let fields = json!({ "name": "__encounter_disposition__", "fields": [{ "name": "cpt", "type": "text" }] });
    let written = bench.send("PUT", &path("draft"), fields);
    assert_eq!((written.rows("/fields").len(), written.at("/id")), (1, &before["id"]));
    assert_eq!(bench.get(&path("draft")).body, written.body);
    assert_eq!(bench.get(&path("current")).body, before);
    assert_eq!(bench.get(&path("99")).status, 404);
    let nameless = json!({ "fields": [{ "type": "text" }] });
    assert_eq!(bench.send("PUT", &path("draft"), nameless).text("/0/details/field"), "fields");
}

#[test]
fn templates_are_written_to_the_draft_under_their_name() {
    let mut bench = Bench::new();
    let list = |version: &str| format!("/t/i/formations/{version}/encounters");
    let all = bench.get(&list("current")).rows("").len();
    assert!(bench.get(&format!("{}?page=7", list("current"))).rows("").len() == all);
    let made = json!({ "name": "etmp-new", "title": "New", "assessmentNames": ["asm-intake"] });
    let first = bench.send("POST", &list("draft"), made.clone());
    assert_eq!((first.status, bench.send("POST", &list("draft"), made).status), (201, 400));
    let unknown = json!({ "name": "etmp-two", "assessmentNames": ["asm-nothing"] });
    assert_eq!(bench.send("POST", &list("draft"), unknown).status, 400);
    let path = format!("{}/etmp-new", list("draft"));
    let replaced = bench.send("PUT", &path, json!({ "title": "Newer" }));
    assert_eq!(
        (replaced.at("/id"), replaced.at("/assessmentNames")),
        (first.at("/id"), &json!([]))
    );
    assert_eq!(bench.get(&format!("{}/etmp-new", list("current"))).status, 404);
    let by_id = format!("{}/{}", list("draft"), first.text("/id"));
    assert_eq!(bench.send("DELETE", &by_id, Value::Null).status, 404);
    let gone = bench.send("DELETE", &path, Value::Null);
    assert_eq!((gone.status, gone.outgoing.body.len()), (200, 0));
    assert_eq!(bench.get(&path).text("/0/errorCode"), "ENCOUNTER_TEMPLATE_NOT_FOUND");
}

#[test]
fn the_first_encounters_have_all_kinds_and_hang_together() {
    let mut bench = Bench::new();
    let list = bench.get("/t/i/encounters?withCareTeam=false&size=1000");
    let has =
        |status: &str| list.rows("/data").iter().any(|one| one["jsonBody"]["status"] == status);
    assert!(["DRAFT", "ACTIVE", "FINALIZED"].into_iter().all(has));
    let (with, without): (Vec<&Value>, Vec<&Value>) =
        list.rows("/data").iter().partition(|one| one["jsonBody"]["calendarEvent"].is_object());
    assert!(!with.is_empty() && !without.is_empty());
    for encounter in &with {
        assert!(has_local_times(encounter));
        let participants =
            encounter["jsonBody"]["calendarEvent"]["participants"].as_array().unwrap();
        assert!(participants.iter().any(|one| one["participantId"] == encounter["patientId"]));
    }
    assert!(without.iter().all(|encounter| !has_local_times(encounter)));
    let few = Bench::with(Settings { patients: 0, ..Settings::default() })
        .get("/t/i/encounters?withCareTeam=true");
    assert_eq!(few.rows("/data").len(), 0);
}

#[test]
fn events_of_encounters_are_left_out_by_the_encounter_and_not_by_the_type() {
    let mut desk = Desk::new();
    let mut appointment = desk.appointment();
    let free = desk.bench.send("POST", "/t/i/calendar/events", appointment.clone());
    appointment["eventType"] = json!("APPOINTMENT");
    let made = desk.create(json!({ "title": "Visit", "currentScheduledAppointment": appointment }));
    let range = "from=2026-03-10T00:00:00.000Z&to=2026-03-11T00:00:00.000Z&size=1000";
    let path = format!("/t/i/calendar/events?{range}&excludeAssignedToEncounterEvents=true");
    let list = desk.bench.get(&path);
    let has = |id: &Value| list.rows("/content").iter().any(|event| event["id"] == *id);
    assert!(has(free.at("/id")), "no encounter points to it");
    assert!(!has(made.at("/jsonBody/calendarEventId")));
}
