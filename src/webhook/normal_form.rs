//! The one text that a signature is made over, whatever way a body is written.

use std::borrow::Cow;
use std::cmp::Ordering;
use std::collections::BTreeMap;
use std::mem::take;

use percent_encoding::utf8_percent_encode;

use crate::engine::json::{Malformed, Reader, elements, unescape};
use crate::engine::text::ENCODED;

/// How deep values may lie in each other. Events are four levels deep.
const DEEPEST: usize = 64;

/// A name is written again for each value below it, so a body could ask for far more text than it
/// holds itself. This many bytes are granted to any body, and
const LARGEST_OF_ANY_BODY: usize = 1 << 20;
/// this many more for each of its own. Events need two.
const GROWTH: usize = 16;

/// What an event tells of itself with one value each. As its only element the value would be signed
/// alike.
const SINGLE: [&str; 4] = ["id", "livemode", "created_at", "event_type"];

/// The pairs `name=value` of a body in their order, joined with `&`.
pub fn normal_form(body: &str) -> Result<String, Malformed> {
    let mut reader = Reader::new(body.as_bytes());
    let mut pairs = Pairs {
        name: String::new(),
        found: Vec::new(),
        left: body.len().saturating_mul(GROWTH).saturating_add(LARGEST_OF_ANY_BODY),
    };
    // By the raw bytes of the name; inside a name, by those of the encoded pairs.
    let mut groups = BTreeMap::new();
    reader.object(|key, reader| {
        let key = name(key)?;
        pairs.name.clear();
        pairs.name.extend(utf8_percent_encode(&key, ENCODED));
        if reader.peek()? == b'[' {
            if SINGLE.contains(&&*key) {
                return Err(Malformed);
            }
            pairs.top_array(reader)?;
        } else {
            pairs.value(reader, DEEPEST)?;
            sort(&mut pairs.found, str::cmp);
        }
        // A group without pairs leaves its `&` behind.
        let before = groups.insert(key, take(&mut pairs.found).join("&"));
        if before.is_none() { Ok(()) } else { Err(Malformed) }
    })?;
    reader.end()?;
    Ok(groups.into_values().collect::<Vec<_>>().join("&"))
}

/// The pairs of one name at the top.
struct Pairs {
    /// The encoded name of the value that is read.
    name: String,
    found: Vec<String>,
    /// How many bytes the pairs may still take.
    left: usize,
}

impl Pairs {
    fn add(&mut self, value: &str) -> Result<(), Malformed> {
        let pair = format!("{}={}", self.name, utf8_percent_encode(value, ENCODED));
        self.left = self.left.checked_sub(pair.len() + 1).ok_or(Malformed)?;
        self.found.push(pair);
        Ok(())
    }

    fn value(&mut self, reader: &mut Reader<'_>, depth: usize) -> Result<(), Malformed> {
        let end = self.name.len();
        match reader.peek()? {
            b'{' => {
                let depth = depth.checked_sub(1).ok_or(Malformed)?;
                let mut names = Vec::new();
                reader.object(|key, reader| {
                    let key = name(key)?;
                    self.name.push_str("%5B");
                    self.name.extend(utf8_percent_encode(&key, ENCODED));
                    self.name.push_str("%5D");
                    names.push(key.into_owned());
                    self.value(reader, depth)?;
                    self.name.truncate(end);
                    Ok::<_, Malformed>(())
                })?;
                distinct(names)
            }
            b'[' => {
                let depth = depth.checked_sub(1).ok_or(Malformed)?;
                self.name.push_str("%5B%5D");
                reader.array(|reader| self.value(reader, depth))?;
                self.name.truncate(end);
                Ok(())
            }
            _ => self.add(&scalar(reader)?),
        }
    }

