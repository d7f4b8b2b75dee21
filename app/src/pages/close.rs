//! Close.

use crate::ui::Page;
use leptos::prelude::*;

/// Close.
#[component]
pub fn Close() -> impl IntoView {
    view! { <Page class="close" title="Close"><main id="main"><h1>"Close"</h1></main></Page> }
}
