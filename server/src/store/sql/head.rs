//! Noticing what is new: own commits, those of other processes, and what a lost wake-up would have said.

use crate::store::StoreError;
use crate::store::db::{Db, postgres, query};
use domain::Number;
use sqlx::Executor;
use sqlx::postgres::PgListener;
use std::time::Duration;
use tokio::sync::{broadcast, watch};
use tokio::time::{MissedTickBehavior, interval, sleep, timeout};

/// How soon a second process on the same file is noticed.
const LOOK: Duration = Duration::from_secs(1);
/// The safety net under the wake-ups of PostgreSQL.
const LOOK_ANYWAY: Duration = Duration::from_secs(5);
/// How long the connection that listens may be silent when asked.
const SILENCE: Duration = Duration::from_secs(5);
/// How long to wait before connecting again.
const PAUSE: Duration = Duration::from_millis(500);

/// Reads the head row and moves the value on.
pub(super) async fn look(db: &Db, head: &watch::Sender<i64>) -> Result<(), StoreError> {
    let row = query("select position from event_head where id = 1")
        .one(db.read())
        .await?;
    if let Some(row) = row {
        moved(head, row.get("position")?);
    }
    Ok(())
}

/// Moves the value on, never back, and wakes only when it moved.
pub(super) fn moved(head: &watch::Sender<i64>, position: i64) {
    head.send_if_modified(|known| {
        let on = position > *known;
        if on {
            *known = position;
        }
        on
    });
}

/// SQLite cannot wake another process: look once a second.
pub(super) async fn poll(db: Db, head: std::sync::Arc<watch::Sender<i64>>) {
    let mut ticks = interval(LOOK);
    ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        ticks.tick().await;
        if let Err(error) = look(&db, &head).await {
            tracing::debug!(%error, "the head of the log cannot be read");
        }
    }
}

/// PostgreSQL wakes: a wake-up of the log carries nothing, one of a room its number, and whatever goes wrong with them means
/// looking for oneself.
pub(super) async fn listen(
    db: Db,
    head: std::sync::Arc<watch::Sender<i64>>,
    rooms: broadcast::Sender<Number>,
    url: String,
) {
    loop {
        if let Err(error) = follow(&db, &head, &rooms, &url).await {
            tracing::debug!(%error, "the wake-ups of the database stopped; listening again");
        }
        sleep(PAUSE).await;
    }
}

async fn follow(
    db: &Db,
    head: &watch::Sender<i64>,
    rooms: &broadcast::Sender<Number>,
    url: &str,
) -> Result<(), StoreError> {
    // A connection of its own: one of the pool would be lost to it for good.
    let mut listener = PgListener::connect(url).await?;
    // Together with the look that the first tick brings, nothing is missed however long the connection was away.
    listener.listen(postgres::CHANNEL).await?;
    let mut ticks = interval(LOOK_ANYWAY);
    ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        tokio::select! {
            woken = listener.try_recv() => {
                let number = woken?.and_then(|woken| woken.payload().parse().ok());
                if let Some(number) = number {
                    // Nobody listening is no failure.
                    let _ = rooms.send(Number(number));
                    continue;
                }
            }
            _ = ticks.tick() => still_there(&mut listener).await?,
        }
        if let Err(error) = look(db, head).await {
            tracing::debug!(%error, "the head of the log cannot be read");
        }
    }
}

/// A connection whose other end vanished is only silent: no wake-up comes any more and no error either. So it is asked.
async fn still_there(listener: &mut PgListener) -> Result<(), StoreError> {
    match timeout(SILENCE, listener.execute("select 1")).await {
        Ok(answer) => Ok(answer.map(drop)?),
        Err(_) => Err(StoreError::Undone(
            "the listener is not answered".to_owned(),
        )),
    }
}
