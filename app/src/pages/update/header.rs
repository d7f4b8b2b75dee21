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
            <p class="saved" role="status">
                {move || saved(desk, desk.saved.get())}
                <Show when=move || desk.aside().with(Option::is_some)>
                    {move || (desk.saved.get() == Saved::Nothing).then_some("Started again. ")}
                    <button type="button" class="linkish" on:click=move |_| desk.put_back()>"Put back what was written"</button>
                </Show>
            </p>
        </header>
    }
}

fn saved(desk: Desk, saved: Saved) -> AnyView {
    let now = desk.clock().at.get_untracked();
    let again = move || {
        let last = desk
            .incident
            .with_untracked(|i| i.sitrep.as_ref().map(|s| s.sitrep.version));
        let words = last.map_or_else(
            || "Start again".to_owned(),
            |version| format!("Start again from sitrep {version}"),
        );
        view! { <button type="button" class="linkish" on:click=move |_| desk.start_again()>{words}</button> }
    };
    match saved {
        Saved::Nothing => ().into_any(),
        Saved::Shared(at) => {
            view! { {format!("Draft saved, {}. ", short(at, now))}{again()}" " }.into_any()
        }
        Saved::Here(fields) => {
            let fields = if fields == 1 { "1 field waits".to_owned() } else { format!("{fields} fields wait") };
            view! { {format!("{fields} for the server, kept in this browser. ")}{again()}" " }.into_any()
        }
        Saved::Refused => {
            "This browser keeps no drafts: what has not reached the server is gone when you leave or reload. "
                .into_any()
        }
    }
}
