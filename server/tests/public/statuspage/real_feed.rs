//! Every entry of a real feed, compared with what stands in it.

use super::import;
use super::real::{named, named_file, place};
use crate::site::Site;
use chrono::Datelike;

/// The words of the feed, read without the importer: the code of each entry, and of each word state, day, minute and text.
fn entries(feed: &str) -> Vec<(String, String, Vec<[String; 4]>)> {
    let between = |text: &str, from: &str, to: &str| -> Option<String> {
        let (_, rest) = text.split_once(from)?;
        Some(rest.split_once(to)?.0.to_owned())
    };
    let entry = |entry: &str| {
        let code = between(entry, "/incidents/", "\"").expect("a code");
        let title = between(entry, "<title>", "</title>").expect("a title");
        let html = between(entry, "<content type=\"html\">", "</content>").expect("words");
        let html = html
            .replace("&lt;", "<")
            .replace("&gt;", ">")
            .replace("&quot;", "\"");
        let html = html.replace("&apos;", "'").replace("&amp;", "&");
        let word = |word: &str| {
            let day = between(word, "'date'>", "<").expect("a day");
            let minute = between(word, "'time'>", "<").expect("a minute");
            let state = between(word, "<strong>", "</strong>").expect("a state");
            let (_, text) = word.split_once("</strong> - ").expect("a text");
            let text = text.replace("<br />", " ").replace("</p>", " ");
            let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
            [state, day.trim().to_owned(), minute, text]
        };
        let words = html.split("<p>").skip(1).map(word).collect();
        (code, title, words)
    };
    feed.split("<entry>").skip(1).map(entry).collect()
}

#[cfg_attr(
    not(real_data),
    ignore = "there is no real data: set MUSTER_REAL_DATA to its folder"
)]
#[tokio::test]
async fn every_entry_of_the_real_feed_comes_in_with_its_words_and_no_start() {
    let path = place("github-status-history.atom");
    let feed = std::fs::read_to_string(&path).expect("the real data can be read");
    let entries = entries(&feed);
    assert_eq!(entries.len(), 25);
    let site = Site::new().await;
    let report = import(&site, &named(&path)).await;
    assert!(report.is_whole(), "{report}");
    let count: usize = entries.iter().map(|(_, _, words)| words.len()).sum();
    assert_eq!((report.incidents, report.updates, count), (25, 178, 178));
    for (code, title, words) in &entries {
        let number = site.store.imported(&format!("page:{code}")).await;
        let number = number.expect("the store").expect("imported");
        let here = site.store.public_incident(number).await;
        let here = here.expect("the store").expect("public");
        assert_eq!(here.title.as_ref(), Some(title));
        assert_eq!(here.started_at, None);
        assert!(!here.is_active());
        assert_eq!(here.words.len(), words.len());
        for (word, [state, day, minute, text]) in here.words.iter().zip(words.iter().rev()) {
            assert_eq!(word.state.label(), state);
            assert_eq!(word.published_at.day().to_string(), *day);
            assert_eq!(
                word.published_at.format("%Y %H:%M").to_string(),
                format!("2026 {minute}")
            );
            let here: Vec<&str> = word.message.split_whitespace().collect();
            assert_eq!(here.join(" "), *text);
        }
        assert_eq!(
            here.resolved_at,
            here.words.last().map(|word| word.published_at)
        );
        assert!(here.words.is_sorted_by_key(|word| word.published_at));
    }

    let head = *site.store.head().borrow();
    let with_list = [
        named(&path)[0].clone(),
        named_file("github-components.json"),
    ];
    let again = import(&site, &with_list).await;
    assert_eq!(
        (again.incidents, again.known, again.components.len()),
        (0, 25, 10)
    );
    assert!(*site.store.head().borrow() > head);
    // An archive that names the same pages knows the same incidents.
    let lines: Vec<String> = entries
        .iter()
        .map(|(code, title, _)| {
            let url = format!("https://www.githubstatus.com/incidents/{code}");
            serde_json::json!({"id": code, "title": title, "url": url, "updates": []}).to_string()
        })
        .collect();
    let archive = site
        .folder
        .file("archive.jsonl", lines.join("\n").as_bytes());
    let report = server::import::jsonl(&*site.store, &*site.clock, &archive).await;
    let report = report.expect("an import");
    assert_eq!((report.incidents, report.known), (0, 25));
}