    /// An array at the top, which no event is known to have: its scalars repeat the bare name, in the
    /// order of their values. With objects or arrays in it, it is read like one further below.
    fn top_array(&mut self, reader: &mut Reader<'_>) -> Result<(), Malformed> {
        let array = reader.value()?;
        let elements = elements(std::str::from_utf8(array).map_err(|_| Malformed)?)?;
        if elements.iter().any(|element| element.starts_with(['{', '['])) {
            self.value(&mut Reader::new(array), DEEPEST)?;
            sort(&mut self.found, str::cmp);
            return Ok(());
        }
        let mut values = Vec::new();
        for element in &elements {
            let mut reader = Reader::new(element.as_bytes());
            values.push(scalar(&mut reader)?.into_owned());
            reader.end()?;
        }
        if elements.iter().all(|element| element.starts_with(|first| "-0123456789".contains(first)))
        {
            sort(&mut values, by_size);
        } else {
            sort(&mut values, str::cmp);
        }
        if values.is_empty() {
            return self.add("");
        }
        values.iter().try_for_each(|value| self.add(value))
    }
}

/// The text of a string, a number as it is written, `true`, `false`, or nothing for `null`.
fn scalar<'a>(reader: &mut Reader<'a>) -> Result<Cow<'a, str>, Malformed> {
    let first = reader.peek()?;
    match first {
        b'"' => return text(reader.raw_string()?),
        b'{' | b'[' => return Err(Malformed),
        _ => {}
    }
    let value = reader.value()?;
    let written = if first == b'n' { b"" } else { value };
    std::str::from_utf8(written).map(Cow::Borrowed).map_err(|_| Malformed)
}

/// What a string stands for.
fn text(raw: &[u8]) -> Result<Cow<'_, str>, Malformed> {
    // The reader is for replies and lets control characters pass. `JSON.parse` does not.
    if raw.iter().any(|byte| *byte < b' ') { Err(Malformed) } else { unescape(raw) }
}

/// What a name stands for. With a bracket in it, it could be that of a value further below, and the
/// signature would not tell the two apart.
fn name(raw: &[u8]) -> Result<Cow<'_, str>, Malformed> {
    text(raw).and_then(|name| if name.contains(['[', ']']) { Err(Malformed) } else { Ok(name) })
}

/// Which one counts of a name that comes twice is each reader's own choice, and the signature would
/// stand for one of them only.
fn distinct(mut names: Vec<String>) -> Result<(), Malformed> {
    sort(&mut names, str::cmp);
    let twice = names.windows(2).any(|pair| pair.first() == pair.last());
    if twice { Err(Malformed) } else { Ok(()) }
}

/// One function for all orders, for a sort of its own is some kilobytes of wasm.
fn sort(texts: &mut [String], order: fn(&str, &str) -> Ordering) {
    texts.sort_unstable_by(|one, other| order(one, other));
}

/// The order of numbers that are written as JSON, of whatever length.
fn by_size(one: &str, other: &str) -> Ordering {
    let (one, other) = (Decimal::of(one), Decimal::of(other));
    match (one.negative, other.negative) {
        (false, false) => one.size.cmp(&other.size),
        (true, true) => other.size.cmp(&one.size),
        (negative, _) => {
            if negative {
                Ordering::Less
            } else {
                Ordering::Greater
            }
        }
    }
}

/// A number in parts that can be compared. A float would cost its parser, and round.
struct Decimal {
    negative: bool,
    /// The place of the first digit that is not 0, and the digits from there to the last such.
    size: (i64, String),
}

impl Decimal {
    fn of(number: &str) -> Self {
        let (mantissa, exponent) = number.split_once(['e', 'E']).unwrap_or((number, "0"));
        let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
        let all = [whole.trim_start_matches('-'), fraction].concat();
        let digits = all.trim_start_matches('0');
        if digits.is_empty() {
            return Decimal { negative: false, size: (i64::MIN, String::new()) };
        }
        // What does not fit is beyond all that is written out.
        let beyond = if exponent.starts_with('-') { i64::MIN / 2 } else { i64::MAX / 2 };
        let exponent = exponent.parse().unwrap_or(beyond);
        let place = (digits.len() as i64 - fraction.len() as i64).saturating_add(exponent);
        Decimal {
            negative: number.starts_with('-'),
            size: (place, digits.trim_end_matches('0').into()),
        }
    }
}
