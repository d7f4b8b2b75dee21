//! The log: order, conflicts, sense.

use crate::make::{
    add_person, at, begin, begin_with, by, commit, declared, go_on, imported, noted, said,
};
use crate::place::Place;
use domain::{IncidentEvent, Kind, Number, PersonId, Phase, Proposed, PublicState, Role, Severity};
use server::store::{Commit, CommitError, Logged, StoreError, Target};

pub async fn events_come_back_as_they_went_in(place: Place) {
    let store = place.store.as_ref();
    add_person(store, "ines").await;
    let begun = store
        .commit(commit(
            Target::New,
            vec![declared("API", Kind::Live), noted("a")],
            0,
        ))
        .await
        .expect("begun");
    let mut next = commit(
        Target::Incident(Box::new(begun.incident.clone())),
        vec![
            IncidentEvent::SeverityChanged {
                from: Severity::Unset,
                to: Severity::Sev1,
            },
            IncidentEvent::PhaseChanged {
                from: Phase::Assess,
                to: Phase::Mitigate,
            },
        ],
        7,
    );
    next.proposed.push(Proposed {
        occurred_at: Some(at(-60)),
        event: noted("earlier"),
    });
    let word = said("1-1", PublicState::Identified, "We know the cause.");
    next.proposed.push(word.into());
    next.by = None;
    let then = store.commit(next).await.expect("then");

    let all: Vec<_> = begun
        .recorded
        .iter()
        .chain(&then.recorded)
        .cloned()
        .collect();
    assert_eq!(store.stream(Number(1), 0).await.expect("all"), all);
    assert_eq!(
        store.stream(Number(1), 2).await.expect("rest"),
        then.recorded
    );
    assert_eq!(store.stream(Number(2), 0).await.expect("none"), []);
    let versions: Vec<i64> = all.iter().map(|event| event.version).collect();
    assert_eq!(versions, [1, 2, 3, 4, 5, 6]);
    assert_eq!(all[1].by, Some(by("ines")));
    assert_eq!(all[2].by, None);
    assert_eq!(all[4].occurred_at, at(-60));
    assert_eq!(all[4].recorded_at, at(7));
    // The person is the first entry of the whole log.
    let feed = store.feed(1, 100).await.expect("feed");
    let expected: Vec<Logged> = all
        .into_iter()
        .map(|e| Logged::Incident(Box::new(e)))
        .collect();
    assert_eq!(feed, expected);
    assert_eq!(store.feed(3, 2).await.expect("part"), expected[2..4]);
}

pub async fn the_tail_reads_backwards_in_pages(place: Place) {
    let store = place.store.as_ref();
    let incident = begin(store, "API").await;
    let notes = (0..9).map(|n| noted(&format!("note {n}"))).collect();
    go_on(store, &incident, notes).await;
    let versions = async |before, limit| -> Vec<i64> {
        let tail = store
            .stream_tail(Number(1), before, limit)
            .await
            .expect("tail");
        tail.iter().map(|event| event.version).collect()
    };
    assert_eq!(versions(None, 4).await, [7, 8, 9, 10]);
    assert_eq!(versions(Some(7), 4).await, [3, 4, 5, 6]);
    assert_eq!(versions(Some(3), 4).await, [1, 2]);
    assert_eq!(versions(Some(1), 4).await, [0_i64; 0]);
}

pub async fn a_stream_is_read_in_pages(place: Place) {
    let store = place.store.as_ref();
    let begun = begin(store, "One").await;
    // Another incident between, so that positions and versions differ.
    begin(store, "Two").await;
    let notes = (2..=7).map(|n| noted(&n.to_string())).collect();
    go_on(store, &begun, notes).await;
    let all = store.stream(begun.summary.number, 0).await.expect("read");
    let read = async |version: i64, position: i64, limit: i64| -> Vec<i64> {
        let number = begun.summary.number;
        let page = store.stream_page(number, version, position, limit).await;
        let page = page.expect("read");
        assert!(page.iter().all(|recorded| all.contains(recorded)));
        page.iter().map(|recorded| recorded.version).collect()
    };
    assert_eq!(read(0, 0, 3).await, [1, 2, 3]);
    assert_eq!(read(3, 0, 3).await, [4, 5, 6]);
    assert_eq!(read(6, 0, 3).await, [7]);
    assert_eq!(read(7, 0, 3).await, [0; 0]);
    assert_eq!(read(0, all[3].position, 2).await, [5, 6]);
    assert_eq!(read(5, all[3].position, 9).await, [6, 7]);
    assert_eq!(read(0, 0, 0).await, [0; 0]);
}

