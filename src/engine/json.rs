//! Reading JSON text in place: enough to check it, to take it apart and to put it together, without
//! building values. The engine moves JSON as text; values are built at its borders.

use std::borrow::Cow;
use std::num::NonZeroUsize;
use std::str::Chars;

use hifijson::SliceLexer;

/// The text is not JSON.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Malformed;

/// The place behind something, which is never the first.
pub type End = Result<NonZeroUsize, Malformed>;

fn end(at: usize) -> End {
    NonZeroUsize::new(at).ok_or(Malformed)
}

/// Where the next token starts. A program writes few blanks: they are not worth their place in every
/// loop.
#[inline(always)]
pub fn token(text: &[u8], at: usize) -> usize {
    match text.get(at) {
        Some(byte) if *byte <= b' ' => past_blanks(text, at),
        _ => at,
    }
}

#[inline(never)]
fn past_blanks(text: &[u8], mut at: usize) -> usize {
    while let Some(b' ' | b'\n' | b'\r' | b'\t') = text.get(at) {
        at += 1;
    }
    at
}

/// The end of the string whose inside starts here. Every byte of a reply goes through this loop: it
/// takes eight at a time.
#[inline(never)]
pub fn string_end(text: &[u8], mut at: usize) -> End {
    loop {
        while let Some(word) = text.get(at..).and_then(<[u8]>::first_chunk) {
            let word = u64::from_le_bytes(*word);
            let found = zeros(word ^ QUOTES) | zeros(word ^ BACKSLASHES);
            if found != 0 {
                at += found.trailing_zeros() as usize / 8;
                break;
            }
            at += 8;
        }
        at += match text.get(at) {
            Some(b'"') => return end(at + 1),
            Some(b'\\') => 2,
            Some(_) => 1,
            None => return Err(Malformed),
        };
    }
}

/// The end of this key and of its colon, if they come here and are written without blanks and escapes.
#[inline(always)]
pub fn key_end(text: &[u8], at: usize, key: &str) -> Option<NonZeroUsize> {
    let behind = at + key.len() + 3;
    match text.get(at..behind)? {
        [b'"', inside @ .., b'"', b':'] if same(inside, key.as_bytes()) => {
            NonZeroUsize::new(behind)
        }
        _ => None,
    }
}

/// Whether two texts of one length are equal: the library's comparison goes byte by byte in wasm.
#[inline(always)]
fn same(one: &[u8], other: &[u8]) -> bool {
    let (Some(last), Some(other_last)) = (one.last_chunk::<8>(), other.last_chunk()) else {
        return one.iter().zip(other).all(|(one, other)| one == other);
    };
    // Eight at a time; the last ones may be compared twice.
    let mut words = one.chunks_exact(8).zip(other.chunks_exact(8));
    u64::from_le_bytes(*last) == u64::from_le_bytes(*other_last)
        && words.all(|(one, other)| match (one.first_chunk(), other.first_chunk()) {
            (Some(one), Some(other)) => u64::from_le_bytes(*one) == u64::from_le_bytes(*other),
            _ => false,
        })
}

/// The end of `null`, `true` or `false`.
pub fn word_end(text: &[u8], at: usize) -> End {
    match text.get(at..).unwrap_or_default() {
        [b'n', b'u', b'l', b'l', ..] | [b't', b'r', b'u', b'e', ..] => end(at + 4),
        [b'f', b'a', b'l', b's', b'e', ..] => end(at + 5),
        _ => Err(Malformed),
    }
}

/// The end of a number.
pub fn number_end(text: &[u8], at: usize) -> End {
    use hifijson::num::Lex;
    let mut lexer = SliceLexer::new(text.get(at..).unwrap_or_default());
    lexer.num_ignore().validate().map_err(|_| Malformed)?;
    end(text.len() - lexer.as_slice().len())
}

