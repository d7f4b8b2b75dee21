//! `/status/history`: what was, by month.

use super::super::address::Month;
use super::Parts;
use super::parts::{Here, as_of, past};
use crate::store::Past;
use leptos::prelude::*;

pub(super) fn view(
    here: &Here,
    month: Month,
    incidents: &[Past],
    previous: Option<Month>,
    next: Option<Month>,
) -> Parts {
    let words = month.words();
    let rows = incidents
        .iter()
        .map(|entry| past(here, &entry.incident, entry.at));
    let list = if incidents.is_empty() {
        view! { <p class="empty">{format!("No incidents in {words}.")}</p> }.into_any()
    } else {
        view! { <ol class="list" role="list">{rows.collect_view()}</ol> }.into_any()
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
