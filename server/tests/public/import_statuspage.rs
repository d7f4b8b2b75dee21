//! `muster import statuspage`, on an invented page: the same code that real ones go through.

use crate::site::{Site, at, fixture};
use domain::incident::{Source, WordSource};
use domain::time::Time;
use domain::{
    Component, ComponentStatus, Group, Impact, Kind, Number, Opens, Phase, PublicState, Settings,
};
use serde_json::{Value, json};
use server::import::{Broken, ImportError, Report, jsonl, statuspage};
use server::store::HouseChange;
use std::process::Command;

pub async fn import(site: &Site, from: &[String]) -> Report {
    statuspage(&*site.store, &*site.clock, from)
        .await
        .expect("the files are there and the store too")
}

fn files(names: &[&str]) -> Vec<String> {
    let path = |name: &&str| fixture(&format!("statuspage/{name}")).display().to_string();
    names.iter().map(path).collect()
}

fn time(text: &str) -> Time {
    text.parse().expect("a time")
}

async fn incident(site: &Site, code: &str) -> domain::status::PublicIncident {
    let number = site.store.imported(&format!("page:{code}")).await;
    let number = number.expect("the store").expect("imported");
    let incident = site.store.public_incident(number).await;
    incident.expect("the store").expect("public")
}

async fn component(site: &Site, code: &str) -> Component {
    let directory = site.directory().await;
    let found = directory
        .components
        .into_iter()
        .find(|c| c.code.as_deref() == Some(code));
    found.expect("a component")
}

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
                "It runs again & we watch it, <2% of parcels wait."
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
async fn twice_is_the_same_as_once() {
    let site = Site::new().await;
    let all = files(&[
        "components.json",
        "incidents.json",
        "summary.json",
        "history.atom",
    ]);
    let once = import(&site, &all).await;
    assert!(once.is_whole(), "{once}");
    assert_eq!((once.incidents, once.updates), (4, 11));
    assert_eq!(
        once.maintenances,
        ["We paint the depot", "We painted the hall"]
    );
    let head = *site.store.head().borrow();
    let again = import(&site, &all).await;
    assert_eq!(
        (again.incidents, again.updates, again.known, again.continued),
        (0, 0, 4, 0)
    );
    assert_eq!(again.same, 4);
    assert!(again.components.is_empty() && again.changed.is_empty() && again.groups.is_empty());
    assert!(again.settings.is_empty());
    assert_eq!(*site.store.head().borrow(), head);
    // In another order it is the same page.
    let reversed: Vec<String> = all.into_iter().rev().collect();
    import(&site, &reversed).await;
    assert_eq!(*site.store.head().borrow(), head);
}

#[tokio::test]
async fn the_newer_document_has_the_say_and_the_json_over_the_feed() {
    let site = Site::new().await;
    let all = files(&[
        "later.json",
        "history.atom",
        "incidents.json",
        "summary.json",
    ]);
    import(&site, &all).await;
    let belt = incident(&site, "beltstands00").await;
    assert_eq!(belt.words.len(), 4);
    assert_eq!(belt.resolved_at, Some(time("2031-05-02T08:50:00.888Z")));
    assert_eq!(
        component(&site, "n0rthdep0t00").await.status,
        ComponentStatus::Operational
    );
    let scales = incident(&site, "scaleswrong0").await;
    assert_eq!(scales.started_at, Some(time("2031-03-01T08:50:00Z")));
    let inside = site.store.incident(scales.number).await;
    let source = inside
        .expect("the store")
        .expect("there")
        .source
        .expect("a source");
    assert_eq!(
        source.entry_id.as_deref(),
        Some("tag:status.parcel.test,2005:Incident/9004")
    );
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
    assert_eq!(zones.len(), 2, "{report}");
    assert!(
        report.broken[0].why.contains("which time zone CET is"),
        "{report}"
    );
    assert_eq!((report.incidents, report.maintenances.len()), (1, 1));
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
    let stamps = incident(&site, "openend00000").await;
    assert!(stamps.is_active());
    assert_eq!(stamps.words[0].published_at, time("2030-07-01T09:30:00Z"));
}