/// The end of a value, however deep it is; notes a number in it that JavaScript rounds.
pub fn value_end(text: &[u8], mut at: usize, rounded: &mut bool) -> End {
    let mut depth = 0usize;
    loop {
        at = token(text, at);
        let end = match text.get(at) {
            Some(b'"') => string_end(text, at + 1)?,
            Some(b'{' | b'[') => {
                depth += 1;
                at += 1;
                continue;
            }
            Some(b'}' | b']') => {
                depth = depth.checked_sub(1).ok_or(Malformed)?;
                end(at + 1)?
            }
            Some(b',' | b':') if depth > 0 => {
                at += 1;
                continue;
            }
            Some(b'-' | b'0'..=b'9') => {
                let end = number_end(text, at)?;
                *rounded |= !exact_in_javascript(text.get(at..end.get()).unwrap_or_default());
                end
            }
            _ => word_end(text, at)?,
        };
        if depth == 0 {
            return Ok(end);
        }
        at = end.get();
    }
}

/// Whether JavaScript holds every number of a text without rounding it. Not of what is no JSON.
#[cfg(any(feature = "edge", test))]
pub fn is_exact(text: &[u8]) -> bool {
    let mut rounded = false;
    value_end(text, 0, &mut rounded).is_ok() && !rounded
}

/// A place in JSON text.
pub struct Reader<'a> {
    text: &'a [u8],
    at: usize,
}

impl<'a> Reader<'a> {
    /// Starts at the beginning of the text.
    pub fn new(text: &'a [u8]) -> Self {
        Reader { text, at: 0 }
    }

    /// The first byte of the next token.
    pub fn peek(&mut self) -> Result<u8, Malformed> {
        self.at = token(self.text, self.at);
        self.text.get(self.at).copied().ok_or(Malformed)
    }

    /// Takes this byte if it comes next.
    pub fn accept(&mut self, byte: u8) -> Result<bool, Malformed> {
        let comes = self.peek()? == byte;
        self.at += usize::from(comes);
        Ok(comes)
    }

    /// Nothing but white space may follow.
    pub fn end(&mut self) -> Result<(), Malformed> {
        if self.peek().is_err() { Ok(()) } else { Err(Malformed) }
    }

    /// A string, without its quotes and with its escapes as they are.
    pub fn raw_string(&mut self) -> Result<&'a [u8], Malformed> {
        self.expect(b'"')?;
        let start = self.at;
        self.at = string_end(self.text, start)?.get();
        Ok(self.text.get(start..self.at - 1).unwrap_or_default())
    }

    /// A value, as its text.
    pub fn value(&mut self) -> Result<&'a [u8], Malformed> {
        let start = token(self.text, self.at);
        self.at = value_end(self.text, start, &mut false)?.get();
        Ok(self.text.get(start..self.at).unwrap_or_default())
    }

    /// Walks an object; `visit` must read the value.
    pub fn object<E: From<Malformed>>(
        &mut self,
        mut visit: impl FnMut(&'a [u8], &mut Self) -> Result<(), E>,
    ) -> Result<(), E> {
        self.expect(b'{')?;
        if self.accept(b'}')? {
            return Ok(());
        }
        loop {
            let key = self.raw_string()?;
            self.expect(b':')?;
            visit(key, self)?;
            if self.accept(b'}')? {
                return Ok(());
            }
            self.expect(b',')?;
        }
    }

    /// Walks an array; `visit` must read the element.
    pub fn array<E: From<Malformed>>(
        &mut self,
        mut visit: impl FnMut(&mut Self) -> Result<(), E>,
    ) -> Result<(), E> {
        self.expect(b'[')?;
        if self.accept(b']')? {
            return Ok(());
        }
        loop {
            visit(self)?;
            if self.accept(b']')? {
                return Ok(());
            }
            self.expect(b',')?;
        }
    }

    fn expect(&mut self, byte: u8) -> Result<(), Malformed> {
        if self.accept(byte)? { Ok(()) } else { Err(Malformed) }
    }
}

const QUOTES: u64 = u64::from_le_bytes([b'"'; 8]);
const BACKSLASHES: u64 = u64::from_le_bytes([b'\\'; 8]);

