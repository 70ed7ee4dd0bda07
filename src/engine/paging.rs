//! Where the next page of a list begins, for every style of the references.

use std::borrow::Cow;
use std::hash::Hasher;

use fnv::FnvHasher;

use super::request::page_parameter;
use super::{json, text};
use crate::operation::Paging;

/// Where a page begins, and what was seen on the way there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Position {
    start: Start,
    paging: Paging,
    /// Fingerprints of the tokens followed so far, or of the pages seen: a list that repeats itself
    /// has no further pages.
    seen: Vec<u64>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Start {
    Page(u64),
    Token(String),
}

/// What a page holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Page {
    /// The keys that lead to the records, with points between them.
    pub items: &'static str,
    /// How many records there are.
    pub records: usize,
    /// Whether there is no list at all, which is something else than an empty one.
    pub missing: bool,
    /// Whether the page repeats an earlier one, so that its records were given already.
    pub repeated: bool,
    /// Where the next page begins; `None` after the last.
    pub next: Option<Position>,
}

impl Position {
    /// Whether nothing but the position is sent: a page token holds the filters
    /// (welkin-notes, 8).
    pub fn stands_alone(&self) -> bool {
        self.paging == Paging::PageToken
    }

    /// Whether a parameter that the caller gave is replaced by the position.
    pub fn replaces(&self, name: &str) -> bool {
        name == page_parameter(self.paging)
    }

    /// The position as JSON text, for who keeps it elsewhere: an array of the number or the token of the
    /// page, and of what was seen.
    pub fn text(&self) -> String {
        let mut text = String::from("[");
        match &self.start {
            Start::Page(number) => text.push_str(&text::decimal(*number)),
            Start::Token(token) => json::write_string(&mut text, token),
        }
        for print in &self.seen {
            text.push(',');
            text.push_str(&text::decimal(*print));
        }
        text.push(']');
        text
    }

    /// Reads what [`Position::text`] wrote of a list with this paging; `None` of anything else.
    pub fn read(paging: Paging, text: &str) -> Option<Self> {
        let parts = json::elements(text).ok()?;
        let (start, seen) = parts.split_first()?;
        let start = match text::whole(start) {
            Some(number) => Start::Page(number),
            None => Start::Token(json::string(start.as_bytes())?.into_owned()),
        };
        let seen = seen.iter().map(|print| text::whole(print)).collect::<Option<_>>()?;
        Some(Position { start, paging, seen })
    }

    /// The parameters that lead to the page.
    pub fn parameters(&self) -> impl Iterator<Item = (&'static str, Cow<'_, str>)> {
        let value = match &self.start {
            Start::Page(number) => Cow::Owned(text::decimal(*number)),
            Start::Token(token) => Cow::Borrowed(token.as_str()),
        };
        std::iter::once((page_parameter(self.paging), value))
    }
}

/// Reads a page. `asked` is the number of the page that the caller asked for first, if any; `here` is
/// the position that led to this page, `None` for the first.
pub fn read(paging: Paging, text: &[u8], asked: Option<u64>, here: Option<&Position>) -> Page {
    let (items, list) = items(paging, text);
    let records = list.map_or(0, json::count);
    let given = |word: &&[u8]| *word != b"null";
    let flag = |path: &[&str]| json::at(text, path).filter(given).map(|word| word == b"true");
    let mut repeated = false;
    let next = match paging {
        Paging::SpringPage | Paging::NamedSpringPage | Paging::MetaInfo => {
            let last = flag(match items {
                "content" => &["last"],
                "data" => &["metaInfo", "lastPage"],
                _ => &["data", "last"],
            });
            // Without the flag only an empty page ends the list.
            let more = !last.unwrap_or(records == 0);
            next_number(here, asked, 0).filter(|_| more).map(|number| (number, Vec::new()))
        }
        Paging::PageNumber(_) => {
            let seen = remember(list.unwrap_or_default(), here);
            repeated = seen.is_none() && records > 0;
            next_number(here, asked, 1).zip(seen.filter(|_| records > 0))
        }
        Paging::PageToken => follow(json::at(text, &["meta", "nextPageToken"]), here),
        Paging::Cursor => {
            let more = flag(&["cursor", "hasNext"]).or_else(|| flag(&["hasNext"]));
            // Where the flag is, is not known (welkin-notes, 6): without it only an empty page ends the list.
            let more = more.unwrap_or(records > 0);
            if more { follow(json::at(text, &["cursor", "end"]), here) } else { None }
        }
        Paging::None | Paging::PlainArray | Paging::RecordsObject => None,
    };
    let next = next.map(|(start, seen)| Position { start, paging, seen });
    Page { items, records, missing: list.is_none() && !text.is_empty(), repeated, next }
}

