//! Passwords, and counting those that were wrong.

use crate::make::{add_person, at, by, person};
use crate::place::Place;
use chrono::{Duration, TimeDelta};
use domain::{HouseEvent, PersonId};
use server::store::{AccessChange, Attempt, Counter, HouseChange, HouseError, NewSession, Store};
use tokio::task::JoinSet;

fn ines() -> PersonId {
    PersonId::new("p-ines")
}

async fn change(store: &dyn Store, minute: i64, change: AccessChange) -> Result<i64, HouseError> {
    let change = HouseChange::Access(change);
    store
        .change_house(Some(by("ines")), at(minute), change)
        .await
}

async fn put(store: &dyn Store, minute: i64, hash: &str, except: Option<&str>) {
    let put = AccessChange::PutPassword {
        person: ines(),
        hash: hash.to_owned(),
        except: except.map(str::to_owned),
    };
    change(store, minute, put).await.expect("kept");
}

async fn begin(store: &dyn Store, hash: &str, id: &str) -> bool {
    let session = NewSession {
        id: id.to_owned(),
        person: ines(),
        token_hash: format!("hash-of-{id}"),
        label: "Firefox on Linux".to_owned(),
        created_at: at(1),
        expires_at: at(100),
    };
    let begin = AccessChange::Begin {
        password_hash: hash.to_owned(),
        session,
    };
    match change(store, 1, begin).await {
        Ok(_) => true,
        Err(HouseError::Unknown) => false,
        Err(error) => panic!("{error}"),
    }
}

async fn ids(store: &dyn Store) -> Vec<String> {
    let sessions = store.sessions(&ines(), at(2)).await.expect("read");
    let mut ids: Vec<String> = sessions.into_iter().map(|session| session.id).collect();
    ids.sort();
    ids
}

pub async fn a_password_lets_in_until_it_is_another(place: Place) {
    let store = place.store.as_ref();
    add_person(store, "ines").await;
    assert_eq!(store.password(&ines()).await.expect("read"), None);
    assert!(!begin(store, "", "s0").await, "without one nobody is in");
    put(store, 0, "SECRET-1", None).await;
    for id in ["s1", "s2", "s3"] {
        assert!(begin(store, "SECRET-1", id).await);
    }
    // Another one ends what the old one began, but for the session in hand; what was held against the old one is too late.
    put(store, 2, "SECRET-2", Some("s2")).await;
    assert_eq!(ids(store).await, ["s2"]);
    assert_eq!(
        store.password(&ines()).await.expect("read").as_deref(),
        Some("SECRET-2")
    );
    assert!(!begin(store, "SECRET-1", "s4").await);
    assert!(begin(store, "SECRET-2", "s5").await);
    let remove = || AccessChange::RemovePassword {
        person: ines(),
        except: Some("s5".to_owned()),
    };
    change(store, 2, remove()).await.expect("removed");
    assert_eq!(ids(store).await, ["s5"]);
    assert!(!begin(store, "SECRET-2", "s6").await);
    assert!(matches!(
        change(store, 2, remove()).await,
        Err(HouseError::Unknown)
    ));

    // Whoever is shut out gets in by no way, and nothing of it all is a secret.
    put(store, 3, "SECRET-3", None).await;
    let mut gone = person("ines");
    gone.active = false;
    let gone = HouseChange::PutPerson(gone);
    store
        .change_house(None, at(4), gone)
        .await
        .expect("shut out");
    assert!(!begin(store, "SECRET-3", "s7").await);
    let feed = store.feed(0, 100).await.expect("feed");
    assert!(!format!("{feed:?}").contains("SECRET"));
    assert!(feed.iter().filter(|entry| entry.is_access()).count() > 6);
}

