//! What Welkin remembers of work: hours, tasks and care plans.

use indexmap::IndexMap;

use super::Collection;
use super::goals::Goal;
use super::work_hours::Rule;
use crate::sandbox::record::Record;

/// Hours, tasks and care plans.
#[derive(Default)]
pub struct Work {
    /// Rules of work hours by their id.
    pub hours: IndexMap<String, Rule>,
    /// Tasks by their id, those of goals too.
    pub tasks: Collection,
    /// Care plans by the id of their patient.
    pub plans: IndexMap<String, Record>,
    /// Goals by their id.
    pub goals: IndexMap<String, Goal>,
}
