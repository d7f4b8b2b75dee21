//! Opening, migrating, and what the tables look like.

use crate::make::begin;
use crate::place::{Folder, Place, on_postgres, on_sqlite};
use crate::rows::{meddle, tables, texts};
use server::store::{StoreError, open};
use std::sync::{Arc, Mutex};

pub async fn migrating_twice_is_migrating_once(place: Place) {
    let store = place.store.as_ref();
    assert!(store.is_empty().await.expect("read"));
    let before = tables(&place).await;
    store.migrate().await.expect("again");
    assert_eq!(tables(&place).await, before);
    begin(store, "API").await;
    store.migrate().await.expect("and again");
    assert!(!store.is_empty().await.expect("read"));
    assert_eq!(store.feed(0, 10).await.expect("feed").len(), 1);
}

pub async fn an_open_store_says_what_it_lacks(place: Place) {
    let store = place.store.as_ref();
    store.ready().await.expect("ready");
    assert_eq!(store.pending().await.expect("read"), [""; 0]);
    meddle(&place, "delete from _sqlx_migrations where version = 4").await;
    assert_eq!(store.pending().await.expect("read"), ["0004 house"]);
    match store.ready().await {
        Err(error @ StoreError::Pending(_)) => {
            let words = error.to_string();
            assert!(
                words.contains("0004 house") && words.contains("muster migrate"),
                "{words}"
            );
        }
        other => panic!("{other:?}"),
    }
    meddle(&place, "drop table _sqlx_migrations").await;
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../migrations/sqlite");
    let all = std::fs::read_dir(folder).expect("the folder").count();
    assert_eq!(store.pending().await.expect("read").len(), all);
}

/// Both folders end in the same tables, columns, kinds and needs.
pub async fn both_have_the_same_tables() {
    let found = Arc::new(Mutex::new(Vec::new()));
    let look = |found: Arc<Mutex<Vec<_>>>| {
        async move |place: Place| {
            let tables = tables(&place).await;
            found.lock().expect("a lock").push(tables);
        }
    };
    let (one, two) = (found.clone(), found.clone());
    on_sqlite(move |place| async move { look(one)(place).await }).await;
    on_postgres(move |place| async move { look(two)(place).await }).await;
    let found = found.lock().expect("a lock");
    assert!(found[0].len() > 15, "{:?}", found[0].keys());
    assert_eq!(found[0], found[1]);
}

/// The pragmas hold on the connections that the store uses; a file in another mode is put right.
pub async fn sqlite_is_set_as_it_must_be() {
    let folder = Folder::new();
    let store = open(&folder.url()).await.expect("the store opens");
    store.migrate().await.expect("the store migrates");
    let place = Place {
        store,
        url: folder.url(),
    };
    let mode = texts(&place, "pragma journal_mode".to_owned()).await;
    assert_eq!(mode, ["wal"]);
    place.store.close().await;
    // What is no database is refused with words, and not overwritten.
    let path = folder.0.join("letter.txt");
    std::fs::write(
        &path,
        "Dear Ines, this is no database at all, and it must stay as it is.",
    )
    .expect("written");
    let words = match open(&format!("sqlite:{}", path.display())).await {
        Err(error @ StoreError::Unfit(_)) => error.to_string(),
        Err(error) => panic!("{error:?}"),
        Ok(_) => panic!("a letter was opened as a database"),
    };
    assert!(
        words.contains("letter.txt") && words.contains("SQLite"),
        "{words}"
    );
    assert!(
        std::fs::read_to_string(&path)
            .expect("read")
            .starts_with("Dear Ines")
    );
}
