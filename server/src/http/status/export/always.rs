//! The export that goes on by itself: after everything that customers are told, to every target.

use super::{Export, Target};
use crate::metrics;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::watch;
use tokio::task::JoinSet;
use tokio::time::sleep;
use tokio_util::sync::CancellationToken;

/// The pages say as of when they are, and days end: after so long they are written anew, though nothing was said.
pub const EVERY: Duration = Duration::from_hours(1);
/// How long it waits for more once something was said: components, words and titles come together.
const GATHER: Duration = Duration::from_secs(1);
/// The waits after failures, in seconds; the last one goes on.
const WAITS: [u64; 6] = [2, 5, 15, 30, 60, 120];

impl Export {
    /// Exports at the start and after every public change, until told to stop. `moved` is the position of the last thing that
    /// customers may notice. Each target goes its own way: one that hangs or fails holds up no other.
    pub async fn always(
        self,
        targets: Vec<Target>,
        moved: watch::Receiver<i64>,
        stop: CancellationToken,
    ) {
        let export = Arc::new(self);
        let mut all = JoinSet::new();
        for target in targets {
            all.spawn(keep(Arc::clone(&export), target, moved.clone()));
        }
        // Should one have panicked, it was said where it did.
        let every = async { while all.join_next().await.is_some() {} };
        tokio::select! {
            () = every => {}
            () = stop.cancelled() => {}
        }
    }
}

/// Keeps one target as customers may see it. What fails is tried again, later and later.
async fn keep(export: Arc<Export>, target: Target, mut moved: watch::Receiver<i64>) {
    let name = target.to_string();
    let mut failures = 0;
    loop {
        // Marked as seen before the store is read, so that nothing is slept over.
        moved.mark_unchanged();
        match export.to(&target).await {
            Ok(exported) => {
                if failures > 0 {
                    tracing::info!(to = %name, "the export works again");
                }
                tracing::debug!(to = %name, files = exported.files, changed = exported.changed, "exported");
                failures = 0;
                metrics::exported(&name, failures);
                // What was said while it was written may not be in it.
                if exported.moved {
                    moved.mark_changed();
                }
                tokio::select! {
                    () = sleep(EVERY) => {}
                    changed = moved.changed() => match changed {
                        Ok(()) => sleep(GATHER).await,
                        Err(_) => return,
                    }
                }
            }
            Err(error) => {
                let wait = WAITS[failures.min(WAITS.len() - 1)];
                failures += 1;
                metrics::exported(&name, failures);
                tracing::error!(to = %name, %error, "the site could not be exported; it is tried again in {wait} s");
                sleep(Duration::from_secs(wait)).await;
            }
        }
    }
}
