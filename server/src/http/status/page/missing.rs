//! What is shown where nothing is, and when nothing can be read.

use super::super::address::Page;
use super::super::words::{Key, Tongue, Words};
use super::Parts;
use super::parts::href;
use leptos::prelude::*;

pub(super) fn view(tongue: Tongue) -> Parts {
    let words = Words::of(tongue.language);
    let link = |page, key| view! { <a href=href(tongue, page)>{words.say(key)}</a> }.into_any();
    let ways = [
        ("front", link(Page::Front, Key::MissingFront)),
        ("history", link(Page::History, Key::MissingHistory)),
    ];
    let main = view! {
        <h1>{words.say(Key::MissingHeading)}</h1>
        <p class="asof">{words.say(Key::MissingWhy)}</p>
        <p class="empty">{words.weave(Key::MissingWays, ways)}</p>
    };
    (words.say(Key::Missing), None, main.into_any())
}

pub(super) fn nowhere(tongue: Tongue) -> Parts {
    let words = Words::of(tongue.language);
    let main = view! {
        <h1>{words.say(Key::NowhereHeading)}</h1>
        <p class="asof">{words.say(Key::NowhereWhy)}</p>
        <p class="empty">{words.say(Key::NowhereWays)}</p>
    };
    (words.say(Key::Missing), None, main.into_any())
}

pub(super) fn unavailable(tongue: Tongue) -> Parts {
    let words = Words::of(tongue.language);
    let reload = view! { <a href="">{words.say(Key::Reload)}</a> };
    let why = words.weave(Key::UnreadableWhy, [("reload", reload.into_any())]);
    let main = view! {
        <h1>{words.say(Key::UnreadableHeading)}</h1>
        <p class="asof">{why}</p>
    };
    (words.say(Key::Unreadable), None, main.into_any())
}
