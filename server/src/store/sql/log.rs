//! Reading the log.

use super::append::stream_of;
use super::changes::Decided;
use super::people::by;
use super::writer::Job;
use super::{SqlStore, once};
use crate::store::db::{Row, query};
use crate::store::{CarriedOut, Commit, CommitError, Committed, Log, Logged, Redact, StoreError};
use async_trait::async_trait;
use domain::time::Time;
use domain::{IncidentEvent, Number, Recorded};
use tokio::sync::watch;

/// The stream of people, components, settings and tokens.
pub(super) const HOUSE: &str = "house";

macro_rules! select_events {
    ($rest:literal) => {
        concat!(
            "select e.position, e.stream, e.version, e.kind, e.occurred_at, e.recorded_at, e.actor, e.payload, \
             p.handle, p.name from event e left join person p on p.id = e.actor ",
            $rest
        )
    };
}
pub(super) use select_events;

#[async_trait]
impl Log for SqlStore {
    async fn commit(&self, commit: Commit) -> Result<Committed, CommitError> {
        let decided = Decided::new(commit).await?;
        self.ask(|reply| Job::Commit(Box::new(decided), reply))
            .await
    }

    async fn carried_out(&self, key: &str) -> Result<Option<CarriedOut>, StoreError> {
        once::find(self.db.read(), key).await
    }

    async fn purge_carried_out(&self, before: Time) -> Result<u64, StoreError> {
        self.forget_carried_out(before).await
    }

    async fn redact(&self, redact: Redact) -> Result<Committed, CommitError> {
        let done = self
            .ask(|reply| Job::Redact(Box::new(redact), reply))
            .await?;
        self.db.let_go().await;
        Ok(done)
    }

    async fn stream(
        &self,
        number: Number,
        after_version: i64,
    ) -> Result<Vec<Recorded>, StoreError> {
        query(select_events!(
            "where e.stream = $1 and e.version > $2 order by e.version"
        ))
        .bind(stream_of(number))
        .bind(after_version)
        .all(self.db.read())
        .await?
        .iter()
        .map(|row| recorded(row, number))
        .collect()
    }

    async fn stream_page(
        &self,
        number: Number,
        after_version: i64,
        after_position: i64,
        limit: i64,
    ) -> Result<Vec<Recorded>, StoreError> {
        query(select_events!(
            "where e.stream = $1 and e.version > $2 and e.position > $3 order by e.version limit $4"
        ))
        .bind(stream_of(number))
        .bind(after_version)
        .bind(after_position)
        .bind(limit.max(0))
        .all(self.db.read())
        .await?
        .iter()
        .map(|row| recorded(row, number))
        .collect()
    }

    async fn stream_tail(
        &self,
        number: Number,
        before_version: Option<i64>,
        limit: i64,
    ) -> Result<Vec<Recorded>, StoreError> {
        query(select_events!(
            "where e.stream = $1 and e.version < $2 order by e.version desc limit $3"
        ))
        .bind(stream_of(number))
        .bind(before_version.unwrap_or(i64::MAX))
        .bind(limit.max(0))
        .all(self.db.read())
        .await?
        .iter()
        .rev()
        .map(|row| recorded(row, number))
        .collect()
    }

    async fn milestones(&self, number: Number) -> Result<Vec<Recorded>, StoreError> {
        query(select_events!(
            "where e.stream = $1 and e.kind in ('declared', 'imported', 'phase_changed', 'resolved', 'closed', \
             'cancelled', 'merged', 'reopened', 'public_update_published') order by e.version"
        ))
        .bind(stream_of(number))
        .all(self.db.read())
        .await?
        .iter()
        .map(|row| recorded(row, number))
        .collect()
    }

    async fn feed(&self, after: i64, limit: i64) -> Result<Vec<Logged>, StoreError> {
        query(select_events!(
            "where e.position > $1 order by e.position limit $2"
        ))
        .bind(after)
        .bind(limit.max(0))
        .all(self.db.read())
        .await?
        .iter()
        .map(logged)
        .collect()
    }

    fn head(&self) -> watch::Receiver<i64> {
        self.head.subscribe()
    }
}

/// An entry of either stream from its row.
pub(super) fn logged(row: &Row) -> Result<Logged, StoreError> {
    let stream: String = row.get("stream")?;
    if stream == HOUSE {
        return Ok(Logged::House {
            position: row.get("position")?,
            recorded_at: row.time("recorded_at")?,
            by: by(row, "actor")?,
            kind: row.get("kind")?,
            data: row.json("payload")?,
        });
    }
    let number = stream
        .strip_prefix("incident:")
        .and_then(|number| number.parse().ok())
        .ok_or_else(|| StoreError::Corrupt(format!("there is no stream {stream}")))?;
    Ok(Logged::Incident(Box::new(recorded(row, Number(number))?)))
}

/// An event from its row.
fn recorded(row: &Row, number: Number) -> Result<Recorded, StoreError> {
    let kind: String = row.get("kind")?;
    let payload: String = row.get("payload")?;
    let position = row.get("position")?;
    let event: IncidentEvent =
        serde_json::from_str(&format!(r#"{{"kind":"{kind}","data":{payload}}}"#))
            .map_err(|error| StoreError::Corrupt(format!("the event at {position}: {error}")))?;
    Ok(Recorded {
        position,
        incident: number,
        version: row.get("version")?,
        occurred_at: row.time("occurred_at")?,
        recorded_at: row.time("recorded_at")?,
        by: by(row, "actor")?,
        event,
    })
}
