//! The way out: whatever leaves the house was written down in the store first, and this sends it. At least once: a process
//! that dies between the mail server's yes and writing that down sends the letter again, with the same Message-ID.
//!
//! Any number of processes work on one outbox. Each takes a few letters at a time and keeps the others from them for a
//! while; what it could not finish is due again after that. It begins to send only what it can finish by then, and says
//! what came of it until the store has heard it: so a store that is away for a moment makes nothing come twice.

mod backoff;
mod letters;
mod mail;

pub use mail::{Mail, MailError};

use crate::ids::new_id;
use crate::metrics;
use crate::services::Services;
use crate::store::{StoreError, Taken, Tried};
use letters::Unwritten;
use std::time::Duration;
use tokio::task::JoinSet;
use tokio::time::Instant;
use tokio_util::sync::CancellationToken;

/// How often it is looked whether something is due. New letters are looked for at once.
const LOOK: Duration = Duration::from_secs(1);
/// Letters that are under way at the same time.
const AT_ONCE: i64 = 8;
/// How long a letter is kept from the others; longer than any try may last.
const HELD: Duration = Duration::from_mins(3);
/// How soon a try has to begin, so that it ends while the letter is kept from the others.
const BEGUN: Duration = HELD.saturating_sub(mail::WHOLE);

/// What sends letters in this process.
#[derive(Clone)]
pub struct Outbox {
    services: Services,
    mail: Mail,
    worker: String,
}

impl Outbox {
    /// A worker with a name of its own.
    pub fn new(services: Services, mail: Mail) -> Self {
        Self {
            services,
            mail,
            worker: new_id(),
        }
    }

    /// Sends what is due until told to stop; letters under way are brought to their end.
    pub async fn run(self, stop: CancellationToken) {
        let mut head = self.services.store().head();
        let mut failures = 0_u32;
        let mut lost = true;
        while !stop.is_cancelled() {
            match self.work_on(lost).await {
                Ok(count) => {
                    (failures, lost) = (0, false);
                    if count > 0 {
                        continue;
                    }
                }
                Err(error) => {
                    failures = failures.saturating_add(1);
                    lost = true;
                    tracing::warn!(error = %error, "the outbox could not be read or written");
                }
            }
            let pause = LOOK * failures.clamp(1, 30);
            tokio::select! {
                () = stop.cancelled() => return,
                () = tokio::time::sleep(pause) => {}
                moved = head.changed(), if failures == 0 => if moved.is_err() { return },
            }
        }
    }

    /// Works; before that it lets go of what it holds and does not know of. That is what a store took for it without being
    /// heard, and on SQLite, which one process serves, what that process held before it was started again.
    async fn work_on(&self, lost: bool) -> Result<usize, StoreError> {
        if lost {
            let (store, now) = (self.services.store(), self.services.now());
            store.free_letters(&self.worker, now).await?;
        }
        self.work().await
    }

    /// Takes what is due, tries to send it, and writes down what came of it. Answers how many it took.
    pub async fn work(&self) -> Result<usize, StoreError> {
        let (now, begun) = (self.services.now(), Instant::now());
        let store = self.services.store();
        let taken = store
            .take_letters(&self.worker, now, now + HELD, AT_ONCE)
            .await?;
        let count = taken.len();
        let mut under_way = JoinSet::new();
        for letter in taken {
            let outbox = self.clone();
            under_way.spawn(async move { outbox.send(letter, begun).await });
        }
        // All are brought to their end, whatever becomes of one: cut off in the middle they would come twice.
        let mut result = Ok(count);
        while let Some(ended) = under_way.join_next().await {
            match ended {
                Ok(sent) => result = sent.and(result),
                Err(panic) => tracing::error!(%panic, "sending a letter panicked"),
            }
        }
        result
    }

    async fn send(&self, taken: Taken, begun: Instant) -> Result<(), StoreError> {
        let Some(tried) = self.try_once(&taken, begun).await? else {
            return Ok(());
        };
        match &tried {
            Tried::Sent => tracing::info!(letter = taken.key, "a letter is sent"),
            Tried::Again { trouble, .. } => {
                tracing::warn!(
                    letter = taken.key,
                    tries = taken.tries,
                    trouble,
                    "a letter waits"
                );
            }
            Tried::GivenUp { trouble } => {
                tracing::error!(letter = taken.key, trouble, "a letter is given up");
            }
        }
        metrics::letter(match &tried {
            Tried::Sent => "sent",
            Tried::Again { .. } => "again",
            Tried::GivenUp { .. } => "given_up",
        });
        self.settle(&taken.key, tried, begun).await?;
        if let Some(number) = taken.letter.incident() {
            self.services.store().wake_room(number).await;
        }
        Ok(())
    }

    /// Says what became of a letter, again and again until the store has heard it or the letter is anybody's.
    async fn settle(&self, key: &str, tried: Tried, begun: Instant) -> Result<(), StoreError> {
        loop {
            let (store, now) = (self.services.store(), self.services.now());
            let settled = store.settle_letter(&self.worker, key, tried.clone(), now);
            match settled.await {
                Err(error) if begun.elapsed() < HELD => {
                    tracing::warn!(letter = key, %error, "what became of a letter is not written down yet");
                    tokio::time::sleep(LOOK).await;
                }
                ended => return ended.map(drop),
            }
        }
    }

    /// What came of a try. Nothing when it could not begin in time: the letter is due again by itself.
    async fn try_once(&self, taken: &Taken, begun: Instant) -> Result<Option<Tried>, StoreError> {
        let written = match letters::write(&self.services, taken).await {
            Ok(written) => written,
            Err(Unwritten::Moot(trouble)) => return Ok(Some(Tried::GivenUp { trouble })),
            Err(Unwritten::Store(error)) => return Err(error),
        };
        if begun.elapsed() > BEGUN {
            return Ok(None);
        }
        Ok(Some(match self.mail.send(written, &taken.address).await {
            Ok(()) => Tried::Sent,
            Err(error) => {
                let now = self.services.now();
                backoff::after(&error, taken, now, rand::random())
            }
        }))
    }
}
