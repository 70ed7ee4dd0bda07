//! Records by their id, and what a request did to them.

use std::collections::BTreeMap;

use serde_json::json;

use crate::sandbox::record::Record;

/// Records by their id. It notes what they were before the request under way changed them.
#[derive(Debug)]
pub struct Collection {
    next: i64,
    rows: BTreeMap<i64, Record>,
    /// The records that were touched as they were before; `None` where there was none.
    before: BTreeMap<i64, Option<Record>>,
}

/// A record that is there after a request and was not the same before.
pub struct Change {
    pub id: i64,
    /// `None` when the record is new.
    pub before: Option<Record>,
}

impl Collection {
    /// An empty one whose first id is this.
    pub fn starting(next: i64) -> Collection {
        Collection { next, rows: BTreeMap::new(), before: BTreeMap::new() }
    }

    /// Adds a record and gives it its id, which comes first in it.
    pub fn add(&mut self, fields: Record) -> i64 {
        let id = self.next;
        self.next += 1;
        let mut record = Record::new();
        record.insert("id".to_owned(), json!(id));
        record.extend(fields);
        record.insert("id".to_owned(), json!(id));
        self.put(id, record);
        id
    }

    pub fn contains(&self, id: i64) -> bool {
        self.rows.contains_key(&id)
    }

    pub fn find(&self, id: i64) -> Option<&Record> {
        self.rows.get(&id)
    }

    /// A copy of a record.
    pub fn get(&self, id: i64) -> Option<Record> {
        self.find(id).cloned()
    }

    /// All records, oldest first.
    pub fn rows(&self) -> impl Iterator<Item = &Record> {
        self.rows.values()
    }

    /// The ids of the records that pass, oldest first.
    pub fn ids(&self, passes: impl Fn(&Record) -> bool) -> Vec<i64> {
        let passing = self.rows.iter().filter(|(_, record)| passes(record));
        passing.map(|(id, _)| *id).collect()
    }

    /// A record to change.
    pub fn edit(&mut self, id: i64) -> Option<&mut Record> {
        self.remember(id);
        self.rows.get_mut(&id)
    }

    /// Puts a record in the place of the one with its id.
    pub fn put(&mut self, id: i64, record: Record) {
        self.remember(id);
        self.rows.insert(id, record);
    }

    pub fn remove(&mut self, id: i64) -> Option<Record> {
        self.remember(id);
        self.rows.remove(&id)
    }

    /// What the request changed, oldest record first; from here on the next one counts.
    pub fn changes(&mut self) -> Vec<Change> {
        let touched = std::mem::take(&mut self.before).into_iter();
        touched
            .filter(|(id, before)| {
                self.rows.get(id).is_some_and(|now| Some(now) != before.as_ref())
            })
            .map(|(id, before)| Change { id, before })
            .collect()
    }

    /// Takes back what the request changed.
    pub fn undo(&mut self) {
        for (id, before) in std::mem::take(&mut self.before) {
            match before {
                Some(record) => self.rows.insert(id, record),
                None => self.rows.remove(&id),
            };
        }
    }

    fn remember(&mut self, id: i64) {
        if !self.before.contains_key(&id) {
            self.before.insert(id, self.get(id));
        }
    }
}
