//! Letters: written down, taken by a worker, settled.

use super::SqlStore;
use super::project::json;
use crate::store::db::{Row, Tx, query};
use crate::store::{
    Backlog, Letter, NewLetter, Outbox, Posted, Standing, StoreError, Taken, Tried,
};
use async_trait::async_trait;
use domain::time::Time;
use domain::{Number, PersonId};

/// So many of what is in trouble are listed.
const LISTED: i64 = 100;

/// A statement that gives whole letters.
macro_rules! select_letters {
    ($rest:literal) => {
        concat!(
            "select key, letter, person, address, due_at, tries, state, trouble, settled_at from outbox ",
            $rest
        )
    };
}
/// Writes a letter down in a transaction.
pub(super) async fn insert(tx: &mut Tx, letter: &NewLetter, at: Time) -> Result<(), StoreError> {
    let incident = letter.letter.incident().map(|number| number.0);
    let sitrep = match &letter.letter {
        Letter::Sitrep { version, .. } => Some(*version),
        Letter::Reminder { .. }
        | Letter::Maintenance { .. }
        | Letter::SignIn { .. }
        | Letter::Test {} => None,
    };
    query(
        "insert into outbox (key, letter, incident, sitrep, person, address, created_at, due_at, tries, state) \
         values ($1, $2, $3, $4, $5, $6, $7, $7, 0, 'waiting') on conflict (key) do nothing",
    )
    .bind(&letter.key)
    .bind(json(&letter.letter)?)
    .bind(incident)
    .bind(sitrep)
    .bind(letter.person.as_ref().map(PersonId::as_str))
    .bind(&letter.address)
    .bind(at)
    .run(tx.at())
    .await
    .map(drop)
}

#[async_trait]
impl Outbox for SqlStore {
    async fn post(&self, letters: Vec<NewLetter>, at: Time) -> Result<(), StoreError> {
        let mut tx = self.db.begin().await?;
        for letter in &letters {
            insert(&mut tx, letter, at).await?;
        }
        tx.commit().await
    }

    async fn take_letters(
        &self,
        worker: &str,
        now: Time,
        until: Time,
        limit: i64,
    ) -> Result<Vec<Taken>, StoreError> {
        // Looked at first: an update takes the only writer of SQLite, and mostly there is nothing to do.
        let due = "select key from outbox where due_at <= $1 limit 1";
        let any = query(due).bind(now).one(self.db.read()).await?;
        if any.is_none() {
            return Ok(Vec::new());
        }
        let take = self.db.pick(
            "update outbox set worker = $1, due_at = $2, tries = tries + 1 where key in \
             (select key from outbox where due_at <= $3 order by due_at, key limit $4) \
             returning key, letter, person, address, created_at, tries",
            "update outbox set worker = $1, due_at = $2, tries = tries + 1 where key in \
             (select key from outbox where due_at <= $3 order by due_at, key limit $4 for update skip locked) \
             returning key, letter, person, address, created_at, tries",
        );
        query(take)
            .bind(worker)
            .bind(until)
            .bind(now)
            .bind(limit)
            .all(self.db.write())
            .await?
            .iter()
            .map(|row| {
                Ok(Taken {
                    key: row.get("key")?,
                    letter: row.json("letter")?,
                    person: person(row)?,
                    address: row.get("address")?,
                    created_at: row.time("created_at")?,
                    tries: row.get("tries")?,
                })
            })
            .collect()
    }

    async fn free_letters(&self, worker: &str, now: Time) -> Result<u64, StoreError> {
        let free = self.db.pick(
            "update outbox set worker = null, due_at = $2 where due_at is not null and (worker = $1 or worker is not null)",
            "update outbox set worker = null, due_at = $2 where due_at is not null and worker = $1",
        );
        query(free)
            .bind(worker)
            .bind(now)
            .run(self.db.write())
            .await
    }

