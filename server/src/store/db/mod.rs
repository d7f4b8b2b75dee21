//! The two databases behind one small face: text, whole numbers and nothing else go in and out, so that one SQL text and
//! one function serve both. What differs stands in `sqlite.rs` and `postgres.rs`, and nowhere else.

mod leased;
pub(super) mod postgres;
mod query;
pub(super) mod sqlite;
mod tx;

pub(super) use query::{Query, Row, query};
pub(super) use tx::Tx;

use super::StoreError;
use leased::Leased;
use sqlx::{PgConnection, PgPool, SqliteConnection, SqlitePool};

/// An open database.
#[derive(Debug, Clone)]
pub(super) enum Db {
    /// One connection that writes and several that only read.
    Sqlite {
        /// The only way to write.
        write: SqlitePool,
        /// For everything else.
        read: SqlitePool,
    },
    /// One pool for both.
    Postgres {
        /// The connections.
        pool: PgPool,
    },
}

/// Where a query runs.
pub(super) enum At<'a> {
    /// Any connection of a pool; by itself.
    SqlitePool(&'a SqlitePool),
    /// Inside a transaction.
    Sqlite(&'a mut SqliteConnection),
    /// Any connection of a pool; by itself.
    PostgresPool(&'a PgPool),
    /// Inside a transaction.
    Postgres(&'a mut PgConnection),
}

impl Db {
    /// For reading.
    pub fn read(&self) -> At<'_> {
        match self {
            Self::Sqlite { read, .. } => At::SqlitePool(read),
            Self::Postgres { pool } => At::PostgresPool(pool),
        }
    }

    /// For one statement that writes.
    pub fn write(&self) -> At<'_> {
        match self {
            Self::Sqlite { write, .. } => At::SqlitePool(write),
            Self::Postgres { pool } => At::PostgresPool(pool),
        }
    }

    /// Begins a transaction that writes.
    pub async fn begin(&self) -> Result<Tx, StoreError> {
        Ok(match self {
            // A deferred transaction that reads first and writes then fails at once when another process writes.
            Self::Sqlite { write, .. } => {
                Tx::Sqlite(Leased::begin(write, "begin immediate").await?)
            }
            Self::Postgres { pool } => Tx::Postgres(Leased::begin(pool, "begin").await?),
        })
    }

    /// The text that fits the database.
    pub fn pick(&self, sqlite: &'static str, postgres: &'static str) -> &'static str {
        match self {
            Self::Sqlite { .. } => sqlite,
            Self::Postgres { .. } => postgres,
        }
    }

    /// Lets go of every connection.
    pub async fn close(&self) {
        match self {
            Self::Sqlite { write, read } => {
                read.close().await;
                write.close().await;
            }
            Self::Postgres { pool } => pool.close().await,
        }
    }
}
