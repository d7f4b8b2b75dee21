//! Presence, reading and preferences.

use super::SqlStore;
use crate::store::db::{Db, query};
use crate::store::{Preference, Present, Room, StoreError};
use async_trait::async_trait;
use domain::time::Time;
use domain::{Number, PersonId};
use tokio::sync::broadcast;

#[async_trait]
impl Room for SqlStore {
    async fn wake_room(&self, number: Number) {
        if let Db::Postgres { .. } = self.db {
            // It comes back to this process like to every other.
            let woken = query("select pg_notify('muster', $1)")
                .bind(number.to_string())
                .run(self.db.write())
                .await;
            match woken {
                Ok(_) => return,
                Err(error) => tracing::debug!(%error, "the other processes were not woken"),
            }
        }
        // Nobody listening is no failure.
        let _ = self.rooms.send(number);
    }

    fn woken_rooms(&self) -> broadcast::Receiver<Number> {
        self.rooms.subscribe()
    }

    async fn beat(
        &self,
        number: Number,
        person: &PersonId,
        session: &str,
        at: Time,
        fresh: Time,
    ) -> Result<bool, StoreError> {
        let known = query(
            "select session from presence where incident = $1 and person = $2 and seen_at >= $3 limit 1",
        )
        .bind(number.0)
        .bind(person.as_str())
        .bind(fresh)
        .one(self.db.read())
        .await?;
        query(
            "insert into presence (incident, session, person, seen_at) values ($1, $2, $3, $4) \
             on conflict (incident, session) do update set person = excluded.person, seen_at = excluded.seen_at \
             where presence.seen_at <= excluded.seen_at",
        )
        .bind(number.0)
        .bind(session)
        .bind(person.as_str())
        .bind(at)
        .run(self.db.write())
        .await?;
        Ok(known.is_none())
    }

    async fn present(&self, number: Number, since: Time) -> Result<Vec<Present>, StoreError> {
        query(
            "select person, max(seen_at) as seen_at from presence \
             where incident = $1 and seen_at >= $2 group by person order by person",
        )
        .bind(number.0)
        .bind(since)
        .all(self.db.read())
        .await?
        .iter()
        .map(|row| {
            Ok(Present {
                person: PersonId::new(row.get::<String>("person")?),
                seen_at: row.time("seen_at")?,
            })
        })
        .collect()
    }

    async fn purge_presence(&self, before: Time) -> Result<u64, StoreError> {
        query("delete from presence where seen_at < $1")
            .bind(before)
            .run(self.db.write())
            .await
    }

    async fn read_sitrep(
        &self,
        person: &PersonId,
        number: Number,
        version: i64,
        at: Time,
    ) -> Result<(), StoreError> {
        query(
            "insert into seen (incident, sitrep, person, at) values ($1, $2, $3, $4) \
             on conflict (incident, sitrep, person) do nothing",
        )
        .bind(number.0)
        .bind(version)
        .bind(person.as_str())
        .bind(at)
        .run(self.db.write())
        .await
        .map(drop)
    }

    async fn last_read(
        &self,
        person: &PersonId,
        number: Number,
    ) -> Result<Option<(i64, Time)>, StoreError> {
        query(
            "select sitrep, at from seen where incident = $1 and person = $2 order by sitrep desc limit 1",
        )
        .bind(number.0)
        .bind(person.as_str())
        .one(self.db.read())
        .await?
        .map(|row| Ok((row.get("sitrep")?, row.time("at")?)))
        .transpose()
    }

    async fn readers(
        &self,
        number: Number,
        version: i64,
    ) -> Result<Vec<(PersonId, Time)>, StoreError> {
        query("select person, at from seen where incident = $1 and sitrep = $2 order by at, person")
            .bind(number.0)
            .bind(version)
            .all(self.db.read())
            .await?
            .iter()
            .map(|row| Ok((PersonId::new(row.get::<String>("person")?), row.time("at")?)))
            .collect()
    }

    async fn preference(&self, person: &PersonId) -> Result<Preference, StoreError> {
        query("select theme, keys_off from preference where person = $1")
            .bind(person.as_str())
            .one(self.db.read())
            .await?
            .map_or(Ok(Preference::default()), |row| {
                Ok(Preference {
                    theme: row.get("theme")?,
                    keys_off: row.flag("keys_off")?,
                })
            })
    }

    async fn put_preference(
        &self,
        person: &PersonId,
        preference: Preference,
    ) -> Result<(), StoreError> {
        query(
            "insert into preference (person, theme, keys_off) values ($1, $2, $3) \
             on conflict (person) do update set theme = excluded.theme, keys_off = excluded.keys_off",
        )
        .bind(person.as_str())
        .bind(preference.theme.as_deref())
        .bind(preference.keys_off)
        .run(self.db.write())
        .await
        .map(drop)
    }
}
