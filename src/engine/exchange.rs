//! One call from its arguments to its reply.

use std::borrow::Cow;
use std::cell::{Cell, RefCell};
use std::rc::Rc;

use futures_util::future::{Either, LocalBoxFuture, select};

use super::check::{self, Place, Rule};
use super::error::{Error, Failure, Mismatch, Outcome, Rejection};
use super::event::{Event, Happening};
use super::json;
use super::pace::Pace;
use super::paging::{self, Page, Position};
use super::request::{self, Arguments, Form};
use super::retry::{self, Budget};
use super::runtime::{Payload, Request, Response, Runtime, TokenSource, Transport};
use super::settings::{Drift, Scheme, Settings};
use super::text;
use super::token::{Credential, Tokens};
use crate::operation::{Api, Operation};
use crate::schema::Type;

/// Observers are told of at most this many places of drift per client.
const MOST_PLACES: usize = 1_000;

/// The longest reply that is read, in bytes: far beyond any page of the two APIs. Files have no limit,
/// for they can go to a place of the caller's.
pub const LARGEST_REPLY: usize = 32 << 20;

/// Readers of JSON text may pass over it (RFC 8259, section 8.1), and those of browsers do.
const BYTE_ORDER_MARK: &[u8] = b"\xef\xbb\xbf";

const TOO_LARGE: Mismatch =
    Mismatch { place: String::new(), expected: "at most 32 MiB", found: "more" };

/// What one call may set for itself.
#[derive(Default)]
pub struct Options {
    /// Instead of the client's time, in milliseconds.
    pub timeout: Option<u64>,
    /// Instead of the client's number of repeats.
    pub retries: Option<u32>,
    /// Headers beside the client's; the same name wins.
    pub headers: Vec<(String, String)>,
    /// The call is given up when this ends.
    pub abort: Option<LocalBoxFuture<'static, ()>>,
}

/// The answer to a call.
#[derive(Debug)]
pub struct Reply {
    /// The status.
    pub status: u16,
    /// All headers.
    pub headers: Vec<(String, String)>,
    /// The request id that the API gave.
    pub request_id: Option<String>,
    /// How many requests were sent.
    pub attempts: u32,
    body: Vec<u8>,
    record: Place,
}

impl Reply {
    /// The JSON text of the record, without its envelope; empty when the reply has no body.
    pub fn record(&self) -> &[u8] {
        self.body.get(self.record.start..self.record.end).unwrap_or_default()
    }

    /// The whole body.
    pub fn body(&self) -> &[u8] {
        &self.body
    }
}

/// A request that the table does not know.
pub struct Generic<P> {
    /// The method of HTTP.
    pub method: String,
    /// The path below the base URL, with a slash in front and with its query.
    pub path: String,
    /// The body.
    pub body: Option<Payload<P>>,
    /// Whether sending it twice cannot double an effect.
    pub repeatable: bool,
}

/// A client without the names of its operations.
pub struct Engine<T, A> {
    settings: Settings,
    transport: T,
    runtime: Rc<dyn Runtime>,
    tokens: Option<Tokens<A>>,
    budget: Budget,
    pace: Option<Pace>,
    places: RefCell<Vec<(&'static str, String)>>,
}

/// A request as it goes through its attempts.
struct Outgoing<P> {
    method: Cow<'static, str>,
    url: String,
    body: Option<Payload<P>>,
    repeatable: bool,
    open: bool,
    /// Whether the answer is bytes, whatever they mean.
    file: bool,
    name: Name,
}

/// How a call is named to observers and in errors.
#[derive(Clone, Copy)]
struct Name {
    operation: &'static str,
    path_template: &'static str,
}

struct Answer {
    status: u16,
    headers: Vec<(String, String)>,
    request_id: Option<String>,
    attempts: u32,
    body: Vec<u8>,
}

impl<T: Transport, A: TokenSource> Engine<T, A> {
    /// A client. Without a token source no credential is sent: a gateway adds it.
    pub fn new(
        settings: Settings,
        transport: T,
        tokens: Option<A>,
        runtime: Rc<dyn Runtime>,
    ) -> Self {
        let tokens = tokens.map(|source| {
            let observer = settings.observer.clone();
            Tokens::new(source, runtime.clone(), move |happening| {
                if let Some(observer) = &observer {
                    let what = Happening::Token(happening);
                    observer(&Event { operation: "", path_template: "", what });
                }
            })
        });
        Engine {
            pace: settings.limit.map(Pace::new),
            settings,
            transport,
            runtime,
            tokens,
            budget: Budget::new(),
            places: RefCell::default(),
        }
    }

