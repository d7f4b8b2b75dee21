//! Light, night, or what the device says: kept with the person, sent by the server as an attribute, so that nothing flashes.

use crate::forms::HouseForm;
use crate::me::use_session;
use crate::ui::Icon;
use leptos::prelude::*;
use leptos_router::hooks::use_location;

/// Puts the person's choice on the document whenever it changes.
pub fn follow_theme() {
    let session = use_session();
    let theme = Memo::new(move |_| session.preference.with(|p| p.theme.clone()));
    Effect::new(move |before: Option<()>| {
        let theme = theme.get();
        // The server has put the first one there.
        if before.is_some() {
            put_on(&theme);
        }
    });
}

/// Shows a theme at once: `light`, `night`, or empty for what the device says.
pub fn put_on(theme: &str) {
    #[cfg(feature = "hydrate")]
    if let Some(html) = document().document_element() {
        // Setting an attribute of this name cannot fail.
        let _ = if theme.is_empty() {
            html.remove_attribute("data-theme")
        } else {
            html.set_attribute("data-theme", theme)
        };
    }
    #[cfg(not(feature = "hydrate"))]
    let _ = theme;
}

/// The button in the top bar: to the other one of light and night.
#[component]
pub fn ThemeSwitch() -> impl IntoView {
    let session = use_session();
    let path = use_location().pathname;
    let device_night = RwSignal::new(false);
    Effect::new(move |_| device_night.set(device_is_night()));
    let night = Memo::new(move |_| {
        session
            .preference
            .with(|preference| match preference.theme.as_str() {
                "night" => true,
                "light" => false,
                _ => device_night.get(),
            })
    });
    let other = move || if night.get() { "light" } else { "night" };
    view! {
        <HouseForm what="prefer" action="/devices" class="theme" of=("part", "switch".to_owned()) quiet=true>
            <input type="hidden" name="theme" value=other prop:value=other/>
            <input type="hidden" name="next" value=move || path.get()/>
            <button
                class="quiet icon"
                aria-label="Night theme"
                aria-pressed=move || night.get().to_string()
                on:click=move |_| put_on(if night.get_untracked() { "light" } else { "night" })
            >
                <Icon name=Icon::Moon/>
            </button>
        </HouseForm>
    }
}

#[cfg(feature = "hydrate")]
fn device_is_night() -> bool {
    window()
        .match_media("(prefers-color-scheme: dark)")
        .ok()
        .flatten()
        .is_some_and(|list| list.matches())
}

#[cfg(not(feature = "hydrate"))]
fn device_is_night() -> bool {
    false
}
