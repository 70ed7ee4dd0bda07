//! The border to JavaScript: it converts, and decides nothing.

#[cfg(feature = "client")]
mod client;
pub mod convert;
#[cfg(feature = "edge")]
mod edge;
pub mod runtime;
#[cfg(feature = "sandbox")]
mod sandbox;
pub mod token;
pub mod transport;