    /// The settings of the client.
    pub fn settings(&self) -> &Settings {
        &self.settings
    }

    /// Calls an operation.
    pub async fn call(
        &self,
        operation: &'static Operation,
        arguments: &Arguments,
        options: Options,
    ) -> Result<Reply, Error> {
        self.at(operation, arguments, None, options, None).await
    }

    /// Calls an operation that takes or gives files. What goes to the transport instead of a JSON body
    /// is its own matter: a form, whose parts the body in the arguments may describe for the check, each
    /// file as `{}`; or, in a download, a place for the bytes.
    pub async fn call_with(
        &self,
        operation: &'static Operation,
        arguments: &Arguments,
        opaque: T::Opaque,
        options: Options,
    ) -> Result<Reply, Error> {
        self.at(operation, arguments, Some(opaque), options, None).await
    }

    /// Gets one page of a list and says where the next one begins.
    pub async fn page(
        &self,
        operation: &'static Operation,
        arguments: &Arguments,
        options: Options,
        position: Option<&Position>,
    ) -> Result<(Reply, Page), Error> {
        let reply = self.at(operation, arguments, None, options, position).await?;
        let page = self.read_page(operation, arguments, &reply, position)?;
        Ok((reply, page))
    }

    /// Reads the page that a reply holds. A reply without a list is no empty one.
    pub(crate) fn read_page(
        &self,
        operation: &'static Operation,
        arguments: &Arguments,
        reply: &Reply,
        position: Option<&Position>,
    ) -> Result<Page, Error> {
        let asked = arguments
            .query
            .as_deref()
            .and_then(|query| json::at(query.as_bytes(), &["page"]))
            .and_then(|page| text::whole(std::str::from_utf8(page).ok()?));
        let page = paging::read(operation.paging, reply.record(), asked, position);
        if page.missing {
            let place = page.items.to_owned();
            let mismatch = Mismatch { place, expected: "array", found: "nothing" };
            return Err(self.misread(operation, mismatch));
        }
        let what = Happening::Page { records: page.records, last: page.next.is_none() };
        self.tell(Name::of(operation), what);
        Ok(page)
    }

    /// Sends a request that the table does not know. The reply is passed on as it is.
    pub async fn request(
        &self,
        generic: Generic<T::Opaque>,
        options: Options,
    ) -> Result<Reply, Error> {
        let name = Name { operation: "request", path_template: "" };
        let failed = |error: Error| error.of(name.operation);
        // `//host` and `\` would leave the base URL, and with it take the credentials along.
        let own = generic.path.starts_with('/')
            && !generic.path.starts_with("//")
            && !text::holds(&generic.path, b"\\# ")
            && text::is_printable(&generic.path)
            && !climbs(&generic.path);
        if !own {
            let expected = "a path that begins with one slash, without dot segments, backslashes, blanks or a fragment";
            return Err(failed(Error::argument("path", expected)));
        }
        let outgoing = Outgoing {
            method: generic.method.into(),
            url: text::joined(&[&self.settings.base_url, &generic.path]),
            body: generic.body,
            repeatable: generic.repeatable,
            open: false,
            file: false,
            name,
        };
        let answer = self.exchange(outgoing, options).await?;
        let record = Place { start: 0, end: answer.body.len() };
        Ok(answer.into_reply(record))
    }

    /// Calls an operation, for a list at the position of a page.
    pub(crate) async fn at(
        &self,
        operation: &'static Operation,
        arguments: &Arguments,
        opaque: Option<T::Opaque>,
        options: Options,
        position: Option<&Position>,
    ) -> Result<Reply, Error> {
        let name = Name::of(operation);
        let known = &self.settings.known;
        let prepared = request::prepare(operation, known, arguments, position, opaque.is_some())
            .map_err(|error| error.of(operation.id))?;
        // Of the calls without a token, the older one is on the host of the data (reference, `servers`).
        let base = if operation.open && operation.segments.is_empty() {
            &self.settings.auth_base_url
        } else {
            &self.settings.base_url
        };
        let outgoing = Outgoing {
            method: operation.method.name().into(),
            url: text::joined(&[base, &prepared.target]),
            body: opaque.map(Payload::Opaque).or_else(|| prepared.body.map(Payload::Json)),
            repeatable: prepared.repeatable,
            open: operation.open,
            file: operation.file,
            name,
        };
        let answer = self.exchange(outgoing, options).await?;
        let record = self.read(operation, arguments.form, answer.status, &answer.body)?;
        Ok(answer.into_reply(record))
    }

