//! `muster rebuild`: every read model again, from the log alone.

use super::append::begin;
use super::log::{logged, select_events};
use super::{changes, project};
use crate::store::db::{Tx, query};
use crate::store::{Logged, RebuildReport, StoreError};
use domain::{Incident, Number, Recorded};

/// Events read at once.
const CHUNK: i64 = 1000;

/// Empties every read model and replays. Runs in the writer's transaction, which holds the row that gives out positions:
/// nothing is committed meanwhile, and readers see the rows of before until all are there.
pub(super) async fn rebuild(tx: &mut Tx) -> Result<RebuildReport, StoreError> {
    const EMPTY: [&str; 6] = [
        "delete from incident",
        "delete from incident_words",
        "delete from sitrep",
        "delete from public_incident",
        "delete from public_update",
        // SQLite's index; PostgreSQL keeps its own in `incident_words`.
        "delete from incident_search",
    ];
    for sql in EMPTY {
        if !(matches!(tx, Tx::Postgres(_)) && sql.ends_with("incident_search")) {
            query(sql).run(tx.at()).await?;
        }
    }
    let numbers: Vec<i64> = query("select incidents from event_head where id = 1")
        .all(tx.at())
        .await?
        .iter()
        .map(|row| row.get("incidents"))
        .collect::<Result<_, _>>()?;
    let mut report = RebuildReport::default();
    for number in 1..=numbers.first().copied().unwrap_or(0) {
        if let Some(incident) = replay(tx, Number(number)).await? {
            report.events += incident.summary.version;
            report.incidents += 1;
        }
    }
    Ok(report)
}

/// Empties every read model of one incident and replays it.
pub(super) async fn again(tx: &mut Tx, number: Number) -> Result<Option<Incident>, StoreError> {
    const EMPTY: [&str; 5] = [
        "delete from incident where number = $1",
        "delete from incident_words where number = $1",
        "delete from sitrep where incident = $1",
        "delete from public_incident where number = $1",
        "delete from public_update where incident = $1",
    ];
    for sql in EMPTY {
        query(sql).bind(number.0).run(tx.at()).await?;
    }
    if let Tx::Sqlite(_) = tx {
        query("delete from incident_search where rowid = $1")
            .bind(number.0)
            .run(tx.at())
            .await?;
    }
    replay(tx, number).await
}

/// Replays one incident, in pieces: its rows come out the same however its events were grouped into commits.
async fn replay(tx: &mut Tx, number: Number) -> Result<Option<Incident>, StoreError> {
    let mut state: Option<Incident> = None;
    let mut version = 0;
    loop {
        let events: Vec<Recorded> = query(select_events!(
            "where e.stream = $1 and e.version > $2 order by e.version limit $3"
        ))
        .bind(super::append::stream_of(number))
        .bind(version)
        .bind(CHUNK)
        .all(tx.at())
        .await?
        .iter()
        .map(logged)
        .filter_map(|entry| match entry {
            Ok(Logged::Incident(recorded)) => Some(Ok(*recorded)),
            Ok(Logged::House { .. }) => None,
            Err(error) => Some(Err(error)),
        })
        .collect::<Result<_, _>>()?;
        let sitrep = state.as_ref().and_then(|state| state.sitrep.as_ref());
        let sent = events.iter().map(|event| &event.event);
        let changes = changes::count(sitrep.map(|sent| &sent.sitrep), sent);
        for event in &events {
            match &mut state {
                Some(state) => state.apply(event),
                None => state = Some(begin(event)?),
            }
        }
        let (Some(last), Some(incident)) = (events.last(), &state) else {
            return Ok(state);
        };
        if !project::project(tx, version, incident, &events, &changes).await? {
            return Err(StoreError::Corrupt(format!(
                "incident {number} has a gap after version {version}"
            )));
        }
        version = last.version;
    }
}
