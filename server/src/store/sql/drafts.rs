//! Drafts. All that is written to them or blanked in them goes through here.

use super::SqlStore;
use crate::store::db::{Row, Tx, query};
use crate::store::{Drafted, Drafting, Drafts, StoreError};
use async_trait::async_trait;
use domain::secret::{blanked, hits};
use domain::time::Time;
use domain::{Number, PersonId};

#[async_trait]
impl Drafts for SqlStore {
    async fn draft(&self, number: Number) -> Result<Vec<Drafted>, StoreError> {
        query("select field, text, revision, person, at from draft where incident = $1 order by field")
            .bind(number.0)
            .all(self.db.read())
            .await?
            .iter()
            .map(drafted)
            .collect()
    }

    async fn write_draft(&self, number: Number, new: &Drafted) -> Result<Drafting, StoreError> {
        // Comparing and setting are one statement: of two who write on one revision the second changes nothing.
        let changed = query(
            "insert into draft (incident, field, text, revision, person, at) values ($1, $2, $3, $4, $5, $6) \
             on conflict (incident, field) do update set text = excluded.text, revision = excluded.revision, \
             person = excluded.person, at = excluded.at where draft.revision = $7",
        )
        .bind(number.0)
        .bind(&new.field)
        .bind(new.text.as_deref())
        .bind(new.revision)
        .bind(new.person.as_str())
        .bind(new.at)
        .bind(new.revision - 1)
        .run(self.db.write())
        .await?;
        if changed == 1 {
            return Ok(Drafting::Kept(new.revision));
        }
        query("select field, text, revision, person, at from draft where incident = $1 and field = $2")
            .bind(number.0)
            .bind(&new.field)
            // Where writing is: a reader of a moment ago may not see what was just written.
            .one(self.db.write())
            .await?
            .map(|row| drafted(&row).map(Drafting::Stale))
            .ok_or_else(|| StoreError::Corrupt("a field of a draft is there and is not".to_owned()))?
    }
}

/// Clears what an update was made of, field by field at the revision that its writer saw: what was written since stays.
pub(super) async fn clear(
    tx: &mut Tx,
    number: Number,
    seen: &[(String, i64)],
    by: Option<&PersonId>,
    at: Time,
) -> Result<(), StoreError> {
    for (field, revision) in seen {
        query(
            "update draft set text = null, revision = revision + 1, person = coalesce($4, person), at = $5 \
             where incident = $1 and field = $2 and revision = $3 and text is not null",
        )
        .bind(number.0)
        .bind(field)
        .bind(*revision)
        .bind(by.map(PersonId::as_str))
        .bind(at)
        .run(tx.at())
        .await?;
    }
    Ok(())
}

/// Blanks a secret in every field, or empties all of them where none is named. Whoever is writing there is shown both texts.
pub(super) async fn redact(
    tx: &mut Tx,
    number: Number,
    secret: Option<&str>,
    at: Time,
) -> Result<(), StoreError> {
    let written = query(
        "select field, text from draft where incident = $1 and text is not null order by field",
    )
    .bind(number.0)
    .all(tx.at())
    .await?;
    for row in &written {
        let (field, text): (String, String) = (row.get("field")?, row.get("text")?);
        let left = secret.map(|secret| blanked(&text, &hits(&text, secret)));
        if left.as_ref() == Some(&text) {
            continue;
        }
        query(
            "update draft set text = $3, revision = revision + 1, at = $4 where incident = $1 and field = $2",
        )
        .bind(number.0)
        .bind(&field)
        .bind(left.as_deref())
        .bind(at)
        .run(tx.at())
        .await?;
    }
    Ok(())
}

fn drafted(row: &Row) -> Result<Drafted, StoreError> {
    Ok(Drafted {
        field: row.get("field")?,
        text: row.get("text")?,
        revision: row.get("revision")?,
        person: PersonId::new(row.get::<String>("person")?),
        at: row.time("at")?,
    })
}
