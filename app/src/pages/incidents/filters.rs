//! The filters: a plain GET form. In the browser it goes there without loading the page anew.

use super::query::{Asked, GROUPS};
use crate::forms::read_form;
use domain::{Kind, Phase, Severity};
use leptos::prelude::*;
use leptos_router::hooks::use_navigate;

/// Search, severity, phase, kind.
#[component]
pub(super) fn Filters(asked: Memo<Asked>) -> impl IntoView {
    let navigate = use_navigate();
    let submit = move |event: leptos::ev::SubmitEvent| {
        let Some(form) = read_form(&event) else {
            return;
        };
        event.prevent_default();
        let asked = Asked::read(|name| form.raw(name).map(str::to_owned));
        navigate(
            &asked.address(None),
            leptos_router::NavigateOptions::default(),
        );
    };
    let severities = Severity::ALL.map(|s| (s.as_str(), s.label()));
    let phases: Vec<_> = GROUPS
        .into_iter()
        .chain(Phase::ALL.map(|p| (p.as_str(), p.label())))
        .collect();
    let kinds = Kind::ALL.map(|kind| (kind.as_str(), kind_label(kind)));
    view! {
        <form class="filters" method="get" action="/incidents" role="search" on:submit=submit>
            <p class="field find">
                <label for="q">"Search"</label>
                <input
                    type="search"
                    id="q"
                    name="q"
                    value=asked.with_untracked(|a| a.q.clone())
                    prop:value=move || asked.with(|a| a.q.clone())
                />
            </p>
            <Choice name="severity" label="Severity" options=severities.to_vec() value=Signal::derive(move || asked.with(|a| a.severity.clone()))/>
            <Choice name="phase" label="Phase" options=phases value=Signal::derive(move || asked.with(|a| a.phase.clone()))/>
            <Choice name="kind" label="Kind" options=kinds.to_vec() value=Signal::derive(move || asked.with(|a| a.kind.clone()))/>
            <p class="go">
                <button class="btn">"Search"</button>
                <a class="quiet" href="/incidents">"Clear"</a>
            </p>
        </form>
    }
}

/// A kind in the words of this list.
pub(super) fn kind_label(kind: Kind) -> &'static str {
    match kind {
        Kind::Live => "Live",
        Kind::Drill => "Drill",
        Kind::Backfilled => "Recorded afterwards",
    }
}

#[component]
fn Choice(
    name: &'static str,
    label: &'static str,
    options: Vec<(&'static str, &'static str)>,
    value: Signal<String>,
) -> impl IntoView {
    let chosen = value.get_untracked();
    view! {
        <p class="field">
            <label for=name>{label}</label>
            <select id=name name=name prop:value=move || value.get()>
                <option value="" selected=chosen.is_empty()>"Any"</option>
                {options
                    .into_iter()
                    .map(|(option, word)| view! { <option value=option selected=option == chosen>{word}</option> })
                    .collect_view()}
            </select>
        </p>
    }
}
