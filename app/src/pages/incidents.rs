//! Incidents.

use crate::ui::Page;
use leptos::prelude::*;

/// Incidents.
#[component]
pub fn Incidents() -> impl IntoView {
    view! { <Page class="incidents" title="Incidents"><main id="main"><h1>"Incidents"</h1></main></Page> }
}
