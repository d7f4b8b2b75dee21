//! Commands that carry a key: carried out once, whoever sends them again.

use super::SqlStore;
use crate::store::db::{At, Tx, query};
use crate::store::{CarriedOut, StoreError};
use domain::time::Time;
use domain::{Number, PersonId};

/// Remembers what a key comes to, in the transaction of its events. False when it was carried out before.
pub(super) async fn claim(
    tx: &mut Tx,
    key: &str,
    carried: &CarriedOut,
    at: Time,
) -> Result<bool, StoreError> {
    let claimed = query(
        "insert into carried_out (key, person, command, incident, from_version, to_version, at) \
         values ($1, $2, $3, $4, $5, $6, $7) on conflict (key) do nothing",
    )
    .bind(key)
    .bind(carried.person.as_ref().map(PersonId::as_str))
    .bind(&carried.command)
    .bind(carried.incident.0)
    .bind(carried.from)
    .bind(carried.to)
    .bind(at)
    .run(tx.at())
    .await?;
    Ok(claimed == 1)
}

/// What the command with a key came to.
pub(super) async fn find(at: At<'_>, key: &str) -> Result<Option<CarriedOut>, StoreError> {
    query(
            "select person, command, incident, from_version, to_version from carried_out where key = $1",
        )
        .bind(key)
        .one(at)
        .await?
        .map(|row| {
            Ok(CarriedOut {
                person: row.get::<Option<String>>("person")?.map(PersonId::new),
                command: row.get("command")?,
                incident: Number(row.get("incident")?),
                from: row.get("from_version")?,
                to: row.get("to_version")?,
            })
        })
        .transpose()
}

impl SqlStore {
    /// Forgets keys of before a time.
    pub(super) async fn forget_carried_out(&self, before: Time) -> Result<u64, StoreError> {
        query("delete from carried_out where at < $1")
            .bind(before)
            .run(self.db.write())
            .await
    }
}
