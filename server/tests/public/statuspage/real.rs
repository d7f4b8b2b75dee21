//! Every real capture of a Statuspage, and a real feed, compared with what stands in them.

use super::import;
use crate::site::Site;
use chrono::DateTime;
use domain::time::Time;
use domain::{Component, Directory, Group};
use serde_json::Value;
use server::import::{Report, statuspage};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

pub fn place(name: &str) -> PathBuf {
    Path::new(option_env!("MUSTER_REAL_DATA").unwrap_or_default()).join(name)
}

pub fn named(path: &Path) -> [String; 1] {
    [path.display().to_string()]
}

fn json(path: &Path) -> Value {
    let content = std::fs::read(path).expect("the real data can be read");
    serde_json::from_slice(&content).expect("JSON")
}

fn list(value: &Value) -> &[Value] {
    value.as_array().map(Vec::as_slice).unwrap_or_default()
}

fn time(value: &Value) -> Option<Time> {
    let text = value.as_str()?;
    Some(DateTime::parse_from_rfc3339(text).expect("a time").to_utc())
}

/// What a component is to be, written as the source has it.
fn told(component: &Component, directory: &Directory) -> Value {
    let group = directory
        .groups
        .iter()
        .find(|group| group.name == component.group);
    serde_json::json!({
        "id": component.code,
        "name": component.name,
        "status": component.status,
        "created_at": component.created_at,
        "updated_at": component.updated_at,
        "position": component.position,
        "description": component.description,
        "showcase": component.showcase,
        "start_date": component.start_date,
        "group_id": group.and_then(|group| group.code.clone()),
        "only_show_if_degraded": component.only_if_degraded,
    })
}

fn heading(group: &Group) -> Value {
    serde_json::json!({
        "id": group.code,
        "name": group.name,
        "created_at": group.created_at,
        "updated_at": group.updated_at,
        "position": group.position,
        "description": group.description,
    })
}

/// A row of the source, of which only those fields count, with times that can be compared.
fn source(row: &Value, like: &Value) -> Value {
    let mut source = serde_json::Map::new();
    for key in like.as_object().expect("an object").keys() {
        let value = match key.as_str() {
            "created_at" | "updated_at" => serde_json::to_value(time(&row[key])).expect("a time"),
            "description" if row[key].is_null() => "".into(),
            _ => row[key].clone(),
        };
        source.insert(key.clone(), value);
    }
    Value::Object(source)
}

async fn compare(site: &Site, page: &Value, file: &str, own_status: impl Fn(&Value) -> Value) {
    let directory = site.directory().await;
    let (groups, parts): (Vec<&Value>, Vec<&Value>) = list(&page["components"])
        .iter()
        .partition(|row| row["group"] == true);
    assert_eq!(directory.components.len(), parts.len(), "{file}");
    assert_eq!(directory.groups.len(), groups.len(), "{file}");
    for row in parts {
        let mut all = directory.components.iter();
        let found = all.find(|c| c.code.as_deref() == row["id"].as_str());
        let here = told(
            found.unwrap_or_else(|| panic!("{row} of {file}")),
            &directory,
        );
        let mut there = source(row, &here);
        there["status"] = own_status(row);
        assert_eq!(here, there, "{file}");
    }
    for row in groups {
        let mut all = directory.groups.iter();
        let found = all.find(|group| group.code.as_deref() == row["id"].as_str());
        let here = heading(found.unwrap_or_else(|| panic!("{row} of {file}")));
        assert_eq!(here, source(row, &here), "{file}");
    }
    let settings = directory.settings;
    let name: Vec<&str> = page["page"]["name"]
        .as_str()
        .expect("a name")
        .split_whitespace()
        .collect();
    assert_eq!(settings.organisation, name.join(" "));
    assert_eq!(settings.page_code.as_deref(), page["page"]["id"].as_str());
    assert_eq!(settings.time_zone, page["page"]["time_zone"]);
}

#[cfg_attr(
    not(real_data),
    ignore = "there is no real data: set MUSTER_REAL_DATA to its folder"
)]
#[tokio::test]
async fn every_component_of_every_capture_is_found_again_with_every_field() {
    let folder = std::fs::read_dir(place("statuspage-v2")).expect("the real data can be read");
    let mut files: Vec<PathBuf> = folder.map(|entry| entry.expect("a file").path()).collect();
    files.sort();
    assert_eq!(files.len(), 23);
    let mut count = 0;
    for path in files
        .iter()
        .filter(|path| !path.ends_with("instructure-summary.json"))
    {
        let file = path.display().to_string();
        let site = Site::new().await;
        let report = import(&site, &named(path)).await;
        assert!(
            report.is_whole() && report.left.is_empty(),
            "{file}: {report}"
        );
        let page = json(path);
        compare(&site, &page, &file, |row| row["status"].clone()).await;
        count += report.components.len();

        let head = *site.store.head().borrow();
        let again = import(&site, &named(path)).await;
        assert_eq!(again.same, report.components.len());
        assert_eq!(
            *site.store.head().borrow(),
            head,
            "twice is the same as once: {file}"
        );
    }
    assert_eq!(count, COMPONENTS);
}

/// Counted in the files themselves.
const COMPONENTS: usize = 1448;

