//! Rows keep their place while somebody points at them: a click must not land on what slid under the pointer.

use leptos::prelude::*;
use std::time::Duration;

/// How long the pointer must rest before rows may move, in milliseconds.
const REST: f64 = 2000.0;
/// Somebody who never rests sees the new order after this many waits all the same.
const WAITS: u8 = 10;

/// Where the pointer last moved over the rows, by the browser's clock.
#[derive(Clone, Copy)]
pub(super) struct Pointer(StoredValue<f64>);

impl Pointer {
    /// Remembers that the pointer moved.
    pub(super) fn moved(self, event: &leptos::ev::PointerEvent) {
        self.0.set_value(event.time_stamp());
    }
}

/// The order to show: follows `wanted`, but not under a moving pointer.
pub(super) fn steady<T>(wanted: Memo<Vec<T>>) -> (ReadSignal<Vec<T>>, Pointer)
where
    T: Clone + PartialEq + Send + Sync + 'static,
{
    let (order, set_order) = signal(wanted.get_untracked());
    let pointer = Pointer(StoredValue::new(f64::NEG_INFINITY));
    Effect::new(move |_| {
        if wanted.get() != order.get_untracked() {
            settle(wanted, set_order, pointer, WAITS);
        }
    });
    (order, pointer)
}

fn settle<T>(wanted: Memo<Vec<T>>, order: WriteSignal<Vec<T>>, pointer: Pointer, waits: u8)
where
    T: Clone + PartialEq + Send + Sync + 'static,
{
    // The page may be gone by now.
    let Some(moved) = pointer.0.try_get_value() else {
        return;
    };
    let resting = since_loaded() - moved >= REST;
    if resting || waits == 0 {
        if let Some(wanted) = wanted.try_get_untracked() {
            order.try_set(wanted);
        }
        return;
    }
    set_timeout(
        move || settle(wanted, order, pointer, waits - 1),
        Duration::from_millis(500),
    );
}

/// Milliseconds since the page was loaded, as events count them.
fn since_loaded() -> f64 {
    #[cfg(feature = "hydrate")]
    return window().performance().map_or(0.0, |clock| clock.now());
    #[cfg(not(feature = "hydrate"))]
    0.0
}
