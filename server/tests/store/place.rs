//! A fresh database for each test, gone afterwards.

use crate::postgres;
use server::store::{Store, open};
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

/// A database of its own.
#[derive(Clone)]
pub struct Place {
    /// The store, migrated.
    pub store: Arc<dyn Store>,
    /// Its address, for a second process.
    pub url: String,
}

impl Place {
    async fn at(url: String) -> Self {
        let store = open(&url).await.expect("the store opens");
        store.migrate().await.expect("the store migrates");
        Self { store, url }
    }

    /// Another process on the same database.
    pub async fn another(&self) -> Arc<dyn Store> {
        open(&self.url).await.expect("it opens a second time")
    }

    /// True on PostgreSQL.
    pub fn is_postgres(&self) -> bool {
        self.url.starts_with("postgres")
    }
}

/// A name that no other test has.
pub fn fresh_name() -> String {
    static COUNT: AtomicU32 = AtomicU32::new(0);
    let count = COUNT.fetch_add(1, Ordering::Relaxed);
    format!("muster_test_{}_{count}", std::process::id())
}

/// A folder that is removed at the end.
pub struct Folder(pub PathBuf);

impl Folder {
    /// Makes one.
    pub fn new() -> Self {
        let path = std::env::temp_dir().join(fresh_name());
        std::fs::create_dir_all(&path).expect("a temporary folder");
        Self(path)
    }

    /// The address of a database in it.
    pub fn url(&self) -> String {
        format!("sqlite:{}/muster.db", self.0.display())
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        std::fs::remove_dir_all(&self.0).ok();
    }
}

/// Runs a case on a new file.
pub async fn on_sqlite<F, R>(case: F)
where
    F: FnOnce(Place) -> R,
    R: Future<Output = ()> + Send + 'static,
{
    let folder = Folder::new();
    let place = Place::at(folder.url()).await;
    run(case(place.clone())).await;
    place.store.close().await;
}

/// Runs a case on a new database of a server.
pub async fn on_postgres<F, R>(case: F)
where
    F: FnOnce(Place) -> R,
    R: Future<Output = ()> + Send + 'static,
{
    let database = postgres::Database::new().await;
    let place = Place::at(database.url()).await;
    let result = tokio::spawn(case(place.clone())).await;
    place.store.close().await;
    database.drop().await;
    if let Err(failure) = result {
        std::panic::resume_unwind(failure.into_panic());
    }
}

/// A failing case fails the test only after it is cleaned up.
async fn run(case: impl Future<Output = ()> + Send + 'static) {
    if let Err(failure) = tokio::spawn(case).await {
        std::panic::resume_unwind(failure.into_panic());
    }
}
