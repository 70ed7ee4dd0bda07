//! The TypeScript declarations and the façade's table, written from the tables of the APIs.
//!
//! What is declared is what the references know: fields that were always there are, fields that may
//! be missing or null say so, enumerations stay open. What goes to an API may leave out whatever the
//! API does not ask for.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

use crate::operation::{Api, Body, Operation, Paging, Parameter, Resource};
use crate::schema::{Alias, Enumeration, Field, Marks, Record, Type};

/// The names of an API's client and of its namespace of types.
pub fn client_name(api: Api) -> &'static str {
    match api {
        Api::Welkin => "Welkin",
        Api::InboxHealth => "InboxHealth",
    }
}

/// The tables as a JavaScript module, for the façade and for the engine behind it.
pub fn table_module() -> String {
    let mut out = String::from("// Written from the operation tables; see src/table.rs.\n");
    for api in [Api::Welkin, Api::InboxHealth] {
        let _ =
            writeln!(out, "export const {} = `{}`;", client_name(api), crate::table::write(api));
    }
    out
}

/// The method of a resource: the operation's id without the resource.
pub fn method_name(resource: &Resource, operation: &Operation) -> String {
    let method = operation.id.strip_prefix(resource.name).unwrap_or(operation.id);
    let mut letters = method.chars();
    letters.next().map_or_else(String::new, |first| first.to_lowercase().chain(letters).collect())
}

/// What the caller gives in the query object: query parameters and what travels beside an envelope.
fn beside_body(operation: &Operation) -> Vec<&'static Parameter> {
    operation.query.iter().chain(operation.body.map_or(&[][..], |body| body.beside)).collect()
}

/// Which way a record travels.
#[derive(Clone, Copy, Default)]
struct Travels {
    out: bool,
    back: bool,
}

struct Writer {
    api: Api,
    out: String,
    travels: BTreeMap<&'static str, Travels>,
}

/// The namespace of one API: records, resources and the map of operations.
pub fn namespace(api: Api) -> String {
    let mut writer = Writer { api, out: String::new(), travels: travels(api) };
    writer.write();
    writer.out
}

fn travels(api: Api) -> BTreeMap<&'static str, Travels> {
    let mut travels = BTreeMap::new();
    for operation in api.operations() {
        if let Some(body) = operation.body {
            mark(&mut travels, &body.of, &|way| way.out = true, &mut BTreeSet::new());
        }
        if let Some(form) = operation.form {
            mark_record(&mut travels, form.parts, &|way| way.out = true, &mut BTreeSet::new());
        }
        if let Some(reply) = operation.reply {
            mark(&mut travels, &reply.of, &|way| way.back = true, &mut BTreeSet::new());
        }
    }
    travels
}

fn mark(
    travels: &mut BTreeMap<&'static str, Travels>,
    of: &Type,
    way: &dyn Fn(&mut Travels),
    seen: &mut BTreeSet<&'static str>,
) {
    match of {
        Type::List(of) | Type::Map(of) => mark(travels, of, way, seen),
        Type::Record(record) => mark_record(travels, record, way, seen),
        _ => {}
    }
}

fn mark_record(
    travels: &mut BTreeMap<&'static str, Travels>,
    record: &'static Record,
    way: &dyn Fn(&mut Travels),
    seen: &mut BTreeSet<&'static str>,
) {
    if seen.insert(record.name) {
        way(travels.entry(record.name).or_default());
        if let Some(base) = record.base {
            mark_record(travels, base, way, seen);
        }
        for field in record.fields {
            mark(travels, &field.of, way, seen);
        }
    }
}

impl Writer {
    fn line(&mut self, depth: usize, text: &str) {
        if !text.is_empty() {
            self.out.push_str(&"  ".repeat(depth));
            self.out.push_str(text);
        }
        self.out.push('\n');
    }

