//! Reading people, components, settings and tokens.

use super::log::select_events;
use super::people::{by, person, person_columns};
use super::writer::Job;
use super::{SqlStore, access, components};
use crate::store::db::{Row, query};
use crate::store::{House, HouseChange, HouseEntry, HouseError, StoreError, Token};
use async_trait::async_trait;
use domain::time::Time;
use domain::{AccountRole, Directory, HouseEvent, Look, Person, PersonId, PersonRef};

#[async_trait]
impl House for SqlStore {
    async fn directory(&self) -> Result<Directory, StoreError> {
        let people = query(concat!(
            "select ",
            person_columns!(),
            " from person p order by p.created_at, p.id"
        ))
        .all(self.db.read())
        .await?
        .iter()
        .map(person)
        .collect::<Result<_, _>>()?;
        let components = components::all(self.db.read()).await?;
        let groups = components::groups(self.db.read()).await?;
        let settings = query("select body from setting where id = 1")
            .one(self.db.read())
            .await?
            .map(|row| row.json("body"))
            .transpose()?
            .unwrap_or_default();
        Ok(Directory {
            people,
            components,
            groups,
            settings,
        })
    }

    async fn look(&self) -> Result<Look, StoreError> {
        query("select body from look where id = 1")
            .one(self.db.read())
            .await?
            .map(|row| row.json("body"))
            .transpose()
            .map(Option::unwrap_or_default)
    }

    async fn person(&self, id: &PersonId) -> Result<Option<Person>, StoreError> {
        query(concat!(
            "select ",
            person_columns!(),
            " from person p where p.id = $1"
        ))
        .bind(id.as_str())
        .one(self.db.read())
        .await?
        .map(|row| person(&row))
        .transpose()
    }

    async fn find_person(&self, handle_or_email: &str) -> Result<Option<Person>, StoreError> {
        query(concat!(
            "select ",
            person_columns!(),
            // Should one's handle be another's e-mail, the handle wins.
            " from person p where p.handle = $1 or p.email = $1 order by p.handle = $1 desc limit 1"
        ))
        .bind(handle_or_email.trim().to_lowercase())
        .one(self.db.read())
        .await?
        .map(|row| person(&row))
        .transpose()
    }

    async fn has_admin(&self) -> Result<bool, StoreError> {
        query("select id from person where role = $1 and active = 1 and service = 0 limit 1")
            .bind(AccountRole::Admin.as_str())
            .one(self.db.read())
            .await
            .map(|row| row.is_some())
    }

    async fn tokens(&self) -> Result<Vec<Token>, StoreError> {
        query(
            "select t.id as token_id, t.name as token_name, t.person, t.scope, t.created_at, t.last_used_at, \
             t.revoked_at from api_token t order by t.created_at, t.id",
        )
        .all(self.db.read())
        .await?
        .iter()
        .map(access::token)
        .collect()
    }

    async fn change_house(
        &self,
        by: Option<PersonRef>,
        at: Time,
        change: HouseChange,
    ) -> Result<i64, HouseError> {
        self.ask(|reply| Job::House(Box::new((by, at, change)), reply))
            .await
    }

    async fn house_entries(
        &self,
        by: Option<&PersonId>,
        before: Option<i64>,
        limit: i64,
    ) -> Result<Vec<HouseEntry>, StoreError> {
        // Read backwards along an index, by the version: the same order as that of positions.
        let read = match by {
            Some(person) => query(select_events!(
                "where e.stream = 'house' and e.actor = $3 and e.version < \
                 coalesce((select version from event where position = $1 and stream = 'house'), $4) \
                 order by e.version desc limit $2"
            ))
            .bind(before.unwrap_or(0))
            .bind(limit.max(0))
            .bind(person.as_str()),
            None => query(select_events!(
                "where e.stream = 'house' and e.version < \
                 coalesce((select version from event where position = $1 and stream = 'house'), $3) \
                 order by e.version desc limit $2"
            ))
            .bind(before.unwrap_or(0))
            .bind(limit.max(0)),
        };
        // A position where no entry of the house is has nothing before it.
        read.bind(if before.is_some() { 0 } else { i64::MAX })
            .all(self.db.read())
            .await?
            .iter()
            .map(entry)
            .collect()
    }
}

fn entry(row: &Row) -> Result<HouseEntry, StoreError> {
    let kind: String = row.get("kind")?;
    Ok(HouseEntry {
        position: row.get("position")?,
        at: row.time("recorded_at")?,
        by: by(row, "actor")?,
        event: HouseEvent::read(&kind, &row.json("payload")?),
    })
}