pub async fn the_log_of_the_house_is_read_backwards_in_pages(place: Place) {
    let store = place.store.as_ref();
    for handle in ["ines", "bo"] {
        add_person(store, handle).await;
    }
    for minute in 1..=5 {
        put(store, minute, "hash", None).await;
    }
    let note = AccessChange::NoteFailures {
        person: ines(),
        count: 5,
    };
    let noted = store.change_house(None, at(6), HouseChange::Access(note));
    let last = noted.await.expect("noted");

    let page = async |who: Option<&PersonId>, before: Option<i64>, limit: i64| {
        let entries = store.house_entries(who, before, limit).await;
        let entries = entries.expect("read");
        entries
            .iter()
            .map(|entry| entry.position)
            .collect::<Vec<_>>()
    };
    let all: Vec<i64> = (1..=last).rev().collect();
    assert_eq!(page(None, None, 100).await, all);
    assert_eq!(page(None, None, 3).await, all[..3]);
    assert_eq!(page(None, Some(all[2]), 3).await, all[3..6]);
    assert_eq!(page(None, Some(1), 3).await, [] as [i64; 0]);
    assert_eq!(page(None, Some(999), 3).await, [] as [i64; 0]);
    let hers = page(Some(&ines()), None, 100).await;
    assert_eq!(
        hers.len(),
        5,
        "what she did, not what was done with her account"
    );
    assert_eq!(page(Some(&ines()), Some(hers[0]), 2).await, hers[1..3]);

    let newest = store.house_entries(None, None, 2).await.expect("read");
    assert_eq!(newest[0].by, None);
    assert_eq!(
        newest[0].event,
        Some(HouseEvent::SignInsFailed {
            person: ines(),
            count: 5
        })
    );
    assert_eq!(newest[1].by, Some(by("ines")));
}

fn counter(key: &str) -> Counter {
    Counter {
        key: key.to_owned(),
        wait: |failures| {
            if failures < 3 {
                TimeDelta::zero()
            } else {
                Duration::minutes(failures)
            }
        },
    }
}

pub async fn who_failed_too_often_waits_in_every_process(place: Place) {
    let store = place.store.as_ref();
    let other = place.another().await;
    let attempt = async |store: &dyn Store, account: &str, minute: i64| {
        let counters = [counter(account), counter("address")];
        store.attempt(&counters, at(minute)).await.expect("asked")
    };
    // Many at once are no way around it, also not over two processes.
    let mut race = JoinSet::new();
    for n in 0..12 {
        let store = if n % 2 == 0 {
            place.store.clone()
        } else {
            other.clone()
        };
        race.spawn(async move { store.attempt(&[counter("ines")], at(0)).await });
    }
    let asked: Vec<Attempt> = race
        .join_all()
        .await
        .into_iter()
        .map(|asked| asked.expect("asked"))
        .collect();
    let mut went: Vec<i64> = asked
        .iter()
        .filter_map(|asked| match asked {
            Attempt::Go(count) => Some(*count),
            Attempt::Wait(_) => None,
        })
        .collect();
    went.sort_unstable();
    assert_eq!(went, [1, 2, 3]);
    let waits = Attempt::Wait(at(3));
    assert_eq!(asked.iter().filter(|asked| **asked == waits).count(), 9);

    // One who waits is counted nowhere, also not by the address.
    assert_eq!(attempt(other.as_ref(), "ines", 2).await, waits);
    assert_eq!(attempt(store, "ines", 3).await, Attempt::Go(4));
    assert_eq!(attempt(store, "ines", 3).await, Attempt::Wait(at(7)));
    assert_eq!(attempt(store, "bo", 3).await, Attempt::Go(1));
    assert_eq!(attempt(store, "cy", 3).await, Attempt::Go(1));
    assert_eq!(attempt(store, "dee", 3).await, Attempt::Wait(at(6)));

    // Success forgets the account, and takes one off the address.
    let counters = [counter("ines"), counter("address")];
    store.attempt_succeeded(&counters).await.expect("forgiven");
    assert_eq!(attempt(store, "ines", 3).await, Attempt::Go(1));
    assert_eq!(attempt(store, "ines", 3).await, Attempt::Wait(at(6)));

    assert_eq!(store.purge_attempts(at(3)).await.expect("purged"), 0);
    assert_eq!(store.purge_attempts(at(4)).await.expect("purged"), 4);
    assert_eq!(attempt(store, "ines", 4).await, Attempt::Go(1));
    other.close().await;
}
