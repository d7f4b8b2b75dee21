//! The public side: only facts, never a drill, in the order customers read.

use crate::make::{at, begin_with, commit, declared, go_on, imported, noted, said, sitrep};
use crate::place::Place;
use domain::status::{PublicIncident, fact};
use domain::{Impact, IncidentEvent, Kind, Number, PublicState, Recorded};
use server::store::{Past, Target};

fn numbers(past: &[Past]) -> Vec<i64> {
    past.iter().map(|past| past.incident.number.0).collect()
}

/// What the facts of a stream come to.
fn folded(stream: &[Recorded]) -> Option<PublicIncident> {
    let mut facts = stream.iter().filter_map(fact);
    let mut incident = PublicIncident::begin(stream[0].incident, &facts.next()?)?;
    facts.for_each(|fact| incident.apply(&fact));
    Some(incident)
}

pub async fn only_what_is_public_is_there(place: Place) {
    let store = place.store.as_ref();
    let word = || said("1-1", PublicState::Investigating, "We are looking into it.");
    // Silent so far; with a word; a drill that somehow has one; recorded afterwards; imported.
    let inside = vec![
        declared("MARK inside", Kind::Live),
        noted("MARK"),
        sitrep(1, "MARK"),
    ];
    begin_with(store, inside.clone()).await;
    let mut told = inside;
    told.push(word());
    begin_with(store, told).await;
    begin_with(store, vec![declared("MARK drill", Kind::Drill), word()]).await;
    begin_with(store, vec![declared("MARK later", Kind::Backfilled)]).await;
    begin_with(store, vec![imported("Outage of Pages", "gh-1")]).await;

    let active = store.public_active().await.expect("active");
    assert_eq!(active.len(), 1);
    assert_eq!(active[0].number, Number(2));
    assert_eq!(active[0].words.len(), 1);
    for (number, there) in [
        (1, false),
        (2, true),
        (3, false),
        (4, false),
        (5, true),
        (6, false),
    ] {
        let read = store.public_incident(Number(number)).await.expect("read");
        assert_eq!(read.is_some(), there, "{number}");
    }
    let over = store.public_history(None, 50).await.expect("history");
    assert_eq!(numbers(&over), [5]);
    let all = store
        .public_between(at(-9999), at(9999))
        .await
        .expect("between");
    assert_eq!(numbers(&all), [2, 5]);
    let everything = format!("{active:?}{over:?}{all:?}");
    assert!(
        !everything.contains("MARK") && !everything.contains("p-ines"),
        "{everything}"
    );
}

pub async fn words_move_an_incident_through_the_public_side(place: Place) {
    let store = place.store.as_ref();
    let mut incident = begin_with(store, vec![declared("API", Kind::Live)]).await;
    let steps = [
        vec![IncidentEvent::PublicTitleChanged {
            title: "Slow API".to_owned(),
        }],
        vec![
            said("1-1", PublicState::Investigating, "one"),
            noted("inside"),
        ],
        vec![IncidentEvent::StartedAtChanged {
            started_at: at(-90),
        }],
        vec![
            said("1-2", PublicState::Update, "two"),
            said("1-3", PublicState::Monitoring, "three"),
        ],
        vec![said("1-4", PublicState::Resolved, "four")],
        vec![noted("inside")],
        vec![said("1-5", PublicState::Investigating, "again")],
        vec![said("1-6", PublicState::Resolved, "over")],
    ];
    for (step, events) in steps.into_iter().enumerate() {
        incident = go_on(store, &incident, events).await.incident;
        let stream = store.stream(Number(1), 0).await.expect("stream");
        let expected = folded(&stream).filter(PublicIncident::is_public);
        let read = store.public_incident(Number(1)).await.expect("read");
        assert_eq!(read, expected, "after step {step}");
        let active: Vec<_> = expected
            .into_iter()
            .filter(PublicIncident::is_active)
            .collect();
        assert_eq!(
            store.public_active().await.expect("active"),
            active,
            "after step {step}"
        );
    }
    let over = store.public_history(None, 50).await.expect("history");
    assert_eq!(over[0].at, at(-90));
    assert_eq!(over[0].incident.title.as_deref(), Some("Slow API"));
    assert_eq!(over[0].incident.impact, Impact::Major);
    assert!(over[0].incident.words.is_empty());
}

pub async fn the_history_comes_in_pages_and_months(place: Place) {
    let store = place.store.as_ref();
    assert_eq!(store.public_span().await.expect("span"), None);
    // Begun in an order other than that of their numbers; two at the same moment; one at an unknown time.
    for (key, began) in [
        ("a", Some(50)),
        ("b", Some(10)),
        ("c", Some(50)),
        ("d", None),
        ("e", Some(30)),
    ] {
        let IncidentEvent::Imported {
            title,
            source,
            impact,
            components,
            resolved_at,
            ongoing,
            ..
        } = imported(key, key)
        else {
            unreachable!("it is one")
        };
        let started_at = began.map(at);
        let event = IncidentEvent::Imported {
            title,
            source,
            impact,
            components,
            started_at,
            resolved_at,
            ongoing,
        };
        store
            .commit(commit(Target::New, vec![event], 20))
            .await
            .expect("comes in");
    }
    let all = store.public_history(None, 50).await.expect("history");
    assert_eq!(numbers(&all), [3, 1, 5, 4, 2]);
    let mut place = None;
    let mut paged = Vec::new();
    loop {
        let page = store.public_history(place, 2).await.expect("history");
        let Some(last) = page.last() else { break };
        place = Some((last.at, last.incident.number));
        paged.extend(numbers(&page));
    }
    assert_eq!(paged, numbers(&all));
    let part = store.public_between(at(20), at(50)).await.expect("between");
    assert_eq!(numbers(&part), [5, 4]);
    assert_eq!(
        store.public_span().await.expect("span"),
        Some((at(10), at(50)))
    );
}
