//! Compares JSON text with the declared types while reading it once, without building values.

use std::num::NonZeroUsize;
use std::ops::ControlFlow::{self, Break, Continue};

use super::error::Mismatch;
use super::json::{
    End, Malformed, exact_in_javascript, key_end, number_end, string_end, token, value_end,
    word_end,
};
use crate::schema::{Field, Kind, Marks, Record, Type};

/// Declared types nest at most this deep; what lies deeper is stepped over.
const DEEPEST: usize = 64;

/// What a value is checked for.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Rule {
    /// A reply: a missing field is no mismatch, for the APIs leave out what is unset. `null` is one
    /// where no source shows it, unless the API is known to send it anywhere.
    Reply {
        /// Whether every field may be null (Inbox Health: reference, `info.description`). A record in
        /// its envelope or in a list is none, nor is the list of a page.
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
    let mut walk = Walk { text, rule, report };
    let start = token(text, 0);
    let mut inside = None;
    let end = if envelope.is_empty() {
        walk.value(start, of, Marks::default(), &Path::WHOLE)
    } else if text.get(start) == Some(&b'{') {
        walk.enveloped(start, of, envelope, &mut inside)
    } else {
        walk.mismatch(start, "object", &Path::WHOLE)
    };
    let end = end?.get();
    if token(text, end) < text.len() {
        return Err(Malformed);
    }
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
    text: &'a [u8],
    rule: Rule,
    report: &'r mut dyn FnMut(Mismatch),
}

