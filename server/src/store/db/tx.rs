//! A transaction on either database.

use super::leased::Leased;
use super::{At, query};
use crate::store::StoreError;
use sqlx::{Postgres, Sqlite};

/// A transaction. Dropped without [`Tx::commit`] it leaves no trace.
pub(in crate::store) enum Tx {
    /// On SQLite.
    Sqlite(Leased<Sqlite>),
    /// On PostgreSQL.
    Postgres(Leased<Postgres>),
}

impl Tx {
    /// For a statement inside it.
    pub fn at(&mut self) -> At<'_> {
        match self {
            Self::Sqlite(tx) => At::Sqlite(tx.connection()),
            Self::Postgres(tx) => At::Postgres(tx.connection()),
        }
    }

    /// The text that fits the database.
    pub fn pick(&self, sqlite: &'static str, postgres: &'static str) -> &'static str {
        match self {
            Self::Sqlite(_) => sqlite,
            Self::Postgres(_) => postgres,
        }
    }

    /// A place to come back to. There is only one; taking it again moves it.
    pub async fn mark(&mut self) -> Result<(), StoreError> {
        query("savepoint mark").run(self.at()).await.map(drop)
    }

    /// Keeps what was done since the mark.
    pub async fn keep(&mut self) -> Result<(), StoreError> {
        query("release savepoint mark")
            .run(self.at())
            .await
            .map(drop)
    }

    /// Undoes what was done since the mark.
    pub async fn back(&mut self) -> Result<(), StoreError> {
        query("rollback to savepoint mark").run(self.at()).await?;
        self.keep().await
    }

    /// Makes it so. On an answer it is on disk.
    pub async fn commit(self) -> Result<(), StoreError> {
        match self {
            Self::Sqlite(tx) => tx.end("commit").await,
            Self::Postgres(tx) => tx.end("commit").await,
        }
    }

    /// Leaves no trace and gives the connection back. Dropping does the first, and costs the connection.
    pub async fn undo(self) -> Result<(), StoreError> {
        match self {
            Self::Sqlite(tx) => tx.end("rollback").await,
            Self::Postgres(tx) => tx.end("rollback").await,
        }
    }
}
