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
    let mut walk = Walk { reader: Reader::new(text), rule, steps: Vec::new(), report };
    walk.reader.peek()?;
    let start = walk.reader.offset();
    let mut inside = None;
    if envelope.is_empty() {
        walk.value(of, Marks::default())?;
    } else if walk.reader.peek()? == b'{' {
        walk.enveloped(of, envelope, &mut inside)?;
    } else {
        walk.mismatch("object")?;
    }
    let end = walk.reader.offset();
    walk.reader.end()?;
    Ok(inside.unwrap_or(Place { start, end }))
}

enum Step {
    Key(&'static str),
    Elements,
    Values,
}

struct Walk<'a, 'r> {
    reader: Reader<'a>,
    rule: Rule,
    steps: Vec<Step>,
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
                return walk.unknown();
            }
            walk.value(of, Marks::default())?;
            *inside = Some(Place { start, end: walk.reader.offset() });
            Ok(())
        })
    }

    fn value(&mut self, of: &Type, marks: Marks) -> Result<(), Malformed> {
        let first = self.reader.peek()?;
        match (of, first) {
            (Type::Anything, _) => self.unknown(),
            (Type::Text, b'"') => self.reader.raw_string().map(|_| ()),
            (Type::Integer, b'-' | b'0'..=b'9') => self.number(true),
            (Type::Number, b'-' | b'0'..=b'9') => self.number(false),
            (Type::Boolean, b't' | b'f') => self.reader.word().map(|_| ()),
            // A part that may be repeated may come once.
            (Type::File | Type::List(Type::File), b'{') => self.reader.skip(|_| ()),
            (_, b'n') => self.null(of, marks),
            (Type::List(element), b'[') if self.steps.len() < DEEPEST => {
                self.nest(Step::Elements, |walk| walk.list(element))
            }
            (Type::Map(value), b'{') if self.steps.len() < DEEPEST => {
                self.nest(Step::Values, |walk| walk.map(value))
            }
            (Type::Record(record), b'{') if self.steps.len() < DEEPEST => self.record(record),
            (Type::List(_), b'[') | (Type::Map(_) | Type::Record(_), b'{') => self.unknown(),
            (Type::Mixed(kinds), b'"') if kinds & Kind::TEXT != 0 => {
                self.reader.raw_string().map(|_| ())
            }
            (Type::Mixed(kinds), b'-' | b'0'..=b'9') if kinds & Kind::INTEGER != 0 => {
                self.number(true)
            }
            (Type::Mixed(kinds), b't' | b'f') if kinds & Kind::BOOLEAN != 0 => {
                self.reader.word().map(|_| ())
            }
            (Type::Mixed(kinds), b'[') if kinds & Kind::LIST != 0 => self.unknown(),
            _ => self.mismatch(expected(of)),
        }
    }

    fn null(&mut self, of: &Type, marks: Marks) -> Result<(), Malformed> {
        let allowed = marks.has(Marks::NULL)
            || match self.rule {
                Rule::Reply { lenient } => lenient,
                Rule::Request => !marks.has(Marks::REQUIRED),
            };
        if allowed { self.reader.word().map(|_| ()) } else { self.mismatch(expected(of)) }
    }

    fn list(&mut self, element: &Type) -> Result<(), Malformed> {
        self.reader.take();
        if self.reader.accept(b']')? {
            if let Type::File = element {
                self.tell("file", "nothing");
            }
            return Ok(());
        }
        loop {
            self.value(element, Marks::default())?;
            if !self.more(b']')? {
                return Ok(());
            }
        }
    }

    fn map(&mut self, value: &Type) -> Result<(), Malformed> {
        self.members(|walk, _| walk.value(value, Marks::default()))
    }

    fn record(&mut self, record: &'static Record) -> Result<(), Malformed> {
        let mut seen = Seen::default();
        // Fields come in the order of the table nearly always: look at the next one first.
        let mut next = 0;
        self.members(|walk, key| match find(record, key, next) {
            Some((at, field)) => {
                next = at + 1;
                seen.set(at);
                walk.nest(Step::Key(field.name), |walk| walk.value(&field.of, field.marks))
            }
            None => walk.nest(Step::Values, Self::unknown),
        })?;
        if self.rule == Rule::Request {
            for (at, field) in fields(record).enumerate() {
                if field.marks.has(Marks::REQUIRED) && !seen.has(at) {
                    self.steps.push(Step::Key(field.name));
                    self.tell(expected(&field.of), "nothing");
                    self.steps.pop();
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
            if !self.reader.accept(b':')? {
                return Err(Malformed);
            }
            visit(self, key)?;
            if !self.more(b'}')? {
                return Ok(());
            }
        }
    }

    fn more(&mut self, close: u8) -> Result<bool, Malformed> {
        if self.reader.accept(b',')? {
            Ok(true)
        } else if self.reader.accept(close)? {
            Ok(false)
        } else {
            Err(Malformed)
        }
    }

    fn number(&mut self, whole: bool) -> Result<(), Malformed> {
        let text = self.reader.number()?;
        if whole && text.iter().any(|byte| matches!(byte, b'.' | b'e' | b'E')) {
            self.tell("integer", "number");
        } else if !exact_in_javascript(text) {
            self.tell(EXACT, "number");
        }
        Ok(())
    }

    fn unknown(&mut self) -> Result<(), Malformed> {
        let mut inexact = false;
        self.reader.skip(|number| inexact |= !exact_in_javascript(number))?;
        if inexact {
            self.tell(EXACT, "number");
        }
        Ok(())
    }

    fn mismatch(&mut self, expected: &'static str) -> Result<(), Malformed> {
        let found = match self.reader.peek()? {
            b'"' => "string",
            b'{' => "object",
            b'[' => "array",
            b't' | b'f' => "boolean",
            b'n' => "null",
            _ => "number",
        };
        self.tell(expected, found);
        self.reader.skip(|_| ())
    }

    fn nest(
        &mut self,
        step: Step,
        walk: impl FnOnce(&mut Self) -> Result<(), Malformed>,
    ) -> Result<(), Malformed> {
        self.steps.push(step);
        let walked = walk(self);
        self.steps.pop();
        walked
    }

    fn tell(&mut self, expected: &'static str, found: &'static str) {
        let mut place = String::new();
        for step in &self.steps {
            match step {
                Step::Elements => place.push_str("[]"),
                Step::Key(_) | Step::Values => {
                    if !place.is_empty() {
                        place.push('.');
                    }
                    // The keys of a map and unknown keys are data: they stay unnamed.
                    place.push_str(if let Step::Key(name) = step { name } else { "*" });
                }
            }
        }
        (self.report)(Mismatch { place, expected, found });
    }
}

const EXACT: &str = "number that JavaScript holds exactly";

/// Which fields of a record were read; a record of more fields than bits has no required ones.
#[derive(Default)]
struct Seen(u128);

impl Seen {
    fn set(&mut self, at: usize) {
        self.0 |= 1u128.checked_shl(at as u32).unwrap_or(0);
    }

    fn has(&self, at: usize) -> bool {
        self.0 & 1u128.checked_shl(at as u32).unwrap_or(0) != 0
    }
}

fn fields(record: &'static Record) -> impl Iterator<Item = &'static Field> {
    let base = record.base.map_or(&[][..], |base| base.fields);
    record.fields.iter().chain(base)
}

/// Looks from `next` on, and around.
fn find(record: &'static Record, key: &[u8], next: usize) -> Option<(usize, &'static Field)> {
    let base = record.base.map_or(&[][..], |base| base.fields);
    let all = record.fields.len() + base.len();
    let mut at = next;
    for _ in 0..all {
        if at >= all {
            at = 0;
        }
        let field = record.fields.get(at).or_else(|| base.get(at - record.fields.len()))?;
        if field.name.as_bytes() == key {
            return Some((at, field));
        }
        at += 1;
    }
    None
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
        Type::Map(_) | Type::Record(_) => "object",
    }
}
