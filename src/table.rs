//! The operation tables as compact text.
//!
//! Linked as static data the tables of both APIs cost the client's wasm about 25 KB after brotli; as
//! this text they cost 9 KB, and the JavaScript façade, which needs the names of all methods before
//! the wasm is there, reads the same text. So the build writes the text from the static tables with
//! [`write`], and the client reads it with [`read`] into the same [`Operation`]s.
//!
//! One line per record, then `#` with the prefix that most paths share, then one line per operation:
//!
//! ```text
//! firstName:t,lastName,birthDate:t?,careTeam:[r3
//! ^0,content:[r5
//! #/{tenantName}/{instanceName}
//! patients.get|G|~/patients/{patientId}|t|type:t,expand:b||r7
//! .delete|D|~/patients/{patientId}|t
//! ```
//!
//! A field without a type has that of the field before it. Types are `a`nything, `t`ext, `i`nteger,
//! `n`umber, `b`oolean, `m`ixed with its bits, `f`ile, `[` list of, `{` map of, `o`ne or many of and
//! `r`ecord by line; `?`, `!` and `=` mark null, required and compared. `^` names the base of a
//! record. An operation has its name (that of the resource only if it is another one than on the
//! line before), method, path (`~` stands for the prefix), types of path parameters, query, body
//! (`type>envelope`, `+` when the id is repeated, then after `;` what travels beside, after `;`
//! what adds records, after `;` the form with files and after `;` the names of a [`Whole`]), reply
//! (`type>envelope`), paging (`p` with the key of a numbered list, unless the path ends in it), and
//! `x` when repeating it is not what its method promises, `f` for a reply that is a file, `o` for an
//! open call. What is empty at the end of a line or of a body is left out.

use crate::engine::text::{joined, whole};
use crate::operation::{Body, Form, Method, Operation, Paging, Parameter, Repeat, Reply, Whole};
use crate::schema::{Field, Marks, Record, Type};

/// One letter for each method: `POST`, `PUT` and `PATCH` begin alike.
const METHODS: [(&str, Method); 5] = [
    ("G", Method::GET),
    ("P", Method::POST),
    ("U", Method::PUT),
    ("A", Method::PATCH),
    ("D", Method::DELETE),
];
const PAGINGS: [Paging; 8] = [
    Paging::None,
    Paging::SpringPage,
    Paging::NamedSpringPage,
    Paging::MetaInfo,
    Paging::PageToken,
    Paging::Cursor,
    Paging::PlainArray,
    Paging::RecordsObject,
];

/// Reads the text into operations that live as long as the program; `None` when it is not such text.
pub fn read(text: &str) -> Option<Vec<&'static Operation>> {
    let mut operations = keep(text.to_owned());
    let mut records = cut(&mut operations, b'#');
    if operations.is_empty() {
        return None;
    }
    let mut reader = Reader::default();
    while !records.is_empty() {
        let record = reader.record(cut(&mut records, b'\n'))?;
        reader.records.push(record);
    }
    reader.prefix = cut(&mut operations, b'\n');
    let mut read = Vec::new();
    while !operations.is_empty() {
        read.push(reader.operation(cut(&mut operations, b'\n'))?);
    }
    Some(read)
}

/// The table is read once and lives as long as the program.
fn keep(text: String) -> &'static str {
    Box::leak(text.into_boxed_str())
}

