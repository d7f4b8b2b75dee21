//! The document around every signed-in screen, and the table of addresses.

use crate::api;
use crate::data::Me;
use crate::forms::{Posted, PostedHere};
use crate::live::provide_live;
use crate::me::Session;
use crate::now::provide_now;
use crate::once::PageKey;
use crate::pages;
use crate::ui::Sprite;
use domain::time::Time;
use leptos::nonce::use_nonce;
use leptos::prelude::*;
use leptos_meta::{Title, provide_meta_context};
use leptos_router::SsrMode;
use leptos_router::components::{ParentRoute, Route, Router, Routes};
use leptos_router::nested_router::Outlet;
use leptos_router::path;

/// The icon in the tab, small enough to travel with the page.
pub const TAB_ICON: &str = "data:image/svg+xml,%3Csvg xmlns=%27http://www.w3.org/2000/svg%27 viewBox=%270 0 16 16%27 fill=%27none%27 stroke=%27%230a5872%27 stroke-width=%271.5%27%3E%3Cpath d=%27M2 2l4 4M6.2 2.8v3.4H2.8M14 2l-4 4M9.8 2.8v3.4h3.4M2 14l4-4M2.8 9.8h3.4v3.4M14 14l-4-4M13.2 9.8H9.8v3.4%27/%3E%3C/svg%3E";

/// Names of the embedded files of this build.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Assets {
    /// The script's address.
    pub js: String,
    /// The wasm's address.
    pub wasm: String,
    /// The stylesheet's address.
    pub css: String,
    /// The build's name.
    pub build: String,
}

/// What only the server knows when it makes a page, for the first render on both sides.
#[derive(Debug, Clone, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct Beginning {
    /// The server's moment.
    pub now: Time,
    /// What its forms are known by when they are posted twice.
    pub key: String,
    /// What was posted, if this page answers a post.
    pub posted: Option<Posted>,
}

/// The document. Server only; the browser hydrates [`App`] inside it.
pub fn shell() -> impl IntoView {
    let assets = use_context::<Assets>().unwrap_or_default();
    let nonce = use_nonce();
    let theme = use_context::<Theme>()
        .map(|theme| theme.0)
        .unwrap_or_default();
    let theme = (!theme.is_empty()).then_some(theme);
    let start = format!(
        // The wasm is asked for beside the script. A preload link would do the same, and make browsers without scripts warn.
        "const wasm = fetch({wasm:?}); const {{ default: start, hydrate }} = await import({js:?}); start({{ module_or_path: wasm }}).then(hydrate);",
        js = assets.js,
        wasm = assets.wasm
    );
    view! {
        <!DOCTYPE html>
        <html lang="en" data-theme=theme data-build=assets.build.clone()>
            <head>
                <meta charset="utf-8"/>
                <meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover"/>
                <meta name="color-scheme" content="light dark"/>
                <link rel="icon" href=TAB_ICON/>
                <link rel="stylesheet" href=assets.css/>
                <link rel="modulepreload" href=assets.js/>
                <script type="module" nonce=nonce inner_html=start></script>
                <leptos_meta::MetaTags/>
            </head>
            <body>
                <App/>
                // After the app: the browser takes over from the body's first child on.
                <Sprite/>
            </body>
        </html>
    }
}

/// The theme that the person chose, for the document's first byte.
#[derive(Debug, Clone, Default)]
pub struct Theme(pub String);

/// The build that made this page, as the document says.
#[cfg(feature = "hydrate")]
pub fn build() -> String {
    document()
        .document_element()
        .and_then(|html| html.get_attribute("data-build"))
        .unwrap_or_default()
}

/// Marks the document: the browser has taken it over, and from here on it answers in place. Tests wait for this.
#[cfg(feature = "hydrate")]
pub fn alive() {
    if let Some(html) = document().document_element() {
        let _ = html.set_attribute("data-hydrated", "");
    }
}

/// Every signed-in screen.
#[component]
pub fn App() -> impl IntoView {
    provide_meta_context();
    let beginning = SharedValue::new(server_beginning).into_inner();
    provide_now(beginning.now);
    provide_context(PageKey(beginning.key));
    provide_context(PostedHere(beginning.posted));
    provide_live();
    view! {
        <Title formatter=|title: String| if title.is_empty() { "Muster".to_owned() } else { format!("{title}. Muster") }/>
        <Router>
            <Routes fallback=pages::Missing>
                <ParentRoute path=path!("") view=SignedIn ssr=SsrMode::Async>
                    <Route path=path!("/") view=pages::Board/>
                    <Route path=path!("/incidents") view=pages::Incidents/>
                    <Route path=path!("/incidents/new") view=pages::Declare/>
                    <Route path=path!("/incidents/:number") view=pages::WarRoom/>
                    <Route path=path!("/incidents/:number/update") view=pages::Update/>
                    <Route path=path!("/incidents/:number/sitreps") view=pages::Sitreps/>
                    <Route path=path!("/incidents/:number/sitreps/:version") view=pages::Sitreps/>
                    <Route path=path!("/incidents/:number/handover") view=pages::Handover/>
                    <Route path=path!("/incidents/:number/close") view=pages::Close/>
                    <Route path=path!("/maintenance") view=pages::Maintenances/>
                    <Route path=path!("/maintenance/:number") view=pages::Maintenances/>
                    <Route path=path!("/people") view=pages::People/>
                    <Route path=path!("/components") view=pages::Components/>
                    <Route path=path!("/settings") view=pages::Settings/>
                    <Route path=path!("/devices") view=pages::Devices/>
                    <Route path=path!("/audit") view=pages::Audit/>
                </ParentRoute>
            </Routes>
        </Router>
    }
}

fn server_beginning() -> Beginning {
    use_context::<Beginning>().unwrap_or(Beginning {
        now: Time::default(),
        key: String::new(),
        posted: None,
    })
}

/// The frame of every screen: it waits for who is signed in, then shows what the address says.
#[component]
fn SignedIn() -> impl IntoView {
    let me = Resource::new_blocking(|| (), |()| api::me());
    view! {
        <Suspense fallback=|| ()>
            {move || pages::suspended(async move {
                match me.await {
                    Ok(me) => view! { <WithSession me=me/> }.into_any(),
                    Err(error) => view! { <pages::Refused error=error/> }.into_any(),
                }
            })}
        </Suspense>
    }
}

#[component]
fn WithSession(me: Me) -> impl IntoView {
    Session::provide(me);
    view! { <Outlet/> }
}
