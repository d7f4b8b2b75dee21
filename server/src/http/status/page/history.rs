//! `/status/history`: what was, by month.

use super::super::address::Month;
use super::Parts;
use super::maintenance;
use super::parts::{Here, as_of, past};
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
    let words = month.words();
    let incidents = incidents
        .iter()
        .map(|entry| (entry.at, past(here, &entry.incident, entry.at)));
    let planned = maintenances
        .iter()
        .map(|one| (one.plan.from, maintenance::past(one)));
    let mut rows: Vec<(Time, AnyView)> = incidents.chain(planned).collect();
    rows.sort_by_key(|(at, _)| Reverse(*at));
    let list = if rows.is_empty() {
        view! { <p class="empty">{format!("No incidents in {words}.")}</p> }.into_any()
    } else {
        view! { <ol class="list" role="list">{rows.into_iter().map(|(_, row)| row).collect_view()}</ol> }.into_any()
    };
    let link = |month: Month, rel| {
        view! { <a rel=rel href=address(month)>{month.words()}</a> }
    };
    let main = view! {
        <div id="now">
            <p class="crumb"><a href="/status">"All components"</a></p>
            <h1>"History"</h1>
            {as_of(here, address(month))}
        </div>
        <div id="month">
            <h2 class="month">{words.clone()}</h2>
            {list}
            <nav class="pages" aria-label="Months">
                {previous.map(|month| link(month, "prev"))} {next.map(|month| link(month, "next"))}
            </nav>
        </div>
    };
    let title = format!("History, {words}");
    (title, None, main.into_any())
}

fn address(month: Month) -> String {
    format!("/status/history/{month}")
}
