//! Exchanges the secret of a Welkin API client for a token.

use std::cell::RefCell;
use std::fmt;
use std::rc::Rc;

use futures_util::future::LocalBoxFuture;

use super::is_segment;
use super::limiter::{ExchangeLimiter, LONGEST_PAUSE, Limited};
use crate::engine::{
    Argument, Arguments, Drift, Engine, Error, Failure, Options, Runtime, Settings, Token,
    TokenError, TokenRequest, TokenSource, Transport, json,
};
use crate::operation::{Api, Operation};

/// The life of a token whose answer does not tell it, in milliseconds (welkin-notes, Hosts and auth).
pub const LIFE: u64 = 60 * 60_000;
/// The time of one exchange, in milliseconds.
pub(super) const TIMEOUT: u64 = 20_000;

/// The two token endpoints.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Endpoint {
    /// `POST /auth/token`.
    #[default]
    Primary,
    /// `POST /{tenantName}/admin/api_clients/{apiClientName}`; its answer tells no expiry.
    Legacy,
}

/// An API client of a tenant. It holds the secret, so it has no `Debug`.
pub struct WelkinSecret {
    /// The tenant.
    pub tenant: String,
    /// The name of the API client.
    pub api_client: String,
    /// Its secret.
    pub secret: String,
    /// The host of the primary endpoint; `None` for Welkin's own.
    pub auth_base_url: Option<String>,
    /// The host of the legacy endpoint; `None` for Welkin's own.
    pub base_url: Option<String>,
    /// Which endpoint is asked.
    pub endpoint: Endpoint,
}

/// A new token. It has no `Debug`, like everything that holds one.
pub struct Exchanged {
    /// The token.
    pub token: String,
    /// When its life ends as the API wrote it; `None` when it did not, and [`LIFE`] is assumed.
    pub expires_at: Option<String>,
}

/// Why there is no token.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExchangeError {
    /// What went wrong.
    pub problem: Problem,
    /// When to come back, in milliseconds, if that is known; within [`LONGEST_PAUSE`].
    pub retry_after: Option<u64>,
    /// The status that Welkin answered with.
    pub status: Option<u16>,
}

/// What went wrong with an exchange.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Problem {
    /// The limit is used up or a block lasts; nothing was sent.
    Limited,
    /// Welkin refused.
    Rejected,
    /// The connection failed or no answer came in time.
    Network,
    /// The answer holds no token.
    Malformed,
    /// A vault could not keep its count of exchanges; nothing was sent.
    Unkept,
}

impl Problem {
    /// The word that JavaScript sees.
    pub const fn name(self) -> &'static str {
        match self {
            Problem::Limited => "exchange_limited",
            Problem::Rejected => "exchange_rejected",
            Problem::Network => "exchange_network",
            Problem::Malformed => "exchange_malformed",
            Problem::Unkept => "vault_failed",
        }
    }
}

impl fmt::Display for ExchangeError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(match self.problem {
            Problem::Limited => "the limit of Welkin's token endpoint is used up",
            Problem::Rejected => "Welkin refused the token exchange",
            Problem::Network => "Welkin's token endpoint did not answer",
            Problem::Malformed => "Welkin's token endpoint answered without a token",
            Problem::Unkept => "the token vault could not count the exchange",
        })?;
        if let Some(status) = self.status {
            write!(out, " with status {status}")?;
        }
        match self.retry_after {
            Some(wait) => {
                write!(out, "; the next exchange can begin in {} s", wait.div_ceil(1_000))
            }
            None => Ok(()),
        }
    }
}

impl std::error::Error for ExchangeError {}

impl ExchangeError {
    /// Of which nothing more is known.
    pub(super) const fn of(problem: Problem) -> Self {
        ExchangeError { problem, retry_after: None, status: None }
    }
}

/// Asks one endpoint for tokens.
pub struct Exchange<T> {
    engine: Engine<T, NoTokens>,
    runtime: Rc<dyn Runtime>,
    limiter: RefCell<ExchangeLimiter>,
    operation: &'static Operation,
    arguments: Arguments,
}

