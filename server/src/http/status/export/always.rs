//! The export that goes on by itself: after everything that customers are told, to every target, one at a time.

use super::{Export, Target};
use crate::metrics;
use std::time::Duration;
use tokio::sync::watch;
use tokio::time::{Instant, sleep_until, timeout_at};
use tokio_util::sync::CancellationToken;

/// How long it waits for more once something was said: components, words and titles come together.
const GATHER: Duration = Duration::from_secs(1);
/// The pages say as of when they are, and days end: after so long they are written anew.
const EVERY: Duration = Duration::from_hours(1);
/// The waits after failures; the last one goes on.
const WAITS: [u64; 6] = [2, 5, 15, 30, 60, 120];

/// How a target stands.
struct Standing {
    target: Target,
    /// What customers had been told when it was written last.
    told: Option<i64>,
    /// When it is to be written next, whatever happens.
    next: Instant,
    failures: usize,
}

impl Export {
    /// Exports at the start and after every public change, until told to stop. What fails is tried again, later and later.
    pub async fn always(
        self,
        targets: Vec<Target>,
        mut moved: watch::Receiver<i64>,
        stop: CancellationToken,
    ) {
        let begin = |target| Standing {
            target,
            told: None,
            next: Instant::now(),
            failures: 0,
        };
        let mut all: Vec<Standing> = targets.into_iter().map(begin).collect();
        let going_on = async {
            loop {
                let told = *moved.borrow_and_update();
                for one in &mut all {
                    let news = one.failures == 0 && one.told != Some(told);
                    if news || one.next <= Instant::now() {
                        self.once(one, told).await;
                    }
                }
                let Some(next) = all.iter().map(|one| one.next).min() else {
                    return;
                };
                match timeout_at(next, moved.changed()).await {
                    Ok(Ok(())) => sleep_until(Instant::now() + GATHER).await,
                    Ok(Err(_)) => return,
                    Err(_) => {}
                }
            }
        };
        tokio::select! {
            () = going_on => {}
            () = stop.cancelled() => {}
        }
    }

    async fn once(&self, one: &mut Standing, told: i64) {
        let name = one.target.to_string();
        match self.to(&one.target).await {
            Ok(exported) => {
                if one.failures > 0 {
                    tracing::info!(target_ = %name, "the export works again");
                }
                tracing::debug!(target_ = %name, files = exported.files, changed = exported.changed, "exported");
                // Said meanwhile, and not in it: once more, soon.
                one.told = (!exported.moved).then_some(told);
                one.next = Instant::now() + if exported.moved { GATHER } else { EVERY };
                one.failures = 0;
            }
            Err(error) => {
                let wait = WAITS[one.failures.min(WAITS.len() - 1)];
                one.failures += 1;
                one.next = Instant::now() + Duration::from_secs(wait);
                tracing::error!(target_ = %name, %error, "the site could not be exported; it is tried again in {wait} s");
            }
        }
        metrics::exported(&name, one.failures);
    }
}
