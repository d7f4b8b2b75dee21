//! Which components customers are told about, and how each does.

use super::desk::{Desk, use_desk};
use domain::directory::Component;
use domain::{ComponentId, ComponentStatus, PublicState};
use leptos::prelude::*;

/// The components named already, and the others behind one press.
#[component]
pub(super) fn ComponentChoices() -> impl IntoView {
    let desk = use_desk();
    let directory = desk.session().directory;
    let all = Memo::new(move |_| directory.with(|d| d.components.clone()));
    // Named ones stand first, and go on standing there. One that is chosen below stays where it is: it must not move away
    // under the hand.
    let chosen = StoredValue::new(Vec::<ComponentId>::new());
    let named = Memo::new(move |before: Option<&Vec<ComponentId>>| {
        let mut named = before.cloned().unwrap_or_default();
        for id in desk.settled.with(|form| ids(form.0.iter())) {
            if !named.contains(&id) && !chosen.with_value(|chosen| chosen.contains(&id)) {
                named.push(id);
            }
        }
        named
    });
    let rows = move |inside: bool| {
        let named = named.get();
        let mut rows = all.get();
        rows.retain(|component| named.contains(&component.id) == inside);
        rows
    };
    let resolved = move || {
        desk.draft()
            .state
            .with(|s| s == PublicState::Resolved.as_str())
    };
    view! {
        <div class="field">
            <h3 class="lbl" id="comp-h">"Affected components"</h3>
            <Show when=move || all.with(Vec::is_empty)>
                <p class="help">"There are no components yet. An administrator adds them under " <a href="/components">"Components"</a> "."</p>
            </Show>
            <Show when=move || !rows(true).is_empty()>
                <Table label="comp-h" rows=Signal::derive(move || rows(true)) chosen=chosen/>
            </Show>
            <Show when=move || !rows(false).is_empty()>
                <details class="more">
                    <summary id="more-h">"Add a component"</summary>
                    <Table label="more-h" rows=Signal::derive(move || rows(false)) chosen=chosen/>
                </details>
            </Show>
            {move || {
                (desk.settled.with(|form| form.raw("state") == Some("resolved")) && resolved() && !named.with(Vec::is_empty))
                    .then(|| view! { <p class="help">"Resolved: every component works again, whatever is chosen here."</p> })
            }}
        </div>
    }
}

fn ids<'a>(fields: impl Iterator<Item = &'a (String, String)>) -> Vec<ComponentId> {
    fields
        .filter(|(_, status)| status != "same")
        .filter_map(|(name, _)| name.strip_prefix("component:").map(ComponentId::new))
        .collect()
}

#[component]
fn Table(
    label: &'static str,
    rows: Signal<Vec<Component>>,
    chosen: StoredValue<Vec<ComponentId>>,
) -> impl IntoView {
    view! {
        <table class="comps" aria-labelledby=label>
            <thead class="vh">
                <tr><th scope="col">"Component"</th><th scope="col">"Now"</th><th scope="col">"New status"</th></tr>
            </thead>
            <tbody>
                <For each=move || rows.get() key=|component| component.id.clone() let:component>
                    <Row component=component by_hand=chosen/>
                </For>
            </tbody>
        </table>
    }
}

#[component]
fn Row(component: Component, by_hand: StoredValue<Vec<ComponentId>>) -> impl IntoView {
    let desk = use_desk();
    let id = component.id.clone();
    let now = move || status_now(desk, &id);
    let key = component.id.to_string();
    let chosen = {
        let key = key.clone();
        Memo::new(move |_| {
            desk.draft()
                .components
                .with(|all| all.get(&key).cloned().unwrap_or_else(|| "same".to_owned()))
        })
    };
    let first = chosen.get_untracked();
    let option = move |value: &'static str, words: &'static str| {
        view! {
            <option value=value selected=first == value prop:selected=move || chosen.with(|c| c == value)>
                {words}
            </option>
        }
    };
    view! {
        <tr>
            <th scope="row">
                {component.name.clone()}
                {component.hidden.then(|| view! { <span class="help">" not on the status page"</span> })}
            </th>
            <td class="was">{now}</td>
            <td>
                <select
                    name=format!("component:{key}")
                    aria-label=format!("Status of {}", component.name)
                    on:change=move |event| {
                        let value = event_target_value(&event);
                        by_hand.update_value(|all| all.push(ComponentId::new(key.clone())));
                        desk.draft().components.update(|all| {
                            all.insert(key.clone(), value);
                        });
                    }
                >
                    {option.clone()("same", "Not named")}
                    {ComponentStatus::ALL.map(|status| option.clone()(status.as_str(), status.label())).collect_view()}
                </select>
            </td>
        </tr>
    }
}

/// "now Slow"; nothing for one that is not affected.
fn status_now(desk: Desk, id: &ComponentId) -> String {
    let status = desk
        .incident
        .with(|incident| incident.components.get(id).copied());
    status.map_or_else(String::new, |status| format!("now {}", status.label()))
}