/// The keys that lead to the records, and the records. Where the sources name another place for them, or
/// none at all, they are looked for there too (welkin-notes, 5 and 6; the envelopes of most lists of Inbox
/// Health are inferred).
fn items(paging: Paging, text: &[u8]) -> (&'static str, Option<&[u8]>) {
    let usual = match paging {
        Paging::SpringPage | Paging::PageToken => "content",
        Paging::NamedSpringPage => "data.content",
        Paging::MetaInfo | Paging::Cursor => "data",
        Paging::RecordsObject => "records",
        Paging::PageNumber(name) => name,
        Paging::PlainArray | Paging::None => "",
    };
    let other = if let Paging::PageNumber(_) = paging { "" } else { "content" };
    for keys in [usual, other] {
        let list = match keys {
            "" => json::at(text, &[]),
            "data.content" => json::at(text, &["data", "content"]),
            key => json::at(text, &[key]),
        };
        // That null stands for a list is drift, and none the less an empty one.
        if let Some([b'[' | b'n', ..]) = list {
            return (keys, list);
        }
    }
    (usual, None)
}

/// `None` when the caller asked for the last number that there is.
fn next_number(here: Option<&Position>, asked: Option<u64>, first: u64) -> Option<Start> {
    let number = match here {
        Some(Position { start: Start::Page(number), .. }) => *number,
        _ => asked.unwrap_or(first),
    };
    number.checked_add(1).map(Start::Page)
}

/// Follows a token that was not followed before.
fn follow(token: Option<&[u8]>, here: Option<&Position>) -> Option<(Start, Vec<u64>)> {
    let token = token?;
    // The type of a cursor is not known (reference, `x-note`): a number is a token too.
    let token = match token.first()? {
        b'-' | b'0'..=b'9' => Cow::Borrowed(std::str::from_utf8(token).ok()?),
        _ => json::string(token)?,
    };
    let token = token.into_owned();
    if token.is_empty() {
        return None;
    }
    let seen = remember(token.as_bytes(), here)?;
    Some((Start::Token(token), seen))
}

