//! The operation tables as compact text.
//!
//! Linked as static data the tables of both APIs cost the client's wasm about 25 KB after brotli; as
//! this text they cost 9 KB, and the JavaScript façade, which needs the names of all methods before
//! the wasm is there, reads the same text. So the build writes the text from the static tables with
//! [`write`], and the client reads it with [`read`] into the same [`Operation`]s.
//!
//! One line per record, then `#`, then one line per operation:
//!
//! ```text
//! firstName:t,lastName,birthDate:t?,careTeam:[r3
//! ^0,content:[r5
//! #
//! patients.get|G|/{tenantName}/{instanceName}/patients/{patientId}|t|type:t,expand:b||r7||s
//! ```
//!
//! A field without a type has that of the field before it. Types are `a`nything, `t`ext, `i`nteger,
//! `n`umber, `b`oolean, `m`ixed with its bits, `[` list of, `{` map of and `r`ecord by line; `?` and
//! `!` mark null and required. `^` names the base of a record. An operation has its name, method,
//! path, types of path parameters, query, body (`type>envelope`, `+` when the id is repeated, then
//! after `;` what travels beside and after `;` what adds records), reply (`type>envelope`), paging,
//! and `s`afe or `u`nsafe repeat, with `o` for an open call.

use crate::operation::{Body, Method, Operation, Paging, Parameter, Repeat, Reply};
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
    let text = keep(text.to_owned());
    let (records, operations) = text.split_once('#')?;
    let mut reader = Reader::default();
    for line in records.lines() {
        let record = reader.record(line)?;
        reader.records.push(record);
    }
    operations.lines().skip(1).map(|line| reader.operation(line)).collect()
}

/// The table is read once and lives as long as the program.
fn keep(text: String) -> &'static str {
    Box::leak(text.into_boxed_str())
}

#[derive(Default)]
struct Reader {
    records: Vec<&'static Record>,
}

