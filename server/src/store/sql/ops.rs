//! Migrating, checking, rebuilding, closing.

use super::writer::Job;
use super::{SqlStore, backup, head};
use crate::store::db::{Db, query};
use crate::store::{Checkup, Ops, RebuildReport, StoreError, WriterFigures};
use async_trait::async_trait;
use sqlx::migrate::Migrator;
use std::collections::BTreeSet;
use std::path::Path;
use std::sync::atomic::Ordering;

static SQLITE: Migrator = sqlx::migrate!("../migrations/sqlite");
static POSTGRES: Migrator = sqlx::migrate!("../migrations/postgres");

impl Db {
    fn migrations(&self) -> &'static Migrator {
        match self {
            Self::Sqlite { .. } => &SQLITE,
            Self::Postgres { .. } => &POSTGRES,
        }
    }

    /// The numbers of the migrations that were done.
    async fn migrated(&self) -> Result<BTreeSet<i64>, StoreError> {
        let there = self.pick(
            "select name from sqlite_master where type = 'table' and name = '_sqlx_migrations'",
            "select table_name from information_schema.tables \
             where table_schema = current_schema() and table_name = '_sqlx_migrations'",
        );
        if query(there).one(self.read()).await?.is_none() {
            return Ok(BTreeSet::new());
        }
        query("select version from _sqlx_migrations where success order by version")
            .all(self.read())
            .await?
            .iter()
            .map(|row| row.get("version"))
            .collect()
    }
}

#[async_trait]
impl Ops for SqlStore {
    async fn migrate(&self) -> Result<(), StoreError> {
        let migrations = self.db.migrations();
        match &self.db {
            Db::Sqlite { write, .. } => migrations.run(write).await?,
            Db::Postgres { pool } => migrations.run(pool).await?,
        }
        head::look(&self.db, &self.head).await
    }

    async fn pending(&self) -> Result<Vec<String>, StoreError> {
        let done = self.db.migrated().await?;
        Ok(self
            .db
            .migrations()
            .iter()
            .filter(|migration| !done.contains(&migration.version))
            .map(|migration| format!("{:04} {}", migration.version, migration.description))
            .collect())
    }

    async fn ready(&self) -> Result<(), StoreError> {
        // A store that cannot write is not ready, however well it reads.
        let writes = self
            .writer
            .lock()
            .is_ok_and(|writer| writer.as_ref().is_some_and(|writer| !writer.is_finished()));
        if !writes {
            return Err(StoreError::Closed);
        }
        let pending = self.pending().await?;
        if pending.is_empty() {
            Ok(())
        } else {
            Err(StoreError::Pending(pending))
        }
    }

    async fn rebuild(&self) -> Result<RebuildReport, StoreError> {
        let report = self.ask(Job::Rebuild).await?;
        self.db.optimize().await?;
        Ok(report)
    }

    async fn backup(&self, file: &Path) -> Result<u64, StoreError> {
        backup::backup(&self.db, file).await
    }

    async fn checkup(&self) -> Result<Checkup, StoreError> {
        backup::checkup(&self.db).await
    }

    async fn is_empty(&self) -> Result<bool, StoreError> {
        let position = *self.head.borrow();
        let anybody = query("select id from person limit 1")
            .one(self.db.read())
            .await?;
        Ok(position == 0 && anybody.is_none())
    }

    fn writer_figures(&self) -> WriterFigures {
        WriterFigures {
            transactions: self.written.transactions.load(Ordering::Relaxed),
            jobs: self.written.jobs.load(Ordering::Relaxed),
        }
    }

    async fn close(&self) {
        // Without this end of the way the writer does what waits, and ends.
        let jobs = self.jobs.lock().ok().and_then(|mut jobs| jobs.take());
        drop(jobs);
        let writer = self.writer.lock().ok().and_then(|mut writer| writer.take());
        if let Some(writer) = writer
            && let Err(error) = writer.await
        {
            tracing::error!(%error, "the writer did not end well");
        }
        self.watch.abort();
        self.db.optimize().await.ok();
        self.db.close().await;
    }
}