    fn docs<'d>(&mut self, depth: usize, docs: impl IntoIterator<Item = &'d str>) {
        let docs: Vec<String> = docs
            .into_iter()
            .map(|line| line.trim().replace("*/", "* /").replace("\\<", "<"))
            .collect();
        match docs.as_slice() {
            [] => {}
            [line] => self.line(depth, &format!("/** {line} */")),
            lines => {
                self.line(depth, "/**");
                for line in lines {
                    self.line(depth, format!(" * {line}").trim_end());
                }
                self.line(depth, " */");
            }
        }
    }

    fn write(&mut self) {
        let name = client_name(self.api);
        self.line(0, &format!("export interface {name} extends {name}.Resources {{}}"));
        self.line(0, &format!("export declare namespace {name} {{"));
        self.line(1, "/** The resources of the API. */");
        self.line(1, "interface Resources {");
        for resource in self.api.resources() {
            self.docs(2, resource.docs.iter().copied());
            self.line(2, &format!("readonly {}: {};", resource.name, resource_name(resource)));
        }
        self.line(1, "}");
        for resource in self.api.resources() {
            self.resource(resource);
        }
        self.line(
            1,
            "/** Every operation by its id: wire form in and out, for the generic call. */",
        );
        self.line(1, "interface Operations {");
        for resource in self.api.resources() {
            for operation in resource.operations {
                self.operation(resource, operation);
            }
        }
        self.line(1, "}");
        for resource in self.api.resources() {
            for operation in resource.operations {
                self.query(resource, operation);
            }
        }
        let mut written = BTreeSet::new();
        if self.api == Api::Welkin {
            for record in crate::welkin::pages::RECORDS {
                written.insert(record.name);
                self.record(record);
            }
        }
        for resource in self.api.resources() {
            for record in resource.types.records {
                if written.insert(record.name) {
                    self.record(record);
                }
            }
            for enumeration in resource.types.enumerations {
                if written.insert(enumeration.name) {
                    self.enumeration(enumeration);
                }
            }
            for alias in resource.types.aliases {
                if written.insert(alias.name) {
                    self.alias(alias);
                }
            }
        }
        self.line(0, "}");
    }

    fn resource(&mut self, resource: &'static Resource) {
        self.docs(1, resource.docs.iter().copied());
        self.line(1, &format!("interface {} {{", resource_name(resource)));
        for operation in resource.operations {
            let docs: Vec<&str> =
                operation.docs.iter().copied().chain(self.parameters_docs(operation)).collect();
            self.docs(2, docs);
            let signature = self.signature(resource, operation);
            self.line(2, &signature);
        }
        self.line(1, "}");
    }

    /// `@param` lines for the path parameters.
    fn parameters_docs(&self, operation: &'static Operation) -> Vec<&'static str> {
        operation
            .segments
            .iter()
            .filter(|segment| !segment.docs.is_empty())
            .map(|segment| {
                let text: Vec<&str> = segment.docs.iter().map(|line| line.trim()).collect();
                // The text lives as long as the program that writes the declarations.
                &*Box::leak(format!("@param {} {}", segment.name, text.join(" ")).into_boxed_str())
            })
            .collect()
    }

    fn signature(&self, resource: &Resource, operation: &'static Operation) -> String {
        let mut parameters: Vec<String> = operation
            .segments
            .iter()
            .map(|segment| format!("{}: {}", segment.name, self.written(segment.written, true)))
            .collect();
        let json = operation.body.map(|body| self.body(resource, operation, body));
        let bodies = or_form(operation, json);
        if !bodies.is_empty() {
            parameters.push(format!("body: {bodies}"));
        }
        let query = beside_body(operation);
        if !query.is_empty() {
            let optional =
                if query.iter().any(|of| of.marks.has(Marks::REQUIRED)) { "" } else { "?" };
            parameters.push(format!("query{optional}: {}", query_name(operation)));
        }
        parameters.push("options?: CallOptions".into());
        let none = if operation.file { "FileDownload" } else { "void" };
        let reply = operation.reply.map_or(none.into(), |reply| self.written(reply.written, false));
        let result = match item(operation) {
            Some(item) => format!("List<{reply}, {item}>"),
            None => format!("Promise<{reply}>"),
        };
        format!("{}({}): {result};", method_name(resource, operation), parameters.join(", "))
    }

    /// What is given as the body. `update` changes the fields that it is given: null clears one.
    fn body(&self, resource: &Resource, operation: &Operation, body: &Body) -> String {
        let of = self.written(body.written, true);
        if method_name(resource, operation).starts_with("update") {
            format!("Patch<{of}>")
        } else {
            of
        }
    }

    /// The query object of an operation.
    fn query(&mut self, resource: &Resource, operation: &'static Operation) {
        let parameters = beside_body(operation);
        if parameters.is_empty() {
            return;
        }
        let method = method_name(resource, operation);
        let where_to = if operation.query.is_empty() {
            "; it travels in the body, beside the record"
        } else {
            ""
        };
        let docs = format!("The query of `{}.{method}`{where_to}.", resource.name);
        self.docs(1, [docs.as_str()]);
        self.line(1, &format!("interface {} {{", query_name(operation)));
        for parameter in parameters {
            self.docs(2, parameter.docs.iter().copied());
            let member = self.member(parameter, parameter.name.trim_end_matches("[]"));
            self.line(2, &format!("{member};"));
        }
        self.line(1, "}");
    }

    /// The query as it is written on the wire: most are the query object itself.
    fn wire_query(&self, operation: &'static Operation) -> String {
        if operation.query.is_empty() {
            return "{}".into();
        }
        let keyed = |parameter: &Parameter| matches!(parameter.of, Type::Map(_));
        if !operation
            .query
            .iter()
            .any(|parameter| keyed(parameter) || parameter.name.ends_with("[]"))
        {
            return query_name(operation);
        }
        let members = operation.query.iter().map(|parameter| {
            if keyed(parameter) {
                format!(
                    "[key: `{}[${{string}}]`]: string | number | boolean | undefined",
                    parameter.name
                )
            } else {
                self.member(parameter, parameter.name)
            }
        });
        format!("{{ {} }}", members.collect::<Vec<_>>().join("; "))
    }

    fn member(&self, parameter: &Parameter, name: &str) -> String {
        let written = self.written(parameter.written, true);
        if parameter.marks.has(Marks::REQUIRED) {
            format!("{}: {written}", property(name))
        } else {
            format!("{}?: {written} | undefined", property(name))
        }
    }

    fn operation(&mut self, resource: &Resource, operation: &'static Operation) {
        let path: Vec<String> = operation
            .segments
            .iter()
            .map(|segment| format!("{}: {}", segment.name, self.written(segment.written, true)))
            .collect();
        let path = if path.is_empty() { "{}".into() } else { format!("{{ {} }}", path.join("; ")) };
        let query = self.wire_query(operation);
        let body = operation.body.map(|body| match body.envelope {
            "" => self.body(resource, operation, body),
            _ => {
                let of = self.body(resource, operation, body);
                let mut members = vec![format!("{}: {of}", body.envelope)];
                if body.repeats_id {
                    members.insert(0, "id: Integer".into());
                }
                members.extend(body.beside.iter().map(|beside| self.member(beside, beside.name)));
                format!("{{ {} }}", members.join("; "))
            }
        });
        let body = match or_form(operation, body) {
            none if none.is_empty() => "undefined".into(),
            bodies => bodies,
        };
        let reply = match operation.reply {
            None if operation.file => "FileDownload".into(),
            None => "undefined".into(),
            Some(reply) if reply.envelope.is_empty() => self.written(reply.written, false),
            Some(reply) => {
                format!("{{ {}: {} }}", reply.envelope, self.written(reply.written, false))
            }
        };
        let first: Vec<&str> = operation.docs.iter().take(1).copied().collect();
        self.docs(2, first);
        self.line(
            2,
            &format!(
                "{}: {{ path: {path}; query: {query}; body: {body}; reply: {reply} }};",
                operation.id
            ),
        );
    }

    fn record(&mut self, record: &'static Record) {
        let travels = self.travels.get(record.name).copied().unwrap_or_default();
        self.docs(1, record.docs.iter().copied());
        let base = record.base.map_or(String::new(), |base| format!(" extends {}", base.name));
        self.line(1, &format!("interface {}{base} {{", record.name));
        for field in record.fields {
            self.docs(2, field.docs.iter().copied());
            let text = self.field(field, travels);
            self.line(2, &text);
        }
        self.line(1, "}");
    }

    fn field(&self, field: &Field, travels: Travels) -> String {
        // Any field of an Inbox Health reply may be absent or null (reference, info.description);
        // a record without its id would be none.
        let lenient = self.api == Api::InboxHealth && travels.back && field.name != "id";
        let optional = if travels.out {
            !field.marks.has(Marks::REQUIRED)
        } else {
            field.marks.has(Marks::ABSENT) || (lenient && !field.marks.has(Marks::REQUIRED))
        };
        let null = field.marks.has(Marks::NULL) || (lenient && !field.marks.has(Marks::REQUIRED));
        format!(
            "{}{}: {}{}{};",
            property(field.name),
            if optional { "?" } else { "" },
            self.written(field.written, travels.out && !travels.back),
            if null { " | null" } else { "" },
            // What is undefined is not sent: it may be given.
            if optional && travels.out { " | undefined" } else { "" }
        )
    }

    fn enumeration(&mut self, enumeration: &Enumeration) {
        self.docs(1, enumeration.docs.iter().copied());
        let values: Vec<String> =
            enumeration.values.iter().map(|value| format!("\"{value}\"")).collect();
        self.line(
            1,
            &format!("type {} = {} | (string & {{}});", enumeration.name, values.join(" | ")),
        );
    }

    fn alias(&mut self, alias: &Alias) {
        self.docs(1, alias.docs.iter().copied());
        let null = if alias.marks.has(Marks::NULL) { " | null" } else { "" };
        self.line(
            1,
            &format!("type {} = {}{null};", alias.name, self.written(alias.written, false)),
        );
    }

    /// TypeScript for a type as the table writes it. A date may be given as a `Date`, and no array
    /// that is given is changed.
    fn written(&self, written: &str, given: bool) -> String {
        let written: String = written.chars().filter(|c| !c.is_whitespace()).collect();
        let inside = |outer: &str| {
            written.strip_prefix(outer).and_then(|rest| rest.strip_suffix('>')).map(str::to_owned)
        };
        if let Some(element) = inside("List<") {
            if element == "File" {
                return "FileSource | readonly FileSource[]".into();
            }
            let element = self.written(&element, given);
            let element = if element.contains(' ') { format!("({element})") } else { element };
            return format!("{}{element}[]", if given { "readonly " } else { "" });
        }
        if let Some(value) = inside("Map<") {
            return format!("{{ [key: string]: {} }}", self.written(&value, given));
        }
        match written.as_str() {
            "Text" => "string".into(),
            "Boolean" => "boolean".into(),
            "Number" => "number".into(),
            "Anything" => "unknown".into(),
            "File" => "FileSource".into(),
            "TextOrInteger" => "string | number".into(),
            "TextOrTexts" => "string | string[]".into(),
            "TextIntegerOrBoolean" => "string | number | boolean".into(),
            "DateTime" if given => "DateTime | Date".into(),
            other => other.into(),
        }
    }
}

