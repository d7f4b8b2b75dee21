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

/// What was answered must be on disk, whatever the server's default is.
const DURABLE: &str = "select set_config('synchronous_commit', 'on', false) \
    where current_setting('synchronous_commit') = 'off'";
/// A process that is gone without a word (no power, no network) may hold the row that gives out positions: the server gives
/// it up by itself, sooner than the others give up waiting. What an old server does not know is left out.
const GIVING_UP: &str = "select set_config(known.name, wanted.value, false) from pg_settings known join (values \
    ('idle_in_transaction_session_timeout', '5s'), ('client_connection_check_interval', '5s'), \
    ('tcp_keepalives_idle', '10'), ('tcp_keepalives_interval', '5'), ('tcp_keepalives_count', '3')) \
    wanted (name, value) on known.name = wanted.name";

/// Opens the database and makes sure that it is fit.
pub(in crate::store) async fn open(url: &str) -> Result<Db, StoreError> {
    let (options, place) = read(url)?;
    let pool = pool().connect_with(options).await.map_err(|error| {
        StoreError::Unfit(format!(
            "The PostgreSQL database {place} cannot be reached: {error}. Is the server up, and do name and password fit?"
        ))
    })?;
    check(&place, &pool).await?;
    Ok(Db::Postgres { pool })
}

/// Opens the database without asking it anything: it may be away.
pub(in crate::store) fn open_unseen(url: &str) -> Result<Db, StoreError> {
    let (options, _) = read(url)?;
    let pool = pool().connect_lazy_with(options);
    Ok(Db::Postgres { pool })
}

/// What an address says, and the same in words without a password.
fn read(url: &str) -> Result<(PgConnectOptions, String), StoreError> {
    // The error of a bad address may repeat it, and with it the password.
    let options = PgConnectOptions::from_str(url)
        .map_err(|_| StoreError::Address(BAD.to_owned()))?
        .application_name("muster");
    let place = format!(
        "{} at {}",
        options.get_database().unwrap_or("(its default)"),
        options.get_host()
    );
    Ok((options, place))
}

fn pool() -> PgPoolOptions {
    PgPoolOptions::new()
        .max_connections(CONNECTIONS)
        .acquire_timeout(Duration::from_secs(5))
        .after_connect(|conn, _| {
            Box::pin(async move {
                for settings in [DURABLE, GIVING_UP] {
                    sqlx::query(settings).execute(&mut *conn).await?;
                }
                Ok(())
            })
        })
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
