//! Compares JSON text with the declared types while reading it once, without building values.

use super::error::Mismatch;
use super::json::{Malformed, Reader, exact_in_javascript};
use crate::schema::{Field, Kind, Marks, Record, Type};

/// Declared types nest at most this deep; what lies deeper is stepped over.
const DEEPEST: usize = 64;

/// What a value is checked for.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Rule {
    /// A reply: a missing field is no mismatch, for the APIs leave out what is unset. `null` is one
    /// where no source shows it, unless the API is known to send it anywhere.
    Reply {
        /// Whether every field may be null (Inbox Health: reference, `info.description`).
        lenient: bool,
    },
    /// A request: required fields must be there; every other field may be null, which clears it.
    Request,
}

/// Where the record lies in a reply.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Place {
    /// Its first byte.
    pub start: usize,
    /// The byte after its last.
    pub end: usize,
}

/// Checks a whole text, and finds the record in its envelope. An envelope that is missing is passed
/// over: the reply is the record then (reference, `x-response-envelope`).
pub fn check(
    text: &[u8],
    of: &Type,
    envelope: &str,
    rule: Rule,
    report: &mut dyn FnMut(Mismatch),
) -> Result<Place, Malformed> {
    let mut walk = Walk { reader: Reader::new(text), rule, report };
    walk.reader.peek()?;
    let start = walk.reader.offset();
    let mut inside = None;
    if envelope.is_empty() {
        walk.value(of, Marks::default(), &Path::WHOLE)?;
    } else if walk.reader.peek()? == b'{' {
        walk.enveloped(of, envelope, &mut inside)?;
    } else {
        walk.mismatch("object", &Path::WHOLE)?;
    }
    let end = walk.reader.offset();
    walk.reader.end()?;
    Ok(inside.unwrap_or(Place { start, end }))
}

/// A place in the text, from the inside out.
struct Path<'p> {
    outside: Option<&'p Path<'p>>,
    step: Step,
    depth: usize,
}

enum Step {
    Whole,
    Key(&'static str),
    Elements,
    Values,
}

impl<'p> Path<'p> {
    const WHOLE: Path<'static> = Path { outside: None, step: Step::Whole, depth: 0 };

    fn inside(&'p self, step: Step) -> Path<'p> {
        Path { outside: Some(self), step, depth: self.depth + 1 }
    }

    fn write(&self, place: &mut String) {
        if let Some(outside) = self.outside {
            outside.write(place);
        }
        match self.step {
            Step::Whole => {}
            Step::Elements => place.push_str("[]"),
            Step::Key(_) | Step::Values => {
                if !place.is_empty() {
                    place.push('.');
                }
                // The keys of a map and unknown keys are data: they stay unnamed.
                place.push_str(if let Step::Key(name) = self.step { name } else { "*" });
            }
        }
    }
}

struct Walk<'a, 'r> {
    reader: Reader<'a>,
    rule: Rule,
    report: &'r mut dyn FnMut(Mismatch),
}

impl<'a> Walk<'a, '_> {
    fn enveloped(
        &mut self,
        of: &Type,
        envelope: &str,
        inside: &mut Option<Place>,
    ) -> Result<(), Malformed> {
        self.members(|walk, key| {
            walk.reader.peek()?;
            let start = walk.reader.offset();
            if key != envelope.as_bytes() {
                return walk.unknown(&Path::WHOLE);
            }
            walk.value(of, Marks::default(), &Path::WHOLE)?;
            *inside = Some(Place { start, end: walk.reader.offset() });
            Ok(())
        })
    }

