//! The list envelopes.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use super::errors;
use crate::sandbox::call::Call;
use crate::sandbox::order;
use crate::sandbox::record::Record;
use crate::sandbox::reply::Reply;

/// A page as the query asks for it.
pub struct Page {
    records: Vec<Record>,
    number: usize,
    size: usize,
    all: usize,
    sorted: bool,
}

const SIZE: usize = 20;

impl Page {
    /// Sorts, and cuts the page out. Without `sort` the records stay in their order.
    pub fn cut(mut records: Vec<&Record>, call: &Call, component: &str) -> Result<Page, Reply> {
        let wrong = |field| errors::wrong(component, field, "is not valid", call.now);
        let number = read(call, "page").unwrap_or(Some(0)).ok_or_else(|| wrong("page"))?;
        let size = read(call, "size").unwrap_or(Some(SIZE)).filter(|size| *size > 0);
        let size = size.ok_or_else(|| wrong("size"))?;
        let sorts: Vec<&str> = call.queries("sort").filter(|sort| !sort.is_empty()).collect();
        // The first of several fields counts most, so it sorts last.
        for sort in sorts.iter().rev() {
            let (field, direction) = sort.split_once(',').unwrap_or((sort, "asc"));
            let descending = match direction.to_lowercase().as_str() {
                "asc" => false,
                "desc" => true,
                _ => return Err(wrong("sort")),
            };
            if !order::sort(&mut records, field, descending) {
                return Err(wrong("sort"));
            }
        }
        let all = records.len();
        let records = order::slice(records, number.saturating_mul(size), size);
        Ok(Page { records, number, size, all, sorted: !sorts.is_empty() })
    }

    /// Changes each record of the page, and of no other page.
    pub fn map(mut self, change: impl FnMut(Record) -> Record) -> Page {
        self.records = self.records.into_iter().map(change).collect();
        self
    }

    fn pages(&self) -> usize {
        self.all.div_ceil(self.size)
    }

    fn is_last(&self) -> bool {
        self.number.saturating_add(1) >= self.pages()
    }

    /// `content` in the envelope of Spring Data.
    pub fn spring(self) -> Reply {
        Reply::json(200, self.spring_data())
    }

    /// The same envelope under `data`, beside the name of what the records are.
    pub fn named_spring(self, name: &str) -> Reply {
        Reply::json(200, json!({ "name": name, "data": self.spring_data() }))
    }

    fn spring_data(self) -> Value {
        let sort = json!({
            "sorted": self.sorted,
            "unsorted": !self.sorted,
            "empty": !self.sorted,
        });
        let (pages, last) = (self.pages(), self.is_last());
        let found = self.records.len();
        json!({
            "content": records(self.records),
            "pageable": {
                "sort": sort,
                "pageNumber": self.number,
                "pageSize": self.size,
                "offset": self.number.saturating_mul(self.size),
                "paged": true,
                "unpaged": false,
            },
            "last": last,
            "totalPages": pages,
            "totalElements": self.all,
            "first": self.number == 0,
            "number": self.number,
            "numberOfElements": found,
            "size": self.size,
            "sort": sort,
            "empty": found == 0,
        })
    }

    /// `data` beside `metaInfo`.
    pub fn meta_info(self) -> Reply {
        let (pages, last) = (self.pages(), self.is_last());
        let found = self.records.len();
        Reply::json(
            200,
            json!({
                "data": records(self.records),
                "metaInfo": {
                    "page": self.number,
                    "pageSize": self.size,
                    "totalElements": self.all,
                    "numberOfElements": found,
                    "totalPages": pages,
                    "firstPage": self.number == 0,
                    "lastPage": last,
                },
            }),
        )
    }
}

fn records(records: Vec<Record>) -> Value {
    records.into_iter().map(Value::Object).collect()
}

/// `content` beside the tokens of the pages around it; a token is `None` where the list ends.
pub fn page_token(
    content: Vec<Value>,
    next: Option<impl Serialize>,
    previous: Option<impl Serialize>,
    size: usize,
) -> Reply {
    let found = !content.is_empty();
    Reply::json(
        200,
        json!({
            "meta": {
                "nextPageToken": next.map(write_token),
                "prevPageToken": previous.map(write_token),
                "pageSize": size,
                "found": found,
            },
            "content": content,
        }),
    )
}

/// A place in a list as text that says nothing to its reader.
pub fn write_token(place: impl Serialize) -> String {
    URL_SAFE_NO_PAD.encode(serde_json::to_vec(&place).unwrap_or_default())
}

/// The place in a list that [`write_token`] wrote.
pub fn read_token<T: DeserializeOwned>(token: &str) -> Option<T> {
    serde_json::from_slice(&URL_SAFE_NO_PAD.decode(token).ok()?).ok()
}

/// The size that the query asks for; 0 is none.
pub fn size(call: &Call, name: &str, component: &str) -> Result<usize, Reply> {
    let size = read(call, name).unwrap_or(Some(SIZE)).filter(|size| *size > 0);
    size.ok_or_else(|| errors::wrong(component, name, "is not valid", call.now))
}

/// The rows of an export beside their cursor. No answer was ever recorded: the rows are under `data`,
/// and `hasNext` stands with the cursor.
pub fn cursor(
    rows: Vec<Record>,
    start: Option<&str>,
    end: Option<String>,
    size: usize,
    has_next: bool,
) -> Reply {
    let cursor = json!({ "start": start, "end": end, "pageSize": size, "hasNext": has_next });
    Reply::json(200, json!({ "data": records(rows), "cursor": cursor }))
}

/// A number of the query: `None` when it is not there, `Some(None)` when it is not one that counts.
fn read(call: &Call, name: &str) -> Option<Option<usize>> {
    call.query(name).map(|value| value.parse::<u32>().ok().map(|value| value as usize))
}
