//! Settings.

use crate::ui::Page;
use leptos::prelude::*;

/// Settings.
#[component]
pub fn Settings() -> impl IntoView {
    view! { <Page class="settings" title="Settings"><main id="main"><h1>"Settings"</h1></main></Page> }
}
