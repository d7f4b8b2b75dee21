//! Where the reader looked away: what came after that is counted and marked when they are back.

use super::state::RoomState;
use leptos::prelude::*;

/// The position up to which the reader has seen the timeline, once they have looked away; nothing before that, and
/// nothing on the server.
pub fn looked_away(room: RoomState) -> RwSignal<Option<i64>> {
    let seen = RwSignal::new(None);
    #[cfg(feature = "hydrate")]
    Effect::new(move |_| browser::watch(room, seen));
    #[cfg(not(feature = "hydrate"))]
    let _ = room;
    seen
}

#[cfg(feature = "hydrate")]
mod browser {
    use super::RoomState;
    use crate::keep::Kept;
    use leptos::prelude::*;
    use std::time::Duration;
    use web_sys::VisibilityState;

    pub(super) fn watch(room: RoomState, seen: RwSignal<Option<i64>>) {
        let kept = StoredValue::new(Kept::here("seen", room.number));
        let latest = move || {
            room.entries
                .try_with_untracked(|entries| entries.iter().map(|entry| entry.position).max())
                .flatten()
        };
        // The last visit counts as looking away.
        if let Some(before) = kept.with_value(Kept::read::<i64>) {
            seen.set(Some(before));
            set_timeout(scroll_to_unread, Duration::from_millis(50));
        }
        let leave = move || {
            if let Some(latest) = latest() {
                kept.with_value(|kept| kept.write(&latest));
            }
        };
        let visibility = window_event_listener_untyped("visibilitychange", move |_| {
            if document().visibility_state() == VisibilityState::Hidden {
                leave();
                let _ = seen.try_set(latest());
            }
        });
        let going = window_event_listener_untyped("pagehide", move |_| leave());
        on_cleanup(move || {
            leave();
            visibility.remove();
            going.remove();
        });
    }

    /// Opening the room shows where reading goes on.
    fn scroll_to_unread() {
        if let Some(line) = document().get_element_by_id("unread") {
            let options = web_sys::ScrollIntoViewOptions::new();
            options.set_block(web_sys::ScrollLogicalPosition::Nearest);
            line.scroll_into_view_with_scroll_into_view_options(&options);
        }
    }
}
