//! The server side: the exchange of a secret for tokens, the vault that keeps one for a fleet, the
//! route that hands tokens to a portal, and the gateway in front of both APIs. It knows neither wasm nor
//! a framework; `binding` gives it fetch, and the façade moves the streams.

mod admit;
mod describe;
pub mod headers;
mod limiter;
mod origin;
mod secret;
#[cfg(any(test, feature = "fuzzing"))]
pub(crate) mod testing;
mod token_desk;
mod upstream;
mod vault;

pub use admit::{Admitted, Pair, Refusal, admit, rebuild};
pub use describe::{Carries, Description, describe};
pub use limiter::{Counted, ExchangeLimiter, Limited, Window};
pub use origin::{Caller, caller};
pub use secret::{Endpoint, Exchange, ExchangeError, Exchanged, LIFE, Problem, WelkinSecret};
pub use token_desk::{Answer, Held, REQUEST_PATIENCE, REST, TokenDesk, Wanted};
pub use upstream::{NoToken, Pass, Upstream, Verdict};
pub use vault::{Handed, Keeper, Kept, NotKept, TokenVault};

/// Whether a name can be one segment of a path, whatever reads the URL.
pub fn is_segment(name: &str) -> bool {
    !name.is_empty()
        && name != "."
        && name != ".."
        && !name.contains(['/', '\\', '%', ';', '?', '#'])
        && !name.chars().any(|character| character.is_control() || character == ' ')
}
