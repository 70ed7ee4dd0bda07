//! The operation tables as compact text.
//!
//! Linked as static data the tables of both APIs cost the client's wasm about 25 KB after brotli; as
//! this text they cost 8 KB, and the JavaScript façade, which needs the names of all methods before
//! the wasm is there, reads the same text. So the build writes the text from the static tables with
//! [`write`], and the client reads it with [`read`] into the same [`Operation`]s.
//!
//! One line for each operation; a record is written where it is used for the first time:
//!
//! ```text
//! patients.list|G/{tenantName}/{instanceName}/patients|email Ipage size||([(id T!firstName)content)|1
//! get|G/{patientId}|type||2
//! delete|D
//! visits.list|G2/visits|=||[(^3Bdone)|6
//! ```
//!
//! An operation has its name (with that of the resource if it is another one than on the line before),
//! method and path, query, body, reply and remarks. What is empty at the end of a line is left out.
//!
//! - A path that begins with a number keeps so many segments of the path on the line before, one
//!   without a number all of them.
//! - A query of `=` is that of the last line that has one.
//! - The body is a type, after `;` what travels beside, after `;` what adds records, after `;` the form
//!   with files and after `;` the names of a [`Whole`]. `>` after its type and that of a reply is
//!   followed by the name of the envelope, if that is another one than the path's last word without its
//!   `s`, and by `+` when the id is repeated beside it.
//! - The remarks are the number of the paging, `p` for a numbered list whose key is the end of the
//!   path; `x` when repeating is not what the method promises, `f` for a reply that is a file, `o` for
//!   an open call; and the types of the path parameters, unless all have that of the one before.
//!
//! Types are `A`nything, `T`ext, `I`nteger, `N`umber, `B`oolean, `M`ixed with its bits, `F`ile, `[` list
//! of, `{` map of, `O`ne or many of; then `(`, the fields and `)` are a new record, and a number counts
//! records back from the last one that was closed. `^` and a record at its begin are its base. A value
//! is its name, after its type with `?`, `!` and `=` for null, required and compared if these are others
//! than those of the value before; the first is text.

use crate::engine::text::{joined, segments};
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
const MARKS: [(&str, Marks); 3] =
    [("?", Marks::NULL), ("!", Marks::REQUIRED), ("=", Marks::COMPARED)];

/// Reads the text into operations that live as long as the program; `None` when it is not such text.
pub fn read(text: &str) -> Option<Vec<&'static Operation>> {
    let mut lines = keep(text.to_owned());
    let mut reader = Reader::default();
    let mut read = Vec::new();
    while !lines.is_empty() {
        read.push(reader.operation(cut(&mut lines, b'\n'))?);
    }
    (!read.is_empty()).then_some(read)
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

