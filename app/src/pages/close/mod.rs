//! Ending an incident: what is left, made from the facts, and the gate with the ways through it: resolve, close, cancel,
//! merge, and back again.

mod gate;
mod left;

use super::room::state::{RoomState, use_room};
use crate::api;
use crate::data::Room;
use crate::now::use_now;
use crate::pages::{Refused, numbered, suspended};
use crate::ui::{Icon, Name, Page, PhaseStepper, SeverityMark, Words};
use domain::Kind;
use left::{Item, Standing, left};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

/// The page of the incident in the address.
#[component]
pub fn Close() -> impl IntoView {
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
                    Ok(room) => view! { <End room=room/> }.into_any(),
                    Err(error) => view! { <Refused error=error/> }.into_any(),
                }
            })}
        </Suspense>
    }
}

#[component]
fn End(room: Room) -> impl IntoView {
    let room = RoomState::provide(room);
    let now = use_now().minute();
    let tag = move || room.session().directory.with(|d| d.tag(room.number));
    let title = Memo::new(move |_| format!("End {}", tag()));
    let severity = Memo::new(move |_| room.summary.with(|s| s.severity));
    let phase = Memo::new(move |_| room.summary.with(|s| s.progress.phase()));
    let since = Memo::new(move |_| room.summary.with(|s| s.phase_since));
    let words = move || room.summary.with(|s| s.title.clone());
    let ic = Memo::new(move |_| room.summary.with(|s| s.ic().cloned()));
    let steps = move || room.summary.with(|s| s.kind != Kind::Backfilled);
    view! {
        <Page class="close-page" title=title>
            <main id="main" tabindex="-1">
                <header class="inc slim">
                    <div class="id">
                        <p class="tag">
                            <SeverityMark severity=severity/>
                            <a href=format!("/incidents/{}", room.number) class="no">{tag}</a>
                        </p>
                        <h1>{move || view! { <Words text=words()/> }}</h1>
                        <Show when=steps><PhaseStepper phase=phase since=since now=now/></Show>
                    </div>
                    {move || ic.get().map(|ic| view! {
                        <p class="lead"><Name id=ic/><span>"in command until this is closed"</span></p>
                    })}
                </header>
                <div class="cols">
                    <gate::Gate/>
                    <Left/>
                </div>
            </main>
        </Page>
    }
}

/// The list, with a way to settle each thing.
#[component]
fn Left() -> impl IntoView {
    let room = use_room();
    let now = use_now().minute();
    let items = Memo::new(move |_| {
        room.session()
            .directory
            .with(|d| room.incident.with(|i| left(i, d, now.get())))
    });
    let rest = Memo::new(move |_| {
        items.with(|items| {
            items
                .iter()
                .filter(|i| i.standing != Standing::Done)
                .count()
        })
    });
    let words = move || match rest.get() {
        0 => "Everything that the facts show is done.".to_owned(),
        1 => "One thing is left. It does not go away by closing.".to_owned(),
        n => format!("{n} things are left. They do not go away by closing."),
    };
    view! {
        <section class="clean" aria-labelledby="c-h">
            <header class="sechead"><h2 id="c-h">"What is left"</h2><p class="help">{words}</p></header>
            <section class="chk" aria-label="The list">
                <ol role="list">
                    <For
                        each=move || items.get()
                        key=|item| format!("{:?} {} {}", item.standing, item.what, item.more)
                        children=line
                    />
                </ol>
            </section>
        </section>
    }
}

fn line(item: Item) -> impl IntoView {
    let (class, icon, word) = match item.standing {
        Standing::Done => ("done", Icon::Check, "Done: "),
        Standing::Open => ("open", Icon::Clock, "Left: "),
        Standing::Blocks => ("block", Icon::Lock, "In the way: "),
    };
    let more = (!item.more.is_empty()).then(|| view! { <p class="help">{item.more}</p> });
    let way = item.way.map(|(href, words)| {
        view! { <div class="act"><p class="row"><a class="btn small" href=href>{words}</a></p></div> }
    });
    view! {
        <li class=class>
            <Icon name=icon/>
            <div><p><span class="vh">{word}</span>{item.what}</p>{more}</div>
            {way}
        </li>
    }
}
