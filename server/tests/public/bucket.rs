//! The public side in a bucket of a real S3 server: whole, in an order in which no page leads to nothing, and no more traffic
//! than there is news.

use crate::export::{CSS, JS, address, busy, crawl, documents, export, files, is_page};
use crate::pages::{declared, said};
use crate::s3::{S3, SECRET, Trouble};
use crate::site::Site;
use domain::{Component, ComponentId, Kind, PublicState};
use http::Method;
use server::http::status::{Bucket, Target};
use server::store::HouseChange;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

const PREFIX: &str = "some/prefix";
/// What somebody else put beside the site.
const NOT_OURS: &str = "robots.txt";

async fn house() -> (Site, S3, Bucket, PathBuf) {
    let (site, folder) = busy().await;
    let root = folder.with_file_name("s3");
    let s3 = S3::start(&root).await;
    let bucket = s3.bucket(PREFIX);
    (site, s3, bucket, root.join("pages").join(PREFIX))
}

/// Everything of ours that is in the bucket, read over HTTP as anybody would; the names come from the disk beneath.
async fn read_all(s3: &S3, folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut all = BTreeMap::new();
    let places = files(folder).into_keys();
    for place in places.filter(|place| place != NOT_OURS) {
        let object = s3.read(&format!("{PREFIX}/{place}")).await;
        let object = object.unwrap_or_else(|| panic!("{place} is not there"));
        let header = |name: &str| {
            let value = object
                .headers()
                .get(name)
                .and_then(|value| value.to_str().ok());
            value.unwrap_or_default().to_owned()
        };
        let (media, cache) = (header("content-type"), header("cache-control"));
        let end = place.rsplit('.').next().unwrap_or_default();
        let expected = match end {
            _ if place.contains("api/") => "application/json",
            "html" => "text/html; charset=utf-8",
            "css" => "text/css",
            "js" => "text/javascript",
            "json" => "application/",
            "atom" => "application/atom+xml",
            "rss" => "application/rss+xml",
            "txt" | "muster-export" => "text/plain; charset=utf-8",
            "csv" => "text/csv",
            "svg" => "image/svg+xml",
            "ics" => "text/calendar; charset=utf-8",
            other => panic!("{place} ends with {other}"),
        };
        assert!(media.starts_with(expected), "{place} is {media}");
        let kept = if place.starts_with("pkg/") {
            "public, max-age=31536000, immutable"
        } else {
            "public, max-age=10, s-maxage=10, stale-while-revalidate=20, stale-if-error=3600"
        };
        assert_eq!(cache, kept, "{place}");
        all.insert(place, object.bytes().await.expect("bytes").to_vec());
    }
    all
}

#[tokio::test]
async fn the_site_in_a_bucket_is_whole_and_equal_to_the_served_one() {
    let (site, s3, bucket, folder) = house().await;
    let exported = export(&site).into_bucket(&bucket).await.expect("an export");
    let all = read_all(&s3, &folder).await;
    assert_eq!(
        (exported.files + 1, exported.changed),
        (all.len(), exported.files)
    );
    for (place, bytes) in &all {
        let expected = match place.as_str() {
            ".muster-export" => continue,
            "pkg/status.css" => CSS.to_vec(),
            "pkg/status.js" => JS.to_vec(),
            "index.html" => site.get("/status").await.html.into_bytes(),
            "404.html" => site.get("/status/nothing/here").await.html.into_bytes(),
            _ => site.get(&address(place)).await.html.into_bytes(),
        };
        assert!(expected == *bytes, "{place} is not what the server sends");
    }
    crawl(&all);
    documents(&all);

    // What readers come to first went last, and before it everything it leads to.
    let keys: Vec<String> = s3.changed().into_iter().map(|(_, key)| key).collect();
    let at = |place: &str| {
        let key = format!("{PREFIX}/{place}");
        keys.iter()
            .rposition(|known| *known == key)
            .expect("it was put there")
    };
    let summary = at("api/v2/summary.json");
    let front = at("index.html").min(at("status/index.html"));
    assert!(summary < front);
    for (place, turn) in [("pkg/status.css", 2), ("pkg/status.js", 2)] {
        assert!(at(place) <= turn, "{place}");
    }
    for place in all
        .keys()
        .filter(|place| place.starts_with("status/incidents/"))
    {
        assert!(at(place) < summary, "{place}");
    }
    assert_eq!(keys.last(), Some(&format!("{PREFIX}/.muster-export")));
}

