//! Planned maintenance as rows.

use super::change::{Changed, taken};
use super::project::json;
use super::{SqlStore, outbox, post};
use crate::store::db::{Query, Row, Tx, query};
use crate::store::{HouseError, Letter, Maintenances, NewLetter, StoreError};
use async_trait::async_trait;
use domain::time::Time;
use domain::{HouseEvent, Maintenance, MaintenanceNumber};

#[async_trait]
impl Maintenances for SqlStore {
    async fn maintenance(
        &self,
        number: MaintenanceNumber,
    ) -> Result<Option<Maintenance>, StoreError> {
        let found = query("select body from maintenance where number = $1").bind(number.0);
        self.one_maintenance(found).await
    }

    async fn maintenance_by_code(&self, code: &str) -> Result<Option<Maintenance>, StoreError> {
        let found = query("select body from maintenance where code = $1").bind(code);
        self.one_maintenance(found).await
    }

    async fn maintenance_by_key(&self, key: &str) -> Result<Option<Maintenance>, StoreError> {
        let found = query("select body from maintenance where key = $1").bind(key);
        self.one_maintenance(found).await
    }

    async fn maintenances_open(&self) -> Result<Vec<Maintenance>, StoreError> {
        let open = "select body from maintenance where until is null order by starts, number";
        self.all_maintenances(query(open)).await
    }

    async fn maintenances(
        &self,
        before: Option<(Time, MaintenanceNumber)>,
        limit: i64,
    ) -> Result<Vec<Maintenance>, StoreError> {
        const NEWEST: &str =
            "select body from maintenance order by starts desc, number desc limit $1";
        const OLDER: &str = "select body from maintenance where (starts, number) < ($2, $3) \
            order by starts desc, number desc limit $1";
        let some = match before {
            None => query(NEWEST).bind(limit.max(0)),
            Some((at, number)) => query(OLDER).bind(limit.max(0)).bind(at).bind(number.0),
        };
        self.all_maintenances(some).await
    }

    async fn maintenances_between(
        &self,
        from: Time,
        to: Time,
    ) -> Result<Vec<Maintenance>, StoreError> {
        let between = "select body from maintenance where starts >= $1 and starts < $2 \
            order by starts desc, number desc";
        self.all_maintenances(query(between).bind(from).bind(to))
            .await
    }

    async fn maintenances_since(&self, from: Time) -> Result<Vec<Maintenance>, StoreError> {
        let since =
            "select body from maintenance where until is null or until >= $1 order by number";
        self.all_maintenances(query(since).bind(from)).await
    }

    async fn maintenances_span(&self) -> Result<Option<(Time, Time)>, StoreError> {
        let row = query(
            "select (select min(starts) from maintenance where until >= starts) as first, \
             (select max(starts) from maintenance where until >= starts) as last",
        )
        .one(self.db.read())
        .await?;
        let Some(row) = row else { return Ok(None) };
        Ok(row.maybe_time("first")?.zip(row.maybe_time("last")?))
    }
}

impl SqlStore {
    async fn one_maintenance(&self, found: Query<'_>) -> Result<Option<Maintenance>, StoreError> {
        let row = found.one(self.db.read()).await?;
        row.as_ref().map(body).transpose()
    }

    async fn all_maintenances(&self, found: Query<'_>) -> Result<Vec<Maintenance>, StoreError> {
        found.all(self.db.read()).await?.iter().map(body).collect()
    }
}

fn body(row: &Row) -> Result<Maintenance, StoreError> {
    row.json("body")
}

/// Adds one, or puts one in the place of the revision before it, with the one that follows it.
pub(super) async fn put(
    tx: &mut Tx,
    at: Time,
    mut after: Maintenance,
    key: Option<String>,
    next: Option<Maintenance>,
) -> Changed {
    let before = if after.revision == 1 {
        after.number = add(tx, after.clone(), key.as_deref()).await?;
        None
    } else {
        Some(replace(tx, &after).await?)
    };
    if let Some(next) = next {
        add(tx, next, None).await?;
    }
    let Some(before) = before else {
        return Ok(HouseEvent::MaintenanceScheduled {
            number: after.number,
            title: after.plan.title,
        });
    };
    let (number, title) = (after.number, after.plan.title.clone());
    let reminded = after.reminded_at > before.reminded_at;
    let overdue = after.overdue_at > before.overdue_at;
    Ok(if after.words.len() > before.words.len() {
        HouseEvent::MaintenanceTold {
            number,
            title,
            state: after.state,
        }
    } else if reminded || overdue {
        remind(tx, &after, overdue, at).await?;
        HouseEvent::MaintenanceReminded {
            number,
            title,
            overdue,
        }
    } else {
        HouseEvent::MaintenanceChanged { number, title }
    })
}

/// Takes over those of another page. What is known by its code is put in its place.
pub(super) async fn import(tx: &mut Tx, maintenances: Vec<Maintenance>) -> Changed {
    let (mut added, mut changed) = (0, 0);
    for mut one in maintenances {
        if one.number.0 == 0 {
            add(tx, one, None).await?;
            added += 1;
        } else {
            one.revision += 1;
            replace(tx, &one).await?;
            changed += 1;
        }
    }
    Ok(HouseEvent::MaintenancesImported { added, changed })
}

/// Gives it the next number: changes of the house take turns.
async fn add(
    tx: &mut Tx,
    mut one: Maintenance,
    key: Option<&str>,
) -> Result<MaintenanceNumber, HouseError> {
    let last = query("select coalesce(max(number), 0) as last from maintenance")
        .one(tx.at())
        .await?
        .map(|row| row.get::<i64>("last"))
        .transpose()?;
    one.number = MaintenanceNumber(last.unwrap_or_default() + 1);
    query(
        "insert into maintenance (number, key, code, revision, starts, until, body) \
         values ($1, $2, $3, $4, $5, $6, $7)",
    )
    .bind(one.number.0)
    .bind(key)
    .bind(one.code())
    .bind(one.revision)
    .bind(one.plan.from)
    .bind(one.ended_at)
    .bind(json(&one)?)
    .run(tx.at())
    .await
    .map_err(taken)?;
    Ok(one.number)
}

/// Answers what stood there. Whoever changes what somebody else has changed meanwhile is refused.
async fn replace(tx: &mut Tx, one: &Maintenance) -> Result<Maintenance, HouseError> {
    let before = query("select body from maintenance where number = $1")
        .bind(one.number.0)
        .one(tx.at())
        .await?
        .as_ref()
        .map(body)
        .transpose()?
        .ok_or(HouseError::Unknown)?;
    if before.revision + 1 != one.revision {
        return Err(HouseError::Stale);
    }
    query("update maintenance set revision = $2, starts = $3, until = $4, body = $5 where number = $1")
        .bind(one.number.0)
        .bind(one.revision)
        .bind(one.plan.from)
        .bind(one.ended_at)
        .bind(json(one)?)
        .run(tx.at())
        .await?;
    Ok(before)
}

async fn remind(tx: &mut Tx, one: &Maintenance, overdue: bool, at: Time) -> Result<(), StoreError> {
    let owner: Vec<_> = one.owner.iter().cloned().collect();
    for (person, address) in post::addresses(tx, &owner).await? {
        let letter = NewLetter {
            key: format!("maintenance:{}:{}", one.number, one.revision),
            letter: Letter::Maintenance {
                maintenance: one.number,
                overdue,
            },
            person: Some(person),
            address,
        };
        outbox::insert(tx, &letter, at).await?;
    }
    Ok(())
}
