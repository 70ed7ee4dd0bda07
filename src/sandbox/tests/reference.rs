//! The references' own schemas of the answers, so that table and sandbox cannot share a mistake.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use jsonschema::{Registry, Validator};
use serde::Deserialize;
use serde_json::{Map, Value, json};
use serde_saphyr::DuplicateKeyPolicy;

use super::Answer;
use crate::operation::Api;

/// Every recording masks these, so no reference knows whether they can be null or absent.
const MASKED: [&str; 4] = ["createdBy", "updatedBy", "createdByName", "updatedByName"];

/// What the successful answers of an operation hold, by their status as the reference writes it.
type Answers = BTreeMap<String, Content>;

enum Content {
    Nothing,
    Json(Box<Validator>),
    /// Bytes of some other type.
    Other,
}

/// The reference of an API, as far as answers are concerned.
struct Reference {
    operations: BTreeMap<String, Answers>,
    /// The operations that are closed to API clients.
    closed: BTreeSet<String>,
}

/// The parts of the document that are read; the others may hold what YAML does not allow.
#[derive(Deserialize)]
struct Document {
    paths: Map<String, Value>,
    components: Value,
}

static WELKIN: LazyLock<Reference> = LazyLock::new(|| {
    Reference::read(include_str!("../../../tests/contract/welkin.openapi.yaml"), Api::Welkin)
});
static INBOX_HEALTH: LazyLock<Reference> = LazyLock::new(|| {
    let text = include_str!("../../../tests/contract/inbox-health.openapi.yaml");
    Reference::read(text, Api::InboxHealth)
});

fn of(api: Api) -> &'static Reference {
    match api {
        Api::Welkin => &WELKIN,
        Api::InboxHealth => &INBOX_HEALTH,
    }
}

/// Whether API clients get 403 for this operation.
pub fn is_closed(api: Api, operation: &str) -> bool {
    of(api).closed.contains(operation)
}

/// What the reference says against a successful answer, each with operation and place.
pub fn objections(answer: &Answer) -> Vec<String> {
    let outgoing = &answer.outgoing;
    let (Some(api), Some(operation)) = (outgoing.api, outgoing.operation) else {
        return Vec::new();
    };
    if !(200..300).contains(&answer.status) {
        return Vec::new();
    }
    let answers = of(api).operations.get(operation.id).expect(operation.id);
    let status = answer.status.to_string();
    let found = match answers.get(&status).or_else(|| answers.get("2XX")) {
        None => vec![format!("status {status} is not listed")],
        Some(Content::Json(validator)) => validator
            .iter_errors(&answer.body)
            .map(|error| format!("{}: {error}", error.instance_path()))
            .collect(),
        Some(Content::Nothing) if !outgoing.body.is_empty() => vec!["has a body".to_owned()],
        Some(Content::Nothing | Content::Other) => Vec::new(),
    };
    found.into_iter().map(|objection| format!("{} {objection}", operation.id)).collect()
}

impl Reference {
    fn read(text: &str, api: Api) -> Reference {
        // The conventions of the Welkin reference have a key twice; they are prose.
        let options = serde_saphyr::options! { duplicate_keys: DuplicateKeyPolicy::PassThrough };
        let document: Document = serde_saphyr::from_str_with_options(text, options).unwrap();
        let Document { paths, mut components } = document;
        allow_unlisted(&mut components, api);
        if api == Api::Welkin {
            allow_null_in_words(&mut components);
        }
        let components = json!({ "components": components });
        let registry = Registry::new().add(DOCUMENT, components).unwrap().prepare().unwrap();
        let (mut operations, mut closed) = (BTreeMap::new(), BTreeSet::new());
        for of in paths.values().filter_map(Value::as_object).flat_map(Map::values) {
            let Some(id) = of["operationId"].as_str() else {
                continue;
            };
            operations.insert(id.to_owned(), answers(&of["responses"], api, &registry));
            if of["x-api-client"].as_str().is_some_and(|word| word.starts_with("denied")) {
                closed.insert(id.to_owned());
            }
        }
        Reference { operations, closed }
    }
}

/// Where the validator finds what schemas refer to; nothing is fetched.
const DOCUMENT: &str = "urn:reference";

fn answers(responses: &Value, api: Api, registry: &Registry) -> Answers {
    let listed = responses.as_object().into_iter().flatten();
    let successful = listed.filter(|(status, _)| status.starts_with('2'));
    let content = |of: &Value| match of.get("content") {
        None => Content::Nothing,
        Some(content) => match content.pointer("/application~1json/schema") {
            None => Content::Other,
            Some(schema) => {
                let mut schema = schema.clone();
                allow_unlisted(&mut schema, api);
                refer(&mut schema);
                let options = jsonschema::draft202012::options()
                    .with_registry(registry)
                    .should_validate_formats(true);
                Content::Json(Box::new(options.build(&schema).unwrap()))
            }
        },
    };
    successful.map(|(status, of)| (status.clone(), content(of))).collect()
}

