//! What is written and sent by several at once: shared drafts, and commands with a key.

use crate::make::{add_person, at, begin, commit, declared, noted, sitrep};
use crate::place::Place;
use domain::Number;
use domain::{Kind, PersonId};
use server::store::{CarriedOut, CommitError, Drafted, Drafting, Once, Store, Target};
use tokio::task::JoinSet;

fn once(key: &str) -> Once {
    Once {
        key: key.to_owned(),
        command: format!("hash of {key}"),
    }
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
            once: Some(once("p-ines/1")),
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
            once: Some(once(key)),
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

fn written(field: &str, text: Option<&str>, revision: i64, by: &str) -> Drafted {
    Drafted {
        field: field.to_owned(),
        text: text.map(str::to_owned),
        revision,
        person: PersonId::new(by),
        at: at(revision),
    }
}

/// Writes a text, which must be kept.
async fn write(store: &dyn Store, field: &str, text: &str, revision: i64) {
    let new = written(field, Some(text), revision, "p-ines");
    let kept = store.write_draft(Number(1), &new).await.expect("written");
    assert_eq!(kept, Drafting::Kept(revision));
}

pub async fn of_two_who_write_on_one_revision_one_is_told_what_stands(place: Place) {
    let other = place.another().await;
    for round in 1..=10 {
        let mut race = JoinSet::new();
        for (store, by) in [(place.store.clone(), "p-ines"), (other.clone(), "p-bo")] {
            let text = format!("{by} in round {round}");
            let new = written("situation", Some(&text), round, by);
            race.spawn(async move {
                let answer = store.write_draft(Number(1), &new).await;
                (new, answer.expect("written"))
            });
        }
        let answers = race.join_all().await;
        let kept: Vec<&Drafted> = answers
            .iter()
            .filter(|(_, answer)| *answer == Drafting::Kept(round))
            .map(|(new, _)| new)
            .collect();
        assert_eq!(kept.len(), 1, "{answers:?}");
        let stale = Drafting::Stale(kept[0].clone());
        assert!(answers.iter().any(|(_, answer)| *answer == stale));
        let stands = place.store.draft(Number(1)).await.expect("read");
        assert_eq!(stands, [kept[0].clone()]);
    }
    other.close().await;
}

pub async fn an_update_clears_what_it_was_made_of_and_nothing_newer(place: Place) {
    let store = place.store.as_ref();
    let incident = begin(store, "API").await;
    write(store, "situation", "Reads fail", 1).await;
    write(store, "needs", "A second pair of eyes", 1).await;
    write(store, "needs", "Two more people", 2).await;
    write(store, "message", "Some requests fail", 1).await;
    let send = async |target, drafted: &[(&str, i64)]| {
        let drafted = drafted
            .iter()
            .map(|(field, seen)| ((*field).to_owned(), *seen));
        let commit = server::store::Commit {
            drafted: drafted.collect(),
            ..commit(
                Target::Incident(Box::new(target)),
                vec![sitrep(1, "Reads fail")],
                9,
            )
        };
        store.commit(commit).await
    };
    // One that is not carried out clears nothing.
    let mut ahead = incident.clone();
    ahead.summary.version = 7;
    let refused = send(ahead, &[("situation", 1)]).await;
    assert!(matches!(refused, Err(CommitError::Conflict { .. })));
    assert_eq!(
        store.draft(Number(1)).await.expect("read")[2],
        written("situation", Some("Reads fail"), 1, "p-ines")
    );
    send(incident, &[("situation", 1), ("needs", 1), ("headline", 4)])
        .await
        .expect("sent");
    let stands = store.draft(Number(1)).await.expect("read");
    let short = |d: &Drafted| (d.field.clone(), d.text.clone(), d.revision);
    let text = |text: &str| Some(text.to_owned());
    assert_eq!(
        stands.iter().map(short).collect::<Vec<_>>(),
        [
            ("message".to_owned(), text("Some requests fail"), 1),
            ("needs".to_owned(), text("Two more people"), 2),
            ("situation".to_owned(), None, 2),
        ]
    );
    // Whoever wrote on the revision that was sent is told, and goes on from there.
    let late = written("situation", Some("Writes fail too"), 2, "p-bo");
    let told = store.write_draft(Number(1), &late).await.expect("asked");
    assert!(
        matches!(
            told,
            Drafting::Stale(Drafted {
                text: None,
                revision: 2,
                ..
            })
        ),
        "{told:?}"
    );
    write(store, "situation", "Writes fail too", 3).await;
    assert_eq!(store.draft(Number(2)).await.expect("read"), []);
}
