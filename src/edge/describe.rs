//! What is the same for every request of an operation: a gateway asks once for each that it allows.

use std::iter::successors;

use crate::operation::{Method, Operation};
use crate::schema::Type;

/// What the façade knows of an operation before a request for it comes.
#[derive(Debug)]
pub struct Description {
    /// Its path parameters in the order in which a request is admitted with them.
    pub path: Vec<&'static str>,
    /// What a request may carry.
    pub carries: Carries,
    /// Fields of the body that say what the path says, and which path parameter that is: of two values
    /// the policy might look at one and the API at the other. A dot leads into the envelope, or into
    /// what is named.
    pub same: Vec<(String, usize)>,
}

/// What a request may carry.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Carries {
    /// No body.
    Nothing,
    /// JSON, and nothing else.
    Json,
    /// A form with files, which passes unread.
    Form,
    /// JSON, or a form with files.
    JsonOrForm,
    /// A body that the table does not describe.
    Anything,
}

impl Carries {
    /// The word that the façade reads.
    pub const fn name(self) -> &'static str {
        match self {
            Carries::Nothing => "nothing",
            Carries::Json => "json",
            Carries::Form => "form",
            Carries::JsonOrForm => "json or form",
            Carries::Anything => "anything",
        }
    }

    fn of(operation: &Operation) -> Self {
        match (operation.body, operation.form, operation.method) {
            (Some(_), None, _) => Carries::Json,
            (None, Some(_), _) => Carries::Form,
            (Some(_), Some(_), _) => Carries::JsonOrForm,
            (None, None, Method::GET | Method::DELETE) => Carries::Nothing,
            (None, None, Method::POST | Method::PUT | Method::PATCH) => Carries::Anything,
        }
    }
}

/// Describes an operation.
pub fn describe(operation: &'static Operation) -> Description {
    let path: Vec<_> = operation.segments.iter().map(|segment| segment.name).collect();
    let same = if operation.body.is_some() { same(operation, &path) } else { Vec::new() };
    Description { path, carries: Carries::of(operation), same }
}

/// The fields of a body that repeat what the path says: those of the same name, the `id` of what they
/// name (`patient.id`), and the `id` of the record that the path ends with, when the request changes it.
fn same(operation: &Operation, path: &[&'static str]) -> Vec<(String, usize)> {
    let changes = matches!(operation.method, Method::PUT | Method::PATCH);
    let reply = operation.reply.map(|reply| reply.of);
    let names = || path.iter().copied().enumerate();
    let last = names().next_back().filter(|(_, name)| {
        // A record that has a field of this name is not itself what the name stands for: the
        // permissions of a user have an id of their own.
        changes
            && operation.path.ends_with('}')
            && *name != "id"
            && name.ends_with("Id")
            && field(reply, name).is_none()
    });
    let body = operation.body.map(|body| body.of);
    let named = names().filter_map(|(at, name)| {
        let of = name.strip_suffix("Id")?;
        field(field(body, of), "id").map(|_| ([of, ".id"].concat(), at))
    });
    let envelope = operation.body.map_or("", |body| body.envelope);
    names()
        .chain(last.map(|(at, _)| (at, "id")))
        .flat_map(|(at, name)| {
            let outside = (name.to_string(), at);
            let inside = ([envelope, ".", name].concat(), at);
            [outside, inside].into_iter().take(if envelope.is_empty() { 1 } else { 2 })
        })
        .chain(named)
        .collect()
}

/// The type of a field of a record.
fn field(of: Option<Type>, name: &str) -> Option<Type> {
    let Some(Type::Record(record)) = of else { return None };
    let mut records = successors(Some(record), |record| record.base);
    let found = records.find_map(|record| record.fields.iter().find(|field| field.name == name));
    found.map(|field| field.of)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::edge::admit;
    use crate::operation::Api;
    use crate::recognise::recognise;

    fn described(api: Api, method: &str, path: &str) -> Description {
        describe(recognise(api, method, path).unwrap().operation)
    }

    fn same(api: Api, method: &str, path: &str) -> Vec<String> {
        let Description { path, same, .. } = described(api, method, path);
        same.into_iter().map(|(field, at)| [&field, "=", path[at]].concat()).collect()
    }

    #[test]
    fn the_path_parameters_are_those_of_an_admitted_request() {
        for api in [Api::Welkin, Api::InboxHealth] {
            for operation in api.operations().filter(|operation| !operation.open) {
                let parts = operation.path.split('/');
                let filled: Vec<_> =
                    parts.map(|part| if part.starts_with('{') { "7" } else { part }).collect();
                let admitted = admit(api, &[], operation.method.name(), &filled.join("/")).unwrap();
                let names: Vec<_> = admitted.path.iter().map(|(name, _)| *name).collect();
                assert_eq!(describe(operation).path, names, "{}", operation.id);
            }
        }
    }

    #[test]
    fn a_body_says_what_the_path_says() {
        let welkin = |method, path| same(Api::Welkin, method, path);
        assert_eq!(welkin("PATCH", "/t/i/patients/p"), ["patientId=patientId", "id=patientId"]);
        assert_eq!(welkin("POST", "/t/i/patients/p/encounters"), ["patientId=patientId"]);
        assert_eq!(welkin("PATCH", "/t/admin/users/u"), ["userKey=userKey"]);
        let task = welkin("POST", "/t/i/patients/p/care-plan/goals/g/tasks");
        assert_eq!(task, ["patientId=patientId", "goalId=goalId", "patient.id=patientId"]);
        let invoice = same(Api::InboxHealth, "PUT", "/partner/v2/invoices/7");
        assert_eq!(invoice, ["id=id", "invoice.id=id"]);
    }

    #[test]
    fn the_id_of_what_belongs_to_a_user_is_not_the_users() {
        for kind in ["user-permissions", "user-territories", "application-accesses"] {
            let path = ["/t/admin/", kind, "/u"].concat();
            assert_eq!(same(Api::Welkin, "PUT", &path), ["userId=userId"], "{kind}");
        }
    }

    #[test]
    fn a_request_may_carry_what_the_operation_takes() {
        let carries = |method: &str, path: &str| {
            described(Api::Welkin, method, &["/t/i/patients/p", path].concat()).carries
        };
        assert_eq!(carries("DELETE", ""), Carries::Nothing);
        assert_eq!(carries("PATCH", ""), Carries::Json);
        assert_eq!(carries("POST", "/emails"), Carries::JsonOrForm);
        assert_eq!(carries("POST", "/document-summary/d1/files"), Carries::Form);
        assert_eq!(carries("POST", "/chat/archive"), Carries::Anything);
    }
}
