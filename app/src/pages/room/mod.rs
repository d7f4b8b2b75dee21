//! The war room: the whole response on one screen.

mod actions;
mod banners;
mod catch_up;
mod centre;
mod composer;
mod entries;
mod entry_line;
mod facts;
mod header;
mod keys;
mod looked_away;
mod meaning;
mod model;
mod overdue;
mod people;
pub(in crate::pages) mod pick;
mod reach;
mod role_line;
mod sitrep;
pub(in crate::pages) mod state;
mod strip;
mod suggest;
mod tabs;
mod talk;
mod timeline;
mod work;

use crate::AppError;
use crate::api;
use crate::data::Room;
use crate::pages::{Refused, numbered, suspended};
use crate::ui::Page;
use domain::Number;
use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_query_map};
use state::RoomState;

/// Earlier pages of the timeline that an address may ask for at once.
const PAGES: usize = 20;

/// The war room of the incident in the address.
#[component]
pub fn WarRoom() -> impl IntoView {
    let params = use_params_map();
    let query = use_query_map();
    let number = Memo::new(move |_| params.with(|params| numbered(params.get_str("number"))));
    let room = Resource::new_blocking(
        move || number.get(),
        move |number| {
            // Read once: following the link in place changes the address, and nothing is fetched twice.
            let before = query.with_untracked(|q| q.get_str("before").and_then(|v| v.parse().ok()));
            fetch(number, before)
        },
    );
    view! {
        <Suspense fallback=|| ()>
            {move || suspended(async move {
                match room.await {
                    Ok(room) => view! { <OpenRoom room=room/> }.into_any(),
                    Err(error) => view! { <Refused error=error/> }.into_any(),
                }
            })}
        </Suspense>
    }
}

/// The room with the earlier entries that the address asks for, joined without a hole.
async fn fetch(number: Result<Number, AppError>, before: Option<i64>) -> Result<Room, AppError> {
    let mut room = api::room(number?).await?;
    let Some(before) = before else {
        return Ok(room);
    };
    for _ in 0..PAGES {
        let oldest = room
            .entries
            .iter()
            .map(|e| e.version)
            .min()
            .unwrap_or_default();
        if !room.more || oldest < before {
            break;
        }
        let (earlier, more) = api::earlier(room.incident.summary.number, oldest).await?;
        entries::merge(&mut room.entries, earlier);
        room.more = more;
    }
    Ok(room)
}

#[component]
fn OpenRoom(room: Room) -> impl IntoView {
    let room = RoomState::provide(room);
    let session = room.session();
    let title = Memo::new(move |_| {
        let tag = session.directory.with(|d| d.tag(room.number));
        room.summary
            .with(|s| format!("{tag} {}: {}", s.severity.label(), s.title))
    });
    let tab = tabs::Tab::provide();
    keys::listen(room);
    view! {
        <Page class="war" title=title>
            <banners::Banners/>
            <main id="main" class="war-main" tabindex="-1">
                <header::Header/>
                <tabs::Tabs tab=tab/>
                <div class="room">
                    <strip::Strip/>
                    <people::People/>
                    <centre::Centre/>
                    <work::Work/>
                </div>
                <actions::ActionBar/>
            </main>
            <keys::Help/>
            <actions::More/>
        </Page>
    }
}
