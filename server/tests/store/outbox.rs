//! Letters: written down with what they tell of, taken by one worker, back when that one dies.

use crate::make::{add_person, at, begin, commit, sitrep};
use crate::place::Place;
use domain::{IncidentEvent, Number, PersonId, Settings};
use server::store::{
    Commit, CommitError, HouseChange, Letter, NewLetter, Standing, Store, Target, Tried,
};
use std::collections::BTreeMap;
use tokio::task::JoinSet;

fn letter(key: &str) -> NewLetter {
    NewLetter {
        key: key.to_owned(),
        letter: Letter::Test {},
        person: None,
        address: format!("{key}@example.test"),
    }
}

async fn post(store: &dyn Store, keys: &[&str]) {
    let letters = keys.iter().map(|key| letter(key)).collect();
    store.post(letters, at(0)).await.expect("posted");
}

async fn take(store: &dyn Store, worker: &str, minute: i64) -> Vec<String> {
    let taken = store.take_letters(worker, at(minute), at(minute + 3), 100);
    let mut keys: Vec<String> = taken
        .await
        .expect("taken")
        .into_iter()
        .map(|t| t.key)
        .collect();
    keys.sort();
    keys
}

pub async fn a_sitrep_and_its_letters_are_one_transaction(place: Place) {
    let store = place.store.as_ref();
    for who in ["ines", "bo", "out"] {
        add_person(store, who).await;
    }
    let shut_out = domain::Person {
        active: false,
        ..crate::make::person("out")
    };
    let settings = Settings {
        incident_list: vec!["bo@example.test".to_owned(), "list@example.test".to_owned()],
        ..Settings::default()
    };
    for change in [
        HouseChange::PutPerson(shut_out),
        HouseChange::PutSettings(Box::new(settings)),
    ] {
        store
            .change_house(None, at(0), change)
            .await
            .expect("changed");
    }
    let mut incident = begin(store, "API failing").await;
    for who in ["bo", "out"] {
        let person = PersonId::new(format!("p-{who}"));
        let joined = vec![IncidentEvent::Joined { person }];
        incident = crate::make::go_on(store, &incident, joined).await.incident;
    }
    let send = |version, letters| {
        let target = Target::Incident(Box::new(incident.clone()));
        let commit = commit(target, vec![sitrep(version, "x")], 5);
        store.commit(Commit { letters, ..commit })
    };
    send(1, true).await.expect("sent");
    // Decided on the state before: it comes second and leaves nothing.
    assert!(matches!(
        send(2, true).await,
        Err(CommitError::Conflict { .. })
    ));
    let addresses = |letters: Vec<server::store::Posted>| -> Vec<String> {
        letters.into_iter().map(|l| l.address).collect()
    };
    let first = store.sitrep_letters(Number(1), 1).await.expect("read");
    assert_eq!(
        addresses(first),
        ["bo@example.test", "ines@example.test", "list@example.test"],
        "each address once, and nobody without access"
    );
    assert!(
        store
            .sitrep_letters(Number(1), 2)
            .await
            .expect("read")
            .is_empty()
    );
    let now = store
        .incident(Number(1))
        .await
        .expect("read")
        .expect("there");
    let target = Target::Incident(Box::new(now));
    let silent = commit(target, vec![sitrep(2, "y")], 6);
    store.commit(silent).await.expect("sent");
    assert!(
        store
            .sitrep_letters(Number(1), 2)
            .await
            .expect("read")
            .is_empty()
    );
}

pub async fn of_many_workers_one_gets_each_letter(place: Place) {
    let keys: Vec<String> = (0..40).map(|n| format!("k{n:02}")).collect();
    let keys: Vec<&str> = keys.iter().map(String::as_str).collect();
    post(place.store.as_ref(), &keys).await;
    let mut workers = JoinSet::new();
    for n in 0..6 {
        let place = place.clone();
        workers.spawn(async move {
            let store = if n % 2 == 0 {
                std::sync::Arc::clone(&place.store)
            } else {
                place.another().await
            };
            let mut mine = Vec::new();
            for _ in 0..20 {
                let taken = store.take_letters(&format!("w{n}"), at(1), at(4), 3).await;
                mine.extend(taken.expect("taken").into_iter().map(|t| t.key));
            }
            mine
        });
    }
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for key in workers.join_all().await.into_iter().flatten() {
        *counts.entry(key).or_default() += 1;
    }
    assert_eq!(counts.len(), 40);
    assert!(counts.values().all(|count| *count == 1), "{counts:?}");
}