/// What was seen so far, with this; `None` when this was seen before.
fn remember(text: &[u8], here: Option<&Position>) -> Option<Vec<u64>> {
    let mut hasher = FnvHasher::default();
    hasher.write(text);
    let print = hasher.finish();
    let mut seen = here.map_or_else(Vec::new, |here| here.seen.clone());
    (!seen.contains(&print)).then(|| {
        seen.push(print);
        seen
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn walk(paging: Paging, pages: &[&str]) -> usize {
        let mut here: Option<Position> = None;
        for (at, text) in pages.iter().enumerate() {
            here = read(paging, text.as_bytes(), None, here.as_ref()).next;
            if here.is_none() {
                return at + 1;
            }
        }
        pages.len() + 1
    }

    #[test]
    fn an_empty_middle_page_does_not_end_a_spring_list() {
        let pages = [
            r#"{"content":[1],"last":false}"#,
            r#"{"content":[],"last":false}"#,
            r#"{"content":[2],"last":true}"#,
        ];
        assert_eq!(walk(Paging::SpringPage, &pages), 3);
    }

    #[test]
    fn without_its_flag_a_spring_list_ends_on_an_empty_page() {
        assert_eq!(walk(Paging::SpringPage, &[r#"{"content":[1]}"#, r#"{"content":[]}"#]), 2);
    }

    #[test]
    fn a_numbered_list_ends_on_an_empty_page_or_on_a_page_that_repeats() {
        let paging = Paging::PageNumber("invoices");
        let first = r#"{"invoices":[{"id":1}]}"#;
        assert_eq!(walk(paging, &[first, r#"{"invoices":[{"id":2}]}"#, r#"{"invoices":[]}"#]), 3);
        assert_eq!(walk(paging, &[first, first, first]), 2);
        let second = r#"{"invoices":[{"id":2}]}"#;
        assert_eq!(walk(paging, &[first, second, first, second, first]), 3);
        let second = read(paging, first.as_bytes(), None, None).next;
        assert!(read(paging, first.as_bytes(), None, second.as_ref()).repeated);
    }

    #[test]
    fn a_repeated_token_ends_the_list() {
        let page = |token: &str| format!(r#"{{"content":[1],"meta":{{"nextPageToken":{token}}}}}"#);
        let pages = [page(r#""a""#), page(r#""b""#), page(r#""a""#), page(r#""b""#)];
        let pages: Vec<&str> = pages.iter().map(String::as_str).collect();
        assert_eq!(walk(Paging::PageToken, &pages), 3);
        assert_eq!(walk(Paging::PageToken, &[&page("null")]), 1);
    }

    #[test]
    fn a_cursor_may_be_a_number() {
        let page =
            |end: u32| format!(r#"{{"content":[1],"cursor":{{"end":{end},"hasNext":true}}}}"#);
        let pages = [page(20), page(40), r#"{"content":[],"cursor":{"hasNext":false}}"#.into()];
        let pages: Vec<&str> = pages.iter().map(String::as_str).collect();
        assert_eq!(walk(Paging::Cursor, &pages), 3);
        let next = read(Paging::Cursor, page(20).as_bytes(), None, None).next;
        assert_eq!(next.unwrap().parameters().next(), Some(("start", "20".into())));
    }

    #[test]
    fn without_its_flag_a_cursor_is_followed_to_an_empty_page() {
        let page = |end| format!(r#"{{"data":[1],"cursor":{{"end":"{end}"}}}}"#);
        let pages = [page("a"), page("b"), r#"{"data":[],"cursor":{"end":"c"}}"#.into()];
        let pages: Vec<&str> = pages.iter().map(String::as_str).collect();
        assert_eq!(walk(Paging::Cursor, &pages), 3);
    }

    #[test]
    fn records_are_found_in_the_other_envelopes_of_the_sources() {
        let content = r#"{"content":[1,2],"last":false}"#;
        for (paging, text, items, more) in [
            (Paging::MetaInfo, content, "content", true),
            (Paging::NamedSpringPage, content, "content", true),
            (Paging::NamedSpringPage, r#"{"content":[1,2],"last":true}"#, "content", false),
            (Paging::Cursor, r#"{"data":[1,2]}"#, "data", false),
            (Paging::Cursor, r#"{"content":[1,2]}"#, "content", false),
            (Paging::PageNumber("invoices"), "[1,2]", "", true),
        ] {
            let page = read(paging, text.as_bytes(), None, None);
            assert_eq!((page.items, page.records), (items, 2), "{paging:?} {text}");
            assert_eq!(page.next.is_some(), more, "{paging:?} {text}");
        }
    }

    #[test]
    fn a_position_survives_as_text() {
        let page = |number: u64| format!(r#"{{"invoices":[{{"id":{number}}}]}}"#);
        let token = r#"{"content":[],"meta":{"nextPageToken":"a\"é\n"}}"#;
        let paging = Paging::PageNumber("invoices");
        let first = read(paging, page(1).as_bytes(), None, None).next;
        let second = read(paging, page(2).as_bytes(), None, first.as_ref()).next;
        let token = read(Paging::PageToken, token.as_bytes(), None, None).next;
        let cursor = br#"{"cursor":{"end":20,"hasNext":true}}"#;
        let cursor = read(Paging::Cursor, cursor, None, None).next;
        for position in [first, second, token, cursor] {
            let position = position.expect("there is a next page");
            assert_eq!(Position::read(position.paging, &position.text()), Some(position));
        }
        for text in ["", "5", "[]", "[null]", "[1,2.5]", r#"["a",null]"#] {
            assert_eq!(Position::read(paging, text), None, "{text}");
        }
    }

    #[test]
    fn a_list_that_begins_later_goes_on_from_there() {
        let page = read(Paging::SpringPage, br#"{"content":[1],"last":false}"#, Some(4), None);
        assert_eq!(page.next.map(|next| next.start), Some(Start::Page(5)));
    }
}
