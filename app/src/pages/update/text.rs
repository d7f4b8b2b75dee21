//! One text of the form, with its label, and both texts where two people changed it.

use super::desk::use_desk;
use crate::ui::focus::focus;
use crate::ui::{Icon, TextArea};
use leptos::prelude::*;

/// A text with its label.
#[component]
pub(super) fn Text(
    /// Its name on the wire, and its id.
    name: &'static str,
    /// What stands above it.
    label: &'static str,
    /// What belongs in it.
    #[prop(optional)]
    help: &'static str,
    /// What stands in it.
    value: RwSignal<String>,
    /// Lines at first.
    rows: u32,
    /// The id of a notice about it.
    #[prop(optional)]
    described_by: &'static str,
    /// Class names of the text area.
    #[prop(optional, into)]
    class: Signal<String>,
) -> impl IntoView {
    let desk = use_desk();
    let invalid = desk.blamed(name);
    view! {
        <label for=name>{label} {(!help.is_empty()).then(|| view! { <span class="help">{help}</span> })}</label>
        <Writer name=name/>
        <TextArea name=name id=name value=value rows=rows described_by=described_by invalid=invalid class=class/>
        <Both name=name value=value/>
    }
}

/// Who else is writing in a field, at its upper edge.
#[component]
pub(super) fn Writer(name: &'static str) -> impl IntoView {
    let writer = use_desk().writer(name);
    view! {
        <p class="writing" role="status">
            {move || writer.get().map(|who| view! { <Icon name=Icon::Person/>{format!("{who} is writing here")} })}
        </p>
    }
}

/// Yours and theirs, and a choice. Yours stands until you choose.
#[component]
pub(super) fn Both(name: &'static str, value: RwSignal<String>) -> impl IntoView {
    let desk = use_desk();
    let theirs = Memo::new(move |_| {
        desk.clashes.with(|all| {
            let clash = all.iter().find(|clash| clash.field == name);
            clash.map(|clash| (clash.theirs.clone(), clash.by.clone()))
        })
    });
    let done = move || {
        desk.clashes
            .update(|all| all.retain(|clash| clash.field != name));
        desk.share();
        focus(name);
    };
    move || {
        theirs.get().map(|(text, by)| {
            let taken = text.clone();
            let whose = by.map_or_else(
                || "Sent meanwhile".to_owned(),
                |by| format!("Written by {by} meanwhile"),
            );
            view! {
                <div class="both" role="group" aria-label="Two texts for one field">
                    <div class="side">
                        <p class="lbl">"Yours"</p>
                        <p class="text">{move || value.get()}</p>
                        <button type="button" class="btn small" on:click=move |_| done()>"Keep mine"</button>
                    </div>
                    <div class="side">
                        <p class="lbl">{whose}</p>
                        <p class="text">{text}</p>
                        <button
                            type="button"
                            class="btn small"
                            on:click=move |_| {
                                value.set(taken.clone());
                                done();
                            }
                        >
                            "Take this one"
                        </button>
                    </div>
                </div>
            }
        })
    }
}
