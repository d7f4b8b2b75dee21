//! `/status/history`: what was, by month.

use super::super::address::{Month, Page};
use super::super::words::{Key, capital};
use super::Parts;
use super::maintenance;
use super::parts::{Here, as_of, crumb, past};
use crate::store::Past;
use domain::Maintenance;
use domain::time::Time;
use leptos::prelude::*;
use std::cmp::Reverse;

pub(super) fn view(
    here: &Here,
    month: Month,
    incidents: &[Past],
    maintenances: &[Maintenance],
    (previous, next): (Option<Month>, Option<Month>),
) -> Parts {
    let words = here.words;
    let name = |month: Month| words.date(Key::DateMonth, month.first());
    let incidents = incidents
        .iter()
        .map(|entry| (entry.at, past(here, &entry.incident, entry.at)));
    let planned = maintenances
        .iter()
        .map(|one| (one.plan.from, maintenance::past(here, one)));
    let mut rows: Vec<(Time, AnyView)> = incidents.chain(planned).collect();
    rows.sort_by_key(|(at, _)| Reverse(*at));
    let list = if rows.is_empty() {
        let none = words.tell(Key::NoIncidentsIn, [("month", name(month).into())]);
        view! { <p class="empty">{none}</p> }.into_any()
    } else {
        view! { <ol class="list" role="list">{rows.into_iter().map(|(_, row)| row).collect_view()}</ol> }.into_any()
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
