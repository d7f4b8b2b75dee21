//! What must be seen over everything else: a drill, a lost line, what waits to be sent, a duty that has just become yours,
//! a post that could not be carried out.

use super::meaning::as_typed;
use super::overdue::Overdue;
use super::state::{RoomState, use_room};
use crate::forms::posted;
use crate::live::{LiveState, use_live};
use crate::now::use_now;
use crate::ui::{At, Icon};
use domain::time::length;
use domain::{Kind, Role};
use leptos::prelude::*;

/// A break shorter than this is not mentioned, in seconds.
const PATIENCE: i64 = 5;

/// All of them, the gravest first.
#[component]
pub fn Banners() -> impl IntoView {
    view! {
        <div class="banners">
            <Yours/>
            <Overdue/>
            <Refused/>
            <Line/>
            <Waiting/>
            <Drill/>
        </div>
    }
}

/// "You are in command now."
#[component]
fn Yours() -> impl IntoView {
    let room = use_room();
    let put_away = move |role: Role| room.told().update(|told| told.retain(|t| t.role != role));
    view! {
        <For
            each=move || room.told().get()
            key=|told| format!("{} {}", told.role, told.words)
            children=move |told| {
                let role = told.role.clone();
                let words = match &told.role {
                    Role::Ic => "You are in command now.".to_owned(),
                    other => format!("You are {} now.", other.noun()),
                };
                view! {
                    <div class="notice warn" role="alert">
                        <Icon name=Icon::Handover/>
                        <div>
                            <p><b>{words}</b>" "{told.words}"."</p>
                            <p class="acts">
                                <a class="btn small" href="#people">"Your five duties"</a>
                                <button type="button" class="quiet small" on:click=move |_| put_away(role.clone())>"I have it"</button>
                            </p>
                        </div>
                    </div>
                }
            }
        />
    }
}

/// A form that was posted and not carried out, said at the top: its own place may be far down, or gone by now.
#[component]
fn Refused() -> impl IntoView {
    let found = posted().and_then(|posted| {
        let typed = ["text", "reason", "question", "title"];
        let typed = typed.iter().find_map(|name| posted.form.get(name));
        Some((posted.error?.to_string(), typed.map(str::to_owned)))
    });
    found.map(|(why, typed)| {
        let typed = typed.map(|typed| view! { <p>"You wrote: “"{typed}"”"</p> });
        view! {
            <div class="notice crit" role="group">
                <Icon name=Icon::Over/>
                <div><p><b>"Not done."</b>" "{why}</p>{typed}</div>
            </div>
        }
    })
}

/// The line is down: how old the screen is, and that nothing typed is lost.
#[component]
fn Line() -> impl IntoView {
    let live = use_live();
    let now = use_now();
    let age = Memo::new(move |_| {
        let since = live.lost_at.get()?;
        let seconds = (now.at.get() - since).num_seconds();
        (seconds >= PATIENCE).then_some((since, seconds))
    });
    let words = move |seconds: i64| {
        if seconds < 60 {
            format!("{seconds} s ago")
        } else {
            format!("{} ago", length(chrono::Duration::seconds(seconds)))
        }
    };
    let lost = Memo::new(move |_| age.with(Option::is_some));
    let out = Memo::new(move |_| live.state.get() == LiveState::SignedOut);
    view! {
        <Show when=move || out.get()>
            <div class="notice crit" role="alert">
                <Icon name=Icon::Offline/>
                <p>
                    <b>"You are signed out."</b>
                    " What you type is kept in this browser. "
                    <a href="/sign-in" target="_blank" rel="external">"Sign in beside it"</a>
                    ", then come back here."
                </p>
            </div>
        </Show>
        <Show when=move || lost.get() && !out.get()>
            <div class="notice warn" role="status">
                <Icon name=Icon::Offline/>
                <p>
                    <b>"Reconnecting."</b>
                    // The age moves every second; who listens hears it once.
                    <span aria-hidden="true">
                        {move || age.get().map(|(since, seconds)| {
                            format!(" You see {}, {}.", since.format("%H:%M:%S"), words(seconds))
                        })}
                    </span>
                    " What you type is kept and sent when the line is back."
                </p>
            </div>
        </Show>
    }
}

/// How much waits for the line, and what.
#[component]
fn Waiting() -> impl IntoView {
    let room = use_room();
    let waiting = Memo::new(move |_| waiting(room));
    let count = move || waiting.with(Vec::len);
    view! {
        <Show when=move || { count() > 0 }>
            <div class="notice" role="status">
                <Icon name=Icon::Clock/>
                <div>
                    <p>
                        <b>{move || format!("{} waiting", count())}</b>
                        " to be sent, kept in this browser: "
                        {move || waiting.with(|w| w.iter().map(|t| format!("“{t}”")).collect::<Vec<_>>().join(", "))}
                    </p>
                </div>
            </div>
        </Show>
    }
}

fn waiting(room: RoomState) -> Vec<String> {
    room.pending.with(|pending| {
        let waiting = pending.iter().filter(|p| p.waiting && !p.there);
        waiting.map(|p| as_typed(&p.command)).collect()
    })
}

/// A drill is a drill on every screen, all the time.
#[component]
fn Drill() -> impl IntoView {
    let room = use_room();
    let drill = Memo::new(move |_| room.summary.with(|s| s.kind == Kind::Drill));
    view! {
        <Show when=move || drill.get()>
            <div class="notice drill">
                <Icon name=Icon::Flag/>
                <p><b>"This is a drill."</b>" Customers never hear of it, and it stays out of every number. Declared "<At at=room.summary.with_untracked(|s| s.declared_at)/>"."</p>
            </div>
        </Show>
    }
}
