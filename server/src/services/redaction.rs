//! Redaction: finding what must not stand there, and blanking it.

use super::{Refusal, Services};
use crate::store::{CommitError, Committed, Letter, Redact, Standing};
use app::AppError;
use domain::incident::{Found, Hit, Incident, Redaction, Told, carried, find, redact, stands_in};
use domain::time::Time;
use domain::{Context, Number, PersonId, Recorded};

/// How often it is decided anew because something happened meanwhile.
const TRIES: usize = 8;

/// Where a text stands, and where it went.
pub struct Places {
    /// In what was recorded: this is what a redaction names.
    pub texts: Vec<Found>,
    /// In what is being written: a redaction of the text blanks it there too.
    pub drafted: Vec<InDraft>,
    /// Mails that left with it. No redaction reaches them.
    pub mailed: Vec<Mailed>,
}

/// A field of the shared draft in which a text stands.
pub struct InDraft {
    /// Its name in the form.
    pub field: String,
    /// Where in it.
    pub hit: Hit,
    /// Who wrote in it last.
    pub by: String,
    /// When.
    pub at: Time,
}

/// A letter that carried a text.
pub struct Mailed {
    /// Which sitrep it was; none for a reminder.
    pub sitrep: Option<i64>,
    /// Where it went.
    pub address: String,
    /// When the mail server took it.
    pub at: Time,
}

/// What came of a redaction. It is on disk.
pub struct Redacted {
    /// The incident after it, and the event.
    pub committed: Committed,
    /// What had gone out to customers before.
    pub told: Vec<Told>,
}

impl Services {
    /// Every text of an incident in which a secret stands, and every letter that carried it. The secret is kept nowhere.
    pub async fn find_text(
        &self,
        by: &PersonId,
        number: Number,
        secret: &str,
    ) -> Result<Places, Refusal> {
        let stream = self.history(number).await?;
        let directory = self.directory();
        let ctx = Context {
            by,
            now: self.now(),
            directory: &directory,
        };
        let texts = find(&stream, secret, &ctx)?;
        let draft = self.0.store.draft(number).await?;
        let drafted = draft.into_iter().filter_map(|drafted| {
            Some(InDraft {
                hit: stands_in(drafted.text.as_deref()?, secret)?,
                field: drafted.field,
                by: directory.name(&drafted.person),
                at: drafted.at,
            })
        });
        Ok(Places {
            drafted: drafted.collect(),
            mailed: self.mailed(number, &stream, &texts).await?,
            texts,
        })
    }

    /// The letters that left with what was found.
    async fn mailed(
        &self,
        number: Number,
        stream: &[Recorded],
        found: &[Found],
    ) -> Result<Vec<Mailed>, Refusal> {
        let carried = carried(stream, found);
        let letters = self.0.store.incident_letters(number).await?;
        let gone = letters.into_iter().filter_map(|posted| {
            let Standing::Sent { at } = posted.standing else {
                return None;
            };
            let sitrep = match posted.letter {
                Letter::Sitrep { version, .. } => Some(version),
                Letter::Reminder { .. }
                | Letter::Maintenance { .. }
                | Letter::SignIn { .. }
                | Letter::Test {} => None,
            };
            let holds =
                carried.name || sitrep.is_some_and(|version| carried.sitreps.contains(&version));
            holds.then_some(Mailed {
                sitrep,
                address: posted.address,
                at,
            })
        });
        Ok(gone.collect())
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
