//! The stream that keeps open pages current.

use crate::pages::{declared, said};
use crate::site::Site;
use axum::body::BodyDataStream;
use axum::response::Response;
use domain::{IncidentEvent, Kind, PublicState};
use http::HeaderName;
use http::header::{CACHE_CONTROL, CONTENT_TYPE};
use serde_json::Value;
use std::time::Duration;
use tokio_stream::StreamExt;

/// An open stream and what is still to be read of it.
pub struct Line {
    body: BodyDataStream,
    text: String,
}

/// A frame of the stream.
#[derive(Debug)]
pub struct Frame {
    pub id: i64,
    pub event: String,
    pub data: Value,
    pub raw: String,
}

impl Line {
    pub async fn open(site: &Site, path: &str, last: Option<&str>) -> Self {
        let header = last.map(|last| (HeaderName::from_static("last-event-id"), last));
        Self::of(site.ask(path, header).await)
    }

    /// What came as an answer.
    pub fn of(response: Response) -> Self {
        assert_eq!(response.headers()[CONTENT_TYPE], "text/event-stream");
        assert!(
            response.headers()[CACHE_CONTROL]
                .to_str()
                .is_ok_and(|value| value.contains("no-store"))
        );
        Self {
            body: response.into_body().into_data_stream(),
            text: String::new(),
        }
    }

    /// The next frame; `None` at the end, or when nothing comes for a while.
    pub async fn next(&mut self) -> Option<Frame> {
        loop {
            if let Some((frame, rest)) = self.text.split_once("\n\n") {
                let (frame, rest) = (frame.to_owned(), rest.to_owned());
                self.text = rest;
                return Some(Frame::read(&frame));
            }
            let bytes = tokio::time::timeout(Duration::from_secs(3), self.body.next()).await;
            let bytes = bytes.ok()??.expect("bytes");
            self.text
                .push_str(std::str::from_utf8(&bytes).expect("UTF-8"));
        }
    }
}

impl Frame {
    fn read(raw: &str) -> Self {
        let field = |name: &str| {
            let line = raw.lines().find_map(|line| line.strip_prefix(name));
            line.unwrap_or_else(|| panic!("{name} in {raw}")).trim()
        };
        Self {
            id: field("id:").parse().expect("a position"),
            event: field("event:").to_owned(),
            data: serde_json::from_str(field("data:")).expect("JSON"),
            raw: raw.to_owned(),
        }
    }
}

fn word(text: &str) -> IncidentEvent {
    said(PublicState::Update, text, &[], None)
}

#[tokio::test]
async fn a_stream_greets_and_then_tells_what_customers_may_know() {
    let site = Site::new().await;
    let mut line = Line::open(&site, "/status/live", None).await;
    let hello = line.next().await.expect("a greeting");
    assert_eq!((hello.event.as_str(), hello.id), ("hello", 0));
    assert!(hello.raw.starts_with("retry: 3000\n"), "{}", hello.raw);

    let events = vec![declared(Kind::Live), word("Two\nlines & <b>more</b>.")];
    let inside = site.happen(None, None, events).await;
    let frame = line.next().await.expect("news");
    // The declare has a position too, and customers learn nothing of it before the first word.
    assert_eq!(frame.event, "update");
    assert!(
        frame.data["number"] == 1 && frame.data["kind"] == "incident",
        "{frame:?}"
    );
    let mut seen = vec![frame];
    if seen[0].data["update"].is_null() {
        seen.push(line.next().await.expect("the word"));
    }
    let last = seen.last().expect("news");
    assert_eq!(last.id, inside.summary.position);
    assert_eq!(last.data["update"]["id"], "1-1");
    assert_eq!(last.data["update"]["message"], "Two\nlines & <b>more</b>.");
    assert_eq!(last.data["title"], "Service incident");
    assert_eq!(last.data["url"], "/status/incidents/1");
}

#[tokio::test]
async fn a_reader_who_comes_back_gets_what_came_in_between_and_nothing_twice() {
    let site = Site::new().await;
    let mut inside = site
        .happen(None, None, vec![declared(Kind::Live), word("One.")])
        .await;
    let known = inside.summary.position;
    for text in ["Two.", "Three."] {
        inside = site.happen(Some(&inside), None, vec![word(text)]).await;
        let note = IncidentEvent::Noted {
            text: "inside".to_owned(),
        };
        inside = site.happen(Some(&inside), None, vec![note]).await;
    }
    for (path, last) in [
        (format!("/status/live?after={known}"), None),
        ("/status/live?after=0".to_owned(), Some(known.to_string())),
    ] {
        let mut line = Line::open(&site, &path, last.as_deref()).await;
        let hello = line.next().await.expect("a greeting");
        assert_eq!((hello.event.as_str(), hello.id), ("hello", known));
        for text in ["Two.", "Three."] {
            let frame = line.next().await.expect("news");
            assert_eq!(frame.data["update"]["message"], text);
        }
        assert!(line.next().await.is_none(), "nothing more");
    }
}

#[tokio::test]
async fn a_reader_who_was_away_too_long_is_told_to_look_at_the_page() {
    let site = Site::new().await;
    let mut inside = site.happen(None, None, vec![declared(Kind::Live)]).await;
    let long = "x".repeat(20_000);
    for _ in 0..60 {
        inside = site.happen(Some(&inside), None, vec![word(&long)]).await;
    }
    // The news are complete once the last one is there.
    let mut line = Line::open(&site, "/status/live?after=0", None).await;
    let hello = line.next().await.expect("a greeting");
    assert_eq!(hello.id, 0);
    let mut gap = line.next().await.expect("a gap");
    while gap.event != "gap" {
        // The ring was not full yet when the stream began.
        line = Line::open(&site, "/status/live?after=0", None).await;
        line.next().await.expect("a greeting");
        gap = line.next().await.expect("a gap");
    }
    assert!(gap.id > 0 && gap.data["position"] == gap.id, "{gap:?}");
}

#[tokio::test]
async fn streams_end_when_the_process_does() {
    let site = Site::new().await;
    let mut line = Line::open(&site, "/status/live", None).await;
    line.next().await.expect("a greeting");
    site.stop.cancel();
    let begun = std::time::Instant::now();
    assert!(line.next().await.is_none());
    assert!(begun.elapsed() < Duration::from_secs(2), "it ends at once");
}
