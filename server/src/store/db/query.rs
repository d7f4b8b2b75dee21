//! One statement with its values, and the rows it gives.

use super::At;
use super::leased::{Leased, in_time};
use crate::store::{StoreError, times};
use domain::time::Time;
use serde::de::DeserializeOwned;
use sqlx::postgres::PgRow;
use sqlx::sqlite::SqliteRow;
use sqlx::{AssertSqlSafe, Decode, Postgres, Row as _, SqlStr, Sqlite, Type};
use std::borrow::Cow;

/// A value of the two kinds that both databases hold alike.
#[derive(Debug, Clone)]
pub(in crate::store) enum Value<'a> {
    /// A number, a time in microseconds, or a flag.
    Int(Option<i64>),
    /// A text.
    Text(Option<Cow<'a, str>>),
}

impl From<i64> for Value<'_> {
    fn from(value: i64) -> Self {
        Self::Int(Some(value))
    }
}

impl From<Option<i64>> for Value<'_> {
    fn from(value: Option<i64>) -> Self {
        Self::Int(value)
    }
}

impl From<bool> for Value<'_> {
    fn from(value: bool) -> Self {
        Self::Int(Some(i64::from(value)))
    }
}

impl From<Time> for Value<'_> {
    fn from(value: Time) -> Self {
        Self::Int(Some(times::micros(value)))
    }
}

impl From<Option<Time>> for Value<'_> {
    fn from(value: Option<Time>) -> Self {
        Self::Int(value.map(times::micros))
    }
}

impl<'a> From<&'a str> for Value<'a> {
    /// NUL goes: PostgreSQL cannot hold it, and the two must not differ. JSON texts carry it escaped and keep it.
    fn from(value: &'a str) -> Self {
        Self::Text(Some(if value.contains('\0') {
            value.replace('\0', "").into()
        } else {
            value.into()
        }))
    }
}

impl<'a> From<&'a String> for Value<'a> {
    fn from(value: &'a String) -> Self {
        value.as_str().into()
    }
}

impl From<String> for Value<'_> {
    fn from(value: String) -> Self {
        Self::Text(Some(if value.contains('\0') {
            value.replace('\0', "").into()
        } else {
            value.into()
        }))
    }
}

impl<'a> From<Option<&'a str>> for Value<'a> {
    fn from(value: Option<&'a str>) -> Self {
        value.map_or(Self::Text(None), Into::into)
    }
}

/// A statement with its values, not yet run.
#[must_use]
pub(in crate::store) struct Query<'a> {
    sql: SqlStr,
    values: Vec<Value<'a>>,
}

/// A statement; its places are `$1`, `$2`, …
pub(in crate::store) fn query<'a>(sql: &'static str) -> Query<'a> {
    Query {
        sql: SqlStr::from_static(sql),
        values: Vec::new(),
    }
}

/// Runs a query with the driver's own types; the same words for both.
macro_rules! with {
    ($query:expr, $on:expr, $how:ident) => {{
        let mut statement = sqlx::query($query.sql);
        for value in $query.values {
            statement = match value {
                Value::Int(value) => statement.bind(value),
                Value::Text(value) => statement.bind(value),
            };
        }
        statement.$how($on)
    }};
}

impl<'a> Query<'a> {
    /// A statement put together from constant pieces; values must never be among them.
    pub fn composed(sql: String) -> Self {
        Self {
            sql: sqlx::SqlSafeStr::into_sql_str(AssertSqlSafe(sql)),
            values: Vec::new(),
        }
    }

    /// The value of the next place.
    pub fn bind(mut self, value: impl Into<Value<'a>>) -> Self {
        self.values.push(value.into());
        self
    }

