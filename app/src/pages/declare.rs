//! Declare.

use crate::ui::Page;
use leptos::prelude::*;

/// Declare.
#[component]
pub fn Declare() -> impl IntoView {
    view! { <Page class="declare" title="Declare"><main id="main"><h1>"Declare"</h1></main></Page> }
}
