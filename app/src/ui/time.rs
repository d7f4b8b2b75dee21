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

/// The time it is, in UTC, with the reader's own beside it once the browser can tell.
#[component]
pub(crate) fn Utc() -> impl IntoView {
    let now = use_now().minute();
    let own = RwSignal::new(None::<String>);
    Effect::new(move |_| own.set(own_time(now.get())));
    view! {
        <p class="utc">
            <time datetime=move || now.get().to_rfc3339()>{move || clock(now.get())}</time>
            " UTC"
            {move || own.get().map(|own| view! { <span>{own}" your time"</span> })}
        </p>
    }
}

fn clock(at: Time) -> String {
    at.format("%H:%M").to_string()
}

/// What the wall clock beside the reader shows; nothing where that is UTC.
#[cfg(feature = "hydrate")]
fn own_time(at: Time) -> Option<String> {
    #[expect(
        clippy::cast_precision_loss,
        reason = "milliseconds of any year that people live in fit"
    )]
    let date = js_sys::Date::new(&(at.timestamp_millis() as f64).into());
    let own = format!("{:02}:{:02}", date.get_hours(), date.get_minutes());
    (own != clock(at)).then_some(own)
}

#[cfg(not(feature = "hydrate"))]
fn own_time(_: Time) -> Option<String> {
    None
}
