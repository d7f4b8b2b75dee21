//! A copy of the database while it is used, and how healthy it is.

use crate::store::db::{Db, query};
use crate::store::{Checkup, StoreError};
use std::path::{Path, PathBuf};

/// Copies a SQLite database into a file that is not there yet: as it stands at one moment, checked, and on disk.
pub(super) async fn backup(db: &Db, file: &Path) -> Result<u64, StoreError> {
    let Db::Sqlite { write, .. } = db else {
        return Err(StoreError::Unfit(USE_PG_DUMP.to_owned()));
    };
    if file.exists() {
        return Err(StoreError::Unfit(format!(
            "{} is there already. Name another file, or move it away.",
            file.display()
        )));
    }
    let part = beside(file);
    // What an earlier try left behind.
    tokio::fs::remove_file(&part).await.ok();
    let copied = copy(write, &part, file).await;
    if copied.is_err() {
        tokio::fs::remove_file(&part).await.ok();
    }
    copied
}

async fn copy(pool: &sqlx::SqlitePool, part: &Path, file: &Path) -> Result<u64, StoreError> {
    let trouble = |error: std::io::Error| {
        StoreError::Unfit(format!(
            "The copy {} cannot be written: {error}. Choose a folder with enough room that this account may write to.",
            file.display()
        ))
    };
    let path = part.to_str().ok_or_else(|| {
        StoreError::Unfit("The name of the file must be readable as text.".to_owned())
    })?;
    // Reads only: whoever writes meanwhile, here or in another process, goes on.
    sqlx::query("vacuum into $1")
        .bind(path)
        .execute(pool)
        .await?;
    let copy = sqlx::sqlite::SqliteConnectOptions::new().filename(part);
    let copy = sqlx::SqlitePool::connect_with(copy.read_only(true)).await?;
    let verdict: String = sqlx::query_scalar("pragma integrity_check(1)")
        .fetch_one(&copy)
        .await?;
    copy.close().await;
    if verdict != "ok" {
        return Err(StoreError::Corrupt(format!(
            "the copy is damaged: {verdict}"
        )));
    }
    let written = tokio::fs::File::open(part).await.map_err(trouble)?;
    written.sync_all().await.map_err(trouble)?;
    let bytes = written.metadata().await.map_err(trouble)?.len();
    tokio::fs::rename(part, file).await.map_err(trouble)?;
    // The name is on disk once its folder is.
    let folder = file
        .parent()
        .filter(|folder| !folder.as_os_str().is_empty());
    let folder = tokio::fs::File::open(folder.unwrap_or(Path::new("."))).await;
    if let Ok(folder) = folder {
        folder.sync_all().await.map_err(trouble)?;
    }
    Ok(bytes)
}

const USE_PG_DUMP: &str = "A PostgreSQL database is copied with its own tools while Muster runs: \
    pg_dump --format=custom --file=FILE DATABASE, and back with pg_restore.";

/// Where the copy grows until it is whole.
fn beside(file: &Path) -> PathBuf {
    let mut name = file.file_name().unwrap_or_default().to_owned();
    name.push(".part");
    file.with_file_name(name)
}

/// How the database is, as far as it can say itself.
pub(super) async fn checkup(db: &Db) -> Result<Checkup, StoreError> {
    let newest = query("select recorded_at from event order by position desc limit 1")
        .one(db.read())
        .await?;
    let newest = newest.map(|row| row.time("recorded_at")).transpose()?;
    match db {
        Db::Sqlite { read, .. } => {
            let version: String = sqlx::query_scalar("select sqlite_version()")
                .fetch_one(read)
                .await?;
            let damage: Vec<String> = sqlx::query_scalar("pragma quick_check(5)")
                .fetch_all(read)
                .await?;
            Ok(Checkup {
                // Opening it made sure of the rest.
                engine: format!("SQLite {version}, write-ahead log, every commit on disk"),
                damage: damage.into_iter().filter(|line| line != "ok").collect(),
                clock: None,
                newest,
            })
        }
        Db::Postgres { pool } => {
            let version: String = sqlx::query_scalar("select current_setting('server_version')")
                .fetch_one(pool)
                .await?;
            let commit: String = sqlx::query_scalar("select current_setting('synchronous_commit')")
                .fetch_one(pool)
                .await?;
            let clock =
                query("select (extract(epoch from clock_timestamp()) * 1000000)::bigint as clock")
                    .one(db.read())
                    .await?;
            Ok(Checkup {
                engine: format!("PostgreSQL {version}, synchronous_commit {commit}"),
                damage: Vec::new(),
                clock: clock.map(|row| row.time("clock")).transpose()?,
                newest,
            })
        }
    }
}
