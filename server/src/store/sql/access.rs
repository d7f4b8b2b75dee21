//! Sessions, sign-in links and API tokens.

use super::SqlStore;
use super::people::{person, person_columns};
use crate::store::db::{At, Row, query};
use crate::store::{Access, NewLink, NewSession, Session, StoreError, Token};
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

    async fn revoke_session(
        &self,
        person: &PersonId,
        id: &str,
        at: Time,
    ) -> Result<bool, StoreError> {
        query(
            "update session set revoked_at = $3 where id = $2 and person = $1 and revoked_at is null",
        )
        .bind(person.as_str())
        .bind(id)
        .bind(at)
        .run(self.db.write())
        .await
        .map(|ended| ended > 0)
    }

    async fn revoke_sessions(
        &self,
        person: &PersonId,
        except: Option<&str>,
        at: Time,
    ) -> Result<u64, StoreError> {
        let mut tx = self.db.begin().await?;
        let ended = query(
            "update session set revoked_at = $3 where person = $1 and id <> $2 and revoked_at is null",
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
        tx.commit().await?;
        Ok(ended)
    }

    async fn add_link(&self, link: NewLink) -> Result<(), StoreError> {
        put_link(self.db.write(), &link).await
    }

    async fn replace_links(&self, link: NewLink) -> Result<(), StoreError> {
        let mut tx = self.db.begin().await?;
        query("delete from sign_in_link where person = $1 and spent_at is null")
            .bind(link.person.as_str())
            .run(tx.at())
            .await?;
        put_link(tx.at(), &link).await?;
        tx.commit().await
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

    async fn spend_link(&self, token_hash: &str, session: NewSession) -> Result<bool, StoreError> {
        let mut tx = self.db.begin().await?;
        // One statement that finds it unspent and spends it: of two at once the second finds it spent.
        let spent = query(
            "update sign_in_link set spent_at = $3 \
             where token_hash = $1 and person = $2 and spent_at is null and expires_at > $3 \
             and person in (select id from person where active = 1)",
        )
        .bind(token_hash)
        .bind(session.person.as_str())
        .bind(session.created_at)
        .run(tx.at())
        .await?;
        if spent == 0 {
            return Ok(false);
        }
        query(
            "insert into session (id, person, token_hash, label, created_at, seen_at, expires_at) \
             values ($1, $2, $3, $4, $5, $5, $6)",
        )
        .bind(&session.id)
        .bind(session.person.as_str())
        .bind(&session.token_hash)
        .bind(&session.label)
        .bind(session.created_at)
        .bind(session.expires_at)
        .run(tx.at())
        .await?;
        tx.commit().await?;
        Ok(true)
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

async fn put_link(at: At<'_>, link: &NewLink) -> Result<(), StoreError> {
    query(
        "insert into sign_in_link (token_hash, person, created_at, expires_at) values ($1, $2, $3, $4)",
    )
    .bind(&link.token_hash)
    .bind(link.person.as_str())
    .bind(link.created_at)
    .bind(link.expires_at)
    .run(at)
    .await
    .map(drop)
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