    /// Checks a reply and finds its record.
    fn read(
        &self,
        operation: &Operation,
        form: Form,
        status: u16,
        body: &[u8],
    ) -> Result<Place, Error> {
        let whole = Place { start: 0, end: body.len() };
        let first = body.get(json::token(body, 0));
        let Some(reply) = operation.reply else {
            // A page of a proxy, to sign in or to say sorry, is no answer of the API.
            let page = first == Some(&b'<') && !operation.file;
            return if page { Err(self.not_json(operation)) } else { Ok(whole) };
        };
        if first.is_none() {
            let expected = check::expected(&reply.of);
            let mismatch = Mismatch { place: String::new(), expected, found: "nothing" };
            // The codes of success are undocumented in part, and these two never have a body.
            if self.settings.drift == Drift::Strict || !matches!(status, 204 | 205) {
                return Err(self.misread(operation, mismatch));
            }
            if self.settings.drift == Drift::Report {
                self.drifted(operation, mismatch);
            }
            return Ok(whole);
        }
        let checked = self.settings.drift != Drift::Off;
        if !checked && (reply.envelope.is_empty() || form == Form::Wire) {
            return Ok(whole);
        }
        let mut first = None;
        let mut report = |mismatch: Mismatch| match self.settings.drift {
            Drift::Off => {}
            Drift::Strict => {
                first.get_or_insert(mismatch);
            }
            Drift::Report => self.drifted(operation, mismatch),
        };
        let of = if checked { &reply.of } else { &Type::Anything };
        let rule = Rule::Reply { lenient: self.settings.api == Api::InboxHealth };
        let place = check::check(body, of, reply.envelope, rule, &mut report)
            .map_err(|_| self.not_json(operation))?;
        match first {
            Some(mismatch) => Err(self.misread(operation, mismatch)),
            None if form == Form::Wire => Ok(whole),
            None => Ok(place),
        }
    }

    /// A reply that is no JSON.
    pub fn not_json(&self, operation: &Operation) -> Error {
        let expected = operation.reply.map_or("nothing", |reply| check::expected(&reply.of));
        let found = "text that is not JSON";
        self.misread(operation, Mismatch { place: String::new(), expected, found })
    }

    /// A reply that fails its call. The API answered 2xx, so what was asked for may be done.
    #[inline(never)]
    fn misread(&self, operation: &Operation, mismatch: Mismatch) -> Error {
        let outcome = Outcome::Unknown;
        self.tell(Name::of(operation), Happening::Failed { outcome });
        Error { failure: Failure::Decode(mismatch), outcome, operation: operation.id }
    }

    fn drifted(&self, operation: &Operation, mismatch: Mismatch) {
        let new = {
            let mut places = self.places.borrow_mut();
            let place = (operation.id, mismatch.place.clone());
            let new = places.len() < MOST_PLACES && !places.contains(&place);
            if new {
                places.push(place);
            }
            new
        };
        if new {
            self.tell(Name::of(operation), Happening::Drift(mismatch));
        }
    }

    /// Runs the attempts until they end, the time is over or the caller gives up.
    async fn exchange(
        &self,
        outgoing: Outgoing<T::Opaque>,
        mut options: Options,
    ) -> Result<Answer, Error> {
        let name = outgoing.name;
        let milliseconds = options.timeout.unwrap_or(self.settings.timeout);
        let deadline = self.runtime.monotonic().saturating_add(milliseconds);
        let outcome = Cell::new(Outcome::NotSent);
        let given_up = options.abort.take();
        let cut = async {
            let time = self.runtime.sleep(milliseconds);
            match given_up {
                Some(given_up) => match select(given_up, time).await {
                    Either::Left(_) => Failure::Abort,
                    Either::Right(_) => Failure::Timeout { milliseconds },
                },
                None => {
                    time.await;
                    Failure::Timeout { milliseconds }
                }
            }
        };
        // The cut comes first: a call that was given up, or had no time, before it began sends nothing.
        let result = {
            let cut = std::pin::pin!(cut);
            let work = std::pin::pin!(self.attempts(&outgoing, &options, deadline, &outcome));
            match select(cut, work).await {
                Either::Left((failure, _)) => Err(failure),
                Either::Right((result, _)) => result,
            }
        };
        result.map_err(|failure| {
            self.tell(name, Happening::Failed { outcome: outcome.get() });
            Error { failure, outcome: outcome.get(), operation: name.operation }
        })
    }

