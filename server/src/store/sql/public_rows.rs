//! The rows that customers read. Everything in them comes from [`domain::status::fact`]; the incident itself is not looked
//! at here, so nothing internal can slip in.

use super::project::json;
use crate::store::StoreError;
use crate::store::db::{Row, Tx, query};
use domain::status::{PublicIncident, PublicWord, fact};
use domain::time::Time;
use domain::{Number, Recorded};

/// Moves the public side of an incident on. An incident without a public beginning (a drill) never gets one.
pub(super) async fn move_on(
    tx: &mut Tx,
    number: Number,
    recorded: &[Recorded],
) -> Result<(), StoreError> {
    let facts: Vec<_> = recorded
        .iter()
        .filter_map(|event| fact(event).map(|fact| (event, fact)))
        .collect();
    let Some((first, beginning)) = facts.first() else {
        return Ok(());
    };
    let (kept, rest) = if first.version == 1 {
        match PublicIncident::begin(number, beginning) {
            Some(begun) => (Some(Kept::new(begun, first.occurred_at)), &facts[1..]),
            None => (None, &facts[..]),
        }
    } else {
        (load(tx, number).await?, &facts[..])
    };
    let Some(mut kept) = kept else {
        return Ok(());
    };
    for (_, fact) in rest {
        kept.incident.apply(fact);
    }
    save(tx, kept).await
}

/// A public incident with its last word alone: enough to go on from, however many there were.
struct Kept {
    incident: PublicIncident,
    /// Words that stand in rows, the one that was loaded included.
    words: i64,
    /// How many of them are loaded: none or one.
    loaded: usize,
    /// The first time known of it, for a place in the history where its beginning is unknown.
    at: Time,
}

impl Kept {
    fn new(incident: PublicIncident, at: Time) -> Self {
        Self {
            incident,
            words: 0,
            loaded: 0,
            at,
        }
    }
}

async fn load(tx: &mut Tx, number: Number) -> Result<Option<Kept>, StoreError> {
    let row = query("select at, words, body from public_incident where number = $1")
        .bind(number.0)
        .one(tx.at())
        .await?;
    let Some(row) = row else { return Ok(None) };
    let mut incident: PublicIncident = row.json("body")?;
    let words: i64 = row.get("words")?;
    let last = query("select body from public_update where incident = $1 and ordinal = $2")
        .bind(number.0)
        .bind(words)
        .one(tx.at())
        .await?;
    incident.words = last.iter().map(word).collect::<Result<_, _>>()?;
    Ok(Some(Kept {
        loaded: incident.words.len(),
        incident,
        words,
        at: row.time("at")?,
    }))
}

/// A word to customers from its row.
pub(super) fn word(row: &Row) -> Result<PublicWord, StoreError> {
    row.json("body")
}

async fn save(tx: &mut Tx, kept: Kept) -> Result<(), StoreError> {
    let Kept {
        mut incident,
        mut words,
        loaded,
        at,
    } = kept;
    let (public, active) = (incident.is_public(), incident.is_active());
    let until = incident.until();
    let new = incident.words.split_off(loaded);
    incident.words.clear();
    for word in &new {
        words += 1;
        query("insert into public_update (incident, ordinal, published_at, body) values ($1, $2, $3, $4)")
            .bind(incident.number.0)
            .bind(words)
            .bind(word.published_at)
            .bind(json(word)?)
            .run(tx.at())
            .await?;
    }
    query(
        "insert into public_incident (number, public, active, at, words, body, code, until) \
         values ($1, $2, $3, $4, $5, $6, $7, $8) \
         on conflict (number) do update set public = excluded.public, active = excluded.active, at = excluded.at, \
         words = excluded.words, body = excluded.body, code = excluded.code, \
         until = excluded.until",
    )
    .bind(incident.number.0)
    .bind(public)
    .bind(active)
    .bind(incident.started_at.unwrap_or(at))
    .bind(words)
    .bind(json(&incident)?)
    .bind(incident.code())
    .bind(until)
    .run(tx.at())
    .await
    .map(drop)
}
