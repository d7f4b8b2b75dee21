//! Board.

use crate::ui::Page;
use leptos::prelude::*;

/// Board.
#[component]
pub fn Board() -> impl IntoView {
    view! { <Page class="board" title="Board"><main id="main"><h1>"Board"</h1></main></Page> }
}
