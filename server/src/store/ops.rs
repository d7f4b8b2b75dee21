//! What whoever runs Muster does to the store.

use super::StoreError;
use async_trait::async_trait;
use domain::time::Time;
use std::path::Path;

/// What a rebuild came to.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct RebuildReport {
    /// Events replayed.
    pub events: i64,
    /// Incidents written.
    pub incidents: i64,
}

/// What the writer of this process has done since it began.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct WriterFigures {
    /// Transactions that are on disk.
    pub transactions: u64,
    /// Commits, changes to the house and rebuilds done in them.
    pub jobs: u64,
}

/// How the database is, as far as it can say itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Checkup {
    /// What it is and how it is set, in words.
    pub engine: String,
    /// What is damaged; nothing when it is sound.
    pub damage: Vec<String>,
    /// What its server's clock says, if it has one of its own.
    pub clock: Option<Time>,
    /// When something was recorded last.
    pub newest: Option<Time>,
}

/// Operating the store.
#[async_trait]
pub trait Ops: Send + Sync {
    /// Brings the tables up to date. Does nothing when they are.
    async fn migrate(&self) -> Result<(), StoreError>;

    /// The migrations that are missing, by number and name.
    async fn pending(&self) -> Result<Vec<String>, StoreError>;

    /// Reachable, able to write, and no migration is missing; the error says what is not so.
    async fn ready(&self) -> Result<(), StoreError>;

    /// Empties every read model and makes it again from the log, in one transaction.
    async fn rebuild(&self) -> Result<RebuildReport, StoreError>;

    /// Copies the database into a file while it is used: as it stands at one moment, checked, on disk. Answers its size in
    /// bytes. SQLite only; PostgreSQL brings tools of its own.
    async fn backup(&self, file: &Path) -> Result<u64, StoreError>;

    /// How the database is.
    async fn checkup(&self) -> Result<Checkup, StoreError>;

    /// True while there is nothing in it but its tables: no event, no person.
    async fn is_empty(&self) -> Result<bool, StoreError>;

    /// How much the writer has done: many jobs to a transaction mean that they queue.
    fn writer_figures(&self) -> WriterFigures;

    /// Takes no more commits, finishes those that wait, and lets go of the database.
    async fn close(&self);
}
