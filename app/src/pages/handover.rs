//! Handover.

use crate::ui::Page;
use leptos::prelude::*;

/// Handover.
#[component]
pub fn Handover() -> impl IntoView {
    view! { <Page class="handover" title="Handover"><main id="main"><h1>"Handover"</h1></main></Page> }
}
