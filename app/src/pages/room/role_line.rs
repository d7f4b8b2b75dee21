//! One role: who has it, how near they are, what it asks of them, and how it changes hands.

use super::pick::PersonPick;
use super::state::use_room;
use crate::data::Nearness;
use crate::forms::{CommandForm, typed, was_posted};
use crate::now::use_now;
use crate::ui::{Icon, Name, You};
use domain::time::length;
use domain::{PersonId, Role};
use leptos::prelude::*;

/// A duty that is younger than this shows its card to who holds it.
const NEW: i64 = 15;

/// How near somebody is: a shape with a word for those who do not see it.
#[component]
pub fn Mark(
    /// Who.
    #[prop(into)]
    person: Signal<PersonId>,
) -> impl IntoView {
    let room = use_room();
    let near = Memo::new(move |_| {
        room.presence.with(|presence| {
            person.with(|person| {
                presence
                    .iter()
                    .find(|p| p.person == *person)
                    .map(|p| p.nearness)
            })
        })
    });
    view! {
        <svg class="ico" aria-hidden="true">
            <use_ href=move || icon(near.get()).href()></use_>
        </svg>
        <span class="vh">{move || word(near.get())}</span>
    }
}

fn icon(near: Option<Nearness>) -> Icon {
    match near {
        Some(Nearness::Here) => Icon::Here,
        Some(Nearness::Away) => Icon::Away,
        None => Icon::Gone,
    }
}

fn word(near: Option<Nearness>) -> &'static str {
    match near {
        Some(Nearness::Here) => "Here: ",
        Some(Nearness::Away) => "Away: ",
        None => "Not here: ",
    }
}

/// A role with its holder.
#[component]
pub fn RoleLine(role: Role) -> impl IntoView {
    let room = use_room();
    let label = role.label();
    let of = role.clone();
    let holder = Memo::new(move |_| room.summary.with(|s| s.role(&of).map(|h| h.person.clone())));
    let wanted = {
        let role = role.clone();
        Memo::new(move |_| {
            holder.with(Option::is_none) && room.summary.with(|s| s.empty_roles().contains(&role))
        })
    };
    let inside = {
        let role = role.clone();
        move || match holder.get() {
            Some(person) => view! { <Held role=role.clone() person=person/> }.into_any(),
            None => view! { <Empty role=role.clone()/> }.into_any(),
        }
    };
    view! {
        <li class=move || wanted.get().then_some("empty")>
            <span class="role">{label}</span>
            {inside}
        </li>
    }
}

#[component]
fn Empty(role: Role) -> impl IntoView {
    let room = use_room();
    let may = move || room.acts.get() && room.summary.with(|s| !s.progress.phase().is_over());
    view! {
        <span class="nm"><Icon name=Icon::Gone/>"Nobody"</span>
        <Show when=may>
            <Assign role=role.clone() summary="Assign"/>
        </Show>
    }
}

/// The form that gives a role to somebody.
#[component]
fn Assign(
    role: Role,
    /// What opens it.
    summary: &'static str,
) -> impl IntoView {
    let room = use_room();
    let wire = role.to_string();
    let of_this = Some(("role", wire.as_str()));
    let id = format!("assign-{}", wire.replace(':', "-"));
    let me = room.session().person.with_untracked(|me| me.id.to_string());
    let open = was_posted("assign", of_this);
    let chosen = typed("assign", of_this, "person", "");
    let noun = role.noun();
    view! {
        <details class="edit assign" open=open>
            <summary class="btn small">{summary}<span class="vh">{format!(" {noun}")}</span></summary>
            <CommandForm number=room.number what="assign" class="form" of=("role", wire.clone())>
                <p class="field">
                    <label for=id.clone()>{format!("Who takes {noun}?")}</label>
                    <PersonPick id=id chosen=chosen/>
                </p>
                <p class="row"><button class="btn small">"Assign"</button></p>
            </CommandForm>
            <CommandForm number=room.number what="assign" of=("role", wire)>
                <input type="hidden" name="person" value=me/>
                <button class="quiet small">"I take it"</button>
            </CommandForm>
        </details>
    }
}

#[component]
fn Held(role: Role, person: PersonId) -> impl IntoView {
    let room = use_room();
    let who = person.clone();
    let mine = Memo::new(move |_| room.session().person.with(|me| me.id == who));
    view! {
        <span class="nm">
            <Mark person=person.clone()/>
            <Name id=person.clone()/>
            <You id=person.clone()/>
            <Quiet person=person/>
        </span>
        <Card role=role.clone() mine=mine/>
        <Show when=move || room.acts.get() && room.summary.with(|s| !s.progress.phase().is_over())>
            <Change role=role.clone() mine=mine/>
        </Show>
    }
}

/// "away 8 min" beside who is not in front of the room just now.
#[component]
fn Quiet(person: PersonId) -> impl IntoView {
    let room = use_room();
    let now = use_now().minute();
    let words = Memo::new(move |_| {
        room.presence.with(|presence| {
            let away = presence
                .iter()
                .find(|p| p.person == person && p.nearness == Nearness::Away)?;
            let span = now.get() - away.seen_at;
            (span.num_minutes() > 0).then(|| format!("away {}", length(span)))
        })
    });
    move || words.get().map(|words| view! { <small>{words}</small> })
}

/// Five lines of duty, open to who has them newly.
#[component]
fn Card(role: Role, mine: Memo<bool>) -> impl IntoView {
    let room = use_room();
    let now = use_now();
    let since = room
        .summary
        .with_untracked(|s| s.role(&role).map(|holder| holder.since));
    // The same moment on both sides of hydration; later the reader opens and closes it.
    let fresh = mine.get_untracked()
        && since.is_some_and(|since| (now.at.get_untracked() - since).num_minutes() < NEW);
    let duties = role.card().map(|duty| view! { <li>{duty}</li> });
    view! {
        <details class="card" open=fresh>
            <summary>{move || if mine.get() { "Your five duties" } else { "Role card" }}</summary>
            <ol role="list">{duties.collect_view()}</ol>
        </details>
    }
}

/// How the role changes hands: command by handover or by force, the others freely.
#[component]
fn Change(role: Role, mine: Memo<bool>) -> impl IntoView {
    let room = use_room();
    let wire = role.to_string();
    let handover = format!("/incidents/{}/handover?role={wire}", room.number);
    if role == Role::Ic {
        return view! {
            <p class="on row">
                <Show
                    when=move || mine.get()
                    fallback=move || view! { <Take/> }
                >
                    <a href=handover.clone()>"Hand over command"</a>
                </Show>
            </p>
        }
        .into_any();
    }
    view! {
        <div class="on row">
            <a href=handover>"Hand over"</a>
            <CommandForm number=room.number what="release" of=("role", wire)>
                <button class="linkish">{move || if mine.get() { "Give it back" } else { "Release" }}</button>
            </CommandForm>
        </div>
    }
    .into_any()
}

/// Loud, with a reason, for when nobody answers.
#[component]
fn Take() -> impl IntoView {
    let room = use_room();
    view! { <a class="overt" href=format!("/incidents/{}/handover?force=1#force", room.number)>"Take command by force"</a> }
}
