//! Handing over: a role goes to somebody by name, with a reason that they and the timeline read. Taking command by force
//! stands below it, apart.

mod brief;
mod candidates;

use super::room::state::{RoomState, use_room};
use crate::api;
use crate::data::Room;
use crate::forms::{CommandForm, typed, was_posted};
use crate::now::use_now;
use crate::pages::{Refused, numbered, suspended};
use crate::ui::{Page, SeverityMark, TextArea, Words};
use candidates::{Candidate, candidates};
use domain::time::length;
use domain::{PersonId, Role};
use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::{use_navigate, use_params_map, use_query_map};

/// The page of the incident in the address.
#[component]
pub fn Handover() -> impl IntoView {
    let params = use_params_map();
    let number = Memo::new(move |_| params.with(|params| numbered(params.get_str("number"))));
    let room = Resource::new_blocking(
        move || number.get(),
        |number| async move { api::room(number?).await },
    );
    view! {
        <Suspense fallback=|| ()>
            {move || suspended(async move {
                match room.await {
                    Ok(room) => view! { <Hand room=room/> }.into_any(),
                    Err(error) => view! { <Refused error=error/> }.into_any(),
                }
            })}
        </Suspense>
    }
}

#[component]
fn Hand(room: Room) -> impl IntoView {
    let room = RoomState::provide(room);
    let tag = move || room.session().directory.with(|d| d.tag(room.number));
    let title = Memo::new(move |_| format!("Hand over, {}", tag()));
    let severity = Memo::new(move |_| room.summary.with(|s| s.severity));
    let words = move || room.summary.with(|s| s.title.clone());
    view! {
        <Page class="handover-page" title=title>
            <main id="main" tabindex="-1">
                <header class="inc slim">
                    <p class="tag">
                        <SeverityMark severity=severity/>
                        <a href=format!("/incidents/{}", room.number) class="no">{tag}</a>
                    </p>
                    <h1>"Hand over "<span class="h1sub">{move || view! { <Words text=words()/> }}</span></h1>
                </header>
                <div class="two-up">
                    <div class="left">
                        <ByName/>
                        <Force/>
                    </div>
                    <brief::Brief/>
                </div>
            </main>
        </Page>
    }
}

/// The role, the person, the reason.
#[component]
fn ByName() -> impl IntoView {
    let room = use_room();
    let query = use_query_map();
    let asked = query.with_untracked(|q| q.get_str("role").and_then(|r| r.parse::<Role>().ok()));
    let first = typed(
        "hand_over",
        None,
        "role",
        asked.unwrap_or(Role::Ic).to_string(),
    );
    let role = RwSignal::new(first.parse::<Role>().unwrap_or(Role::Ic));
    let to = RwSignal::new(typed("hand_over", None, "person", ""));
    let reason = RwSignal::new(typed("hand_over", None, "reason", ""));
    let navigate = use_navigate();
    let done = Callback::new(move |()| {
        navigate(
            &format!("/incidents/{}", room.number),
            NavigateOptions::default(),
        );
    });
    let held = Memo::new(move |_| {
        room.summary
            .with(|s| s.roles.iter().map(|h| h.role.clone()).collect::<Vec<_>>())
    });
    let roles = move || {
        held.get()
            .into_iter()
            .map(|held| {
                let selected = role.with_untracked(|role| *role == held);
                view! { <option value=held.to_string() selected=selected>{held.label()}</option> }
            })
            .collect_view()
    };
    let people = Memo::new(move |_| candidates(room, &role.get()));
    let button = move || {
        let noun = role.with(Role::noun);
        let person = PersonId::new(to.get());
        let name = people.with(|p| p.iter().find(|c| c.id == person).map(|c| c.name.clone()));
        match name {
            Some(name) => format!("Hand {noun} to {name}"),
            None => format!("Hand over {noun}"),
        }
    };
    let choose = move |event: leptos::ev::Event| {
        if let Ok(chosen) = event_target_value(&event).parse() {
            role.set(chosen);
        }
    };
    view! {
        <Show when=move || room.acts.get() fallback=Reader>
            <Show when=move || !held.with(Vec::is_empty) fallback=|| view! { <p>"Nobody holds a role here."</p> }>
                <Mine role=role/>
                <CommandForm number=room.number page="/handover" what="hand_over" class="form" on_done=done>
                    <p class="field">
                        <label for="role">"What?"</label>
                        <select id="role" name="role" on:change=choose>{roles}</select>
                    </p>
                    <fieldset class="choice pick">
                        <legend class="lbl">"To whom?"</legend>
                        <For each=move || people.get() key=Candidate::key children=move |candidate| choice(candidate, to)/>
                        <Show when=move || people.with(Vec::is_empty)>
                            <p class="help">"There is nobody else who could take it. Invite somebody under People."</p>
                        </Show>
                    </fieldset>
                    <div class="field">
                        <label for="why">"Why? "<span class="help">"They and the timeline read it."</span></label>
                        <TextArea name="reason" id="why" value=reason/>
                    </div>
                    <p class="row">
                        <button class="btn primary tall">{button}</button>
                        <a class="quiet" href=format!("/incidents/{}", room.number)>"Back to the room"</a>
                    </p>
                </CommandForm>
            </Show>
        </Show>
    }
}