impl Reader {
    fn record(&self, line: &'static str) -> Option<&'static Record> {
        let (base, line) = match line.strip_prefix('^') {
            Some(line) => {
                let (base, line) = line.split_once(',')?;
                (Some(*self.records.get(base.parse::<usize>().ok()?)?), line)
            }
            None => (None, line),
        };
        let fields = self.values(line)?.into_iter().map(|(name, of, marks)| Field {
            name,
            of,
            marks,
            #[cfg(feature = "declarations")]
            written: "",
            #[cfg(feature = "declarations")]
            docs: &[],
        });
        Some(Box::leak(Box::new(Record {
            base,
            fields: fields.collect::<Vec<_>>().leak(),
            #[cfg(feature = "declarations")]
            name: "",
            #[cfg(feature = "declarations")]
            docs: &[],
        })))
    }

    fn operation(&self, line: &'static str) -> Option<&'static Operation> {
        let mut parts = line.split('|');
        let mut part = || parts.next();
        let (resource, method_name) = part()?.split_once('.')?;
        let mut id = resource.to_owned();
        let (first, rest) = method_name.split_at_checked(1)?;
        id.push_str(&first.to_ascii_uppercase());
        id.push_str(rest);
        let letter = part()?;
        let method = METHODS.iter().find(|(known, _)| *known == letter)?.1;
        let path = part()?;
        let segments = self.segments(path, part()?)?;
        let query = self.parameters(part()?)?;
        let body = self.body(part()?)?;
        let reply = self.reply(part()?)?;
        let paging = match part()? {
            "" => Paging::None,
            page if page.starts_with('p') => Paging::PageNumber(page.get(1..)?),
            page => *PAGINGS.get(page.parse::<usize>().ok()?)?,
        };
        let flags = part()?;
        Some(Box::leak(Box::new(Operation {
            id: keep(id),
            method,
            path,
            segments,
            query,
            body,
            reply,
            paging,
            repeat: if flags.starts_with('s') { Repeat::Safe } else { Repeat::Unsafe },
            open: flags.ends_with('o'),
            #[cfg(feature = "declarations")]
            docs: &[],
        })))
    }

    /// The path parameters that a caller gives, named by the path.
    fn segments(&self, path: &'static str, types: &'static str) -> Option<&'static [Parameter]> {
        let names = path
            .split('/')
            .filter_map(|part| part.strip_prefix('{')?.strip_suffix('}'))
            .filter(|name| !CLIENT_FILLS.contains(name));
        let mut rest = types;
        let read = names.map(|name| {
            let of = self.of(&mut rest)?;
            Some(parameter(name, of, Marks::REQUIRED))
        });
        Some(read.collect::<Option<Vec<_>>>()?.leak())
    }

    fn parameters(&self, text: &'static str) -> Option<&'static [Parameter]> {
        let read = self.values(text)?.into_iter();
        let parameters = read.map(|(name, of, marks)| parameter(name, of, marks));
        Some(parameters.collect::<Vec<_>>().leak())
    }

    fn body(&self, text: &'static str) -> Option<Option<&'static Body>> {
        if text.is_empty() {
            return Some(None);
        }
        let mut parts = text.split(';');
        let (of, envelope) = self.enveloped(parts.next()?)?;
        let beside = self.parameters(parts.next()?)?;
        let adds = parts.next()?.split(',').filter(|name| !name.is_empty()).collect::<Vec<_>>();
        Some(Some(Box::leak(Box::new(Body {
            of,
            envelope: envelope.trim_end_matches('+'),
            beside,
            repeats_id: envelope.ends_with('+'),
            adds: adds.leak(),
            #[cfg(feature = "declarations")]
            written: "",
        }))))
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

    fn enveloped(&self, text: &'static str) -> Option<(Type, &'static str)> {
        let (of, envelope) = text.split_once('>').unwrap_or((text, ""));
        Some((self.of(&mut { of })?, envelope))
    }

    /// Names with types and marks; a name alone has those of the name before it.
    fn values(&self, text: &'static str) -> Option<Vec<(&'static str, Type, Marks)>> {
        let mut values = Vec::new();
        let mut last = (Type::Anything, Marks::default());
        for value in text.split(',').filter(|value| !value.is_empty()) {
            let name = match value.split_once(':') {
                Some((name, mut of)) => {
                    last.0 = self.of(&mut of)?;
                    last.1 = Marks::default();
                    for mark in of.chars() {
                        last.1 =
                            last.1.and(if mark == '?' { Marks::NULL } else { Marks::REQUIRED });
                    }
                    name
                }
                None => value,
            };
            values.push((name, last.0, last.1));
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
            "m" => Type::Mixed(number(text)? as u8),
            "[" => Type::List(inner(text)?),
            "{" => Type::Map(inner(text)?),
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
    digits.parse().ok()
}

/// Writes the table of an API as text.
#[cfg(feature = "declarations")]
pub fn write(api: crate::operation::Api) -> String {
    let mut writer = Writer::default();
    let operations: Vec<String> = api
        .resources()
        .iter()
        .flat_map(|resource| resource.operations.iter().map(move |operation| (resource, operation)))
        .map(|(resource, operation)| {
            let method = crate::declarations::method_name(resource, operation);
            writer.operation(&format!("{}.{method}", resource.name), operation)
        })
        .collect();
    format!("{}\n#\n{}", writer.lines.join("\n"), operations.join("\n"))
}

#[cfg(feature = "declarations")]
#[derive(Default)]
struct Writer {
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
            let of = format!("{}{null}{required}", self.of(of));
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
            Type::Mixed(bits) => format!("m{bits}"),
            Type::List(element) => format!("[{}", self.of(element)),
            Type::Map(value) => format!("{{{}", self.of(value)),
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
        let body = operation.body.map_or(String::new(), |body| {
            let of = self.of(&body.of);
            let more = if body.repeats_id { "+" } else { "" };
            let beside = self.parameters(body.beside);
            format!("{};{beside};{}", enveloped(of, body.envelope, more), body.adds.join(","))
        });
        let reply = operation
            .reply
            .map_or(String::new(), |reply| enveloped(self.of(&reply.of), reply.envelope, ""));
        let paging = match operation.paging {
            Paging::None => String::new(),
            Paging::PageNumber(key) => format!("p{key}"),
            other => PAGINGS.iter().position(|paging| *paging == other).unwrap_or(0).to_string(),
        };
        let repeat = if operation.repeat == Repeat::Safe { "s" } else { "u" };
        let open = if operation.open { "o" } else { "" };
        let path = operation.path;
        format!("{name}|{letter}|{path}|{segments}|{query}|{body}|{reply}|{paging}|{repeat}{open}")
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
            (writer.of(&body.of), body.envelope, beside, body.repeats_id, body.adds)
        });
        let reply = operation.reply.map(|reply| (writer.of(&reply.of), reply.envelope));
        let Operation { id, method, path, paging, repeat, open, .. } = operation;
        let segments = parameters(&mut writer, operation.segments);
        let query = parameters(&mut writer, operation.query);
        format!(
            "{id} {method:?} {path} {segments:?} {query:?} {body:?} {reply:?} {paging:?} {repeat:?} {open}"
        )
    }

    fn known(marks: Marks) -> (bool, bool) {
        (marks.has(Marks::NULL), marks.has(Marks::REQUIRED))
    }

    struct ByValue;

    impl ByValue {
        fn of(&mut self, of: &Type) -> String {
            match of {
                Type::List(of) => format!("list of {}", self.of(of)),
                Type::Map(of) => format!("map of {}", self.of(of)),
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
