//! Who did what outside incidents, the newest first. For administrators.

mod query;

use crate::api;
use crate::data::{AuditEntry, AuditPage};
use crate::me::use_session;
use crate::pages::refused::Problem;
use crate::pages::settings::SubNav;
use crate::pages::suspended;
use crate::ui::{At, Page};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use query::{address, read};

/// The log of the house.
#[component]
pub fn Audit() -> impl IntoView {
    let query = use_query_map();
    let asked = Memo::new(move |_| query.with(|query| read(|name| query.get(name))));
    let page = Resource::new_blocking(move || asked.get(), api::audit);
    view! {
        <Page class="settings-page audit-page" title="Who did what">
            <main id="main" class="plain" tabindex="-1">
                <header class="head">
                    <h1>"Who did what"</h1>
                    <p class="help">"Outside incidents, the newest first. What happens in an incident stands in its timeline."</p>
                </header>
                <SubNav here="/audit"/>
                <Transition fallback=|| ()>
                    {move || suspended(async move {
                        match page.await {
                            Ok(page) => view! { <Found page=page by=asked.with_untracked(|asked| asked.by.clone())/> }.into_any(),
                            Err(error) => view! { <Problem error=error/> }.into_any(),
                        }
                    })}
                </Transition>
            </main>
        </Page>
    }
}

#[component]
fn Found(page: AuditPage, by: Option<domain::PersonId>) -> impl IntoView {
    let nothing = page.entries.is_empty();
    let next = page.next.map(|before| address(by.as_ref(), Some(before)));
    let filtered = by.is_some();
    let directory = use_session().directory;
    let empty = by.as_ref().map_or_else(
        || "Nothing is there.".to_owned(),
        |by| {
            format!(
                "{} has done nothing outside incidents.",
                directory.with_untracked(|d| d.name(by))
            )
        },
    );
    view! {
        <ByWhom by=by/>
        {nothing
            .then(|| {
                view! { <p class="help" role="status">{empty}" "{filtered.then(|| view! { <a href="/audit">"Show everybody"</a> })}</p> }
            })}
        {(!nothing)
            .then(|| {
                view! {
                    <table role="table" class="ledger mid" aria-label="Who did what">
                        <thead role="rowgroup">
                            <tr role="row">
                                <th role="columnheader" scope="col">"When"</th>
                                <th role="columnheader" scope="col">"What"</th>
                            </tr>
                        </thead>
                        <tbody role="rowgroup">{page.entries.into_iter().map(row).collect_view()}</tbody>
                    </table>
                }
            })}
        {next
            .map(|address| {
                view! { <nav class="pager" aria-label="More entries"><a class="btn" rel="next" href=address>"Older"</a></nav> }
            })}
    }
}

fn row(entry: AuditEntry) -> impl IntoView {
    view! {
        <tr role="row">
            <td role="cell" data-l="When"><At at=entry.at/></td>
            <td role="cell" data-l="What">{entry.words}</td>
        </tr>
    }
}

/// Everybody, or one person: a plain form that makes an address.
#[component]
fn ByWhom(by: Option<domain::PersonId>) -> impl IntoView {
    let people = use_session()
        .directory
        .with_untracked(|directory| directory.people.clone());
    let options = people
        .into_iter()
        .map(|person| {
            let chosen = by.as_ref() == Some(&person.id);
            view! { <option value=person.id.to_string() selected=chosen>{person.name}</option> }
        })
        .collect_view();
    view! {
        <form method="get" action="/audit" class="who-did">
            <p class="row">
                <label for="audit-by">"Done by"</label>
                <select id="audit-by" name="by">
                    <option value="">"Everybody"</option>
                    {options}
                </select>
                <button class="btn">"Show"</button>
            </p>
        </form>
    }
}
