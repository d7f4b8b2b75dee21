//! Reading the public side.

use super::SqlStore;
use super::public_rows::word;
use crate::store::db::{Query, Row, query};
use crate::store::{Past, PublicSide, StoreError};
use async_trait::async_trait;
use domain::Number;
use domain::status::PublicIncident;
use domain::time::Time;

#[async_trait]
impl PublicSide for SqlStore {
    async fn public_active(&self) -> Result<Vec<PublicIncident>, StoreError> {
        let active =
            query("select body from public_incident where active = 1 order by number desc");
        self.with_words(active).await
    }

    async fn public_number(&self, code: &str) -> Result<Option<Number>, StoreError> {
        query("select number from public_incident where code = $1 and public = 1")
            .bind(code)
            .one(self.db.read())
            .await?
            .map(|row| row.get("number").map(Number))
            .transpose()
    }

    async fn public_newest(&self, limit: i64) -> Result<Vec<PublicIncident>, StoreError> {
        let newest = query(
            "select body from public_incident where public = 1 order by at desc, number desc limit $1",
        );
        self.with_words(newest.bind(limit.max(0))).await
    }

    async fn public_incident(&self, number: Number) -> Result<Option<PublicIncident>, StoreError> {
        let row = query("select body from public_incident where number = $1 and public = 1")
            .bind(number.0)
            .one(self.db.read())
            .await?;
        let Some(row) = row else { return Ok(None) };
        let mut incident: PublicIncident = row.json("body")?;
        self.add_words(&mut incident).await?;
        Ok(Some(incident))
    }

    async fn public_since(&self, from: Time) -> Result<Vec<PublicIncident>, StoreError> {
        let mut incidents: Vec<PublicIncident> = query(
            "select body from public_incident where public = 1 and (until is null or until >= $1) order by number",
        )
        .bind(from)
        .all(self.db.read())
        .await?
        .iter()
        .map(|row| row.json("body"))
        .collect::<Result<_, _>>()?;
        // All words in one go: there may be hundreds of incidents.
        let words = query(
            "select u.incident, u.body from public_update u join public_incident i on i.number = u.incident \
             where i.public = 1 and (i.until is null or i.until >= $1) order by u.incident, u.ordinal",
        )
        .bind(from)
        .all(self.db.read())
        .await?;
        for row in &words {
            let number = Number(row.get("incident")?);
            // One that came between the two questions is there the next time.
            if let Ok(at) = incidents.binary_search_by_key(&number, |incident| incident.number) {
                incidents[at].words.push(word(row)?);
            }
        }
        Ok(incidents)
    }

    async fn public_history(
        &self,
        before: Option<(Time, Number)>,
        limit: i64,
    ) -> Result<Vec<Past>, StoreError> {
        const NEWEST: &str = "select at, body from public_incident \
            where public = 1 and active = 0 order by at desc, number desc limit $1";
        const OLDER: &str = "select at, body from public_incident \
            where public = 1 and active = 0 and (at, number) < ($2, $3) order by at desc, number desc limit $1";
        let statement = match before {
            None => query(NEWEST).bind(limit.max(0)),
            Some((at, number)) => query(OLDER).bind(limit.max(0)).bind(at).bind(number.0),
        };
        let rows = statement.all(self.db.read()).await?;
        rows.iter().map(past).collect()
    }

    async fn public_between(&self, from: Time, to: Time) -> Result<Vec<Past>, StoreError> {
        query(
            "select at, body from public_incident where public = 1 and at >= $1 and at < $2 \
             order by at desc, number desc",
        )
        .bind(from)
        .bind(to)
        .all(self.db.read())
        .await?
        .iter()
        .map(past)
        .collect()
    }

    async fn public_around(
        &self,
        from: Time,
        to: Time,
    ) -> Result<(Option<Time>, Option<Time>), StoreError> {
        let row = query(
            "select (select max(at) from public_incident where public = 1 and at < $1) as before, \
             (select min(at) from public_incident where public = 1 and at >= $2) as after",
        )
        .bind(from)
        .bind(to)
        .one(self.db.read())
        .await?;
        let Some(row) = row else {
            return Ok((None, None));
        };
        Ok((row.maybe_time("before")?, row.maybe_time("after")?))
    }

    async fn public_span(&self) -> Result<Option<(Time, Time)>, StoreError> {
        // Two looks at the ends of an index; asking for both at once would go through all of it.
        let row = query(
            "select (select min(at) from public_incident where public = 1) as first, \
             (select max(at) from public_incident where public = 1) as last",
        )
        .one(self.db.read())
        .await?;
        let Some(row) = row else { return Ok(None) };
        Ok(row.maybe_time("first")?.zip(row.maybe_time("last")?))
    }
}

impl SqlStore {
    async fn with_words(&self, rows: Query<'_>) -> Result<Vec<PublicIncident>, StoreError> {
        let rows = rows.all(self.db.read()).await?;
        let mut incidents = Vec::with_capacity(rows.len());
        for row in &rows {
            let mut incident: PublicIncident = row.json("body")?;
            self.add_words(&mut incident).await?;
            incidents.push(incident);
        }
        Ok(incidents)
    }

    async fn add_words(&self, incident: &mut PublicIncident) -> Result<(), StoreError> {
        incident.words =
            query("select body from public_update where incident = $1 order by ordinal")
                .bind(incident.number.0)
                .all(self.db.read())
                .await?
                .iter()
                .map(word)
                .collect::<Result<_, _>>()?;
        Ok(())
    }
}

fn past(row: &Row) -> Result<Past, StoreError> {
    Ok(Past {
        at: row.time("at")?,
        incident: row.json("body")?,
    })
}
