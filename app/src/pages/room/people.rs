//! Who does what, who is here, who only watches.

use super::pick::PersonPick;
use super::role_line::{Mark, RoleLine};
use super::state::{RoomState, use_room};
use crate::forms::{CommandForm, typed, was_posted};
use crate::ui::{Name, You};
use domain::{Kind, PersonId, Role};
use leptos::prelude::*;

/// The column of people.
#[component]
pub fn People() -> impl IntoView {
    let room = use_room();
    let roles = Memo::new(move |_| roles(room));
    let responders = Memo::new(move |_| responders(room));
    let watching = Memo::new(move |_| watching(room));
    let open = Memo::new(move |_| {
        room.summary
            .with(|s| !s.progress.phase().is_over() && s.kind != Kind::Backfilled)
    });
    let may = move || room.acts.get() && open.get();
    view! {
        <section class="people" id="people" aria-labelledby="people-h" tabindex="-1">
            <h2 class="sect" id="people-h">"Roles"</h2>
            <ul class="who" role="list">
                <For each=move || roles.get() key=Role::to_string children=|role| view! { <RoleLine role=role/> }/>
            </ul>
            <Show when=may>
                <AnotherRole/>
            </Show>
            <h2 class="sect">"Responders " <span class="n">{move || responders.with(Vec::len)}</span></h2>
            <ul class="who resp" role="list">
                <For
                    each=move || responders.get()
                    key=PersonId::to_string
                    children=|person| {
                        view! { <li><span class="role"></span><span class="nm"><Mark person=person.clone()/><Name id=person.clone()/><You id=person/></span></li> }
                    }
                />
            </ul>
            <Show when=move || responders.with(Vec::is_empty)>
                <p class="help">"Nobody without a role is in."</p>
            </Show>
            <Show when=may>
                <ComeAndGo/>
            </Show>
            <Show when=move || !watching.with(Vec::is_empty)>
                <h2 class="sect">"Watching " <span class="n">{move || watching.with(Vec::len)}</span></h2>
                <p class="help">{move || names(room, &watching.get())}</p>
            </Show>
        </section>
    }
}

/// The standard roles, filled or not, and whatever else somebody holds.
fn roles(room: RoomState) -> Vec<Role> {
    room.summary.with(|summary| {
        let mut roles: Vec<Role> = match summary.kind {
            Kind::Backfilled => Vec::new(),
            Kind::Live | Kind::Drill => Role::STANDARD.to_vec(),
        };
        let others = summary.roles.iter().map(|holder| holder.role.clone());
        roles.extend(others.filter(|role| !Role::STANDARD.contains(role)));
        roles
    })
}

/// Who is in and has no role.
fn responders(room: RoomState) -> Vec<PersonId> {
    room.incident.with(|incident| {
        let holds = |person: &PersonId| incident.summary.roles.iter().any(|h| h.person == *person);
        let people = incident.participants.iter();
        people.filter(|p| !holds(p)).cloned().collect()
    })
}

/// Who has the room open without being in.
fn watching(room: RoomState) -> Vec<PersonId> {
    room.incident.with(|incident| {
        room.presence.with(|presence| {
            let people = presence.iter().map(|p| &p.person);
            people.filter(|p| !incident.is_in(p)).cloned().collect()
        })
    })
}

fn names(room: RoomState, people: &[PersonId]) -> String {
    room.session().directory.with(|directory| {
        let names: Vec<String> = people.iter().map(|p| directory.name(p)).collect();
        names.join(", ")
    })
}

/// A lead for a part of the work.
#[component]
fn AnotherRole() -> impl IntoView {
    let room = use_room();
    let lead = ("role", "lead");
    view! {
        <details class="edit" open=was_posted("assign", Some(lead))>
            <summary>"Name a lead"</summary>
            <CommandForm number=room.number what="assign" class="form" of=("role", "lead".to_owned())>
                <p class="field">
                    <label for="lead-of">"Lead of "<span class="help">"a word: database, network"</span></label>
                    <input type="text" id="lead-of" name="lead" required maxlength="40" value=typed("assign", Some(lead), "lead", "")/>
                </p>
                <p class="field">
                    <label for="lead-who">"Who?"</label>
                    <PersonPick id="lead-who" chosen=typed("assign", Some(lead), "person", "")/>
                </p>
                <p class="row"><button class="btn small">"Make them lead"</button></p>
            </CommandForm>
        </details>
    }
}

/// Join, leave, bring somebody in.
#[component]
fn ComeAndGo() -> impl IntoView {
    let room = use_room();
    let number = room.number;
    let is_in = Memo::new(move |_| {
        let me = room.session().person.with(|me| me.id.clone());
        room.incident.with(|incident| incident.is_in(&me))
    });
    let commands = move || room.is_mine(&Role::Ic);
    view! {
        <div class="row">
            <Show when=move || !is_in.get()>
                <CommandForm number=number what="join"><button class="btn small">"Join as a responder"</button></CommandForm>
            </Show>
            <Show when=move || is_in.get() && !commands()>
                <CommandForm number=number what="leave"><button class="quiet small">"Leave"</button></CommandForm>
            </Show>
        </div>
        <details class="edit">
            <summary>"Bring somebody in"</summary>
            <CommandForm number=number what="join" class="form">
                <p class="field">
                    <label for="join-who">"Who?"</label>
                    <PersonPick id="join-who"/>
                </p>
                <p class="row"><button class="btn small">"Bring them in"</button></p>
            </CommandForm>
        </details>
    }
}
