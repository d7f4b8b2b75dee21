//! `/status/live`: what changes on the public pages, as it changes.

use super::news::News;
use crate::metrics::OpenStream;
use axum::body::{Body, Bytes};
use axum::response::{IntoResponse, Response};
use http::header::{CACHE_CONTROL, CONTENT_TYPE, RETRY_AFTER};
use http::{HeaderMap, HeaderValue, StatusCode};
use serde::Deserialize;
use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::{Semaphore, mpsc, watch};
use tokio_stream::StreamExt;
use tokio_stream::wrappers::ReceiverStream;
use tokio_util::sync::CancellationToken;

/// A line now and then, so that nobody between takes the silence for the end.
const KEEP_ALIVE: Duration = Duration::from_secs(15);
/// How soon a browser comes back after a stream ended, in milliseconds.
const RETRY: u32 = 3_000;
/// The most open streams of one process; whoever comes later asks for the page now and then instead.
pub(super) const STREAMS: usize = 20_000;

/// Where a stream begins.
#[derive(Debug, Deserialize)]
pub(super) struct After {
    /// After this position; `Last-Event-ID` wins over it.
    after: Option<i64>,
}

/// Opens a stream.
pub(super) fn open(
    news: Arc<News>,
    places: Arc<Semaphore>,
    stop: CancellationToken,
    after: &After,
    request: &HeaderMap,
) -> Response {
    let Ok(place) = places.try_acquire_owned() else {
        let full = (
            StatusCode::SERVICE_UNAVAILABLE,
            "Too many streams are open.\n",
        );
        return ([(RETRY_AFTER, "60"), (CACHE_CONTROL, "no-store")], full).into_response();
    };
    let last = request
        .get("last-event-id")
        .and_then(|id| id.to_str().ok()?.trim().parse().ok())
        .or(after.after);
    let reached = news.reached();
    let position = last.unwrap_or_else(|| news.newest());
    let line = Line {
        news,
        reached,
        stop,
        position,
    };
    let (sender, receiver) = mpsc::channel(1);
    tokio::spawn(async move {
        let _open = OpenStream::new("public");
        line.run(sender).await;
        drop(place);
    });
    let frames = ReceiverStream::new(receiver).map(Ok::<Bytes, Infallible>);
    let mut response = Body::from_stream(frames).into_response();
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static("text/event-stream"));
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    // Asks a proxy in front to pass every line on at once.
    headers.insert("x-accel-buffering", HeaderValue::from_static("no"));
    response
}

/// One open stream.
struct Line {
    news: Arc<News>,
    reached: watch::Receiver<i64>,
    stop: CancellationToken,
    /// What the reader knows.
    position: i64,
}

impl Line {
    /// Sends until the reader goes or the process stops. A slow reader waits for itself alone: what it missed meanwhile is
    /// taken from the news when it can hear again.
    async fn run(mut self, sender: mpsc::Sender<Bytes>) {
        let stop = self.stop.clone();
        let mut bytes = self.hello();
        loop {
            let sent = tokio::select! {
                sent = sender.send(bytes) => sent.is_ok(),
                () = stop.cancelled() => false,
            };
            if !sent {
                return;
            }
            bytes = tokio::select! {
                news = self.news() => match news {
                    Some(news) => news,
                    None => return,
                },
                () = tokio::time::sleep(KEEP_ALIVE) => Bytes::from_static(b":\n\n"),
                () = stop.cancelled() => return,
                () = sender.closed() => return,
            };
        }
    }

    /// The first frame. Its id makes a browser that is cut off before any news ask for what came after.
    fn hello(&self) -> Bytes {
        let (known, newest) = (self.position, self.news.newest());
        let hello = format!(
            "retry: {RETRY}\nid: {known}\nevent: hello\ndata: {{\"position\":{newest}}}\n\n"
        );
        hello.into()
    }

    /// Waits for what is new; `None` when nothing will come any more.
    async fn news(&mut self) -> Option<Bytes> {
        loop {
            self.reached.borrow_and_update();
            let next = self.news.after(self.position);
            self.position = next.position;
            if next.gap {
                let newest = self.news.newest();
                let gap = format!("id: {newest}\nevent: gap\ndata: {{\"position\":{newest}}}\n\n");
                return Some(gap.into());
            }
            match next.bytes.as_slice() {
                [] => {}
                [one] => return Some(one.clone()),
                many => return Some(many.concat().into()),
            }
            self.reached.changed().await.ok()?;
        }
    }
}
