//! The TypeScript declarations and the façade's table, written from the tables of the APIs.
//!
//! What is declared is what the references know: fields that were always there are, fields that may
//! be missing or null say so, enumerations stay open. What goes to an API may leave out whatever the
//! API does not ask for.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

use crate::operation::{Api, Operation, Paging, Parameter, Resource};
use crate::schema::{Alias, Enumeration, Field, Marks, Record, Type};

mod shaped;

use shaped::Shaped;

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
    for api in [Api::InboxHealth, Api::Welkin] {
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

/// The values of a query parameter that is an object.
const SCALAR: &str = "string | number | boolean | undefined";

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
    shaped: Shaped,
}

/// The namespace of one API: records, resources and the map of operations.
pub fn namespace(api: Api) -> String {
    let mut writer =
        Writer { api, out: String::new(), travels: travels(api), shaped: Shaped::of(api) };
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
        Type::List(of) | Type::Map(of) | Type::OneOrMany(of) => mark(travels, of, way, seen),
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

/// Records that may lack what they have from their base: "system keys may be missing in user-scoped lists"
/// (reference, `EncounterBody`).
const LOOSE: &[&str] = &["EncounterBody"];

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
            .map(|line| match line.strip_prefix(DEPRECATED) {
                Some(advice) => format!("@deprecated {}", capital(advice.trim())),
                None => line,
            })
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
        for types in self.api.types() {
            for record in types.records {
                if written.insert(record.name) {
                    self.record(record);
                }
            }
            for enumeration in types.enumerations {
                if written.insert(enumeration.name) {
                    self.enumeration(enumeration);
                }
            }
            for alias in types.aliases {
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
        let json = operation
            .body
            .map(|body| changed(resource, operation, self.written(body.written, true)));
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
            Some(item) => format!("List<{reply}, {}>", self.written(item, false)),
            None => format!("Promise<{reply}>"),
        };
        let taken = operation.body.and_then(|body| self.shaped.within(body.written));
        let given = || operation.reply.and_then(|reply| self.shaped.within(reply.written));
        let generic = self.type_parameter(taken.or_else(given).as_deref());
        let method = method_name(resource, operation);
        format!("{method}{generic}({}): {result};", parameters.join(", "))
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
                format!("[key: `{}[${{string}}]`]: {SCALAR}", parameter.name)
            } else {
                self.member(parameter, parameter.name)
            }
        });
        format!("{{ {} }}", members.collect::<Vec<_>>().join("; "))
    }

    fn member(&self, parameter: &Parameter, name: &str) -> String {
        let written = match parameter.of {
            Type::Map(_) => format!("{{ [key: string]: {SCALAR} }}"),
            _ => self.written(parameter.written, true),
        };
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
            "" => changed(resource, operation, self.wire(body.written, true)),
            _ => {
                let of = changed(resource, operation, self.wire(body.written, true));
                let mut members = vec![format!("{}: {of}", body.envelope)];
                if body.repeats_id {
                    members.insert(0, "id: Integer".into());
                }
                let sent = body.beside.iter().filter(|beside| !beside.marks.has(Marks::COMPARED));
                members.extend(sent.map(|beside| self.member(beside, beside.name)));
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
            Some(reply) if reply.envelope.is_empty() => self.wire(reply.written, false),
            Some(reply) => {
                format!("{{ {}: {} }}", reply.envelope, self.wire(reply.written, false))
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
        self.docs(1, record.docs.iter().copied());
        let own = self.shaped.within(record.name);
        let name = format!("{}{}", record.name, self.type_parameter(own.as_deref()));
        let base = record.base.map(|base| match self.written(base.name, false) {
            base if LOOSE.contains(&record.name) => format!("Partial<{base}>"),
            base => base,
        });
        if record.shaped {
            // No interface extends what is not known yet.
            let base = base.map_or(String::new(), |base| format!("{base} & "));
            let back = self.travels.get(record.name).is_some_and(|way| way.back);
            let data = if back { "Returned<Data>" } else { "Data" };
            if record.fields.is_empty() {
                return self.line(1, &format!("type {name} = {base}{data};"));
            }
            self.line(1, &format!("type {name} = {base}{{"));
            self.fields(record);
            self.line(1, &format!("}} & {data};"));
        } else {
            let base = base.map_or(String::new(), |base| format!(" extends {base}"));
            self.line(1, &format!("interface {name}{base} {{"));
            self.fields(record);
            self.line(1, "}");
        }
    }

    fn fields(&mut self, record: &'static Record) {
        let travels = self.travels.get(record.name).copied().unwrap_or_default();
        for field in record.fields {
            self.docs(2, field.docs.iter().copied());
            let text = self.field(field, travels);
            self.line(2, &text);
        }
    }

    fn field(&self, field: &Field, travels: Travels) -> String {
        // Any field of an Inbox Health reply may be absent or null (reference, info.description);
        // a record without its id would be none.
        let lenient = self.api == Api::InboxHealth && travels.back && field.name != "id";
        // What travels both ways is declared as it comes back: `Given` says how it is given.
        let only_out = travels.out && !travels.back;
        let optional = if only_out {
            !field.marks.has(Marks::REQUIRED)
        } else {
            field.marks.has(Marks::ABSENT) || (lenient && !field.marks.has(Marks::REQUIRED))
        };
        let null = field.marks.has(Marks::NULL) || (lenient && !field.marks.has(Marks::REQUIRED));
        format!(
            "{}{}: {}{}{};",
            property(field.name),
            if optional { "?" } else { "" },
            self.written(field.written, only_out),
            if null { " | null" } else { "" },
            // What is undefined is not sent: it may be given.
            if optional && only_out { " | undefined" } else { "" }
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
        let generic = self.type_parameter(self.shaped.within(alias.name).as_deref());
        let written = self.written(alias.written, false);
        self.line(1, &format!("type {}{generic} = {written}{null};", alias.name));
    }

    /// The parameter of what holds values that the customer shapes.
    fn type_parameter(&self, value: Option<&str>) -> String {
        let Some(value) = value else { return String::new() };
        let bound = match inside(value, "Map") {
            Some(value) => format!(" extends Record<keyof Data, {}>", self.wire(value, false)),
            None if value == "Anything" => String::new(),
            None => " extends object".into(),
        };
        format!("<Data{bound} = {}>", self.wire(value, false))
    }

    /// TypeScript for a type as the table writes it, where the caller names the type of what the
    /// customer shapes.
    fn written(&self, written: &str, given: bool) -> String {
        self.typescript(written, given, true)
    }

    /// The same where nobody names it.
    fn wire(&self, written: &str, given: bool) -> String {
        self.typescript(written, given, false)
    }

    /// A date may be given as a `Date`, and no array that is given is changed.
    fn typescript(&self, written: &str, given: bool, named: bool) -> String {
        let written: String = written.chars().filter(|c| !c.is_whitespace()).collect();
        let inside = |outer: &str| inside(&written, outer);
        let typescript = |written: &str| self.typescript(written, given, named);
        if let Some(element) = inside("List") {
            if element == "File" {
                return "FileSource | readonly FileSource[]".into();
            }
            let element = typescript(element);
            let element = if element.contains(' ') { format!("({element})") } else { element };
            return format!("{}{element}[]", if given { "readonly " } else { "" });
        }
        if let Some(one) = inside("OneOrMany") {
            let one = typescript(one);
            return format!("{one} | {one}[]");
        }
        if let Some(value) = inside("Map") {
            return format!("{{ [key: string]: {} }}", typescript(value));
        }
        if let Some(changed) = inside("Changes") {
            return format!("Changes<{}>", typescript(changed));
        }
        if let Some(value) = inside("Shaped") {
            return if named { "Data".into() } else { typescript(value) };
        }
        let generic = if named && self.shaped.has(&written) { "<Data>" } else { "" };
        let both_ways = self.travels.get(written.as_str()).is_some_and(|way| way.out && way.back);
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
            record if given && both_ways => format!("Given<{record}{generic}>"),
            other => format!("{other}{generic}"),
        }
    }
}

/// How the documentation of what should not be used any more begins.
pub const DEPRECATED: &str = "Deprecated:";

/// The same with a capital letter.
fn capital(name: &str) -> String {
    let mut letters = name.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// What stands between the angle brackets of a type as the table writes it.
fn inside<'w>(written: &'w str, outer: &str) -> Option<&'w str> {
    written.strip_prefix(outer)?.strip_prefix('<')?.strip_suffix('>')
}

