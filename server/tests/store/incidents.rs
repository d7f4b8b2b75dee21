//! Incidents as screens read them.

use crate::make::{add_person, at, begin, begin_with, by, commit, declared, go_on, noted, person};
use crate::make::{said, sitrep};
use crate::place::Place;
use domain::incident::Sitrep;
use domain::{Incident, IncidentEvent, Kind, Number, Phase, PublicState, Severity};
use server::store::{HouseChange, Listing, Store, Target};

fn severity(to: Severity) -> IncidentEvent {
    let from = Severity::Unset;
    IncidentEvent::SeverityChanged { from, to }
}

fn resolved() -> IncidentEvent {
    IncidentEvent::Resolved { resolved_at: at(9) }
}

pub async fn an_incident_is_read_as_it_was_folded(place: Place) {
    let store = place.store.as_ref();
    add_person(store, "ines").await;
    let begun = begin(store, "API failing").await;
    assert_eq!(
        store.incident(Number(1)).await.expect("read"),
        Some(begun.clone())
    );
    let events = vec![
        severity(Severity::Sev1),
        sitrep(1, "It is down."),
        said("1-1", PublicState::Investigating, "We are looking into it."),
        noted("seen"),
    ];
    let after = go_on(store, &begun, events).await.incident;
    let stream = store.stream(Number(1), 0).await.expect("stream");
    assert_eq!(Incident::fold(&stream), Some(after.clone()));
    assert_eq!(store.incident(Number(1)).await.expect("read"), Some(after));
    assert_eq!(store.incident(Number(2)).await.expect("read"), None);
    let kinds = |events: &[domain::Recorded]| -> Vec<&'static str> {
        events.iter().map(|event| event.event.kind()).collect()
    };
    let milestones = store.milestones(Number(1)).await.expect("read");
    assert_eq!(kinds(&milestones), ["declared", "public_update_published"]);
}

pub async fn a_person_who_changes_names_is_shown_with_the_new_one(place: Place) {
    let store = place.store.as_ref();
    add_person(store, "ines").await;
    let begun = begin(store, "API").await;
    let word = said("1-1", PublicState::Investigating, "We are looking into it.");
    go_on(store, &begun, vec![sitrep(1, "Down."), word]).await;
    let mut renamed = person("ines");
    renamed.name.push_str(" Berg");
    let change = HouseChange::PutPerson(renamed.clone());
    store
        .change_house(None, at(3), change)
        .await
        .expect("renamed");

    let now = Some(renamed.as_ref());
    let read = store
        .incident(Number(1))
        .await
        .expect("read")
        .expect("there");
    assert_eq!(read.sitrep.map(|sitrep| sitrep.by), Some(now.clone()));
    assert_eq!(read.word.map(|word| word.by), Some(now.clone()));
    let heads = store.sitrep_heads(Number(1)).await.expect("heads");
    assert_eq!(heads[0].by, now);
    assert_eq!(store.stream(Number(1), 0).await.expect("stream")[0].by, now);
}

pub async fn the_board_holds_what_is_not_over(place: Place) {
    let store = place.store.as_ref();
    let mut expected = Vec::new();
    for (title, then) in [
        ("open", vec![]),
        ("finishing", vec![resolved()]),
        ("closed", vec![resolved(), IncidentEvent::Closed {}]),
        (
            "cancelled",
            vec![IncidentEvent::Cancelled {
                reason: "no".to_owned(),
            }],
        ),
        ("merged", vec![IncidentEvent::Merged { into: Number(1) }]),
    ] {
        let begun = begin(store, title).await;
        let after = go_on(store, &begun, then).await.incident;
        if !after.summary.progress.phase().is_over() {
            expected.push(after.summary);
        }
    }
    begin_with(store, vec![declared("backfilled", Kind::Backfilled)]).await;
    assert_eq!(expected.len(), 2);
    assert_eq!(store.summaries().await.expect("board"), expected);
    let resolved = store.last_resolved().await.expect("asked");
    let resolved = resolved.expect("one was resolved").progress.resolved_at();
    assert!(
        expected
            .iter()
            .all(|i| i.progress.resolved_at() <= resolved)
    );
}

async fn titles(store: &dyn Store, listing: Listing) -> (Vec<String>, Option<i64>) {
    let page = store.list(listing).await.expect("list");
    let titles = page.incidents.into_iter().map(|summary| summary.title);
    (titles.collect(), page.next.map(|number| number.0))
}