    async fn settle_letter(
        &self,
        worker: &str,
        key: &str,
        tried: Tried,
        now: Time,
    ) -> Result<bool, StoreError> {
        let (state, due_at, trouble, settled_at) = match tried {
            Tried::Sent => ("sent", None, None, Some(now)),
            Tried::Again { at, trouble } => ("waiting", Some(at), Some(trouble), None),
            Tried::GivenUp { trouble } => ("failed", None, Some(trouble), Some(now)),
        };
        let settled = query(
            "update outbox set worker = null, state = $3, due_at = $4, trouble = $5, settled_at = $6 \
             where key = $2 and worker = $1",
        )
        .bind(worker)
        .bind(key)
        .bind(state)
        .bind(due_at)
        .bind(trouble.as_deref())
        .bind(settled_at)
        .run(self.db.write())
        .await?;
        Ok(settled == 1)
    }

    async fn sitrep_letters(
        &self,
        number: Number,
        version: i64,
    ) -> Result<Vec<Posted>, StoreError> {
        query(select_letters!(
            "where incident = $1 and sitrep = $2 order by address"
        ))
        .bind(number.0)
        .bind(version)
        .all(self.db.read())
        .await?
        .iter()
        .map(posted)
        .collect()
    }

    async fn incident_letters(&self, number: Number) -> Result<Vec<Posted>, StoreError> {
        query(select_letters!(
            "where incident = $1 order by sitrep, created_at, address"
        ))
        .bind(number.0)
        .all(self.db.read())
        .await?
        .iter()
        .map(posted)
        .collect()
    }

    async fn backlog(&self) -> Result<Backlog, StoreError> {
        let waiting = query(
            "select count(*) as many, min(created_at) as oldest from outbox where due_at is not null",
        )
        .one(self.db.read())
        .await?;
        let failed = query("select count(*) as many from outbox where state = 'failed'")
            .one(self.db.read())
            .await?;
        let troubled = query(select_letters!(
            "where state = 'failed' or (due_at is not null and trouble is not null) \
             order by state, created_at desc, key limit $1"
        ))
        .bind(LISTED)
        .all(self.db.read())
        .await?
        .iter()
        .map(posted)
        .collect::<Result<_, _>>()?;
        let many = |row: &Option<Row>| row.as_ref().map_or(Ok(0), |row| row.get("many"));
        Ok(Backlog {
            waiting: many(&waiting)?,
            oldest: waiting
                .as_ref()
                .map(|row| row.maybe_time("oldest"))
                .transpose()?
                .flatten(),
            failed: many(&failed)?,
            troubled,
        })
    }

    async fn retry_letters(&self, key: Option<&str>, now: Time) -> Result<u64, StoreError> {
        // One that a worker holds is left to it. A letter given up begins anew, or its age would give it up again at once.
        let (one, all) = (
            "update outbox set state = 'waiting', due_at = $1, tries = 0, settled_at = null, \
             created_at = case when state = 'failed' then $1 else created_at end \
             where state <> 'sent' and worker is null and key = $2",
            "update outbox set state = 'waiting', due_at = $1, tries = 0, settled_at = null, \
             created_at = case when state = 'failed' then $1 else created_at end \
             where state <> 'sent' and worker is null",
        );
        match key {
            Some(key) => query(one).bind(now).bind(key).run(self.db.write()).await,
            None => query(all).bind(now).run(self.db.write()).await,
        }
    }

    async fn purge_letters(&self, before: Time) -> Result<u64, StoreError> {
        query("delete from outbox where settled_at < $1")
            .bind(before)
            .run(self.db.write())
            .await
    }
}

fn person(row: &Row) -> Result<Option<PersonId>, StoreError> {
    Ok(row.get::<Option<String>>("person")?.map(PersonId::new))
}

fn posted(row: &Row) -> Result<Posted, StoreError> {
    let trouble: Option<String> = row.get("trouble")?;
    let standing = match (row.maybe_time("due_at")?, row.maybe_time("settled_at")?) {
        (Some(due_at), _) => Standing::Waiting { due_at, trouble },
        (None, Some(at)) if row.get::<String>("state")? == "sent" => Standing::Sent { at },
        (None, _) => Standing::Failed {
            trouble: trouble.unwrap_or_default(),
        },
    };
    Ok(Posted {
        key: row.get("key")?,
        letter: row.json("letter")?,
        person: person(row)?,
        address: row.get("address")?,
        tries: row.get("tries")?,
        standing,
    })
}
