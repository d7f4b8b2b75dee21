//! Components.

use crate::ui::Page;
use leptos::prelude::*;

/// Components.
#[component]
pub fn Components() -> impl IntoView {
    view! { <Page class="components-page" title="Components"><main id="main"><h1>"Components"</h1></main></Page> }
}
