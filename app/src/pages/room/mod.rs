//! The war room.

use crate::ui::Page;
use leptos::prelude::*;

/// WarRoom.
#[component]
pub fn WarRoom() -> impl IntoView {
    view! { <Page class="war" title="WarRoom"><main id="main"><h1>"WarRoom"</h1></main></Page> }
}
