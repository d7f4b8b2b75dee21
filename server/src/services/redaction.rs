//! Redaction: finding what must not stand there, and blanking it.

use super::{Refusal, Services};
use crate::store::{CommitError, Committed, Redact};
use app::AppError;
use domain::incident::{Found, Incident, Redaction, Told, find, redact};
use domain::{Context, Number, PersonId, Recorded};

/// How often it is decided anew because something happened meanwhile.
const TRIES: usize = 8;

/// What came of a redaction. It is on disk.
pub struct Redacted {
    /// The incident after it, and the event.
    pub committed: Committed,
    /// What had gone out to customers before.
    pub told: Vec<Told>,
}

impl Services {
    /// Every text of an incident in which a secret stands. The secret is kept nowhere.
    pub async fn find_text(
        &self,
        by: &PersonId,
        number: Number,
        secret: &str,
    ) -> Result<Vec<Found>, Refusal> {
        let stream = self.history(number).await?;
        let directory = self.directory();
        let ctx = Context {
            by,
            now: self.now(),
            directory: &directory,
        };
        Ok(find(&stream, secret, &ctx)?)
    }

    /// Blanks texts of an incident. With `expected`, only if the incident is at that version; without, what happened
    /// meanwhile changes nothing about the events that are named.
    pub async fn redact(
        &self,
        by: &PersonId,
        number: Number,
        expected: Option<i64>,
        redaction: Redaction,
    ) -> Result<Redacted, Refusal> {
        let mut last = 0;
        for _ in 0..TRIES {
            let stream = self.history(number).await?;
            let version = stream.last().map_or(0, |last| last.version);
            if let Some(expected) = expected.filter(|expected| *expected != version) {
                return Err(stale(&stream, expected));
            }
            let directory = self.directory();
            let now = self.now();
            let ctx = Context {
                by,
                now,
                directory: &directory,
            };
            let blanking = redact(&stream, redaction.clone(), &ctx)?;
            let told = blanking.told.clone();
            let redact = Redact {
                number,
                expected: version,
                by: self.actor(by),
                recorded_at: now,
                blanking,
                secret: redaction.secret.clone(),
            };
            match self.0.store.redact(redact).await {
                Ok(committed) => {
                    self.keep_at_hand(committed.incident.clone());
                    // Whoever writes an update there looks at the draft again.
                    self.0.store.wake_room(number).await;
                    return Ok(Redacted { committed, told });
                }
                Err(CommitError::Conflict { actual }) => last = actual,
                Err(other) => return Err(other.into()),
            }
        }
        Err(CommitError::Conflict { actual: last }.into())
    }

    /// The whole history of an incident that there is.
    async fn history(&self, number: Number) -> Result<Vec<Recorded>, Refusal> {
        let stream = self.0.store.stream(number, 0).await?;
        if stream.is_empty() {
            return Err(AppError::no_incident(number).into());
        }
        Ok(stream)
    }
}

fn stale(stream: &[Recorded], expected: i64) -> Refusal {
    let since = stream.iter().filter(|r| r.version > expected).cloned();
    match Incident::fold(stream) {
        Some(incident) => Refusal::Stale {
            incident: Box::new(incident),
            since: since.collect(),
        },
        None => AppError::Internal {}.into(),
    }
}
