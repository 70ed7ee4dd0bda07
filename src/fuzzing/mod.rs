//! What must hold of everything that reads text from outside, whatever its bytes: one function for each
//! target of `cargo fuzz` in `tests/fuzz`. The native tests beside these rules run them too, on generated
//! text and on the seeds of the fuzz targets.
//!
//! A function takes the bytes of one case and panics when its rule is broken. The first lines of a case
//! choose what is read and how; the rest is the text.
#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a rule that is broken, or that can not be looked at, must be seen"
)]

mod arguments;
mod gateway;
mod replies;
mod tables;
#[cfg(test)]
mod tests;
mod tokens;
mod waits;
mod webhooks;

pub use arguments::arguments;
pub use gateway::gateway;
pub use replies::replies;
pub use tables::tables;
pub use tokens::tokens;
pub use waits::waits;
pub use webhooks::webhooks;

use std::borrow::Cow;
use std::hash::Hasher;
use std::sync::LazyLock;

use fnv::FnvHasher;

use crate::operation::{Api, Operation};

/// Path parameters that are the client's or the gateway's own.
const OWN: [(&str, &str); 2] = [("tenantName", "gh"), ("instanceName", "sb-demo")];

fn own() -> Vec<(&'static str, String)> {
    OWN.map(|(name, value)| (name, value.to_string())).into()
}

/// All operations of both APIs.
static OPERATIONS: LazyLock<Vec<(Api, &'static Operation)>> = LazyLock::new(|| {
    let of = |api: Api| api.operations().map(move |operation| (api, operation));
    of(Api::Welkin).chain(of(Api::InboxHealth)).collect()
});

/// The name of an operation in a case: `Welkin.patientsGet`.
fn name((api, operation): &(Api, &'static Operation)) -> String {
    format!("{api:?}.{}", operation.id)
}

static NAMES: LazyLock<Vec<String>> = LazyLock::new(|| OPERATIONS.iter().map(name).collect());

/// The operation of this name. Any other text stands for some operation too, so that none is out of the
/// reach of chance.
fn operation(text: &str) -> (Api, &'static Operation) {
    let named = NAMES.iter().position(|name| name == text).map(|at| &OPERATIONS[at]);
    *named.unwrap_or_else(|| {
        let mut hasher = FnvHasher::default();
        hasher.write(text.as_bytes());
        &OPERATIONS[hasher.finish() as usize % OPERATIONS.len()]
    })
}

/// The bytes of a case, taken line by line.
struct Lines<'a>(&'a [u8]);

impl<'a> Lines<'a> {
    fn text(&mut self) -> Cow<'a, str> {
        let end = self.0.iter().position(|byte| *byte == b'\n').unwrap_or(self.0.len());
        let (line, rest) = self.0.split_at(end);
        self.0 = rest.get(1..).unwrap_or_default();
        String::from_utf8_lossy(line)
    }

    /// What is left.
    fn rest(self) -> &'a [u8] {
        self.0
    }
}
