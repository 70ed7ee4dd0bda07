//! One API behind the gateway: recognises its requests and sends them on with the gateway's own
//! credentials. Token, renewal after a 401, rate limit and deadline are the engine's.

use std::rc::Rc;

use super::admit::{Admitted, Pair, Refusal, admit};
use crate::engine::{
    Engine, Failure, Generic, Options, Payload, Runtime, Settings, TokenSource, Transport,
};

/// Why the API gave no answer that can be passed on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoAnswer {
    /// There is no usable token; nothing was sent.
    Token,
    /// The connection failed or was lost.
    Network,
    /// No answer came in time.
    Timeout,
    /// The API answered with a redirect, which credentials must not follow.
    Redirect,
}

impl NoAnswer {
    /// The word that the caller sees.
    pub const fn name(self) -> &'static str {
        match self {
            NoAnswer::Token => "token",
            NoAnswer::Network | NoAnswer::Redirect => "upstream",
            NoAnswer::Timeout => "timeout",
        }
    }

    /// The status of the gateway's answer.
    pub const fn status(self) -> u16 {
        match self {
            NoAnswer::Token => 503,
            NoAnswer::Network | NoAnswer::Redirect => 502,
            NoAnswer::Timeout => 504,
        }
    }
}

/// An API that the gateway stands in front of.
pub struct Upstream<T, A> {
    engine: Engine<T, A>,
}

impl<T: Transport, A: TokenSource> Upstream<T, A> {
    /// A gateway repeats nothing but a call whose token was refused: the client behind it does.
    pub fn new(mut settings: Settings, transport: T, tokens: A, runtime: Rc<dyn Runtime>) -> Self {
        settings.retries = 0;
        Upstream { engine: Engine::new(settings, transport, Some(tokens), runtime) }
    }

    /// Whether a caller can ask for an operation of this id.
    pub fn knows(&self, operation: &str) -> bool {
        self.engine.settings().api.operation(operation).is_some_and(|operation| !operation.open)
    }

    /// Recognises a request by method, path below the gateway's prefix, and query.
    pub fn admit(&self, method: &str, path: &str, query: &[Pair]) -> Result<Admitted, Refusal> {
        let settings = self.engine.settings();
        admit(settings.api, &settings.known, method, path, query)
    }

    /// Sends an admitted request on: its method, and its target below the base URL. The transport
    /// keeps the answer with `exchange`, its body unread; whether it is sent twice when the token was
    /// refused is the transport's to say.
    pub async fn forward(
        &self,
        method: String,
        target: String,
        headers: Vec<(String, String)>,
        exchange: T::Opaque,
    ) -> Result<(), NoAnswer> {
        let generic = Generic {
            method,
            path: target,
            body: Some(Payload::Opaque(exchange)),
            repeatable: false,
        };
        let options = Options { headers, ..Options::default() };
        match self.engine.request(generic, options).await {
            Ok(_) => Ok(()),
            Err(error) => match error.failure {
                Failure::Api(rejection) if (300..400).contains(&rejection.status) => {
                    Err(NoAnswer::Redirect)
                }
                Failure::Api(_) => Ok(()),
                Failure::Token(_) => Err(NoAnswer::Token),
                Failure::Timeout { .. } => Err(NoAnswer::Timeout),
                _ => Err(NoAnswer::Network),
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;

    use futures_util::FutureExt;
    use futures_util::future::{LocalBoxFuture, ready};

    use super::*;
    use crate::edge::testing::{Answered, Scripted, StoppedClock};
    use crate::engine::{Token, TokenError, TokenRequest};

    /// Gives `token-1`, `token-2`, …
    #[derive(Default)]
    struct Counting(Cell<u32>);

    impl TokenSource for Counting {
        fn token(&self, _: TokenRequest) -> LocalBoxFuture<'static, Result<Token, TokenError>> {
            self.0.set(self.0.get() + 1);
            let secret = format!("token-{}", self.0.get());
            Box::pin(ready(Ok(Token { secret, expires_at: None })))
        }
    }

    fn welkin(api: Rc<Scripted>) -> Upstream<Rc<Scripted>, Counting> {
        let settings = Settings::welkin("gh", "sb-demo");
        Upstream::new(settings, api, Counting::default(), StoppedClock::new())
    }

    fn forward(
        upstream: &Upstream<Rc<Scripted>, Counting>,
        replayable: bool,
    ) -> Result<(), NoAnswer> {
        let admitted = upstream.admit("GET", "/x/y/patients/p1", &[]).unwrap();
        let headers = vec![("accept".to_string(), "text/csv".to_string())];
        let Admitted { operation, target, .. } = admitted;
        let method = operation.method.name().to_string();
        upstream.forward(method, target, headers, replayable).now_or_never().unwrap()
    }

    #[test]
    fn the_request_goes_to_the_gateways_own_tenant_with_its_own_token() {
        let api = Scripted::new(|_| Answered::json(200, ""));
        let upstream = welkin(api.clone());
        assert_eq!(forward(&upstream, true), Ok(()));
        assert_eq!(forward(&upstream, true), Ok(()));
        let sent = api.sent();
        let url = "https://api.live.welkincloud.io/gh/sb-demo/patients/p1";
        assert_eq!((sent[0].method.as_str(), sent[0].url.as_str()), ("GET", url));
        assert_eq!(sent[0].header("authorization"), Some("Bearer token-1"));
        assert_eq!(sent[0].header("accept"), Some("text/csv"));
        assert_eq!(sent[1].header("authorization"), Some("Bearer token-1"));
    }

    #[test]
    fn a_refused_token_is_renewed_and_the_call_repeated_once() {
        let api = Scripted::new(|sent| {
            let stale = sent.header("authorization") == Some("Bearer token-1");
            Answered::json(if stale { 401 } else { 200 }, "")
        });
        let upstream = welkin(api.clone());
        assert_eq!(forward(&upstream, true), Ok(()));
        assert_eq!(api.sent().len(), 2);
        let refusing = Scripted::new(|_| Answered::json(401, ""));
        assert_eq!(forward(&welkin(refusing.clone()), true), Ok(()));
        assert_eq!(refusing.sent().len(), 2);
    }

    #[test]
    fn a_streamed_body_is_never_sent_twice() {
        let api = Scripted::new(|_| Answered::json(401, ""));
        assert_eq!(forward(&welkin(api.clone()), false), Ok(()));
        assert_eq!(api.sent().len(), 1);
    }

    #[test]
    fn failures_of_the_api_pass_and_redirects_do_not() {
        for (answered, expected, sent) in [
            (Answered::json(404, "[]"), Ok(()), 1),
            (Answered::json(429, "[]"), Ok(()), 1),
            (Answered::json(503, ""), Ok(()), 1),
            (Answered::json(302, ""), Err(NoAnswer::Redirect), 1),
            (Answered::Lost, Err(NoAnswer::Network), 1),
        ] {
            let api = Scripted::new(move |_| answered.clone());
            assert_eq!(forward(&welkin(api.clone()), true), expected);
            assert_eq!(api.sent().len(), sent);
        }
    }
}