    fn value(&mut self, of: &Type, marks: Marks, path: &Path<'_>) -> Result<(), Malformed> {
        let first = self.reader.peek()?;
        match (of, first) {
            (Type::Text, b'"') => self.reader.skip_string(),
            (_, b'n') => self.null(of, marks, path),
            (Type::Boolean, b't' | b'f') => self.reader.word(),
            (Type::Integer, b'-' | b'0'..=b'9') => self.number(true, path),
            (Type::Number, b'-' | b'0'..=b'9') => self.number(false, path),
            // A part that may be repeated may come once.
            (Type::File | Type::List(Type::File), b'{') => self.reader.skip(|_| ()),
            (Type::Record(record), b'{') if path.depth < DEEPEST => self.record(record, path),
            (Type::List(element), b'[') if path.depth < DEEPEST => {
                self.list(element, &path.inside(Step::Elements))
            }
            (Type::Map(value), b'{') if path.depth < DEEPEST => {
                let path = path.inside(Step::Values);
                self.members(|walk, _| walk.value(value, Marks::default(), &path))
            }
            (Type::OneOrMany(one), b'[') if path.depth < DEEPEST => {
                self.list(one, &path.inside(Step::Elements))
            }
            (Type::OneOrMany(one), _) => self.value(one, marks, path),
            (Type::Anything, _)
            | (Type::List(_), b'[')
            | (Type::Map(_) | Type::Record(_), b'{') => self.unknown(path),
            (Type::Mixed(kinds), _) if kinds & kind(first) != 0 => match first {
                b'-' | b'0'..=b'9' => self.number(true, path),
                _ => self.unknown(path),
            },
            _ => self.mismatch(expected(of), path),
        }
    }

    fn null(&mut self, of: &Type, marks: Marks, path: &Path<'_>) -> Result<(), Malformed> {
        let allowed = marks.has(Marks::NULL)
            || matches!(of, Type::Anything)
            || match self.rule {
                Rule::Reply { lenient } => lenient,
                Rule::Request => !marks.has(Marks::REQUIRED),
            };
        if allowed { self.reader.word() } else { self.mismatch(expected(of), path) }
    }

    fn list(&mut self, element: &Type, path: &Path<'_>) -> Result<(), Malformed> {
        self.reader.take();
        if self.reader.accept(b']')? {
            if let Type::File = element {
                self.tell("file", "nothing", path);
            }
            return Ok(());
        }
        loop {
            self.value(element, Marks::default(), path)?;
            if !self.more(b']')? {
                return Ok(());
            }
        }
    }

    fn record(&mut self, record: &'static Record, path: &Path<'_>) -> Result<(), Malformed> {
        let mut seen = Seen::default();
        let mut next = 0;
        self.reader.take();
        let mut more = !self.reader.accept(b'}')?;
        while more {
            // Fields come in the order of the table nearly always: look for the next one first.
            let found = match field(record, next) {
                Some(field) if self.reader.accept_string(field.name)? => Some((next, field)),
                _ => find(record, self.reader.raw_string()?, next),
            };
            self.colon()?;
            match found {
                Some((at, field)) => {
                    next = at + 1;
                    seen.set(at);
                    self.value(&field.of, field.marks, &path.inside(Step::Key(field.name)))?;
                }
                None => self.unknown(&path.inside(Step::Values))?,
            }
            more = self.more(b'}')?;
        }
        if self.rule == Rule::Request {
            for (at, field) in fields(record).enumerate() {
                if field.marks.has(Marks::REQUIRED) && !seen.has(at) {
                    let path = path.inside(Step::Key(field.name));
                    self.tell(expected(&field.of), "nothing", &path);
                }
            }
        }
        Ok(())
    }

