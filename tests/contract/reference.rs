//! What the references say.

use std::collections::BTreeSet;

use carewire::operation::Api;
use serde::Deserialize;
use serde_json::{Map, Value, json};
use serde_saphyr::DuplicateKeyPolicy;

use crate::deviations::{MASKED, NULL_IN_WORDS, WRITTEN_OTHERWISE};
use crate::facts::{Facts, marked};

/// The path parameters that a client knows by itself.
const CLIENT_FILLS: [&str; 2] = ["tenantName", "instanceName"];

/// The reference of an API.
pub struct Reference {
    document: Document,
}

/// The parts of the document that are read; the others may hold what YAML does not allow.
#[derive(Deserialize)]
struct Document {
    paths: Map<String, Value>,
    #[serde(default)]
    webhooks: Map<String, Value>,
    components: Components,
}

#[derive(Deserialize)]
struct Components {
    parameters: Map<String, Value>,
    schemas: Map<String, Value>,
}

/// One operation of a reference.
#[derive(Clone, Copy)]
pub struct Entry<'a> {
    path: &'a str,
    method: &'a str,
    shared: &'a Value,
    of: &'a Value,
}

impl<'a> Entry<'a> {
    /// The operation's id.
    pub fn id(self) -> &'a str {
        text(&self.of["operationId"])
    }

    /// The schema of the body, whole: with envelope and siblings.
    pub fn body(self) -> Option<&'a Value> {
        Some(&self.of["requestBody"]["content"]["application/json"]["schema"])
            .filter(|it| !it.is_null())
    }

    /// The schema of the body as a form with files.
    fn form(self) -> Option<&'a Value> {
        Some(&self.of["requestBody"]["content"]["multipart/form-data"]["schema"])
            .filter(|it| !it.is_null())
    }

    /// Whether a successful reply is a file.
    fn gives_file(self) -> bool {
        let responses = &self.of["responses"];
        ["200", "2XX"].iter().any(|status| responses[status]["content"].get("*/*").is_some())
    }

    /// The schema of a successful reply, whole.
    pub fn reply(self) -> Option<&'a Value> {
        let mut found = None;
        for (status, reply) in self.of["responses"].as_object().into_iter().flatten() {
            let schema = &reply["content"]["application/json"]["schema"];
            if status.starts_with('2') && !schema.is_null() {
                assert!(
                    found.is_none_or(|other| other == schema),
                    "{}: two kinds of reply",
                    self.id()
                );
                found = Some(schema);
            }
        }
        found
    }

    /// The keys that wrap the record of the body and that of the reply.
    pub fn envelopes(self) -> (Option<&'a str>, Option<&'a str>) {
        let paged = self.of.get("x-pagination").is_some();
        let reply = self.of["x-response-envelope"].as_str().filter(|_| !paged);
        (self.of["x-request-envelope"].as_str(), reply)
    }
}

impl Reference {
    /// Reads the reference of an API.
    pub fn read(api: Api) -> Reference {
        let text = match api {
            Api::Welkin => include_str!("welkin.openapi.yaml"),
            Api::InboxHealth => include_str!("inbox-health.openapi.yaml"),
        };
        // The conventions of the Welkin reference have a key twice; they are prose.
        let options = serde_saphyr::options! { duplicate_keys: DuplicateKeyPolicy::PassThrough };
        let document = serde_saphyr::from_str_with_options(text, options);
        let mut document: Document = document.expect("the reference is YAML");
        if api == Api::Welkin {
            for (schema, fields) in NULL_IN_WORDS {
                for field in *fields {
                    let schema = document.components.schemas.get_mut(*schema);
                    let place = format!("/properties/{field}");
                    let field = schema.and_then(|schema| schema.pointer_mut(&place));
                    field.expect("a field of the reference")["x-nullable-expected"] = json!(true);
                }
            }
        }
        Reference { document }
    }

    /// The names of all schemas.
    pub fn names(&self) -> BTreeSet<String> {
        self.document.components.schemas.keys().cloned().collect()
    }

