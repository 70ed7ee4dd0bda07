//! One API behind the gateway: recognises its requests, gives leave to send them with the gateway's own
//! credentials, and judges the answers. Token, renewal after a 401 and rate limit are the engine's.

use std::rc::Rc;

use super::admit::{Admitted, Refusal, admit};
use super::describe::{Description, describe};
use crate::engine::{Credential, Pace, Runtime, Scheme, Settings, TokenSource, Tokens};

/// There is no usable token; nothing is sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NoToken;

/// Leave to send one request.
#[derive(Clone)]
pub struct Pass {
    credential: Credential,
}

impl Pass {
    /// The token or key; it stays the same value as long as it is the same one.
    pub fn secret(&self) -> &Rc<str> {
        &self.credential.secret
    }
}

/// What becomes of an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// It goes to the caller.
    Answer,
    /// The token was refused: the request is sent once more, with the next one.
    Again,
    /// It does not go to the caller.
    Refuse,
}

/// An API that the gateway stands in front of. A gateway repeats nothing but a request whose token was
/// refused: the client behind it does.
pub struct Upstream<A> {
    settings: Settings,
    tokens: Tokens<A>,
    pace: Option<Pace>,
    runtime: Rc<dyn Runtime>,
}

impl<A: TokenSource> Upstream<A> {
    /// An API with these settings.
    pub fn new(settings: Settings, source: A, runtime: Rc<dyn Runtime>) -> Self {
        let tokens = Tokens::new(source, runtime.clone(), |_| {});
        Upstream { pace: settings.limit.map(Pace::new), settings, tokens, runtime }
    }

    /// Scheme and host, and a path prefix if there is one.
    pub fn base_url(&self) -> &str {
        &self.settings.base_url
    }

    /// The header of a credential: its name, and what comes before the secret.
    pub fn scheme(&self) -> (&'static str, &'static str) {
        match self.settings.scheme {
            Scheme::Bearer => ("authorization", "Bearer "),
            Scheme::ApiKey => ("x-api-key", ""),
            Scheme::Basic => ("authorization", "Basic "),
        }
    }

    /// What is known of the operation of this id, if it is one that a caller can ask for.
    pub fn describe(&self, operation: &str) -> Option<Description> {
        self.settings.api.operation(operation).filter(|operation| !operation.open).map(describe)
    }

    /// Recognises a request: its method, and path and query below the gateway's prefix.
    pub fn admit(&self, method: &str, target: &str) -> Result<Admitted, Refusal> {
        admit(self.settings.api, &self.settings.known, method, target)
    }

    /// Waits for the token and for a place in the line of the API's rate limit. Where both are there
    /// already, the first poll ends it.
    pub async fn ready(&self) -> Result<Pass, NoToken> {
        let mut credential = self.credential().await?;
        if let Some(pace) = &self.pace
            && pace.turn(self.runtime.as_ref()).await
        {
            // The token may have been refused or have ended meanwhile.
            credential = self.credential().await?;
        }
        Ok(Pass { credential })
    }

    async fn credential(&self) -> Result<Credential, NoToken> {
        self.tokens.get().await.map_err(|_| NoToken)
    }

    /// Judges an answer by its status. `pass` is that of the request, unless a newer one was given
    /// meanwhile; `repeatable` says whether the request can be sent once more.
    pub fn judge(&self, pass: Option<&Pass>, status: u16, repeatable: bool) -> Verdict {
        match status {
            200..=299 => {
                if let Some(pass) = pass {
                    self.tokens.accepted(&pass.credential);
                }
                Verdict::Answer
            }
            401 => {
                if let Some(pass) = pass {
                    self.tokens.refuse(&pass.credential);
                }
                if repeatable { Verdict::Again } else { Verdict::Answer }
            }
            429 => {
                if let Some(pace) = &self.pace {
                    pace.refused(self.runtime.monotonic(), 0);
                }
                Verdict::Answer
            }
            // A browser sends a request again by itself when it is told these two, a POST too.
            408 | 421 => Verdict::Refuse,
            400..=599 => Verdict::Answer,
            // Credentials must not follow a redirect to another host, nor the browser. What comes before an
            // answer (1xx), which workerd hands out as if it were one, is none.
            _ => Verdict::Refuse,
        }
    }
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;

    use futures_util::FutureExt;
    use futures_util::future::{LocalBoxFuture, ready};

    use super::*;
    use crate::edge::testing::StoppedClock;
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

    fn welkin() -> Upstream<Counting> {
        Upstream::new(Settings::welkin("gh", "i"), Counting::default(), StoppedClock::new())
    }

    fn pass(upstream: &Upstream<Counting>) -> Pass {
        upstream.ready().now_or_never().unwrap().unwrap()
    }

    #[test]
    fn all_requests_go_with_one_token() {
        let upstream = welkin();
        assert_eq!(&**pass(&upstream).secret(), "token-1");
        assert!(Rc::ptr_eq(pass(&upstream).secret(), pass(&upstream).secret()));
    }

    #[test]
    fn a_refused_token_is_renewed_and_the_request_repeated_if_it_can_be() {
        let upstream = welkin();
        let first = pass(&upstream);
        assert_eq!(upstream.judge(Some(&first), 401, true), Verdict::Again);
        assert_eq!(&**pass(&upstream).secret(), "token-2");
        // A late refusal of the old one leaves the new one alone.
        assert_eq!(upstream.judge(None, 401, true), Verdict::Again);
        assert_eq!(upstream.judge(Some(&first), 401, false), Verdict::Answer);
        assert_eq!(&**pass(&upstream).secret(), "token-2");
    }

    #[test]
    fn a_token_that_was_taken_once_is_renewed_as_soon_as_it_is_refused() {
        let upstream = welkin();
        for number in 1..4 {
            let pass = pass(&upstream);
            assert_eq!(**pass.secret(), *format!("token-{number}"));
            assert_eq!(upstream.judge(Some(&pass), 200, false), Verdict::Answer);
            assert_eq!(upstream.judge(Some(&pass), 401, true), Verdict::Again);
        }
    }

    #[test]
    fn failures_of_the_api_pass_and_what_makes_a_browser_ask_again_or_is_no_answer_does_not() {
        let upstream = welkin();
        let pass = pass(&upstream);
        for status in [200, 204, 400, 404, 429, 500, 503] {
            assert_eq!(upstream.judge(Some(&pass), status, true), Verdict::Answer);
        }
        for status in [301, 302, 303, 307, 308, 408, 421, 0, 100, 103, 199, 600] {
            assert_eq!(upstream.judge(Some(&pass), status, true), Verdict::Refuse);
        }
    }

    #[test]
    fn requests_keep_to_the_rate_limit_of_the_api_in_line() {
        let settings = Settings::inbox_health("https://inbox.example.org");
        let upstream = Upstream::new(settings, Counting::default(), StoppedClock::new());
        let at_once = (0..101).filter(|_| upstream.ready().now_or_never().is_some()).count();
        assert_eq!(at_once, 100);
    }
}
