//! One group of components, with its place among the others.

use super::row::Row;
use crate::forms::{HouseForm, posted_in, typed};
use crate::me::use_session;
use crate::ui::Icon;
use domain::{Component, ComponentId, Opens};
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
    let for_about = name.clone();
    let (for_place, for_add) = (label.clone(), label.clone());
    view! {
        <section class="sec group" aria-labelledby=labelled_by>
            <header>
                <h2 id=heading>{label}</h2>
                <About name=for_about admin=admin/>
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

/// What customers read of the group, and changing it. Components without a group have none.
#[component]
fn About(name: String, admin: Memo<bool>) -> impl IntoView {
    const WHAT: &str = "change_group";
    let session = use_session();
    let of = name.clone();
    let group = Memo::new(move |_| {
        session.directory.with(|directory| {
            let mut all = directory.groups.iter();
            all.find(|group| group.name == of).cloned()
        })
    });
    let first = group.get_untracked()?;
    let now = |field: &str, value: &str| typed(WHAT, Some(("was", &name)), field, value);
    let refused = posted_in(WHAT, Some(("was", &name))).is_some();
    let fields = (
        now("name", &name),
        now("description", &first.description),
        now("opens", first.opens.as_str()),
    );
    let form = move || {
        let (name, description, opens) = fields.clone();
        let was = first.name.clone();
        let id = move |field: &str| format!("group:{was}:{field}");
        let choices = [
            (Opens::Always, "Open"),
            (Opens::WhenAffected, "Open while something in it does badly"),
            (Opens::Never, "Closed"),
        ];
        let choices = choices.map(|(one, words)| {
            view! { <option value=one.as_str() selected=one.as_str() == opens>{words}</option> }
        });
        view! {
            <details class="edit" open=refused>
                <summary>"Change the group"</summary>
                <HouseForm what=WHAT action="/components" class="form" of=("was", first.name.clone())>
                    <p class="field">
                        <label for=id("name")>"Name of the group"</label>
                        <input type="text" id=id("name") name="name" required value=name/>
                    </p>
                    <p class="field">
                        <label for=id("line")>"A line for customers "<span class="help">"optional"</span></label>
                        <input type="text" id=id("line") name="description" value=description/>
                    </p>
                    <p class="field">
                        <label for=id("opens")>"On the status page"</label>
                        <select id=id("opens") name="opens">{choices}</select>
                    </p>
                    <p class="row"><button class="btn primary">"Save the group"</button></p>
                </HouseForm>
            </details>
        }
    };
    let line = move || group.with(|group| group.as_ref().map(|group| group.description.clone()));
    Some(view! {
        {move || line().filter(|line| !line.is_empty()).map(|line| view! { <p class="help">{line}</p> })}
        <Show when=move || admin.get()>{form.clone()}</Show>
    })
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
