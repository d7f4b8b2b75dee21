//! The writer: many commits in one transaction, and none the worse for it.

use crate::make::{begin, commit, declared, noted};
use crate::place::Place;
use domain::{Incident, Kind, Number, Recorded};
use server::store::{Commit, CommitError, Committed, Store, StoreError, Target};
use std::sync::Arc;
use tokio::task::JoinSet;

type Answer = Result<Committed, CommitError>;

fn all_at_once(store: &Arc<dyn Store>, commits: Vec<Commit>) -> JoinSet<(usize, Answer)> {
    let mut running = JoinSet::new();
    for (index, commit) in commits.into_iter().enumerate() {
        let store = store.clone();
        running.spawn(async move { (index, store.commit(commit).await) });
    }
    running
}

async fn answers(store: &Arc<dyn Store>, commits: Vec<Commit>) -> Vec<Answer> {
    let mut done = all_at_once(store, commits).join_all().await;
    done.sort_by_key(|(index, _)| *index);
    done.into_iter().map(|(_, answer)| answer).collect()
}

fn new(title: &str) -> Commit {
    commit(
        Target::New,
        vec![declared(title, Kind::Live), noted(title)],
        0,
    )
}

pub async fn many_waiting_commits_share_few_transactions(place: Place) {
    let commits = (0..200).map(|n| new(&format!("number {n}"))).collect();
    let answers = answers(&place.store, commits).await;
    assert!(answers.iter().all(Result::is_ok));
    let figures = place.store.writer_figures();
    assert_eq!(figures.jobs, 200);
    // At 64 to a transaction four would do; the first ones start before all are waiting.
    assert!(figures.transactions <= 40, "{figures:?}");
}

pub async fn a_bad_commit_harms_no_other(place: Place) {
    let old = begin(place.store.as_ref(), "there already").await;
    let target = || Target::Incident(Box::new(old.clone()));
    // Of these, every third is refused: two for a conflict with the one before them, one for want of a beginning.
    let mut commits = Vec::new();
    for n in 0..60 {
        commits.push(match n % 3 {
            0 => new(&format!("good {n}")),
            1 => commit(Target::New, vec![noted("no beginning")], 0),
            _ => commit(target(), vec![noted("mine"), noted("all mine")], 0),
        });
    }
    let answers = answers(&place.store, commits).await;
    let mut won = 0;
    for (n, answer) in answers.iter().enumerate() {
        match (n % 3, answer) {
            (0, Ok(_)) => {}
            (1, Err(CommitError::Store(StoreError::Senseless(_)))) => {}
            (2, Ok(_)) => won += 1,
            (2, Err(CommitError::Conflict { actual: 3 })) => {}
            other => panic!("{n}: {other:?}"),
        }
    }
    assert_eq!(won, 1, "exactly one of those on the same version");
    assert!(place.store.writer_figures().transactions < 60);
    no_gaps(place.store.as_ref(), 21, 1 + 20 * 2 + 2).await;
}

pub async fn positions_and_numbers_have_no_gap_under_eight_writers(place: Place) {
    let other = place.another().await;
    let mut writers = JoinSet::new();
    for writer in 0..8 {
        // Half of them are another process.
        let store = if writer % 2 == 0 {
            place.store.clone()
        } else {
            other.clone()
        };
        writers.spawn(async move {
            let mut mine: Option<Incident> = None;
            for n in 0..15 {
                let target = mine
                    .take()
                    .map_or(Target::New, |i| Target::Incident(Box::new(i)));
                let events = match target {
                    Target::New => vec![declared(&format!("{writer}"), Kind::Live)],
                    Target::Incident(_) => vec![noted(&format!("{n}")), noted("again")],
                };
                // Now and then one that fails, so that gaps could come from there.
                if n % 4 == 0 {
                    let bad = commit(Target::New, vec![noted("bad")], 0);
                    assert!(store.commit(bad).await.is_err());
                }
                let done = store.commit(commit(target, events, n)).await.expect("kept");
                mine = (n % 5 != 4).then_some(done.incident);
            }
        });
    }
    while let Some(writer) = writers.join_next().await {
        writer.expect("a writer");
    }
    other.close().await;
    // Three incidents a writer, each of 1 + 4 × 2 events.
    no_gaps(place.store.as_ref(), 24, 24 * 9).await;
}

/// Numbers from 1 to `incidents` and positions from 1 to `events`, each once and in order.
async fn no_gaps(store: &dyn Store, incidents: i64, events: i64) {
    let feed = store.feed(0, 10_000).await.expect("feed");
    let positions: Vec<i64> = feed.iter().map(server::store::Logged::position).collect();
    assert_eq!(positions, (1..=events).collect::<Vec<_>>());
    for number in 1..=incidents {
        let stream = store.stream(Number(number), 0).await.expect("stream");
        let versions: Vec<i64> = stream.iter().map(|event| event.version).collect();
        assert_eq!(versions, (1_i64..).take(versions.len()).collect::<Vec<_>>());
        let folded = Incident::fold(stream.iter().collect::<Vec<&Recorded>>());
        assert_eq!(store.incident(Number(number)).await.expect("read"), folded);
        assert!(folded.is_some(), "number {number} is missing");
    }
    assert_eq!(
        store.incident(Number(incidents + 1)).await.expect("read"),
        None
    );
}

pub async fn closing_finishes_what_waits(place: Place) {
    let commits = (0..50).map(|n| new(&format!("number {n}"))).collect();
    let running = all_at_once(&place.store, commits);
    tokio::task::yield_now().await;
    place.store.close().await;
    let mut kept = 0;
    for (_, answer) in running.join_all().await {
        match answer {
            Ok(_) => kept += 1,
            Err(CommitError::Store(StoreError::Closed)) => {}
            other => panic!("{other:?}"),
        }
    }
    let again = place.another().await;
    let there = again.feed(0, 1000).await.expect("feed").len();
    assert_eq!(
        there,
        kept * 2,
        "what was answered is there, and nothing else"
    );
    match place.store.commit(new("too late")).await {
        Err(CommitError::Store(StoreError::Closed)) => {}
        other => panic!("{other:?}"),
    }
    assert!(matches!(place.store.ready().await, Err(StoreError::Closed)));
    again.ready().await.expect("ready");
    again.close().await;
}