impl<T: Transport> Exchange<T> {
    /// Checks what was given; nothing is sent.
    pub fn new(
        given: WelkinSecret,
        transport: T,
        runtime: Rc<dyn Runtime>,
    ) -> Result<Self, Argument> {
        let wrong = |parameter: &str, expected: &str| Argument {
            parameter: parameter.into(),
            expected: expected.into(),
        };
        for (parameter, name) in [("tenant", &given.tenant), ("apiClient", &given.api_client)] {
            if !is_segment(name) {
                return Err(wrong(parameter, "a name without slashes or blanks"));
            }
        }
        if given.secret.is_empty() {
            return Err(wrong("secret", "a non-empty string"));
        }
        let mut settings = Settings::welkin(given.tenant, "");
        if let Some(base) = given.base_url {
            settings.base_url = base;
        }
        if let Some(base) = given.auth_base_url {
            settings.auth_base_url = base;
        }
        settings.drift = Drift::Off;
        settings.timeout = TIMEOUT;
        // Each attempt counts against the limit; whoever asks for the token tries again later.
        settings.retries = 0;
        let mut body = String::from("{");
        member(&mut body, "secret", &given.secret);
        let (id, path) = match given.endpoint {
            Endpoint::Primary => {
                body.push(',');
                member(&mut body, "apiClient", &given.api_client);
                ("authCreateToken", String::new())
            }
            Endpoint::Legacy => {
                let mut path = String::from("{");
                member(&mut path, "apiClientName", &given.api_client);
                path.push('}');
                ("authCreateLegacyToken", path)
            }
        };
        body.push('}');
        Ok(Exchange {
            operation: Api::Welkin
                .operation(id)
                .ok_or_else(|| wrong("endpoint", "an endpoint of the table"))?,
            arguments: Arguments { path, body: Some(body), ..Arguments::default() },
            engine: Engine::new(settings, transport, None, runtime.clone()),
            limiter: RefCell::default(),
            runtime,
        })
    }

    /// Gets a new token, within the limit of the endpoint as far as this program knows.
    pub async fn exchange(&self, options: Options) -> Result<Exchanged, ExchangeError> {
        self.limiter.borrow_mut().begin(self.runtime.monotonic()).map_err(limited)?;
        let answer = self.send(options).await;
        answer.map_err(|error| match error.problem {
            Problem::Limited => {
                let now = self.runtime.monotonic();
                let block = self.limiter.borrow_mut().block(now, error.retry_after);
                ExchangeError { status: error.status, ..limited(block) }
            }
            _ => error,
        })
    }

    /// Gets a new token for one that counts exchanges itself. A 429 is [`Problem::Limited`], with the
    /// time to wait if Welkin told it.
    pub(super) async fn send(&self, options: Options) -> Result<Exchanged, ExchangeError> {
        let reply =
            self.engine.call(self.operation, &self.arguments, options).await.map_err(explain)?;
        let field = |name| Some(json::string(json::at(reply.record(), &[name])?)?.into_owned());
        // As in the engine: no token holds a blank.
        let usable =
            |token: &String| !token.is_empty() && token.bytes().all(|byte| byte.is_ascii_graphic());
        let token = field("token").filter(usable).ok_or(ExchangeError::of(Problem::Malformed))?;
        Ok(Exchanged { token, expires_at: field("expiresAt") })
    }
}

fn explain(error: Error) -> ExchangeError {
    match error.failure {
        Failure::Api(rejection) => ExchangeError {
            problem: match rejection.status {
                429 => Problem::Limited,
                _ => Problem::Rejected,
            },
            retry_after: rejection.retry_after.map(|wait| wait.min(LONGEST_PAUSE)),
            status: Some(rejection.status),
        },
        Failure::Decode(_) => ExchangeError::of(Problem::Malformed),
        _ => ExchangeError::of(Problem::Network),
    }
}

pub(super) fn limited(limited: Limited) -> ExchangeError {
    let retry_after = Some(limited.retry_after);
    ExchangeError { retry_after, ..ExchangeError::of(Problem::Limited) }
}

fn member(object: &mut String, name: &str, value: &str) {
    json::write_string(object, name);
    object.push(':');
    json::write_string(object, value);
}

/// The token endpoints themselves need no token.
enum NoTokens {}

