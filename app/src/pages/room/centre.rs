//! The middle of the room: what who comes late must know, the sitrep, and the talk.

use super::catch_up::CatchUp;
use super::sitrep::CurrentSitrep;
use super::talk::Talk;
use leptos::prelude::*;

/// The middle column.
#[component]
pub fn Centre() -> impl IntoView {
    view! {
        <section class="centre" aria-label="Situation and talk">
            <CatchUp/>
            <CurrentSitrep/>
            <Talk/>
        </section>
    }
}
