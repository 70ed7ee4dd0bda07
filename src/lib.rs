//! Typed clients for Welkin Health v8 and the Inbox Health Partner API.
//!
//! The npm package `carewire` is this crate compiled to WebAssembly. A Rust program uses the same
//! clients directly: [`welkin::Welkin`] and [`inbox_health::InboxHealth`] have a method for each
//! operation, which takes the path parameters and the body and gives a [`engine::Call`]. `.await` sends
//! it; `.query(…)` and `.options(…)` say more; `.pages()` goes through a list.
//!
//! The crate opens no connection, reads no clock and stores no secret. The program brings a
//! [`engine::Transport`], a [`engine::TokenSource`] and a [`engine::Runtime`]; the engine checks
//! arguments, keeps one token, retries what may be repeated, keeps to the deadline and compares replies
//! with the declared types.
//!
//! ```
//! use std::future::{Future, pending};
//! use std::pin::Pin;
//! use std::rc::Rc;
//! use std::time::{Instant, SystemTime, UNIX_EPOCH};
//!
//! use carewire::engine::{
//!     ConnectionLost, Request, Response, Runtime, Settings, Token, TokenError, TokenRequest,
//!     TokenSource, Transport,
//! };
//! use carewire::welkin::{Welkin, patients};
//! use futures_executor::{LocalPool, LocalSpawner};
//! use futures_util::task::LocalSpawnExt;
//!
//! /// Answers from memory; a real one hands the request to an HTTP library.
//! struct Memory;
//!
//! struct Answer(String);
//!
//! impl Transport for Memory {
//!     type Opaque = ();
//!     type Response = Answer;
//!
//!     async fn send(&self, request: Request<()>) -> Result<Answer, ConnectionLost> {
//!         let patient = |id: &str| format!(r#"{{ "id": "{id}", "firstName": "Ada", "new": true }}"#);
//!         Ok(Answer(match request.url.rsplit_once('/') {
//!             Some((_, "patients?size=1")) => {
//!                 format!(r#"{{ "content": [{}], "last": false }}"#, patient("p-1"))
//!             }
//!             Some((_, "patients?size=1&page=1")) => {
//!                 format!(r#"{{ "content": [{}], "last": true }}"#, patient("p-2"))
//!             }
//!             Some((_, id)) => patient(id),
//!             None => return Err(ConnectionLost),
//!         }))
//!     }
//!
//!     fn repeatable(&self, _body: &()) -> bool {
//!         true
//!     }
//! }
//!
//! impl Response for Answer {
//!     fn status(&self) -> u16 {
//!         200
//!     }
//!
//!     fn header(&self, _name: &str) -> Option<String> {
//!         None
//!     }
//!
//!     fn headers(&self) -> Vec<(String, String)> {
//!         Vec::new()
//!     }
//!
//!     async fn bytes(self, most: usize) -> Result<Option<Vec<u8>>, ConnectionLost> {
//!         Ok(Some(self.0.into_bytes()).filter(|bytes| bytes.len() <= most))
//!     }
//! }
//!
//! type Boxed<T> = Pin<Box<dyn Future<Output = T>>>;
//!
//! /// Asks your server for a token: the secret stays there.
//! struct Tokens;
//!
//! impl TokenSource for Tokens {
//!     fn token(&self, _: TokenRequest) -> Boxed<Result<Token, TokenError>> {
//!         Box::pin(async { Ok(Token { secret: "a-token".into(), expires_at: None }) })
//!     }
//! }
//!
//! /// Clock, timers and tasks of the program; an asynchronous runtime has them all.
//! struct Here {
//!     begun: Instant,
//!     tasks: LocalSpawner,
//! }
//!
//! impl Runtime for Here {
//!     fn monotonic(&self) -> u64 {
//!         self.begun.elapsed().as_millis() as u64
//!     }
//!
//!     fn wall(&self) -> u64 {
//!         SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |time| time.as_millis() as u64)
//!     }
//!
//!     fn sleep(&self, _milliseconds: u64) -> Boxed<()> {
//!         // Put a timer here: without one no deadline passes, and no wait ends.
//!         Box::pin(pending())
//!     }
//!
//!     fn random(&self) -> f64 {
//!         0.5
//!     }
//!
//!     fn spawn(&self, task: Boxed<()>) {
//!         let _ = self.tasks.spawn_local(task);
//!     }
//!
//!     fn http_date(&self, _text: &str) -> Option<u64> {
//!         None
//!     }
//! }
//!
//! let mut pool = LocalPool::new();
//! let here = Here { begun: Instant::now(), tasks: pool.spawner() };
//! let settings = Settings::welkin("gh", "sb-demo");
//! let welkin = Welkin::new(settings, Memory, Some(Tokens), Rc::new(here));
//!
//! let ids = pool.run_until(async {
//!     let patient = welkin.patients().get("6f1d7c9e").await?;
//!     assert_eq!(patient.firstName.get().map(String::as_str), Some("Ada"));
//!     // What the references do not know is kept.
//!     assert_eq!(patient.other["new"], true);
//!
//!     let query = patients::list::Query { size: Some(1), ..Default::default() };
//!     let mut pages = welkin.patients().list().query(query).pages()?;
//!     let mut ids = Vec::new();
//!     while let Some(page) = pages.next().await? {
//!         let content = page.content.get().cloned().unwrap_or_default();
//!         ids.extend(content.into_iter().filter_map(|patient| patient.id.get().cloned()));
//!     }
//!     Ok::<_, carewire::engine::Error>(ids)
//! })?;
//! assert_eq!(ids, ["p-1", "p-2"]);
//! # Ok::<(), carewire::engine::Error>(())
//! ```
//!
//! # Files
//!
//! A file is the [`engine::Transport`]'s matter, for a form is what an HTTP library makes of it. An
//! upload takes the transport's own body in place of the JSON: `document_files().upload(patient,
//! document).form(form)`. The engine asks [`engine::Transport::repeatable`] before it sends a form again
//! with a new token. A download gives its bytes: `document_files().download(patient, document,
//! file).await?.bytes`; a file that is too large to hold can be taken to a place of the transport's own
//! with [`engine::Engine::call_with`], while the engine keeps the time of the call.
//!
//! # Layers
//!
//! | layer | holds | may use |
//! | --- | --- | --- |
//! | tables: [`welkin`], [`inbox_health`] | operations and types as static data, one file for each resource | [`operation`] and [`schema`], whose macros write them |
//! | [`table`], [`recognise`] | the tables as text; the way back from a path to its operation | the tables |
//! | [`engine`] | what every call does | the types of [`operation`] and [`schema`]; it names no resource and no platform |
//! | `edge` | secret exchange, gateway decisions | engine and tables |
//! | `webhook` | the signature of what Inbox Health posts | the reader of JSON text in [`engine::json`] |
//! | `sandbox` | an offline stand-in for both APIs | tables, and the check of types in [`engine::check`] |
//! | `declarations` | the tables as TypeScript | tables |
//! | `binding` (wasm only) | the border to JavaScript: it converts, and decides nothing | everything; nothing uses it |
//!
//! # Features
//!
//! - `client`: the client's exports for JavaScript (wasm only).
//! - `edge`: the server side: secret exchange, gateway and webhooks.
//! - `sandbox`: the stand-in for both APIs.
//! - `gloo`: a transport over the browser's fetch, for front ends in Rust.
//! - `declarations`: names and documentation in the tables, for the TypeScript declarations and the
//!   contract test.
//! - `fuzzing`: the rules that the fuzz targets in `tests/fuzz` hold; nothing for a program.
//!
//! A Rust program that only calls the APIs needs none of them.

#[cfg(target_arch = "wasm32")]
#[allow(unsafe_code)]
mod binding;
/// The class that JavaScript sees; in Rust only the tests in a browser use it.
#[cfg(all(target_arch = "wasm32", feature = "client"))]
#[doc(hidden)]
pub use binding::Client;
/// For front ends in Rust: the transport over the browser's fetch, and the engine's runtime there.
#[cfg(all(target_arch = "wasm32", feature = "gloo"))]
pub use binding::{GlooResponse, GlooTransport, runtime::JavaScriptRuntime};
#[cfg(feature = "declarations")]
pub mod declarations;
#[cfg(feature = "edge")]
pub mod edge;
pub mod engine;
#[cfg(all(feature = "fuzzing", not(target_arch = "wasm32")))]
#[doc(hidden)]
pub mod fuzzing;
pub mod inbox_health;
pub mod operation;
pub mod recognise;
#[cfg(feature = "sandbox")]
pub mod sandbox;
pub mod schema;
pub mod table;
#[cfg(any(feature = "edge", feature = "sandbox"))]
pub mod webhook;
pub mod welkin;
