//! Reading incidents.

use super::{SqlStore, listing, people};
use crate::store::db::{Row, query};
use crate::store::{Incidents, Listing, Page, SitrepHead, StoreError};
use async_trait::async_trait;
use domain::incident::SentSitrep;
use domain::{Incident, Number, Summary};

/// The longest page.
const MOST: i64 = 500;

#[async_trait]
impl Incidents for SqlStore {
    async fn incident(&self, number: Number) -> Result<Option<Incident>, StoreError> {
        let row = query("select state from incident where number = $1")
            .bind(number.0)
            .one(self.db.read())
            .await?;
        let Some(row) = row else { return Ok(None) };
        let mut incident: Incident = row.json("state")?;
        if let Some(by) = incident.sitrep.as_mut().and_then(|s| s.by.as_mut()) {
            people::name(&self.db, by).await?;
        }
        if let Some(by) = incident.word.as_mut().and_then(|w| w.by.as_mut()) {
            people::name(&self.db, by).await?;
        }
        Ok(Some(incident))
    }

    async fn summaries(&self) -> Result<Vec<Summary>, StoreError> {
        query("select summary from incident where place in (0, 1) order by number")
            .all(self.db.read())
            .await?
            .iter()
            .map(|row| row.json("summary"))
            .collect()
    }

    async fn last_resolved(&self) -> Result<Option<Summary>, StoreError> {
        let last = "select summary from incident where resolved_at is not null order by resolved_at desc limit 1";
        let row = query(last).one(self.db.read()).await?;
        row.map(|row| row.json("summary")).transpose()
    }

    async fn list(&self, listing: Listing) -> Result<Page, StoreError> {
        let limit = listing.limit.clamp(1, MOST);
        // One more than is shown says whether there is another page.
        let mut incidents: Vec<Summary> = listing::newest(&self.db, &listing, limit + 1)
            .await?
            .iter()
            .map(|row| row.json("summary"))
            .collect::<Result<_, _>>()?;
        let page = usize::try_from(limit).unwrap_or(usize::MAX);
        let more = incidents.len() > page;
        incidents.truncate(page);
        let next = incidents.last().filter(|_| more).map(|last| last.number);
        Ok(Page { incidents, next })
    }

    async fn sitrep_heads(&self, number: Number) -> Result<Vec<SitrepHead>, StoreError> {
        query(
            "select s.version, s.headline, s.summary, s.sent_at, s.sent_by, s.added, s.removed, p.handle, p.name \
             from sitrep s left join person p on p.id = s.sent_by where s.incident = $1 order by s.version",
        )
        .bind(number.0)
        .all(self.db.read())
        .await?
        .iter()
        .map(|row| {
            Ok(SitrepHead {
                version: row.get("version")?,
                headline: row.get("headline")?,
                summary: row.get("summary")?,
                sent_at: row.time("sent_at")?,
                by: people::by(row, "sent_by")?,
                changes: count(row, "added")?.zip(count(row, "removed")?),
            })
        })
        .collect()
    }

    async fn sitrep(&self, number: Number, version: i64) -> Result<Option<SentSitrep>, StoreError> {
        Ok(self.sitreps_between(number, version, version).await?.pop())
    }

    async fn sitreps_between(
        &self,
        number: Number,
        from: i64,
        to: i64,
    ) -> Result<Vec<SentSitrep>, StoreError> {
        query(
            "select s.body, s.sent_at, s.sent_by, p.handle, p.name \
             from sitrep s left join person p on p.id = s.sent_by \
             where s.incident = $1 and s.version >= $2 and s.version <= $3 order by s.version",
        )
        .bind(number.0)
        .bind(from)
        .bind(to)
        .all(self.db.read())
        .await?
        .iter()
        .map(sent)
        .collect()
    }

    async fn imported(&self, key: &str) -> Result<Option<Number>, StoreError> {
        query("select number from import_source where key = $1")
            .bind(key)
            .one(self.db.read())
            .await?
            .map(|row| Ok(Number(row.get("number")?)))
            .transpose()
    }
}

fn count(row: &Row, column: &str) -> Result<Option<usize>, StoreError> {
    let count: Option<i64> = row.get(column)?;
    Ok(count.and_then(|count| usize::try_from(count).ok()))
}

fn sent(row: &Row) -> Result<SentSitrep, StoreError> {
    Ok(SentSitrep {
        sitrep: row.json("body")?,
        sent_at: row.time("sent_at")?,
        by: people::by(row, "sent_by")?,
    })
}
