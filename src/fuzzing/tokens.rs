use futures_util::FutureExt;
use futures_util::future::{LocalBoxFuture, ready};
use serde_json::Value;

use super::Lines;
use crate::edge::testing::{Answered, Scripted, StoppedClock, welkin_secret};
use crate::edge::{Exchange, Keeper, Kept, NotKept, TokenVault};
use crate::engine::{Runtime, Token, TokenError, TokenRequest, TokenSource, Tokens};

/// What a token vault kept, its count and its token, in a line each; then the instant that a date stands
/// for; the rest is the reply of the token endpoint.
///
/// A token that is handed out can be put into a header, still lasts, and is one that was kept or came.
/// Whatever was kept, nothing panics.
pub fn tokens(bytes: &[u8]) {
    let mut lines = Lines(bytes);
    let [count, token] = [lines.text(), lines.text()].map(|text| Some(text.into_owned()));
    let end = lines.text().parse::<u64>().ok();
    let body = String::from_utf8_lossy(lines.rest()).into_owned();
    given_by_a_source(&body, end);

    // It was sealed, so it is what an earlier vault held.
    let held = token.as_ref().and_then(|text| {
        Some(serde_json::from_str::<Value>(text).ok()?["token"].as_str()?.to_string())
    });
    let kept = Kept { count, token };
    let api = Scripted::new({
        let body = body.clone();
        move |_| Answered::json(200, &body)
    });
    let clock = StoppedClock::new();
    let exchange = Exchange::new(welkin_secret(), api.clone(), clock.clone()).ok().unwrap();
    let vault = TokenVault::new(exchange, Forgetful { end }, clock.clone(), &kept);
    let mut refused = None;
    for _ in 0..3 {
        let mut question = Box::pin(vault.token(refused));
        let mut answer = question.as_mut().now_or_never();
        if answer.is_none() {
            clock.work();
            answer = question.as_mut().now_or_never();
        }
        match answer.expect("nothing else is waited for") {
            Ok(handed) => {
                assert!(handed.life > 0);
                assert!(Some(&handed.token) == held.as_ref() || is_plain(&handed.token));
                refused = Some(handed.generation);
            }
            Err(error) => assert!(!error.to_string().contains("s3cret")),
        }
        clock.advance(60_000);
    }
    // One exchange for each question at most.
    assert!(api.sent().len() <= 3);
}

/// A storage that keeps nothing.
struct Forgetful {
    end: Option<u64>,
}

impl Keeper for Forgetful {
    fn keep_count(&self, _: String) -> LocalBoxFuture<'static, Result<(), NotKept>> {
        Box::pin(ready(Ok(())))
    }

    fn keep_token(&self, _: String) -> LocalBoxFuture<'static, Result<(), NotKept>> {
        Box::pin(ready(Ok(())))
    }

    fn date(&self, _: &str) -> Option<u64> {
        self.end
    }
}

/// What can be put into a header behind `Bearer`.
fn is_plain(token: &str) -> bool {
    !token.is_empty() && token.bytes().all(|byte| byte.is_ascii_graphic())
}

/// The client's own cache, before a source that gives whatever it likes.
fn given_by_a_source(secret: &str, expires_at: Option<u64>) {
    struct Source(Token);

    impl TokenSource for Source {
        fn token(&self, _: TokenRequest) -> LocalBoxFuture<'static, Result<Token, TokenError>> {
            Box::pin(ready(Ok(self.0.clone())))
        }
    }

    let clock = StoppedClock::new();
    let token = Token { secret: secret.to_string(), expires_at };
    let tokens = Tokens::new(Source(token), clock.clone(), |_| {});
    let plain = is_plain(secret);
    // What lives less than a second has ended.
    let lasts = expires_at.is_none_or(|end| end.saturating_sub(clock.wall()) >= 1_000);
    match tokens.get().now_or_never().expect("the source answers at once") {
        Ok(credential) => assert!(plain && lasts && &*credential.secret == secret),
        Err(_) => assert!(!(plain && lasts)),
    }
}