    /// All operations.
    pub fn entries(&self) -> impl Iterator<Item = Entry<'_>> {
        self.document.paths.iter().flat_map(|(path, item)| {
            let shared = &item["parameters"];
            let methods = item.as_object().into_iter().flatten();
            let methods = methods.filter(|(name, _)| *name != "parameters");
            methods.map(move |(method, of)| Entry { path, method, shared, of })
        })
    }

    /// The bodies of webhooks.
    fn webhooks(&self) -> impl Iterator<Item = &Value> {
        let hooks = self.document.webhooks.values().map(|hook| &hook["post"]);
        hooks.map(|hook| &hook["requestBody"]["content"]["application/json"]["schema"])
    }

    /// The facts of all operations, and of all that they use.
    pub fn facts(&self) -> Facts {
        let mut walk =
            Walk { reference: self, back: true, reached: BTreeSet::new(), facts: Facts::new() };
        for entry in self.entries() {
            walk.reply(entry);
        }
        for body in self.webhooks() {
            let written = walk.written("webhook", body);
            walk.say(format!("{written}: comes"), "by webhook");
        }
        // What is only sent is visited last: the masked fields of replies are no matter of requests.
        walk.back = false;
        for entry in self.entries() {
            walk.request(entry);
        }
        walk.facts
    }

    /// The schema itself, or the one that it names.
    pub fn resolve<'a>(&'a self, schema: &'a Value) -> &'a Value {
        match referred(schema) {
            Some(name) => self.resolve(&self.document.components.schemas[name]),
            None => schema,
        }
    }

    /// The fields of an object with those of its bases, and the names of those it requires.
    pub fn fields<'a>(&'a self, schema: &'a Value) -> (Vec<(&'a str, &'a Value)>, Vec<&'a str>) {
        let schema = self.resolve(schema);
        let (mut fields, mut required) = (Vec::new(), Vec::new());
        for part in schema["allOf"].as_array().into_iter().flatten() {
            let (of_part, required_of_part) = self.fields(part);
            fields.extend(of_part);
            required.extend(required_of_part);
        }
        let own = schema["properties"].as_object().into_iter().flatten();
        fields.extend(own.map(|(name, of)| (name.as_str(), of)));
        required.extend(schema["required"].as_array().into_iter().flatten().map(text));
        (fields, required)
    }

    /// The kinds of JSON value that a schema allows, `null` left out; none when it allows all. And
    /// whether it allows `null`.
    pub fn kinds<'a>(&'a self, schema: &'a Value) -> (Vec<&'a str>, bool) {
        let null = schema["x-nullable-expected"] == true;
        let schema = self.resolve(schema);
        let mut kinds: Vec<&str> = match &schema["type"] {
            Value::String(kind) => vec![kind.as_str()],
            Value::Array(kinds) => kinds.iter().map(text).collect(),
            _ if schema.get("allOf").is_some() => vec!["object"],
            // An open enumeration has a type and words in `anyOf`; a nullable one has no type.
            _ => schema["anyOf"]
                .as_array()
                .into_iter()
                .flatten()
                .flat_map(|of| self.kinds(of).0)
                .collect(),
        };
        let null = null || kinds.contains(&"null") || self.but_null(schema).is_some();
        kinds.retain(|kind| *kind != "null");
        (kinds, null)
    }

    /// The schema of which an `anyOf` allows one or an array.
    pub fn one_or_many<'a>(&'a self, schema: &'a Value) -> Option<&'a Value> {
        match schema["anyOf"].as_array()?.as_slice() {
            [one, many] if many["type"] == "array" && many["items"] == *one => Some(one),
            _ => None,
        }
    }

    /// The one schema beside `null` in an `anyOf`.
    pub fn but_null<'a>(&'a self, schema: &'a Value) -> Option<&'a Value> {
        let options = schema["anyOf"].as_array()?;
        let is_null = |of: &&Value| of["type"] == "null";
        if !options.iter().any(|of| is_null(&of)) {
            return None;
        }
        options.iter().find(|of| !is_null(of))
    }
}

fn text(value: &Value) -> &str {
    value.as_str().expect("text")
}

/// The name that a schema or a parameter refers to.
pub fn referred(schema: &Value) -> Option<&str> {
    schema["$ref"].as_str()?.rsplit('/').next()
}

struct Walk<'a> {
    reference: &'a Reference,
    /// Whether what is visited comes back from the API.
    back: bool,
    reached: BTreeSet<&'a str>,
    facts: Facts,
}

impl<'a> Walk<'a> {
    fn say(&mut self, place: String, what: impl Into<String>) {
        self.facts.insert(place, what.into());
    }

    fn reply(&mut self, entry: Entry<'a>) {
        let place = format!("{}: reply", entry.id());
        let (_, envelope) = entry.envelopes();
        if entry.gives_file() {
            self.say(place, "a file");
        } else if let Some(whole) = entry.reply() {
            let said = match envelope {
                Some(envelope) => {
                    format!("{} in {envelope}", self.enveloped(&place, whole, envelope, &[]))
                }
                None => self.written(&place, whole),
            };
            self.say(place, said);
        }
    }