/// The last word of a path that is no parameter.
fn last_word(path: &'static str) -> &'static str {
    segments(path).filter(|segment| !segment.starts_with('{')).last().unwrap_or_default()
}

#[derive(Default)]
struct Reader {
    records: Vec<&'static Record>,
    /// Of the line before.
    resource: &'static str,
    path: &'static str,
    /// The last one.
    query: &'static [Parameter],
    /// That of the path parameter before; text at first.
    segment: Option<Type>,
}

impl Reader {
    fn operation(&mut self, mut line: &'static str) -> Option<&'static Operation> {
        let mut part = || cut(&mut line, b'|');
        let mut name = part();
        let resource = cut(&mut name, b'.');
        if name.is_empty() {
            name = resource;
        } else {
            self.resource = resource;
        }
        let (first, rest) = name.split_at_checked(1)?;
        let id = joined(&[self.resource, &first.to_ascii_uppercase(), rest]);
        let (letter, mut path) = part().split_at_checked(1)?;
        let method = METHODS.iter().find(|(known, _)| *known == letter)?.1;
        if let Some(kept) = number(&mut path) {
            let mut slashes = self.path.bytes().enumerate().filter(|(_, byte)| *byte == b'/');
            self.path = self.path.get(..slashes.nth(kept)?.0)?;
        }
        self.path = keep(joined(&[self.path, path]));
        let path = self.path;
        let query = match part() {
            "" => &[],
            "=" => self.query,
            mut written => {
                self.query = self.parameters(&mut written)?;
                self.query
            }
        };
        let (body, form) = self.body(part())?;
        let reply = self.reply(part())?;
        let mut remarks = part();
        let paging = if let Some(rest) = remarks.strip_prefix('p') {
            remarks = rest;
            Paging::PageNumber(path.get(path.bytes().rposition(|byte| byte == b'/')? + 1..)?)
        } else {
            *PAGINGS.get(number(&mut remarks).unwrap_or(0))?
        };
        let mut flag = |letter| {
            let rest = remarks.strip_prefix(letter);
            remarks = rest.unwrap_or(remarks);
            rest.is_some()
        };
        let safe = matches!(method, Method::GET | Method::PUT | Method::DELETE) != flag('x');
        let file = flag('f');
        let open = flag('o');
        let segments = self.segments(remarks)?;
        Some(Box::leak(Box::new(Operation {
            id: keep(id),
            method,
            path,
            segments,
            query,
            body,
            form,
            reply,
            file,
            paging,
            repeat: if safe { Repeat::Safe } else { Repeat::Unsafe },
            open,
            #[cfg(feature = "declarations")]
            docs: &[],
        })))
    }

    /// The path parameters that a caller gives, named by the path.
    fn segments(&mut self, mut types: &'static str) -> Option<&'static [Parameter]> {
        let mut parameters = Vec::new();
        for part in segments(self.path) {
            if let Some(name) = part.strip_prefix('{').and_then(|part| part.strip_suffix('}'))
                && !CLIENT_FILLS.contains(&name)
            {
                if !types.is_empty() {
                    self.segment = Some(self.of(&mut types)?);
                }
                let of = self.segment.unwrap_or(Type::Text);
                parameters.push(parameter(name, of, Marks::REQUIRED));
            }
        }
        Some(parameters.leak())
    }

    fn body(
        &mut self,
        mut text: &'static str,
    ) -> Option<(Option<&'static Body>, Option<&'static Form>)> {
        let body = cut(&mut text, b';');
        let mut beside = cut(&mut text, b';');
        let mut added = cut(&mut text, b';');
        let mut parts = cut(&mut text, b';');
        let body = match self.enveloped(body)? {
            None => None,
            Some((of, envelope)) => {
                let beside = self.parameters(&mut beside)?;
                let mut adds = Vec::new();
                while !added.is_empty() {
                    adds.push(cut(&mut added, b' '));
                }
                let mut name = || cut(&mut text, b' ');
                let whole = Whole { flag: name(), field: name(), record: name(), of: name() };
                Some(&*Box::leak(Box::new(Body {
                    of,
                    envelope: self.envelope(envelope.strip_suffix('+').unwrap_or(envelope)),
                    beside,
                    repeats_id: envelope.ends_with('+'),
                    adds: adds.leak(),
                    whole: (!whole.of.is_empty()).then(|| &*Box::leak(Box::new(whole))),
                    #[cfg(feature = "declarations")]
                    written: "",
                })))
            }
        };
        let form = match parts {
            "" => None,
            _ => match self.of(&mut parts)? {
                Type::Record(parts) => Some(&*Box::leak(Box::new(Form {
                    parts,
                    #[cfg(feature = "declarations")]
                    written: "",
                }))),
                _ => return None,
            },
        };
        Some((body, form))
    }

    fn reply(&mut self, text: &'static str) -> Option<Option<&'static Reply>> {
        Some(match self.enveloped(text)? {
            None => None,
            Some((of, envelope)) => Some(Box::leak(Box::new(Reply {
                of,
                envelope: self.envelope(envelope),
                #[cfg(feature = "declarations")]
                written: "",
            }))),
        })
    }

    /// A type, and the rest of the text: what is written of its envelope.
    fn enveloped(&mut self, mut text: &'static str) -> Option<Option<(Type, &'static str)>> {
        Some(if text.is_empty() { None } else { Some((self.of(&mut text)?, text)) })
    }

    fn envelope(&self, written: &'static str) -> &'static str {
        match written.strip_prefix('>') {
            Some("") => {
                let word = last_word(self.path);
                word.strip_suffix('s').unwrap_or(word)
            }
            name => name.unwrap_or_default(),
        }
    }

    fn parameters(&mut self, text: &mut &'static str) -> Option<&'static [Parameter]> {
        let mut parameters = Vec::new();
        for (name, of, marks) in self.values(text)? {
            parameters.push(parameter(name, of, marks));
        }
        Some(parameters.leak())
    }

    fn record(&mut self, text: &mut &'static str) -> Option<&'static Record> {
        let base = match text.strip_prefix('^') {
            None => None,
            Some(rest) => {
                *text = rest;
                match self.of(text)? {
                    Type::Record(base) => Some(base),
                    _ => return None,
                }
            }
        };
        let mut fields = Vec::new();
        for (name, of, marks) in self.values(text)? {
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
        *text = text.strip_prefix(')')?;
        let record = &*Box::leak(Box::new(Record {
            base,
            fields: fields.leak(),
            #[cfg(feature = "declarations")]
            shaped: false,
            #[cfg(feature = "declarations")]
            name: "",
            #[cfg(feature = "declarations")]
            docs: &[],
        }));
        self.records.push(record);
        Some(record)
    }

    /// Takes values off the text, to its end or to a bracket.
    fn values(&mut self, text: &mut &'static str) -> Option<Vec<(&'static str, Type, Marks)>> {
        let mut values = Vec::new();
        let mut of = Type::Text;
        let mut marks = Marks::default();
        while let Some(first) = text.bytes().next().filter(|first| *first != b')') {
            if !begins_name(first) {
                of = self.of(text)?;
                marks = Marks::default();
                while let Some((mark, rest)) = text.split_at_checked(1)
                    && let Some((_, mark)) = MARKS.iter().find(|(known, _)| *known == mark)
                {
                    marks = marks.and(*mark);
                    *text = rest;
                }
            }
            let end = text.bytes().position(|byte| byte == b' ' || byte == b')');
            let (name, rest) = text.split_at_checked(end.unwrap_or(text.len()))?;
            values.push((name, of, marks));
            *text = rest.strip_prefix(' ').unwrap_or(rest);
        }
        Some(values)
    }

    /// Takes a type off the text.
    fn of(&mut self, text: &mut &'static str) -> Option<Type> {
        if let Some(back) = number(text) {
            let at = self.records.len().checked_sub(back)?;
            return Some(Type::Record(self.records.get(at)?));
        }
        let (letter, rest) = text.split_at_checked(1)?;
        *text = rest;
        Some(match letter {
            "A" => Type::Anything,
            "T" => Type::Text,
            "I" => Type::Integer,
            "N" => Type::Number,
            "B" => Type::Boolean,
            "F" => Type::File,
            "M" => Type::Mixed(number(text)? as u8),
            "(" => Type::Record(self.record(text)?),
            "[" => Type::List(self.inner(text)?),
            "{" => Type::Map(self.inner(text)?),
            "O" => Type::OneOrMany(self.inner(text)?),
            _ => return None,
        })
    }

    fn inner(&mut self, text: &mut &'static str) -> Option<&'static Type> {
        Some(Box::leak(Box::new(self.of(text)?)))
    }
}

/// Names begin with a small letter, types do not.
fn begins_name(letter: u8) -> bool {
    letter.is_ascii_lowercase() || letter == b'_'
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
    let number = digits.bytes().fold(0, |all, digit| all * 10 + usize::from(digit & 15));
    (end > 0).then_some(number)
}

/// Writes the table of an API as text.
#[cfg(feature = "declarations")]
pub fn write(api: crate::operation::Api) -> String {
    let mut writer = Writer::default();
    let mut lines = Vec::new();
    for resource in api.resources() {
        let mut name = format!("{}.", resource.name);
        for operation in resource.operations {
            name += &crate::declarations::method_name(resource, operation);
            let line = writer.operation(&name, operation);
            lines.push(line.trim_end_matches('|').to_owned());
            name.clear();
        }
    }
    lines.join("\n")
}

#[cfg(feature = "declarations")]
#[derive(Default)]
struct Writer {
    records: Vec<&'static Record>,
    path: &'static str,
    query: String,
    segment: Option<String>,
}

#[cfg(feature = "declarations")]
impl Writer {
    fn record(&mut self, record: &'static Record) -> String {
        if let Some(at) = self.records.iter().position(|known| std::ptr::eq(*known, record)) {
            return (self.records.len() - at).to_string();
        }
        let base = record.base.map(|base| format!("^{}", self.record(base)));
        let fields: Vec<_> =
            record.fields.iter().map(|field| (field.name, &field.of, field.marks)).collect();
        let fields = self.values(&fields);
        self.records.push(record);
        format!("({}{fields})", base.unwrap_or_default())
    }

    fn values(&mut self, values: &[(&'static str, &Type, Marks)]) -> String {
        let mut last = (format!("{:?}", Type::Text), String::new());
        let mut written = Vec::new();
        for (name, of, marks) in values {
            let marks =
                MARKS.iter().filter(|(_, mark)| marks.has(*mark)).map(|(letter, _)| *letter);
            let this = (format!("{of:?}"), marks.collect());
            let changed = if this == last { String::new() } else { self.of(of) + &this.1 };
            written.push(changed + name);
            last = this;
        }
        written.join(" ")
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
            Type::Anything => "A".into(),
            Type::Text => "T".into(),
            Type::Integer => "I".into(),
            Type::Number => "N".into(),
            Type::Boolean => "B".into(),
            Type::File => "F".into(),
            Type::Mixed(bits) => format!("M{bits}"),
            Type::List(element) => format!("[{}", self.of(element)),
            Type::Map(value) => format!("{{{}", self.of(value)),
            Type::OneOrMany(one) => format!("O{}", self.of(one)),
            Type::Record(record) => self.record(record),
        }
    }

    /// What differs from the path of the operation before.
    fn path(&mut self, path: &'static str) -> String {
        let before: Vec<_> = self.path.split('/').collect();
        let segments: Vec<_> = path.split('/').collect();
        let kept = before.iter().zip(&segments).take_while(|(before, now)| before == now).count();
        let number = if kept == before.len() { String::new() } else { (kept - 1).to_string() };
        self.path = path;
        segments.iter().skip(kept).fold(number, |path, segment| path + "/" + segment)
    }

    fn operation(&mut self, name: &str, operation: &'static Operation) -> String {
        let method = METHODS.iter().find(|(_, method)| *method == operation.method);
        let letter = method.map_or("", |(letter, _)| letter);
        let path = self.path(operation.path);
        let mut query = self.parameters(operation.query);
        if query == self.query && !query.is_empty() {
            query = "=".into();
        } else if !query.is_empty() {
            self.query.clone_from(&query);
        }
        let word = last_word(operation.path);
        let enveloped = |of: String, envelope: &str| match envelope {
            "" => of,
            name if name == word.strip_suffix('s').unwrap_or(word) => of + ">",
            name => of + ">" + name,
        };
        let mut body = String::new();
        if let Some(of) = operation.body {
            body = enveloped(self.of(&of.of), of.envelope);
            body += if of.repeats_id { "+;" } else { ";" };
            body += &self.parameters(of.beside);
            body += &format!(";{};", of.adds.join(" "));
        } else if operation.form.is_some() {
            body += ";;;";
        }
        body += &operation.form.map_or(String::new(), |form| self.record(form.parts));
        if let Some(whole) = operation.body.and_then(|body| body.whole) {
            body += &format!(";{} {} {} {}", whole.flag, whole.field, whole.record, whole.of);
        }
        let body = body.trim_end_matches(';');
        let reply = operation
            .reply
            .map_or(String::new(), |reply| enveloped(self.of(&reply.of), reply.envelope));
        let paging = match operation.paging {
            Paging::None => String::new(),
            // Its key is the end of the path.
            Paging::PageNumber(_) => "p".into(),
            other => PAGINGS.iter().position(|paging| *paging == other).unwrap_or(0).to_string(),
        };
        let promised = matches!(operation.method, Method::GET | Method::PUT | Method::DELETE);
        let repeat = if (operation.repeat == Repeat::Safe) == promised { "" } else { "x" };
        let file = if operation.file { "f" } else { "" };
        let open = if operation.open { "o" } else { "" };
        let mut segments = Vec::new();
        for segment in operation.segments {
            segments.push(self.of(&segment.of));
        }
        let before = self.segment.clone().unwrap_or_else(|| "T".into());
        self.segment = segments.last().cloned().or(self.segment.take());
        let segments =
            if segments.iter().all(|of| *of == before) { String::new() } else { segments.concat() };
        format!(
            "{name}|{letter}{path}|{query}|{body}|{reply}|{paging}{repeat}{file}{open}{segments}"
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
        for text in
            ["", "\n\n", "a.b", "a.b|X/c", "a.b|G9/c", "a.b|G/c|||1", "a.b|G/c|||(", "a.b|G/c|Za"]
        {
            assert!(read(text).is_none(), "{text:?}");
        }
    }
}
