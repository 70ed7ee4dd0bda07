//! What the Designer defines, in its versions.
//!
//! A read names a version: a number, `current` for the last published one, or `draft`. A write goes
//! to the draft. Publishing is done in the Designer, by no call: whatever is written, `current` and
//! the numbers stay as they are, and what is built on definitions (enrolments, records, dictionary
//! rows) follows `current`. The draft begins as a copy of it.

use serde_json::Value;

use super::{Collection, errors};
use crate::sandbox::call::Call;
use crate::sandbox::record::{Fields, Record, merge};
use crate::sandbox::reply::Reply;
use crate::sandbox::settable::reply_only;
use crate::sandbox::state::{State, uuid};

/// All definitions of one version, each kind by name.
#[derive(Clone, Default)]
pub struct Formation {
    pub programs: Collection,
    pub cdts: Collection,
    pub goal_templates: Collection,
    pub document_types: Collection,
    pub dictionaries: Collection,
    pub assessments: Collection,
    pub encounter_templates: Collection,
    /// One only: how an encounter ends.
    pub encounter_dispositions: Collection,
}

/// The versions.
pub struct Definitions {
    /// Published before the current one; the first has the number 1.
    earlier: Vec<Formation>,
    current: Formation,
    draft: Formation,
}

impl Definitions {
    pub fn new(earlier: Vec<Formation>, current: Formation) -> Definitions {
        Definitions { draft: current.clone(), earlier, current }
    }

    /// What was published last.
    pub fn current(&self) -> &Formation {
        &self.current
    }

    /// What the next publishing would publish.
    pub fn draft(&self) -> &Formation {
        &self.draft
    }

    /// All versions with their numbers; the draft is a copy of the last.
    pub fn versions_mut(&mut self) -> impl Iterator<Item = (usize, &mut Formation)> {
        let version = self.version();
        let published = self.earlier.iter_mut().chain([&mut self.current]);
        (1..).zip(published).chain([(version, &mut self.draft)])
    }

    /// The number of the current version.
    pub fn version(&self) -> usize {
        self.earlier.len() + 1
    }

    /// What was published under a number.
    pub fn published(&self, number: usize) -> Option<&Formation> {
        match number.checked_sub(1)? {
            at if at == self.earlier.len() => Some(&self.current),
            at => self.earlier.get(at),
        }
    }

    fn read(&self, version: &str) -> Option<&Formation> {
        match version {
            "current" => Some(&self.current),
            "draft" => Some(&self.draft),
            _ => self.published(version.parse().ok()?),
        }
    }
}

/// One kind of definition.
pub struct Kind {
    /// The subsystem that errors name.
    pub component: &'static str,
    /// The code of the error for an unknown name.
    pub code: &'static str,
    /// The path parameter that holds the name.
    pub parameter: &'static str,
    pub all: fn(&Formation) -> &Collection,
    pub all_mut: fn(&mut Formation) -> &mut Collection,
}

/// Makes the definition to store: from its name, what the caller sent, and what it replaces.
pub type Build = fn(&mut State, &str, &Record, Option<&Record>, &Call) -> Result<Record, Reply>;

impl Kind {
    /// The definition that is in force.
    pub fn published(&self, state: &State, name: &str, call: &Call) -> Result<Record, Reply> {
        let found = (self.all)(state.welkin.definitions.current()).get(name);
        found.cloned().ok_or_else(|| self.unknown(name, call))
    }

    /// An array of all that `keep` lets through.
    pub fn list(
        &self,
        state: &State,
        call: &Call,
        keep: fn(&Record) -> bool,
    ) -> Result<Reply, Reply> {
        let all = self.asked(state, call)?.values().filter(|definition| keep(definition));
        Ok(Reply::json(200, all.cloned().map(Value::Object).collect::<Value>()))
    }

    pub fn get(&self, state: &State, call: &Call) -> Result<Reply, Reply> {
        self.get_named(state, call, call.segment(self.parameter))
    }

