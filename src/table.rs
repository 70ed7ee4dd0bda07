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
//! visits.list|G1/visits|=||[(^3Bdone)|6
//! ```
//!
//! An operation has its name (with that of the resource if it is another one than on the line before),
//! method and path, query, body, reply and remarks. What is empty at the end of a line is left out.
//!
//! - A path continues that of the line before, without as many of its last segments as the number says
//!   that comes first. A parameter of it is text, `{id}` a whole number.
//! - A query of `=` is that of the last line that has one.
//! - The body is a type, after `;` what travels beside, after `;` the form with files and after `;` the
//!   names of a [`Whole`]. `>` after its type and that of a reply is
//!   followed by the name of the envelope, if that is another one than the path's last word without its
//!   `s`, and by `+` when the id is repeated beside it.
//! - The remarks are the number of the paging, `p` for a numbered list whose key is the end of the
//!   path; `x` when repeating is not what the method promises, `f` for a reply that is a file, `o` for
//!   an open call.
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
const MARKS: [(u8, Marks); 3] =
    [(b'?', Marks::NULL), (b'!', Marks::REQUIRED), (b'=', Marks::COMPARED)];

/// Reads the text into operations that live as long as the program; `None` when it is not such text.
pub fn read(text: &str) -> Option<Vec<&'static Operation>> {
    let mut lines = keep(text.to_owned());
    let mut reader = Reader::default();
    let mut read = Vec::new();
    while !lines.is_empty() {
        read.push(reader.operation(&mut cut(&mut lines, b'\n'))?);
    }
    (!read.is_empty()).then_some(read)
}

/// The table is read once and lives as long as the program.
fn keep(text: String) -> &'static str {
    text.leak()
}

