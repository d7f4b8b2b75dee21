//! What the reader was reminded of and is still overdue: the thing to do, and putting it off with a reason.

use super::state::{RoomState, use_room};
use crate::forms::{CommandForm, typed, was_posted};
use crate::now::use_now;
use crate::ui::Icon;
use domain::clock::{ClockKind, ClockState, clocks};
use domain::time::{Time, length};
use leptos::prelude::*;

/// For how long something can be put off, in minutes.
const MINUTES: [i64; 5] = [5, 10, 15, 30, 60];

/// A banner for each.
#[component]
pub fn Overdue() -> impl IntoView {
    let room = use_room();
    let now = use_now().minute();
    let mine = Memo::new(move |_| mine(room, now.get()));
    view! {
        <For
            each=move || mine.get()
            key=|(clock, _)| *clock
            children=move |(clock, _)| {
                let late = move || {
                    let due_at = mine.with(|m| m.iter().find(|(c, _)| *c == clock).map(|(_, at)| *at));
                    due_at.map(|due_at| length(now.get() - due_at))
                };
                let href = super::strip::href(room, clock);
                view! {
                    <div class="notice crit" role="alert">
                        <Icon name=Icon::Over/>
                        <div>
                            <p>
                                <b>{clock.duty()}": "</b>"it was promised and is overdue"
                                <span aria-hidden="true">{move || late().map(|late| format!(" by {late}"))}</span>"."
                            </p>
                            <div class="acts"><a class="btn small" href=href>{clock.duty()}</a><PutOff clock=clock/></div>
                        </div>
                    </div>
                }
            }
        />
    }
}

#[component]
fn PutOff(clock: ClockKind) -> impl IntoView {
    let room = use_room();
    let of = ("clock", clock.as_str());
    let id = format!("put-off-{}", clock.as_str());
    let minutes_id = format!("{id}-min");
    let chosen = typed("snooze", Some(of), "minutes", "15");
    let options = MINUTES.map(|minutes| {
        let value = minutes.to_string();
        let selected = value == chosen;
        view! { <option value=value selected=selected>{format!("{minutes} min")}</option> }
    });
    view! {
        <details class="edit" open=was_posted("snooze", Some(of))>
            <summary>"Put it off"</summary>
            <CommandForm number=room.number what="snooze" class="row" of=(of.0, of.1.to_owned())>
                <label for=minutes_id.clone()>"For"</label>
                <select id=minutes_id name="minutes">{options}</select>
                <label for=id.clone()>"Why"</label>
                <input type="text" id=id.clone() name="reason" required autocomplete="off" value=typed("snooze", Some(of), "reason", "")/>
                <button class="btn small">"Put it off"</button>
            </CommandForm>
        </details>
    }
}

/// Promises that are overdue, not put off, and of which the reader was told; with when they ended.
fn mine(room: RoomState, now: Time) -> Vec<(ClockKind, Time)> {
    let me = room.session().person.with(|me| me.id.clone());
    room.session().directory.with(|directory| {
        room.summary.with(|summary| {
            let over = clocks(summary, &directory.settings.promises, now)
                .into_iter()
                .filter(|clock| clock.state == ClockState::Over)
                .filter(|clock| summary.snoozed(clock.kind).is_none_or(|until| until <= now));
            over.filter_map(|clock| {
                let due_at = clock.due_at?;
                let told = summary
                    .reminders
                    .iter()
                    .any(|r| r.clock == clock.kind && r.due_at == due_at && r.person == me);
                told.then_some((clock.kind, due_at))
            })
            .collect()
        })
    })
}