    /// The definition whose name is not in the path.
    pub fn get_named(&self, state: &State, call: &Call, name: &str) -> Result<Reply, Reply> {
        let found = self.asked(state, call)?.get(name);
        found
            .map(|definition| Reply::json(200, definition.clone()))
            .ok_or_else(|| self.unknown(name, call))
    }

    /// Adds a definition to the draft.
    pub fn create(&self, state: &mut State, call: &Call, build: Build) -> Result<Reply, Reply> {
        let input = call.attributes();
        let name = input.text("name").unwrap_or_default();
        let wrong = |mistake| Err(errors::wrong(self.component, "name", mistake, call.now));
        if name.is_empty() {
            return wrong("is required");
        }
        if (self.all)(&state.welkin.definitions.draft).contains_key(name) {
            return wrong("is taken");
        }
        let definition = build(state, name, &input, None, call)?;
        let draft = (self.all_mut)(&mut state.welkin.definitions.draft);
        draft.insert(name.to_owned(), definition.clone());
        Ok(Reply::json(201, definition))
    }

    /// Replaces a definition of the draft; it keeps its name.
    pub fn replace(&self, state: &mut State, call: &Call, build: Build) -> Result<Reply, Reply> {
        self.replace_named(state, call, call.segment(self.parameter), build)
    }

    /// Replaces the definition whose name is not in the path.
    pub fn replace_named(
        &self,
        state: &mut State,
        call: &Call,
        name: &str,
        build: Build,
    ) -> Result<Reply, Reply> {
        let old = (self.all)(&state.welkin.definitions.draft).get(name).cloned();
        let old = old.ok_or_else(|| self.unknown(name, call))?;
        let input = call.attributes();
        if input.text("name").is_some_and(|other| other != name) {
            return Err(errors::wrong(self.component, "name", "is not that of the path", call.now));
        }
        let definition = build(state, name, &input, Some(&old), call)?;
        let draft = (self.all_mut)(&mut state.welkin.definitions.draft);
        draft.insert(name.to_owned(), definition.clone());
        Ok(Reply::json(200, definition))
    }

    /// Deletes a definition from the draft.
    pub fn delete(&self, state: &mut State, call: &Call) -> Result<Reply, Reply> {
        let name = call.segment(self.parameter);
        let draft = (self.all_mut)(&mut state.welkin.definitions.draft);
        draft.shift_remove(name).ok_or_else(|| self.unknown(name, call))?;
        Ok(Reply::empty(200))
    }

    /// The definitions of the version in the path.
    pub fn asked<'a>(&self, state: &'a State, call: &Call) -> Result<&'a Collection, Reply> {
        let version = call.segment("version");
        let formation = state.welkin.definitions.read(version).ok_or_else(|| {
            // No such answer was recorded: the code is ours.
            errors::not_found(self.component, "FORMATION_NOT_FOUND", version, call.now)
        })?;
        Ok((self.all)(formation))
    }

    fn unknown(&self, name: &str, call: &Call) -> Reply {
        errors::not_found(self.component, self.code, name, call.now)
    }
}

/// The id of a definition: that of the one it replaces, or a new one.
pub fn id(state: &mut State, old: Option<&Record>) -> String {
    let id = old.and_then(|old| old.text("id")).map(str::to_owned);
    id.unwrap_or_else(|| uuid(&mut state.chance))
}

/// What a replacement leaves of the definition before it: the fields that no request has. The version
/// is that of the draft.
pub fn kept(old: Option<&Record>, call: &Call) -> Record {
    let names = reply_only(call.operation).filter(|name| *name != "version");
    let held = names.filter_map(|name| Some((name.to_owned(), old?.get(name)?.clone())));
    held.collect()
}

/// Sets what the caller sent of a definition; what is fixed, and `null`, changes nothing.
pub fn fill(definition: &mut Record, input: &Record, fixed: &[&str]) {
    let given = input.iter().filter(|(_, value)| !value.is_null());
    merge(definition, &given.map(|(name, value)| (name.clone(), value.clone())).collect(), fixed);
}

/// Any definition.
pub fn all(_: &Record) -> bool {
    true
}
