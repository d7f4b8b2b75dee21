//! The document around every public page.

use super::Assets;
use app::ui::{Icon, Sprite};
use domain::ComponentStatus;
use leptos::prelude::*;

/// What the document says about its page.
pub(super) struct Head<'a> {
    /// What the page is.
    pub title: String,
    /// Whose page it is; empty when that could not be read.
    pub organisation: &'a str,
    /// What the icon in the tab shows, if the page is about how something does.
    pub status: Option<ComponentStatus>,
    /// The position of the log that it was made from.
    pub position: Option<i64>,
}

/// The icons that public pages use.
const ICONS: &[Icon] = &[
    Icon::StWorking,
    Icon::StSlow,
    Icon::StPartly,
    Icon::StDown,
    Icon::StMaintenance,
];

/// The whole document.
pub(super) fn frame(head: &Head<'_>, main: AnyView, assets: &Assets) -> impl IntoView + use<> {
    let organisation = match head.organisation {
        "" => "Our service",
        name => name,
    }
    .to_owned();
    let title = format!("{}. {organisation} status", head.title);
    view! {
        <!DOCTYPE html>
        <html lang="en">
            <head>
                <meta charset="utf-8"/>
                <meta name="viewport" content="width=device-width, initial-scale=1"/>
                <meta name="color-scheme" content="light dark"/>
                <title>{title}</title>
                <link rel="stylesheet" href=assets.css.clone()/>
                <link rel="icon" href=icon(head.status)/>
                <script src=assets.js.clone() defer></script>
            </head>
            <body>
                <Sprite icons=ICONS/>
                <a class="skip" href="#main">"Skip to content"</a>
                <header>
                    <a class="site" href="/status">{organisation}" "<span>"status"</span></a>
                    <nav aria-label="Page"><a href="/status/history">"History"</a></nav>
                </header>
                <main id="main" data-position=head.position>
                    // The script speaks here; it stands still while everything around it changes.
                    <p id="live" role="status"></p>
                    {main}
                </main>
                <footer>
                    <p>
                        "All times are UTC. This page works without JavaScript and keeps showing its last state if the platform behind it is down."
                    </p>
                </footer>
            </body>
        </html>
    }
}

/// The icon in the tab: the shape and the colour of the state, readable on light and dark.
fn icon(status: Option<ComponentStatus>) -> String {
    let (drawing, colour) = match status {
        None => ("<path d='M3 4h10M3 8h10M3 12h6'/>", "7a7064"),
        Some(ComponentStatus::Operational) => (
            "<circle cx='8' cy='8' r='6'/><path d='M5 8.3l2.1 2.1L11 6.2'/>",
            "4d8a60",
        ),
        Some(ComponentStatus::DegradedPerformance) => (
            "<circle cx='8' cy='8' r='6'/><path d='M2 8a6 6 0 0 0 12 0z' fill='%23c47c0b'/>",
            "c47c0b",
        ),
        Some(ComponentStatus::PartialOutage) => {
            ("<path d='M8 2l6 12H2z' fill='%23c4560f'/>", "c4560f")
        }
        Some(ComponentStatus::MajorOutage) => (
            "<path d='M5.3 1.5h5.4l3.8 3.8v5.4l-3.8 3.8H5.3l-3.8-3.8V5.3z' fill='%23b3261e'/><path d='M5 8h6' stroke='white'/>",
            "b3261e",
        ),
        Some(ComponentStatus::UnderMaintenance) => (
            "<path d='M2.5 2.5h11v11h-11zM2.5 8L8 2.5M2.5 13.5l11-11M8 13.5L13.5 8'/>",
            "3b7f95",
        ),
    };
    let svg = format!(
        "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 16 16' fill='none' stroke='%23{colour}' stroke-width='1.5'>{drawing}</svg>"
    );
    format!(
        "data:image/svg+xml,{}",
        svg.replace('<', "%3C").replace('>', "%3E")
    )
}
