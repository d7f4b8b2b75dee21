//! People.

use crate::ui::Page;
use leptos::prelude::*;

/// People.
#[component]
pub fn People() -> impl IntoView {
    view! { <Page class="people-page" title="People"><main id="main"><h1>"People"</h1></main></Page> }
}
