//! Typed clients for Welkin Health v8 and the Inbox Health Partner API.

#[cfg(target_arch = "wasm32")]
#[allow(unsafe_code)]
mod binding;
#[cfg(feature = "declarations")]
pub mod declarations;
#[cfg(feature = "edge")]
pub mod edge;
pub mod engine;
pub mod inbox_health;
pub mod operation;
pub mod recognise;
#[cfg(feature = "sandbox")]
pub mod sandbox;
pub mod schema;
pub mod table;
pub mod welkin;
