//! Requests that carry a key.

use super::project::json;
use super::{SqlStore, once};
use crate::store::db::{Row, Tx, query};
use crate::store::{Answer, Idempotency, Request, Reserved, StoreError};
use async_trait::async_trait;
use domain::Number;
use domain::time::Time;

/// In place of a status: the answer was redacted.
const REDACTED: i64 = 0;

/// Empties the answers about an incident, those too that are still to be written down. They stay known: a request that was
/// carried out must not be carried out a second time, and would bring back what was redacted. What has yet to commit
/// decides on what is left.
pub(super) async fn redact(tx: &mut Tx, number: Number) -> Result<(), StoreError> {
    let one = format!("/api/v1/incidents/{number}");
    query(
        "update idempotency set status = $1, headers = null, body = null \
         where (body is not null and (path = $2 or path like $3)) or exists (select 1 from carried_out \
         where carried_out.key = idempotency.person || ' ' || idempotency.key and carried_out.incident = $4)",
    )
    .bind(REDACTED)
    .bind(&one)
    .bind(format!("{one}/%"))
    .bind(number.0)
    .run(tx.at())
    .await
    .map(drop)
}

#[async_trait]
impl Idempotency for SqlStore {
    async fn reserve(&self, request: &Request, cut_off: Time) -> Result<Reserved, StoreError> {
        let mut tx = self.db.begin().await?;
        // Inserting first is what makes it safe: of two at once one inserts, and the other waits and then finds the row.
        let fresh = query(
            "insert into idempotency (person, key, method, path, body_hash, created_at) \
             values ($1, $2, $3, $4, $5, $6) on conflict (person, key) do nothing",
        )
        .bind(request.person.as_str())
        .bind(&request.key)
        .bind(&request.method)
        .bind(&request.path)
        .bind(&request.body_hash)
        .bind(request.at)
        .run(tx.at())
        .await?;
        let known = if fresh == 1 {
            Reserved::Fresh
        } else {
            query(
                "select method, path, body_hash, status, headers, body, created_at from idempotency \
                 where person = $1 and key = $2",
            )
            .bind(request.person.as_str())
            .bind(&request.key)
            .one(tx.at())
            .await?
            // Given back or forgotten between the two statements: whoever asks again gets it.
            .map_or(Ok(Reserved::Pending { since: request.at }), |row| {
                known(&row, request)
            })?
        };
        let known = match known {
            open @ (Reserved::Fresh | Reserved::Pending { .. }) => {
                let once = request.once();
                match (once::find(tx.at(), &once.key).await?, open) {
                    (Some(before), _) if before.command == once.command => Reserved::Done,
                    (Some(_), _) => Reserved::Different,
                    (None, Reserved::Pending { since })
                        if since < cut_off && take_over(&mut tx, request, since).await? =>
                    {
                        Reserved::Fresh
                    }
                    (None, open) => open,
                }
            }
            closed => closed,
        };
        tx.commit().await?;
        Ok(known)
    }

    async fn complete(&self, request: &Request, answer: Answer) -> Result<(), StoreError> {
        query(
            // One that was redacted while the request was being done stays so.
            "update idempotency set status = $3, headers = $4, body = $5 \
             where person = $1 and key = $2 and status is null",
        )
        .bind(request.person.as_str())
        .bind(&request.key)
        .bind(i64::from(answer.status))
        .bind(json(&answer.headers)?)
        .bind(&answer.body)
        .run(self.db.write())
        .await
        .map(drop)
    }

    async fn release(&self, request: &Request) -> Result<(), StoreError> {
        query(
            "delete from idempotency where person = $1 and key = $2 and created_at = $3 and status is null",
        )
        .bind(request.person.as_str())
        .bind(&request.key)
        .bind(request.at)
        .run(self.db.write())
        .await
        .map(drop)
    }

    async fn purge_requests(&self, before: Time) -> Result<u64, StoreError> {
        query("delete from idempotency where created_at < $1")
            .bind(before)
            .run(self.db.write())
            .await
    }
}

/// Makes a request that was cut off one's own. Of two who try, one does.
async fn take_over(tx: &mut Tx, request: &Request, since: Time) -> Result<bool, StoreError> {
    let taken = query(
        "update idempotency set created_at = $4 where person = $1 and key = $2 and created_at = $3 \
         and status is null and body is null",
    )
    .bind(request.person.as_str())
    .bind(&request.key)
    .bind(since)
    .bind(request.at)
    .run(tx.at())
    .await?;
    Ok(taken == 1)
}

fn known(row: &Row, request: &Request) -> Result<Reserved, StoreError> {
    let same = row.get::<String>("method")? == request.method
        && row.get::<String>("path")? == request.path
        && row.get::<String>("body_hash")? == request.body_hash;
    if !same {
        return Ok(Reserved::Different);
    }
    let status = match row.get::<Option<i64>>("status")? {
        None => {
            return Ok(Reserved::Pending {
                since: row.time("created_at")?,
            });
        }
        Some(REDACTED) => return Ok(Reserved::Redacted),
        Some(status) => status,
    };
    Ok(Reserved::Answered(Answer {
        status: u16::try_from(status)
            .map_err(|_| StoreError::Corrupt(format!("{status} is not an HTTP status")))?,
        headers: row.json("headers")?,
        body: row.get("body")?,
    }))
}
