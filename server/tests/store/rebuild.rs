//! Read models are disposable: the log alone makes them again.

use crate::make::{add_person, at, begin_with, commit, declared, go_on, imported, noted};
use crate::make::{person, said, sitrep};
use crate::place::Place;
use crate::rows::{meddle, read_models};
use domain::{IncidentEvent, Kind, Number, Phase, PublicState, Severity};
use server::store::{Commit, HouseChange, Listing, Target};

pub async fn a_rebuild_makes_the_same_rows(place: Place) {
    let store = place.store.as_ref();
    add_person(store, "ines").await;
    for n in 0..5 {
        let kind = [Kind::Live, Kind::Drill, Kind::Backfilled][n % 3];
        let title = format!("Title {n}");
        let mut incident = begin_with(store, vec![declared(&title, kind), noted("first")]).await;
        let steps = [
            vec![sitrep(1, "It is down in one region")],
            vec![said(
                "x-1",
                PublicState::Investigating,
                "We are looking into it.",
            )],
            vec![
                IncidentEvent::SeverityChanged {
                    from: Severity::Unset,
                    to: Severity::Sev2,
                },
                IncidentEvent::PhaseChanged {
                    from: Phase::Assess,
                    to: Phase::Watch,
                },
                noted("words enough for the index: Überlast 障害"),
            ],
            vec![IncidentEvent::PublicTitleChanged {
                title: format!("Public {n}"),
            }],
            vec![
                sitrep(2, "It is well in one region"),
                said("x-2", PublicState::Resolved, "It is over."),
                IncidentEvent::Resolved {
                    resolved_at: at(30),
                },
            ],
        ];
        for events in steps.into_iter().take(n + 1) {
            incident = go_on(store, &incident, events).await.incident;
        }
    }
    let import = Commit {
        letters: false,
        import_key: Some("gh-1".to_owned()),
        once: None,
        drafted: Vec::new(),
        by: None,
        ..commit(Target::New, vec![imported("Pages", "gh-1")], 0)
    };
    store.commit(import).await.expect("comes in");
    // Names are no part of the rows, so a new one changes none of them.
    let mut renamed = person("ines");
    renamed.name.push_str(" Berg");
    let change = HouseChange::PutPerson(renamed);
    store
        .change_house(None, at(3), change)
        .await
        .expect("renamed");

    let inline = read_models(&place).await;
    assert_eq!(inline["incident"].len(), 6);
    assert!(inline.values().all(|rows| !rows.is_empty()), "{inline:?}");
    let report = store.rebuild().await.expect("rebuilt");
    let events = store.feed(0, 1000).await.expect("feed").len();
    assert_eq!(report.incidents, 6);
    assert_eq!(
        report.events,
        i64::try_from(events).expect("few") - 2,
        "all but the people"
    );
    assert_eq!(read_models(&place).await, inline);

    // And it mends what somebody broke by hand.
    meddle(
        &place,
        "update incident set title = 'broken', state = '{}' where number = 1; delete from sitrep; \
         delete from public_incident; delete from incident_words where number = 2",
    )
    .await;
    assert_ne!(read_models(&place).await, inline);
    store.rebuild().await.expect("rebuilt");
    assert_eq!(read_models(&place).await, inline);
    assert_eq!(store.imported("gh-1").await.expect("read"), Some(Number(6)));

    // Life goes on after it.
    let next = begin_with(store, vec![declared("Next", Kind::Live)]).await;
    assert_eq!(next.summary.number, Number(7));
    let q = Some("next".to_owned());
    let listing = Listing {
        q,
        limit: 5,
        ..Listing::default()
    };
    assert_eq!(
        store.list(listing).await.expect("search").incidents.len(),
        1
    );
}
