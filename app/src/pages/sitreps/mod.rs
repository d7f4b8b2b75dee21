//! Sitreps.

use crate::ui::Page;
use leptos::prelude::*;

/// Sitreps.
#[component]
pub fn Sitreps() -> impl IntoView {
    view! { <Page class="sitreps" title="Sitreps"><main id="main"><h1>"Sitreps"</h1></main></Page> }
}
