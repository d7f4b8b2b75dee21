//! What is shown where nothing is, and when nothing can be read.

use super::Parts;
use leptos::prelude::*;

pub(super) fn view() -> Parts {
    let main = view! {
        <h1>"There is nothing at this address"</h1>
        <p class="asof">"It may be mistyped, or what was here is gone."</p>
        <p class="empty">
            <a href="/status">"How everything is now"</a> " or " <a href="/status/history">"past incidents"</a>
        </p>
    };
    ("Not found".to_owned(), None, main.into_any())
}

pub(super) fn unavailable() -> Parts {
    let main = view! {
        <h1>"We cannot say how everything is"</h1>
        <p class="asof">
            "This page cannot read its data just now, and it holds nothing older to show. It tries again every few seconds. "
            <a href="">"Reload"</a>
        </p>
    };
    ("Not readable just now".to_owned(), None, main.into_any())
}
