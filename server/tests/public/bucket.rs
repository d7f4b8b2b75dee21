//! The public side in a bucket of a real S3 server: whole, in an order in which no page leads to nothing, and no more traffic
//! than there is news.

use crate::export::{CSS, JS, address, busy, crawl, documents, export};
use crate::pages::{declared, said};
use crate::s3::S3;
use crate::site::Site;
use domain::{Component, Kind, Number, PublicState};
use http::Method;
use server::http::status::{Bucket, Target};
use server::store::HouseChange;
use std::collections::BTreeMap;
use std::path::PathBuf;
use std::time::{Duration, Instant};

const PREFIX: &str = "some/prefix";

async fn house() -> (Site, S3, Bucket, PathBuf) {
    let (site, folder) = busy().await;
    let root = folder.with_file_name("s3");
    let s3 = S3::start(&root).await;
    let bucket = s3.bucket(PREFIX);
    (site, s3, bucket, root.join("pages").join(PREFIX))
}

/// Everything that is in the bucket, read over HTTP as anybody would; the names come from the disk beneath.
async fn read_all(s3: &S3, folder: &PathBuf) -> BTreeMap<String, Vec<u8>> {
    let mut all = BTreeMap::new();
    for place in crate::export::files(folder).into_keys() {
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
    std::fs::write(folder.join("robots.txt"), b"User-agent: *").expect("a file");
    site.later(30);
    let api = site.directory().await.components[0].clone();
    let hidden = Component {
        hidden: true,
        ..api
    };
    let gone = format!("{PREFIX}/status/components/{}/index.html", hidden.code());
    assert!(s3.read(&gone).await.is_some());
    let change = HouseChange::PutComponent {
        component: hidden,
        place: None,
    };
    site.change(change).await;
    let news = export(&site).into_bucket(&bucket).await.expect("an export");
    let changes = s3.changed();
    println!("{} of {} files travelled", news.changed, whole.files);
    assert!(
        news.changed > 3 && news.changed * 2 < whole.files,
        "{changes:?}"
    );
    assert!(
        s3.read(&gone).await.is_none(),
        "a hidden component has no page"
    );
    let first = changes
        .iter()
        .position(|(method, _)| *method != Method::PUT);
    let first = first.expect("something was removed");
    let front = format!("{PREFIX}/status/index.html");
    let front = changes.iter().position(|(_, key)| *key == front);
    assert!(front.expect("the front page was put there") < first);
    assert!(s3.read(&format!("{PREFIX}/robots.txt")).await.is_some());
    let mut all = read_all(&s3, &folder).await;
    assert!(all.remove("robots.txt").is_some());
    crawl(&all);

    // What somebody took away comes back.
    std::fs::remove_file(folder.join("status/incidents/1/index.html")).expect("a file");
    let mended = export(&site).into_bucket(&bucket).await.expect("an export");
    assert_eq!(mended.changed, 1);

    // What is in the way and not ours stays, and nothing is changed.
    let other = s3.bucket("other");
    let path = folder.with_file_name("").join("../../other/status");
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
async fn whatever_breaks_no_page_leads_to_nothing() {
    let (site, s3, bucket, folder) = house().await;
    export(&site).into_bucket(&bucket).await.expect("an export");
    for round in 0..12 {
        site.later(10);
        let events = vec![
            declared(Kind::Live),
            said(
                PublicState::Investigating,
                &format!("Round {round}."),
                &[],
                None,
            ),
        ];
        site.happen(None, None, events).await;
        s3.break_after(Some(round * 3));
        let broken = export(&site).into_bucket(&bucket).await;
        s3.break_after(None);
        if round < 4 {
            assert!(broken.is_err(), "{round}: {broken:?}");
        }
        let all = read_all(&s3, &folder).await;
        whole_from_the_front(&all);
    }
    export(&site).into_bucket(&bucket).await.expect("an export");
    let all = read_all(&s3, &folder).await;
    crawl(&all);
    assert!(
        str::from_utf8(&all["status/index.html"])
            .expect("text")
            .contains("Round 11.")
    );
}

/// Whatever the front page leads to is there.
fn whole_from_the_front(all: &BTreeMap<String, Vec<u8>>) {
    let front = str::from_utf8(&all["status/index.html"]).expect("text");
    for link in front.split(" href=\"/").skip(1) {
        let link = link.split(['"', '#']).next().unwrap_or_default();
        let there = all.contains_key(link) || all.contains_key(&format!("{link}/index.html"));
        assert!(there, "/{link} is dead");
    }
}

#[tokio::test]
async fn the_export_goes_on_by_itself_and_tries_again() {
    let (site, s3, bucket, folder) = house().await;
    let site_folder = folder.with_file_name("by-itself");
    let targets = vec![
        Target::Bucket("s3://pages/some/prefix".to_owned(), bucket),
        Target::Folder(site_folder.clone()),
    ];
    let running = tokio::spawn(export(&site).always(targets, site.store.head(), site.stop.clone()));
    let front = format!("{PREFIX}/status/index.html");
    let shows = async |words: &str| {
        let begun = Instant::now();
        loop {
            let object = s3.read(&front).await;
            let text = match object {
                Some(object) => object.text().await.expect("text"),
                None => String::new(),
            };
            let file = std::fs::read_to_string(site_folder.join("status/index.html"));
            if text.contains(words) && file.is_ok_and(|text| text.contains(words)) {
                return begun.elapsed();
            }
            assert!(
                begun.elapsed() < Duration::from_secs(60),
                "{words} never comes"
            );
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    };
    shows("the other host").await;
    let tell = async |words: &str| {
        let events = vec![
            declared(Kind::Live),
            said(PublicState::Investigating, words, &[], None),
        ];
        site.happen(None, None, events).await.summary.number
    };
    let number: Number = tell("Newer words.").await;
    println!(
        "a public change was in the bucket after {:?}",
        shows("Newer words.").await
    );
    let page = format!("{PREFIX}/status/incidents/{number}/index.html");
    assert!(s3.read(&page).await.is_some());

    s3.break_after(Some(2));
    tell("Said while it is broken.").await;
    tokio::time::sleep(Duration::from_secs(4)).await;
    let old = s3
        .read(&front)
        .await
        .expect("it is there")
        .text()
        .await
        .expect("text");
    assert!(old.contains("Newer words.") && !old.contains("while it is broken"));
    s3.break_after(None);
    println!(
        "it recovered after {:?}",
        shows("Said while it is broken.").await
    );
    site.stop.cancel();
    running.await.expect("it ends when the process does");
}
