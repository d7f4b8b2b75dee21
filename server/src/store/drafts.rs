//! What is being written and not sent: one draft for each incident, a revision for each field. Not history.

use super::StoreError;
use async_trait::async_trait;
use domain::time::Time;
use domain::{Number, PersonId};

/// A field of a draft as it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Drafted {
    /// Its name in the form.
    pub field: String,
    /// What was written; `None` once it was sent or given up.
    pub text: Option<String>,
    /// Grows by one with every change, and never begins again.
    pub revision: i64,
    /// Who changed it last.
    pub person: PersonId,
    /// When.
    pub at: Time,
}

/// What became of a write.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Drafting {
    /// It stands now, at this revision.
    Kept(i64),
    /// Somebody was faster: this stands there, and nothing was changed.
    Stale(Drafted),
}

/// The drafts of update forms. Sending an update clears what it was made of in the transaction of its events:
/// [`Commit::drafted`](super::Commit::drafted).
#[async_trait]
pub trait Drafts: Send + Sync {
    /// Every field that was ever written in, by name.
    async fn draft(&self, number: Number) -> Result<Vec<Drafted>, StoreError>;

    /// Writes a field, if it still is at the revision before; 0 for one that was never written in.
    async fn write_draft(&self, number: Number, drafted: &Drafted) -> Result<Drafting, StoreError>;
}
