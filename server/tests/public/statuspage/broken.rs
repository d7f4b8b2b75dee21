//! What cannot come in is named.

use super::{changed, files, import};
use crate::site::{Folder, Site, fixture};
use serde_json::json;
use server::import::{Broken, ImportError, statuspage};
use std::process::Command;

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

#[test]
fn the_command_says_what_came_of_it_and_fails_when_something_is_broken() {
    let folder = Folder::new();
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
         Imported 1 planned maintenance.\n"
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