/// Takes off what comes before the mark, and the mark; all of the text when there is none.
fn cut(text: &mut &'static str, mark: u8) -> &'static str {
    let end = text.bytes().position(|byte| byte == mark).unwrap_or(text.len());
    let (before, rest) = text.split_at_checked(end).unwrap_or((text, ""));
    *text = rest.get(1..).unwrap_or_default();
    before
}

#[derive(Default)]
struct Reader {
    records: Vec<&'static Record>,
    prefix: &'static str,
    /// The resource of the operation before.
    resource: &'static str,
}

impl Reader {
    fn record(&self, mut line: &'static str) -> Option<&'static Record> {
        let base = if line.starts_with('^') {
            let mut base = cut(&mut line, b',').get(1..)?;
            Some(*self.records.get(number(&mut base)?)?)
        } else {
            None
        };
        let mut fields = Vec::new();
        for (name, of, marks) in self.values(line)? {
            fields.push(Field {
                name,
                of,
                marks,
                #[cfg(feature = "declarations")]
                written: "",
                #[cfg(feature = "declarations")]
                docs: &[],
            });
        }
        Some(Box::leak(Box::new(Record {
            base,
            fields: fields.leak(),
            #[cfg(feature = "declarations")]
            shaped: false,
            #[cfg(feature = "declarations")]
            name: "",
            #[cfg(feature = "declarations")]
            docs: &[],
        })))
    }

    fn operation(&mut self, mut line: &'static str) -> Option<&'static Operation> {
        let mut part = || cut(&mut line, b'|');
        let mut name = part();
        let resource = cut(&mut name, b'.');
        if !resource.is_empty() {
            self.resource = resource;
        }
        let (first, rest) = name.split_at_checked(1)?;
        let id = joined(&[self.resource, &first.to_ascii_uppercase(), rest]);
        let letter = part();
        let method = METHODS.iter().find(|(known, _)| *known == letter)?.1;
        let mut path = part();
        if let Some(rest) = path.strip_prefix('~') {
            path = keep(joined(&[self.prefix, rest]));
        }
        let segments = self.segments(path, part())?;
        let query = self.parameters(part())?;
        let (body, form) = self.body(part())?;
        let reply = self.reply(part())?;
        let mut page = part();
        let paging = if page.starts_with('p') {
            let key = page.get(1..)?;
            let last = path.bytes().rposition(|byte| byte == b'/')? + 1;
            Paging::PageNumber(if key.is_empty() { path.get(last..)? } else { key })
        } else {
            *PAGINGS.get(if page.is_empty() { 0 } else { number(&mut page)? })?
        };
        let flags = part();
        let safe =
            matches!(method, Method::GET | Method::PUT | Method::DELETE) != flags.starts_with('x');
        Some(Box::leak(Box::new(Operation {
            id: keep(id),
            method,
            path,
            segments,
            query,
            body,
            form,
            reply,
            file: flags.bytes().any(|flag| flag == b'f'),
            paging,
            repeat: if safe { Repeat::Safe } else { Repeat::Unsafe },
            open: flags.ends_with('o'),
            #[cfg(feature = "declarations")]
            docs: &[],
        })))
    }

    /// The path parameters that a caller gives, named by the path.
    fn segments(
        &self,
        mut path: &'static str,
        mut types: &'static str,
    ) -> Option<&'static [Parameter]> {
        let mut segments = Vec::new();
        while !path.is_empty() {
            let part = cut(&mut path, b'/');
            if let Some(name) = part.strip_prefix('{').and_then(|part| part.strip_suffix('}'))
                && !CLIENT_FILLS.contains(&name)
            {
                segments.push(parameter(name, self.of(&mut types)?, Marks::REQUIRED));
            }
        }
        Some(segments.leak())
    }

    fn parameters(&self, text: &'static str) -> Option<&'static [Parameter]> {
        let mut parameters = Vec::new();
        for (name, of, marks) in self.values(text)? {
            parameters.push(parameter(name, of, marks));
        }
        Some(parameters.leak())
    }

    fn body(
        &self,
        mut text: &'static str,
    ) -> Option<(Option<&'static Body>, Option<&'static Form>)> {
        let body = cut(&mut text, b';');
        let beside = self.parameters(cut(&mut text, b';'))?;
        let mut added = cut(&mut text, b';');
        let mut parts = cut(&mut text, b';');
        let form = match (parts, self.of(&mut parts)) {
            ("", _) => None,
            (_, Some(Type::Record(parts))) => Some(&*Box::leak(Box::new(Form {
                parts,
                #[cfg(feature = "declarations")]
                written: "",
            }))),
            _ => return None,
        };
        if body.is_empty() {
            return Some((None, form));
        }
        let (of, envelope) = self.enveloped(body)?;
        let mut adds = Vec::new();
        while !added.is_empty() {
            adds.push(cut(&mut added, b','));
        }
        let mut name = || cut(&mut text, b',');
        let whole = Whole { flag: name(), field: name(), record: name(), of: name() };
        let repeats_id = envelope.ends_with('+');
        let body = &*Box::leak(Box::new(Body {
            of,
            envelope: envelope.strip_suffix('+').unwrap_or(envelope),
            beside,
            repeats_id,
            adds: adds.leak(),
            whole: (!whole.of.is_empty()).then(|| &*Box::leak(Box::new(whole))),
            #[cfg(feature = "declarations")]
            written: "",
        }));
        Some((Some(body), form))
    }

    fn reply(&self, text: &'static str) -> Option<Option<&'static Reply>> {
        if text.is_empty() {
            return Some(None);
        }
        let (of, envelope) = self.enveloped(text)?;
        Some(Some(Box::leak(Box::new(Reply {
            of,
            envelope,
            #[cfg(feature = "declarations")]
            written: "",
        }))))
    }

    fn enveloped(&self, mut envelope: &'static str) -> Option<(Type, &'static str)> {
        let mut of = cut(&mut envelope, b'>');
        Some((self.of(&mut of)?, envelope))
    }

    /// Names with types and marks; a name alone has those of the name before it.
    fn values(&self, mut text: &'static str) -> Option<Vec<(&'static str, Type, Marks)>> {
        let mut values = Vec::new();
        let mut of = Type::Anything;
        let mut marks = Marks::default();
        while !text.is_empty() {
            let mut written = cut(&mut text, b',');
            let name = cut(&mut written, b':');
            if !written.is_empty() {
                of = self.of(&mut written)?;
                marks = Marks::default();
                for mark in written.bytes() {
                    marks = marks.and(match mark {
                        b'?' => Marks::NULL,
                        b'=' => Marks::COMPARED,
                        _ => Marks::REQUIRED,
                    });
                }
            }
            values.push((name, of, marks));
        }
        Some(values)
    }

    /// Takes a type off the text.
    fn of(&self, text: &mut &'static str) -> Option<Type> {
        let (letter, rest) = text.split_at_checked(1)?;
        *text = rest;
        let inner = |text: &mut &'static str| Some(&*Box::leak(Box::new(self.of(text)?)));
        Some(match letter {
            "a" => Type::Anything,
            "t" => Type::Text,
            "i" => Type::Integer,
            "n" => Type::Number,
            "b" => Type::Boolean,
            "f" => Type::File,
            "m" => Type::Mixed(number(text)? as u8),
            "[" => Type::List(inner(text)?),
            "{" => Type::Map(inner(text)?),
            "o" => Type::OneOrMany(inner(text)?),
            "r" => Type::Record(self.records.get(number(text)?)?),
            _ => return None,
        })
    }
}

/// Path parameters that the client knows.
const CLIENT_FILLS: [&str; 2] = ["tenantName", "instanceName"];

fn parameter(name: &'static str, of: Type, marks: Marks) -> Parameter {
    Parameter {
        name,
        of,
        marks,
        #[cfg(feature = "declarations")]
        written: "",
        #[cfg(feature = "declarations")]
        docs: &[],
    }
}

/// Takes a number off the text.
fn number(text: &mut &'static str) -> Option<usize> {
    let end = text.bytes().position(|byte| !byte.is_ascii_digit()).unwrap_or(text.len());
    let (digits, rest) = text.split_at_checked(end)?;
    *text = rest;
    whole(digits).map(|number| number as usize)
}

/// Writes the table of an API as text.
#[cfg(feature = "declarations")]
pub fn write(api: crate::operation::Api) -> String {
    let prefix = match api {
        crate::operation::Api::Welkin => "/{tenantName}/{instanceName}",
        crate::operation::Api::InboxHealth => "/partner/v2",
    };
    let mut writer = Writer { prefix, ..Writer::default() };
    let mut operations = String::new();
    for resource in api.resources() {
        let mut name = resource.name;
        for operation in resource.operations {
            let method = crate::declarations::method_name(resource, operation);
            let line = writer.operation(&format!("{name}.{method}"), operation);
            operations.push('\n');
            operations.push_str(line.trim_end_matches('|'));
            name = "";
        }
    }
    format!("{}\n#{prefix}{operations}", writer.lines.join("\n"))
}

#[cfg(feature = "declarations")]
#[derive(Default)]
struct Writer {
    prefix: &'static str,
    records: Vec<&'static Record>,
    lines: Vec<String>,
}

#[cfg(feature = "declarations")]
impl Writer {
    /// The line of a record, written before the lines that use it.
    fn record(&mut self, record: &'static Record) -> usize {
        if let Some(line) = self.records.iter().position(|known| std::ptr::eq(*known, record)) {
            return line;
        }
        let base = record.base.map(|base| format!("^{},", self.record(base)));
        let fields: Vec<_> =
            record.fields.iter().map(|field| (field.name, &field.of, field.marks)).collect();
        let line = base.unwrap_or_default() + &self.values(&fields);
        self.records.push(record);
        self.lines.push(line);
        self.lines.len() - 1
    }

    fn values(&mut self, values: &[(&'static str, &Type, Marks)]) -> String {
        let mut last = String::new();
        let mut written = Vec::new();
        for (name, of, marks) in values {
            let null = if marks.has(Marks::NULL) { "?" } else { "" };
            let required = if marks.has(Marks::REQUIRED) { "!" } else { "" };
            let compared = if marks.has(Marks::COMPARED) { "=" } else { "" };
            let of = format!("{}{null}{required}{compared}", self.of(of));
            written.push(if of == last { (*name).to_owned() } else { format!("{name}:{of}") });
            last = of;
        }
        written.join(",")
    }

    fn parameters(&mut self, parameters: &'static [Parameter]) -> String {
        let values: Vec<_> = parameters
            .iter()
            .map(|parameter| (parameter.name, &parameter.of, parameter.marks))
            .collect();
        self.values(&values)
    }

    fn of(&mut self, of: &Type) -> String {
        match of {
            Type::Anything => "a".into(),
            Type::Text => "t".into(),
            Type::Integer => "i".into(),
            Type::Number => "n".into(),
            Type::Boolean => "b".into(),
            Type::File => "f".into(),
            Type::Mixed(bits) => format!("m{bits}"),
            Type::List(element) => format!("[{}", self.of(element)),
            Type::Map(value) => format!("{{{}", self.of(value)),
            Type::OneOrMany(one) => format!("o{}", self.of(one)),
            Type::Record(record) => format!("r{}", self.record(record)),
        }
    }

    fn operation(&mut self, name: &str, operation: &'static Operation) -> String {
        let method = METHODS.iter().find(|(_, method)| *method == operation.method);
        let letter = method.map_or("", |(letter, _)| letter);
        let segments: String =
            operation.segments.iter().map(|segment| self.of(&segment.of)).collect();
        let query = self.parameters(operation.query);
        let enveloped = |of: String, envelope: &str, more: &str| {
            if envelope.is_empty() { of } else { format!("{of}>{envelope}{more}") }
        };
        let body = operation.body.map_or(";;".into(), |body| {
            let of = self.of(&body.of);
            let more = if body.repeats_id { "+" } else { "" };
            let beside = self.parameters(body.beside);
            let of = enveloped(of, body.envelope, more);
            format!("{of};{beside};{}", body.adds.join(","))
        });
        let form = operation.form.map_or(String::new(), |form| self.of(&Type::Record(form.parts)));
        let whole = operation.body.and_then(|body| body.whole).map_or(String::new(), |whole| {
            [whole.flag, whole.field, whole.record, whole.of].join(",")
        });
        let body = match body.as_str() {
            "" => format!(";;;{form}"),
            body => format!("{body};{form};{whole}"),
        };
        let body = body.trim_end_matches(';');
        let reply = operation
            .reply
            .map_or(String::new(), |reply| enveloped(self.of(&reply.of), reply.envelope, ""));
        let paging = match operation.paging {
            Paging::None => String::new(),
            Paging::PageNumber(key) if operation.path.ends_with(&format!("/{key}")) => "p".into(),
            Paging::PageNumber(key) => format!("p{key}"),
            other => PAGINGS.iter().position(|paging| *paging == other).unwrap_or(0).to_string(),
        };
        let promised = matches!(operation.method, Method::GET | Method::PUT | Method::DELETE);
        let repeat = if (operation.repeat == Repeat::Safe) == promised { "" } else { "x" };
        let file = if operation.file { "f" } else { "" };
        let open = if operation.open { "o" } else { "" };
        let path = match operation.path.strip_prefix(self.prefix) {
            Some(rest) => format!("~{rest}"),
            None => operation.path.to_owned(),
        };
        format!(
            "{name}|{letter}|{path}|{segments}|{query}|{body}|{reply}|{paging}|{repeat}{file}{open}"
        )
    }
}

#[cfg(all(test, feature = "declarations"))]
mod tests {
    use super::*;
    use crate::operation::Api;

    /// All that the engine reads of an operation, as text.
    fn shown(operation: &Operation) -> String {
        let mut writer = ByValue;
        let parameters = |writer: &mut ByValue, parameters: &[Parameter]| {
            parameters
                .iter()
                .map(|of| format!("{} {} {:?}", of.name, writer.of(&of.of), known(of.marks)))
                .collect::<Vec<_>>()
        };
        let body = operation.body.map(|body| {
            let beside = parameters(&mut writer, body.beside);
            let whole = format!("{:?}", body.whole);
            (writer.of(&body.of), body.envelope, beside, body.repeats_id, body.adds, whole)
        });
        let form = operation.form.map(|form| writer.of(&Type::Record(form.parts)));
        let reply = operation.reply.map(|reply| (writer.of(&reply.of), reply.envelope));
        let Operation { id, method, path, file, paging, repeat, open, .. } = operation;
        let segments = parameters(&mut writer, operation.segments);
        let query = parameters(&mut writer, operation.query);
        format!(
            "{id} {method:?} {path} {segments:?} {query:?} {body:?} {form:?} {reply:?} {file} {paging:?} {repeat:?} {open}"
        )
    }

    fn known(marks: Marks) -> (bool, bool, bool) {
        (marks.has(Marks::NULL), marks.has(Marks::REQUIRED), marks.has(Marks::COMPARED))
    }

    struct ByValue;

    impl ByValue {
        fn of(&mut self, of: &Type) -> String {
            match of {
                Type::List(of) => format!("list of {}", self.of(of)),
                Type::Map(of) => format!("map of {}", self.of(of)),
                Type::OneOrMany(of) => format!("one or many of {}", self.of(of)),
                Type::Record(record) => {
                    let fields: Vec<String> = record
                        .fields
                        .iter()
                        .map(|field| {
                            format!(
                                "{}: {} {:?}",
                                field.name,
                                self.of(&field.of),
                                known(field.marks)
                            )
                        })
                        .collect();
                    let base = record.base.map(|base| self.of(&Type::Record(base)));
                    format!("{{{base:?} {fields:?}}}")
                }
                other => format!("{other:?}"),
            }
        }
    }

    #[test]
    fn what_is_written_is_read_back_alike() {
        for api in [Api::Welkin, Api::InboxHealth] {
            let read = read(&write(api)).unwrap();
            assert_eq!(read.len(), api.operations().count());
            for (read, written) in read.into_iter().zip(api.operations()) {
                assert_eq!(shown(read), shown(written));
            }
        }
    }

    #[test]
    fn what_is_no_table_is_refused() {
        for text in ["", "\n\n", "a:t\n\nx", "a:z\n\n", "a:r9\n\n", "^4,a:t\n\n"] {
            assert!(read(text).is_none(), "{text:?}");
        }
    }
}
