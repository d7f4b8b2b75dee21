//! Requests that carry a key.

use super::SqlStore;
use super::project::json;
use crate::store::db::{Row, query};
use crate::store::{Answer, Idempotency, Request, Reserved, StoreError};
use async_trait::async_trait;
use domain::time::Time;

#[async_trait]
impl Idempotency for SqlStore {
    async fn reserve(&self, request: &Request) -> Result<Reserved, StoreError> {
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
        tx.commit().await?;
        Ok(known)
    }

    async fn complete(&self, request: &Request, answer: Answer) -> Result<(), StoreError> {
        query(
            "update idempotency set status = $3, headers = $4, body = $5 where person = $1 and key = $2",
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
        query("delete from idempotency where person = $1 and key = $2 and status is null")
            .bind(request.person.as_str())
            .bind(&request.key)
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

fn known(row: &Row, request: &Request) -> Result<Reserved, StoreError> {
    let same = row.get::<String>("method")? == request.method
        && row.get::<String>("path")? == request.path
        && row.get::<String>("body_hash")? == request.body_hash;
    if !same {
        return Ok(Reserved::Different);
    }
    let Some(status) = row.get::<Option<i64>>("status")? else {
        return Ok(Reserved::Pending {
            since: row.time("created_at")?,
        });
    };
    Ok(Reserved::Answered(Answer {
        status: u16::try_from(status)
            .map_err(|_| StoreError::Corrupt(format!("{status} is not an HTTP status")))?,
        headers: row.json("headers")?,
        body: row.get("body")?,
    }))
}
