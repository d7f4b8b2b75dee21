//! One account of the directory.

use crate::forms::{HouseForm, posted_in, typed};
use crate::house::HouseAnswer;
use crate::me::use_session;
use crate::ui::{Once, You};
use domain::PersonId;
use domain::directory::{AccountRole, Person};
use leptos::prelude::*;
use leptos_router::hooks::{use_navigate, use_query_map};

const CHANGE: &str = "change_person";

/// A row. Changing a name opens fields in its place, by an address, so that it works without a script.
#[component]
pub(super) fn Row(id: PersonId, admin: Memo<bool>, once: Once) -> impl IntoView {
    let session = use_session();
    let Some(first) = session.directory.with_untracked(|d| d.person(&id).cloned()) else {
        return ().into_any();
    };
    let of = id.as_str().to_owned();
    let whose = id.clone();
    let person = Memo::new(move |_| {
        session
            .directory
            .with(|d| d.person(&whose).cloned())
            .unwrap_or_else(|| first.clone())
    });
    let query = use_query_map();
    // What was typed and refused stays open for another try.
    let refused = RwSignal::new(
        posted_in(CHANGE, Some(("person", &of))).is_some_and(|p| p.form.ticked("name")),
    );
    let editing = Memo::new(move |_| {
        let asked = query.with(|query| query.get("edit")).as_deref() == Some(of.as_str());
        admin.get() && (asked || refused.get())
    });
    view! {
        <tr role="row" class=move || if person.with(|p| p.active) { "" } else { "off" }>
            <th role="rowheader" scope="row">
                <Show when=move || editing.get() fallback=move || view! { <Named person=person/> }>
                    <NameForm person=person.get_untracked() refused=refused/>
                </Show>
            </th>
            <td role="cell" data-l="May">
                <Show
                    when=move || admin.get() && person.with(|p| p.active && !p.service)
                    fallback=move || person.with(|p| if p.active { p.role.label() } else { "Nothing, switched off" })
                >
                    <RoleForm person=person.get_untracked()/>
                </Show>
            </td>
            <td role="cell" class="end">
                <Show when=move || admin.get()><Access person=person editing=editing once=once/></Show>
            </td>
        </tr>
    }
    .into_any()
}

#[component]
fn Named(person: Memo<Person>) -> impl IntoView {
    let machine = move || {
        person
            .with(|p| p.service)
            .then(|| view! { " "<small>"for an API token"</small> })
    };
    let reached = move || {
        person.with(|p| match &p.email {
            Some(email) => format!("@{}, {email}", p.handle),
            None => format!("@{}", p.handle),
        })
    };
    view! {
        {move || person.with(|p| p.name.clone())}
        <You id=Signal::derive(move || person.with(|p| p.id.clone()))/>
        {machine}
        <span class="meta">{reached}</span>
    }
}

#[component]
fn NameForm(person: Person, refused: RwSignal<bool>) -> impl IntoView {
    let id = person.id.as_str().to_owned();
    let navigate = use_navigate();
    let done = Callback::new(move |_: HouseAnswer| {
        refused.set(false);
        navigate("/people", leptos_router::NavigateOptions::default());
    });
    let now = |field: &str, value: String| typed(CHANGE, Some(("person", &id)), field, value);
    let (name, handle) = (now("name", person.name), now("handle", person.handle));
    view! {
        <HouseForm what=CHANGE action="/people" class="form" of=("person", id.clone()) on_done=done>
            <div class="pair">
                <p class="field">
                    <label for="edit-name">"Name"</label>
                    <input type="text" id="edit-name" name="name" required value=name/>
                </p>
                <p class="field">
                    <label for="edit-handle">"Handle"</label>
                    <input type="text" id="edit-handle" name="handle" required autocapitalize="none" value=handle/>
                </p>
            </div>
            <p class="row">
                <button class="btn primary">"Save"</button>
                <a class="quiet" href="/people">"Leave as it is"</a>
            </p>
        </HouseForm>
    }
}

#[component]
fn RoleForm(person: Person) -> impl IntoView {
    let id = person.id.as_str().to_owned();
    let chosen = typed(CHANGE, Some(("person", &id)), "role", person.role.as_str());
    view! {
        <HouseForm what=CHANGE action="/people" class="inline" of=("person", id)>
            <select name="role" aria-label=format!("What {} may do", person.name)>
                {AccountRole::ALL
                    .map(|role| {
                        view! { <option value=role.as_str() selected=role.as_str() == chosen>{role.label()}</option> }
                    })
                    .collect_view()}
            </select>
            <button class="btn small" aria-label=format!("Save what {} may do", person.name)>"Save"</button>
        </HouseForm>
    }
}

#[component]
fn Access(person: Memo<Person>, editing: Memo<bool>, once: Once) -> impl IntoView {
    let session = use_session();
    let id = person.with_untracked(|p| p.id.clone());
    let text = id.as_str().to_owned();
    let mine = Memo::new(move |_| session.person.with(|me| me.id == id));
    let signs_in = move || person.with(|p| p.active && !p.service);
    let name = move || person.with(|p| p.name.clone());
    let edit = format!("/people?edit={text}");
    let (for_link, for_switch) = (text.clone(), text);
    view! {
        <div class="row">
            <Show when=move || !editing.get()>
                <a class="quiet small" href=edit.clone() aria-label=move || format!("Rename {}", name())>"Rename"</a>
            </Show>
            <Show when=signs_in>
                <HouseForm what="new_link" action="/people" of=("person", for_link.clone()) quiet=true on_done=once.show()>
                    <button class="quiet small" aria-label=move || format!("New link for {}, to sign in", name())>"New link"</button>
                </HouseForm>
            </Show>
            <Show when=move || !mine.get()>
                <HouseForm what=CHANGE action="/people" of=("person", for_switch.clone()) quiet=true>
                    {move || {
                        let (active, word) = if person.with(|p| p.active) { ("no", "Switch off") } else { ("yes", "Switch on") };
                        view! {
                            <input type="hidden" name="active" value=active/>
                            <button class="quiet small" aria-label=format!("{word} {}", name())>{word}</button>
                        }
                    }}
                </HouseForm>
            </Show>
        </div>
    }
}
