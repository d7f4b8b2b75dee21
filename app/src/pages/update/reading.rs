//! As they will read it: the sitrep as a document, the word to customers as an entry of the status page.

use super::desk::use_desk;
use crate::ui::{Icon, Words};
use domain::Kind;
use domain::incident::{PublicUpdate, Sitrep};
use domain::time::{Time, short};
use leptos::prelude::*;

/// The sitrep as the room reads it.
#[component]
pub(super) fn SitrepReading() -> impl IntoView {
    let desk = use_desk();
    let sitrep = Memo::new(move |_| desk.outlook.with(|o| o.sitrep.clone()));
    let heading = move |sitrep: &Sitrep| {
        let tag = desk.session().directory.with(|d| d.tag(desk.number));
        let severity = desk.incident.with(|i| i.summary.severity.label());
        let headline = sitrep
            .headline
            .as_ref()
            .map_or_else(String::new, |line| format!(": {line}"));
        format!("{tag} {severity}, sitrep {}{headline}", sitrep.version)
    };
    view! {
        <h2 class="sect" id="pin-h">"As they will read it"</h2>
        {move || match sitrep.get() {
            None => view! { <p class="help">"Write what you know, and it shows here."</p> }.into_any(),
            Some(sitrep) => {
                let heading = heading(&sitrep);
                let now = desk.clock().at.get_untracked();
                view! { <Document sitrep=sitrep heading=heading now=now/> }.into_any()
            }
        }}
    }
}

#[component]
fn Document(sitrep: Sitrep, heading: String, now: Time) -> impl IntoView {
    let hypothesis = format!("Hypothesis, {}", sitrep.confidence.label().to_lowercase());
    let sections = [
        ("Situation".to_owned(), sitrep.situation),
        ("Impact".to_owned(), sitrep.impact),
        (hypothesis, sitrep.hypothesis),
        ("Needs".to_owned(), sitrep.needs),
    ];
    let next = sitrep.next_sitrep_by.map_or_else(String::new, |by| {
        format!(" Next sitrep by {} UTC.", short(by, now))
    });
    let links = if sitrep.auto.links.trim().is_empty() {
        ""
    } else {
        ", links"
    };
    view! {
        <article class="mail" aria-labelledby="pin-h">
            <p class="subj"><b><Words text=heading/></b></p>
            <p class="chg">{sitrep.summary}</p>
            {sections
                .into_iter()
                .filter(|(_, text)| !text.trim().is_empty())
                .map(|(heading, text)| view! { <h3>{heading}</h3><div class="prose"><p class="text"><Words text=text/></p></div> })
                .collect_view()}
            <p class="help">{format!("Then people and roles, the last word to customers, the next promises{links}.{next}")}</p>
        </article>
    }
}

/// The word to customers as the status page shows it.
#[component]
pub(super) fn PublicReading() -> impl IntoView {
    let desk = use_desk();
    let update = Memo::new(move |_| desk.outlook.with(|o| o.update.clone()));
    view! {
        <h2 class="sect" id="pout-h">"As they will read it"</h2>
        {move || match update.get() {
            None if desk.incident.with(|incident| incident.summary.kind == Kind::Drill) => {
                view! { <p class="help">"A drill has no public page."</p> }.into_any()
            }
            None => view! { <p class="help">"Write the message, and it shows here."</p> }.into_any(),
            Some(update) => {
                let now = desk.clock().at.get_untracked();
                view! {
                    <dl class="chan">
                        <div>
                            <dt><Icon name=Icon::Globe/>"Status page"</dt>
                            <dd><Word update=update now=now/></dd>
                        </div>
                    </dl>
                }
                .into_any()
            }
        }}
    }
}

#[component]
fn Word(update: PublicUpdate, now: Time) -> impl IntoView {
    let desk = use_desk();
    let names: Vec<String> = desk.session().directory.with_untracked(|directory| {
        let shown = update.components.iter().filter_map(|affected| {
            let component = directory.component(&affected.id)?;
            (!component.hidden).then(|| format!("{}: {}", component.name, affected.status.label()))
        });
        shown.collect()
    });
    let next = update
        .next_update_by
        .map(|by| format!("Next update by {} UTC.", short(by, now)));
    view! {
        <p><b>{update.state.label()}</b>" "<span class="help">{format!("{} UTC", short(now, now))}</span></p>
        <div class="prose"><p class="text"><Words text=update.message/></p></div>
        {(!names.is_empty()).then(|| view! { <p class="help">{format!("{}.", names.join(", "))}</p> })}
        {next.map(|next| view! { <p class="help">{next}</p> })}
    }
}
