//! The one statement that changes what was recorded, and everything that was made from it.

use super::append::{Entry, Head, insert, payload, stream_of, version};
use super::{drafts, idempotency, rebuild};
use crate::store::db::{Tx, query};
use crate::store::{CommitError, Committed, Redact, StoreError, times};
use domain::{IncidentEvent, Recorded};

/// Blanks texts and records that it was done. The caller undoes all of it on an error.
pub(super) async fn redact(
    tx: &mut Tx,
    head: &mut Head,
    redact: Redact,
) -> Result<Committed, CommitError> {
    let Redact {
        number,
        expected,
        by,
        recorded_at,
        blanking,
        secret,
    } = redact;
    let stream = stream_of(number);
    // Whatever came since may hold the secret too: then it is decided again.
    let actual = version(tx, &stream, head.position).await?;
    if actual != expected {
        return Err(CommitError::Conflict { actual });
    }
    for (version, event) in &blanking.events {
        overwrite(tx, &stream, *version, event).await?;
    }
    head.position += 1;
    let recorded_at = times::kept(recorded_at);
    let recorded = Recorded {
        position: head.position,
        incident: number,
        version: expected + 1,
        occurred_at: recorded_at,
        recorded_at,
        by,
        event: blanking.redacted,
    };
    let entry = Entry {
        position: recorded.position,
        stream: &stream,
        version: recorded.version,
        kind: recorded.event.kind(),
        occurred_at: recorded.occurred_at,
        recorded_at: recorded.recorded_at,
        actor: recorded.by.as_ref().map(|by| &by.id),
        payload: payload(&recorded.event)?,
    };
    if !insert(tx, entry).await? {
        return Err(CommitError::Conflict {
            actual: expected + 1,
        });
    }
    let incident = rebuild::again(tx, number)
        .await?
        .ok_or(StoreError::Senseless("a redaction of no incident"))?;
    forget_search(tx).await?;
    drafts::redact(tx, number, secret.as_deref(), recorded_at).await?;
    idempotency::redact(tx, number).await?;
    Ok(Committed {
        incident,
        recorded: vec![recorded],
    })
}

async fn overwrite(
    tx: &mut Tx,
    stream: &str,
    version: i64,
    event: &IncidentEvent,
) -> Result<(), StoreError> {
    let rows =
        query("update event set payload = $1 where stream = $2 and version = $3 and kind = $4")
            .bind(payload(event)?)
            .bind(stream)
            .bind(version)
            .bind(event.kind())
            .run(tx.at())
            .await?;
    if rows == 1 {
        Ok(())
    } else {
        Err(StoreError::Senseless("a redaction of another event"))
    }
}

/// SQLite's index only marks what is deleted and keeps its words until pieces of it are put together: here all of them are.
async fn forget_search(tx: &mut Tx) -> Result<(), StoreError> {
    if let Tx::Sqlite(_) = tx {
        query("insert into incident_search (incident_search) values ('optimize')")
            .run(tx.at())
            .await?;
    }
    Ok(())
}
