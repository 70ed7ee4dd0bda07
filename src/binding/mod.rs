//! The border to JavaScript: it converts, and decides nothing.

#[cfg(feature = "client")]
mod client;
#[cfg(any(feature = "client", feature = "edge"))]
pub mod convert;
#[cfg(feature = "edge")]
mod edge;
#[cfg(any(feature = "client", feature = "edge"))]
pub mod runtime;
#[cfg(feature = "sandbox")]
mod sandbox;
#[cfg(any(feature = "client", feature = "edge"))]
pub mod token;
#[cfg(any(feature = "client", feature = "edge"))]
pub mod transport;

#[cfg(feature = "client")]
pub use client::Client;
