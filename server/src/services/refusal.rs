//! Why a service did not do what was asked.

use crate::metrics;
use crate::store::{CommitError, HouseError, StoreError};
use app::AppError;
use domain::{Incident, Recorded, Rejection};
use thiserror::Error;

/// Why a service did not do what was asked. Nothing of it was kept.
#[derive(Debug, Error)]
pub enum Refusal {
    /// With words for people and a status.
    #[error(transparent)]
    App(#[from] AppError),
    /// The caller expected another version.
    #[error("the incident is at version {} by now", incident.summary.version)]
    Stale {
        /// As it stands.
        incident: Box<Incident>,
        /// What happened since the version expected.
        since: Vec<Recorded>,
    },
    /// The store could not; logged where it is answered.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl From<Rejection> for Refusal {
    fn from(rejection: Rejection) -> Self {
        metrics::command("refused", code(&rejection));
        Self::App(rejection.into())
    }
}

/// The code of a rule, as it travels.
fn code(rejection: &Rejection) -> Option<String> {
    let wire = serde_json::to_value(rejection).ok()?;
    wire["code"].as_str().map(str::to_owned)
}

impl From<HouseError> for Refusal {
    fn from(error: HouseError) -> Self {
        let unfit = |field: &str, words: &str| {
            Self::App(AppError::from(Rejection::Unreadable {
                words: words.to_owned(),
                field: field.to_owned(),
            }))
        };
        match error {
            HouseError::HandleTaken => unfit(
                "handle",
                "Somebody has this handle already. Choose another.",
            ),
            HouseError::EmailTaken => unfit(
                "email",
                "Somebody has this e-mail already. Look under People.",
            ),
            HouseError::NameTaken => unfit("name", "This name is taken already. Choose another."),
            HouseError::Stale => unfit(
                "revision",
                "Somebody, or the clock, has changed it meanwhile. Look at how it is now, then send again; what you typed is kept.",
            ),
            HouseError::AskedBefore => unfit("key", "It was asked for before. Reload the page."),
            HouseError::LastAdmin => unfit(
                "role",
                "This is the last administrator. Make somebody else one first.",
            ),
            HouseError::Unknown => Self::App(AppError::NotFound {
                words: "It is not there any more. Reload the page.".to_owned(),
            }),
            HouseError::Store(error) => Self::Store(error),
        }
    }
}

impl From<CommitError> for Refusal {
    fn from(error: CommitError) -> Self {
        match error {
            CommitError::Conflict { actual } => Self::App(AppError::Conflict {
                words: format!("it is at version {actual} now."),
                actual,
            }),
            CommitError::AlreadyImported { number } => Self::App(AppError::Conflict {
                words: format!("it came in already, as incident {number}."),
                actual: 0,
            }),
            CommitError::AlreadyCarriedOut => Self::App(AppError::SentOtherwise {}),
            CommitError::Store(error) => Self::Store(error),
        }
    }
}

impl From<Refusal> for AppError {
    /// For the screens: what is internal is logged here, once, and never shown.
    fn from(refusal: Refusal) -> Self {
        match refusal {
            Refusal::App(error) => error,
            Refusal::Stale { incident, since } => Self::Conflict {
                words: format!("{} things happened since.", since.len()),
                actual: incident.summary.version,
            },
            Refusal::Store(error) => {
                tracing::error!(error = %error, "the store failed");
                if error.leaves_no_trace() {
                    Self::Unreachable {}
                } else {
                    Self::Internal {}
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_screen_tries_again_by_itself_only_when_nothing_was_kept() {
        let undone = StoreError::Undone("no database".to_owned());
        assert_eq!(
            AppError::from(Refusal::Store(undone)),
            AppError::Unreachable {}
        );
        let lost = StoreError::Lost("no answer".to_owned());
        assert_eq!(AppError::from(Refusal::Store(lost)), AppError::Internal {});
        let broken = StoreError::Corrupt("a row".to_owned());
        assert_eq!(
            AppError::from(Refusal::Store(broken)),
            AppError::Internal {}
        );
    }
}
