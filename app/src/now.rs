//! The time on a screen. Rendered first with the server's moment on both sides, so that the two never differ; in the
//! browser it then ticks, kept true to the server's clock.

use domain::time::Time;
use leptos::prelude::*;

/// The moment that every clock on the screen shows.
#[derive(Clone, Copy)]
pub struct Now {
    /// Ticks every second while something shows seconds, else it moves a few times a minute.
    pub at: RwSignal<Time>,
    /// How far the device's clock is behind the server's, in milliseconds.
    ahead: StoredValue<i64>,
}

/// Puts the clock into the context. `start` is the moment the server made the page.
pub fn provide_now(start: Time) -> Now {
    let now = Now {
        at: RwSignal::new(start),
        ahead: StoredValue::new(0),
    };
    provide_context(now);
    #[cfg(feature = "hydrate")]
    Effect::new(move |_| {
        now.ahead
            .set_value((start - device_time()).num_milliseconds());
        let tick = move || now.at.set(now.read());
        if let Ok(handle) = set_interval_with_handle(tick, std::time::Duration::from_secs(1)) {
            on_cleanup(move || handle.clear());
        }
    });
    now
}

impl Now {
    /// The server's time as this device knows it, to the moment.
    pub fn read(self) -> Time {
        #[cfg(feature = "hydrate")]
        return device_time() + chrono::Duration::milliseconds(self.ahead.get_value());
        #[cfg(not(feature = "hydrate"))]
        return self.at.get_untracked() + chrono::Duration::milliseconds(self.ahead.get_value());
    }

    /// The moment on the screen, cut to the minute: what most clocks follow, so that they move once a minute only.
    pub fn minute(self) -> Memo<Time> {
        Memo::new(move |_| {
            let at = self.at.get();
            at - chrono::Duration::seconds(at.timestamp() % 60)
                - chrono::Duration::nanoseconds(i64::from(at.timestamp_subsec_nanos()))
        })
    }
}

/// The screen's clock.
///
/// # Panics
/// Outside the frame, which is a mistake in the code and not in the data.
pub fn use_now() -> Now {
    expect_context::<Now>()
}

#[cfg(feature = "hydrate")]
#[expect(
    clippy::disallowed_methods,
    reason = "the one place where the browser reads its clock"
)]
fn device_time() -> Time {
    chrono::Utc::now()
}
