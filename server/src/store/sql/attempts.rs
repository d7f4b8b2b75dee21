//! Failed attempts to get in, counted in the database so that waiting holds across processes and restarts.

use crate::store::db::{Tx, query};
use crate::store::{Attempt, Counter, StoreError};
use domain::time::Time;

/// Counts an attempt at each counter, or at none. The rows stay locked until the end, so of many at once each sees those
/// before it.
pub(super) async fn count(
    mut tx: Tx,
    counters: &[Counter],
    now: Time,
) -> Result<Attempt, StoreError> {
    let mut first = None;
    for counter in counters {
        query(
            "insert into sign_in_attempt (key, failures, at, free_at) values ($1, 0, $2, $2) \
             on conflict (key) do nothing",
        )
        .bind(&counter.key)
        .bind(now)
        .run(tx.at())
        .await?;
        let sql = tx.pick(
            "select failures, free_at from sign_in_attempt where key = $1",
            "select failures, free_at from sign_in_attempt where key = $1 for update",
        );
        let row = query(sql)
            .bind(&counter.key)
            .one(tx.at())
            .await?
            .ok_or_else(|| {
                StoreError::Corrupt("an attempt was counted and is not there".to_owned())
            })?;
        let free_at = row.time("free_at")?;
        if free_at > now {
            // Dropping the transaction takes back what was counted before.
            return Ok(Attempt::Wait(free_at));
        }
        let failures = row.get::<i64>("failures")? + 1;
        query("update sign_in_attempt set failures = $2, at = $3, free_at = $4 where key = $1")
            .bind(&counter.key)
            .bind(failures)
            .bind(now)
            .bind(now + (counter.wait)(failures))
            .run(tx.at())
            .await?;
        first.get_or_insert(failures);
    }
    tx.commit().await?;
    Ok(Attempt::Go(first.unwrap_or_default()))
}

/// Forgets what the first counter counted, and takes one attempt off the others.
pub(super) async fn forgive(mut tx: Tx, counters: &[Counter]) -> Result<(), StoreError> {
    for (place, counter) in counters.iter().enumerate() {
        let sql = if place == 0 {
            "delete from sign_in_attempt where key = $1"
        } else {
            "update sign_in_attempt set failures = failures - 1, free_at = at \
             where key = $1 and failures > 0"
        };
        query(sql).bind(&counter.key).run(tx.at()).await?;
    }
    tx.commit().await
}
