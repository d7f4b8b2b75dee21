//! What is written and sent by several at once: commands with a key.

use crate::make::{add_person, at, begin, commit, declared, noted};
use crate::place::Place;
use domain::{Kind, PersonId};
use server::store::{CarriedOut, CommitError, Once, Target};
use tokio::task::JoinSet;

fn once(key: &str) -> Option<Once> {
    Some(Once {
        key: key.to_owned(),
        command: format!("hash of {key}"),
    })
}

pub async fn of_eight_with_one_key_one_is_carried_out(place: Place) {
    let other = place.another().await;
    add_person(place.store.as_ref(), "ines").await;
    let mut race = JoinSet::new();
    for n in 0..8 {
        let store = if n % 2 == 0 {
            place.store.clone()
        } else {
            other.clone()
        };
        let events = vec![declared("API", Kind::Live), noted("it fails")];
        let commit = server::store::Commit {
            once: once("p-ines/1"),
            ..commit(Target::New, events, 1)
        };
        race.spawn(async move { store.commit(commit).await });
    }
    let mut made = Vec::new();
    for answer in race.join_all().await {
        match answer {
            Ok(committed) => made.push(committed.incident.summary.number),
            Err(CommitError::AlreadyCarriedOut) => {}
            Err(other) => panic!("{other:?}"),
        }
    }
    assert_eq!(made.len(), 1, "{made:?}");
    let store = place.store.as_ref();
    assert_eq!(store.stream(made[0], 0).await.expect("read").len(), 2);
    let known = CarriedOut {
        person: Some(PersonId::new("p-ines")),
        command: "hash of p-ines/1".to_owned(),
        incident: made[0],
        from: 0,
        to: 2,
    };
    assert_eq!(
        store.carried_out("p-ines/1").await.expect("read"),
        Some(known)
    );
    assert_eq!(store.carried_out("p-ines/2").await.expect("read"), None);
    other.close().await;
}

pub async fn a_key_goes_with_its_events_or_not_at_all(place: Place) {
    let store = place.store.as_ref();
    let old = begin(store, "API").await;
    let send = async |key: &str, minute: i64| {
        let target = Target::Incident(Box::new(old.clone()));
        let commit = server::store::Commit {
            once: once(key),
            ..commit(target, vec![noted("hello")], minute)
        };
        store.commit(commit).await
    };
    send("a", 1).await.expect("carried out");
    // It was decided on what is gone by now: nothing of it is kept, its key neither.
    assert!(matches!(
        send("b", 2).await,
        Err(CommitError::Conflict { actual: 2 })
    ));
    assert_eq!(store.carried_out("b").await.expect("read"), None);
    assert_eq!(store.purge_carried_out(at(1)).await.expect("purged"), 0);
    assert_eq!(store.purge_carried_out(at(2)).await.expect("purged"), 1);
    assert_eq!(store.carried_out("a").await.expect("read"), None);
}
