//! Sessions, sign-in links, passwords and API tokens, as they are read.

use super::people::{person, person_columns};
use super::{SqlStore, attempts};
use crate::store::db::{Row, Tx, query};
use crate::store::{Access, Attempt, Counter, NewLink, Session, StoreError, Token};
use async_trait::async_trait;
use domain::time::Time;
use domain::{Person, PersonId};

#[async_trait]
impl Access for SqlStore {
    async fn session(
        &self,
        token_hash: &str,
        now: Time,
    ) -> Result<Option<(Session, Person)>, StoreError> {
        query(concat!(
            "select s.id as session_id, s.person, s.label, s.created_at, s.seen_at, s.expires_at, ",
            person_columns!(),
            " from session s join person p on p.id = s.person and p.active = 1 \
             where s.token_hash = $1 and s.revoked_at is null and s.expires_at > $2"
        ))
        .bind(token_hash)
        .bind(now)
        .one(self.db.read())
        .await?
        .map(|row| Ok((session(&row)?, person(&row)?)))
        .transpose()
    }

    async fn touch_session(&self, id: &str, at: Time) -> Result<(), StoreError> {
        query("update session set seen_at = $2 where id = $1 and seen_at < $2")
            .bind(id)
            .bind(at)
            .run(self.db.write())
            .await
            .map(drop)
    }

    async fn sessions(&self, person: &PersonId, now: Time) -> Result<Vec<Session>, StoreError> {
        query(
            "select id as session_id, person, label, created_at, seen_at, expires_at from session \
             where person = $1 and revoked_at is null and expires_at > $2 order by seen_at desc, id",
        )
        .bind(person.as_str())
        .bind(now)
        .all(self.db.read())
        .await?
        .iter()
        .map(session)
        .collect()
    }

    async fn link(&self, token_hash: &str, now: Time) -> Result<Option<Person>, StoreError> {
        query(concat!(
            "select ",
            person_columns!(),
            " from sign_in_link l join person p on p.id = l.person and p.active = 1 \
             where l.token_hash = $1 and l.spent_at is null and l.expires_at > $2"
        ))
        .bind(token_hash)
        .bind(now)
        .one(self.db.read())
        .await?
        .map(|row| person(&row))
        .transpose()
    }

    async fn password(&self, person: &PersonId) -> Result<Option<String>, StoreError> {
        query("select hash from password where person = $1")
            .bind(person.as_str())
            .one(self.db.read())
            .await?
            .map(|row| row.get("hash"))
            .transpose()
    }

    async fn attempt(&self, counters: &[Counter], now: Time) -> Result<Attempt, StoreError> {
        attempts::count(self.db.begin().await?, counters, now).await
    }

    async fn attempt_succeeded(&self, counters: &[Counter]) -> Result<(), StoreError> {
        attempts::forgive(self.db.begin().await?, counters).await
    }

    async fn purge_attempts(&self, before: Time) -> Result<u64, StoreError> {
        query("delete from sign_in_attempt where at < $1")
            .bind(before)
            .run(self.db.write())
            .await
    }

    async fn token(&self, secret_hash: &str) -> Result<Option<(Token, Person)>, StoreError> {
        query(concat!(
            "select t.id as token_id, t.name as token_name, t.person, t.scope, t.created_at, t.last_used_at, \
             t.revoked_at, ",
            person_columns!(),
            " from api_token t join person p on p.id = t.person and p.active = 1 \
             where t.secret_hash = $1 and t.revoked_at is null"
        ))
        .bind(secret_hash)
        .one(self.db.read())
        .await?
        .map(|row| Ok((token(&row)?, person(&row)?)))
        .transpose()
    }

    async fn touch_token(&self, id: &str, at: Time) -> Result<(), StoreError> {
        query(
            "update api_token set last_used_at = $2 \
             where id = $1 and (last_used_at is null or last_used_at < $2)",
        )
        .bind(id)
        .bind(at)
        .run(self.db.write())
        .await
        .map(drop)
    }

    async fn purge_access(&self, before: Time) -> Result<u64, StoreError> {
        let mut tx = self.db.begin().await?;
        let sessions = query("delete from session where expires_at < $1 or revoked_at < $1")
            .bind(before)
            .run(tx.at())
            .await?;
        let links = query("delete from sign_in_link where expires_at < $1 or spent_at < $1")
            .bind(before)
            .run(tx.at())
            .await?;
        tx.commit().await?;
        Ok(sessions + links)
    }
}

pub(super) async fn put_link(tx: &mut Tx, link: &NewLink) -> Result<(), StoreError> {
    query(
        "insert into sign_in_link (token_hash, person, created_at, expires_at) values ($1, $2, $3, $4)",
    )
    .bind(&link.token_hash)
    .bind(link.person.as_str())
    .bind(link.created_at)
    .bind(link.expires_at)
    .run(tx.at())
    .await
    .map(drop)
}

/// Ends all of a person's sessions but one, and spends their links. Answers how many sessions ended.
pub(super) async fn shut(
    tx: &mut Tx,
    person: &PersonId,
    except: Option<&str>,
    at: Time,
) -> Result<u64, StoreError> {
    let ended = query(
        "update session set revoked_at = $3 \
         where person = $1 and id <> $2 and revoked_at is null and expires_at > $3",
    )
    .bind(person.as_str())
    .bind(except.unwrap_or_default())
    .bind(at)
    .run(tx.at())
    .await?;
    query("update sign_in_link set spent_at = $2 where person = $1 and spent_at is null")
        .bind(person.as_str())
        .bind(at)
        .run(tx.at())
        .await?;
    Ok(ended)
}

fn session(row: &Row) -> Result<Session, StoreError> {
    Ok(Session {
        id: row.get("session_id")?,
        person: PersonId::new(row.get::<String>("person")?),
        label: row.get("label")?,
        created_at: row.time("created_at")?,
        seen_at: row.time("seen_at")?,
        expires_at: row.time("expires_at")?,
    })
}

/// A token from its row; its own columns are called `token_…` where a person has the same.
pub(super) fn token(row: &Row) -> Result<Token, StoreError> {
    Ok(Token {
        id: row.get("token_id")?,
        name: row.get("token_name")?,
        person: PersonId::new(row.get::<String>("person")?),
        scope: row.word("scope")?,
        created_at: row.time("created_at")?,
        last_used_at: row.maybe_time("last_used_at")?,
        revoked_at: row.maybe_time("revoked_at")?,
    })
}
