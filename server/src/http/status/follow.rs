//! What wakes a public side that has no inside beside it: the log, looked at for what customers may notice and nothing more.
//! The database may be away when it begins.

use super::news::{is_blanked, shows};
use super::reader::Reader;
use crate::store::{Logged, Store, StoreError};
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::watch;
use tokio_util::sync::CancellationToken;

/// Entries read at once.
const BATCH: i64 = 256;
/// How far back redactions are looked for. What was kept before is not shown again.
const BACK: i64 = 50_000;
/// How long the head of the log is waited for once the database answers. In an empty one there is none.
const HEAD: Duration = Duration::from_secs(10);

/// Follows the log until `stop`. `since` is the oldest position of what was kept on disk: redactions from there on count.
/// Answers the positions of the last thing and of the last redaction that customers may notice, 0 until the log was read.
pub(super) fn follow(
    store: Arc<dyn Store>,
    since: Option<i64>,
    stop: CancellationToken,
) -> (watch::Receiver<i64>, watch::Receiver<i64>) {
    let (moved, news) = watch::channel(0);
    let (blanked, blanks) = watch::channel(0);
    let follower = Follower {
        store,
        since,
        moved,
        blanked,
    };
    tokio::spawn(async move {
        tokio::select! {
            () = stop.cancelled() => {}
            () = follower.run() => {}
        }
    });
    (news, blanks)
}

struct Follower {
    store: Arc<dyn Store>,
    since: Option<i64>,
    moved: watch::Sender<i64>,
    blanked: watch::Sender<i64>,
}

/// What a part of the log holds for customers.
#[derive(Default)]
struct Found {
    public: Option<i64>,
    blanked: Option<i64>,
}

impl Follower {
    async fn run(self) {
        let mut wake = self.store.head();
        let mut position = None;
        let mut failures = 0_u32;
        loop {
            // Marked as seen before reading, so that nothing is slept over.
            wake.borrow_and_update();
            let step = match position {
                None => self.begin().await,
                Some(position) => self.go_on(position).await,
            };
            match step {
                Ok(reached) => {
                    position = Some(reached);
                    failures = 0;
                }
                Err(error) => {
                    if failures == 0 {
                        tracing::warn!(%error, "the log cannot be read; the pages say how old they are");
                    }
                    failures = failures.saturating_add(1);
                }
            }
            if failures > 0 {
                tokio::time::sleep(Duration::from_millis(250) * failures.min(8)).await;
            } else if wake.changed().await.is_err() {
                return;
            }
        }
    }

    /// Begins at the end of the log, having looked at what was redacted while nobody looked.
    async fn begin(&self) -> Result<i64, StoreError> {
        self.store.ready().await?;
        let mut wake = self.store.head();
        // A database without a history has no head; then it begins at nothing.
        let _ = tokio::time::timeout(HEAD, wake.wait_for(|head| *head > 0)).await;
        let head = *wake.borrow();
        let oldest = self.since.unwrap_or(head);
        let from = oldest.max(head - BACK);
        let found = self.read(from, head).await?;
        if from > oldest || found.blanked.is_some() {
            self.blanked.send_replace(found.blanked.unwrap_or(from));
        }
        self.moved.send_replace(head);
        Ok(head)
    }

    async fn go_on(&self, position: i64) -> Result<i64, StoreError> {
        let head = *self.store.head().borrow();
        let found = self.read(position, head).await?;
        if let Some(blanked) = found.blanked {
            self.blanked.send_replace(blanked);
        }
        if let Some(public) = found.public {
            self.moved.send_replace(public);
        }
        Ok(head.max(position))
    }

    async fn read(&self, mut from: i64, to: i64) -> Result<Found, StoreError> {
        let mut found = Found::default();
        let store = Reader::of_all(Arc::clone(&self.store));
        while from < to {
            let entries = store.feed(from, BATCH).await?;
            for entry in entries.iter().filter(|entry| entry.position() <= to) {
                if is_blanked(&store, entry).await? {
                    found.blanked = Some(entry.position());
                    found.public = found.blanked;
                } else if shows(&store, entry).await? {
                    found.public = Some(entry.position());
                }
            }
            match entries.last().map(Logged::position) {
                Some(last) => from = last,
                None => break,
            }
        }
        Ok(found)
    }
}
