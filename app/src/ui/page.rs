//! The frame of every signed-in screen: its class for the stylesheet, the bar at the top, the banner of a deploy.

use crate::live::{LiveState, use_live};
use crate::me::use_session;
use crate::now::use_now;
use crate::ui::Icon;
use leptos::prelude::*;
use leptos_router::hooks::use_location;

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
    view! {
        <leptos_meta::Title text=move || title.get()/>
        <div class=format!("page {class}")>
            <a class="skip" href="#main">"Skip to content"</a>
            <TopBar/>
            <Outdated/>
            {children()}
        </div>
    }
}

const PLACES: [(&str, &str); 5] = [
    ("/", "Board"),
    ("/incidents", "Incidents"),
    ("/people", "People"),
    ("/components", "Components"),
    ("/settings", "Settings"),
];

#[component]
fn TopBar() -> impl IntoView {
    let session = use_session();
    let now = use_now().minute();
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
            <p class="utc">
                <time datetime=move || now.get().to_rfc3339()>{move || now.get().format("%H:%M").to_string()}</time>
                " UTC"
            </p>
            <Connection/>
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

#[component]
fn Connection() -> impl IntoView {
    let live = use_live();
    view! {
        <p class="conn" role="status" data-state=move || matches!(live.state.get(), LiveState::Reconnecting).then_some("lost")>
            {move || match live.state.get() {
                LiveState::Off => ().into_any(),
                LiveState::Live => view! { <Icon name=Icon::Live/>"Live" }.into_any(),
                LiveState::Reconnecting => view! { <Icon name=Icon::Offline/>"Reconnecting" }.into_any(),
            }}
        </p>
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
