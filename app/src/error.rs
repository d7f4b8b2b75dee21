//! The one error of all server functions and screens, with words for people and a status for machines.

use domain::Rejection;
use leptos::server_fn::codec::JsonEncoding;
use leptos::server_fn::error::{FromServerFnError, ServerFnErrorErr};
use serde::{Deserialize, Serialize};
use thiserror::Error;

/// Why something could not be done.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Error)]
#[serde(tag = "error", rename_all = "snake_case")]
pub enum AppError {
    /// Nobody is signed in, or not any more.
    #[error(
        "You are signed out. Nothing you typed is lost: sign in again, in another tab if you like, and send it again."
    )]
    SignIn {},
    /// The person may not.
    #[error("{words}")]
    Forbidden {
        /// Why, and who may.
        words: String,
    },
    /// It does not exist.
    #[error("{words}")]
    NotFound {
        /// What was looked for.
        words: String,
    },
    /// A rule said no.
    #[error("{rejection}")]
    Rejected {
        /// Which, with its words.
        rejection: Rejection,
    },
    /// Somebody was faster, and the command made no sense any more.
    #[error("Somebody changed this a moment ago: {words} Look at it again, then decide.")]
    Conflict {
        /// What changed.
        words: String,
        /// The version it is at now.
        actual: i64,
    },
    /// The key of what was sent belongs to something that was carried out before.
    #[error(
        "This page has sent something else already. What you typed is still here: send it again if it is meant as well."
    )]
    SentOtherwise {},
    /// It was tried too often; nothing was done.
    #[error("This was tried too often, so nothing was done. Wait {}, then try again.", waiting(*.seconds))]
    TooOften {
        /// After how many seconds it may be tried again.
        seconds: u64,
    },
    /// The server could not do it now; it has been logged.
    #[error(
        "The server could not do this, and has logged why. What you typed is still here; try again in a moment."
    )]
    Internal {},
    /// The server could not be reached.
    #[error(
        "The server could not be reached. What you typed is kept here; it can be sent again when the connection is back."
    )]
    Unreachable {},
}

impl AppError {
    /// The HTTP status that says the same.
    pub fn status(&self) -> u16 {
        match self {
            Self::SignIn {} => 401,
            Self::Forbidden { .. } => 403,
            Self::NotFound { .. } => 404,
            Self::Rejected { rejection } if rejection.is_forbidden() => 403,
            Self::Rejected { rejection } if rejection.is_conflict() => 409,
            Self::Rejected { .. } => 422,
            Self::Conflict { .. } | Self::SentOtherwise {} => 409,
            Self::TooOften { .. } => 429,
            Self::Internal {} => 500,
            Self::Unreachable {} => 503,
        }
    }

    /// The input to blame, by its name on the wire.
    pub fn field(&self) -> Option<&str> {
        match self {
            Self::Rejected { rejection } => rejection.field(),
            Self::SignIn {}
            | Self::Forbidden { .. }
            | Self::NotFound { .. }
            | Self::Conflict { .. }
            | Self::SentOtherwise {}
            | Self::TooOften { .. }
            | Self::Internal {}
            | Self::Unreachable {} => None,
        }
    }

    /// An incident that is not there.
    pub fn no_incident(number: impl std::fmt::Display) -> Self {
        Self::NotFound {
            words: format!("There is no incident {number}. Look for it under Incidents."),
        }
    }
}

/// "a few seconds", "40 seconds", "3 minutes": never less than it is.
pub fn waiting(seconds: u64) -> String {
    match seconds {
        0..=5 => "a few seconds".to_owned(),
        6..=90 => format!("{seconds} seconds"),
        more => format!("{} minutes", more.div_ceil(60)),
    }
}

impl From<Rejection> for AppError {
    fn from(rejection: Rejection) -> Self {
        Self::Rejected { rejection }
    }
}

impl FromServerFnError for AppError {
    type Encoder = JsonEncoding;

    fn from_server_fn_error(error: ServerFnErrorErr) -> Self {
        match error {
            // An answer that is not ours comes from what stands between: a proxy, a gateway. Whether the request arrived, nobody
            // knows, and what was asked for goes on waiting.
            ServerFnErrorErr::Request(_)
            | ServerFnErrorErr::Response(_)
            | ServerFnErrorErr::Deserialization(_) => Self::Unreachable {},
            ServerFnErrorErr::MissingArg(_) | ServerFnErrorErr::Args(_) => Self::Forbidden {
                words: "This page is from another version of Muster. Reload it.".to_owned(),
            },
            ServerFnErrorErr::UnsupportedRequestMethod(_)
            | ServerFnErrorErr::Registration(_)
            | ServerFnErrorErr::ServerError(_)
            | ServerFnErrorErr::MiddlewareError(_)
            | ServerFnErrorErr::Serialization(_) => Self::Internal {},
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_proxy_answers_is_no_refusal() {
        let error = AppError::from_server_fn_error(ServerFnErrorErr::Deserialization(
            "expected value at line 1 column 1".to_owned(),
        ));
        assert_eq!(error, AppError::Unreachable {});
    }
}