#[tokio::test]
async fn only_what_changed_travels_and_what_is_gone_goes_last() {
    let (site, s3, bucket, folder) = house().await;
    let whole = export(&site).into_bucket(&bucket).await.expect("an export");
    s3.changed();
    let again = export(&site).into_bucket(&bucket).await.expect("an export");
    assert_eq!(again.changed, 0);
    assert_eq!(s3.changed(), [], "not even the list of what is there");

    // Somebody else's, beside ours.
    std::fs::write(folder.join(NOT_OURS), b"User-agent: *").expect("a file");
    site.later(30);
    let api = site.directory().await.components[0].clone();
    let gone = format!("{PREFIX}/status/components/{}/index.html", api.code());
    assert!(s3.read(&gone).await.is_some());
    hide(&site, &api.id).await;
    let news = export(&site).into_bucket(&bucket).await.expect("an export");
    let changes = s3.changed();
    assert!(
        news.changed > 3 && news.changed * 2 < whole.files,
        "{changes:?}"
    );
    assert!(
        s3.read(&gone).await.is_none(),
        "a hidden component has no page"
    );
    // It names no component, and says the same as before but for as of when.
    let over = format!("{PREFIX}/status/incidents/1/index.html");
    assert!(changes.iter().all(|(_, key)| *key != over));
    let first = changes
        .iter()
        .position(|(method, _)| *method != Method::PUT);
    let first = first.expect("something was removed");
    let front = format!("{PREFIX}/status/index.html");
    let front = changes.iter().position(|(_, key)| *key == front);
    assert!(front.expect("the front page was put there") < first);
    let other = s3.read(&format!("{PREFIX}/{NOT_OURS}")).await;
    assert!(other.is_some());
    crawl(&read_all(&s3, &folder).await);

    // What somebody took away comes back.
    std::fs::remove_file(folder.join("status/incidents/1/index.html")).expect("a file");
    let mended = export(&site).into_bucket(&bucket).await.expect("an export");
    assert_eq!(mended.changed, 1);

    // What is in the way and not ours stays, and nothing is changed.
    let other = s3.bucket("other");
    let path = folder.with_file_name("").join("../other/status");
    std::fs::create_dir_all(&path).expect("a folder");
    std::fs::write(path.join("index.html"), b"mine").expect("a file");
    s3.changed();
    let refused = export(&site)
        .into_bucket(&other)
        .await
        .unwrap_err()
        .to_string();
    assert!(
        refused.contains("status/index.html, which no export put there"),
        "{refused}"
    );
    assert_eq!(s3.changed(), []);
}

#[tokio::test]
async fn wherever_it_is_cut_off_no_page_leads_to_nothing() {
    let (site, s3, bucket, folder) = house().await;
    export(&site).into_bucket(&bucket).await.expect("an export");
    let (old, mut shown) = (site.component("Old", "").await, Vec::new());
    for (round, cut) in [None, Some(0), Some(5), Some(25), None].iter().enumerate() {
        // A component, a month and an incident that were not there, and a component that goes.
        site.later(31 * 24 * 60);
        shown.push(site.component(&format!("API {round}"), "").await);
        hide(&site, shown.iter().rev().nth(1).unwrap_or(&old)).await;
        let words = format!("Round {round}.");
        let word = said(PublicState::Investigating, &words, &[], None);
        site.happen(None, None, vec![declared(Kind::Live), word])
            .await;
        let mut all = files(&folder);
        s3.changed();
        s3.has(cut.map_or(Trouble::None, Trouble::After));
        let exported = export(&site).into_bucket(&bucket).await;
        assert_eq!(exported.is_err(), cut.is_some(), "{exported:?}");
        s3.has(Trouble::None);
        // After each change, in the order in which they came.
        let new = files(&folder);
        for (method, key) in s3.changed() {
            if method == Method::PUT {
                let place = key.strip_prefix(&format!("{PREFIX}/")).expect("ours");
                // Unless it was cut off on its way.
                if let Some(bytes) = new.get(place) {
                    all.insert(place.to_owned(), bytes.clone());
                }
            } else {
                // Those that go are named in one request.
                all.retain(|place, _| new.contains_key(place));
            }
            no_link_is_dead(&all);
        }
        assert!(all == new);
    }
    let all = read_all(&s3, &folder).await;
    crawl(&all);
    let front = str::from_utf8(&all["status/index.html"]).expect("text");
    assert!(front.contains("Round 4."));
}