    fn request(&mut self, entry: Entry<'a>) {
        let (id, of) = (entry.id(), entry.of);
        self.say(
            format!("{id}: call"),
            format!("{}.{}", text(&of["x-js"]["resource"]), text(&of["x-js"]["method"])),
        );
        self.say(
            format!("{id}: request"),
            format!("{} {}", entry.method.to_uppercase(), entry.path),
        );
        self.parameters(entry);
        self.body(entry);
        if let Some(pages) = of.get("x-pagination").and_then(pages) {
            self.say(format!("{id}: pages"), pages);
        }
        let adds: Vec<&str> =
            of["x-repeat-adds"].as_array().into_iter().flatten().map(text).collect();
        if adds.is_empty() {
            self.say(format!("{id}: repeat"), text(&of["x-repeat"]));
        } else {
            // The engine looks at the body, so that the table need not say unsafe for all bodies.
            self.say(format!("{id}: repeat"), "safe");
            self.say(format!("{id}: adds"), adds.join(", "));
        }
        if of["security"].as_array().is_some_and(Vec::is_empty) {
            self.say(format!("{id}: token"), "none");
        }
        if of["deprecated"] == true {
            self.say(format!("{id}: use"), "deprecated");
        }
        if of["x-confidence"] == "named-only" {
            self.say(format!("{id}: confidence"), "named-only");
        }
        if of["x-api-client"].as_str().is_some_and(|word| word.starts_with("denied")) {
            self.say(format!("{id}: API clients"), "denied");
        }
    }

    fn parameters(&mut self, entry: Entry<'a>) {
        let id = entry.id();
        let both = [entry.shared, &entry.of["parameters"]];
        for parameter in both.into_iter().flat_map(|list| list.as_array().into_iter().flatten()) {
            let parameter = match referred(parameter) {
                Some(name) => &self.reference.document.components.parameters[name],
                None => parameter,
            };
            let (name, within, schema) =
                (text(&parameter["name"]), text(&parameter["in"]), &parameter["schema"]);
            if CLIENT_FILLS.contains(&name) {
                continue;
            }
            let place = format!("{id}: {within} {name}");
            let (style, explode) = (parameter["style"].as_str(), &parameter["explode"]);
            let said = match (style, explode) {
                // The filter fields that are known are named in the documentation.
                (Some("deepObject"), _) => "Map<Text>, as name[key]".into(),
                (style, explode) => {
                    let required = parameter["required"] == true;
                    let suffix = match style {
                        Some("form") if explode == false => ", comma separated",
                        Some("form") if explode == true => ", repeated",
                        None => "",
                        _ => ", in a style that is not known",
                    };
                    let written = self.written(&place, schema);
                    format!("{}{suffix}", marked(&written, false, false, required))
                }
            };
            self.say(place, said);
        }
        let segments =
            entry.path.split('/').filter_map(|part| part.strip_prefix('{')?.strip_suffix('}'));
        let segments: Vec<&str> = segments.filter(|name| !CLIENT_FILLS.contains(name)).collect();
        self.say(format!("{id}: path"), segments.join(", "));
    }

    fn body(&mut self, entry: Entry<'a>) {
        let (id, of) = (entry.id(), entry.of);
        let place = format!("{id}: body");
        let (envelope, _) = entry.envelopes();
        if let Some(form) = entry.form() {
            let place = format!("{id}: form");
            let written = self.written(&place, form);
            self.say(place, written);
        }
        let Some(whole) = entry.body() else {
            let content = of["requestBody"]["content"].as_object();
            let types = content.into_iter().flat_map(Map::keys);
            let types: Vec<&String> = types.filter(|name| *name != "multipart/form-data").collect();
            if !types.is_empty() {
                self.say(place, format!("{types:?}"));
            }
            return;
        };
        let siblings: Vec<&str> =
            of["x-request-siblings"].as_array().into_iter().flatten().map(text).collect();
        let Some(envelope) = envelope else {
            assert!(siblings.is_empty(), "{id}: siblings of no envelope");
            let written = self.written(&place, whole);
            return self.say(place, written);
        };
        let written = self.enveloped(&place, whole, envelope, &siblings);
        let repeated = if siblings.contains(&"id") { " and id" } else { "" };
        self.say(place, format!("{written} in {envelope}{repeated}"));
        let (fields, required) = self.reference.fields(whole);
        for (name, schema) in fields {
            if name != envelope && name != "id" {
                let place = format!("{id}: beside {name}");
                let written = self.written(&place, schema);
                self.say(place, marked(&written, false, false, required.contains(&name)));
            }
        }
    }