    async fn attempts(
        &self,
        outgoing: &Outgoing<T::Opaque>,
        options: &Options,
        deadline: u64,
        outcome: &Cell<Outcome>,
    ) -> Result<Answer, Failure> {
        let name = outgoing.name;
        let replayable = match &outgoing.body {
            Some(Payload::Opaque(body)) => self.transport.repeatable(body),
            Some(Payload::Json(_)) | None => true,
        };
        let mut repeats = options.retries.unwrap_or(self.settings.retries);
        let mut renewed = false;
        let mut in_doubt = false;
        let mut attempt = 0;
        loop {
            attempt += 1;
            let mut credential = self.credential(outgoing).await?;
            // After the token: calls that waited for it together would leave the line together.
            if let Some(pace) = &self.pace {
                while pace.turn(self.runtime.as_ref()).await {
                    // The token may have been refused or have ended meanwhile. Who waits for another
                    // has lost the turn.
                    let turn = self.runtime.monotonic();
                    credential = self.credential(outgoing).await?;
                    if self.runtime.monotonic() == turn {
                        break;
                    }
                }
            }
            let secret = credential.as_ref().map(|credential| credential.secret.as_ref());
            let request = self.dress(outgoing, options, secret);
            let method = outgoing.method.clone();
            self.tell(name, Happening::Request { method, attempt });
            let sent = self.runtime.monotonic();
            outcome.set(Outcome::Unknown);
            let head = self.transport.send(request).await.ok();
            let status = head.as_ref().map(Response::status);
            // What a server answers to a fault of its own, or never got through to say, tells nothing
            // of what it did before, and many send elsewhere whoever has just changed something; nor does
            // a refusal take back what an earlier attempt may have done.
            let refused =
                status.is_some_and(|status| (400..500).contains(&status) && status != 408);
            in_doubt |= !refused;
            if !in_doubt {
                outcome.set(Outcome::Rejected);
            }
            let request_id = head.as_ref().and_then(request_id);
            self.tell(
                name,
                Happening::Response {
                    attempt,
                    status,
                    duration: self.runtime.monotonic().saturating_sub(sent),
                    request_id: request_id.clone(),
                },
            );

            if let (Some(401), Some(tokens), Some(credential)) = (status, &self.tokens, &credential)
                && tokens.refuse(credential)
                && !renewed
                && replayable
            {
                renewed = true;
                continue;
            }

            let mut asked_to_wait = None;
            let failure = match head {
                Some(head) => {
                    let status = head.status();
                    asked_to_wait = head
                        .header("retry-after")
                        .and_then(|value| retry::retry_after(&value, self.runtime.as_ref()));
                    let headers = head.headers();
                    let success = (200..300).contains(&status);
                    let most = if success && outgoing.file { usize::MAX } else { LARGEST_REPLY };
                    match head.bytes(most).await {
                        Ok(None) if success => return Err(Failure::Decode(TOO_LARGE)),
                        Ok(Some(mut body)) if success => {
                            if body.starts_with(BYTE_ORDER_MARK) && !outgoing.file {
                                body.drain(..BYTE_ORDER_MARK.len());
                            }
                            self.budget.refund();
                            if let (Some(tokens), Some(credential)) = (&self.tokens, &credential) {
                                tokens.accepted(credential);
                            }
                            return Ok(Answer {
                                status,
                                headers,
                                request_id,
                                attempts: attempt,
                                body,
                            });
                        }
                        Ok(body) => Failure::Api(Box::new(Rejection {
                            status,
                            request_id,
                            headers,
                            body: body.unwrap_or_default(),
                            retry_after: asked_to_wait,
                        })),
                        Err(_) => Failure::Network,
                    }
                }
                None => Failure::Network,
            };

            // A file whose bytes began to come may be in use already.
            let passing = status.is_none_or(retry::worth_repeating)
                || matches!(failure, Failure::Network) && !outgoing.file;
            if status == Some(429)
                && let Some(pace) = &self.pace
            {
                pace.refused(self.runtime.monotonic(), asked_to_wait.unwrap_or(0));
            }
            // Inbox Health counts before it works: a 429 was not processed (notes, Rate limit).
            let untouched = status == Some(429) && self.settings.api == Api::InboxHealth;
            if !(passing && replayable && (outgoing.repeatable || untouched) && repeats > 0) {
                return Err(failure);
            }
            let wait = retry::wait(attempt, self.runtime.random()).max(asked_to_wait.unwrap_or(0));
            let back = self.runtime.monotonic().saturating_add(wait);
            if wait > retry::LONGEST_WAIT || back >= deadline || !self.budget.spend() {
                return Err(failure);
            }
            repeats -= 1;
            self.tell(name, Happening::Retry { attempt, delay: wait, status });
            self.runtime.sleep(wait).await;
        }
    }

