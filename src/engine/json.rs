//! Reading JSON text in place: enough to check it, to take it apart and to put it together, without
//! building values. The engine moves JSON as text; values are built at its borders.

use std::borrow::Cow;
use std::str::Chars;

use hifijson::SliceLexer;

/// The text is not JSON.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Malformed;

/// A place in JSON text. Every byte of a reply goes through its loops, so they are written out.
pub struct Reader<'a> {
    text: &'a [u8],
    at: usize,
}

impl<'a> Reader<'a> {
    /// Starts at the beginning of the text.
    pub fn new(text: &'a [u8]) -> Self {
        Reader { text, at: 0 }
    }

    /// How many bytes have been read.
    pub fn offset(&self) -> usize {
        self.at
    }

    /// The text from `start` to here.
    pub fn since(&self, start: usize) -> &'a [u8] {
        self.text.get(start..self.at).unwrap_or_default()
    }

    /// The first byte of the next token.
    #[inline(always)]
    pub fn peek(&mut self) -> Result<u8, Malformed> {
        match self.text.get(self.at) {
            Some(byte) if *byte > b' ' => Ok(*byte),
            _ => self.past_blanks(),
        }
    }

    /// A program writes few blanks: this is not worth its place in every loop.
    #[inline(never)]
    fn past_blanks(&mut self) -> Result<u8, Malformed> {
        loop {
            match self.text.get(self.at) {
                Some(b' ' | b'\n' | b'\r' | b'\t') => self.at += 1,
                Some(byte) => return Ok(*byte),
                None => return Err(Malformed),
            }
        }
    }

    /// Takes the byte that was peeked at.
    #[inline(always)]
    pub fn take(&mut self) {
        self.at += 1;
    }

    /// Takes this byte if it comes next.
    pub fn accept(&mut self, byte: u8) -> Result<bool, Malformed> {
        let comes = self.peek()? == byte;
        if comes {
            self.take();
        }
        Ok(comes)
    }

    /// Nothing but white space may follow.
    pub fn end(&mut self) -> Result<(), Malformed> {
        if self.peek().is_err() { Ok(()) } else { Err(Malformed) }
    }

    /// A string, without its quotes and with its escapes as they are.
    pub fn raw_string(&mut self) -> Result<&'a [u8], Malformed> {
        if self.peek()? != b'"' {
            return Err(Malformed);
        }
        let start = self.at + 1;
        self.skip_string()?;
        Ok(self.text.get(start..self.at - 1).unwrap_or_default())
    }

    /// Steps over the string that was peeked at.
    pub fn skip_string(&mut self) -> Result<(), Malformed> {
        let mut at = self.at + 1;
        loop {
            // Eight bytes at a time: most of a reply lies in strings.
            while let Some((word, _)) =
                self.text.get(at..).and_then(|rest| rest.split_first_chunk())
            {
                let word = u64::from_le_bytes(*word);
                let found = zeros(word ^ QUOTES) | zeros(word ^ BACKSLASHES);
                if found != 0 {
                    at += found.trailing_zeros() as usize / 8;
                    break;
                }
                at += 8;
            }
            match self.text.get(at) {
                Some(b'"') => break,
                Some(b'\\') => at += 2,
                Some(_) => at += 1,
                None => return Err(Malformed),
            }
        }
        self.at = at + 1;
        Ok(())
    }

    /// Takes this string if it comes next, written as it is.
    pub fn accept_string(&mut self, text: &str) -> Result<bool, Malformed> {
        if self.peek()? != b'"' {
            return Ok(false);
        }
        let inside = self.rest().get(1..).unwrap_or_default();
        let comes = inside.get(text.len()) == Some(&b'"') && inside.starts_with(text.as_bytes());
        if comes {
            self.at += text.len() + 2;
        }
        Ok(comes)
    }

    /// `null`, `true` or `false`.
    pub fn word(&mut self) -> Result<(), Malformed> {
        let word = match self.peek()? {
            b'n' => "null",
            b't' => "true",
            _ => "false",
        };
        if !self.rest().starts_with(word.as_bytes()) {
            return Err(Malformed);
        }
        self.at += word.len();
        Ok(())
    }

    /// A number, as its text.
    pub fn number(&mut self) -> Result<&'a [u8], Malformed> {
        use hifijson::num::Lex;
        let mut lexer = SliceLexer::new(self.rest());
        lexer.num_ignore().validate().map_err(|_| Malformed)?;
        let start = self.at;
        self.at = self.text.len() - lexer.as_slice().len();
        Ok(self.since(start))
    }

    #[inline(always)]
    fn rest(&self) -> &'a [u8] {
        self.text.get(self.at..).unwrap_or_default()
    }

    /// Steps over a value, however deep it is, and shows each number in it.
    pub fn skip(&mut self, mut number: impl FnMut(&'a [u8])) -> Result<(), Malformed> {
        let mut depth = 0usize;
        loop {
            match self.peek()? {
                b'"' => self.skip_string()?,
                b'{' | b'[' => {
                    depth += 1;
                    self.take();
                    continue;
                }
                b'}' | b']' => {
                    depth = depth.checked_sub(1).ok_or(Malformed)?;
                    self.take();
                }
                b',' | b':' if depth > 0 => {
                    self.take();
                    continue;
                }
                b'-' | b'0'..=b'9' => number(self.number()?),
                _ => self.word()?,
            }
            if depth == 0 {
                return Ok(());
            }
        }
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
        reader.skip(|_| ())
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
                reader.peek()?;
                let start = reader.offset();
                reader.skip(|_| ())?;
                if key == name.as_bytes() {
                    found = Some(reader.since(start));
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
    reader.peek()?;
    let start = reader.offset();
    reader.skip(|_| ())?;
    std::str::from_utf8(reader.since(start)).map_err(|_| Malformed)
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
/// 15 significant digits always survive; whole numbers are looked at bit by bit beyond that, and 17
/// digits are granted to fractions, which is as many as a double can have.
pub fn exact_in_javascript(number: &[u8]) -> bool {
    // Most numbers are short and whole.
    if number.len() <= 15 && number.iter().all(u8::is_ascii_digit) {
        return true;
    }
    let (mantissa, exponent) = match number.iter().position(|byte| matches!(byte, b'e' | b'E')) {
        Some(at) => (number.get(..at), number.get(at + 1..)),
        None => (Some(number), None),
    };
    let mantissa = mantissa.unwrap_or_default();
    let exponent_digits = exponent
        .unwrap_or_default()
        .iter()
        .filter(|byte| byte.is_ascii_digit())
        .skip_while(|byte| **byte == b'0');
    if exponent_digits.fold(0u32, |all, digit| all.saturating_mul(10) + u32::from(digit - b'0'))
        > 290
    {
        return false;
    }
    let digits = mantissa
        .iter()
        .filter(|byte| byte.is_ascii_digit())
        .skip_while(|byte| **byte == b'0')
        .count();
    if digits <= 15 {
        return true;
    }
    if exponent.is_some() || !mantissa.iter().all(|byte| byte.is_ascii_digit() || *byte == b'-') {
        return digits <= 17;
    }
    let value = mantissa
        .iter()
        .filter(|byte| byte.is_ascii_digit())
        .try_fold(0u64, |all, digit| all.checked_mul(10)?.checked_add(u64::from(digit - b'0')));
    value.is_some_and(|value| 64 - value.leading_zeros() - value.trailing_zeros() <= 53)
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
        assert!(Reader::new(text.as_bytes()).skip(|_| ()).is_ok());
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
    fn a_string_that_was_foreseen_is_taken_and_no_other() {
        for (text, comes) in [
            (r#""name":1"#, true),
            (r#" "name" :1"#, true),
            (r#""names":1"#, false),
            (r#""nam":1"#, false),
            (r#""name"#, false),
            (r#"name"#, false),
        ] {
            let mut reader = Reader::new(text.as_bytes());
            assert_eq!(reader.accept_string("name"), Ok(comes), "{text}");
            assert_eq!(reader.peek(), Ok(if comes { b':' } else { text.trim().as_bytes()[0] }));
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
        ] {
            assert!(exact_in_javascript(exact.as_bytes()), "{exact}");
        }
        for rounded in [
            "9007199254740993",
            "-9223372036854775807",
            "1e400",
            "18446744073709551616",
            "0.1234567890123456789",
        ] {
            assert!(!exact_in_javascript(rounded.as_bytes()), "{rounded}");
        }
    }
}