    /// The record in an envelope, which holds nothing else but the siblings.
    fn enveloped(
        &mut self,
        place: &str,
        whole: &'a Value,
        envelope: &str,
        siblings: &[&str],
    ) -> String {
        let (fields, _) = self.reference.fields(whole);
        let others =
            fields.iter().filter(|(name, _)| *name != envelope && !siblings.contains(name)).count();
        assert_eq!(others, 0, "{place}: the envelope holds more than is said of it");
        let record = fields
            .iter()
            .find(|(name, _)| *name == envelope)
            .expect("the record is in its envelope")
            .1;
        self.written(place, record)
    }

    /// A type as a table writes it, after a visit to what it names.
    fn written(&mut self, place: &str, schema: &'a Value) -> String {
        if let Some(name) = referred(schema) {
            if let Some((_, written)) = WRITTEN_OTHERWISE.iter().find(|(known, _)| *known == name) {
                return (*written).into();
            }
            if name != "OpenObject" && self.reached.insert(name) {
                self.named(name);
            }
            return name.into();
        }
        if let Some(schema) = self.reference.but_null(schema) {
            return self.written(place, schema);
        }
        if let Some(one) = self.reference.one_or_many(schema) {
            return format!("OneOrMany<{}>", self.written(place, one));
        }
        let (mut kinds, _) = self.reference.kinds(schema);
        kinds.sort_unstable();
        match kinds.as_slice() {
            [] => "Anything".into(),
            ["string"] => match schema["format"].as_str() {
                None if schema.get("enum").is_some() => "words without a name".into(),
                None if schema.get("contentMediaType").is_some() => "File".into(),
                None => "Text".into(),
                Some("uuid") => "Uuid".into(),
                Some("date-time") => "DateTime".into(),
                Some("date") => "PlainDate".into(),
                Some("uri") => "Uri".into(),
                Some("email") => "Email".into(),
                Some(other) => format!("text as {other}"),
            },
            ["integer"] if schema.get("x-money").is_some() => "Cents".into(),
            ["integer"] => "Integer".into(),
            ["number"] => "Number".into(),
            ["boolean"] => "Boolean".into(),
            ["integer", "string"] => "TextOrInteger".into(),
            ["array", "string"] => "TextOrTexts".into(),
            ["boolean", "integer", "string"] => "TextIntegerOrBoolean".into(),
            ["array"] => format!("List<{}>", self.written(&format!("{place}[]"), &schema["items"])),
            ["object"] => {
                if !self.reference.fields(schema).0.is_empty() {
                    self.fields(place, schema);
                    return "an object of its own".into();
                }
                match &schema["additionalProperties"] {
                    values @ Value::Object(_) => {
                        format!("Map<{}>", self.written(&format!("{place}.*"), values))
                    }
                    _ => "OpenObject".into(),
                }
            }
            kinds => format!("{kinds:?}"),
        }
    }

    fn named(&mut self, name: &'a str) {
        let schema = &self.reference.document.components.schemas[name];
        let words = |of: &'a Value| of["enum"].as_array().filter(|_| schema["x-open-enum"] == true);
        let options = schema["anyOf"].as_array().into_iter().flatten();
        let words = words(schema).or_else(|| options.into_iter().find_map(words));
        let said = if let Some(words) = words {
            format!("one of {}", words.iter().map(text).collect::<Vec<_>>().join(", "))
        } else if self.reference.fields(schema).0.is_empty() {
            let written = self.written(name, schema);
            marked(&written, self.reference.kinds(schema).1, false, false)
        } else {
            self.fields(name, schema);
            "a record".into()
        };
        self.say(name.into(), said);
    }

    fn fields(&mut self, place: &str, schema: &'a Value) {
        let (fields, required) = self.reference.fields(schema);
        for (name, of) in fields {
            let place = format!("{place}.{name}");
            let written = self.written(&place, of);
            let masked = self.back && MASKED.contains(&name);
            let null = masked || self.reference.kinds(of).1;
            let absent = masked || of["x-sometimes-absent"] == true;
            if of["deprecated"] == true {
                self.say(format!("{place}: use"), "deprecated");
            }
            self.say(place, marked(&written, null, absent, required.contains(&name)));
        }
    }
}

/// The style of a list with what a client must know of it.
fn pages(of: &Value) -> Option<String> {
    let part = |name: &str, before: &str| of[name].as_str().map(|value| format!("{before}{value}"));
    let page =
        of["firstPage"].as_u64().map(|first| format!("{} from {first}", text(&of["pageParam"])));
    let parts = [
        page,
        part("tokenParam", ""),
        part("cursorParam", ""),
        part("itemsPath", ""),
        part("lastFlag", "until "),
        part("nextToken", "next "),
        part("nextCursor", "next "),
    ];
    let style = text(&of["style"]);
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    (style != "unknown").then(|| format!("{style}: {}", parts.join(", ")))
}
