//! What customers may learn of, in order, ready to send: one task reads the log, every open stream takes it from here.

use super::reader::Reader;
use crate::store::{Logged, StoreError};
use axum::body::Bytes;
use domain::status::{PublicFact, PublicIncident, PublicWord, fact, public_name};
use domain::{Directory, IncidentEvent, Number, Recorded};
use serde::Serialize;
use std::collections::VecDeque;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use tokio::sync::watch;
use tokio_util::sync::CancellationToken;

/// How far back the log is read at the start, so that a stream that was cut by a restart goes on without a gap.
const BACK: i64 = 2_000;
/// Entries read at once.
const BATCH: i64 = 256;
/// The most memory that ready frames take, in bytes.
const WEIGHT: usize = 1 << 20;

/// The public news of one process.
pub(super) struct News {
    ring: Mutex<Ring>,
    /// The position up to which the ring is complete.
    reached: watch::Sender<i64>,
}

#[derive(Default)]
struct Ring {
    frames: VecDeque<(i64, Bytes)>,
    weight: usize,
    /// Nothing is missing after this position.
    floor: i64,
    /// The position of the last news, or the floor.
    newest: i64,
}

/// What a stream is to send next.
pub(super) struct Next {
    /// Frames, one after the other.
    pub bytes: Vec<Bytes>,
    /// Where the stream is then.
    pub position: i64,
    /// What came before cannot be told any more: the reader must look at the pages.
    pub gap: bool,
}

impl News {
    /// Follows the log until `stop`. `moved` wakes.
    pub fn follow(
        store: Reader,
        mut moved: watch::Receiver<i64>,
        stop: CancellationToken,
    ) -> Arc<Self> {
        let news = Arc::new(Self {
            ring: Mutex::default(),
            reached: watch::channel(0).0,
        });
        news.begin(*moved.borrow());
        let follower = Arc::clone(&news);
        tokio::spawn(async move {
            // Where the log is cannot be known while the database is away, and reading all of it would take long.
            let began = tokio::select! {
                () = stop.cancelled() => return,
                began = moved.wait_for(|moved| *moved > 0) => began.map(|moved| *moved),
            };
            match began {
                Ok(position) => follower.begin(position),
                Err(_) => return,
            }
            loop {
                // Marked as seen before reading, so that nothing is slept over.
                let until = *moved.borrow_and_update();
                let pause = match follower.read_on(&store, until).await {
                    Ok(()) => None,
                    Err(error) => {
                        tracing::warn!(%error, "the log could not be read for the public stream");
                        Some(tokio::time::sleep(Duration::from_secs(1)))
                    }
                };
                tokio::select! {
                    () = stop.cancelled() => return,
                    woken = moved.changed(), if pause.is_none() => if woken.is_err() { return },
                    () = wait(pause) => {}
                }
            }
        });
        news
    }

    /// Nothing from before is told when the log stands here at the start, but for a little.
    fn begin(&self, position: i64) {
        let floor = (position - BACK).max(0);
        self.forget(floor);
        self.reached.send_replace(floor);
    }

    /// Moves when there is something new, or it is known that there is nothing up to a position.
    pub fn reached(&self) -> watch::Receiver<i64> {
        self.reached.subscribe()
    }

    /// The position of the last news that customers could have. Only news have a public position: what happens inside does
    /// not even show as a number.
    pub fn newest(&self) -> i64 {
        let ring = self.ring.lock().unwrap_or_else(PoisonError::into_inner);
        ring.newest
    }

    /// Everything after a position. A reader who knows more than this process does (of several) waits until it has caught up.
    pub fn after(&self, position: i64) -> Next {
        let reached = *self.reached.borrow();
        let ring = self.ring.lock().unwrap_or_else(PoisonError::into_inner);
        let gap = position < ring.floor;
        let bytes = ring
            .frames
            .iter()
            .filter(|(at, _)| !gap && *at > position && *at <= reached)
            .map(|(_, bytes)| bytes.clone())
            .collect();
        let told = if gap { ring.floor } else { position };
        Next {
            bytes,
            position: reached.max(told),
            gap,
        }
    }

    async fn read_on(&self, store: &Reader, until: i64) -> Result<(), StoreError> {
        loop {
            let position = *self.reached.borrow();
            let mut entries = store.feed(position, BATCH).await?;
            // Nobody is told of what the pages do not show yet.
            entries.retain(|entry| entry.position() <= until);
            let Some(last) = entries.last().map(Logged::position) else {
                return Ok(());
            };
            let mut frames = Vec::new();
            let mut blanked = None;
            for entry in &entries {
                if is_blanked(store, entry).await? {
                    blanked = Some(entry.position());
                    frames.clear();
                }
                if let Some(change) = Change::of(store, entry).await? {
                    frames.extend(change.frame(entry.position()));
                }
            }
            if let Some(position) = blanked {
                self.forget(position);
            }
            self.keep(frames);
            self.reached.send_replace(last);
        }
    }