    /// The token for the next attempt, if it needs one.
    async fn credential(
        &self,
        outgoing: &Outgoing<T::Opaque>,
    ) -> Result<Option<Credential>, Failure> {
        match &self.tokens {
            Some(tokens) if !outgoing.open => tokens.get().await.map(Some).map_err(Failure::Token),
            _ => Ok(None),
        }
    }

    /// Puts the headers on.
    fn dress(
        &self,
        outgoing: &Outgoing<T::Opaque>,
        options: &Options,
        secret: Option<&str>,
    ) -> Request<T::Opaque> {
        let mut headers: Vec<(Cow<'static, str>, String)> =
            vec![("accept".into(), if outgoing.file { "*/*" } else { "application/json" }.into())];
        if let Some(Payload::Json(_)) = outgoing.body {
            headers.push(("content-type".into(), "application/json".into()));
        }
        let mut put = |name: Cow<'static, str>, value: String| {
            headers.retain(|(other, _)| *other != name);
            headers.push((name, value));
        };
        // A form has a content type of its own, with the mark between its parts.
        let form = matches!(outgoing.body, Some(Payload::Opaque(_)));
        let always = self.settings.headers.len();
        for (at, (name, value)) in self.settings.headers.iter().chain(&options.headers).enumerate()
        {
            let name = name.to_ascii_lowercase();
            if !(form && at < always && name == "content-type") {
                put(name.into(), value.clone());
            }
        }
        if let Some(secret) = secret {
            match self.settings.scheme {
                Scheme::Bearer => put("authorization".into(), text::joined(&["Bearer ", secret])),
                Scheme::ApiKey => put("x-api-key".into(), secret.into()),
                Scheme::Basic => put("authorization".into(), text::joined(&["Basic ", secret])),
            }
        }
        Request {
            method: outgoing.method.clone(),
            url: outgoing.url.clone(),
            headers,
            body: outgoing.body.clone(),
        }
    }

    #[inline(never)]
    fn tell(&self, name: Name, what: Happening) {
        if let Some(observer) = &self.settings.observer {
            let Name { operation, path_template } = name;
            observer(&Event { operation, path_template, what });
        }
    }
}

impl Name {
    fn of(operation: &Operation) -> Self {
        Name { operation: operation.id, path_template: operation.path }
    }
}

impl Answer {
    fn into_reply(self, record: Place) -> Reply {
        let Answer { status, headers, request_id, attempts, body } = self;
        Reply { status, headers, request_id, attempts, body, record }
    }
}

/// Whether a path has a segment of dots, plain or encoded, before its query.
fn climbs(path: &str) -> bool {
    let end = path.bytes().position(|byte| byte == b'?').unwrap_or(path.len());
    text::segments(path.get(..end).unwrap_or(path)).any(|segment| {
        let (mut rest, mut dots) = (segment, 0);
        while let Some(after) = [".", "%2e", "%2E"].iter().find_map(|dot| rest.strip_prefix(dot)) {
            (rest, dots) = (after, dots + 1);
        }
        rest.is_empty() && matches!(dots, 1 | 2)
    })
}

/// No API of the two names its request id; these are the usual headers.
fn request_id(response: &impl Response) -> Option<String> {
    ["x-request-id", "request-id", "x-correlation-id"].iter().find_map(|name| response.header(name))
}
