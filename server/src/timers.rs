//! What happens by the clock: overdue promises remind, planned maintenance begins and ends. Both read the clock and go through
//! the writing door like a person; of several processes that see the same one is first, and the others find it done.

use crate::services::Services;
use std::time::Duration;
use tokio_util::sync::CancellationToken;

/// How often the clocks are looked at.
const LOOK: Duration = Duration::from_secs(10);

/// Reminds until told to stop. What fails is tried again at the next look.
pub async fn run(services: Services, stop: CancellationToken) {
    let mut looks = tokio::time::interval(LOOK);
    looks.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    loop {
        tokio::select! {
            () = stop.cancelled() => return,
            _ = looks.tick() => {}
        }
        if let Err(error) = services.remind().await {
            tracing::warn!(error = %error, "overdue promises could not be looked at");
        }
        if let Err(error) = services.keep_windows().await {
            tracing::warn!(error = %error, "planned maintenance could not be looked at");
        }
    }
}
