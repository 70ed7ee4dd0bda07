//! Small work on text. The library's searches, joins and readers of numbers are general, and each
//! would be a few hundred bytes of the client's wasm.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC};

/// What is percent-encoded in a segment, in a name or in a value: all but the unreserved characters of
/// RFC 3986.
pub const ENCODED: &AsciiSet =
    &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// Puts texts together.
pub fn joined(parts: &[&str]) -> String {
    let mut whole = String::new();
    for part in parts {
        whole.push_str(part);
    }
    whole
}

/// Whether one of these letters of ASCII is in the text.
#[expect(clippy::manual_contains, reason = "it would bring the library's search along")]
pub fn holds(text: &str, letters: &[u8]) -> bool {
    text.bytes().any(|byte| letters.iter().any(|letter| *letter == byte))
}

/// Whether there is no control character in the text.
pub fn is_printable(text: &str) -> bool {
    let mut before = 0;
    text.bytes().all(|byte| {
        // U+0080 to U+009F are these two bytes of UTF-8.
        let control = byte.is_ascii_control() || (before == 0xc2 && byte < 0xa0);
        before = byte;
        !control
    })
}

/// What lies between the slashes of a path.
pub fn segments(path: &str) -> impl Iterator<Item = &str> {
    let mut rest = Some(path);
    std::iter::from_fn(move || {
        let text = rest?;
        let end = text.bytes().position(|byte| byte == b'/');
        rest = end.and_then(|end| text.get(end + 1..));
        text.get(..end.unwrap_or(text.len()))
    })
}

/// A whole number of at least 0, in digits.
pub fn whole(digits: &str) -> Option<u64> {
    let digit = |byte: u8| byte.is_ascii_digit().then_some(u64::from(byte & 15));
    let add = |all: u64, byte| all.checked_mul(10)?.checked_add(digit(byte)?);
    digits.bytes().try_fold(0, add).filter(|_| !digits.is_empty())
}

/// The digits of a number.
pub fn decimal(number: u64) -> String {
    let mut digits = if number > 9 { decimal(number / 10) } else { String::new() };
    digits.push(char::from(b'0' + (number % 10) as u8));
    digits
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_falls_apart_at_every_slash() {
        for path in ["", "/", "a", "/a/", "//é//b"] {
            assert!(segments(path).eq(path.split('/')), "{path}");
        }
    }

    #[test]
    fn a_whole_number_is_read_unless_it_is_none_or_too_large() {
        for text in
            ["0", "007", "18446744073709551615", "18446744073709551616", "", "-1", "1.0", "+1"]
        {
            let expected = text.parse().ok().filter(|_| !text.starts_with('+'));
            assert_eq!(whole(text), expected, "{text}");
        }
    }

    #[test]
    fn a_control_character_is_found() {
        for code in 0..0x300 {
            let character = char::from_u32(code).unwrap();
            let text = format!("é{character}é");
            assert_eq!(is_printable(&text), !character.is_control(), "{code:x}");
        }
    }

    #[test]
    fn a_number_is_written_in_digits() {
        for number in [0, 9, 10, 1_234_567_890, u64::MAX] {
            assert_eq!(decimal(number), number.to_string());
        }
    }

    #[test]
    fn letters_are_found_and_texts_joined() {
        assert!(holds("a/b", b"\\/") && !holds("é", b"\\/"));
        assert_eq!(joined(&["a", "", "é"]), "aé");
    }
}
