//! What the sandbox holds to, checked from outside: requests in, answers out.

mod assessments;
mod audits;
mod care_plans;
mod cdt_records;
mod chat_messages;
mod declared_types;
mod definitions;
mod definitions_and_data;
mod dictionaries;
mod document_files;
mod documents;
mod encounters;
mod encounters_and_assessments;
mod exports;
mod faults;
mod grants;
mod inbox_health;
mod inbox_health_resources;
mod messages;
mod messages_and_work;
mod money;
mod patient_programs;
mod people;
mod reference;
mod schedules;
mod settable;
mod tasks;
mod webhooks;
mod welkin;
mod work_hours;

use serde_json::Value;

use super::{Incoming, Outgoing, Part, Sandbox, Settings};

/// Noon of a Wednesday.
const NOW: i64 = 1_772_625_600_000;

/// A sandbox with a clock of its own and credentials for both APIs.
pub struct Bench {
    pub sandbox: Sandbox,
    pub now: i64,
    pub token: String,
}

pub struct Answer {
    pub status: u16,
    pub body: Value,
    pub outgoing: Outgoing,
}

impl Answer {
    /// The value at a JSON pointer.
    pub fn at(&self, pointer: &str) -> &Value {
        self.body.pointer(pointer).unwrap_or(&Value::Null)
    }

    pub fn text(&self, pointer: &str) -> &str {
        self.at(pointer).as_str().unwrap_or_default()
    }

    pub fn rows(&self, pointer: &str) -> &[Value] {
        self.at(pointer).as_array().map(Vec::as_slice).unwrap_or_default()
    }
}

impl Bench {
    pub fn new() -> Bench {
        Bench::with(Settings::default())
    }

    pub fn with(settings: Settings) -> Bench {
        let mut sandbox = Sandbox::new(settings, NOW);
        let (token, _) = sandbox.issue_token(NOW);
        Bench { sandbox, now: NOW, token }
    }

    /// A request with the credentials of its API.
    pub fn send(&mut self, method: &str, path: &str, body: Value) -> Answer {
        let headers = [
            ("authorization".to_owned(), format!("Bearer {}", self.token)),
            ("x-api-key".to_owned(), "sandbox-key".to_owned()),
        ];
        self.send_with(&headers, method, path, body)
    }

    /// A request with these headers. Unless a failure is planned, the reference must have nothing
    /// against the answer.
    pub fn send_with(
        &mut self,
        headers: &[(String, String)],
        method: &str,
        path: &str,
        body: Value,
    ) -> Answer {
        let url = format!("https://api.example.test{path}");
        let body = if body.is_null() { Vec::new() } else { body.to_string().into_bytes() };
        self.answer(&Incoming {
            method,
            url: &url,
            headers,
            body: &body,
            parts: None,
            now: self.now,
        })
    }

    /// A form whose files have these bytes, one after another, with a Welkin token.
    pub fn send_form(&mut self, path: &str, parts: &[Part], body: &[u8]) -> Answer {
        let url = format!("https://api.example.test{path}");
        let headers = &[("authorization".to_owned(), format!("Bearer {}", self.token))];
        let (parts, now) = (Some(parts), self.now);
        self.answer(&Incoming { method: "POST", url: &url, headers, body, parts, now })
    }

    /// Unless a fault is planned, what is answered must be what the reference says.
    fn answer(&mut self, incoming: &Incoming) -> Answer {
        let spoiled = !self.sandbox.faults.is_empty();
        let outgoing = self.sandbox.handle(incoming);
        let body = serde_json::from_slice(&outgoing.body).unwrap_or_default();
        let answer = Answer { status: outgoing.status, body, outgoing };
        if !spoiled {
            let Incoming { method, url, .. } = incoming;
            assert_eq!(reference::objections(&answer), [""; 0], "{method} {url}");
        }
        answer
    }

    pub fn get(&mut self, path: &str) -> Answer {
        self.send("GET", path, Value::Null)
    }
}