#[tokio::test]
async fn an_incident_that_went_on_is_brought_up_to_date_and_ends() {
    let site = Site::new().await;
    import(&site, &files(&["summary.json"])).await;
    let before = incident(&site, "beltstands00").await;
    assert_eq!(before.words.len(), 2);
    assert_eq!(
        component(&site, "n0rthdep0t00").await.status,
        ComponentStatus::Operational
    );

    let report = import(&site, &files(&["incidents.json"])).await;
    assert_eq!(
        (report.incidents, report.continued, report.updates),
        (1, 1, 4)
    );
    let after = incident(&site, "beltstands00").await;
    assert_eq!(after.number, before.number);
    assert_eq!(after.state, Some(PublicState::Monitoring));
    assert_eq!(
        after.words[2]
            .source
            .as_ref()
            .map(|source| source.id.as_str()),
        Some("upd4te000003")
    );

    let report = import(&site, &files(&["later.json"])).await;
    assert_eq!(
        (report.continued, report.updates, report.changed.len()),
        (1, 1, 1)
    );
    let over = incident(&site, "beltstands00").await;
    assert!(!over.is_active());
    assert_eq!(over.impact, Impact::Minor);
    assert_eq!(over.resolved_at, Some(time("2031-05-02T08:50:00.888Z")));
    let inside = site.store.incident(over.number).await;
    let inside = inside.expect("the store").expect("there");
    assert_eq!(inside.summary.progress.phase(), Phase::Closed);
    assert!(
        !site
            .get("/status")
            .await
            .text()
            .contains("North Partly down")
    );

    let head = *site.store.head().borrow();
    let again = import(&site, &files(&["later.json", "incidents.json"])).await;
    assert_eq!((again.continued, again.known), (0, 2));
    assert_eq!(*site.store.head().borrow(), head);
}

#[tokio::test]
async fn what_was_chosen_here_stays() {
    let site = Site::new().await;
    let settings = Settings {
        organisation: "Our parcels".to_owned(),
        time_zone: "Europe/Paris".to_owned(),
        page_code: Some("0therpage000".to_owned()),
        ..Settings::default()
    };
    site.change(HouseChange::PutSettings(Box::new(settings.clone())))
        .await;
    // Matched by its name; it keeps its id, and hidden ones stay hidden.
    let south = site.component("South", "Depots").await;
    let hidden = Component {
        hidden: true,
        ..site
            .directory()
            .await
            .component(&south)
            .expect("there")
            .clone()
    };
    site.change(HouseChange::PutComponent {
        component: hidden,
        place: None,
    })
    .await;
    let report = import(&site, &files(&["components.json"])).await;
    assert_eq!(site.directory().await.settings, settings);
    assert!(report.settings.is_empty());
    assert_eq!(report.left.len(), 4, "{report}");
    assert_eq!(report.changed, ["Depots - South"]);
    let taken = component(&site, "s0uthdep0t00").await;
    assert_eq!((taken.id, taken.hidden), (south, true));
    let directory = site.directory().await;
    assert_eq!(directory.groups[0].opens, Opens::Always);

    // The order that somebody makes here is not undone.
    let order: Vec<_> = directory
        .components
        .iter()
        .rev()
        .map(|c| c.id.clone())
        .collect();
    site.change(HouseChange::OrderComponents(order.clone()))
        .await;
    let head = *site.store.head().borrow();
    import(&site, &files(&["components.json"])).await;
    assert_eq!(*site.store.head().borrow(), head);
    let after: Vec<_> = site
        .directory()
        .await
        .components
        .into_iter()
        .map(|c| c.id)
        .collect();
    assert_eq!(after, order);
}

/// A fixture, changed.
fn changed(site: &Site, name: &str, change: impl FnOnce(&mut Value)) -> String {
    let content = std::fs::read(fixture(&format!("statuspage/{name}"))).expect("a fixture");
    let mut value: Value = serde_json::from_slice(&content).expect("JSON");
    change(&mut value);
    let path = site.folder.file(name, value.to_string().as_bytes());
    path.display().to_string()
}