/// Makes the references in the schema of an operation point into the document.
fn refer(schema: &mut Value) {
    match schema {
        Value::Object(fields) => {
            if let Some(Value::String(target)) = fields.get_mut("$ref") {
                target.insert_str(0, DOCUMENT);
            }
            fields.values_mut().for_each(refer);
        }
        Value::Array(schemas) => schemas.iter_mut().for_each(refer),
        _ => {}
    }
}

/// Allows what the references allow by their general rules and do not list field by field: in
/// Welkin, masked fields may be null or absent and `x-nullable-expected` ones null; in Inbox Health,
/// every field may be either.
fn allow_unlisted(schema: &mut Value, api: Api) {
    match schema {
        Value::Array(schemas) => schemas.iter_mut().for_each(|schema| allow_unlisted(schema, api)),
        Value::Object(fields) => {
            let loose = |name: &str| api == Api::InboxHealth || MASKED.contains(&name);
            if let Some(Value::Array(required)) = fields.get_mut("required") {
                required.retain(|name| !name.as_str().is_some_and(loose));
            }
            fields.values_mut().for_each(|schema| allow_unlisted(schema, api));
            if let Some(Value::Object(properties)) = fields.get_mut("properties") {
                properties.iter_mut().filter(|(name, _)| loose(name)).for_each(|(_, schema)| {
                    allow_null(schema);
                });
            }
            if fields.get("x-nullable-expected") == Some(&Value::Bool(true)) {
                allow_null(schema);
            }
        }
        _ => {}
    }
}

/// Allows null where the reference says in words only that it is to be expected: "on inbound or
/// unrecognized ones" (`x-note` of both schemas).
fn allow_null_in_words(components: &mut Value) {
    for schema in ["Email", "Sms"] {
        for field in ["scheduledAt", "sender", "senderName", "patientInfo"] {
            allow_null(&mut components["schemas"][schema]["properties"][field]);
        }
    }
}

fn allow_null(schema: &mut Value) {
    // Unlike `anyOf`, this keeps the place of what is wrong further inside.
    *schema = json!({ "if": { "type": "null" }, "else": schema.take() });
}

mod tests {
    use serde_json::{Value, json};

    use super::super::{Answer, Bench};
    use super::objections;

    /// A page of patients in which one field of each has this value, and what is said against it.
    fn spoiled(path: &str, list: &str, field: &str, value: Value) -> Vec<String> {
        let mut answer = Bench::new().get(path);
        for patient in answer.body[list].as_array_mut().unwrap() {
            patient[field] = value.clone();
        }
        objections(&answer)
    }

    fn welkin(field: &str, value: Value) -> Vec<String> {
        spoiled("/t/i/patients?size=1", "content", field, value)
    }

    #[test]
    fn a_value_of_another_type_is_named_with_operation_and_place() {
        assert_eq!(
            welkin("careTeam", json!({})),
            [r#"patientsList /content/0/careTeam: {} is not of type "array""#]
        );
        assert_eq!(welkin("id", json!("nobody")).len(), 1, "the format counts");
        let billed = spoiled("/partner/v2/patients?per_page=1", "patients", "email", json!([]));
        assert!(billed[0].starts_with("patientsList /patients/0/email: "), "{billed:?}");
    }

    #[test]
    fn null_is_only_where_a_rule_of_the_reference_allows_it() {
        assert_eq!(welkin("mrn", Value::Null), [""; 0]);
        assert_eq!(welkin("createdBy", Value::Null), [""; 0]);
        assert_eq!(welkin("careTeam", Value::Null).len(), 1);
        let list = "/partner/v2/patients?per_page=1";
        assert_eq!(spoiled(list, "patients", "first_name", Value::Null), [""; 0]);
    }

    #[test]
    fn status_and_absence_of_a_body_are_those_of_the_reference() {
        let mut answer = Bench::new().get("/t/i/patients");
        answer.status = 201;
        assert_eq!(objections(&answer), ["patientsList status 201 is not listed"]);
        let mut bench = Bench::new();
        let range = "from=2026-03-05T00:00:00.000Z&to=2026-12-31T00:00:00.000Z";
        let events = bench.get(&format!("/t/i/calendar/events?{range}"));
        let path = format!("/t/i/calendar/events/{}", events.text("/content/0/id"));
        let mut answer: Answer = bench.send("DELETE", &path, Value::Null);
        answer.outgoing.body = b"{}".to_vec();
        assert_eq!(objections(&answer), ["calendarEventsDelete has a body"]);
    }
}
