//! SQLite: one file, one writer, everything answered is on disk.

use super::{Db, query};
use crate::store::StoreError;
use sqlx::sqlite::{
    SqliteConnectOptions, SqliteJournalMode, SqlitePool, SqlitePoolOptions, SqliteSynchronous,
};
use std::path::Path;
use std::time::Duration;

/// Connections that only read. Each is a thread, and a read is short.
const READERS: u32 = 4;
/// How long a writer waits for another process that writes.
const BUSY: Duration = Duration::from_secs(10);
/// The first version without the corruption that a reset of the write-ahead log could leave behind.
const OLDEST: [u32; 3] = [3, 51, 3];

/// Opens the file, makes it if there is none, and makes sure that it is set as it must be.
pub(in crate::store) async fn open(path: &str) -> Result<Db, StoreError> {
    if let Some(folder) = Path::new(path)
        .parent()
        .filter(|folder| !folder.as_os_str().is_empty())
    {
        tokio::fs::create_dir_all(folder).await.map_err(|error| {
            StoreError::Unfit(format!(
                "The folder {} for the database cannot be made: {error}. Make it, or name another with --database sqlite:PATH.",
                folder.display()
            ))
        })?;
    }
    let options = SqliteConnectOptions::new()
        .filename(path)
        .create_if_missing(true)
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(SqliteSynchronous::Full)
        .foreign_keys(true)
        // What is deleted or overwritten is made zeros in the file too: a secret that was redacted must be gone from it.
        .pragma("secure_delete", "on")
        .busy_timeout(BUSY);
    let unfit = |error: sqlx::Error| {
        StoreError::Unfit(format!(
            "The database {path} cannot be opened: {error}. It must be an SQLite file (or none yet) that this account may read and write."
        ))
    };
    let write = SqlitePoolOptions::new()
        .max_connections(1)
        .acquire_timeout(Duration::from_secs(30))
        .idle_timeout(None)
        .max_lifetime(None)
        .connect_with(options.clone())
        .await
        .map_err(unfit)?;
    let read = SqlitePoolOptions::new()
        .max_connections(READERS)
        .idle_timeout(None)
        .max_lifetime(None)
        .connect_with(options.pragma("query_only", "on"))
        .await
        .map_err(unfit)?;
    check(path, &write).await?;
    check(path, &read).await?;
    Ok(Db::Sqlite { write, read })
}

/// Reads back what was asked for: a pragma that does not take is silent.
async fn check(path: &str, pool: &SqlitePool) -> Result<(), StoreError> {
    let version: String = sqlx::query_scalar("select sqlite_version()")
        .fetch_one(pool)
        .await?;
    if numbers(&version) < OLDEST.to_vec() {
        return Err(StoreError::Unfit(format!(
            "This build has SQLite {version}, which can corrupt a database. Build with {} or newer.",
            OLDEST.map(|n| n.to_string()).join(".")
        )));
    }
    let journal: String = sqlx::query_scalar("pragma journal_mode")
        .fetch_one(pool)
        .await?;
    let mut wrong = Vec::new();
    if journal != "wal" {
        wrong.push(format!("journal_mode is {journal}, not wal"));
    }
    let wanted = [
        ("synchronous", "pragma synchronous", 2),
        ("foreign_keys", "pragma foreign_keys", 1),
        ("secure_delete", "pragma secure_delete", 1),
        (
            "busy_timeout",
            "pragma busy_timeout",
            i64::try_from(BUSY.as_millis()).unwrap_or(i64::MAX),
        ),
    ];
    for (name, ask, right) in wanted {
        let is: i64 = sqlx::query_scalar(ask).fetch_one(pool).await?;
        if is != right {
            wrong.push(format!("{name} is {is}, not {right}"));
        }
    }
    if wrong.is_empty() {
        return Ok(());
    }
    Err(StoreError::Unfit(format!(
        "The database {path} does not take its settings: {}. A network folder is the usual cause; put it on a local disk.",
        wrong.join(", ")
    )))
}

fn numbers(version: &str) -> Vec<u32> {
    version.split('.').map_while(|n| n.parse().ok()).collect()
}

impl Db {
    /// Keeps SQLite's own figures about its tables fresh, so that it chooses good plans. Does nothing on PostgreSQL.
    pub async fn optimize(&self) -> Result<(), StoreError> {
        match self {
            Self::Sqlite { .. } => query("pragma optimize").run(self.write()).await.map(drop),
            Self::Postgres { .. } => Ok(()),
        }
    }

    /// Lets go of what was overwritten or deleted: SQLite empties its write-ahead log into the file, where it becomes zeros,
    /// and PostgreSQL forgets the rows of before. As well as it can be done while others read; what could not be done now
    /// is done by the database itself later.
    pub async fn let_go(&self) {
        let done = match self {
            Self::Sqlite { write, .. } => empty_log(write).await,
            Self::Postgres { .. } => {
                // Only an ordinary vacuum: a full one would lock everybody out.
                query(
                    "vacuum event, incident, incident_words, sitrep, public_incident, public_update, idempotency, draft",
                )
                .run(self.write())
                .await
                .map(drop)
            }
        };
        if let Err(error) = done {
            tracing::warn!(%error, "the database keeps the bytes of what was redacted a little longer");
        }
    }
}

/// Empties the write-ahead log; waits for whoever reads from it, as long as a writer waits.
async fn empty_log(write: &SqlitePool) -> Result<(), StoreError> {
    let busy: i64 = sqlx::query_scalar("pragma wal_checkpoint(truncate)")
        .fetch_one(write)
        .await?;
    if busy == 0 {
        Ok(())
    } else {
        Err(StoreError::Lost(
            "the write-ahead log is being read".to_owned(),
        ))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_compare_as_numbers() {
        assert!(numbers("3.51.3") >= OLDEST.to_vec());
        assert!(numbers("3.100.0") > OLDEST.to_vec());
        assert!(numbers("3.51.2") < OLDEST.to_vec());
        assert!(numbers("3.9.9") < OLDEST.to_vec());
    }
}
