//! What can go wrong with a call, told without a word of what the call carried.

use std::fmt;

use super::text;

/// What became of the request, as far as the client can know.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// Nothing left the client.
    NotSent,
    /// The API answered that it did not do it.
    Rejected,
    /// It was sent, and the API may have done it.
    Unknown,
}

impl Outcome {
    /// The word that JavaScript sees.
    pub const fn name(self) -> &'static str {
        match self {
            Outcome::NotSent => "not_sent",
            Outcome::Rejected => "rejected",
            Outcome::Unknown => "unknown",
        }
    }
}

/// Why a call failed.
#[derive(Debug)]
pub struct Error {
    /// What went wrong.
    pub failure: Failure,
    /// What became of the request.
    pub outcome: Outcome,
    /// The id of the operation; empty when the call named none.
    pub operation: &'static str,
}

/// What went wrong.
#[derive(Debug)]
pub enum Failure {
    /// An argument or a setting is wrong.
    Config(Argument),
    /// There is no usable token.
    Token(TokenProblem),
    /// The connection failed or was lost.
    Network,
    /// The deadline of the call passed.
    Timeout {
        /// The time that the call had, in milliseconds.
        milliseconds: u64,
    },
    /// The caller gave the call up.
    Abort,
    /// The API answered with a status other than 2xx.
    Api(Box<Rejection>),
    /// The reply is not what it must be.
    Decode(Mismatch),
}

/// A wrong argument.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Argument {
    /// The name of the parameter, for example `patientId` or `body.participants[].participantId`.
    pub parameter: String,
    /// What was expected.
    pub expected: String,
}

/// Why there is no usable token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TokenProblem {
    /// The provider failed.
    Failed,
    /// The provider did not answer in time.
    Slow,
    /// The provider gave no token, or one that cannot be a header value.
    Malformed,
    /// The provider gave a token whose life is over.
    Expired,
}

impl TokenProblem {
    /// The word that JavaScript sees.
    pub const fn name(self) -> &'static str {
        match self {
            TokenProblem::Failed => "provider_failed",
            TokenProblem::Slow => "provider_timeout",
            TokenProblem::Malformed => "malformed",
            TokenProblem::Expired => "expired",
        }
    }

    const fn sentence(self) -> &'static str {
        match self {
            TokenProblem::Failed => "the token provider failed",
            TokenProblem::Slow => "the token provider did not answer in time",
            TokenProblem::Malformed => {
                "the token provider gave no usable token (a non-empty string of visible characters, or { token, expiresAt })"
            }
            TokenProblem::Expired => "the token provider gave a token that has expired",
        }
    }
}

/// An answer other than 2xx.
#[derive(Debug)]
pub struct Rejection {
    /// The status.
    pub status: u16,
    /// The request id that the API gave, if any.
    pub request_id: Option<String>,
    /// The headers of the answer.
    pub headers: Vec<(String, String)>,
    /// The body as it came, for the caller to read; it never becomes part of a message.
    pub body: Vec<u8>,
    /// How long the API asked to wait, in milliseconds.
    pub retry_after: Option<u64>,
}

/// A place where JSON is not what it must be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mismatch {
    /// The place, made of names in the reference only: `content[].careTeam`.
    pub place: String,
    /// What was expected.
    pub expected: &'static str,
    /// What was found, as a kind of JSON, never a value.
    pub found: &'static str,
}

impl Error {
    /// A wrong argument; nothing is sent.
    #[cold]
    #[inline(never)]
    pub fn argument(parameter: &str, expected: &str) -> Self {
        Error {
            failure: Failure::Config(Argument {
                parameter: parameter.to_owned(),
                expected: expected.to_owned(),
            }),
            outcome: Outcome::NotSent,
            operation: "",
        }
    }

    pub(crate) fn of(mut self, operation: &'static str) -> Self {
        self.operation = operation;
        self
    }
}

impl Error {
    /// What the error says. Put together without `format!`: the machinery behind it would be a
    /// kilobyte of the client's wasm.
    pub fn message(&self) -> String {
        let mut message = String::new();
        if !self.operation.is_empty() {
            message.push_str(self.operation);
            message.push_str(": ");
        }
        match &self.failure {
            Failure::Config(argument) => {
                message.push_str(&argument.parameter);
                message.push_str(": expected ");
                message.push_str(&argument.expected);
            }
            Failure::Token(problem) => message.push_str(problem.sentence()),
            Failure::Network => message.push_str("the connection failed or was lost"),
            Failure::Timeout { milliseconds } => {
                message.push_str("no answer within ");
                message.push_str(&text::decimal(*milliseconds));
                message.push_str(" ms");
            }
            Failure::Abort => message.push_str("aborted by the caller"),
            Failure::Api(rejection) => {
                message.push_str("the API answered ");
                message.push_str(&text::decimal(rejection.status.into()));
            }
            Failure::Decode(mismatch) => {
                message.push_str("the reply is not what it must be");
                if !mismatch.place.is_empty() {
                    message.push_str(" at ");
                    message.push_str(&mismatch.place);
                }
                message.push_str(": expected ");
                message.push_str(mismatch.expected);
                message.push_str(", found ");
                message.push_str(mismatch.found);
            }
        }
        message
    }
}

impl fmt::Display for Error {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.message())
    }
}

impl std::error::Error for Error {}
