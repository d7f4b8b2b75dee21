//! The way out: whatever leaves the house was written down in the store first, and this sends it. At least once: a process
//! that dies between the mail server's yes and writing that down sends the letter again, with the same Message-ID.
//!
//! Any number of processes work on one outbox. Each takes a few letters at a time and keeps the others from them for a
//! while; what it could not finish is due again after that.

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
use tokio_util::sync::CancellationToken;

/// How often it is looked whether something is due. New letters are looked for at once.
const LOOK: Duration = Duration::from_secs(1);
/// Letters that are under way at the same time.
const AT_ONCE: i64 = 8;
/// How long a letter is kept from the others; longer than any try may last.
const HELD: chrono::TimeDelta = chrono::TimeDelta::minutes(3);

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
        while !stop.is_cancelled() {
            match self.work().await {
                Ok(0) => failures = 0,
                Ok(_) => {
                    failures = 0;
                    continue;
                }
                Err(error) => {
                    failures = failures.saturating_add(1);
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

    /// Takes what is due, tries to send it, and writes down what came of it. Answers how many it took.
    pub async fn work(&self) -> Result<usize, StoreError> {
        let now = self.services.now();
        let store = self.services.store();
        let taken = store
            .take_letters(&self.worker, now, now + HELD, AT_ONCE)
            .await?;
        let count = taken.len();
        let mut under_way = JoinSet::new();
        for letter in taken {
            let outbox = self.clone();
            under_way.spawn(async move { outbox.send(letter).await });
        }
        while let Some(ended) = under_way.join_next().await {
            match ended {
                Ok(result) => result?,
                Err(panic) => tracing::error!(%panic, "sending a letter panicked"),
            }
        }
        Ok(count)
    }

    async fn send(&self, taken: Taken) -> Result<(), StoreError> {
        let tried = self.try_once(&taken).await?;
        let store = self.services.store();
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
        let now = self.services.now();
        store
            .settle_letter(&self.worker, &taken.key, tried, now)
            .await?;
        if let Some(number) = taken.letter.incident() {
            store.wake_room(number).await;
        }
        Ok(())
    }

    async fn try_once(&self, taken: &Taken) -> Result<Tried, StoreError> {
        let written = match letters::write(&self.services, taken).await {
            Ok(written) => written,
            Err(Unwritten::Moot(trouble)) => return Ok(Tried::GivenUp { trouble }),
            Err(Unwritten::Store(error)) => return Err(error),
        };
        Ok(match self.mail.send(written, &taken.address).await {
            Ok(()) => Tried::Sent,
            Err(error) => {
                let now = self.services.now();
                backoff::after(&error, taken, now, rand::random())
            }
        })
    }
}
