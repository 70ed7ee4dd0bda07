//! The engine on a stage: a clock that the test turns, a scripted transport, a scripted token source.
#![allow(clippy::expect_used, clippy::indexing_slicing, clippy::panic, clippy::unwrap_used)]

mod arguments;
mod deadline;
mod errors;
mod events;
mod files;
mod hostile;
mod lists;
mod money;
mod pace;
mod replies;
mod retries;
mod stage;
mod tokens;
