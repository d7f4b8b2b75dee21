//! PostgreSQL: any number of processes on one database.

use super::Db;
use crate::store::StoreError;
use sqlx::postgres::{PgConnectOptions, PgPool, PgPoolOptions};
use std::str::FromStr;
use std::time::Duration;

/// Connections of one process.
const CONNECTIONS: u32 = 10;
/// The oldest server that is tried.
const OLDEST: i64 = 13;
/// Where commits wake the other processes.
pub(in crate::store) const CHANNEL: &str = "muster";

/// Opens the database and makes sure that it is fit.
pub(in crate::store) async fn open(url: &str) -> Result<Db, StoreError> {
    // The error of a bad address may repeat it, and with it the password.
    let options = PgConnectOptions::from_str(url)
        .map_err(|_| StoreError::Address(BAD.to_owned()))?
        .application_name("muster");
    let place = format!(
        "{} at {}",
        options.get_database().unwrap_or("(its default)"),
        options.get_host()
    );
    let pool = PgPoolOptions::new()
        .max_connections(CONNECTIONS)
        .acquire_timeout(Duration::from_secs(10))
        .after_connect(|conn, _| {
            Box::pin(async move {
                // What was answered must be on disk, whatever the server's default is.
                sqlx::query(
                    "select set_config('synchronous_commit', 'on', false) \
                     where current_setting('synchronous_commit') = 'off'",
                )
                .execute(conn)
                .await
                .map(drop)
            })
        })
        .connect_with(options)
        .await
        .map_err(|error| {
            StoreError::Unfit(format!(
                "The PostgreSQL database {place} cannot be reached: {error}. Is the server up, and do name and password fit?"
            ))
        })?;
    check(&place, &pool).await?;
    Ok(Db::Postgres { pool })
}

const BAD: &str = "The address of the PostgreSQL database cannot be read. \
    Write postgres://USER:PASSWORD@HOST:PORT/NAME, with special characters of the password as %XX.";

async fn check(place: &str, pool: &PgPool) -> Result<(), StoreError> {
    let version: String = sqlx::query_scalar("select current_setting('server_version_num')")
        .fetch_one(pool)
        .await?;
    if version.parse::<i64>().unwrap_or(0) / 10_000 < OLDEST {
        return Err(StoreError::Unfit(format!(
            "The PostgreSQL database {place} is of version {version}. Muster needs {OLDEST} or newer."
        )));
    }
    let encoding: String = sqlx::query_scalar("select current_setting('server_encoding')")
        .fetch_one(pool)
        .await?;
    if encoding != "UTF8" {
        return Err(StoreError::Unfit(format!(
            "The PostgreSQL database {place} is encoded in {encoding}. Make one with `create database … encoding 'UTF8'`."
        )));
    }
    Ok(())
}