    fn members(
        &mut self,
        mut visit: impl FnMut(&mut Self, &'a [u8]) -> Result<(), Malformed>,
    ) -> Result<(), Malformed> {
        self.reader.take();
        if self.reader.accept(b'}')? {
            return Ok(());
        }
        loop {
            let key = self.reader.raw_string()?;
            self.colon()?;
            visit(self, key)?;
            if !self.more(b'}')? {
                return Ok(());
            }
        }
    }

    #[inline(always)]
    fn more(&mut self, close: u8) -> Result<bool, Malformed> {
        let byte = self.reader.peek()?;
        if byte != b',' && byte != close {
            return Err(Malformed);
        }
        self.reader.take();
        Ok(byte == b',')
    }

    #[inline(always)]
    fn colon(&mut self) -> Result<(), Malformed> {
        if self.reader.peek()? != b':' {
            return Err(Malformed);
        }
        self.reader.take();
        Ok(())
    }

    fn number(&mut self, whole: bool, path: &Path<'_>) -> Result<(), Malformed> {
        let text = self.reader.number()?;
        if whole && text.iter().any(|byte| matches!(byte, b'.' | b'e' | b'E')) {
            self.tell("integer", "number", path);
        } else if !exact_in_javascript(text) {
            self.tell(EXACT, "number", path);
        }
        Ok(())
    }

    fn unknown(&mut self, path: &Path<'_>) -> Result<(), Malformed> {
        let mut inexact = false;
        self.reader.skip(|number| inexact |= !exact_in_javascript(number))?;
        if inexact {
            self.tell(EXACT, "number", path);
        }
        Ok(())
    }

    fn mismatch(&mut self, expected: &'static str, path: &Path<'_>) -> Result<(), Malformed> {
        let found = match self.reader.peek()? {
            b'"' => "string",
            b'{' => "object",
            b'[' => "array",
            b't' | b'f' => "boolean",
            b'n' => "null",
            _ => "number",
        };
        self.tell(expected, found, path);
        self.reader.skip(|_| ())
    }

    fn tell(&mut self, expected: &'static str, found: &'static str, path: &Path<'_>) {
        let mut place = String::new();
        path.write(&mut place);
        (self.report)(Mismatch { place, expected, found });
    }
}

/// The kind of a value by its first byte, as a bit of [`Type::Mixed`].
fn kind(first: u8) -> u8 {
    match first {
        b'"' => Kind::TEXT,
        b'-' | b'0'..=b'9' => Kind::INTEGER,
        b't' | b'f' => Kind::BOOLEAN,
        b'[' => Kind::LIST,
        _ => 0,
    }
}

const EXACT: &str = "number that JavaScript holds exactly";

/// Which of the first 64 fields of a record were read; a test holds that no later one is required.
#[derive(Default)]
struct Seen(u64);

impl Seen {
    fn set(&mut self, at: usize) {
        self.0 |= 1u64.checked_shl(at as u32).unwrap_or(0);
    }

    fn has(&self, at: usize) -> bool {
        self.0 & 1u64.checked_shl(at as u32).unwrap_or(0) != 0
    }
}

fn fields(record: &'static Record) -> impl Iterator<Item = &'static Field> {
    let base = record.base.map_or(&[][..], |base| base.fields);
    record.fields.iter().chain(base)
}

/// The field at this place, behind the record's own those of its base.
fn field(record: &'static Record, at: usize) -> Option<&'static Field> {
    record.fields.get(at).or_else(|| record.base?.fields.get(at - record.fields.len()))
}

/// Looks from `next` on, and around.
fn find(record: &'static Record, key: &[u8], next: usize) -> Option<(usize, &'static Field)> {
    let mut at = next;
    loop {
        match field(record, at) {
            Some(field) if field.name.as_bytes() == key => return Some((at, field)),
            Some(_) => at += 1,
            None => at = 0,
        }
        if at == next {
            return None;
        }
    }
}

/// The JSON kind that a type stands for.
pub fn expected(of: &Type) -> &'static str {
    match of {
        Type::Anything => "value",
        Type::Text => "string",
        Type::Integer => "integer",
        Type::Number => "number",
        Type::Boolean => "boolean",
        Type::Mixed(kinds) if kinds & Kind::LIST != 0 => "string or array",
        Type::Mixed(kinds) if kinds & Kind::BOOLEAN != 0 => "boolean, integer or string",
        Type::Mixed(_) => "string or integer",
        Type::File | Type::List(Type::File) => "file",
        Type::List(_) => "array",
        Type::OneOrMany(_) => "object or array",
        Type::Map(_) | Type::Record(_) => "object",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::operation::Api;

    fn required_fields_come_early(of: &Type, seen: &mut Vec<*const Record>) -> bool {
        match of {
            Type::List(of) | Type::Map(of) | Type::OneOrMany(of) => {
                required_fields_come_early(of, seen)
            }
            Type::Record(record) if !seen.contains(&std::ptr::from_ref(*record)) => {
                seen.push(*record);
                fields(record).skip(64).all(|field| !field.marks.has(Marks::REQUIRED))
                    && fields(record).all(|field| required_fields_come_early(&field.of, seen))
            }
            _ => true,
        }
    }

    #[test]
    fn every_required_field_is_among_those_that_are_kept_track_of() {
        for operation in [Api::Welkin, Api::InboxHealth].iter().flat_map(|api| api.operations()) {
            let body = operation.body.map_or(Type::Anything, |body| body.of);
            assert!(required_fields_come_early(&body, &mut Vec::new()), "{}", operation.id);
        }
    }
}
