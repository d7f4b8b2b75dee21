//! What a page has comes in as it stands there.

use super::{component, files, import, incident, time};
use crate::site::{Site, at};
use domain::incident::{Source, WordSource};
use domain::time::Time;
use domain::{Component, ComponentStatus, Group, Impact, Kind, Number, Opens, PublicState};
use server::import::{Report, jsonl};

#[tokio::test]
async fn components_and_groups_come_in_as_they_stand_there() {
    let site = Site::new().await;
    let report = import(&site, &files(&["components.json"])).await;
    assert_eq!(
        report,
        Report {
            components: [
                "Tracking",
                "Labels  and stamps",
                "Depots - North",
                "Depots - South"
            ]
            .map(str::to_owned)
            .into(),
            groups: vec!["Depots".to_owned()],
            settings: vec![
                "The organisation is Parcel Post.".to_owned(),
                "The time zone is Europe/Berlin.".to_owned(),
                "The page keeps its id p4rc3lp0stpg.".to_owned(),
            ],
            left: vec!["The group Retired has no components and is left out.".to_owned()],
            ..Report::default()
        }
    );
    let directory = site.directory().await;
    let south = component(&site, "s0uthdep0t00").await;
    let expected = Component {
        id: south.id.clone(),
        name: "South".to_owned(),
        group: "Depots".to_owned(),
        description: "Open on Sundays".to_owned(),
        hidden: false,
        status: ComponentStatus::DegradedPerformance,
        only_if_degraded: true,
        showcase: true,
        start_date: "2029-02-01".parse().ok(),
        place: 2,
        position: Some(2),
        code: Some("s0uthdep0t00".to_owned()),
        created_at: time("2029-01-05T07:00:00.125Z"),
        updated_at: time("2031-05-02T07:30:00.250Z"),
    };
    assert_eq!(south, expected);
    assert_eq!(
        directory.groups,
        [Group {
            name: "Depots".to_owned(),
            description: "Where parcels rest".to_owned(),
            opens: Opens::WhenAffected,
            place: 2,
            position: Some(2),
            code: Some("gr0updepots0".to_owned()),
            created_at: time("2029-01-05T07:00:00.125Z"),
            updated_at: time("2031-05-02T07:30:00.250Z"),
        }]
    );
    let names: Vec<&str> = directory
        .components
        .iter()
        .map(|c| c.name.as_str())
        .collect();
    assert_eq!(names, ["Tracking", "North", "South", "Labels  and stamps"]);
    let settings = directory.settings;
    assert_eq!(settings.organisation, "Parcel Post");
    assert_eq!(settings.time_zone, "Europe/Berlin");
    assert_eq!(settings.page_code.as_deref(), Some("p4rc3lp0stpg"));
}

