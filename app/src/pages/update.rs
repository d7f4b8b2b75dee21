//! Update.

use crate::ui::Page;
use leptos::prelude::*;

/// Update.
#[component]
pub fn Update() -> impl IntoView {
    view! { <Page class="update" title="Update"><main id="main"><h1>"Update"</h1></main></Page> }
}
