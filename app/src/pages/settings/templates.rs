//! Public updates to begin with: thought of on a quiet day, chosen in the one form.

use crate::forms::{HouseForm, posted_in, typed};
use crate::me::use_session;
use crate::ui::TextArea;
use domain::template::COMPONENTS;
use domain::{PublicState, Template};
use leptos::prelude::*;

/// All of them, and one to come.
#[component]
pub(super) fn Templates(admin: bool) -> impl IntoView {
    let session = use_session();
    let all = Memo::new(move |_| {
        session
            .directory
            .with(|directory| directory.settings.templates.clone())
    });
    view! {
        <section class="sec" aria-labelledby="templates-h">
            <header>
                <h2 id="templates-h">"Templates"</h2>
                <p class="help">"Words to customers to begin with. "<code>{COMPONENTS}</code>" becomes the names of the components that are affected."</p>
            </header>
            <div class="templates">
                {move || {
                    let none = all.with(Vec::is_empty);
                    (none && !admin).then(|| view! { <p class="help">"None yet."</p> })
                }}
                <For each=move || all.get() key=|one| one.name.clone() let:one>
                    <One template=one admin=admin/>
                </For>
                {admin.then(|| view! { <Fields template=None/> })}
            </div>
        </section>
    }
}

/// One that is there, out of the way until somebody opens it.
#[component]
fn One(template: Template, admin: bool) -> impl IntoView {
    let session = use_session();
    let refused = posted_in("settings", Some(("template", &template.name)));
    let name = template.name.clone();
    let now = Memo::new(move |_| {
        session.directory.with(|directory| {
            let all = &directory.settings.templates;
            all.iter().find(|one| one.name == name).cloned()
        })
    });
    let state = move || {
        let state = now.with(|one| one.as_ref().and_then(|one| one.state));
        state.map_or("any state", PublicState::label)
    };
    let words = move || now.with(|one| one.as_ref().map(|one| one.message.clone()));
    view! {
        <details open=refused.is_some_and(|posted| posted.error.is_some())>
            <summary>{template.name.clone()}" "<span class="help">{state}</span></summary>
            {if admin {
                view! { <Fields template=Some(template)/> }.into_any()
            } else {
                view! { <p class="words-of-it">{words}</p> }.into_any()
            }}
        </details>
    }
}

#[component]
fn Fields(template: Option<Template>) -> impl IntoView {
    let was = template
        .as_ref()
        .map(|one| one.name.clone())
        .unwrap_or_default();
    let known = template.is_some();
    let of = ("template", was.as_str());
    let now = |field: &str, value: &str| typed("settings", Some(of), field, value);
    let name = now("template_name", &was);
    let message = template.as_ref().map_or("", |one| &one.message);
    let message = RwSignal::new(now("template_message", message));
    let state = template.as_ref().and_then(|one| one.state);
    let state = now("template_state", state.map_or("", PublicState::as_str));
    let states = PublicState::CHOICES.map(|one| {
        view! { <option value=one.as_str() selected=one.as_str() == state>{one.label()}</option> }
    });
    let of_it = was.clone();
    let id = move |field: &str| format!("template:{of_it}:{field}");
    view! {
        <HouseForm what="settings" action="/settings" class="form" of=("template", was.clone()) clears=!known>
            <p class="field">
                <label for=id("name")>{if known { "Name" } else { "New template" }}</label>
                <input type="text" id=id("name") name="template_name" required maxlength=Template::NAME.to_string() autocomplete="off" value=name/>
            </p>
            <p class="field">
                <label for=id("state")>"State"</label>
                <select id=id("state") name="template_state">
                    <option value="">"Stays as it is"</option>
                    {states}
                </select>
            </p>
            <p class="field">
                <label for=id("message")>"Words"</label>
                <TextArea name="template_message" id=id("message") value=message rows=4 required=true/>
            </p>
            <p class="row">
                <button class="btn primary">{if known { "Save the template" } else { "Add the template" }}</button>
                {known.then(|| view! { <button class="btn" name="remove" value="yes" formnovalidate=true>"Remove it"</button> })}
            </p>
        </HouseForm>
    }
}
