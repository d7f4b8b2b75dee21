//! Every real incident, compared with its source: in the store and on the pages.

use crate::site::{Page, Site, words};
use chrono::{DateTime, Datelike};
use domain::markdown::plain;
use domain::time::Time;
use domain::{Kind, Number, Phase};
use serde_json::Value;
use server::import::jsonl;
use server::store::Listing;
use std::path::Path;

/// The real incidents.
pub const FILE: &str = "github-incidents-2022-2024.jsonl";

/// The incidents of the file, read without the importer: maintenances apart, in order of time.
fn source(path: &Path) -> (Vec<Value>, Vec<Value>) {
    let text = std::fs::read_to_string(path).expect("the real data can be read");
    let lines: Vec<Value> = text
        .lines()
        .map(|line| serde_json::from_str(line).expect("a line of JSON"))
        .collect();
    let (maintenances, mut incidents): (Vec<Value>, Vec<Value>) = lines
        .into_iter()
        .partition(|line| line["impact"] == "maintenance");
    incidents.sort_by_key(|line| time(&line["started_at"]));
    (incidents, maintenances)
}

fn text(value: &Value) -> &str {
    value.as_str().expect("a text")
}

fn list(value: &Value) -> &[Value] {
    value.as_array().map(Vec::as_slice).unwrap_or_default()
}

fn time(value: &Value) -> Option<Time> {
    let text = value.as_str()?;
    Some(DateTime::parse_from_rfc3339(text).expect("a time").to_utc())
}

#[cfg_attr(
    not(real_data),
    ignore = "there is no real data: set MUSTER_REAL_DATA to its folder"
)]
#[tokio::test]
async fn every_real_incident_is_as_in_its_source() {
    let path = Path::new(option_env!("MUSTER_REAL_DATA").unwrap_or_default()).join(FILE);
    let (incidents, maintenances) = source(&path);
    assert_eq!((incidents.len(), maintenances.len()), (389, 10));
    let site = Site::new().await;

    let report = jsonl(&*site.store, &*site.clock, &path).await;
    let report = report.expect("an import");
    assert!(report.is_whole(), "{report}");
    assert_eq!(report.incidents, incidents.len());
    let updates: usize = incidents
        .iter()
        .map(|line| list(&line["updates"]).len())
        .sum();
    assert_eq!(report.updates, updates);
    let titles: Vec<&str> = maintenances
        .iter()
        .map(|line| text(&line["title"]))
        .collect();
    assert_eq!(report.maintenances, titles);

    for (number, line) in (1..).map(Number).zip(&incidents) {
        in_the_store(&site, number, line).await;
        on_its_page(&site, number, line).await;
    }
    in_the_list(&site, incidents.len()).await;
    in_the_history(&site, &incidents).await;

    let head = *site.store.head().borrow();
    let again = jsonl(&*site.store, &*site.clock, &path).await;
    let again = again.expect("an import");
    assert_eq!((again.incidents, again.known), (0, incidents.len()));
    assert_eq!(
        *site.store.head().borrow(),
        head,
        "twice is the same as once"
    );
}

async fn in_the_store(site: &Site, number: Number, line: &Value) {
    let code = text(&line["url"]).rsplit('/').next().expect("a code");
    let key = format!("page:{code}");
    let known = site.store.imported(&key).await.expect("the store");
    assert_eq!(known, Some(number), "{key}");

    let public = site.store.public_incident(number).await;
    let public = public.expect("the store").expect("public");
    assert_eq!(public.title.as_deref(), line["title"].as_str());
    assert_eq!(public.impact.as_str(), line["impact"]);
    assert_eq!(public.started_at, time(&line["started_at"]));
    assert_eq!(public.resolved_at, time(&line["resolved_at"]));
    let directory = site.directory().await;
    let named: Vec<&str> = public
        .named
        .iter()
        .map(|id| directory.component(id).expect("a component").name.as_str())
        .collect();
    let components: Vec<&str> = list(&line["components"]).iter().map(text).collect();
    assert_eq!(named, components);
    let updates = list(&line["updates"]);
    assert_eq!(public.words.len(), updates.len());
    for ((at, word), update) in (1..).zip(&public.words).zip(updates) {
        assert_eq!(word.id, format!("{number}-{at}"));
        assert_eq!(word.message, text(&update["message"]));
        assert_eq!(word.state.label(), update["status"]);
        assert_eq!(Some(word.published_at), time(&update["at"]));
    }

    let inside = site.store.incident(number).await;
    let inside = inside.expect("the store").expect("there");
    assert_eq!(inside.summary.kind, Kind::Backfilled);
    assert_eq!(inside.summary.progress.phase(), Phase::Closed);
    assert_eq!(inside.summary.title, text(&line["title"]));
    let source = inside.source.expect("a source");
    assert_eq!(source.id, text(&line["id"]));
    assert_eq!(source.entry_id.as_deref(), line["entry_id"].as_str());
    assert_eq!(source.url.as_deref(), line["url"].as_str());
    let stream = site.store.stream(number, 0).await.expect("a stream");
    assert_eq!(stream.len(), updates.len() + 1);
}