pub async fn a_letter_comes_back_when_its_worker_is_gone(place: Place) {
    let store = place.store.as_ref();
    post(store, &["a", "b"]).await;
    post(store, &["a"]).await;
    assert_eq!(take(store, "w1", 1).await, ["a", "b"]);
    assert!(
        take(store, "w2", 2).await.is_empty(),
        "the other one holds them"
    );
    let settle = |worker: &'static str, key: &'static str, tried| async move {
        store
            .settle_letter(worker, key, tried, at(2))
            .await
            .expect("settled")
    };
    assert!(settle("w1", "a", Tried::Sent).await);
    // Nothing more is heard of the first worker.
    assert_eq!(take(store, "w2", 4).await, ["b"]);
    assert!(!settle("w1", "b", Tried::Sent).await, "it holds it no more");
    let again = Tried::Again {
        at: at(9),
        trouble: "busy".to_owned(),
    };
    assert!(settle("w2", "b", again).await);
    assert!(take(store, "w1", 8).await.is_empty());
    assert_eq!(take(store, "w1", 9).await, ["b"]);
    assert!(take(store, "w1", 999).await.contains(&"b".to_owned()));
    assert!(
        !take(store, "w1", 2_000).await.contains(&"a".to_owned()),
        "what is sent stays sent"
    );
}

pub async fn a_worker_that_lost_its_letters_lets_go_of_them_and_of_no_others(place: Place) {
    let store = place.store.as_ref();
    post(store, &["a", "b", "sent"]).await;
    assert_eq!(take(store, "w1", 1).await.len(), 3);
    let sent = store.settle_letter("w1", "sent", Tried::Sent, at(1)).await;
    assert!(sent.expect("settled"));
    assert_eq!(store.free_letters("w1", at(2)).await.expect("freed"), 2);
    assert_eq!(take(store, "w2", 2).await, ["a", "b"]);
    // One process serves a SQLite file: whoever held something there is gone.
    let freed = if place.url.starts_with("sqlite:") {
        2
    } else {
        0
    };
    assert_eq!(store.free_letters("w1", at(3)).await.expect("freed"), freed);
}

pub async fn what_is_in_trouble_is_seen_and_tried_again(place: Place) {
    let store = place.store.as_ref();
    post(store, &["a", "b", "c"]).await;
    assert_eq!(take(store, "w", 1).await.len(), 3);
    let gave_up = || Tried::GivenUp {
        trouble: "no such user".to_owned(),
    };
    let again = Tried::Again {
        at: at(60),
        trouble: "busy".to_owned(),
    };
    for (key, tried) in [("a", Tried::Sent), ("b", gave_up()), ("c", again)] {
        store
            .settle_letter("w", key, tried, at(2))
            .await
            .expect("settled");
    }
    let backlog = store.backlog().await.expect("read");
    assert_eq!(
        (backlog.waiting, backlog.oldest, backlog.failed),
        (1, Some(at(0)), 1)
    );
    let troubled: Vec<(&str, &Standing)> = backlog
        .troubled
        .iter()
        .map(|p| (p.key.as_str(), &p.standing))
        .collect();
    let failed = Standing::Failed {
        trouble: "no such user".to_owned(),
    };
    let waiting = Standing::Waiting {
        due_at: at(60),
        trouble: Some("busy".to_owned()),
    };
    assert_eq!(troubled, [("b", &failed), ("c", &waiting)]);
    let retried = |key| store.retry_letters(key, at(3));
    assert_eq!(retried(Some("a")).await.expect("retried"), 0, "it was sent");
    assert_eq!(retried(None).await.expect("retried"), 2);
    assert_eq!(take(store, "w", 3).await, ["b", "c"]);
    assert_eq!(
        retried(None).await.expect("retried"),
        0,
        "a worker has them"
    );
    assert_eq!(store.purge_letters(at(2)).await.expect("purged"), 0);
    assert_eq!(store.purge_letters(at(3)).await.expect("purged"), 1);
}