#[tokio::test]
async fn incidents_come_in_with_everything_the_page_says() {
    let site = Site::new().await;
    let report = import(&site, &files(&["components.json", "incidents.json"])).await;
    assert!(report.is_whole(), "{report}");
    assert_eq!((report.incidents, report.updates), (2, 6));
    assert!(
        report
            .left
            .contains(&"The postmortem of “Scales were wrong” is a plain update here.".to_owned())
    );

    let belt = incident(&site, "beltstands00").await;
    assert_eq!(
        belt.title.as_deref(),
        Some("The belt in the north stands still")
    );
    assert_eq!(
        belt.impact,
        Impact::Minor,
        "as the page says, not as its components would make it"
    );
    assert!(belt.ongoing && belt.is_active());
    assert_eq!(belt.state, Some(PublicState::Monitoring));
    assert_eq!(belt.started_at, Some(time("2031-05-02T05:55:00Z")));
    assert_eq!(belt.monitoring_at, Some(time("2031-05-02T07:40:00.444Z")));
    assert_eq!(belt.resolved_at, None);
    assert_eq!(belt.created_at, Some(time("2031-05-02T06:00:10.111Z")));
    assert_eq!(belt.updated_at, Some(time("2031-05-02T07:45:00.777Z")));
    let north = component(&site, "n0rthdep0t00").await.id;
    assert_eq!(belt.named, std::slice::from_ref(&north));
    let words: Vec<(PublicState, Time, &str)> = belt
        .words
        .iter()
        .map(|word| (word.state, word.published_at, word.message.as_str()))
        .collect();
    assert_eq!(
        words,
        [
            (
                PublicState::Investigating,
                time("2031-05-02T06:00:00Z"),
                "The belt stands.\nWe look."
            ),
            (
                PublicState::Identified,
                time("2031-05-02T06:20:00.333Z"),
                "A strap tore.\n\nMore on our page (https://parcel.test/belt) & by phone."
            ),
            (
                PublicState::Monitoring,
                time("2031-05-02T07:40:00.444Z"),
                "It runs again & we watch it, <2% of parcels wait, see <belt-7>."
            ),
        ]
    );
    assert_eq!(
        belt.words[2].source,
        Some(WordSource {
            id: "upd4te000003".to_owned(),
            created_at: time("2031-05-02T07:40:00.444Z"),
            updated_at: time("2031-05-02T07:45:00.770Z"),
        })
    );
    let affected = &belt.words[1].components;
    assert_eq!(
        (&affected[0].id, affected[0].status),
        (&north, ComponentStatus::MajorOutage)
    );

    let inside = site.store.incident(belt.number).await;
    let inside = inside.expect("the store").expect("there");
    assert_eq!(inside.summary.kind, Kind::Live);
    assert!(inside.summary.progress.phase().is_open());
    assert_eq!(
        inside.source,
        Some(Source {
            id: "beltstands00".to_owned(),
            entry_id: None,
            url: Some("https://status.parcel.test/incidents/beltstands00".to_owned()),
            created_at: Some(time("2031-05-02T06:00:10.111Z")),
            updated_at: Some(time("2031-05-02T07:45:00.777Z")),
        })
    );

    let scales = incident(&site, "scaleswrong0").await;
    assert!(!scales.ongoing && !scales.is_active());
    assert_eq!(scales.resolved_at, Some(time("2031-03-01T11:00:00.500Z")));
    let states: Vec<PublicState> = scales.words.iter().map(|word| word.state).collect();
    assert_eq!(
        states,
        [
            PublicState::Investigating,
            PublicState::Resolved,
            PublicState::Update
        ]
    );
    // The page has no such component any more: it keeps its name in what happened and is not on the page.
    let gone = component(&site, "0ldscales000").await;
    assert_eq!(
        (gone.full_name().as_str(), gone.hidden),
        ("Depots - Old scales", true)
    );
}

#[tokio::test]
async fn a_component_is_well_by_itself_when_an_open_incident_says_why_it_is_not() {
    let site = Site::new().await;
    import(&site, &files(&["components.json"])).await;
    assert_eq!(
        component(&site, "n0rthdep0t00").await.status,
        ComponentStatus::PartialOutage
    );
    import(&site, &files(&["components.json", "incidents.json"])).await;
    assert_eq!(
        component(&site, "n0rthdep0t00").await.status,
        ComponentStatus::Operational
    );
    // Nothing explains this one: the incident that named it is over.
    let south = component(&site, "s0uthdep0t00").await;
    assert_eq!(south.status, ComponentStatus::DegradedPerformance);
    assert!(
        site.get("/status")
            .await
            .text()
            .contains("North Partly down")
    );
    // It is still explained by the incident that is here when the list comes alone.
    let report = import(&site, &files(&["components.json"])).await;
    assert_eq!((report.changed.len(), report.same), (0, 4));
}