/// The bodies that an operation takes: JSON, a form, or either of them.
fn or_form(operation: &Operation, json: Option<String>) -> String {
    json.into_iter()
        .chain(operation.form.map(|form| form.written.into()))
        .collect::<Vec<_>>()
        .join(" | ")
}

/// The type of the records of a list, looked up in the page.
fn item(operation: &'static Operation) -> Option<String> {
    let page = operation.reply?.written;
    let at = |keys: &[&str]| {
        Some(format!("{page}{}", keys.iter().map(|key| format!("[\"{key}\"]")).collect::<String>()))
    };
    let list = match operation.paging {
        Paging::None => return None,
        Paging::SpringPage | Paging::PageToken => at(&["content"]),
        Paging::NamedSpringPage => at(&["data", "content"]),
        Paging::MetaInfo | Paging::Cursor => at(&["data"]),
        Paging::RecordsObject => at(&["records"]),
        Paging::PageNumber(key) => at(&[key]),
        Paging::PlainArray => Some(page.to_owned()),
    };
    list.map(|list| format!("Item<{list}>"))
}

/// The name of an operation's query object: `UsersListQuery`.
fn query_name(operation: &Operation) -> String {
    let mut letters = operation.id.chars();
    letters.next().map_or_else(String::new, |first| {
        first.to_uppercase().chain(letters).chain("Query".chars()).collect()
    })
}

fn resource_name(resource: &Resource) -> String {
    let mut letters = resource.name.chars();
    letters.next().map_or_else(String::new, |first| {
        first.to_uppercase().chain(letters).chain("Resource".chars()).collect()
    })
}

fn property(name: &str) -> String {
    let plain = name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_');
    if plain { name.to_owned() } else { format!("\"{name}\"") }
}
