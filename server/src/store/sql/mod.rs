//! The store on a database. Each file holds the SQL of its concern beside the function that runs it.

mod access;
mod admit;
mod append;
mod attempts;
mod backup;
mod change;
mod changes;
mod components;
mod drafts;
mod head;
mod house;
mod idempotency;
mod incidents;
mod listing;
mod log;
mod maintenance;
mod once;
mod ops;
mod outbox;
mod people;
mod post;
mod project;
mod public;
mod public_rows;
mod rebuild;
mod redact;
mod room;
mod search;
mod writer;

use super::db::{Db, postgres, sqlite};
use super::{Store, StoreError};
use domain::Number;
use std::sync::{Arc, Mutex};
use tokio::sync::{broadcast, mpsc, watch};
use tokio::task::JoinHandle;
use tokio_util::task::AbortOnDropHandle;
use writer::{Job, Written};

/// Jobs that may wait before whoever brings another has to wait too.
const QUEUE: usize = 1024;
/// Wake-ups of rooms that wait for a slow reader before it misses some.
const WAKES: usize = 64;

/// The store on a database.
pub(super) struct SqlStore {
    db: Db,
    head: Arc<watch::Sender<i64>>,
    rooms: broadcast::Sender<Number>,
    written: Arc<Written>,
    /// The way to the writer; gone once the store is closed.
    jobs: Mutex<Option<mpsc::Sender<Job>>>,
    writer: Mutex<Option<JoinHandle<()>>>,
    watch: AbortOnDropHandle<()>,
}

impl Store for SqlStore {}

impl SqlStore {
    /// Opens the database at an address.
    pub async fn open(url: &str) -> Result<Self, StoreError> {
        let (db, listen) = match url.split_once(':') {
            Some(("sqlite", rest)) => (sqlite::open(file(rest)?).await?, None),
            Some(("postgres" | "postgresql", _)) => (postgres::open(url).await?, Some(url)),
            other => return Err(unknown(other.map(|(scheme, _)| scheme))),
        };
        let head = Arc::new(watch::Sender::new(0));
        // Without tables there is no head yet; migrating looks again.
        head::look(&db, &head).await.ok();
        Ok(Self::on(db, head, listen))
    }

    /// Opens the database of a PostgreSQL server that may be away. Its head stands at 0 until the database was asked.
    pub fn open_unseen(url: &str) -> Result<Self, StoreError> {
        let db = postgres::open_unseen(url)?;
        Ok(Self::on(db, Arc::new(watch::Sender::new(0)), Some(url)))
    }

    fn on(db: Db, head: Arc<watch::Sender<i64>>, listen: Option<&str>) -> Self {
        let rooms = broadcast::Sender::new(WAKES);
        let written = Arc::new(Written::default());
        let (jobs, waiting) = mpsc::channel(QUEUE);
        let writer = tokio::spawn(writer::run(
            db.clone(),
            waiting,
            head.clone(),
            written.clone(),
        ));
        let watch = match listen {
            Some(url) => tokio::spawn(head::listen(
                db.clone(),
                head.clone(),
                rooms.clone(),
                url.to_owned(),
            )),
            None => tokio::spawn(head::poll(db.clone(), head.clone())),
        };
        Self {
            db,
            head,
            rooms,
            written,
            jobs: Mutex::new(Some(jobs)),
            writer: Mutex::new(Some(writer)),
            watch: AbortOnDropHandle::new(watch),
        }
    }

    /// Hands a job to the writer.
    async fn hand(&self, job: Job) -> Result<(), StoreError> {
        let jobs = self
            .jobs
            .lock()
            .map_err(|_| StoreError::Closed)?
            .clone()
            .ok_or(StoreError::Closed)?;
        jobs.send(job).await.map_err(|_| StoreError::Closed)
    }
}

/// The path in `sqlite:PATH`, also written `sqlite://PATH`.
fn file(rest: &str) -> Result<&str, StoreError> {
    let path = rest.strip_prefix("//").unwrap_or(rest);
    if path.is_empty() || path.contains(":memory:") {
        return Err(StoreError::Address(
            "The address of the SQLite database names no file. Write sqlite:PATH, for example sqlite:data/muster.db."
                .to_owned(),
        ));
    }
    Ok(path)
}

/// Only the scheme is repeated: the rest may hold a password.
fn unknown(scheme: Option<&str>) -> StoreError {
    let what = match scheme {
        Some(scheme) if scheme.len() <= 20 => {
            format!("A database address cannot begin with “{scheme}:”.")
        }
        _ => "That is not the address of a database.".to_owned(),
    };
    StoreError::Address(format!(
        "{what} Write sqlite:PATH for a file, or postgres://USER:PASSWORD@HOST:PORT/NAME for a PostgreSQL server."
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn bad_addresses_are_answered_with_the_good_forms_and_no_password() {
        for url in [
            "mysql://me:geheim@db/muster",
            "muster.db",
            "",
            "sqlite:",
            "sqlite::memory:",
            "postgres://me:geheim@:x:y/",
        ] {
            let words = SqlStore::open(url)
                .await
                .err()
                .map(|error| error.to_string())
                .unwrap_or_default();
            assert!(
                words.contains("Write sqlite:PATH") || words.contains("Write postgres://"),
                "{url}: {words}"
            );
            assert!(!words.contains("geheim"), "{url}: {words}");
        }
    }
}