#[component]
fn Reader() -> impl IntoView {
    view! { <p>"Your account may read and ask, not hand over. An administrator can make you a responder."</p> }
}

fn choice(candidate: Candidate, to: RwSignal<String>) -> impl IntoView {
    let id = candidate.id.to_string();
    let checked = to.with_untracked(|to| *to == id);
    let chosen = id.clone();
    view! {
        <label>
            <input type="radio" name="person" value=id checked=checked required on:change=move |_| to.set(chosen.clone())/>
            <span><b>{candidate.name}</b><span class="help">{candidate.about}</span></span>
        </label>
    }
}

/// Who has it, since when; and that command is handed over by who has it.
#[component]
fn Mine(role: RwSignal<Role>) -> impl IntoView {
    let room = use_room();
    let now = use_now().minute();
    let words = Memo::new(move |_| {
        let role = role.get();
        let me = room.session().person.with(|me| me.id.clone());
        let (person, since) = room
            .summary
            .with(|s| s.role(&role).map(|h| (h.person.clone(), h.since)))?;
        let name = room.session().directory.with(|d| d.name(&person));
        let long = length(now.get() - since);
        Some(match (person == me, &role) {
            (true, _) => format!("You have had {} for {long}.", role.noun()),
            (false, Role::Ic) => format!(
                "{name} has been in command for {long}. Only {name} hands command over; if nobody answers, take it by force below."
            ),
            (false, _) => format!("{name} has had {} for {long}.", role.noun()),
        })
    });
    move || {
        words
            .get()
            .map(|words| view! { <p class="help lead">{words}</p> })
    }
}

/// Loud, with a reason, for when nobody in command answers.
#[component]
fn Force() -> impl IntoView {
    let room = use_room();
    let query = use_query_map();
    let asked = query.with_untracked(|q| q.get_str("force").is_some());
    let open = asked || was_posted("take", None);
    let reason = RwSignal::new(typed("take", None, "reason", ""));
    let navigate = use_navigate();
    let done = Callback::new(move |()| {
        navigate(
            &format!("/incidents/{}", room.number),
            NavigateOptions::default(),
        );
    });
    let ic = Memo::new(move |_| {
        room.summary.with(|s| {
            s.ic()
                .map(|ic| room.session().directory.with(|d| d.name(ic)))
        })
    });
    let may = move || room.acts.get() && ic.with(Option::is_some) && !room.is_mine(&Role::Ic);
    view! {
        <Show when=may>
            <details class="force" id="force" open=open>
                <summary>"Nobody in command answers"</summary>
                <CommandForm number=room.number page="/handover" what="take" class="form" on_done=done>
                    <p>
                        "You take command from "{move || ic.get().unwrap_or_default()}
                        ". They are told at once, it stands in the timeline, and it stays there."
                    </p>
                    <div class="field">
                        <label for="force-why">"Why? "<span class="help">"What did you try to reach them?"</span></label>
                        <TextArea name="reason" id="force-why" value=reason/>
                    </div>
                    <p class="row"><button class="btn danger">"Take command by force"</button></p>
                </CommandForm>
            </details>
        </Show>
    }
}