/// Each step takes the place where it starts and gives that where it ends: they stay in registers.
impl<'a> Walk<'a, '_> {
    fn enveloped(
        &mut self,
        at: usize,
        of: &Type,
        envelope: &str,
        inside: &mut Option<Place>,
    ) -> End {
        self.members(at, &mut |walk, key, at| {
            if key != envelope.as_bytes() {
                return walk.unknown(at, &Path::WHOLE);
            }
            let start = token(walk.text, at);
            let end = walk.value(start, of, Marks::default(), &Path::WHOLE)?;
            *inside = Some(Place { start, end: end.get() });
            Ok(end)
        })
    }

    fn value(&mut self, at: usize, of: &Type, marks: Marks, path: &Path<'_>) -> End {
        let at = token(self.text, at);
        let first = self.first(at)?;
        match (of, first) {
            (Type::Text, b'"') => string_end(self.text, at + 1),
            (_, b'n') => self.null(at, of, marks, path),
            (Type::Boolean, b't' | b'f') => word_end(self.text, at),
            (Type::Integer, b'-' | b'0'..=b'9') => self.number(at, true, path),
            (Type::Number, b'-' | b'0'..=b'9') => self.number(at, false, path),
            // A part that may be repeated may come once.
            (Type::File | Type::List(Type::File), b'{') => value_end(self.text, at, &mut false),
            (Type::Record(record), b'{') if path.depth < DEEPEST => self.record(at, record, path),
            (Type::List(element) | Type::OneOrMany(element), b'[') if path.depth < DEEPEST => {
                self.list(at, element, &path.inside(Step::Elements))
            }
            (Type::Map(value), b'{') if path.depth < DEEPEST => {
                let path = path.inside(Step::Values);
                self.members(at, &mut |walk, _, at| walk.value(at, value, Marks::default(), &path))
            }
            (Type::OneOrMany(one), _) => self.value(at, one, marks, path),
            (Type::Anything, _)
            | (Type::List(_), b'[')
            | (Type::Map(_) | Type::Record(_), b'{') => self.unknown(at, path),
            (Type::Mixed(kinds), _) if kinds & kind(first) != 0 => match first {
                b'-' | b'0'..=b'9' => self.number(at, true, path),
                _ => self.unknown(at, path),
            },
            _ => self.mismatch(at, expected(of), path),
        }
    }

    fn null(&mut self, at: usize, of: &Type, marks: Marks, path: &Path<'_>) -> End {
        let allowed = marks.has(Marks::NULL)
            || matches!(of, Type::Anything)
            || match self.rule {
                Rule::Reply { lenient } => {
                    lenient
                        && !marks.has(Marks::REQUIRED)
                        && matches!(path.step, Step::Key(_) | Step::Values)
                }
                Rule::Request => !marks.has(Marks::REQUIRED),
            };
        if allowed { word_end(self.text, at) } else { self.mismatch(at, expected(of), path) }
    }

    fn list(&mut self, at: usize, element: &Type, path: &Path<'_>) -> End {
        let mut at = token(self.text, at + 1);
        if self.first(at)? == b']' {
            if let Type::File = element {
                self.tell("file", "nothing", path);
            }
            return behind(at);
        }
        loop {
            let end = self.value(at, element, Marks::default(), path)?;
            match self.next(end, b']') {
                Continue(next) => at = next,
                Break(end) => return end,
            }
        }
    }

    #[inline(never)]
    fn record(&mut self, at: usize, record: &'static Record, path: &Path<'_>) -> End {
        let mut seen = Seen::default();
        let end = self.fields(at, record, path, &mut seen)?;
        if self.rule == Rule::Request {
            for (at, field) in fields(record).enumerate() {
                if field.marks.has(Marks::REQUIRED) && !seen.has(at) {
                    let path = path.inside(Step::Key(field.name));
                    self.tell(expected(&field.of), "nothing", &path);
                }
            }
        }
        Ok(end)
    }

    #[inline(always)]
    fn fields(
        &mut self,
        at: usize,
        record: &'static Record,
        path: &Path<'_>,
        seen: &mut Seen,
    ) -> End {
        let mut at = token(self.text, at + 1);
        if self.first(at)? == b'}' {
            return behind(at);
        }
        let mut place = 0;
        loop {
            // Fields come in the order of the table nearly always: look for the next one first.
            let foreseen = field(record, place);
            let (found, value) = match foreseen.and_then(|field| key_end(self.text, at, field.name))
            {
                Some(value) => (foreseen, value.get()),
                None => {
                    let (key, value) = self.key(at)?;
                    (find(record, key, &mut place), value)
                }
            };
            let end = match found {
                Some(field) => {
                    seen.set(place);
                    place += 1;
                    // Most values are texts.
                    if matches!(field.of, Type::Text) && self.text.get(value) == Some(&b'"') {
                        string_end(self.text, value + 1)
                    } else {
                        let path = path.inside(Step::Key(field.name));
                        self.value(value, &field.of, field.marks, &path)
                    }
                }
                None => self.unknown(value, &path.inside(Step::Values)),
            };
            match self.next(end?, b'}') {
                Continue(next) => at = next,
                Break(end) => return end,
            }
        }
    }

    fn members(
        &mut self,
        at: usize,
        visit: &mut dyn FnMut(&mut Self, &'a [u8], usize) -> End,
    ) -> End {
        let mut at = token(self.text, at + 1);
        if self.first(at)? == b'}' {
            return behind(at);
        }
        loop {
            let (key, value) = self.key(at)?;
            let end = visit(self, key, value)?;
            match self.next(end, b'}') {
                Continue(next) => at = next,
                Break(end) => return end,
            }
        }
    }

    fn first(&self, at: usize) -> Result<u8, Malformed> {
        self.text.get(at).copied().ok_or(Malformed)
    }

    /// A key, and the place behind its colon.
    fn key(&self, at: usize) -> Result<(&'a [u8], usize), Malformed> {
        let at = token(self.text, at);
        if self.first(at)? != b'"' {
            return Err(Malformed);
        }
        let end = string_end(self.text, at + 1)?.get();
        let colon = token(self.text, end);
        if self.first(colon)? != b':' {
            return Err(Malformed);
        }
        Ok((self.text.get(at + 1..end - 1).unwrap_or_default(), colon + 1))
    }

    /// Behind an element: the place behind its comma, or the end of all.
    #[inline(always)]
    fn next(&self, end: NonZeroUsize, close: u8) -> ControlFlow<End, usize> {
        let at = token(self.text, end.get());
        match self.text.get(at) {
            Some(b',') => Continue(at + 1),
            Some(byte) if *byte == close => Break(behind(at)),
            _ => Break(Err(Malformed)),
        }
    }

    fn number(&mut self, at: usize, whole: bool, path: &Path<'_>) -> End {
        let end = number_end(self.text, at)?;
        let text = self.text.get(at..end.get()).unwrap_or_default();
        if whole && !is_whole(text, self.rule) {
            self.tell("integer", "number", path);
        } else if !exact_in_javascript(text) {
            self.tell(EXACT, "number", path);
        }
        Ok(end)
    }

    fn unknown(&mut self, at: usize, path: &Path<'_>) -> End {
        let mut rounded = false;
        let end = value_end(self.text, at, &mut rounded)?;
        if rounded {
            self.tell(EXACT, "number", path);
        }
        Ok(end)
    }

    fn mismatch(&mut self, at: usize, expected: &'static str, path: &Path<'_>) -> End {
        let found = match self.first(at)? {
            b'"' => "string",
            b'{' => "object",
            b'[' => "array",
            b't' | b'f' => "boolean",
            b'n' => "null",
            b'-' | b'0'..=b'9' => "number",
            _ => return Err(Malformed),
        };
        self.tell(expected, found, path);
        value_end(self.text, at, &mut false)
    }

    fn tell(&mut self, expected: &'static str, found: &'static str, path: &Path<'_>) {
        let mut place = String::new();
        path.write(&mut place);
        (self.report)(Mismatch { place, expected, found });
    }
}

/// Behind one byte.
fn behind(at: usize) -> End {
    NonZeroUsize::new(at + 1).ok_or(Malformed)
}

/// Whether a number is a whole one. A reply may write it with a point and zeros behind it.
fn is_whole(number: &[u8], rule: Rule) -> bool {
    let mut rest = number.iter().skip_while(|byte| !matches!(byte, b'.' | b'e' | b'E'));
    match rest.next() {
        Some(b'.') => rule != Rule::Request && rest.all(|byte| *byte == b'0'),
        other => other.is_none(),
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
#[inline(always)]
fn field(record: &'static Record, at: usize) -> Option<&'static Field> {
    record.fields.get(at).or_else(|| record.base?.fields.get(at - record.fields.len()))
}

/// Looks from this place on, and around; moves it to what was found.
fn find(record: &'static Record, key: &[u8], place: &mut usize) -> Option<&'static Field> {
    let mut at = *place;
    loop {
        match field(record, at) {
            Some(field) if field.name.as_bytes() == key => {
                *place = at;
                return Some(field);
            }
            Some(_) => at += 1,
            None => at = 0,
        }
        if at == *place {
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
