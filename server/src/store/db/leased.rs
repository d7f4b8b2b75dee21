//! A connection while it is used. A network that swallows everything gives no error, so no answer is waited for longer than
//! [`PATIENCE`], and a connection that is not known to be at rest never goes back to the pool: it is closed, and with it goes
//! whatever its transaction held. A commit that a full disk refused leaves SQLite's connection like that, too.

use crate::store::StoreError;
use sqlx::pool::PoolConnection;
use sqlx::{Database, Executor, PgConnection, Pool, Postgres};
use std::io;
use std::time::Duration;

/// How long one statement may take. Statements take milliseconds; those that wait for another process to finish wait until
/// the database gives that one up, which it does earlier (see `postgres.rs`).
pub(super) const PATIENCE: Duration = Duration::from_secs(10);

/// A connection of the pool that somebody uses.
pub(in crate::store) struct Leased<D: Database> {
    connection: PoolConnection<D>,
    at_rest: bool,
}

impl<D: Database> Leased<D>
where
    for<'c> &'c mut D::Connection: Executor<'c, Database = D>,
{
    /// Takes one, for a statement by itself.
    pub async fn take(pool: &Pool<D>) -> Result<Self, StoreError> {
        Ok(Self {
            connection: pool.acquire().await?,
            at_rest: true,
        })
    }

    /// Takes one and begins a transaction, as `how` says; it ends by [`Leased::end`] or with the connection.
    pub async fn begin(pool: &Pool<D>, how: &'static str) -> Result<Self, StoreError> {
        let mut leased = Self::take(pool).await?;
        leased.at_rest = false;
        in_time(leased.connection().execute(how)).await?;
        Ok(leased)
    }

    /// Ends the transaction, by `commit` or `rollback`.
    pub async fn end(mut self, how: &'static str) -> Result<(), StoreError> {
        in_time(self.connection().execute(how)).await?;
        self.at_rest = true;
        Ok(())
    }

    /// For a statement inside the transaction.
    pub fn connection(&mut self) -> &mut D::Connection {
        &mut self.connection
    }
}

impl Leased<Postgres> {
    /// Runs a statement by itself: the connection is at rest again when the database has answered, be it with a no.
    pub async fn alone<'a, T, F>(
        &'a mut self,
        run: impl FnOnce(&'a mut PgConnection) -> F,
    ) -> Result<T, sqlx::Error>
    where
        F: Future<Output = Result<T, sqlx::Error>> + 'a,
    {
        self.at_rest = false;
        let result = in_time(run(&mut self.connection)).await;
        self.at_rest = matches!(result, Ok(_) | Err(sqlx::Error::Database(_)));
        result
    }
}

impl<D: Database> Drop for Leased<D> {
    fn drop(&mut self) {
        if !self.at_rest {
            self.connection.close_on_drop();
        }
    }
}

/// Waits for an answer of the database, but not for ever.
pub(super) async fn in_time<T>(
    answer: impl Future<Output = Result<T, sqlx::Error>>,
) -> Result<T, sqlx::Error> {
    tokio::time::timeout(PATIENCE, answer)
        .await
        .unwrap_or_else(|_| {
            let words = format!("no answer within {} s", PATIENCE.as_secs());
            Err(io::Error::new(io::ErrorKind::TimedOut, words).into())
        })
}