pub async fn lists_are_filtered_and_come_in_pages(place: Place) {
    let store = place.store.as_ref();
    for n in 1..=9 {
        let kind = if n % 3 == 0 { Kind::Drill } else { Kind::Live };
        let begun = begin_with(store, vec![declared(&format!("i{n}"), kind)]).await;
        let mut then = vec![severity(if n % 2 == 0 {
            Severity::Sev1
        } else {
            Severity::Sev3
        })];
        if n > 4 {
            then.push(resolved());
        }
        if n > 6 {
            then.push(IncidentEvent::Closed {});
        }
        go_on(store, &begun, then).await;
    }
    let all = || Listing {
        limit: 50,
        ..Listing::default()
    };
    let whole = titles(store, all()).await;
    assert_eq!(
        whole.0,
        ["i9", "i8", "i7", "i6", "i5", "i4", "i3", "i2", "i1"]
    );
    assert_eq!(whole.1, None);

    let mut page = Listing {
        limit: 4,
        ..Listing::default()
    };
    assert_eq!(
        titles(store, page.clone()).await,
        (strings(&["i9", "i8", "i7", "i6"]), Some(6))
    );
    page.before = Some(Number(6));
    assert_eq!(
        titles(store, page.clone()).await,
        (strings(&["i5", "i4", "i3", "i2"]), Some(2))
    );
    page.before = Some(Number(2));
    assert_eq!(titles(store, page).await, (strings(&["i1"]), None));

    let closed = Listing {
        phases: vec![Phase::Closed],
        ..all()
    };
    assert_eq!(titles(store, closed).await.0, ["i9", "i8", "i7"]);
    let going = Listing {
        phases: vec![Phase::Assess, Phase::Cleanup],
        ..all()
    };
    assert_eq!(
        titles(store, going).await.0,
        ["i6", "i5", "i4", "i3", "i2", "i1"]
    );
    let mixed = Listing {
        phases: vec![Phase::Assess, Phase::Closed],
        severities: vec![Severity::Sev3, Severity::Sev4],
        kinds: vec![Kind::Live, Kind::Backfilled],
        ..all()
    };
    assert_eq!(titles(store, mixed.clone()).await.0, ["i7", "i1"]);
    let asked = Listing {
        q: Some("i7".to_owned()),
        ..mixed
    };
    assert_eq!(titles(store, asked).await.0, ["i7"]);
    // Limits out of range are put in range.
    for limit in [-1, 0] {
        let listing = Listing {
            limit,
            ..Listing::default()
        };
        assert_eq!(titles(store, listing).await, (strings(&["i9"]), Some(9)));
    }
}

fn strings(texts: &[&str]) -> Vec<String> {
    texts.iter().map(|text| (*text).to_owned()).collect()
}

pub async fn sitreps_are_found_by_version(place: Place) {
    let store = place.store.as_ref();
    add_person(store, "ines").await;
    let mut incident = begin(store, "API").await;
    let texts = ["It is down.", "It is down in two regions.", "It is well."];
    for (version, text) in (1..).zip(texts) {
        let sent = vec![noted("hm"), sitrep(version, text)];
        incident = go_on(store, &incident, sent).await.incident;
    }
    let heads = store.sitrep_heads(Number(1)).await.expect("heads");
    let versions: Vec<i64> = heads.iter().map(|head| head.version).collect();
    assert_eq!(versions, [1, 2, 3]);
    assert_eq!(heads[1].headline.as_deref(), Some("Headline 2"));
    assert_eq!(heads[1].by, Some(by("ines")));
    assert_eq!(heads[0].changes, None);
    // Three words more and a headline with another number.
    assert_eq!(heads[1].changes, Some((4, 1)));

    let last = store
        .sitrep(Number(1), 3)
        .await
        .expect("read")
        .expect("there");
    assert_eq!(Some(&last), incident.sitrep.as_ref());
    assert_eq!(store.sitrep(Number(1), 4).await.expect("read"), None);
    let some = store.sitreps_between(Number(1), 2, 3).await.expect("read");
    let read: Vec<&Sitrep> = some.iter().map(|sent| &sent.sitrep).collect();
    assert_eq!(read[0].situation, texts[1]);
    assert_eq!(read[1].situation, texts[2]);
    assert_eq!(
        store.sitreps_between(Number(2), 1, 9).await.expect("read"),
        []
    );
    // Two in one commit count against each other.
    let both = vec![
        sitrep(4, "It is well, we think."),
        sitrep(5, "It is well, we think."),
    ];
    let both = commit(Target::Incident(Box::new(incident)), both, 9);
    store.commit(both).await.expect("sent");
    let heads = store.sitrep_heads(Number(1)).await.expect("heads");
    assert_eq!(heads[3].changes, Some((3, 1)));
    assert_eq!(heads[4].changes, Some((1, 1)));
}