/// The top bit of the first byte that is zero, and of none before it.
fn zeros(word: u64) -> u64 {
    const ONES: u64 = u64::from_le_bytes([1; 8]);
    word.wrapping_sub(ONES) & !word & (ONES << 7)
}

/// The members of an object, values as text.
pub fn members(text: &str) -> Result<Vec<(Cow<'_, str>, &str)>, Malformed> {
    let mut members = Vec::new();
    let mut reader = Reader::new(text.as_bytes());
    reader.object(|key, reader| {
        let value = slice(reader)?;
        members.push((unescape(key)?, value));
        Ok::<_, Malformed>(())
    })?;
    reader.end()?;
    Ok(members)
}

/// The elements of an array as text.
pub fn elements(text: &str) -> Result<Vec<&str>, Malformed> {
    let mut elements = Vec::new();
    let mut reader = Reader::new(text.as_bytes());
    reader.array(|reader| {
        elements.push(slice(reader)?);
        Ok::<_, Malformed>(())
    })?;
    reader.end()?;
    Ok(elements)
}

/// How many elements an array has; 0 when the text is no array.
pub fn count(text: &[u8]) -> usize {
    let mut count = 0;
    let walked = Reader::new(text).array(|reader| {
        count += 1;
        reader.value().map(|_| ())
    });
    walked.map_or(0, |()| count)
}

/// The value at a path of keys, as text. The last of several equal keys counts, as for
/// `JSON.parse`.
pub fn at<'a>(text: &'a [u8], path: &[&str]) -> Option<&'a [u8]> {
    let mut here = text;
    for name in path {
        let mut found = None;
        let mut reader = Reader::new(here);
        reader
            .object(|key, reader| {
                let value = reader.value()?;
                if key == name.as_bytes() {
                    found = Some(value);
                }
                Ok::<_, Malformed>(())
            })
            .ok()?;
        here = found?;
    }
    Some(here.trim_ascii())
}

/// The string that a JSON string stands for; `None` when the text is no string.
pub fn string(text: &[u8]) -> Option<Cow<'_, str>> {
    let mut reader = Reader::new(text);
    let raw = reader.raw_string().ok()?;
    reader.end().ok()?;
    unescape(raw).ok()
}

/// Writes a string as JSON.
pub fn write_string(out: &mut String, value: &str) {
    out.push('"');
    for character in value.chars() {
        match character {
            '"' | '\\' => {
                out.push('\\');
                out.push(character);
            }
            '\u{0}'..='\u{1f}' => {
                let code = u32::from(character);
                out.push_str("\\u00");
                for digit in [code >> 4, code & 15] {
                    out.push(char::from_digit(digit, 16).unwrap_or('0'));
                }
            }
            _ => out.push(character),
        }
    }
    out.push('"');
}

fn slice<'a>(reader: &mut Reader<'a>) -> Result<&'a str, Malformed> {
    std::str::from_utf8(reader.value()?).map_err(|_| Malformed)
}

/// What the inside of a JSON string stands for.
///
/// Written out here, because the lexer's own would be a kilobyte of the client's wasm.
pub fn unescape(raw: &[u8]) -> Result<Cow<'_, str>, Malformed> {
    let text = std::str::from_utf8(raw).map_err(|_| Malformed)?;
    if raw.iter().all(|byte| *byte != b'\\') {
        return Ok(Cow::Borrowed(text));
    }
    let mut plain = String::with_capacity(text.len());
    let mut rest = text.chars();
    while let Some(character) = rest.next() {
        plain.push(match character {
            '\\' => escaped(&mut rest).ok_or(Malformed)?,
            other => other,
        });
    }
    Ok(Cow::Owned(plain))
}