#[tokio::test]
async fn a_feed_says_less_and_nothing_is_made_up() {
    let site = Site::new().await;
    let report = import(&site, &files(&["history.atom"])).await;
    // Letters of a time zone alone say nothing sure.
    let zones: Vec<&str> = report
        .broken
        .iter()
        .map(|broken| broken.what.as_str())
        .collect();
    assert_eq!(zones.len(), 3, "{report}");
    assert!(
        report.broken[0].why.contains("which time zone CET is"),
        "{report}"
    );
    assert_eq!((report.incidents, report.maintenances.len()), (1, 0));
    let fireworks = incident(&site, "newyear00000").await;
    assert_eq!(fireworks.title.as_deref(), Some("Fireworks & parcels"));
    assert_eq!(fireworks.started_at, None);
    assert_eq!(fireworks.resolved_at, Some(time("2031-01-02T00:10:00Z")));
    let words: Vec<(PublicState, Time, &str)> = fireworks
        .words
        .iter()
        .map(|word| (word.state, word.published_at, word.message.as_str()))
        .collect();
    assert_eq!(
        words,
        [
            (
                PublicState::Investigating,
                time("2030-12-31T23:50:00Z"),
                "Rockets <2 m away."
            ),
            (
                PublicState::Update,
                time("2031-01-01T09:00:00Z"),
                "Still loud:\n\n- north\n- south"
            ),
            (
                PublicState::Resolved,
                time("2031-01-02T00:10:00Z"),
                "No more rockets.\n\nThank you & see the rules (https://parcel.test/rockets), https://parcel.test."
            ),
        ]
    );
    let organisation = site.directory().await.settings.organisation;
    assert_eq!(organisation, "Parcel Post");

    // With the page's time zone the others come in too; one of them still goes on.
    let report = import(&site, &files(&["history.atom", "components.json"])).await;
    assert!(report.is_whole(), "{report}");
    assert_eq!((report.incidents, report.known), (2, 1));
    let scales = incident(&site, "scaleswrong0").await;
    assert_eq!(scales.words[0].published_at, time("2031-03-01T09:00:00Z"));
    // It is over although something was said after the end.
    assert_eq!(scales.words[2].state, PublicState::Update);
    assert_eq!(scales.resolved_at, Some(time("2031-03-01T11:00:00Z")));
    assert!(!scales.ongoing);
    let stamps = incident(&site, "openend00000").await;
    assert!(stamps.is_active());
    assert_eq!(stamps.words[0].published_at, time("2030-07-01T09:30:00Z"));
}

#[tokio::test]
async fn incidents_alone_bring_the_components_that_they_name() {
    let site = Site::new().await;
    let report = import(&site, &files(&["incidents.json"])).await;
    assert!(report.is_whole(), "{report}");
    let north = component(&site, "n0rthdep0t00").await;
    assert_eq!(
        (north.full_name().as_str(), north.hidden),
        ("Depots - North", false)
    );
    let head = *site.store.head().borrow();
    import(&site, &files(&["incidents.json"])).await;
    assert_eq!(*site.store.head().borrow(), head);
}

#[tokio::test]
async fn the_line_of_an_archive_and_the_feed_are_one_incident() {
    let site = Site::new().await;
    let line = r#"{"id":"9002","title":"Fireworks","url":"https://status.parcel.test/incidents/newyear00000","updates":[]}"#;
    let archive = site.folder.file("archive.jsonl", line.as_bytes());
    jsonl(&*site.store, &*site.clock, &archive)
        .await
        .expect("an import");
    let report = import(&site, &files(&["history.atom"])).await;
    assert_eq!((report.incidents, report.known), (0, 1));
    assert_eq!(incident(&site, "newyear00000").await.number, Number(1));
}

#[tokio::test]
async fn what_came_in_is_on_the_public_pages() {
    let site = Site::new().await;
    import(&site, &files(&["components.json", "incidents.json"])).await;
    site.clock
        .advance(time("2031-05-02T08:00:00Z") - at("14:27"));
    let belt = incident(&site, "beltstands00").await;
    let page = site
        .get(&format!("/status/incidents/{}", belt.number))
        .await;
    let text = page.text();
    for words in [
        "North Partly down",
        "It runs again & we watch it, <2% of parcels wait, see",
    ] {
        assert!(text.contains(words), "{words} is not in {text}");
    }
    assert!(
        site.get("/status")
            .await
            .text()
            .contains("The belt in the north stands still")
    );
}
