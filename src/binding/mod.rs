//! The border to JavaScript: it converts, and decides nothing.

#[cfg(any(feature = "client", feature = "edge", feature = "gloo"))]
mod cancel;
#[cfg(feature = "client")]
mod client;
#[cfg(any(feature = "client", feature = "edge"))]
pub mod convert;
#[cfg(feature = "edge")]
mod edge;
#[cfg(feature = "gloo")]
mod gloo;
#[cfg(any(feature = "client", feature = "edge", feature = "gloo"))]
pub mod runtime;
#[cfg(feature = "sandbox")]
mod sandbox;
#[cfg(any(feature = "client", feature = "edge"))]
pub mod token;
#[cfg(any(feature = "client", feature = "edge"))]
pub mod transport;
#[cfg(feature = "edge")]
mod webhook;

#[cfg(feature = "client")]
pub use client::Client;
#[cfg(feature = "gloo")]
pub use gloo::{GlooResponse, GlooTransport};

/// A quarter of the size of the standard library's allocator, which shows in a file that every page
/// of an application loads.
#[global_allocator]
static ALLOCATOR: talc::wasm::WasmDynamicTalc = talc::wasm::new_wasm_dynamic_allocator();