pub async fn of_two_who_decide_on_one_version_one_wins(place: Place) {
    let store = place.store.as_ref();
    let seen = begin(store, "API").await;
    let first = go_on(store, &seen, vec![noted("first"), noted("and more")]).await;
    let late = commit(Target::Incident(Box::new(seen)), vec![noted("late")], 3);
    match store.commit(late).await {
        Err(CommitError::Conflict { actual }) => assert_eq!(actual, 3),
        other => panic!("{other:?}"),
    }
    // Nothing of it was kept, and on the state as it is now the same decision goes through.
    assert_eq!(store.stream(Number(1), 0).await.expect("stream").len(), 3);
    let again = go_on(store, &first.incident, vec![noted("late")]).await;
    assert_eq!(again.recorded[0].version, 4);
    assert_eq!(again.recorded[0].position, 4);
    // A state that never was is a conflict too.
    let mut forged = again.incident.clone();
    forged.summary.version = 9;
    let forged = commit(
        Target::Incident(Box::new(forged)),
        vec![noted("from nowhere")],
        4,
    );
    match store.commit(forged).await {
        Err(CommitError::Conflict { actual }) => assert_eq!(actual, 4),
        other => panic!("{other:?}"),
    }
}

pub async fn two_commanders_in_the_same_instant_leave_one(place: Place) {
    let other = place.another().await;
    let seen = begin(place.store.as_ref(), "API").await;
    let take = |who: &str| {
        commit(
            Target::Incident(Box::new(seen.clone())),
            vec![IncidentEvent::CommandTaken {
                from: PersonId::new("p-ines"),
                to: PersonId::new(who),
                reason: "nobody answers".to_owned(),
            }],
            1,
        )
    };
    let (one, two) = tokio::join!(place.store.commit(take("p-bo")), other.commit(take("p-cy")));
    let winner = match (one, two) {
        (Ok(won), Err(CommitError::Conflict { actual: 2 }))
        | (Err(CommitError::Conflict { actual: 2 }), Ok(won)) => won.incident,
        other => panic!("{other:?}"),
    };
    let kept = place
        .store
        .incident(Number(1))
        .await
        .expect("read")
        .expect("there");
    assert_eq!(kept.summary.ic(), winner.summary.ic());
    assert_eq!(
        kept.summary
            .roles
            .iter()
            .filter(|holder| holder.role == Role::Ic)
            .count(),
        1
    );
    other.close().await;
}

pub async fn a_commit_must_make_sense(place: Place) {
    let store = place.store.as_ref();
    for events in [vec![], vec![noted("no beginning")]] {
        match store.commit(commit(Target::New, events, 0)).await {
            Err(CommitError::Store(StoreError::Senseless(_))) => {}
            other => panic!("{other:?}"),
        }
    }
    // The refused ones used up neither a number nor a position.
    let incident = begin(store, "API").await;
    assert_eq!(incident.summary.number, Number(1));
    assert_eq!(incident.summary.position, 1);
    let nothing = go_on(store, &incident, vec![]).await;
    assert_eq!(nothing.incident, incident);
}

pub async fn an_import_comes_in_once(place: Place) {
    let store = place.store.as_ref();
    let one = |key: &str| Commit {
        letters: false,
        import_key: Some(key.to_owned()),
        once: None,
        drafted: Vec::new(),
        by: None,
        ..commit(Target::New, vec![imported("Outage", key)], 0)
    };
    let first = store.commit(one("github:1")).await.expect("comes in");
    begin_with(store, vec![declared("between", Kind::Live)]).await;
    match store.commit(one("github:1")).await {
        Err(CommitError::AlreadyImported { number }) => {
            assert_eq!(number, first.incident.summary.number);
        }
        other => panic!("{other:?}"),
    }
    assert_eq!(
        store.imported("github:1").await.expect("read"),
        Some(Number(1))
    );
    assert_eq!(store.imported("github:2").await.expect("read"), None);
    let second = store.commit(one("github:2")).await.expect("another");
    assert_eq!(second.incident.summary.number, Number(3));
}
