//! Changing a component, or taking it off the list.

use crate::forms::{HouseForm, typed};
use crate::house::HouseAnswer;
use domain::Component;
use leptos::prelude::*;
use leptos_router::hooks::use_navigate;

/// The fields of a component.
#[component]
pub(super) fn Edit(component: Component, refused: RwSignal<bool>) -> impl IntoView {
    let id = component.id.as_str().to_owned();
    let navigate = use_navigate();
    let done = Callback::new(move |_: HouseAnswer| {
        refused.set(false);
        navigate("/components", leptos_router::NavigateOptions::default());
    });
    let now = |field: &str, value: String| {
        typed("change_component", Some(("component", &id)), field, value)
    };
    let visible = now(
        "visible",
        if component.hidden { "no" } else { "yes" }.to_owned(),
    ) == "yes";
    let title = component.name.clone();
    let (name, group, description) = (
        now("name", component.name),
        now("group", component.group),
        now("description", component.description),
    );
    view! {
        <HouseForm what="change_component" action="/components" class="form" of=("component", id.clone()) on_done=done>
            <div class="pair">
                <p class="field">
                    <label for="edit-name">"Name"</label>
                    <input type="text" id="edit-name" name="name" required value=name/>
                </p>
                <p class="field">
                    <label for="edit-group">"Group "<span class="help">"optional"</span></label>
                    <input type="text" id="edit-group" name="group" value=group/>
                </p>
            </div>
            <p class="field">
                <label for="edit-description">"A line for customers "<span class="help">"optional"</span></label>
                <input type="text" id="edit-description" name="description" value=description/>
            </p>
            <p class="tick">
                <input type="hidden" name="visible" value="no"/>
                <input type="checkbox" id="edit-visible" name="visible" value="yes" checked=visible/>
                <label for="edit-visible">"On the status page"</label>
            </p>
            <p class="row">
                <button class="btn primary">"Save"</button>
                <a class="quiet" href="/components">"Leave as it is"</a>
            </p>
        </HouseForm>
        <HouseForm what="remove_component" action="/components" class="row" of=("component", id.clone()) on_done=done>
            <button class="btn danger">"Remove "{title}" from the list"</button>
            <span class="help">"Past incidents keep it."</span>
        </HouseForm>
    }
}
