//! How the live stream stands, in the top bar. A short break is not worth a word; after that it says how old the screen is.

use crate::live::{LiveState, use_live};
use crate::now::use_now;
use crate::ui::Icon;
use domain::time::Time;
use leptos::prelude::*;

/// A break shorter than this is not mentioned, in seconds.
const PATIENCE: i64 = 5;

/// What the bar says of the stream.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Standing {
    /// No stream is wanted here.
    Nothing,
    /// What is shown is what is.
    Live,
    /// Nothing came since then.
    Lost(Time),
    /// The session is over.
    SignedOut,
}

/// "Live", or "Reconnecting" with the age of what is shown.
#[component]
pub(crate) fn Connection() -> impl IntoView {
    let live = use_live();
    let now = use_now();
    let standing = Memo::new(move |_| standing(live.state.get(), live.lost_at.get(), now.at));
    view! {
        <p class="conn" role="status" hidden=move || standing.get() == Standing::Nothing data-state=move || matches!(standing.get(), Standing::Lost(_) | Standing::SignedOut).then_some("lost")>
            {move || match standing.get() {
                Standing::Nothing => ().into_any(),
                Standing::Live => view! { <Icon name=Icon::Live/>"Live" }.into_any(),
                Standing::SignedOut => view! { <Icon name=Icon::Offline/>"Signed out" }.into_any(),
                Standing::Lost(since) => {
                    let since = since.format("%H:%M").to_string();
                    view! { <Icon name=Icon::Offline/><span>"Reconnecting, as of "{since}</span> }.into_any()
                }
            }}
        </p>
    }
}

/// Follows the clock only while something is lost, so that nothing ticks on a quiet page.
fn standing(state: LiveState, lost: Option<Time>, now: RwSignal<Time>) -> Standing {
    match (state, lost) {
        (LiveState::Off, _) => Standing::Nothing,
        (LiveState::SignedOut, _) => Standing::SignedOut,
        (LiveState::Live, _) | (LiveState::Reconnecting, None) => Standing::Live,
        (LiveState::Reconnecting, Some(since)) => {
            if (now.get() - since).num_seconds() < PATIENCE {
                Standing::Live
            } else {
                Standing::Lost(since)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ui::example::at;

    #[test]
    fn a_short_break_is_not_worth_a_word_and_a_long_one_says_since_when() {
        Owner::new().with(|| {
            let now = RwSignal::new(at(0));
            let lost = Some(at(0));
            assert_eq!(standing(LiveState::Reconnecting, lost, now), Standing::Live);
            now.set(at(2));
            assert_eq!(
                standing(LiveState::Reconnecting, lost, now),
                Standing::Lost(at(0))
            );
            assert_eq!(standing(LiveState::Live, None, now), Standing::Live);
            assert_eq!(standing(LiveState::Off, None, now), Standing::Nothing);
        });
    }
}
