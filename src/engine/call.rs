//! The typed call of a Rust program.

use std::future::{Future, IntoFuture};
use std::marker::PhantomData;
use std::pin::Pin;

use futures_util::FutureExt;
use futures_util::future::{LocalBoxFuture, Shared};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde::de::value::BytesDeserializer;

use super::error::{Error, Failure, Mismatch, Outcome};
use super::exchange::{Engine, Options, Reply};
use super::json;
use super::paging::Position;
use super::request::Arguments;
use super::runtime::{TokenSource, Transport};
use crate::operation::Operation;

/// A call that has its path parameters and its body; `.await` sends it.
pub struct Call<'a, T: Transport, A, Q, R> {
    engine: &'a Engine<T, A>,
    operation: &'static Operation,
    segments: Vec<String>,
    arguments: Arguments,
    opaque: Option<T::Opaque>,
    options: Options,
    wrong: Option<Error>,
    types: PhantomData<fn(Q) -> R>,
}

impl<'a, T: Transport, A: TokenSource, Q: Serialize, R: DeserializeOwned> Call<'a, T, A, Q, R> {
    pub(crate) fn new(engine: &'a Engine<T, A>, operation: &'static Operation) -> Self {
        Call {
            engine,
            operation,
            segments: Vec::new(),
            arguments: Arguments::default(),
            opaque: None,
            options: Options::default(),
            wrong: None,
            types: PhantomData,
        }
    }

    pub(crate) fn segment(&mut self, value: &impl std::fmt::Display) {
        let mut text = String::new();
        json::write_string(&mut text, &value.to_string());
        self.segments.push(text);
    }

    pub(crate) fn body<B: Serialize>(&mut self, body: &B) {
        match serde_json::to_string(body) {
            Ok(text) => self.arguments.body = Some(text),
            Err(_) => self.wrong = Some(Error::argument("body", "a value that JSON can hold")),
        }
    }

    /// Sets the query, and what travels beside an envelope.
    pub fn query(mut self, query: Q) -> Self {
        match serde_json::to_string(&query) {
            Ok(text) => self.arguments.query = Some(text),
            Err(_) => self.wrong = Some(Error::argument("query", "a value that JSON can hold")),
        }
        self
    }

    /// Sends a form in place of the JSON body: whatever the transport takes for one, its content type
    /// included. The engine does not look into it.
    pub fn form(mut self, form: T::Opaque) -> Self {
        self.opaque = Some(form);
        self.arguments.body = None;
        self
    }

    /// Sets the options.
    pub fn options(mut self, options: Options) -> Self {
        self.options = options;
        self
    }

    /// Goes through the pages of a list; nothing is sent before the first is asked for.
    pub fn pages(mut self) -> Result<Pages<'a, T, A, R>, Error> {
        self.finish()?;
        let Call { engine, operation, arguments, mut options, .. } = self;
        let abort = options.abort.take().map(FutureExt::shared);
        let next = Next::First;
        Ok(Pages { engine, operation, arguments, options, abort, next, types: PhantomData })
    }

    /// Sends the call and keeps status, headers and text of the reply.
    pub async fn reply(mut self) -> Result<Reply, Error> {
        self.finish()?;
        let Call { engine, operation, arguments, opaque, options, .. } = self;
        engine.at(operation, &arguments, opaque, options, None).await
    }

    fn finish(&mut self) -> Result<(), Error> {
        self.arguments.path = format!("[{}]", self.segments.join(","));
        match self.wrong.take() {
            Some(error) => Err(error.of(self.operation.id)),
            None => Ok(()),
        }
    }
}

impl<'a, T, A, Q, R> IntoFuture for Call<'a, T, A, Q, R>
where
    T: Transport,
    A: TokenSource,
    Q: Serialize + 'a,
    R: DeserializeOwned + 'a,
{
    type Output = Result<R, Error>;
    type IntoFuture = Pin<Box<dyn Future<Output = Self::Output> + 'a>>;

    fn into_future(self) -> Self::IntoFuture {
        Box::pin(async move {
            let operation = self.operation;
            let reply = self.reply().await?;
            decode(operation, &reply)
        })
    }
}

fn decode<R: DeserializeOwned>(operation: &'static Operation, reply: &Reply) -> Result<R, Error> {
    if operation.file {
        let bytes = BytesDeserializer::<serde::de::value::Error>::new(reply.body());
        if let Ok(file) = R::deserialize(bytes) {
            return Ok(file);
        }
    }
    let text = if operation.reply.is_none() { b"null" } else { reply.record() };
    serde_json::from_slice(text).map_err(|_| Error {
        failure: Failure::Decode(Mismatch {
            place: String::new(),
            expected: "a reply of the declared type",
            found: "another",
        }),
        outcome: Outcome::Unknown,
        operation: operation.id,
    })
}

/// The pages of a list.
pub struct Pages<'a, T, A, R> {
    engine: &'a Engine<T, A>,
    operation: &'static Operation,
    arguments: Arguments,
    options: Options,
    /// Ends the call of whichever page is under way.
    abort: Option<Shared<LocalBoxFuture<'static, ()>>>,
    next: Next,
    types: PhantomData<fn() -> R>,
}

enum Next {
    First,
    At(Position),
    End,
}

impl<T: Transport, A: TokenSource, R: DeserializeOwned> Pages<'_, T, A, R> {
    /// The next page as the API sent it; `None` after the last. A page that failed can be asked for
    /// again.
    pub async fn next(&mut self) -> Result<Option<R>, Error> {
        let position = match &self.next {
            Next::First => None,
            Next::At(position) => Some(position),
            Next::End => return Ok(None),
        };
        let options = Options {
            timeout: self.options.timeout,
            retries: self.options.retries,
            headers: self.options.headers.clone(),
            abort: self.abort.clone().map(FutureExt::boxed_local),
        };
        let (reply, page) =
            self.engine.page(self.operation, &self.arguments, options, position).await?;
        let body = decode(self.operation, &reply)?;
        self.next = page.next.map_or(Next::End, Next::At);
        Ok((!page.repeated).then_some(body))
    }
}
