//! Timeline and talk: what happened and what was said, newest at the bottom, and the line to say more.

use super::composer::Composer;
use super::entry_line::line_view;
use super::looked_away::looked_away;
use super::state::{RoomState, use_room};
use super::timeline::{Line, Shown, Way, lines};
use crate::api;
use crate::forms::FormError;
use crate::me::{Session, use_session};
use crate::now::use_now;
use domain::incident::{Entry, entry};
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_router::hooks::use_query_map;

/// The section with its filters, the log and the composer.
#[component]
pub fn Talk() -> impl IntoView {
    let query = use_query_map();
    let show = Memo::new(move |_| query.with(|q| Shown::from_query(q.get_str("show"))));
    let filters = Shown::ALL
        .map(|choice| {
            view! {
                <a href=format!("?show={}", choice.as_str()) aria-current=move || (show.get() == choice).then_some("true")>
                    {choice.label()}
                </a>
            }
        })
        .collect_view();
    view! {
        <section class="talk" id="talk" aria-labelledby="talk-h" tabindex="-1">
            <header class="sect">
                <h2 id="talk-h">"Timeline and talk"</h2>
                <nav class="seg small end" aria-label="Show">{filters}</nav>
            </header>
            <Log show=show/>
            <Composer/>
        </section>
    }
}

#[component]
fn Log(show: Memo<Shown>) -> impl IntoView {
    let room = use_room();
    let session = use_session();
    let now = use_now();
    // The first day is named unless it is the day on which the page was opened; midnight passes without moving anything.
    let today = now.at.get_untracked();
    let seen = looked_away(room);
    let rows = Memo::new(move |_| {
        let me = session.person.with(|person| person.name.clone());
        room.entries.with(|entries| {
            lines(
                entries,
                on_the_way(room, session),
                show.get(),
                today,
                seen.get(),
                &me,
            )
        })
    });
    view! {
        <div class="log" role="log" aria-live="polite" aria-label="Timeline and talk" tabindex="0">
            <ol role="list">
                <Earlier show=show/>
                <Nothing rows=rows show=show/>
                <For each=move || rows.get() key=Line::key children=move |line| line_view(line, room.opened_at())/>
            </ol>
        </div>
    }
}

/// What was asked for here and is not in the log yet, as lines.
fn on_the_way(room: RoomState, session: Session) -> Vec<(Entry, Way)> {
    room.pending.with(|pending| {
        session.directory.with(|directory| {
            pending
                .iter()
                .flat_map(|pending| {
                    let way = if pending.waiting {
                        Way::Waiting(pending.id)
                    } else {
                        Way::Sending
                    };
                    let events = pending.events.iter();
                    events.map(move |event| (entry(event, directory), way))
                })
                .collect()
        })
    })
}

/// A link to what came before, which the browser follows in place.
#[component]
fn Earlier(show: Memo<Shown>) -> impl IntoView {
    let room = use_room();
    let busy = RwSignal::new(false);
    let error = RwSignal::new(None::<String>);
    let fetch = move |event: leptos::ev::MouseEvent| {
        event.prevent_default();
        let Some(oldest) = room.oldest().filter(|_| !busy.get_untracked()) else {
            return;
        };
        busy.set(true);
        spawn_local(async move {
            match api::earlier(room.number, oldest).await {
                Ok((earlier, more)) => {
                    error.set(None);
                    room.show_earlier(earlier, more);
                }
                Err(why) => error.set(Some(why.to_string())),
            }
            busy.set(false);
        });
    };
    let href = move || {
        let oldest = room.oldest().unwrap_or_default();
        format!("?show={}&before={oldest}", show.get().as_str())
    };
    view! {
        <Show when=move || room.more().get()>
            <li class="day">
                <a href=href on:click=fetch aria-busy=move || busy.get().then_some("true")>
                    {move || if busy.get() { "Fetching what came before" } else { "Show earlier" }}
                </a>
                <FormError words=error/>
            </li>
        </Show>
    }
}

#[component]
fn Nothing(rows: Memo<Vec<Line>>, show: Memo<Shown>) -> impl IntoView {
    let words = move || match show.get() {
        Shown::All => "Nothing has happened yet.",
        Shown::Talk => "Nobody has said anything here yet.",
        Shown::Events => "No events here yet.",
        Shown::Key => "No key moments here yet.",
    };
    view! {
        <Show when=move || rows.with(Vec::is_empty)>
            <li class="day"><span>{words}</span></li>
        </Show>
    }
}
