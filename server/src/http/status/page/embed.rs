//! What stands on other people's sites: a small page for a frame, and the words for the script that shows a banner. Both say
//! what is open and what is maintained just now.

use super::super::address::Page;
use super::super::data::Written;
use super::super::words::{Key, Words};
use super::Place;
use super::frame::ICONS;
use super::maintenance;
use super::meta::{address, site_name};
use super::parts::{Here, as_of, look, organisation};
use app::ui::{Icon, Sprite, status_class, status_icon};
use domain::status::{PublicIncident, PublicPage, sentence};
use domain::{ComponentStatus, Maintenance};
use leptos::prelude::*;
use serde::Serialize;

/// After so many seconds a frame is loaded again: no script does it there.
const RENEW: &str = "60";

/// One thing that is open.
#[derive(Serialize)]
struct Item {
    /// What it is known by to readers who do not want to see it any more.
    id: String,
    look: &'static str,
    title: String,
    said: String,
    url: String,
}

/// The words of the banner. There is no time of reading in it, so that it stays the same while nothing happens.
#[derive(Serialize)]
struct Banner {
    lang: &'static str,
    label: String,
    close: String,
    /// That nothing newer can be read.
    note: Option<String>,
    items: Vec<Item>,
}

/// What the script reads.
pub(super) fn data(here: &Here, place: Place<'_>, page: &PublicPage) -> Written {
    let words = here.words;
    let age = words.length(here.now - here.content.as_of);
    let banner = Banner {
        lang: place.tongue.language.code(),
        label: name(words, &here.content.organisation),
        close: words.say(Key::Close),
        note: here
            .old
            .then(|| words.tell(Key::AsOfOld, [("age", age.into())])),
        items: items(here, place, page),
    };
    Written {
        media: "application/json; charset=utf-8",
        // Made of texts: it can be written.
        text: serde_json::to_string(&banner).unwrap_or_default(),
    }
}

/// What a frame shows.
pub(super) fn document(here: &Here, place: Place<'_>, page: &PublicPage) -> String {
    let sentence = sentence(&page.groups, &page.active);
    let items = items(here, place, page).into_iter().map(|item| {
        let Item {
            look,
            title,
            said,
            url,
            ..
        } = item;
        view! {
            <li class=look><a href=url target="_blank" rel="noopener">{title}</a> <p>{said}</p></li>
        }
    });
    let main = view! {
        {heading(place, sentence.status(), here.words.sentence(&sentence))}
        <ul role="list">{items.collect_view()}</ul>
        {as_of(here, here.href(Page::Embed))}
    };
    around(place, &here.content.organisation, main.into_any())
}

/// What a frame shows when nothing was ever read.
pub(super) fn unavailable(place: Place<'_>) -> String {
    let words = Words::of(place.tongue.language);
    let words = words.say(Key::UnreadableHeading);
    let front = address(place.base_url, place.tongue, Page::Front);
    let main = view! { <h1><a href=front target="_blank" rel="noopener">{words}</a></h1> };
    around(place, "", main.into_any())
}

fn name(words: &Words, of: &str) -> String {
    site_name(words, &organisation(words, of))
}

fn heading(place: Place<'_>, status: ComponentStatus, words: String) -> impl IntoView + use<> {
    let front = address(place.base_url, place.tongue, Page::Front);
    view! {
        <h1 class=status_class(status)>
            <Icon name=status_icon(status)/>
            <a href=front target="_blank" rel="noopener">{words}</a>
        </h1>
    }
}

fn around(place: Place<'_>, of: &str, main: AnyView) -> String {
    let language = place.tongue.language;
    let html = view! {
        <!DOCTYPE html>
        <html lang=language.code()>
            <head>
                <meta charset="utf-8"/>
                <meta name="viewport" content="width=device-width, initial-scale=1"/>
                <meta name="color-scheme" content="light dark"/>
                <meta name="robots" content="noindex"/>
                <meta http-equiv="refresh" content=RENEW/>
                <title>{name(Words::of(language), of)}</title>
                <link rel="stylesheet" href=place.assets.css.clone()/>
            </head>
            <body class="embed">
                <Sprite icons=ICONS/>
                <main>{main}</main>
            </body>
        </html>
    };
    html.to_html().replace("<!>", "")
}

fn items(here: &Here, place: Place<'_>, page: &PublicPage) -> Vec<Item> {
    let incidents = page.active.iter().map(|one| incident(here, place, one));
    let active = page.maintenances.iter().filter(|one| one.state.is_active());
    let maintained = active.map(|one| maintained(here, place, one));
    incidents.chain(maintained).collect()
}

fn incident(here: &Here, place: Place<'_>, one: &PublicIncident) -> Item {
    let words = here.words;
    let next = one.next_update_by().map(|by| {
        let key = if by < here.now {
            Key::NextUpdateMissed
        } else {
            Key::NextUpdate
        };
        let time = words.utc(words.short(by, here.now));
        words.tell(key, [("time", time.into())])
    });
    Item {
        id: format!("incident-{}", one.number),
        look: status_class(look(one)),
        title: here.title(one),
        said: said(words, words.state_of(one), next),
        url: address(place.base_url, place.tongue, Page::Incident(one.number)),
    }
}

fn maintained(here: &Here, place: Place<'_>, one: &Maintenance) -> Item {
    let words = here.words;
    let (from, to) = maintenance::ends(here, one);
    let window = words.tell(Key::Window, [("from", from.into()), ("to", to.into())]);
    Item {
        id: format!("maintenance-{}", one.number),
        look: status_class(ComponentStatus::UnderMaintenance),
        title: one.plan.title.clone(),
        said: said(words, words.maintenance(one.state), Some(window)),
        url: address(place.base_url, place.tongue, Page::Maintenance(one.number)),
    }
}

fn said(words: &Words, state: String, more: Option<String>) -> String {
    match more {
        Some(more) => {
            let args = [("state", state.into()), ("more", more.into())];
            words.tell(Key::StateAndMore, args)
        }
        None => words.tell(Key::Sentence, [("words", state.into())]),
    }
}
