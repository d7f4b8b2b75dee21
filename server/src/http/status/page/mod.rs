//! The public pages as HTML: whole without a script, made from Leptos views on the server.
//!
//! Every child of `main` that has an id is a region that `status.js` puts in place when it has changed.

mod component;
mod embed;
mod follow;
mod frame;
mod front;
mod history;
mod incident;
mod maintenance;
mod meta;
mod missing;
mod parts;
mod strip;

use super::address::Page;
use super::content::{Body, Content};
use super::data::Written;
use super::words::{Tongue, Words};
use domain::ComponentStatus;
use domain::status::PublicPage;
use domain::time::Time;
use frame::{Head, frame};
use leptos::prelude::*;
use meta::About;
use parts::Here;

/// Where the stylesheet and the script are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Assets {
    /// The address of the stylesheet.
    pub css: String,
    /// The address of the script.
    pub js: String,
}

/// Whose links a document carries: which page it is, in which language, and where the site is.
#[derive(Debug, Clone, Copy)]
pub(super) struct Place<'a> {
    /// Which page.
    pub page: Page,
    /// In which language, and whether the address says so.
    pub tongue: Tongue,
    /// Where people reach the site, without a slash at the end.
    pub base_url: &'a str,
    /// Where the stylesheet and the script are.
    pub assets: &'a Assets,
}

/// A page as a document. `old` says that the store cannot be read and this is the last that is known.
pub(super) fn render(place: Place<'_>, content: &Content, now: Time, old: bool) -> String {
    let here = here(place, content, now, old);
    if let (Page::Embed, Body::Front(page)) = (place.page, &content.body) {
        return embed::document(&here, place, page);
    }
    let (title, status, main) = match &content.body {
        Body::Front(page) => front::view(&here, page),
        Body::Incident(incident) => incident::view(&here, incident),
        Body::Maintenance(one) => maintenance::view(&here, one),
        Body::History {
            month,
            past,
            maintenances,
            previous,
            next,
        } => history::view(&here, *month, past, maintenances, (*previous, *next)),
        Body::Component(one) => component::view(&here, one),
        // Documents are written elsewhere; there is no page of one.
        Body::Data { .. } | Body::Look(_) | Body::Missing => missing::view(place.tongue),
    };
    let about = About::of(&here, place, &title);
    document(
        Head {
            place,
            title,
            organisation: &content.organisation,
            worn: Some(content),
            status,
            position: Some(content.position),
            about,
        },
        main,
    )
}

/// What the banner on another site says.
pub(super) fn banner(
    place: Place<'_>,
    content: &Content,
    page: &PublicPage,
    now: Time,
    old: bool,
) -> Written {
    embed::data(&here(place, content, now, old), place, page)
}

fn here<'a>(place: Place<'_>, content: &'a Content, now: Time, old: bool) -> Here<'a> {
    Here {
        content,
        now,
        old,
        tongue: place.tongue,
        words: Words::of(place.tongue.language),
    }
}

/// What is sent when nothing was ever read.
pub(super) fn unavailable(place: Place<'_>) -> String {
    if place.page == Page::Embed {
        return embed::unavailable(place);
    }
    let (title, status, main) = missing::unavailable(place.tongue);
    document(
        Head {
            place,
            title,
            organisation: "",
            worn: None,
            status,
            position: None,
            about: None,
        },
        main,
    )
}

/// What is sent where a host name leads to no page.
pub(super) fn nowhere(place: Place<'_>) -> String {
    let (title, status, main) = missing::nowhere(place.tongue);
    document(
        Head {
            place,
            title,
            organisation: "",
            worn: None,
            status,
            position: None,
            about: None,
        },
        main,
    )
}

/// A page's title, what its icon in the tab shows, and its main part.
type Parts = (String, Option<ComponentStatus>, AnyView);

fn document(head: Head<'_>, main: AnyView) -> String {
    let html = frame(head, main).to_html();
    // Marks for taking over in the browser, which nobody does here. What people wrote has its "<" escaped.
    html.replace("<!>", "")
}
