//! The writer: takes whatever waits into one transaction, and answers only after that is on disk.

use super::append::{self, Head};
use super::changes::Decided;
use super::head::moved;
use super::{SqlStore, change, rebuild, redact};
use crate::store::db::{Db, Tx, query};
use crate::store::{
    CommitError, Committed, HouseChange, HouseError, RebuildReport, Redact, StoreError,
};
use domain::PersonRef;
use domain::time::Time;
use std::collections::VecDeque;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use tokio::sync::{mpsc, oneshot, watch};

/// The most jobs that share a transaction.
const TOGETHER: usize = 64;

/// What the writer can be asked for, each with the way back.
pub(super) enum Job {
    /// A decision about an incident.
    Commit(Box<Decided>, Reply<Committed, CommitError>),
    /// A change to the house.
    House(
        Box<(Option<PersonRef>, Time, HouseChange)>,
        Reply<i64, HouseError>,
    ),
    /// Texts to blank.
    Redact(Box<Redact>, Reply<Committed, CommitError>),
    /// All read models again.
    Rebuild(Reply<RebuildReport, StoreError>),
}

type Reply<T, E> = oneshot::Sender<Result<T, E>>;

/// What the writer has done since it began.
#[derive(Debug, Default)]
pub(super) struct Written {
    /// Transactions that are on disk.
    pub transactions: AtomicU64,
    /// Jobs done in them.
    pub jobs: AtomicU64,
}

/// A job that was done or refused in a transaction that may yet fail.
enum Outcome {
    Commit(
        Box<Result<Committed, CommitError>>,
        Reply<Committed, CommitError>,
    ),
    House(Result<i64, HouseError>, Reply<i64, HouseError>),
    Rebuild(
        Result<RebuildReport, StoreError>,
        Reply<RebuildReport, StoreError>,
    ),
}

/// Works until nobody can bring anything any more and all that waited is done.
pub(super) async fn run(
    db: Db,
    mut waiting: mpsc::Receiver<Job>,
    head: Arc<watch::Sender<i64>>,
    written: Arc<Written>,
) {
    let mut jobs = Vec::with_capacity(TOGETHER);
    while waiting.recv_many(&mut jobs, TOGETHER).await > 0 {
        let mut queue: VecDeque<Job> = jobs.drain(..).collect();
        let mut outcomes = Vec::with_capacity(queue.len());
        let kept = together(&db, &mut queue, &mut outcomes).await;
        match &kept {
            Ok(position) => {
                written.transactions.fetch_add(1, Ordering::Relaxed);
                let done = outcomes.iter().filter(|outcome| outcome.is_done()).count();
                written.jobs.fetch_add(done as u64, Ordering::Relaxed);
                moved(&head, *position);
            }
            Err(error) => tracing::error!(%error, "a transaction could not be kept"),
        }
        let failed = kept.err();
        for outcome in outcomes {
            outcome.answer(failed.as_ref());
        }
        if let Some(error) = failed {
            for job in queue {
                job.refuse(&error);
            }
        }
    }
}

/// Does jobs in one transaction, each with a way back of its own. Answers the head once it is on disk. On an error all of
/// it is undone, and what was not begun is still in the queue.
async fn together(
    db: &Db,
    queue: &mut VecDeque<Job>,
    outcomes: &mut Vec<Outcome>,
) -> Result<i64, StoreError> {
    let alone = queue.len() == 1;
    let mut tx = db.begin().await?;
    let before = append::lock(&mut tx).await?;
    let mut head = before;
    loop {
        let start = head;
        if !alone && !queue.is_empty() {
            tx.mark().await?;
        }
        let Some(job) = queue.pop_front() else { break };
        let outcome = job.work(&mut tx, &mut head).await;
        let done = outcome.is_done();
        outcomes.push(outcome);
        match (alone, done) {
            (true, true) => {}
            // The way back of a single job is that of its transaction.
            (true, false) => {
                tx.undo().await?;
                return Ok(start.position);
            }
            (false, true) => tx.keep().await?,
            (false, false) => {
                tx.back().await?;
                head = start;
            }
        }
    }
    if head != before {
        append::unlock(&mut tx, head).await?;
        if let Tx::Postgres(_) = tx {
            query("notify muster").run(tx.at()).await?;
        }
    }
    // From here on it may be kept although nobody hears of it.
    tx.commit()
        .await
        .map_err(|error| StoreError::Lost(error.to_string()))?;
    Ok(head.position)
}

impl Job {
    async fn work(self, tx: &mut Tx, head: &mut Head) -> Outcome {
        match self {
            Self::Commit(commit, reply) => {
                Outcome::Commit(Box::new(append::append(tx, head, *commit).await), reply)
            }
            Self::Redact(job, reply) => {
                Outcome::Commit(Box::new(redact::redact(tx, head, *job).await), reply)
            }
            Self::House(change, reply) => {
                let (by, at, change) = *change;
                Outcome::House(change::change(tx, head, by, at, change).await, reply)
            }
            Self::Rebuild(reply) => Outcome::Rebuild(rebuild::rebuild(tx).await, reply),
        }
    }

    fn refuse(self, error: &StoreError) {
        let lost = || undone(error);
        // Whoever asked may be gone; then nobody needs the answer.
        match self {
            Self::Commit(_, reply) | Self::Redact(_, reply) => {
                drop(reply.send(Err(lost().into())));
            }
            Self::House(_, reply) => drop(reply.send(Err(lost().into()))),
            Self::Rebuild(reply) => drop(reply.send(Err(lost()))),
        }
    }
}

impl Outcome {
    fn is_done(&self) -> bool {
        match self {
            Self::Commit(result, _) => result.is_ok(),
            Self::House(result, _) => result.is_ok(),
            Self::Rebuild(result, _) => result.is_ok(),
        }
    }

    /// A job that was done is undone when its transaction could not be kept; a refusal stays what it was.
    fn answer(self, failed: Option<&StoreError>) {
        fn last<T, E: From<StoreError>>(
            result: Result<T, E>,
            failed: Option<&StoreError>,
        ) -> Result<T, E> {
            match failed {
                Some(error) => result.and(Err(undone(error).into())),
                None => result,
            }
        }
        match self {
            Self::Commit(result, reply) => drop(reply.send(last(*result, failed))),
            Self::House(result, reply) => drop(reply.send(last(result, failed))),
            Self::Rebuild(result, reply) => drop(reply.send(last(result, failed))),
        }
    }
}

/// What those hear whose transaction failed: that it was undone, or that nobody knows.
fn undone(error: &StoreError) -> StoreError {
    match error {
        StoreError::Lost(why) => StoreError::Lost(why.clone()),
        other => StoreError::Undone(other.to_string()),
    }
}

impl SqlStore {
    /// Has the writer do something, and waits until it is on disk.
    pub(super) async fn ask<T, E: From<StoreError>>(
        &self,
        job: impl FnOnce(Reply<T, E>) -> Job,
    ) -> Result<T, E> {
        let (reply, answer) = oneshot::channel();
        self.hand(job(reply)).await?;
        // A writer that ended may have been in the middle of it.
        let ended = |_| StoreError::Lost("the writer ended".to_owned());
        answer.await.map_err(ended)?
    }
}