impl TokenSource for NoTokens {
    fn token(&self, _: TokenRequest) -> LocalBoxFuture<'static, Result<Token, TokenError>> {
        match *self {}
    }
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;

    use futures_util::FutureExt;

    use super::*;
    use crate::edge::testing::{Answered, Scripted, StoppedClock};

    const SECRET: &str = "s3cret \"quoted\"";

    fn given(endpoint: Endpoint) -> WelkinSecret {
        WelkinSecret {
            tenant: "gh".into(),
            api_client: "portal-client".into(),
            secret: SECRET.into(),
            auth_base_url: Some("https://auth.example.test".into()),
            base_url: Some("https://data.example.test".into()),
            endpoint,
        }
    }

    fn ask(exchange: &Exchange<Rc<Scripted>>) -> Result<Exchanged, ExchangeError> {
        exchange.exchange(Options::default()).now_or_never().expect("answers at once")
    }

    #[test]
    fn the_primary_endpoint_gets_secret_and_client_and_no_credentials() {
        let api = Scripted::new(|_| {
            Answered::json(200, r#"{"token":"t1","expiresAt":"2026-04-01T10:00:00Z"}"#)
        });
        let exchange =
            Exchange::new(given(Endpoint::Primary), api.clone(), StoppedClock::new()).ok().unwrap();
        let exchanged = ask(&exchange).ok().unwrap();
        assert_eq!(exchanged.token, "t1");
        assert_eq!(exchanged.expires_at.as_deref(), Some("2026-04-01T10:00:00Z"));
        let sent = api.sent();
        assert_eq!(sent[0].url, "https://auth.example.test/auth/token");
        let body = r#"{"secret":"s3cret \"quoted\"","apiClient":"portal-client"}"#;
        assert_eq!(sent[0].body.as_deref(), Some(body));
        assert!(sent[0].headers.iter().all(|(name, _)| name != "authorization"));
    }

    #[test]
    fn the_legacy_endpoint_names_the_client_in_its_path_and_tells_no_expiry() {
        let api = Scripted::new(|_| {
            Answered::json(201, r#"{"clientName":"c","token":"t2","enabled":true}"#)
        });
        let exchange =
            Exchange::new(given(Endpoint::Legacy), api.clone(), StoppedClock::new()).ok().unwrap();
        let exchanged = ask(&exchange).ok().unwrap();
        assert_eq!((exchanged.token.as_str(), exchanged.expires_at), ("t2", None));
        let url = "https://data.example.test/gh/admin/api_clients/portal-client";
        assert_eq!(api.sent()[0].url, url);
    }

    #[test]
    fn a_block_fails_fast_and_ends_after_5_minutes() {
        let answers = Cell::new(0);
        let api = Scripted::new(move |_| {
            answers.set(answers.get() + 1);
            match answers.get() {
                1 => Answered::json(429, "[]"),
                _ => Answered::json(200, r#"{"token":"t3"}"#),
            }
        });
        let clock = StoppedClock::new();
        let exchange =
            Exchange::new(given(Endpoint::Primary), api.clone(), clock.clone()).ok().unwrap();
        let blocked = ask(&exchange).err().unwrap();
        assert_eq!((blocked.problem, blocked.status), (Problem::Limited, Some(429)));
        assert_eq!(blocked.retry_after, Some(300_000));
        clock.advance(60_000);
        assert_eq!(ask(&exchange).err().unwrap().retry_after, Some(240_000));
        assert_eq!(api.sent().len(), 1);
        clock.advance(240_000);
        assert_eq!(ask(&exchange).ok().unwrap().token, "t3");
    }

    #[test]
    fn no_error_holds_the_secret_or_what_was_answered() {
        for answer in [
            Answered::json(401, r#"[{"message":"wrong secret s3cret"}]"#),
            Answered::json(200, r#"{"token":""}"#),
            Answered::json(200, r#"{"token":"s3cret and more"}"#),
            Answered::json(200, "s3cret"),
            Answered::Lost,
        ] {
            let api = Scripted::new(move |_| answer.clone());
            let exchange =
                Exchange::new(given(Endpoint::Primary), api, StoppedClock::new()).ok().unwrap();
            let error = ask(&exchange).err().unwrap();
            assert!(!format!("{error} {error:?}").contains("s3cret"));
        }
    }

    #[test]
    fn a_client_name_that_would_change_the_path_is_refused() {
        for name in ["", ".", "..", "a/b", "a\\b", "a%2fb", "a?b", "a b"] {
            let given = WelkinSecret { api_client: name.into(), ..given(Endpoint::Legacy) };
            let api = Scripted::new(|_| Answered::Lost);
            let wrong = Exchange::new(given, api, StoppedClock::new()).err().unwrap();
            assert_eq!(wrong.parameter, "apiClient", "{name}");
        }
    }
    #[test]
    fn no_answer_asks_for_more_than_a_day() {
        for (status, asked, told) in [
            (503, "3600", Some(3_600_000)),
            (503, "315360000", Some(LONGEST_PAUSE)),
            (429, "3600", Some(3_600_000)),
            (429, "315360000", Some(LONGEST_PAUSE)),
        ] {
            let api = Scripted::new(move |_| Answered::later(status, asked));
            let exchange =
                Exchange::new(given(Endpoint::Primary), api, StoppedClock::new()).ok().unwrap();
            assert_eq!(ask(&exchange).err().unwrap().retry_after, told, "{status} {asked}");
        }
    }
}
