//! The right pane: the word to customers.

use super::acts::Act;
use super::components::ComponentChoices;
use super::desk::use_desk;
use super::due::Due;
use super::guard::GuardNotice;
use super::segments::Segments;
use super::text::{Both, Text, Writer};
use super::writing::act_on;
use domain::{Kind, PublicState};
use leptos::prelude::*;

/// The public update's fields; only words in a drill, which customers never hear of.
#[component]
pub(super) fn Outside() -> impl IntoView {
    let desk = use_desk();
    let drill = desk
        .incident
        .with_untracked(|incident| incident.summary.kind == Kind::Drill);
    view! {
        <section class="pane out" aria-labelledby="out-h">
            <header><h2 id="out-h">"Public update"</h2><p class="help">"Status page."</p></header>
            {if drill {
                view! { <p>"This is a drill. Customers never hear of a drill; the sitrep goes out alone."</p> }.into_any()
            } else {
                view! { <Fields/> }.into_any()
            }}
        </section>
    }
}

#[component]
fn Fields() -> impl IntoView {
    let desk = use_desk();
    let draft = desk.draft();
    let states = PublicState::CHOICES
        .map(|s| (s.as_str(), s.label()))
        .to_vec();
    let guarded = Signal::derive(move || {
        let found = desk.outlook.with(|o| !o.warnings.is_empty());
        if found {
            "guarded".to_owned()
        } else {
            String::new()
        }
    });
    view! {
        <PublicTitle/>
        <fieldset class="field">
            <legend>"State"</legend>
            <Segments name="state" choices=states value=draft.state/>
        </fieldset>
        <ComponentChoices/>
        <Templates/>
        <div class="field">
            <Text
                name="message"
                label="Message"
                help="What customers notice, what they can do, what we do."
                value=draft.message
                rows=5
                described_by="guard"
                class=guarded
            />
        </div>
        <GuardNotice/>
        <Due name="next_update_by" label="Next update by" help="Shown to customers as a promise." value=draft.next_update_by/>
    }
}

/// Words that were thought of beforehand; nothing where nobody thought of any.
#[component]
fn Templates() -> impl IntoView {
    let desk = use_desk();
    let names = Memo::new(move |_| {
        desk.session().directory.with(|directory| {
            let all = directory.settings.templates.iter();
            all.map(|one| one.name.clone()).collect::<Vec<_>>()
        })
    });
    let button = move |name: String| {
        let act = Act::Begin {
            template: name.clone(),
        }
        .value();
        let value = act.clone();
        let press = move |event: leptos::ev::MouseEvent| {
            event.prevent_default();
            act_on(desk, &act);
        };
        view! { <button class="btn small" name="preview" value=value on:click=press>{name}</button> }
    };
    move || {
        let names = names.get();
        (!names.is_empty()).then(|| {
            view! {
                <details class="field templates">
                    <summary>"Begin with a template"</summary>
                    <p class="acts">{names.into_iter().map(button).collect_view()}</p>
                </details>
            }
        })
    }
}

/// What customers read above it all. Out of the way once it is set.
#[component]
fn PublicTitle() -> impl IntoView {
    let desk = use_desk();
    let title = desk.draft().public_title;
    let set = desk
        .incident
        .with_untracked(|incident| incident.summary.public_title.clone());
    let input = move || {
        view! {
            <input
                type="text"
                id="public_title"
                name="public_title"
                autocomplete="off"
                aria-describedby="public_title-h"
                aria-invalid=move || desk.blamed("public_title").get().then_some("true")
                value=title.get_untracked()
                prop:value=move || title.get()
                on:input=move |event| title.set(event_target_value(&event))
            />
        }
    };
    match set {
        None => view! {
            <div class="field">
                <label for="public_title">
                    "Public title "
                    <span class="help" id="public_title-h">"Customers never read the internal one. Optional."</span>
                </label>
                <Writer name="public_title"/>
                {input()}
                <Both name="public_title" value=title/>
            </div>
        }
        .into_any(),
        Some(set) => view! {
            <details class="field public-title">
                <summary><span class="lbl">"Public title "</span>{set}</summary>
                <label for="public_title" class="help" id="public_title-h">"Customers read this from the next update on."</label>
                {input()}
            </details>
            <Writer name="public_title"/>
            <Both name="public_title" value=title/>
        }
        .into_any(),
    }
}
