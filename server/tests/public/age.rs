//! Old news is never shown as new: what people read says it in words, what tools read says it in the answer's head.

use crate::pages::{declared, said};
use crate::site::{Page, Site};
use domain::{ComponentStatus, Kind, PublicState};

fn header<'a>(page: &'a Page, name: &str) -> Option<&'a str> {
    page.headers.get(name)?.to_str().ok()
}

const DOCUMENTS: [&str; 5] = [
    "/api/v2/summary.json",
    "/api/v2/status.json",
    "/api/v4/current-status",
    "/history.atom",
    "/feed.json",
];

#[tokio::test]
async fn what_tools_read_says_its_age_when_nothing_newer_can_be_read() {
    let site = Site::new().await;
    let api = site.component("API", "").await;
    let down = [(&api, ComponentStatus::MajorOutage)];
    let events = vec![
        declared(Kind::Live),
        said(PublicState::Investigating, "Nothing works.", &down, None),
    ];
    site.happen(None, None, events).await;
    let mut before = Vec::new();
    for path in DOCUMENTS {
        let page = site.get(path).await;
        assert_eq!(page.status, 200, "{path}");
        assert_eq!(
            header(&page, "muster-as-of"),
            Some("2026-11-17T14:27:00Z"),
            "{path}"
        );
        assert_eq!(header(&page, "muster-stale"), None, "{path}");
        before.push(page);
    }
    for path in ["/status", "/status.txt", "/badge.svg"] {
        assert_eq!(site.get(path).await.status, 200);
    }

    // Nothing happens, and that is known: the same bytes are as of now.
    site.later(20);
    for (path, before) in DOCUMENTS.into_iter().zip(&before) {
        let page = site.get(path).await;
        assert!(page.html == before.html, "{path}");
        assert_eq!(header(&page, "etag"), header(before, "etag"), "{path}");
        assert_eq!(
            header(&page, "muster-as-of"),
            Some("2026-11-17T14:47:00Z"),
            "{path}"
        );
    }

    site.store.close().await;
    site.later(20);
    for (path, before) in DOCUMENTS.into_iter().zip(&before) {
        let page = site.get(path).await;
        assert_eq!(page.status, 200, "{path}");
        assert!(page.html == before.html, "{path}");
        assert_eq!(
            header(&page, "muster-as-of"),
            Some("2026-11-17T14:47:00Z"),
            "{path}"
        );
        assert_eq!(header(&page, "muster-stale"), Some("true"), "{path}");
    }
    let words = "We cannot read anything newer just now.";
    let front = site.get("/status").await;
    assert!(front.text().contains(words), "{}", front.html);
    assert_eq!(header(&front, "muster-stale"), Some("true"));
    let text = site.get("/status.txt").await;
    assert!(
        text.html.contains("As of 2026-11-17 14:27 UTC\n"),
        "{}",
        text.html
    );
    assert!(
        text.html.contains("What you see is 40 min old."),
        "{}",
        text.html
    );
    let badge = site.get("/badge.svg").await;
    assert!(
        badge.html.contains(", 17 Nov 14:27 UTC</title>"),
        "{}",
        badge.html
    );
    // What was never asked for cannot be said.
    let unknown = site.get("/api/v2/components.json").await;
    assert_eq!(unknown.status, 503);
    assert_eq!(header(&unknown, "muster-as-of"), None);
}