/// Takes so many bytes off the text.
#[inline(never)]
fn take(text: &mut &'static str, bytes: usize) -> &'static str {
    let (taken, rest) = text.split_at_checked(bytes).unwrap_or((text, ""));
    *text = rest;
    taken
}

/// Takes off what comes before the mark, and the mark; all of the text when there is none.
#[inline(never)]
fn cut(text: &mut &'static str, mark: u8) -> &'static str {
    let taken = take(text, text.bytes().position(|byte| byte == mark).unwrap_or(text.len()));
    take(text, 1);
    taken
}

/// Takes the letter off the text if it is the next.
#[inline(never)]
fn accept(text: &mut &'static str, letter: u8) -> bool {
    let found = next(text) == Some(letter);
    if found {
        take(text, 1);
    }
    found
}

fn next(text: &str) -> Option<u8> {
    text.as_bytes().first().copied()
}

/// Takes a number off the text.
#[inline(never)]
fn number(text: &mut &'static str) -> Option<usize> {
    let mut number = None;
    while let Some(digit) = next(text).filter(u8::is_ascii_digit) {
        let digit = usize::from(digit & 15);
        number = Some(number.unwrap_or(0usize).saturating_mul(10).saturating_add(digit));
        take(text, 1);
    }
    number
}

/// A path without its last segment, and that segment.
#[inline(never)]
fn split(path: &'static str) -> Option<(&'static str, &'static str)> {
    let at = path.bytes().rposition(|byte| byte == b'/')?;
    Some((path.get(..at)?, path.get(at + 1..)?))
}

/// What a path says of its own: its last word, without the `s` of the plural.
fn word(path: &'static str) -> &'static str {
    let word = segments(path).filter(|segment| !segment.starts_with('{')).last().unwrap_or("");
    word.strip_suffix('s').unwrap_or(word)
}

#[derive(Default)]
struct Reader {
    records: Vec<&'static Record>,
    /// Of the line before.
    resource: &'static str,
    path: &'static str,
    /// The last one.
    query: &'static [Parameter],
}

impl Reader {
    fn operation(&mut self, line: &mut &'static str) -> Option<&'static Operation> {
        let mut name = cut(line, b'|');
        let resource = cut(&mut name, b'.');
        if name.is_empty() {
            name = resource;
        } else {
            self.resource = resource;
        }
        let first = take(&mut name, 1).to_ascii_uppercase();
        let id = keep(joined(&[self.resource, &first, name]));
        let mut path = cut(line, b'|');
        let letter = take(&mut path, 1);
        let method = METHODS.iter().find(|(known, _)| *known == letter)?.1;
        for _ in 0..number(&mut path).unwrap_or(0) {
            self.path = split(self.path)?.0;
        }
        let path = keep(joined(&[self.path, path]));
        self.path = path;
        let mut query = cut(line, b'|');
        let query = if query.is_empty() {
            &[]
        } else {
            if query != "=" {
                self.query = self.fields(&mut query)?;
            }
            self.query
        };
        let (body, form) = self.body(cut(line, b'|'))?;
        let reply = match cut(line, b'|') {
            "" => None,
            mut written => {
                let of = self.of(&mut written)?;
                Some(&*Box::leak(Box::new(Reply {
                    of,
                    envelope: self.envelope(written),
                    #[cfg(feature = "declarations")]
                    written: "",
                })))
            }
        };
        let paging = if accept(line, b'p') {
            Paging::PageNumber(split(path)?.1)
        } else {
            *PAGINGS.get(number(line).unwrap_or(0))?
        };
        let safe =
            matches!(method, Method::GET | Method::PUT | Method::DELETE) != accept(line, b'x');
        Some(Box::leak(Box::new(Operation {
            id,
            method,
            path,
            segments: parameters(path),
            query,
            body,
            form,
            reply,
            file: accept(line, b'f'),
            paging,
            repeat: if safe { Repeat::Safe } else { Repeat::Unsafe },
            open: accept(line, b'o'),
            #[cfg(feature = "declarations")]
            docs: &[],
        })))
    }

    fn body(
        &mut self,
        mut text: &'static str,
    ) -> Option<(Option<&'static Body>, Option<&'static Form>)> {
        let mut written = cut(&mut text, b';');
        let body = if written.is_empty() {
            take(&mut text, 1);
            None
        } else {
            let of = self.of(&mut written)?;
            let beside = self.fields(&mut cut(&mut text, b';'))?;
            Some(Body {
                of,
                envelope: self.envelope(written.strip_suffix('+').unwrap_or(written)),
                beside,
                repeats_id: written.ends_with('+'),
                whole: None,
                #[cfg(feature = "declarations")]
                written: "",
            })
        };
        let mut parts = cut(&mut text, b';');
        let form = if parts.is_empty() {
            None
        } else {
            Some(&*Box::leak(Box::new(Form {
                parts: self.record(&mut parts)?,
                #[cfg(feature = "declarations")]
                written: "",
            })))
        };
        let body = body.map(|mut body| {
            if !text.is_empty() {
                let mut name = || cut(&mut text, b' ');
                let whole = Whole { flag: name(), field: name(), record: name(), of: name() };
                body.whole = Some(Box::leak(Box::new(whole)));
            }
            &*Box::leak(Box::new(body))
        });
        Some((body, form))
    }

    fn envelope(&self, mut written: &'static str) -> &'static str {
        if accept(&mut written, b'>') && written.is_empty() { word(self.path) } else { written }
    }

    /// Takes a record off the text.
    fn record(&mut self, text: &mut &'static str) -> Option<&'static Record> {
        match self.of(text)? {
            Type::Record(record) => Some(record),
            _ => None,
        }
    }

    /// Takes fields or parameters off the text, to its end or to a bracket.
    fn fields(&mut self, text: &mut &'static str) -> Option<&'static [Field]> {
        let mut fields = Vec::new();
        let mut of = Type::Text;
        let mut marks = Marks::default();
        while let Some(first) = next(text).filter(|first| *first != b')') {
            if !begins_name(first) {
                of = self.of(text)?;
                marks = Marks::default();
                for (letter, mark) in MARKS {
                    if accept(text, letter) {
                        marks = marks.and(mark);
                    }
                }
            }
            let end = text.bytes().position(|byte| byte == b' ' || byte == b')');
            let name = take(text, end.unwrap_or(text.len()));
            accept(text, b' ');
            fields.push(field(name, of, marks));
        }
        Some(fields.leak())
    }

    /// Takes a type off the text.
    fn of(&mut self, text: &mut &'static str) -> Option<Type> {
        if let Some(back) = number(text) {
            let at = self.records.len().checked_sub(back)?;
            return Some(Type::Record(self.records.get(at)?));
        }
        let letter = next(text)?;
        take(text, 1);
        Some(match letter {
            b'A' => Type::Anything,
            b'T' => Type::Text,
            b'I' => Type::Integer,
            b'N' => Type::Number,
            b'B' => Type::Boolean,
            b'F' => Type::File,
            b'M' => Type::Mixed(number(text)? as u8),
            b'(' => {
                let base = if accept(text, b'^') { Some(self.record(text)?) } else { None };
                let record = &*Box::leak(Box::new(Record {
                    base,
                    fields: self.fields(text)?,
                    #[cfg(feature = "declarations")]
                    shaped: false,
                    #[cfg(feature = "declarations")]
                    name: "",
                    #[cfg(feature = "declarations")]
                    docs: &[],
                }));
                self.records.push(record);
                if !accept(text, b')') {
                    return None;
                }
                Type::Record(record)
            }
            b'[' | b'{' | b'O' => {
                let inner = &*Box::leak(Box::new(self.of(text)?));
                match letter {
                    b'[' => Type::List(inner),
                    b'{' => Type::Map(inner),
                    _ => Type::OneOrMany(inner),
                }
            }
            _ => return None,
        })
    }
}

/// Names begin with a small letter, types do not.
fn begins_name(letter: u8) -> bool {
    letter.is_ascii_lowercase() || letter == b'_'
}

/// Path parameters that the client knows.
const CLIENT_FILLS: [&str; 2] = ["tenantName", "instanceName"];

/// The path parameters that a caller gives, named by the path: an `id` alone is a whole number.
fn parameters(path: &'static str) -> &'static [Parameter] {
    let mut parameters = Vec::new();
    for part in segments(path) {
        if let Some(name) = part.strip_prefix('{').and_then(|part| part.strip_suffix('}'))
            && !CLIENT_FILLS.contains(&name)
        {
            let of = if name == "id" { Type::Integer } else { Type::Text };
            parameters.push(field(name, of, Marks::REQUIRED));
        }
    }
    parameters.leak()
}

fn field(name: &'static str, of: Type, marks: Marks) -> Field {
    Field {
        name,
        of,
        marks,
        #[cfg(feature = "declarations")]
        written: "",
        #[cfg(feature = "declarations")]
        docs: &[],
    }
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
            let marks = MARKS
                .iter()
                .filter(|(_, mark)| marks.has(*mark))
                .map(|(letter, _)| char::from(*letter));
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
        let dropped = match before.len() - kept {
            0 => String::new(),
            dropped => dropped.to_string(),
        };
        self.path = path;
        segments.iter().skip(kept).fold(dropped, |path, segment| path + "/" + segment)
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
        let word = word(operation.path);
        let enveloped = |of: String, envelope: &str| match envelope {
            "" => of,
            name if name == word => of + ">",
            name => of + ">" + name,
        };
        let mut body = String::new();
        if let Some(of) = operation.body {
            body = enveloped(self.of(&of.of), of.envelope);
            body += if of.repeats_id { "+;" } else { ";" };
            body += &self.parameters(of.beside);
            body.push(';');
        } else if operation.form.is_some() {
            body += ";;";
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
        format!("{name}|{letter}{path}|{query}|{body}|{reply}|{paging}{repeat}{file}{open}")
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
            (writer.of(&body.of), body.envelope, beside, body.repeats_id, whole)
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