/// Takes a component off the page.
async fn hide(site: &Site, id: &ComponentId) {
    let directory = site.directory().await;
    let component = directory.components.iter().find(|one| one.id == *id);
    let component = Component {
        hidden: true,
        ..component.expect("a component").clone()
    };
    let change = HouseChange::PutComponent {
        component,
        place: None,
    };
    site.change(change).await;
}

/// Whatever a reader who begins at the front page can come to is there.
fn no_link_is_dead(all: &BTreeMap<String, Vec<u8>>) {
    let (mut seen, mut open) = (BTreeSet::new(), vec!["status/index.html".to_owned()]);
    while let Some(page) = open.pop() {
        if !seen.insert(page.clone()) || !is_page(&page) {
            continue;
        }
        let text = str::from_utf8(&all[&page]).expect("text");
        for link in text.split(" href=\"/").skip(1) {
            let link = link.split(['"', '#']).next().unwrap_or_default();
            let mut names = [link.to_owned(), format!("{link}/index.html")].into_iter();
            let name = names.find(|name| all.contains_key(name));
            open.push(name.unwrap_or_else(|| panic!("/{link} in {page} is dead")));
        }
    }
    assert!(seen.len() > 10, "{seen:?}");
}

#[tokio::test]
async fn it_goes_on_by_itself_and_a_target_that_hangs_holds_up_no_other() {
    let (site, s3, bucket, folder) = house().await;
    let figures = server::metrics::start().expect("figures");
    let beside = folder.with_file_name("by-itself");
    let name = "s3://pages/some/prefix";
    let targets = vec![
        Target::Bucket(name.to_owned(), bucket),
        Target::Folder(beside.clone()),
    ];
    let running = tokio::spawn(export(&site).always(targets, site.store.head(), site.stop.clone()));
    let key = format!("{PREFIX}/status/index.html");
    let in_bucket = async |words: &str| match s3.read(&key).await {
        Some(object) => object.text().await.expect("text").contains(words),
        None => false,
    };
    let in_folder = async |words: &str| {
        let file = std::fs::read_to_string(beside.join("status/index.html"));
        file.is_ok_and(|text| text.contains(words))
    };
    let tell = async |words: &str| {
        let word = said(PublicState::Investigating, words, &[], None);
        let events = vec![declared(Kind::Live), word];
        site.happen(None, None, events).await
    };
    let failures = |count: u32| {
        let line = format!("muster_export_failing{{target=\"{name}\"}} {count}\n");
        figures.render().contains(&line)
    };
    until("the first export", async || {
        in_bucket("the other host").await && in_folder("the other host").await
    })
    .await;
    tell("Newer words.").await;
    until("what was said then", async || {
        in_bucket("Newer words.").await && in_folder("Newer words.").await
    })
    .await;

    s3.has(Trouble::Hangs);
    tell("Said while it hangs.").await;
    until("the other target has it", async || {
        in_folder("while it hangs").await
    })
    .await;
    assert!(in_bucket("Newer words.").await && !in_bucket("while it hangs").await);
    s3.has(Trouble::None);
    until("it goes on", async || in_bucket("while it hangs").await).await;
    // The front page is there before the last of it: a refusal in between would count as the second in a row.
    until("it is whole", async || failures(0)).await;

    s3.has(Trouble::After(0));
    tell("Said while it refuses.").await;
    until("that is seen", async || failures(1)).await;
    s3.has(Trouble::None);
    until("it is mended", async || in_bucket("while it refuses").await).await;
    until("that is seen too", async || failures(0)).await;
    site.stop.cancel();
    running.await.expect("it ends when the process does");
}

/// Waits until something is so.
async fn until(what: &str, so: impl AsyncFn() -> bool) {
    let begun = Instant::now();
    while !so().await {
        assert!(begun.elapsed() < Duration::from_secs(90), "{what}: never");
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
}

#[tokio::test]
async fn no_key_is_in_what_may_be_logged() {
    let (_site, s3, bucket, _folder) = house().await;
    let target = Target::Bucket("s3://pages/some/prefix".to_owned(), bucket);
    let words = format!("{target} {target:?}");
    assert!(
        words.contains("s3://pages") && !words.contains(SECRET),
        "{words}"
    );
    let other = s3.bucket_with("another key", "another secret", PREFIX);
    let refused = other.written().await.unwrap_err();
    let words = format!("{refused} {refused:?}");
    assert!(!words.contains("another secret"), "{words}");
}
