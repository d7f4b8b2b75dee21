//! The SQL that appends.

use super::changes::Decided;
use super::{drafts, once, post, project};
use crate::store::db::{Tx, query};
use crate::store::{CarriedOut, CommitError, Committed, StoreError, Target, times};
use domain::incident::IncidentEvent;
use domain::time::Time;
use domain::{Incident, Number, PersonId, Recorded};

/// The form of payloads that is written today.
const SCHEMA: i64 = 1;

/// The last position and the last incident number that were given out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Head {
    /// The last position.
    pub position: i64,
    /// The last incident number.
    pub incidents: i64,
}

/// Takes the row that gives out positions. Nobody else gets one before this transaction ends, so positions become
/// visible in their order.
pub(super) async fn lock(tx: &mut Tx) -> Result<Head, StoreError> {
    let sql = tx.pick(
        "select position, incidents from event_head where id = 1",
        "select position, incidents from event_head where id = 1 for update",
    );
    let row = query(sql)
        .one(tx.at())
        .await?
        .ok_or_else(|| StoreError::Corrupt("the head of the log is missing".to_owned()))?;
    Ok(Head {
        position: row.get("position")?,
        incidents: row.get("incidents")?,
    })
}

/// Says what was given out.
pub(super) async fn unlock(tx: &mut Tx, head: Head) -> Result<(), StoreError> {
    query("update event_head set position = $1, incidents = $2 where id = 1")
        .bind(head.position)
        .bind(head.incidents)
        .run(tx.at())
        .await
        .map(drop)
}

/// A row of the log.
pub(super) struct Entry<'a> {
    /// Place in the order of everything.
    pub position: i64,
    /// Whose history.
    pub stream: &'a str,
    /// Place in it.
    pub version: i64,
    /// What kind of thing.
    pub kind: &'a str,
    /// When it happened.
    pub occurred_at: Time,
    /// When it was recorded.
    pub recorded_at: Time,
    /// Who did it.
    pub actor: Option<&'a PersonId>,
    /// What, as JSON.
    pub payload: String,
}

/// Inserts a row. False when its place in the stream is taken.
pub(super) async fn insert(tx: &mut Tx, entry: Entry<'_>) -> Result<bool, StoreError> {
    let rows = query(
        "insert into event (position, stream, version, kind, schema, occurred_at, recorded_at, actor, payload) \
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9) on conflict (stream, version) do nothing",
    )
    .bind(entry.position)
    .bind(entry.stream)
    .bind(entry.version)
    .bind(entry.kind)
    .bind(SCHEMA)
    .bind(entry.occurred_at)
    .bind(entry.recorded_at)
    .bind(entry.actor.map(PersonId::as_str))
    .bind(entry.payload)
    .run(tx.at())
    .await?;
    Ok(rows == 1)
}

/// The version that a stream was at when `position` was the last; 0 when there was none.
pub(super) async fn version(tx: &mut Tx, stream: &str, position: i64) -> Result<i64, StoreError> {
    let row =
        query("select max(version) as version from event where stream = $1 and position <= $2")
            .bind(stream)
            .bind(position)
            .one(tx.at())
            .await?;
    Ok(row
        .map(|row| row.get::<Option<i64>>("version"))
        .transpose()?
        .flatten()
        .unwrap_or(0))
}

/// The name of an incident's stream.
pub(super) fn stream_of(number: Number) -> String {
    format!("incident:{number}")
}

/// Makes a decision so: events, state, read models. The caller undoes all of it on an error.
pub(super) async fn append(
    tx: &mut Tx,
    head: &mut Head,
    decided: Decided,
) -> Result<Committed, CommitError> {
    let Decided { commit, changes } = decided;
    let (number, mut at, mut state) = match commit.target {
        Target::New => {
            head.incidents += 1;
            (Number(head.incidents), 0, None)
        }
        Target::Incident(incident) => (
            incident.summary.number,
            incident.summary.version,
            Some(*incident),
        ),
    };
    if let Some(key) = &commit.import_key {
        claim(tx, key, number).await?;
    }
    if let Some(key) = &commit.once {
        let events = i64::try_from(commit.proposed.len()).unwrap_or(i64::MAX);
        let carried = CarriedOut {
            person: commit.by.as_ref().map(|by| by.id.clone()),
            command: key.command.clone(),
            incident: number,
            from: at,
            to: at.saturating_add(events),
        };
        if !once::claim(tx, &key.key, &carried, commit.recorded_at).await? {
            return Err(CommitError::AlreadyCarriedOut);
        }
    }
    let stream = stream_of(number);
    let (before, expected) = (head.position, at);
    let mut recorded = Vec::with_capacity(commit.proposed.len());
    for proposed in commit.proposed {
        at += 1;
        head.position += 1;
        let next = Recorded {
            position: head.position,
            incident: number,
            version: at,
            occurred_at: times::kept(proposed.occurred_at.unwrap_or(commit.recorded_at)),
            recorded_at: times::kept(commit.recorded_at),
            by: commit.by.clone(),
            event: proposed
                .event
                .named(number, state.as_ref().map_or(0, |state| state.words)),
        };
        let entry = Entry {
            position: next.position,
            stream: &stream,
            version: next.version,
            kind: next.event.kind(),
            occurred_at: next.occurred_at,
            recorded_at: next.recorded_at,
            actor: next.by.as_ref().map(|by| &by.id),
            payload: payload(&next.event)?,
        };
        if !insert(tx, entry).await? {
            let actual = version(tx, &stream, before).await?;
            return Err(CommitError::Conflict { actual });
        }
        match &mut state {
            Some(state) => state.apply(&next),
            None => state = Some(begin(&next)?),
        }
        if let Some(incident) = state.as_ref().filter(|_| commit.letters) {
            post::post(tx, incident, &next).await?;
        }
        recorded.push(next);
    }
    let Some(incident) = state else {
        return Err(StoreError::Senseless("a new incident without an event").into());
    };
    if !recorded.is_empty()
        && !project::project(tx, expected, &incident, &recorded, &changes).await?
    {
        // The state handed in is of a version that was never reached.
        let actual = version(tx, &stream, before).await?;
        return Err(CommitError::Conflict { actual });
    }
    let by = commit.by.as_ref().map(|by| &by.id);
    drafts::clear(tx, number, &commit.drafted, by, commit.recorded_at).await?;
    Ok(Committed { incident, recorded })
}

/// An incident begins with `declared` or `imported`, and with nothing else.
pub(super) fn begin(recorded: &Recorded) -> Result<Incident, StoreError> {
    Incident::begin(recorded).ok_or(StoreError::Senseless(
        "an incident must begin with declared or imported",
    ))
}

async fn claim(tx: &mut Tx, key: &str, number: Number) -> Result<(), CommitError> {
    let claimed = query(
        "insert into import_source (key, number) values ($1, $2) on conflict (key) do nothing",
    )
    .bind(key)
    .bind(number.0)
    .run(tx.at())
    .await?;
    if claimed == 1 {
        return Ok(());
    }
    let row = query("select number from import_source where key = $1")
        .bind(key)
        .one(tx.at())
        .await?
        .ok_or_else(|| StoreError::Corrupt(format!("the import key {key} is there and is not")))?;
    Err(CommitError::AlreadyImported {
        number: Number(row.get("number")?),
    })
}

/// The `data` of an event; its `kind` stands in a column of its own.
pub(super) fn payload(event: &IncidentEvent) -> Result<String, StoreError> {
    serde_json::to_value(event)
        .map(|value| value["data"].to_string())
        .map_err(|error| StoreError::Corrupt(format!("an event cannot be written: {error}")))
}
