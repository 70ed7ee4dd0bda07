//! The border to JavaScript: it converts, and decides nothing.

#[cfg(any(feature = "client", feature = "edge"))]
mod cancel;
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
#[cfg(feature = "edge")]
mod webhook;

#[cfg(feature = "client")]
pub use client::Client;

/// A quarter of the size of the standard library's allocator, which shows in a file that every page
/// of an application loads.
#[global_allocator]
static ALLOCATOR: talc::wasm::WasmDynamicTalc = talc::wasm::new_wasm_dynamic_allocator();