/// What is given as a body. `update` changes the fields that it is given: null clears one.
fn changed(resource: &Resource, operation: &Operation, body: String) -> String {
    let update = method_name(resource, operation).starts_with("update");
    if update && !body.starts_with("Changes<") { format!("Patch<{body}>") } else { body }
}

/// The bodies that an operation takes: JSON, a form, or either of them.
fn or_form(operation: &Operation, json: Option<String>) -> String {
    json.into_iter()
        .chain(operation.form.map(|form| form.written.into()))
        .collect::<Vec<_>>()
        .join(" | ")
}

/// The type of the records of a list as the table writes it, looked up in the page.
fn item(operation: &'static Operation) -> Option<&'static str> {
    let page = operation.reply?;
    let keys: &[&str] = match &operation.paging {
        Paging::None => return None,
        Paging::PlainArray => return inside(page.written, "List"),
        Paging::SpringPage | Paging::PageToken => &["content"],
        Paging::NamedSpringPage => &["data", "content"],
        Paging::MetaInfo | Paging::Cursor => &["data"],
        Paging::RecordsObject => &["records"],
        Paging::PageNumber(key) => std::slice::from_ref(key),
    };
    let (mut of, mut written) = (&page.of, page.written);
    for key in keys {
        let Type::Record(record) = of else { return None };
        let field = record.fields.iter().find(|field| field.name == *key)?;
        (of, written) = (&field.of, field.written);
    }
    inside(written, "List")
}

/// The name of an operation's query object: `UsersListQuery`.
fn query_name(operation: &Operation) -> String {
    capital(operation.id) + "Query"
}

fn resource_name(resource: &Resource) -> String {
    capital(resource.name) + "Resource"
}

fn property(name: &str) -> String {
    let plain = name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_');
    if plain { name.to_owned() } else { format!("\"{name}\"") }
}