    /// Lets go of every frame up to a redaction: it may hold what is gone. Whoever follows looks at the pages instead.
    fn forget(&self, position: i64) {
        let mut ring = self.ring.lock().unwrap_or_else(PoisonError::into_inner);
        *ring = Ring {
            floor: position,
            newest: position,
            ..Ring::default()
        };
    }

    fn keep(&self, frames: Vec<(i64, Bytes)>) {
        let mut ring = self.ring.lock().unwrap_or_else(PoisonError::into_inner);
        for (position, bytes) in frames {
            ring.weight += bytes.len();
            ring.newest = position;
            ring.frames.push_back((position, bytes));
        }
        while ring.weight > WEIGHT {
            let Some((position, bytes)) = ring.frames.pop_front() else {
                break;
            };
            ring.weight -= bytes.len();
            ring.floor = position;
        }
    }
}

/// True when customers could notice something after a position.
pub(super) async fn any(store: &Reader, mut after: i64) -> Result<bool, StoreError> {
    loop {
        let entries = store.feed(after, BATCH).await?;
        let Some(last) = entries.last() else {
            return Ok(false);
        };
        after = last.position();
        for entry in &entries {
            if is_blanked(store, entry).await? || shows(store, entry).await? {
                return Ok(true);
            }
        }
    }
}

/// True for an entry that tells customers something.
pub(super) async fn shows(store: &Reader, entry: &Logged) -> Result<bool, StoreError> {
    Ok(Change::of(store, entry).await?.is_some())
}

/// True for a redaction that customers may notice.
pub(super) async fn is_blanked(store: &Reader, entry: &Logged) -> Result<bool, StoreError> {
    let Logged::Incident(recorded) = entry else {
        return Ok(false);
    };
    let IncidentEvent::Redacted { public: true, .. } = recorded.event else {
        return Ok(false);
    };
    Ok(store.public_incident(recorded.incident).await?.is_some())
}

async fn wait(pause: Option<tokio::time::Sleep>) {
    match pause {
        Some(pause) => pause.await,
        None => std::future::pending().await,
    }
}

/// What changed for customers, as it travels. Made from facts only.
#[derive(Debug, Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
enum Change {
    /// An incident said something, or its title or its beginning was corrected.
    Incident {
        number: Number,
        title: String,
        state: Option<domain::PublicState>,
        impact: domain::Impact,
        url: String,
        /// The words, when something was said.
        update: Option<Box<PublicWord>>,
    },
    /// Components or the name of the page.
    Page,
}

impl Change {
    async fn of(store: &Reader, entry: &Logged) -> Result<Option<Self>, StoreError> {
        match entry {
            Logged::Incident(recorded) => Self::of_incident(store, recorded).await,
            Logged::House { .. } => Ok(entry.shows_house().then_some(Self::Page)),
        }
    }

    async fn of_incident(store: &Reader, recorded: &Recorded) -> Result<Option<Self>, StoreError> {
        let Some(fact) = fact(recorded) else {
            return Ok(None);
        };
        // Facts of an incident that customers may not see yet, or never, stay here.
        let Some(incident) = store.public_incident(recorded.incident).await? else {
            return Ok(None);
        };
        let directory = store.directory().await?;
        let update = match fact {
            PublicFact::Said { id, .. } => word(&incident, &id, &directory),
            PublicFact::Begun { .. }
            | PublicFact::Imported { .. }
            | PublicFact::Titled { .. }
            | PublicFact::Started { .. } => None,
        };
        Ok(Some(Self::Incident {
            number: incident.number,
            title: incident.title(|id| public_name(&directory, id)),
            state: incident.state,
            impact: incident.impact,
            url: format!("/status/incidents/{}", incident.number),
            update: update.map(Box::new),
        }))
    }

    fn frame(&self, position: i64) -> Option<(i64, Bytes)> {
        match serde_json::to_string(self) {
            // JSON of serde_json has no line breaks outside of strings, and escapes those inside.
            Ok(data) => {
                let frame = format!("id: {position}\nevent: update\ndata: {data}\n\n");
                Some((position, frame.into()))
            }
            Err(error) => {
                tracing::error!(position, %error, "public news cannot be written");
                None
            }
        }
    }
}

/// A word as the pages show it: without components that are not on them.
fn word(incident: &PublicIncident, id: &str, directory: &Directory) -> Option<PublicWord> {
    let mut word = incident.words.iter().find(|word| word.id == id)?.clone();
    word.components
        .retain(|affected| public_name(directory, &affected.id).is_some());
    Some(word)
}
