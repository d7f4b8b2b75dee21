//! Devices.

use crate::ui::Page;
use leptos::prelude::*;

/// Devices.
#[component]
pub fn Devices() -> impl IntoView {
    view! { <Page class="devices" title="Devices"><main id="main"><h1>"Devices"</h1></main></Page> }
}
