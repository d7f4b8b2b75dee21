//! `muster import jsonl`, on invented incidents: the same code that real ones go through.

use crate::site::{Site, at, fixture};
use domain::incident::Source;
use domain::{Impact, Kind, Number, Phase, PublicState};
use server::import::{Broken, ImportError, Report, jsonl};
use std::path::Path;
use std::process::Command;

async fn import(site: &Site, path: &Path) -> Report {
    jsonl(&*site.store, &*site.clock, path)
        .await
        .expect("the file is there and the store too")
}

#[tokio::test]
async fn incidents_come_in_by_time_with_everything_the_source_says() {
    let site = Site::new().await;
    let report = import(&site, &fixture("incidents.jsonl")).await;
    assert_eq!(
        report,
        Report {
            incidents: 4,
            updates: 8,
            components: ["Printing", "Sorting", "Delivery"]
                .map(str::to_owned)
                .into(),
            maintenances: vec!["Planned: new scales in the south depot".to_owned()],
            left: vec![
                "The window of “Planned: new scales in the south depot” is when it ran; what was planned is not in what was given.".to_owned(),
            ],
            ..Report::default()
        }
    );
    let titles = [
        // Without any time there is no place in the order; such a one comes first and keeps its unknown times unknown.
        "Nobody knows when this was",
        "Labels cannot be printed </title><script>alert(1)</script>",
        "Tracking was slow",
        "Parcels arrive late",
    ];
    for (number, title) in (1..).zip(titles) {
        let incident = site.store.public_incident(Number(number)).await;
        let incident = incident.expect("the store").expect("public");
        assert_eq!(incident.title.as_deref(), Some(title));
    }

    let parcels = site.store.public_incident(Number(4)).await;
    let parcels = parcels.expect("the store").expect("public");
    let directory = site.directory().await;
    let named: Vec<&str> = parcels
        .named
        .iter()
        .filter_map(|id| directory.component(id))
        .map(|component| component.name.as_str())
        .collect();
    assert_eq!(named, ["Sorting", "Delivery"]);
    assert_eq!(parcels.impact, Impact::Major);
    let words: Vec<(&str, PublicState)> = parcels
        .words
        .iter()
        .map(|word| (word.id.as_str(), word.state))
        .collect();
    assert_eq!(
        words,
        [
            ("4-1", PublicState::Investigating),
            ("4-2", PublicState::Identified),
            ("4-3", PublicState::Update),
            ("4-4", PublicState::Monitoring),
            ("4-5", PublicState::Resolved),
        ]
    );

    let inside = site.store.incident(Number(4)).await;
    let inside = inside.expect("the store").expect("there");
    assert_eq!(inside.summary.kind, Kind::Backfilled);
    assert_eq!(inside.summary.progress.phase(), Phase::Closed);
    assert_eq!(
        inside.source,
        Some(Source {
            id: "7003".to_owned(),
            entry_id: Some("tag:status.example.test,2031:Incident/7003".to_owned()),
            url: Some("https://status.example.test/incidents/c3".to_owned()),
            created_at: None,
            updated_at: None,
        })
    );
    let unknown = site.store.public_incident(Number(1)).await;
    let unknown = unknown.expect("the store").expect("public");
    assert_eq!((unknown.started_at, unknown.resolved_at), (None, None));
}

#[tokio::test]
async fn twice_is_the_same_as_once() {
    let site = Site::new().await;
    import(&site, &fixture("incidents.jsonl")).await;
    let head = *site.store.head().borrow();
    let again = import(&site, &fixture("incidents.jsonl")).await;
    assert_eq!((again.incidents, again.updates, again.known), (0, 0, 4));
    assert!(again.components.is_empty());
    assert_eq!(*site.store.head().borrow(), head);
}

#[tokio::test]
async fn a_component_that_is_there_is_taken_by_its_name() {
    let site = Site::new().await;
    let sorting = site.component("Sorting", "Depot").await;
    let report = import(&site, &fixture("incidents.jsonl")).await;
    assert_eq!(report.components, ["Printing", "Delivery"]);
    let parcels = site.store.public_incident(Number(4)).await;
    let parcels = parcels.expect("the store").expect("public");
    assert_eq!(parcels.named.first(), Some(&sorting));
}

const GOOD: &str = r#"{"id":"1","title":"Good","started_at":"2031-01-01T00:00:00Z","updates":[]}"#;

