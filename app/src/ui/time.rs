//! Times. Always UTC; the first render is the same on both sides because it follows the screen's clock.

use crate::now::use_now;
use domain::time::{Time, length, short};
use leptos::prelude::*;

/// "14:27": a moment in UTC, with its date when that is not today.
#[component]
pub fn At(
    /// The moment.
    at: Time,
) -> impl IntoView {
    let now = use_now().minute();
    view! { <time datetime=at.to_rfc3339()>{move || short(at, now.get())}</time> }
}

/// "12 min ago".
#[component]
pub fn Ago(
    /// The moment.
    at: Time,
) -> impl IntoView {
    let now = use_now().minute();
    view! { <time datetime=at.to_rfc3339()>{move || format!("{} ago", length(now.get() - at))}</time> }
}
