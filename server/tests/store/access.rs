//! Getting in and being shut out.

use crate::make::{add_person, at, person};
use crate::place::Place;
use chrono::Duration;
use domain::{HouseEvent, PersonId};
use server::store::{
    AccessChange, HouseChange, HouseError, NewLink, NewSession, NewToken, Scope, Store,
};
use tokio::task::JoinSet;

fn session(id: &str, who: &str) -> NewSession {
    NewSession {
        id: id.to_owned(),
        person: PersonId::new(who),
        token_hash: format!("hash-of-{id}"),
        label: "Firefox on Linux".to_owned(),
        created_at: at(0),
        expires_at: at(100),
    }
}

fn link(hash: &str, who: &str) -> NewLink {
    NewLink {
        token_hash: hash.to_owned(),
        person: PersonId::new(who),
        created_at: at(0),
        expires_at: at(30),
    }
}

/// Changes who gets in. False when there was nothing of the kind to change.
async fn change(store: &dyn Store, minute: i64, change: AccessChange) -> Result<bool, HouseError> {
    let change = HouseChange::Access(change);
    match store.change_house(None, at(minute), change).await {
        Ok(_) => Ok(true),
        Err(HouseError::Unknown) => Ok(false),
        Err(error) => Err(error),
    }
}

async fn add_link(store: &dyn Store, hash: &str, who: &str) {
    let add = AccessChange::AddLink(link(hash, who));
    assert!(change(store, 0, add).await.expect("kept"));
}

async fn spend_link(
    store: &dyn Store,
    hash: &str,
    session: NewSession,
) -> Result<bool, HouseError> {
    let token_hash = hash.to_owned();
    let spend = AccessChange::SpendLink {
        token_hash,
        session,
    };
    change(store, 0, spend).await
}

async fn end(store: &dyn Store, person: &PersonId, id: &str) -> bool {
    let end = AccessChange::End {
        person: person.clone(),
        session: id.to_owned(),
    };
    change(store, 6, end).await.expect("asked")
}

/// Ends all but one. Answers how many, as the log says.
async fn end_others(
    store: &dyn Store,
    person: &PersonId,
    except: Option<&str>,
    minute: i64,
) -> u64 {
    let end = AccessChange::EndOthers {
        person: person.clone(),
        except: except.map(str::to_owned),
    };
    assert!(change(store, minute, end).await.expect("asked"));
    let entries = store.house_entries(None, None, 1).await.expect("read");
    match &entries[0].event {
        Some(HouseEvent::OthersSignedOut { count, .. }) => *count,
        other => panic!("{other:?}"),
    }
}

/// Lets somebody in by a link.
async fn begin(store: &dyn Store, id: &str, who: &str) {
    let hash = format!("link-of-{id}");
    add_link(store, &hash, who).await;
    let begun = spend_link(store, &hash, session(id, who)).await;
    assert!(begun.expect("asked"), "{who} is in");
}

async fn shut_out(store: &dyn Store, handle: &str) {
    let mut gone = person(handle);
    gone.active = false;
    let change = HouseChange::PutPerson(gone);
    store
        .change_house(None, at(9), change)
        .await
        .expect("shut out");
}

async fn ids(store: &dyn Store, who: &str, minute: i64) -> Vec<String> {
    let sessions = store
        .sessions(&PersonId::new(who), at(minute))
        .await
        .expect("read");
    sessions.into_iter().map(|session| session.id).collect()
}

pub async fn a_session_lives_until_it_ends(place: Place) {
    let store = place.store.as_ref();
    let ines = PersonId::new("p-ines");
    for handle in ["ines", "bo"] {
        add_person(store, handle).await;
    }
    for (id, who) in [
        ("s1", "p-ines"),
        ("s2", "p-ines"),
        ("s3", "p-ines"),
        ("s4", "p-bo"),
    ] {
        begin(store, id, who).await;
    }
    let (kept, who) = store
        .session("hash-of-s1", at(1))
        .await
        .expect("read")
        .expect("in");
    assert_eq!(who, person("ines"));
    assert_eq!((kept.id.as_str(), kept.seen_at), ("s1", at(0)));
    assert_eq!(
        store.session("hash-of-s9", at(1)).await.expect("read"),
        None
    );

    store.touch_session("s2", at(5)).await.expect("touched");
    store.touch_session("s2", at(3)).await.expect("touched");
    assert_eq!(ids(store, "p-ines", 6).await, ["s2", "s1", "s3"]);
    let (seen, _) = store
        .session("hash-of-s2", at(6))
        .await
        .expect("read")
        .expect("in");
    assert_eq!(seen.seen_at, at(5), "it only moves forward");

    // One's own only, and once.
    assert!(!end(store, &ines, "s4").await);
    assert!(end(store, &ines, "s1").await);
    assert!(!end(store, &ines, "s1").await);
    assert_eq!(
        store.session("hash-of-s1", at(7)).await.expect("read"),
        None
    );
    assert_eq!(end_others(store, &ines, Some("s3"), 7).await, 1);
    assert_eq!(ids(store, "p-ines", 8).await, ["s3"]);

    // By itself at its time, to the microsecond.
    let almost = at(100) - Duration::microseconds(1);
    assert!(
        store
            .session("hash-of-s3", almost)
            .await
            .expect("read")
            .is_some()
    );
    assert_eq!(
        store.session("hash-of-s3", at(100)).await.expect("read"),
        None
    );
    shut_out(store, "bo").await;
    assert_eq!(
        store.session("hash-of-s4", at(10)).await.expect("read"),
        None
    );
    // Whoever is let in again begins anew.
    let back = HouseChange::PutPerson(person("bo"));
    store.change_house(None, at(9), back).await.expect("let in");
    assert_eq!(
        store.session("hash-of-s4", at(10)).await.expect("read"),
        None
    );
    // Three sessions that were ended, and the four links.
    assert_eq!(store.purge_access(at(50)).await.expect("purged"), 7);
    assert_eq!(store.purge_access(at(200)).await.expect("purged"), 1);
}