    /// Every row.
    pub async fn all(self, at: At<'_>) -> Result<Vec<Row>, StoreError> {
        fn rows<R>(rows: Vec<R>, wrap: fn(R) -> Row) -> Vec<Row> {
            rows.into_iter().map(wrap).collect()
        }
        Ok(match at {
            At::SqlitePool(pool) => rows(with!(self, pool, fetch_all).await?, Row::Sqlite),
            At::Sqlite(conn) => rows(with!(self, conn, fetch_all).await?, Row::Sqlite),
            At::PostgresPool(pool) => {
                let mut leased = Leased::take(pool).await?;
                let found = leased.alone(|conn| with!(self, conn, fetch_all)).await?;
                rows(found, Row::Postgres)
            }
            At::Postgres(conn) => rows(in_time(with!(self, conn, fetch_all)).await?, Row::Postgres),
        })
    }

    /// The first row, if there is one.
    pub async fn one(self, at: At<'_>) -> Result<Option<Row>, StoreError> {
        Ok(match at {
            At::SqlitePool(pool) => with!(self, pool, fetch_optional).await?.map(Row::Sqlite),
            At::Sqlite(conn) => with!(self, conn, fetch_optional).await?.map(Row::Sqlite),
            At::PostgresPool(pool) => {
                let mut leased = Leased::take(pool).await?;
                let found = leased
                    .alone(|conn| with!(self, conn, fetch_optional))
                    .await?;
                found.map(Row::Postgres)
            }
            At::Postgres(conn) => in_time(with!(self, conn, fetch_optional))
                .await?
                .map(Row::Postgres),
        })
    }

    /// How many rows it changed.
    pub async fn run(self, at: At<'_>) -> Result<u64, StoreError> {
        Ok(match at {
            At::SqlitePool(pool) => with!(self, pool, execute).await?.rows_affected(),
            At::Sqlite(conn) => with!(self, conn, execute).await?.rows_affected(),
            At::PostgresPool(pool) => {
                let mut leased = Leased::take(pool).await?;
                let done = leased.alone(|conn| with!(self, conn, execute)).await?;
                done.rows_affected()
            }
            At::Postgres(conn) => in_time(with!(self, conn, execute)).await?.rows_affected(),
        })
    }
}

/// A row of either database.
pub(in crate::store) enum Row {
    /// Of SQLite.
    Sqlite(SqliteRow),
    /// Of PostgreSQL.
    Postgres(PgRow),
}

/// What a cell can be read as.
pub(in crate::store) trait Cell:
    for<'r> Decode<'r, Sqlite> + Type<Sqlite> + for<'r> Decode<'r, Postgres> + Type<Postgres>
{
}

impl<T> Cell for T where
    T: for<'r> Decode<'r, Sqlite> + Type<Sqlite> + for<'r> Decode<'r, Postgres> + Type<Postgres>
{
}

impl Row {
    /// A number or a text.
    pub fn get<T: Cell>(&self, column: &str) -> Result<T, StoreError> {
        Ok(match self {
            Self::Sqlite(row) => row.try_get(column)?,
            Self::Postgres(row) => row.try_get(column)?,
        })
    }

    /// A flag.
    pub fn flag(&self, column: &str) -> Result<bool, StoreError> {
        Ok(self.get::<i64>(column)? != 0)
    }

    /// A time.
    pub fn time(&self, column: &str) -> Result<Time, StoreError> {
        times::time(self.get(column)?)
    }

    /// A time that may be missing.
    pub fn maybe_time(&self, column: &str) -> Result<Option<Time>, StoreError> {
        self.get::<Option<i64>>(column)?
            .map(times::time)
            .transpose()
    }

    /// A word of a fixed list.
    pub fn word<T: std::str::FromStr<Err = String>>(&self, column: &str) -> Result<T, StoreError> {
        self.get::<String>(column)?
            .parse()
            .map_err(StoreError::Corrupt)
    }

    /// A value kept as JSON.
    pub fn json<T: DeserializeOwned>(&self, column: &str) -> Result<T, StoreError> {
        let text: String = self.get(column)?;
        serde_json::from_str(&text)
            .map_err(|error| StoreError::Corrupt(format!("column {column}: {error}")))
    }
}
