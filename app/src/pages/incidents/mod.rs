//! Every incident, the newest first: filtered by the address, so that it can be shared.

mod filters;
pub(super) mod query;
mod row;

use crate::api;
use crate::data::Listing;
use crate::me::use_session;
use crate::now::use_now;
use crate::pages::declare::DeclareLink;
use crate::pages::refused::Problem;
use crate::pages::suspended;
use crate::ui::Page;
use crate::ui::focus::{focus, step};
use crate::ui::keys::use_keys;
use domain::time::Time;
use filters::Filters;
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use query::Asked;

/// Every incident.
#[component]
pub fn Incidents() -> impl IntoView {
    let query = use_query_map();
    let asked = Memo::new(move |_| query.with(|query| Asked::read(|name| query.get(name))));
    let listing = Resource::new_blocking(move || asked.with(Asked::filter), api::incidents);
    use_keys(move |key| match key {
        "/" => {
            focus("q");
            true
        }
        "j" => step(".list .c-what a", 1),
        "k" => step(".list .c-what a", -1),
        _ => false,
    });
    view! {
        <Page class="incidents-page" title=Signal::derive(move || title(&asked.read()))>
            <main id="main" class="plain" tabindex="-1">
                <header class="head">
                    <h1>"Incidents"</h1>
                    <div class="acts"><DeclareLink/></div>
                </header>
                <Filters asked=asked/>
                <Transition fallback=|| ()>
                    {move || suspended(async move {
                        match listing.await {
                            Ok(listing) => view! { <Found listing=listing asked=asked.get_untracked()/> }.into_any(),
                            Err(error) => view! { <Problem error=error/> }.into_any(),
                        }
                    })}
                </Transition>
            </main>
        </Page>
    }
}

fn title(asked: &Asked) -> String {
    if asked.q.is_empty() {
        "Incidents".to_owned()
    } else {
        format!("Incidents: {}", asked.q)
    }
}

/// A page of what was found.
#[component]
fn Found(listing: Listing, asked: Asked) -> impl IntoView {
    if listing.incidents.is_empty() {
        return view! { <NothingFound asked=asked/> }.into_any();
    }
    let words = words(&listing, &asked);
    let next = listing.next.map(|number| asked.address(Some(number)));
    let first = asked.before.is_some().then(|| asked.address(None));
    view! {
        <p class="found help" role="status">{words}</p>
        <table role="table" class="ledger list" aria-label="Incidents">
            <thead role="rowgroup">
                <tr role="row">
                    <th role="columnheader" scope="col" class="c-sev">"Severity"</th>
                    <th role="columnheader" scope="col">"Incident"</th>
                    <th role="columnheader" scope="col" class="c-ic">"In command"</th>
                    <th role="columnheader" scope="col" class="c-when">"Began"</th>
                    <th role="columnheader" scope="col" class="c-dur num">"Lasted"</th>
                </tr>
            </thead>
            <tbody role="rowgroup">{rows(listing, asked.q.is_empty())}</tbody>
        </table>
        {(next.is_some() || first.is_some())
            .then(|| {
                view! {
                    <nav class="pager" aria-label="More incidents">
                        {next.map(|address| view! { <a class="btn" rel="next" href=address>"Older"</a> })}
                        {first.map(|address| view! { <a class="quiet" href=address>"Back to the newest"</a> })}
                    </nav>
                }
            })}
    }
    .into_any()
}

/// "12 match “webhook”." What is not known (how many there are on later pages) is not said.
fn words(listing: &Listing, asked: &Asked) -> String {
    let count = listing.incidents.len();
    let what = if count == 1 { "incident" } else { "incidents" };
    let all = listing.next.is_none() && asked.before.is_none();
    match (asked.q.is_empty(), asked.is_everything(), all) {
        (false, _, true) => format!("{count} {what} with “{}”.", asked.q),
        (false, _, false) => format!("{count} {what} with “{}” on this page.", asked.q),
        (true, true, true) => format!("{count} {what}, the newest first."),
        (true, false, true) => format!("{count} {what} as chosen, the newest first."),
        (true, _, false) => format!("{count} {what} on this page, the newest first."),
    }
}

/// The rows, with the month between them where it changes.
fn rows(listing: Listing, months: bool) -> Vec<AnyView> {
    let now = use_now().minute();
    let session = use_session();
    let mut month = String::new();
    let mut rows = Vec::new();
    for incident in listing.incidents {
        let began = incident.started_at.unwrap_or(incident.declared_at);
        let this = month_of(began);
        if months && this != month {
            month.clone_from(&this);
            rows.push(
                view! { <tr role="row" class="month"><th role="rowheader" scope="rowgroup" colspan="5">{this}</th></tr> }
                    .into_any(),
            );
        }
        rows.push(view! { <row::Row incident=incident now=now session=session/> }.into_any());
    }
    rows
}

fn month_of(at: Time) -> String {
    at.format("%B %Y").to_string()
}

#[component]
fn NothingFound(asked: Asked) -> impl IntoView {
    if asked.is_everything() && asked.before.is_none() {
        return view! {
            <div class="nothing">
                <h2>"No incident yet"</h2>
                <p>"What is declared stands here for good, with its timeline, sitreps and public updates. Earlier incidents can be imported with "<code>"muster import"</code>"."</p>
            </div>
        }
        .into_any();
    }
    let what = if asked.q.is_empty() {
        "Nothing is as chosen".to_owned()
    } else {
        format!("Nothing has “{}”", asked.q)
    };
    view! {
        <div class="nothing" role="status">
            <h2>{what}</h2>
            <p>"The search looks for words by their beginning, all of them together, in titles, notes, sitreps and public messages. Try fewer words, or another choice."</p>
            <p><a class="btn" href="/incidents">"Show all incidents"</a></p>
        </div>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ui::example::incident;
    use domain::{Number, Severity};

    #[test]
    fn the_line_above_the_table_says_only_what_is_known() {
        let listing = |next| Listing {
            incidents: vec![incident(1, "Slow", Severity::Sev3)],
            next,
        };
        let asked = |q: &str| Asked {
            q: q.to_owned(),
            ..Asked::default()
        };
        assert_eq!(
            words(&listing(None), &asked("")),
            "1 incident, the newest first."
        );
        assert_eq!(
            words(&listing(None), &asked("slow")),
            "1 incident with “slow”."
        );
        assert_eq!(
            words(&listing(Some(Number(1))), &asked("slow")),
            "1 incident with “slow” on this page."
        );
    }
}
