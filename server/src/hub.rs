//! What is new, ready to send: one task reads the log after each wake-up, renders every entry once, and every open stream
//! takes it from here. A stream that lags further behind than the ring reads the log itself; nothing is ever skipped.

use crate::services::{Services, is_redaction};
use crate::store::{Logged, StoreError};
use domain::incident::{Effect, effects};
use std::collections::VecDeque;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use tokio::sync::watch;
use tokio_util::sync::CancellationToken;

/// Entries kept ready.
const RING: usize = 1024;
/// Entries read at once.
const BATCH: i64 = 256;

/// An entry of the log as streams send it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Frame {
    /// Its position, also the event id.
    pub position: i64,
    /// What it is about.
    pub about: About,
    /// The JSON.
    pub data: String,
}

/// What a frame is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum About {
    /// An incident.
    Incident,
    /// The house: time to look.
    House,
    /// Who is signed in. Streams pass over it without a word, so that a sign-in does not make every open tab ask anew; and
    /// they look whether their own reader was shut out.
    Access,
}

impl About {
    /// The name of the event that is sent, if one is.
    pub fn event(self) -> Option<&'static str> {
        match self {
            Self::Incident => Some("incident"),
            Self::House => Some("house"),
            Self::Access => None,
        }
    }
}

/// The hub of one process.
#[derive(Clone)]
pub struct Hub(Arc<Inner>);

struct Inner {
    services: Services,
    ring: Mutex<VecDeque<Arc<Frame>>>,
    head: watch::Sender<i64>,
    public: watch::Sender<i64>,
    blanked: watch::Sender<i64>,
    stop: CancellationToken,
}

impl Hub {
    /// Starts at the end of the log and follows it until `stop`.
    pub fn start(services: Services, stop: CancellationToken) -> Self {
        let wake = services.store().head();
        let start = *wake.borrow();
        let hub = Self(Arc::new(Inner {
            services,
            ring: Mutex::new(VecDeque::with_capacity(RING)),
            head: watch::channel(start).0,
            public: watch::channel(start).0,
            blanked: watch::channel(start).0,
            stop,
        }));
        tokio::spawn(hub.clone().follow(wake, start));
        hub
    }

    /// Moves when there is something new; [`Hub::since`] says what.
    pub fn head(&self) -> watch::Receiver<i64> {
        self.0.head.subscribe()
    }

    /// The position of the last thing that customers may notice.
    pub fn public(&self) -> watch::Receiver<i64> {
        self.0.public.subscribe()
    }

    /// The position of the last redaction that customers may notice: nothing made from what was read before may be shown
    /// again. It moves before [`Hub::public`] does.
    pub fn blanked(&self) -> watch::Receiver<i64> {
        self.0.blanked.subscribe()
    }

    /// Ends every stream when the process stops.
    pub fn stop(&self) -> &CancellationToken {
        &self.0.stop
    }

    /// Everything after a position, in order, at most a batch of it.
    pub async fn since(&self, after: i64) -> Result<Vec<Arc<Frame>>, StoreError> {
        {
            let ring = self.0.ring.lock().unwrap_or_else(PoisonError::into_inner);
            if ring
                .front()
                .is_some_and(|first| first.position <= after + 1)
            {
                return Ok(ring
                    .iter()
                    .filter(|frame| frame.position > after)
                    .cloned()
                    .collect());
            }
        }
        let logged = self.0.services.store().feed(after, BATCH).await?;
        Ok(logged
            .iter()
            .filter_map(|entry| frame(entry).map(Arc::new))
            .collect())
    }

    async fn follow(self, mut wake: watch::Receiver<i64>, mut position: i64) {
        let mut failures = 0_u32;
        loop {
            match self.read_on(&mut position).await {
                Ok(()) => failures = 0,
                Err(error) => {
                    // The next try reads from the same position: a database that was away costs time, not events.
                    tracing::warn!(error = %error, "the log could not be read");
                    failures = failures.saturating_add(1);
                }
            }
            let pause = Duration::from_millis(250) * failures.min(20);
            tokio::select! {
                () = self.0.stop.cancelled() => return,
                changed = wake.changed(), if failures == 0 => if changed.is_err() { return },
                () = tokio::time::sleep(pause), if failures > 0 => {}
            }
        }
    }

    async fn read_on(&self, position: &mut i64) -> Result<(), StoreError> {
        loop {
            let news = self.0.services.store().feed(*position, BATCH).await?;
            let Some(last) = news.last().map(Logged::position) else {
                return Ok(());
            };
            let redacts = |entry: &Logged| matches!(entry, Logged::Incident(recorded) if is_redaction(&recorded.event));
            let (mut public, mut blanked) = (None, None);
            for entry in &news {
                if self.matters_to_customers(entry).await? {
                    public = Some(entry.position());
                    blanked = public.filter(|_| redacts(entry)).or(blanked);
                }
            }
            {
                let mut ring = self.0.ring.lock().unwrap_or_else(PoisonError::into_inner);
                // Frames made before may hold what was redacted; whoever is that far behind gets what the log has now. Those
                // of this batch were read when it was gone.
                if news.iter().any(redacts) {
                    ring.clear();
                }
                for frame in news.iter().filter_map(frame) {
                    if ring.len() == RING {
                        ring.pop_front();
                    }
                    ring.push_back(Arc::new(frame));
                }
            }
            *position = last;
            if let Some(blanked) = blanked {
                self.0.blanked.send_replace(blanked);
            }
            if let Some(public) = public {
                self.0.public.send_replace(public);
            }
            self.0.head.send_replace(last);
        }
    }

    async fn matters_to_customers(&self, entry: &Logged) -> Result<bool, StoreError> {
        match entry {
            Logged::House { .. } if entry.is_access() => Ok(false),
            Logged::House { .. } => {
                self.0.services.refresh_directory().await?;
                Ok(entry.shows_house())
            }
            Logged::Incident(recorded) => {
                let incident = self.0.services.incident(recorded.incident).await?;
                Ok(incident.is_some_and(|incident| {
                    effects(&incident, recorded).contains(&Effect::ShowCustomers)
                }))
            }
        }
    }
}

/// The frame of an entry. A house entry only says that it is time to look; what changed is asked for by those who may.
fn frame(entry: &Logged) -> Option<Frame> {
    match entry {
        Logged::Incident(recorded) => match serde_json::to_string(recorded) {
            Ok(data) => Some(Frame {
                position: recorded.position,
                about: About::Incident,
                data,
            }),
            Err(error) => {
                tracing::error!(position = recorded.position, error = %error, "an event cannot be rendered");
                None
            }
        },
        Logged::House { position, .. } => Some(Frame {
            position: *position,
            about: if entry.is_access() {
                About::Access
            } else {
                About::House
            },
            data: "{}".to_owned(),
        }),
    }
}
