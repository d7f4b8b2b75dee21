//! Reading along: whoever remembers a position misses nothing.

use crate::make::{begin, commit, declared, go_on, noted};
use crate::place::Place;
use domain::Kind;
use server::store::{Store, Target};
use std::sync::Arc;
use std::time::Duration;
use tokio::task::{JoinHandle, JoinSet};
use tokio::time::timeout;

/// Reads on from its place whenever it is woken, until it has seen position `last`; answers what it saw, in order.
fn reader(store: Arc<dyn Store>, last: i64, patience: Duration) -> JoinHandle<Vec<i64>> {
    tokio::spawn(async move {
        let mut head = store.head();
        let mut seen = Vec::new();
        let mut at = 0;
        while at < last {
            let part = store.feed(at, 7).await.expect("feed");
            if part.is_empty() {
                timeout(patience, head.changed())
                    .await
                    .unwrap_or_else(|_| panic!("nobody woke the reader at {at} of {last}"))
                    .expect("the store is there");
            }
            for entry in part {
                at = entry.position();
                seen.push(at);
            }
        }
        seen
    })
}

async fn eight_writers(stores: [Arc<dyn Store>; 2], each: i64) {
    let mut writers = JoinSet::new();
    for writer in 0..8_u32 {
        let store = stores[(writer % 2) as usize].clone();
        writers.spawn(async move {
            for n in 0..each {
                // Commits of different lengths finish in another order than they began, if anything lets them.
                let notes = (0..(n + i64::from(writer)) % 4).map(|_| noted("and"));
                let events = std::iter::once(declared("API", Kind::Live))
                    .chain(notes)
                    .collect();
                store
                    .commit(commit(Target::New, events, n))
                    .await
                    .expect("kept");
            }
        });
    }
    while let Some(writer) = writers.join_next().await {
        writer.expect("a writer");
    }
}

/// Eight writers of `each` commits with 0, 1, 2 or 3 notes in turn.
fn total(each: i64) -> i64 {
    (0..8)
        .flat_map(|w| (0..each).map(move |n| 1 + (n + w) % 4))
        .sum()
}

async fn nothing_is_missed(stores: [Arc<dyn Store>; 2], patience: Duration) {
    let last = total(20);
    let readers: Vec<_> = [0, 1, 0, 1]
        .into_iter()
        .map(|which: usize| reader(stores[which].clone(), last, patience))
        .collect();
    eight_writers(stores, 20).await;
    for reader in readers {
        let seen = reader.await.expect("a reader");
        assert_eq!(seen, (1..=last).collect::<Vec<_>>());
    }
}

pub async fn a_reader_that_remembers_its_place_misses_nothing(place: Place) {
    let stores = [place.store.clone(), place.store.clone()];
    nothing_is_missed(stores, Duration::from_secs(20)).await;
}

pub async fn two_processes_on_one_database_miss_nothing_of_each_other(place: Place) {
    let other = place.another().await;
    nothing_is_missed(
        [place.store.clone(), other.clone()],
        Duration::from_secs(20),
    )
    .await;
    other.close().await;
}

pub async fn the_head_wakes_another_process(place: Place) {
    let other = place.another().await;
    let mut head = other.head();
    // Let it begin to listen.
    tokio::time::sleep(Duration::from_millis(300)).await;
    let incident = begin(place.store.as_ref(), "API").await;
    assert_eq!(
        *place.store.head().borrow(),
        1,
        "one's own commit is known at once"
    );
    // SQLite is looked at once a second; PostgreSQL wakes long before its look every five, the last of which is just over.
    let soon = Duration::from_secs(3);
    let known = timeout(soon, head.wait_for(|position| *position == 1)).await;
    assert!(
        known.is_ok_and(|known| known.is_ok()),
        "the other process did not notice"
    );
    go_on(place.store.as_ref(), &incident, vec![noted("more")]).await;
    let known = timeout(soon, head.wait_for(|position| *position == 2)).await;
    assert!(
        known.is_ok_and(|known| known.is_ok()),
        "the other process did not notice again"
    );
    other.close().await;
}