#[tokio::test]
async fn a_renamed_group_and_component_are_the_same_ones() {
    let site = Site::new().await;
    import(&site, &files(&["components.json"])).await;
    let before = component(&site, "n0rthdep0t00").await.id;
    let renamed = changed(&site, "components.json", |page| {
        page["components"][1]["name"] = json!("Halls");
        page["components"][3]["name"] = json!("North hall");
    });
    let report = import(&site, &[renamed]).await;
    assert!(report.is_whole(), "{report}");
    let after = component(&site, "n0rthdep0t00").await;
    assert_eq!(
        (after.id.clone(), after.full_name().as_str()),
        (before, "Halls - North hall")
    );
    assert_eq!(site.directory().await.groups.len(), 1);
    assert_eq!(site.directory().await.components.len(), 4);
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
async fn broken_parts_are_named_and_the_rest_comes_in() {
    let site = Site::new().await;
    let components = changed(&site, "components.json", |page| {
        page["page"]["time_zone"] = json!("Mars/Olympus");
        page["components"][0]["status"] = json!("sleepy");
        page["components"][2]["name"] = json!(" ");
        page["components"][4]["name"] = json!("North");
    });
    let incidents = changed(&site, "incidents.json", |page| {
        page["page"]["time_zone"] = json!("Mars/Olympus");
        page["incidents"][0]["status"] = json!("forgotten");
        page["incidents"][1]["incident_updates"][1]["body"] = json!("");
    });
    let nonsense = site
        .folder
        .file("nonsense.txt", b"Dear all")
        .display()
        .to_string();
    let cut = site
        .folder
        .file("cut.json", b"{\"page\":")
        .display()
        .to_string();
    let nobody = site
        .folder
        .file("nobody.json", b"{\"incidents\":[]}")
        .display()
        .to_string();
    let html = site
        .folder
        .file("page.html", b"<html><p>Hello</html>")
        .display()
        .to_string();
    let all = [&components, &incidents, &nonsense, &cut, &nobody, &html].map(Clone::clone);
    let report = import(&site, &all).await;
    let why = |what: &str| {
        let found = report
            .broken
            .iter()
            .find(|broken| broken.what.contains(what));
        found.map_or_else(
            || panic!("no {what} in {report}"),
            |Broken { why, .. }| why.clone(),
        )
    };
    assert_eq!(
        why("the page's time zone"),
        "there is none called Mars/Olympus"
    );
    assert!(why("component 1 (Tracking)").starts_with("status: unknown variant `sleepy`"));
    assert_eq!(
        why("l4bels000000"),
        "The name is missing. Write a few words."
    );
    assert_eq!(
        why("s0uthdep0t00"),
        "another component has the same name in the same group"
    );
    assert_eq!(
        why("incident 1 (The belt in the north stands still)"),
        "“forgotten” is not the state of an incident"
    );
    assert_eq!(
        why("incident 2 (Scales were wrong)"),
        "update 2: The message is missing. Write a few words."
    );
    assert_eq!(
        why("nonsense.txt"),
        "it is neither JSON nor a feed of a Statuspage"
    );
    assert!(why("cut.json").starts_with("it is not JSON of a Statuspage ("));
    assert!(why("nobody.json").contains("which page"));
    assert!(why("page.html").starts_with("it is not the Atom feed of a Statuspage"));
    assert_eq!(report.broken.len(), 10, "{report}");
    assert_eq!(report.components, ["Depots - North"]);
}

#[tokio::test]
async fn two_pages_in_one_command_are_refused_and_named() {
    let site = Site::new().await;
    let other = changed(&site, "incidents.json", |page| {
        page["page"]["id"] = json!("0therpage000");
        page["page"]["name"] = json!("Letter Post");
    });
    let feed = fixture("statuspage/history.atom");
    let feed = std::fs::read_to_string(feed)
        .expect("a fixture")
        .replace("parcel.test", "letter.test");
    let feed = site
        .folder
        .file("feed.atom", feed.as_bytes())
        .display()
        .to_string();
    let before = *site.store.head().borrow();
    for other in [other, feed] {
        let mut from = files(&["components.json"]);
        from.push(other);
        let refused = statuspage(&*site.store, &*site.clock, &from).await;
        let Err(error @ ImportError::TwoPages { .. }) = refused else {
            panic!("{refused:?}");
        };
        let words = error.to_string();
        assert!(
            words.contains("Parcel Post (https://status.parcel.test)"),
            "{words}"
        );
        assert!(words.contains("Nothing was brought in"), "{words}");
        assert!(
            words.contains("Letter Post") || words.contains("letter.test"),
            "{words}"
        );
    }
    assert_eq!(*site.store.head().borrow(), before);
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
        "It runs again & we watch it, <2% of parcels wait.",
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

#[test]
fn the_command_says_what_came_of_it_and_fails_when_something_is_broken() {
    let folder = crate::site::Folder::new();
    let run = |from: &[String]| {
        Command::new(env!("CARGO_BIN_EXE_muster"))
            .args(["import", "statuspage"])
            .args(from)
            .args(["--database", &folder.url()])
            .output()
            .expect("the command runs")
    };
    let good = run(&files(&["summary.json"]));
    assert!(good.status.success(), "{good:?}");
    assert_eq!(
        String::from_utf8_lossy(&good.stdout),
        "Imported 1 incident with 2 updates.\n\
         Made 4 components: Tracking, Labels  and stamps, Depots - North, Depots - South.\n\
         Made or changed 1 group: Depots.\n\
         The organisation is Parcel Post.\n\
         The time zone is Europe/Berlin.\n\
         The page keeps its id p4rc3lp0stpg.\n\
         The group Retired has no components and is left out.\n\
         Left out 1 planned maintenance, which Muster does not keep yet:\n  We paint the depot\n"
    );
    let broken = run(&[folder.file("x", b"x").display().to_string()]);
    assert_eq!(broken.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&broken.stdout).contains("Could not read 1 part:"));
    let missing = run(&["/nowhere/at-all.json".to_owned()]);
    assert_eq!(missing.status.code(), Some(1));
    assert!(
        String::from_utf8_lossy(&missing.stderr).contains("/nowhere/at-all.json cannot be read")
    );
    assert_eq!(run(&[]).status.code(), Some(2));
}