/// What an escape stands for, behind its backslash (RFC 8259, section 7).
fn escaped(rest: &mut Chars<'_>) -> Option<char> {
    Some(match rest.next()? {
        'b' => '\u{8}',
        'f' => '\u{c}',
        'n' => '\n',
        'r' => '\r',
        't' => '\t',
        'u' => {
            let unit = code_unit(rest)?;
            let 0xd800..0xdc00 = unit else { return char::from_u32(unit) };
            // The first half of a surrogate pair.
            if rest.next()? != '\\' || rest.next()? != 'u' {
                return None;
            }
            let low = code_unit(rest)?.checked_sub(0xdc00).filter(|low| *low < 0x400)?;
            char::from_u32(0x10000 + ((unit - 0xd800) << 10) + low)?
        }
        same @ ('"' | '\\' | '/') => same,
        _ => return None,
    })
}

fn code_unit(rest: &mut Chars<'_>) -> Option<u32> {
    let mut unit = 0;
    for _ in 0..4 {
        unit = unit << 4 | rest.next()?.to_digit(16)?;
    }
    Some(unit)
}

/// Whether JavaScript holds the number that this text writes without rounding it.
///
/// 15 significant digits always survive. Beyond that whole numbers are looked at bit by bit, however they
/// are written; fractions are granted 17 digits, which is as many as a double can have, unless so many of
/// them stand before the point that a double has none left behind it.
pub fn exact_in_javascript(number: &[u8]) -> bool {
    // Most numbers are short and whole.
    if number.len() <= 15 && number.iter().all(u8::is_ascii_digit) {
        return true;
    }
    // Digits and value as far as the last digit that is not zero, and its power of ten.
    let (mut digits, mut value) = (0, 0u64);
    let (mut power, mut zeros, mut fraction) = (0, 0, 0);
    let mut rest = number.iter();
    for byte in rest.by_ref() {
        match byte {
            b'.' => fraction = 1,
            b'0'..=b'9' => {
                power -= fraction;
                zeros += 1;
                if *byte != b'0' {
                    digits += if digits == 0 { 1 } else { zeros };
                    value = shifted(value, zeros).saturating_add(u64::from(byte - b'0'));
                    zeros = 0;
                }
            }
            b'-' => {}
            _ => break,
        }
    }
    let mut exponent = 0i64;
    let mut sign = 1;
    for byte in rest {
        match byte {
            b'-' => sign = -1,
            b'+' => {}
            digit => exponent = (exponent * 10 + i64::from(digit - b'0')).min(1000),
        }
    }
    power += zeros + sign * exponent;
    // Far from the ends of what a double can hold, however many zeros say so.
    if !(-290..=290).contains(&(digits + power)) {
        return false;
    }
    if digits <= 15 {
        return true;
    }
    if power < 0 {
        return digits <= 17 && digits + power <= 15;
    }
    let value = shifted(value, power);
    64 - value.leading_zeros() - value.trailing_zeros() <= 53
}

