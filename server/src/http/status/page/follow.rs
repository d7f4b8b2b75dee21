//! How one can follow what a page is about: said in its head for programs, and in a line for people.

use super::super::address::Page;
use super::super::data::{Doc, Filter};
use super::super::words::{Key, Words};
use leptos::prelude::*;

/// The feeds and the calendar of what a page is about. An incident has no calendar of its own: nothing of it lies ahead.
fn ways(page: Page) -> Vec<Doc> {
    match page {
        Page::Front | Page::History | Page::Month(_) | Page::Maintenance(_) => {
            Doc::to_follow(Filter::default()).collect()
        }
        Page::Component(code) => Doc::to_follow(Filter::of_component(code)).collect(),
        Page::Incident(number) => Doc::of_incident(number).collect(),
        Page::Uptime(..)
        | Page::Look
        | Page::Data(_)
        | Page::Embed
        | Page::Banner
        | Page::Missing => Vec::new(),
    }
}

/// Each with its address, its media type and its name.
fn named(page: Page, words: &Words) -> Vec<(String, &'static str, String)> {
    let ways = ways(page).into_iter();
    let named = ways.filter_map(|doc| {
        let (media, name) = doc.followed()?;
        let name = name.map_or_else(|| words.say(Key::Calendar), str::to_owned);
        // What tools read has no language, and stands below the page.
        Some((format!("/status{}", doc.address()?), media, name))
    });
    named.collect()
}

/// What browsers and readers of feeds find by themselves.
pub(super) fn links(page: Page, words: &Words) -> impl IntoView + use<> {
    let links = named(page, words).into_iter();
    let links = links.map(|(address, media, name)| {
        view! { <link rel="alternate" type=media title=name href=address/> }
    });
    links.collect_view()
}

/// What people find.
pub(super) fn line(page: Page, words: &Words) -> impl IntoView + use<> {
    let links = named(page, words).into_iter();
    let links =
        links.map(|(address, media, name)| view! { " " <a href=address type=media>{name}</a> });
    view! { <p class="follow">{words.say(Key::Follow)} {links.collect_view()}</p> }
}
