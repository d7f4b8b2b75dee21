//! The left pane: the sitrep.

use super::auto::AutoSections;
use super::desk::use_desk;
use super::due::Due;
use super::segments::Segments;
use super::text::{Both, Text, Writer};
use domain::Confidence;
use leptos::prelude::*;

/// The sitrep's fields.
#[component]
pub(super) fn Inside() -> impl IntoView {
    let desk = use_desk();
    let draft = desk.draft();
    let sure = Confidence::ALL.map(|c| (c.as_str(), c.label())).to_vec();
    view! {
        <section class="pane in" aria-labelledby="in-h">
            <header>
                <h2 id="in-h">{move || format!("Sitrep {}", desk.version())}</h2>
                <p class="help">{move || format!("Internal, {}.", desk.plan().audience())}</p>
            </header>
            <div class="field">
                <label for="headline">"Headline " <span class="help">"One line, optional."</span></label>
                <Writer name="headline"/>
                <input
                    type="text"
                    id="headline"
                    name="headline"
                    autocomplete="off"
                    aria-invalid=move || desk.blamed("headline").get().then_some("true")
                    value=draft.headline.get_untracked()
                    prop:value=move || draft.headline.get()
                    on:input=move |event| draft.headline.set(event_target_value(&event))
                />
                <Both name="headline" value=draft.headline/>
            </div>
            <div class="field">
                <Text name="situation" label="Situation" help="What we know. Facts only." value=draft.situation rows=4/>
            </div>
            <div class="field">
                <Text name="impact" label="Impact" help="What customers notice." value=draft.impact rows=3/>
            </div>
            <div class="field">
                <Text name="hypothesis" label="Hypothesis" value=draft.hypothesis rows=3/>
                <fieldset class="confid">
                    <legend>"How sure?"</legend>
                    <Segments name="confidence" choices=sure value=draft.confidence small=true/>
                </fieldset>
            </div>
            <div class="field">
                <Text name="needs" label="Needs" help="People, access, decisions." value=draft.needs rows=2/>
            </div>
            <AutoSections/>
            <Due name="next_sitrep_by" label="Next sitrep by" value=draft.next_sitrep_by/>
        </section>
    }
}