/// Times ten so many times. What is too long to be counted has every bit set.
fn shifted(value: u64, by: i64) -> u64 {
    (0..by).fold(value, |value, _| value.saturating_mul(10))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn members_and_elements_keep_the_text_of_values() {
        let text = r#"{ "a" : [1, {"b":"]"}] , "c\u0041":1.0e+20}"#;
        let found = members(text).unwrap();
        assert_eq!(found, [("a".into(), r#"[1, {"b":"]"}]"#), ("cA".into(), "1.0e+20")]);
        assert_eq!(elements(found[0].1).unwrap(), ["1", r#"{"b":"]"}"#]);
        assert_eq!(at(text.as_bytes(), &["a"]), Some(&br#"[1, {"b":"]"}]"#[..]));
        assert_eq!(at(text.as_bytes(), &["missing"]), None);
    }

    #[test]
    fn depth_costs_no_stack() {
        let text = "[".repeat(100_000) + &"]".repeat(100_000);
        assert!(Reader::new(text.as_bytes()).value().is_ok());
    }

    #[test]
    fn what_is_cut_off_is_malformed() {
        for text in ["", "{", "{\"a\"", "{\"a\":", "[1,", "\"a", "\"a\\", "tru", "-", "{\"a\" 1}"] {
            assert!(members(text).is_err() && elements(text).is_err(), "{text}");
        }
    }

    #[test]
    fn a_string_ends_at_its_quote_wherever_that_and_escapes_lie() {
        for length in 0..20 {
            for escape in ["", "\\\\", "\\\""] {
                for before in 0..=length {
                    let (head, tail) = ("é".repeat(before), "x".repeat(length - before));
                    let inside = [&head, escape, &tail].concat();
                    let text = ["\"", &inside, "\",\"next\""].concat();
                    let mut reader = Reader::new(text.as_bytes());
                    assert_eq!(reader.raw_string(), Ok(inside.as_bytes()), "{text}");
                    assert_eq!(reader.peek(), Ok(b','), "{text}");
                }
            }
        }
    }

    #[test]
    fn a_key_that_was_foreseen_is_taken_and_no_other() {
        for key in ["", "n", "name", "nameLong", "nameLonger", "nameThatIsLongerThanTwoWords"] {
            let written = ["\"", key, "\":"].concat();
            let end = key_end([&written, "1"].concat().as_bytes(), 0, key);
            assert_eq!(end.map(NonZeroUsize::get), Some(written.len()));
            for at in 0..written.len() {
                let mut other = written.clone().into_bytes();
                assert_eq!(key_end(&other[..at], 0, key), None, "{key} cut at {at}");
                other[at] ^= 1;
                assert_eq!(key_end(&other, 0, key), None, "{key} changed at {at}");
            }
        }
    }

    #[test]
    fn strings_are_written_as_they_are_read() {
        let value = "a\"b\\c\n\u{1}é😀";
        let mut text = String::new();
        write_string(&mut text, value);
        assert_eq!(string(text.as_bytes()).as_deref(), Some(value));
        assert_eq!(serde_json::from_str::<String>(&text).unwrap(), value);
    }

    #[test]
    fn escapes_are_read_and_halves_of_surrogate_pairs_are_refused() {
        let text = br#""\"\\\/\b\f\n\r\t\u00e9\uD83D\ude00""#;
        assert_eq!(string(text).as_deref(), Some("\"\\/\u{8}\u{c}\n\r\t\u{e9}\u{1f600}"));
        for wrong in [
            r#""\ud83d""#,
            r#""\ud83dx""#,
            r#""\ud83d\u0041""#,
            r#""\udc00""#,
            r#""\x""#,
            r#""\u12""#,
            r#""\u+123""#,
        ] {
            assert_eq!(string(wrong.as_bytes()), None, "{wrong}");
        }
    }

    #[test]
    fn numbers_that_a_double_rounds_are_told_from_those_it_holds() {
        for exact in [
            "0",
            "-0",
            "0.0",
            "9007199254740992",
            "9007199254740994",
            "0.1",
            "1e20",
            "12345678901234.5",
            "36028797018963968.0",
            "9007199254740992.000000000000000000000",
            "0.30000000000000004",
            "1.2345678901234567E7",
            "0.0000012345678901234567",
            "1.2345678901234567e-290",
            &["1", &"0".repeat(300), "e-290"].concat(),
        ] {
            assert!(exact_in_javascript(exact.as_bytes()), "{exact}");
        }
        for rounded in [
            "9007199254740993",
            "-9223372036854775807",
            "1e400",
            "1e4294967296",
            "18446744073709551616",
            "0.1234567890123456789",
            "9007199254740993.0",
            "9007199254740993e0",
            "900719925474099.3e1",
            "0.9007199254740993e16",
            "4503599627370497.5",
            "12345678901234567e1",
            "9007199254740993000.00e-3",
            &["1", &"0".repeat(400)].concat(),
            &["-0.", &"0".repeat(400), "1"].concat(),
            &["1", &"0".repeat(400), ".5e-10"].concat(),
        ] {
            assert!(!exact_in_javascript(rounded.as_bytes()), "{rounded}");
        }
    }
}