async fn on_its_page(site: &Site, number: Number, line: &Value) {
    let page = site.get(&format!("/status/incidents/{number}")).await;
    let words_of = |html: &str| words(html).replace(' ', "");
    let title = page
        .between("<h1", "</h1>")
        .split_once('>')
        .expect("a heading")
        .1;
    assert_eq!(words(title), text(&line["title"]));
    let all = page.text();
    let impact = match text(&line["impact"]) {
        "none" => None,
        "minor" => Some("Minor impact."),
        "major" => Some("Major impact."),
        other => Some(other).filter(|_| all.contains("Critical impact.")),
    };
    assert_eq!(impact.is_some(), all.contains(" impact."), "{all}");
    assert!(
        impact.is_none_or(|words| words == "critical" || all.contains(words)),
        "{all}"
    );
    for at in ["started_at", "resolved_at"] {
        let datetime = format!("<time datetime=\"{}\"", text(&line[at]));
        assert!(page.html.contains(&datetime), "{datetime} in {}", page.html);
    }
    for component in list(&line["components"]) {
        assert!(
            page.between("id=\"affected\"", "id=\"updates\"")
                .contains(text(component))
        );
    }
    let mut rest = 0;
    for (at, update) in list(&line["updates"]).iter().enumerate().rev() {
        let start = format!("<li id=\"u{}\">", at + 1);
        let found = page.html.find(&start).expect("an update with its anchor");
        assert!(found > rest, "the newest first");
        rest = found;
        let html = page.between(
            &start,
            if at == 0 {
                "</ol></section>"
            } else {
                "<li id=\"u"
            },
        );
        let datetime = format!("<time datetime=\"{}\"", text(&update["at"]));
        assert!(html.contains(&datetime), "{datetime} in {html}");
        assert!(
            html.starts_with(&format!("<h3>{}</h3>", text(&update["status"]))),
            "{html}"
        );
        let (_, message) = html.split_once("</a>").expect("a message");
        let message = message
            .split("<p class=\"note\">")
            .next()
            .unwrap_or(message);
        let expected: String = plain(text(&update["message"])).split_whitespace().collect();
        assert_eq!(words_of(message), expected);
    }
}

async fn in_the_list(site: &Site, count: usize) {
    let mut listing = Listing {
        limit: 100,
        ..Listing::default()
    };
    let mut seen = 0;
    loop {
        let page = site.store.list(listing.clone()).await.expect("a list");
        seen += page.incidents.len();
        match page.next {
            Some(next) => listing.before = Some(next),
            None => break,
        }
    }
    assert_eq!(seen, count);
}

/// Goes back from the newest month by the links, as a reader would.
async fn in_the_history(site: &Site, incidents: &[Value]) {
    let mut path = "/status/history".to_owned();
    let mut shown = Vec::new();
    let mut months = 0;
    loop {
        let page = site.get(&path).await;
        assert_eq!(page.status, 200, "{path}");
        let numbers = numbers(&page);
        for number in &numbers {
            let line = &incidents[usize::try_from(*number - 1).expect("a number")];
            let started = time(&line["started_at"]).expect("a time");
            let month = started.format("%B %Y").to_string();
            assert!(page.text().contains(&month), "{month} in {path}");
        }
        shown.extend(numbers);
        months += 1;
        if !page.html.contains("rel=\"prev\"") {
            break;
        }
        page.between("rel=\"prev\" href=\"", "\"")
            .clone_into(&mut path);
    }
    let count = i64::try_from(incidents.len()).expect("a count");
    let expected: Vec<i64> = (1..=count).rev().collect();
    assert_eq!(shown, expected, "every one once, the newest first");
    let month = |line: &Value| {
        let at = time(&line["started_at"]).expect("a time");
        at.year() * 12 + i32::try_from(at.month()).expect("a month")
    };
    let (first, last) = (&incidents[0], &incidents[incidents.len() - 1]);
    assert_eq!(months, month(last) - month(first) + 1);
}

fn numbers(page: &Page) -> Vec<i64> {
    page.html
        .split("href=\"/status/incidents/")
        .skip(1)
        .filter_map(|rest| rest.split('"').next()?.parse().ok())
        .collect()
}
