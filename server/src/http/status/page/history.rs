//! `/status/history`: what was, by month.

use super::super::address::{Month, Page};
use super::super::words::{Key, capital};
use super::Parts;
use super::parts::{Here, as_of, crumb, past};
use crate::store::Past;
use leptos::prelude::*;

pub(super) fn view(
    here: &Here,
    month: Month,
    incidents: &[Past],
    previous: Option<Month>,
    next: Option<Month>,
) -> Parts {
    let words = here.words;
    let name = |month: Month| words.date(Key::DateMonth, month.first());
    let rows = incidents
        .iter()
        .map(|entry| past(here, &entry.incident, entry.at));
    let list = if incidents.is_empty() {
        let none = words.tell(Key::NoIncidentsIn, [("month", name(month).into())]);
        view! { <p class="empty">{none}</p> }.into_any()
    } else {
        view! { <ol class="list" role="list">{rows.collect_view()}</ol> }.into_any()
    };
    let link = |month: Month, rel| {
        view! { <a rel=rel href=here.href(Page::Month(month))>{capital(&name(month))}</a> }
    };
    let main = view! {
        <div id="now">
            {crumb(here)} <h1>{words.say(Key::History)}</h1>
            {as_of(here, here.href(Page::Month(month)))}
        </div>
        <div id="month">
            <h2 class="month">{capital(&name(month))}</h2>
            {list}
            <nav class="pages" aria-label=words.say(Key::Months)>
                {previous.map(|month| link(month, "prev"))} {next.map(|month| link(month, "next"))}
            </nav>
        </div>
    };
    let title = words.tell(Key::HistoryOf, [("month", name(month).into())]);
    (title, None, main.into_any())
}
