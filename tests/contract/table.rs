//! What the operation tables say.

use std::collections::{BTreeMap, BTreeSet};
use std::iter::successors;

use carewire::declarations::{DEPRECATED, method_name};
use carewire::operation::{Api, Operation, Paging, Parameter, Repeat, Resource};
use carewire::schema::{Alias, Enumeration, Field, Marks, Record, Type};

use crate::facts::{Facts, marked};

/// The names that every table may use without declaring them.
const BUILT_IN: &[&str] = &[
    "Text",
    "Uuid",
    "DateTime",
    "PlainDate",
    "Uri",
    "Email",
    "Integer",
    "Cents",
    "Number",
    "Boolean",
    "Anything",
    "File",
    "OpenObject",
    "TextOrInteger",
    "TextOrTexts",
    "TextIntegerOrBoolean",
];

#[derive(Clone, Copy)]
enum Declared {
    Record(&'static Record),
    Enumeration(&'static Enumeration),
    Alias(&'static Alias),
}

/// The facts of an API's table. A record whose name the reference does not have stands for an object
/// without a name there, and is described where it is used.
pub fn facts(api: Api, reference_names: &BTreeSet<String>) -> Facts {
    let mut walk = Walk {
        reference_names,
        declared: BTreeMap::new(),
        reached: BTreeSet::new(),
        facts: Facts::new(),
    };
    let names = walk.declare(api);
    for resource in api.resources() {
        for operation in resource.operations {
            walk.operation(resource, operation);
        }
    }
    let webhooks = match api {
        Api::Welkin => carewire::welkin::webhooks::RECORDS,
        Api::InboxHealth => carewire::inbox_health::webhooks::RECORDS,
    };
    for record in webhooks {
        if walk.reached.contains(record.name) {
            // It is a part of another one.
            continue;
        }
        let written = walk.written("webhook", record.name);
        walk.say(format!("{written}: comes"), "by webhook");
    }
    for name in names {
        if !walk.reached.contains(name) {
            walk.facts.insert(name.into(), "declared, but no operation reaches it".into());
        }
    }
    walk.facts
}

struct Walk<'a> {
    reference_names: &'a BTreeSet<String>,
    declared: BTreeMap<&'static str, Declared>,
    reached: BTreeSet<String>,
    facts: Facts,
}

impl Walk<'_> {
    fn declare(&mut self, api: Api) -> Vec<&'static str> {
        let types = || api.types();
        let records = types().flat_map(|types| types.records);
        let declared: Vec<(&'static str, Declared)> =
            records
                .map(|record| (record.name, Declared::Record(record)))
                .chain(types().flat_map(|types| {
                    types.enumerations.iter().map(|of| (of.name, Declared::Enumeration(of)))
                }))
                .chain(types().flat_map(|types| {
                    types.aliases.iter().map(|of| (of.name, Declared::Alias(of)))
                }))
                .collect();
        for (name, what) in &declared {
            if self.declared.insert(name, *what).is_some() {
                // The declarations for TypeScript have one namespace for each API.
                self.say(format!("{name} (name)"), "declared twice");
            }
        }
        declared.into_iter().map(|(name, _)| name).collect()
    }

    fn say(&mut self, place: String, what: impl Into<String>) {
        self.facts.insert(place, what.into());
    }

    fn operation(&mut self, resource: &Resource, operation: &'static Operation) {
        let id = operation.id;
        self.say(
            format!("{id}: call"),
            format!("{}.{}", resource.name, method_name(resource, operation)),
        );
        self.say(
            format!("{id}: request"),
            format!("{} {}", operation.method.name(), operation.path),
        );
        let segments: Vec<&str> = operation.segments.iter().map(|segment| segment.name).collect();
        self.say(format!("{id}: path"), segments.join(", "));
        for segment in operation.segments {
            self.parameter(&format!("{id}: path {}", segment.name), segment, "");
        }
        for parameter in operation.query {
            let style = match parameter.written.split('<').next().map(str::trim) {
                Some("Map") => ", as name[key]",
                Some("List") if parameter.name.ends_with("[]") => ", repeated",
                Some("List") => ", comma separated",
                _ => "",
            };
            self.parameter(&format!("{id}: query {}", parameter.name), parameter, style);
        }
        if let Some(body) = operation.body {
            let place = format!("{id}: body");
            let written = self.written(&place, body.written);
            let envelope =
                if body.envelope.is_empty() { "" } else { &format!(" in {}", body.envelope) };
            let repeated = if body.repeats_id { " and id" } else { "" };
            self.say(place, format!("{written}{envelope}{repeated}"));
            // What is only compared never reaches the API.
            for beside in body.beside.iter().filter(|beside| !beside.marks.has(Marks::COMPARED)) {
                self.parameter(&format!("{id}: beside {}", beside.name), beside, "");
            }
            let adds = nested(&body.of);
            if operation.repeat == Repeat::Safe && !adds.is_empty() {
                self.say(format!("{id}: adds"), adds.join(", "));
            }
        }
        if let Some(form) = operation.form {
            let place = format!("{id}: form");
            let written = self.written(&place, form.written);
            self.say(place, written);
        }
        if operation.file {
            self.say(format!("{id}: reply"), "a file");
        }
        if let Some(reply) = operation.reply {
            let place = format!("{id}: reply");
            let written = self.written(&place, reply.written);
            let envelope =
                if reply.envelope.is_empty() { "" } else { &format!(" in {}", reply.envelope) };
            self.say(place, format!("{written}{envelope}"));
        }
        if let Some(pages) = pages(operation.paging) {
            self.say(format!("{id}: pages"), pages);
        }
        let repeat = if operation.repeat == Repeat::Safe { "safe" } else { "unsafe" };
        self.say(format!("{id}: repeat"), repeat);
        if operation.open {
            self.say(format!("{id}: token"), "none");
        }
        let documented = |words: &str| says(operation.docs, words);
        if documented(DEPRECATED) {
            self.say(format!("{id}: use"), "deprecated");
        }
        if documented("Experimental:") {
            self.say(format!("{id}: confidence"), "named-only");
        }
        if documented("Closed to API clients:") {
            self.say(format!("{id}: API clients"), "denied");
        }
    }

    fn parameter(&mut self, place: &str, parameter: &Parameter, style: &str) {
        let written = self.written(place, parameter.written);
        let required = parameter.marks.has(Marks::REQUIRED);
        self.say(place.into(), format!("{}{style}", marked(&written, false, false, required)));
    }

    /// A type as the table writes it, after a visit to what it names.
    fn written(&mut self, place: &str, written: &str) -> String {
        let written: String = written.chars().filter(|c| !c.is_whitespace()).collect();
        // Of what the customer shapes, the reference says no more than what it is otherwise.
        for marker in ["Shaped<", "Changes<"] {
            if let Some(inner) = written.strip_prefix(marker).and_then(|it| it.strip_suffix('>')) {
                return self.written(place, inner);
            }
        }
        for (outer, step) in [("List", "[]"), ("Map", ".*"), ("OneOrMany", "")] {
            let inner = written.strip_prefix(outer).and_then(|rest| rest.strip_prefix('<'));
            if let Some(inner) = inner.and_then(|rest| rest.strip_suffix('>')) {
                return format!("{outer}<{}>", self.written(&format!("{place}{step}"), inner));
            }
        }
        match self.declared.get(written.as_str()).copied() {
            Some(Declared::Record(record)) if !self.reference_names.contains(&written) => {
                self.reached.insert(written);
                self.fields(place, record);
                "an object of its own".into()
            }
            Some(declared) => {
                if self.reached.insert(written.clone()) {
                    self.declared(&written, declared);
                }
                written
            }
            None if BUILT_IN.contains(&written.as_str()) => written,
            None => format!("{written}, which is not declared"),
        }
    }

    fn declared(&mut self, name: &str, declared: Declared) {
        let what = match declared {
            Declared::Enumeration(enumeration) => {
                format!("one of {}", enumeration.values.join(", "))
            }
            Declared::Alias(alias) => {
                let written = self.written(name, alias.written);
                marked(&written, alias.marks.has(Marks::NULL), false, false)
            }
            Declared::Record(record) => {
                self.fields(name, record);
                "a record".into()
            }
        };
        self.say(name.into(), what);
    }

    fn fields(&mut self, place: &str, record: &'static Record) {
        if let Some(base) = record.base {
            self.reached.insert(base.name.into());
            self.fields(place, base);
        }
        for Field { name, written, marks, docs, .. } in record.fields {
            let place = format!("{place}.{name}");
            if says(docs, DEPRECATED) {
                self.say(format!("{place}: use"), "deprecated");
            }
            let written = self.written(&place, written);
            let (null, absent) = (marks.has(Marks::NULL), marks.has(Marks::ABSENT));
            self.say(place, marked(&written, null, absent, marks.has(Marks::REQUIRED)));
        }
    }
}

/// Whether a line of the documentation begins with these words.
fn says(docs: &[&str], words: &str) -> bool {
    docs.iter().any(|line| line.trim().starts_with(words))
}

/// The fields of a body that hold nested records.
fn nested(of: &Type) -> Vec<&'static str> {
    let Type::Record(record) = of else { return Vec::new() };
    let records = successors(Some(*record), |record| record.base);
    let names = records.flat_map(|record| record.fields).map(|field| field.name);
    names.filter(|name| name.ends_with("_attributes")).collect()
}

/// What the engine does for each style, in the words of `x-pagination`.
fn pages(paging: Paging) -> Option<String> {
    Some(match paging {
        Paging::None => return None,
        Paging::SpringPage => "spring-page: page from 0, content, until last".into(),
        Paging::NamedSpringPage => {
            "named-spring-page: page from 0, data.content, until data.last".into()
        }
        Paging::MetaInfo => "meta-info: page from 0, data, until metaInfo.lastPage".into(),
        Paging::PageToken => "page-token: pageToken, content, next meta.nextPageToken".into(),
        Paging::Cursor => "cursor: start, data or content, next cursor.end".into(),
        Paging::PlainArray => "plain-array: (root array)".into(),
        Paging::RecordsObject => "records-object: records".into(),
        Paging::PageNumber(key) => format!("page-number: page from 1, {key}"),
    })
}
