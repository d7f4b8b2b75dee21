//! The frame of every signed-in screen: its class for the stylesheet, the bar at the top, the banner of a deploy.

use crate::live::use_live;
use crate::me::use_session;
use crate::ui::Icon;
use crate::ui::connection::Connection;
use crate::ui::keys::{KEYS_PANEL, KeysPanel, show_popover, use_keys};
use crate::ui::theme::{ThemeSwitch, follow_theme};
use crate::ui::time::Utc;
use leptos::prelude::*;
use leptos_router::hooks::{use_location, use_navigate};

/// A screen. The children bring their own `<main id="main">`.
#[component]
pub fn Page(
    /// The page's class in the stylesheet: `board`, `war` …
    class: &'static str,
    /// The document's title.
    #[prop(into)]
    title: Signal<String>,
    /// The screen.
    children: Children,
) -> impl IntoView {
    keys_everywhere();
    follow_theme();
    view! {
        // The head outlives a screen for a moment: by then the screen's signals are gone.
        <leptos_meta::Title text=move || title.try_get().unwrap_or_default()/>
        <div class=format!("page {class}")>
            <a class="skip" href="#main">"Skip to content"</a>
            {view! { <TopBar/> }.into_any()}
            {view! { <Outdated/> }.into_any()}
            {children()}
            {view! { <KeysPanel/> }.into_any()}
        </div>
    }
    // Types end here: without this the type of a screen holds that of everything in it, and compiling shows it.
    .into_any()
}

/// The keys that work on every screen.
fn keys_everywhere() {
    let path = use_location().pathname;
    let navigate = use_navigate();
    use_keys(move |key| {
        let to = match key {
            "?" => return show_popover(KEYS_PANEL),
            "g b" => "/".to_owned(),
            "g i" => "/incidents".to_owned(),
            "g s" => match path.with_untracked(|path| incident_of(path)) {
                Some(number) => format!("/incidents/{number}/sitreps"),
                None => return false,
            },
            _ => return false,
        };
        navigate(&to, leptos_router::NavigateOptions::default());
        true
    });
}

/// The incident that an address is about.
fn incident_of(path: &str) -> Option<i64> {
    path.strip_prefix("/incidents/")?
        .split('/')
        .next()?
        .parse()
        .ok()
}

const PLACES: [(&str, &str); 6] = [
    ("/", "Board"),
    ("/incidents", "Incidents"),
    ("/maintenance", "Maintenance"),
    ("/people", "People"),
    ("/components", "Components"),
    ("/settings", "Settings"),
];

/// The bar at the top: places, the time, how the live stream stands, the person.
#[component]
pub(crate) fn TopBar() -> impl IntoView {
    let session = use_session();
    let path = use_location().pathname;
    let here = move |root: &'static str| {
        let path = path.get();
        let inside = if root == "/" {
            path == "/"
        } else {
            path.starts_with(root)
        };
        inside.then_some("page")
    };
    view! {
        <header class="top">
            <a class="brand" href="/"><Icon name=Icon::Muster/><b>"Muster"</b></a>
            <nav aria-label="Main"><Places here=here/></nav>
            <Utc/>
            <Connection/>
            <ThemeSwitch/>
            <a class="me" href="/devices">{move || session.person.with(|person| person.name.clone())}</a>
            // Where the row of links has no room; it opens without script.
            <details class="menu">
                <summary>"Menu"</summary>
                <nav aria-label="Menu">
                    <Places here=here/>
                    <a href="/devices">{move || session.person.with(|person| person.name.clone())}</a>
                </nav>
            </details>
        </header>
    }
}

/// The links of the top bar, with the one that is open marked.
#[component]
fn Places<F>(here: F) -> impl IntoView
where
    F: Fn(&'static str) -> Option<&'static str> + Copy + Send + Sync + 'static,
{
    view! {
        <ul role="list">
            {PLACES
                .map(|(address, name)| {
                    view! { <li><a href=address aria-current=move || here(address)>{name}</a></li> }
                })
                .collect_view()}
            <li><a href="/status" rel="external">"Status page"</a></li>
        </ul>
    }
}

/// After a deploy the page goes on working; it says that a newer one is there, and leaves the moment to the person.
#[component]
fn Outdated() -> impl IntoView {
    let live = use_live();
    view! {
        <Show when=move || live.outdated.get()>
            <p class="notice" role="status">
                "Muster was updated while this page was open. What you typed is kept. "
                <a href="" rel="external">"Reload when it suits you"</a>
            </p>
        </Show>
    }
}

#[cfg(test)]
mod tests {
    use super::incident_of;

    #[test]
    fn an_address_says_which_incident_it_is_about() {
        assert_eq!(incident_of("/incidents/142/update"), Some(142));
        assert_eq!(incident_of("/incidents/142"), Some(142));
        assert_eq!(incident_of("/incidents/new"), None);
        assert_eq!(incident_of("/"), None);
    }
}
