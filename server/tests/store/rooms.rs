//! Presence, reading, requests with a key.

use crate::make::{add_person, at};
use crate::place::Place;
use domain::{Number, PersonId};
use server::store::{Answer, Preference, Request, Reserved};
use tokio::task::JoinSet;

pub async fn presence_is_a_heartbeat(place: Place) {
    let store = place.store.as_ref();
    let (ines, bo, one) = (PersonId::new("p-ines"), PersonId::new("p-bo"), Number(1));
    let beat = async |who: &PersonId, session: &str, minute: i64| {
        let fresh = at(minute - 1);
        store
            .beat(one, who, session, at(minute), fresh)
            .await
            .expect("beat")
    };
    let here = async |since: i64| -> Vec<(String, i64)> {
        let present = store.present(one, at(since)).await.expect("read");
        let line =
            |p: server::store::Present| (p.person.to_string(), (p.seen_at - at(0)).num_minutes());
        present.into_iter().map(line).collect()
    };
    assert!(beat(&ines, "s1", 1).await, "she is new");
    assert!(!beat(&ines, "s2", 2).await, "she is here in another tab");
    assert!(beat(&bo, "s3", 2).await);
    assert!(beat(&ines, "s1", 9).await, "she was away for long");
    assert_eq!(
        here(2).await,
        [("p-bo".to_owned(), 2), ("p-ines".to_owned(), 9)]
    );
    assert_eq!(here(3).await, [("p-ines".to_owned(), 9)]);
    // A late one changes nothing.
    beat(&ines, "s1", 4).await;
    assert_eq!(here(3).await, [("p-ines".to_owned(), 9)]);
    assert_eq!(store.present(Number(2), at(0)).await.expect("read"), []);
    assert_eq!(store.purge_presence(at(3)).await.expect("purged"), 2);
    assert_eq!(here(0).await, [("p-ines".to_owned(), 9)]);
}

pub async fn a_woken_room_is_heard_in_every_process(place: Place) {
    let wait = std::time::Duration::from_secs(20);
    let mut here = place.store.woken_rooms();
    let another = place.another().await;
    let mut there = another.woken_rooms();
    if !place.is_postgres() {
        place.store.wake_room(Number(7)).await;
        assert_eq!(here.recv().await.expect("woken"), Number(7));
        another.close().await;
        return;
    }
    // The other one may still be about to listen.
    let heard = tokio::time::timeout(wait, async {
        loop {
            place.store.wake_room(Number(7)).await;
            let soon = tokio::time::timeout(wait / 100, there.recv()).await;
            if let Ok(number) = soon {
                return number.expect("woken");
            }
        }
    });
    assert_eq!(heard.await.expect("in time"), Number(7));
    let mine = tokio::time::timeout(wait, here.recv()).await;
    assert_eq!(mine.expect("in time").expect("woken"), Number(7));
    another.close().await;
}

pub async fn who_read_which_sitrep_is_known(place: Place) {
    let store = place.store.as_ref();
    let (ines, bo, one) = (PersonId::new("p-ines"), PersonId::new("p-bo"), Number(1));
    assert_eq!(store.last_read(&ines, one).await.expect("read"), None);
    for (who, version, minute) in [
        (&ines, 2, 1),
        (&ines, 5, 2),
        (&bo, 5, 3),
        (&ines, 3, 4),
        (&ines, 5, 5),
    ] {
        let noted = store.read_sitrep(who, one, version, at(minute)).await;
        noted.expect("noted");
    }
    let last = store.last_read(&ines, one).await.expect("read");
    assert_eq!(last, Some((5, at(2))), "the first time counts");
    let readers = store.readers(one, 5).await.expect("read");
    assert_eq!(readers, [(ines.clone(), at(2)), (bo, at(3))]);
    assert_eq!(store.readers(one, 4).await.expect("read"), []);
    assert_eq!(store.last_read(&ines, Number(2)).await.expect("read"), None);
}

pub async fn preferences_are_kept(place: Place) {
    let store = place.store.as_ref();
    add_person(store, "ines").await;
    let ines = PersonId::new("p-ines");
    assert_eq!(
        store.preference(&ines).await.expect("read"),
        Preference::default()
    );
    for theme in [Some("night".to_owned()), None] {
        let preference = Preference {
            theme,
            keys_off: true,
        };
        store
            .put_preference(&ines, preference.clone())
            .await
            .expect("kept");
        assert_eq!(store.preference(&ines).await.expect("read"), preference);
    }
}

pub async fn a_request_with_a_key_happens_once(place: Place) {
    let store = place.store.as_ref();
    let other = place.another().await;
    let request = |key: &str, body: &str| Request {
        key: key.to_owned(),
        person: PersonId::new("p-ines"),
        method: "POST".to_owned(),
        path: "/api/v1/incidents".to_owned(),
        body_hash: body.to_owned(),
        at: at(1),
    };
    let mut race = JoinSet::new();
    for n in 0..16 {
        let store = if n % 2 == 0 {
            place.store.clone()
        } else {
            other.clone()
        };
        let request = request("k1", "b1");
        race.spawn(async move { store.reserve(&request, at(0)).await.expect("asked") });
    }
    let answers = race.join_all().await;
    let fresh = answers
        .iter()
        .filter(|answer| **answer == Reserved::Fresh)
        .count();
    assert_eq!(fresh, 1, "{answers:?}");
    let pending = Reserved::Pending { since: at(1) };
    assert_eq!(
        answers.iter().filter(|answer| **answer == pending).count(),
        15
    );

    let answer = Answer {
        status: 201,
        headers: vec![("location".to_owned(), "/incidents/1".to_owned())],
        body: "{\"incident\": {}}".to_owned(),
    };
    store
        .complete(&request("k1", "b1"), answer.clone())
        .await
        .expect("kept");
    let again =
        |request: Request| async move { store.reserve(&request, at(0)).await.expect("asked") };
    assert_eq!(
        again(request("k1", "b1")).await,
        Reserved::Answered(answer.clone())
    );
    assert_eq!(again(request("k1", "b2")).await, Reserved::Different);
    let elsewhere = Request {
        path: "/api/v1/people".to_owned(),
        ..request("k1", "b1")
    };
    assert_eq!(again(elsewhere).await, Reserved::Different);
    let somebody = Request {
        person: PersonId::new("p-bo"),
        ..request("k1", "b1")
    };
    assert_eq!(again(somebody).await, Reserved::Fresh, "keys are one's own");

    // After a failure it can be tried again; an answer is not given back.
    assert_eq!(again(request("k2", "b")).await, Reserved::Fresh);
    store
        .release(&request("k2", "b"))
        .await
        .expect("given back");
    assert_eq!(again(request("k2", "b")).await, Reserved::Fresh);
    store
        .release(&request("k1", "b1"))
        .await
        .expect("not given back");
    assert_eq!(again(request("k1", "b1")).await, Reserved::Answered(answer));
    let later = Request {
        at: at(60),
        ..request("k3", "b")
    };
    assert_eq!(again(later).await, Reserved::Fresh);
    assert_eq!(store.purge_requests(at(60)).await.expect("purged"), 3);
    assert_eq!(again(request("k1", "b1")).await, Reserved::Fresh);
    other.close().await;
}
