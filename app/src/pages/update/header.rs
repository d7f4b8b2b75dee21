//! Which incident, and how the draft is kept.

use super::desk::{Desk, Saved, use_desk};
use crate::ui::SeverityMark;
use domain::time::short;
use leptos::prelude::*;

/// The header of the page.
#[component]
pub(super) fn Header() -> impl IntoView {
    let desk = use_desk();
    let severity = Signal::derive(move || desk.incident.with(|i| i.summary.severity));
    let directory = desk.session().directory;
    view! {
        <header class="inc slim">
            <p class="tag">
                <SeverityMark severity=severity/>
                <a href=format!("/incidents/{}", desk.number) class="no">
                    {move || directory.with(|d| d.tag(desk.number))}
                </a>
            </p>
            <h1>
                "Update "
                <span class="h1sub">{move || desk.incident.with(|i| i.summary.title.clone())}</span>
            </h1>
            <p class="saved" role="status">{move || saved(desk, desk.saved.get())}</p>
        </header>
    }
}

fn saved(desk: Desk, saved: Saved) -> AnyView {
    let now = desk.clock().at.get_untracked();
    match saved {
        Saved::Nothing => ().into_any(),
        Saved::At(at) => format!("Draft kept in this browser, {}", short(at, now)).into_any(),
        Saved::Refused => {
            "This browser keeps no drafts: what you write is gone when you leave or reload."
                .into_any()
        }
        Saved::Aside => view! {
            "Started again. "
            <button type="button" class="linkish" on:click=move |_| desk.put_back()>"Put back what I wrote"</button>
        }
        .into_any(),
        Saved::Found(at) => {
            let last = desk
                .incident
                .with_untracked(|i| i.sitrep.as_ref().map(|s| s.sitrep.version));
            let again = last.map_or_else(
                || "Start again".to_owned(),
                |version| format!("Start again from sitrep {version}"),
            );
            view! {
                {format!("Draft kept from {}. ", short(at, now))}
                <button type="button" class="linkish" on:click=move |_| desk.start_again()>{again}</button>
            }
            .into_any()
        }
    }
}