pub async fn a_link_lets_in_once_also_in_a_race(place: Place) {
    let store = place.store.as_ref();
    for handle in ["ines", "bo"] {
        add_person(store, handle).await;
    }
    let other = place.another().await;
    // At that minute, in a session of this id.
    let spend = async |store: &dyn Store, hash: &str, id: &str, who: &str, minute: i64| {
        let session = NewSession {
            created_at: at(minute),
            ..session(id, who)
        };
        spend_link(store, hash, session).await
    };
    for hash in ["l1", "l2", "l3"] {
        add_link(store, hash, "p-ines").await;
    }
    add_link(store, "l4", "p-bo").await;
    // Looking spends nothing.
    assert_eq!(
        store.link("l1", at(1)).await.expect("read"),
        Some(person("ines"))
    );
    let mut race = JoinSet::new();
    for n in 0..16 {
        let store = if n % 2 == 0 {
            place.store.clone()
        } else {
            other.clone()
        };
        race.spawn(async move {
            let session = session(&format!("race-{n}"), "p-ines");
            spend_link(store.as_ref(), "l1", session)
                .await
                .expect("asked")
        });
    }
    let let_in = race.join_all().await;
    assert_eq!(let_in.iter().filter(|is_in| **is_in).count(), 1);
    assert_eq!(ids(store, "p-ines", 1).await.len(), 1, "one session");
    assert_eq!(store.link("l1", at(1)).await.expect("read"), None);
    for (hash, who, minute, why) in [
        ("l2", "p-ines", 30, "too late"),
        ("l2", "p-bo", 1, "somebody else's"),
        ("nothing", "p-ines", 1, "unknown"),
    ] {
        let asked = spend(store, hash, "s9", who, minute).await;
        assert!(!asked.expect("asked"), "{why}");
    }
    // A session that cannot begin leaves the link as it was.
    let taken = ids(store, "p-ines", 1).await.remove(0);
    assert!(spend(store, "l2", &taken, "p-ines", 1).await.is_err());
    assert!(store.link("l2", at(1)).await.expect("read").is_some());
    assert!(spend(store, "l2", "s2", "p-ines", 1).await.expect("asked"));
    // One that takes the place of others leaves those of somebody else.
    add_link(store, "l5", "p-ines").await;
    let replace = AccessChange::ReplaceLinks(link("l6", "p-ines"));
    assert!(change(store, 1, replace).await.expect("kept"));
    for (hash, works) in [("l3", false), ("l5", false), ("l6", true), ("l4", true)] {
        let owner = store.link(hash, at(1)).await.expect("read");
        assert_eq!(owner.is_some(), works, "{hash}");
    }
    add_link(store, "l3", "p-ines").await;
    // Ending all sessions spends what is on its way too.
    let ines = PersonId::new("p-ines");
    end_others(store, &ines, None, 2).await;
    assert!(!spend(store, "l3", "s3", "p-ines", 3).await.expect("asked"));
    shut_out(store, "bo").await;
    assert_eq!(store.link("l4", at(3)).await.expect("read"), None);
    assert!(!spend(store, "l4", "s4", "p-bo", 3).await.expect("asked"));
    other.close().await;
}

pub async fn a_token_works_until_it_is_revoked(place: Place) {
    let store = place.store.as_ref();
    add_person(store, "robot").await;
    let token = NewToken {
        id: "t1".to_owned(),
        name: "deploys".to_owned(),
        person: PersonId::new("p-robot"),
        secret_hash: "SECRET".to_owned(),
        scope: Scope::Write,
    };
    let add = |token: &NewToken| HouseChange::AddToken(token.clone());
    store
        .change_house(None, at(1), add(&token))
        .await
        .expect("added");
    let (kept, who) = store.token("SECRET").await.expect("read").expect("in");
    assert_eq!(who, person("robot"));
    assert_eq!(
        (kept.scope, kept.created_at, kept.last_used_at),
        (Scope::Write, at(1), None)
    );
    for minute in [5, 3] {
        store.touch_token("t1", at(minute)).await.expect("touched");
    }
    assert_eq!(
        store.tokens().await.expect("read")[0].last_used_at,
        Some(at(5))
    );
    let revoke = || HouseChange::RevokeToken("t1".to_owned());
    store
        .change_house(None, at(6), revoke())
        .await
        .expect("ended");
    assert_eq!(store.token("SECRET").await.expect("read"), None);
    assert_eq!(
        store.tokens().await.expect("read")[0].revoked_at,
        Some(at(6))
    );
    // Its name is free again; its secret is not in the log.
    let next = NewToken {
        id: "t2".to_owned(),
        secret_hash: "OTHER".to_owned(),
        ..token
    };
    store
        .change_house(None, at(7), add(&next))
        .await
        .expect("added");
    let feed = store.feed(0, 100).await.expect("feed");
    assert!(!format!("{feed:?}").contains("SECRET"));
    shut_out(store, "robot").await;
    assert_eq!(store.token("OTHER").await.expect("read"), None);
}