#[tokio::test]
async fn a_broken_line_is_named_and_the_rest_comes_in() {
    let site = Site::new().await;
    let update = |update: &str| format!(r#"{{"id":"2","title":"Bad","updates":[{update}]}}"#);
    let long = "x".repeat(201);
    let cases: Vec<(Vec<u8>, &str)> = vec![
        (
            b"nonsense".to_vec(),
            "it is not one JSON object (expected ident)",
        ),
        (
            b"{\"id\":\"2\"".to_vec(),
            "it is not one JSON object (EOF while parsing an object)",
        ),
        (b"{\"id\":\"\xff\"}".to_vec(), "it is not UTF-8"),
        (
            b"[]".to_vec(),
            "invalid length 0, expected struct Line with 9 elements",
        ),
        (
            b"{\"id\":\"2\",\"updates\":[]}".to_vec(),
            "missing field `title`",
        ),
        (
            b"{\"id\":\"2\",\"title\":\" \",\"updates\":[]}".to_vec(),
            "The title is missing. Write a few words.",
        ),
        (
            format!(r#"{{"id":"2","title":"{long}","updates":[]}}"#).into_bytes(),
            "The title is too long. It may have at most 200 characters.",
        ),
        (
            br#"{"id":"2","title":"Bad","impact":"awful","updates":[]}"#.to_vec(),
            "“awful” is not an impact. Use none, minor, major or critical.",
        ),
        (
            update(r#"{"at":"yesterday","status":"Resolved","message":"Done."}"#).into_bytes(),
            "input contains invalid characters",
        ),
        (
            update(r#"{"at":"2031-01-01T00:00:00Z","status":"Solved","message":"Done."}"#)
                .into_bytes(),
            "update 1: “solved” is not a public state. Use investigating, identified, monitoring, resolved or update.",
        ),
        (
            update(r#"{"at":"2031-01-01T00:00:00Z","status":"Resolved","message":""}"#)
                .into_bytes(),
            "update 1: The message is missing. Write a few words.",
        ),
        (
            GOOD.as_bytes().to_vec(),
            "the id 1 is that of an earlier line",
        ),
    ];
    let mut content = b"\xef\xbb\xbf".to_vec();
    content.extend_from_slice(GOOD.as_bytes());
    for (line, _) in &cases {
        content.extend_from_slice(b"\r\n");
        content.extend_from_slice(line);
    }
    let report = import(&site, &site.folder.file("broken.jsonl", &content)).await;
    let expected: Vec<Broken> = (2_usize..)
        .zip(&cases)
        .map(|(line, (_, why))| Broken {
            what: format!("line {line}"),
            why: (*why).to_owned(),
        })
        .collect();
    assert_eq!(report.broken, expected);
    assert_eq!(report.incidents, 1);
    assert!(!report.is_whole());
}

#[tokio::test]
async fn a_file_that_is_not_there_is_named() {
    let site = Site::new().await;
    let missing = jsonl(
        &*site.store,
        &*site.clock,
        Path::new("/nowhere/at-all.jsonl"),
    )
    .await;
    let Err(error @ ImportError::Unreadable { .. }) = missing else {
        panic!("{missing:?}");
    };
    assert!(
        error
            .to_string()
            .starts_with("/nowhere/at-all.jsonl cannot be read")
    );
}

#[tokio::test]
async fn what_came_in_is_on_the_public_pages() {
    let site = Site::new().await;
    import(&site, &fixture("incidents.jsonl")).await;
    site.clock
        .advance(at("14:27") - at("14:27") + chrono::TimeDelta::days(5 * 365));
    let page = site.get("/status/incidents/4").await;
    let text = page.text();
    for words in [
        "Resolved after 1 h 10 min",
        "Major impact",
        "Sorting",
        "Monday 31 March 2031, 23:10 UTC to Tuesday 1 April 2031, 00:20 UTC",
        "Parcels from the north depot arrive late.",
    ] {
        assert!(text.contains(words), "{words} is not in {text}");
    }
    let order: Vec<usize> = (1..=5)
        .rev()
        .map(|n| {
            page.html
                .find(&format!("<li id=\"u{n}\""))
                .expect("an update")
        })
        .collect();
    assert!(order.is_sorted(), "the newest update comes first");

    let march = site.get("/status/history/2031-03").await;
    assert!(march.text().contains("Parcels arrive late"));
    assert!(march.text().contains("Tracking was slow"));
    assert!(!march.text().contains("Labels"));
    let hostile = site.get("/status/incidents/2").await;
    assert!(!hostile.html.contains("<script>alert"), "{}", hostile.html);
    assert!(
        hostile
            .text()
            .contains("</textarea><script>alert(1)</script>")
    );
    assert!(hostile.text().contains("Grüße, здравствуйте, 你好, שלום."));
    let unknown = site.get("/status/incidents/1").await;
    assert!(unknown.text().contains("It is not known when it was."));
    assert!(unknown.text().contains("Nothing was written about it."));
}

#[test]
fn the_command_says_what_came_of_it_and_fails_when_a_line_is_broken() {
    let folder = crate::site::Folder::new();
    let run = |content: &str| {
        let file = folder.file("some.jsonl", content.as_bytes());
        Command::new(env!("CARGO_BIN_EXE_muster"))
            .args(["import", "jsonl"])
            .arg(file)
            .args(["--database", &folder.url()])
            .output()
            .expect("the command runs")
    };
    let good = run(GOOD);
    assert!(good.status.success(), "{good:?}");
    assert_eq!(
        String::from_utf8_lossy(&good.stdout),
        "Imported 1 incident with 0 updates.\n"
    );
    let broken = run(&format!("{GOOD}\n{{}}\n"));
    assert_eq!(broken.status.code(), Some(1));
    assert_eq!(
        String::from_utf8_lossy(&broken.stdout),
        "Imported 0 incidents with 0 updates.\n1 incident was here already.\n\
         Could not read 1 part:\n  line 2: missing field `id`\n"
    );
    assert!(String::from_utf8_lossy(&broken.stderr).contains("Some of it could not be read"));
}
