//! The rows that screens read, written from the folded state in the transaction of the events.

use super::changes::Changes;
use super::{public_rows, search};
use crate::store::StoreError;
use crate::store::db::{Tx, query};
use domain::incident::{SentSitrep, Sitrep};
use domain::{Incident, IncidentEvent, PersonRef, Phase, Recorded, Summary};
use serde::Serialize;

/// Moves every read model of an incident on. `expected` is the version before (0 for none), `changes` has the count of
/// each sitrep among the events. False when the incident is not
/// at that version.
pub(super) async fn project(
    tx: &mut Tx,
    expected: i64,
    incident: &Incident,
    recorded: &[Recorded],
    changes: &[Changes],
) -> Result<bool, StoreError> {
    if !put_incident(tx, expected, incident).await? {
        return Ok(false);
    }
    let mut changes = changes.iter().copied();
    for event in recorded {
        if let IncidentEvent::SitrepSent { sitrep } = &event.event {
            put_sitrep(tx, event, sitrep, changes.next().flatten()).await?;
        }
    }
    search::learn(tx, incident.summary.number, recorded).await?;
    public_rows::move_on(tx, incident.summary.number, recorded).await?;
    Ok(true)
}

/// Where a list of incidents finds one: open, not finished, over. What is over inside is not finished while customers
/// still read that it goes on; the board keeps it in sight.
fn place(summary: &Summary) -> i64 {
    match summary.progress.phase() {
        Phase::Closed | Phase::Cancelled | Phase::Merged if summary.leaves_customers_waiting() => 1,
        Phase::Assess | Phase::Mitigate | Phase::Watch => 0,
        Phase::Cleanup | Phase::Followup => 1,
        Phase::Closed | Phase::Cancelled | Phase::Merged => 2,
    }
}

async fn put_incident(tx: &mut Tx, expected: i64, incident: &Incident) -> Result<bool, StoreError> {
    let summary = &incident.summary;
    let phase = summary.progress.phase();
    let sql = if expected == 0 {
        "insert into incident (number, version, position, place, phase, severity, kind, title, \
         declared_at, started_at, resolved_at, summary, state) \
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)"
    } else {
        "update incident set version = $2, position = $3, place = $4, phase = $5, severity = $6, kind = $7, \
         title = $8, declared_at = $9, started_at = $10, resolved_at = $11, summary = $12, state = $13 \
         where number = $1 and version = $14"
    };
    let mut statement = query(sql)
        .bind(summary.number.0)
        .bind(summary.version)
        .bind(summary.position)
        .bind(place(summary))
        .bind(phase.as_str())
        .bind(summary.severity.as_str())
        .bind(summary.kind.as_str())
        .bind(&summary.title)
        .bind(summary.declared_at)
        .bind(summary.started_at)
        .bind(summary.progress.resolved_at())
        .bind(json(summary)?)
        .bind(json(&nameless(incident))?);
    if expected > 0 {
        statement = statement.bind(expected);
    }
    Ok(statement.run(tx.at()).await? == 1)
}

async fn put_sitrep(
    tx: &mut Tx,
    event: &Recorded,
    sitrep: &Sitrep,
    changes: Changes,
) -> Result<(), StoreError> {
    query(
        "insert into sitrep (incident, version, sent_at, sent_by, headline, summary, added, removed, body) \
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
    )
    .bind(event.incident.0)
    .bind(sitrep.version)
    .bind(event.occurred_at)
    .bind(event.by.as_ref().map(|by| by.id.as_str()))
    .bind(sitrep.headline.as_deref())
    .bind(&sitrep.summary)
    .bind(changes.map(|(added, _)| added))
    .bind(changes.map(|(_, removed)| removed))
    .bind(json(sitrep)?)
    .run(tx.at())
    .await
    .map(drop)
}

/// People may change their names: rows hold ids, and reading looks the names up.
fn nameless(incident: &Incident) -> Incident {
    fn bare(by: Option<&PersonRef>) -> Option<PersonRef> {
        by.map(|by| PersonRef {
            id: by.id.clone(),
            handle: String::new(),
            name: String::new(),
        })
    }
    let mut incident = incident.clone();
    if let Some(SentSitrep { by, .. }) = &mut incident.sitrep {
        *by = bare(by.as_ref());
    }
    if let Some(word) = &mut incident.word {
        word.by = bare(word.by.as_ref());
    }
    incident
}

/// A value as it is kept.
pub(super) fn json<T: Serialize>(value: &T) -> Result<String, StoreError> {
    serde_json::to_string(value)
        .map_err(|error| StoreError::Corrupt(format!("a row cannot be written: {error}")))
}