#[cfg_attr(
    not(real_data),
    ignore = "there is no real data: set MUSTER_REAL_DATA to its folder"
)]
#[tokio::test]
async fn the_captures_of_one_page_follow_each_other() {
    for (first, second) in [
        (
            "github-components.json",
            "github-components-with-problem.json",
        ),
        ("linode-components.json", "linode-components-problems.json"),
        ("box-components-with-problem.json", "box-components.json"),
        ("instructure-components.json", "instructure-summary.json"),
    ] {
        let site = Site::new().await;
        import(&site, &named(&place("statuspage-v2").join(first))).await;
        let ids = |directory: &Directory| -> BTreeMap<Option<String>, String> {
            let all = directory.components.iter();
            all.map(|c| (c.code.clone(), c.id.to_string())).collect()
        };
        let before = ids(&site.directory().await);
        let path = place("statuspage-v2").join(second);
        let report = import(&site, &named(&path)).await;
        assert!(report.is_whole(), "{second}: {report}");
        assert!(report.components.is_empty(), "{second}: {report}");
        assert_eq!(ids(&site.directory().await), before, "{second}");
    }
}

#[cfg_attr(
    not(real_data),
    ignore = "there is no real data: set MUSTER_REAL_DATA to its folder"
)]
#[tokio::test]
async fn a_real_open_incident_comes_in_whole() {
    let path = place("statuspage-v2").join("instructure-summary.json");
    let page = json(&path);
    let site = Site::new().await;
    let report = import(&site, &named(&path)).await;
    assert!(report.is_whole(), "{report}");
    assert_eq!((report.incidents, report.updates), (1, 11));
    // Every one that does badly does so because of the incident.
    compare(&site, &page, "instructure-summary.json", |_| {
        "operational".into()
    })
    .await;

    let there = &page["incidents"][0];
    let number = site.store.imported("page:g1zp3jpycgbz").await;
    let number = number.expect("the store").expect("imported");
    let here = site.store.public_incident(number).await;
    let here = here.expect("the store").expect("public");
    assert_eq!(here.title.as_deref(), there["name"].as_str());
    assert_eq!(here.impact.as_str(), there["impact"]);
    assert!(here.is_active());
    assert_eq!(
        here.state.map(domain::PublicState::as_str),
        there["status"].as_str()
    );
    assert_eq!(here.code(), "g1zp3jpycgbz");
    for (key, at) in [
        ("started_at", here.started_at),
        ("resolved_at", here.resolved_at),
        ("monitoring_at", here.monitoring_at),
        ("created_at", here.created_at),
        ("updated_at", here.updated_at),
    ] {
        assert_eq!(at, time(&there[key]), "{key}");
    }
    let directory = site.directory().await;
    let code = |id: &domain::ComponentId| directory.component(id).and_then(|c| c.code.clone());
    let named: Vec<Option<String>> = here.named.iter().map(code).collect();
    let expected: Vec<Option<String>> = list(&there["components"])
        .iter()
        .map(|row| row["id"].as_str().map(str::to_owned))
        .collect();
    assert_eq!(named, expected);

    let updates = list(&there["incident_updates"]);
    assert_eq!(here.words.len(), updates.len());
    for (word, update) in here.words.iter().zip(updates.iter().rev()) {
        assert_eq!(word.state.as_str(), update["status"]);
        assert_eq!(word.message, update["body"]);
        assert_eq!(Some(word.published_at), time(&update["display_at"]));
        let source = word.source.as_ref().expect("a source");
        assert_eq!(source.id, update["id"]);
        assert_eq!(Some(source.created_at), time(&update["created_at"]));
        assert_eq!(Some(source.updated_at), time(&update["updated_at"]));
        let affected: Vec<(Option<String>, &str)> = word
            .components
            .iter()
            .map(|a| (code(&a.id), a.status.as_str()))
            .collect();
        let expected: Vec<(Option<String>, &str)> = list(&update["affected_components"])
            .iter()
            .map(|a| {
                (
                    a["code"].as_str().map(str::to_owned),
                    a["new_status"].as_str().expect("a status"),
                )
            })
            .collect();
        assert_eq!(affected, expected);
    }
    // On the page every component does as the source says.
    let active = site.store.public_active().await.expect("the store");
    for row in list(&page["components"])
        .iter()
        .filter(|row| row["group"] == false)
    {
        let mut all = directory.components.iter();
        let component = all
            .find(|c| c.code.as_deref() == row["id"].as_str())
            .expect("there");
        let status = domain::status::component_status(component, &active, &[]);
        assert_eq!(status.as_str(), row["status"], "{}", component.name);
    }

    let both = [
        named_file("instructure-components.json"),
        named_file("instructure-summary.json"),
    ];
    let again = import(&site, &both).await;
    assert_eq!((again.incidents, again.known), (0, 1));
}

pub fn named_file(name: &str) -> String {
    place("statuspage-v2").join(name).display().to_string()
}

#[cfg_attr(
    not(real_data),
    ignore = "there is no real data: set MUSTER_REAL_DATA to its folder"
)]
#[tokio::test]
async fn two_real_pages_are_not_mixed() {
    let site = Site::new().await;
    let from = [
        named_file("box-components.json"),
        named_file("duo-components.json"),
    ];
    let refused = statuspage(&*site.store, &*site.clock, &from).await;
    let words = refused.map(|report: Report| report.to_string());
    let words = words.expect_err("two pages").to_string();
    assert!(words.contains("Box (https://status.box.com)"), "{words}");
    assert!(words.contains("Duo (https://status.duo.com)"), "{words}");
}
