//! The strip of clocks: who commands, what customers know, the sitrep, what nobody owns. Each cell leads to where it is
//! settled.

use super::state::{RoomState, use_room};
use crate::now::use_now;
use crate::ui::{ClockNews, Face, StripClock};
use domain::clock::{ClockKind, ClockState, clocks};
use domain::time::{Time, length};
use domain::{Role, Severity};
use leptos::prelude::*;

/// The order of the cells.
const KINDS: [(ClockKind, &str); 4] = [
    (ClockKind::Command, "In command"),
    (ClockKind::Customers, "Customers"),
    (ClockKind::Sitrep, "Sitrep"),
    (ClockKind::Severity, "Severity"),
];

/// The clocks that run now; none once it is over.
#[component]
pub fn Strip() -> impl IntoView {
    let room = use_room();
    let now = use_now().minute();
    let faces = Memo::new(move |_| faces(room, now.get()));
    let kinds =
        Memo::new(move |_| faces.with(|f| f.iter().map(|(kind, _)| *kind).collect::<Vec<_>>()));
    let cell = move |kind: ClockKind| {
        let label = KINDS
            .iter()
            .find(|(k, _)| *k == kind)
            .map_or("", |(_, label)| label);
        let face = Memo::new(move |_| {
            faces
                .with(|faces| {
                    faces
                        .iter()
                        .find(|(k, _)| *k == kind)
                        .map(|(_, face)| face.clone())
                })
                .unwrap_or_else(nothing)
        });
        let href = Signal::derive(move || href(room, kind));
        view! { <StripClock label=label face=face href=href/> }.into_any()
    };
    let owner = Memo::new(move |_| without_owner(room, now.get()));
    let open = move || kinds.with(|kinds| !kinds.is_empty());
    view! {
        <Show when=open fallback=Over>
            <section class="strip" id="now" aria-label="Clocks">
                <dl>
                    <For each=move || kinds.get() key=|kind| format!("{kind:?}") children=cell/>
                    <StripClock label="Without owner" face=owner href="#people".to_owned()/>
                </dl>
            </section>
        </Show>
        <ClockNews clocks=Signal::derive(move || {
            faces.with(|faces| {
                faces
                    .iter()
                    .map(|(kind, face)| {
                        let label = KINDS.iter().find(|(k, _)| k == kind).map_or("", |(_, label)| label);
                        (format!("{kind:?}"), face.state, format!("{label}: {}.", face.value))
                    })
                    .collect::<Vec<_>>()
            })
        })/>
    }
}

/// What stands in place of the clocks when none runs.
#[component]
fn Over() -> impl IntoView {
    let room = use_room();
    let words = move || {
        room.summary.with(|s| {
            use domain::Phase;
            match s.progress.phase() {
                Phase::Cleanup => {
                    "Resolved. No clock runs any more; what was changed is put back now.".to_owned()
                }
                Phase::Followup => {
                    "Resolved. No clock runs any more; now learn from it, then close it.".to_owned()
                }
                Phase::Closed => "Closed.".to_owned(),
                Phase::Cancelled => "Cancelled: a false alarm.".to_owned(),
                Phase::Merged => "Merged into another incident.".to_owned(),
                Phase::Assess | Phase::Mitigate | Phase::Watch => String::new(),
            }
        })
    };
    let ends = move || room.summary.with(|s| s.progress.phase().is_finishing());
    view! {
        <section class="strip over" id="now" aria-label="Clocks">
            <p>
                {words}
                <Show when=move || ends()>
                    " "<a href=format!("/incidents/{}/close", room.number)>"What is left before closing"</a>
                </Show>
            </p>
        </section>
    }
}

fn faces(room: RoomState, now: Time) -> Vec<(ClockKind, Face)> {
    let me = room.session().person.with(|me| me.id.clone());
    room.session().directory.with(|directory| {
        room.summary.with(|summary| {
            let running = clocks(summary, &directory.settings.promises, now);
            KINDS
                .iter()
                .filter_map(|(kind, _)| {
                    let clock = running.iter().find(|clock| clock.kind == *kind)?;
                    let mut face = Face::of(clock, summary, directory, &me, now);
                    if *kind == ClockKind::Command
                        && let Some(deputy) = summary.role(&Role::Deputy)
                    {
                        face.sub =
                            format!("{}, deputy {}", face.sub, directory.name(&deputy.person));
                    }
                    Some((*kind, face))
                })
                .collect()
        })
    })
}

/// Where a clock is settled.
pub fn href(room: RoomState, kind: ClockKind) -> String {
    match kind {
        ClockKind::Command => format!("/incidents/{}/handover", room.number),
        ClockKind::Customers | ClockKind::Sitrep => format!("/incidents/{}/update", room.number),
        ClockKind::Severity => "#severity".to_owned(),
    }
}

/// Roles that should have somebody and have nobody.
fn without_owner(room: RoomState, now: Time) -> Face {
    room.summary.with(|summary| {
        let empty = summary.empty_roles();
        let names: Vec<String> = empty.iter().map(Role::label).collect();
        let since = length(now - summary.declared_at);
        match names.len() {
            0 => Face {
                state: ClockState::Quiet,
                value: "Nothing".to_owned(),
                used: None,
                sub: "Every role has somebody".to_owned(),
            },
            count => Face {
                // Only where it is said to be grave does an empty chair shout.
                state: match summary.severity {
                    Severity::Sev1 | Severity::Sev2 => ClockState::Over,
                    Severity::Sev3 | Severity::Sev4 | Severity::Unset => ClockState::Due,
                },
                value: format!("{count} {}", if count == 1 { "role" } else { "roles" }),
                used: Some(100),
                sub: format!("{}, {since}", names.join(", ")),
            },
        }
    })
}

fn nothing() -> Face {
    Face {
        state: ClockState::Quiet,
        value: String::new(),
        used: None,
        sub: String::new(),
    }
}
