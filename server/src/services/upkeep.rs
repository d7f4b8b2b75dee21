//! Forgetting what nobody asks for any more.

use super::Services;
use super::screens::AWAY_SECONDS;
use crate::store::StoreError;
use chrono::Duration;
use std::time::Duration as Span;
use tokio_util::sync::CancellationToken;

/// How often it is looked for.
const EVERY: Span = Span::from_hours(1);
/// How long sessions and links are kept after their end, to answer who was in when something happened, in days.
const ENDED_DAYS: i64 = 30;
/// How long the key of a command is remembered, in days: as long as a browser may be shut with something unsent.
const COMMAND_DAYS: i64 = 30;
/// How long a request with a key is remembered, in hours.
const REQUEST_HOURS: i64 = 24;
/// How long failed sign-ins count after the last of them, in hours.
const ATTEMPT_HOURS: i64 = 24;

/// How long letters are listed after they went out or were given up, in days.
const LETTER_DAYS: i64 = 90;

/// What was forgotten.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Forgotten {
    /// Sessions and sign-in links.
    pub access: u64,
    /// Requests with a key.
    pub requests: u64,
    /// Keys of commands.
    pub commands: u64,
    /// Signs of life in rooms.
    pub presence: u64,
    /// Letters that went out or were given up.
    pub letters: u64,
    /// What failed sign-ins were counted by.
    pub attempts: u64,
}

impl Services {
    /// Forgets ended sessions and links, answered requests, who was in a room, and failed sign-ins.
    pub async fn forget(&self) -> Result<Forgotten, StoreError> {
        let (store, now) = (self.store(), self.now());
        Ok(Forgotten {
            access: store.purge_access(now - Duration::days(ENDED_DAYS)).await?,
            requests: store
                .purge_requests(now - Duration::hours(REQUEST_HOURS))
                .await?,
            commands: store
                .purge_carried_out(now - Duration::days(COMMAND_DAYS))
                .await?,
            presence: store
                .purge_presence(now - Duration::seconds(AWAY_SECONDS))
                .await?,
            letters: store
                .purge_letters(now - Duration::days(LETTER_DAYS))
                .await?,
            attempts: store
                .purge_attempts(now - Duration::hours(ATTEMPT_HOURS))
                .await?,
        })
    }

    /// Forgets at once and then every hour, until `stop`. What fails is tried again an hour later; nothing depends on it.
    pub async fn keep_forgetting(self, stop: CancellationToken) {
        let mut hours = tokio::time::interval(EVERY);
        loop {
            tokio::select! {
                () = stop.cancelled() => return,
                _ = hours.tick() => {}
            }
            match self.forget().await {
                Ok(forgotten) => tracing::debug!(?forgotten, "old rows are gone"),
                Err(error) => tracing::warn!(error = %error, "old rows could not be removed"),
            }
        }
    }
}
