//! One group of components, with its place among the others.

use super::row::Row;
use crate::forms::{HouseForm, typed};
use crate::me::use_session;
use crate::ui::Icon;
use domain::{Component, ComponentId};
use leptos::prelude::*;

/// What a group without a name is called here; on the status page it has no heading.
const NO_GROUP: &str = "Without a group";

/// A group.
#[component]
pub(super) fn Group(name: String, admin: Memo<bool>, groups: Memo<Vec<String>>) -> impl IntoView {
    let session = use_session();
    let label = if name.is_empty() {
        NO_GROUP.to_owned()
    } else {
        name.clone()
    };
    let of = name.clone();
    let members = Memo::new(move |_| {
        session.directory.with(|directory| {
            directory
                .components
                .iter()
                .filter(|component| component.group == of)
                .map(|component| component.id.clone())
                .collect::<Vec<ComponentId>>()
        })
    });
    let several = Memo::new(move |_| groups.with(|groups| groups.len() > 1));
    let heading = format!(
        "group-{}",
        members.with_untracked(|m| m.first().map(ToString::to_string).unwrap_or_default())
    );
    let labelled_by = heading.clone();
    let (for_up, for_down) = (name.clone(), name.clone());
    let (for_place, for_add) = (label.clone(), label.clone());
    view! {
        <section class="sec group" aria-labelledby=labelled_by>
            <header>
                <h2 id=heading>{label}</h2>
                <Show when=move || admin.get() && several.get()>
                    <div class="row">
                        <GroupStep members=members up=true name=for_up.clone() groups=groups label=for_place.clone()/>
                        <GroupStep members=members up=false name=for_down.clone() groups=groups label=for_place.clone()/>
                    </div>
                </Show>
            </header>
            <div>
                <ol class="comprows" role="list">
                    <For each=move || members.get() key=Clone::clone let(id)>
                        <Row id=id members=members admin=admin/>
                    </For>
                </ol>
                <Show when=move || admin.get()><AddHere group=name.clone() label=for_add.clone()/></Show>
            </div>
        </section>
    }
}

/// Moves the whole group: its first component takes it up, its last one down.
#[component]
fn GroupStep(
    members: Memo<Vec<ComponentId>>,
    groups: Memo<Vec<String>>,
    name: String,
    up: bool,
    label: String,
) -> impl IntoView {
    let at_the_end = move || {
        groups.with(|groups| if up { groups.first() } else { groups.last() } == Some(&name))
    };
    let edge = move || {
        members
            .with(|m| if up { m.first() } else { m.last() }.map(ToString::to_string))
            .unwrap_or_default()
    };
    let (to, word, icon) = if up {
        ("up", "Up", Icon::Up)
    } else {
        ("down", "Down", Icon::Down)
    };
    view! {
        <HouseForm what="move_component" action="/components" quiet=true>
            <input type="hidden" name="component" value=edge prop:value=edge/>
            <button class="quiet small" name="to" value=to aria-label=format!("Move the group {label} {to}") aria-disabled=move || at_the_end().then_some("true")>
                <Icon name=icon/>{word}
            </button>
        </HouseForm>
    }
}

#[component]
fn AddHere(group: String, label: String) -> impl IntoView {
    let session = use_session();
    let id = session.directory.with_untracked(|directory| {
        let first = directory
            .components
            .iter()
            .find(|c: &&Component| c.group == group);
        format!(
            "add-{}",
            first.map(|c| c.id.to_string()).unwrap_or_default()
        )
    });
    let value = typed("add_component", Some(("group", &group)), "name", "");
    let field = id.clone();
    view! {
        <HouseForm what="add_component" action="/components" class="addrow" of=("group", group) quiet=true clears=true>
            <label class="vh" for=field>"New component in "{label}</label>
            <input type="text" id=id name="name" required autocomplete="off" placeholder="New component" value=value/>
            <button class="btn">"Add"</button>
        </HouseForm>
    }
}
