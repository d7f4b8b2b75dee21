//! The gate: which ways out there are from where the incident stands, and who may take them.

use super::left::{Standing, left};
use crate::forms::{CommandForm, typed, was_posted};
use crate::now::use_now;
use crate::pages::room::state::{RoomState, use_room};
use crate::ui::{Icon, TextArea};
use domain::event::Context;
use domain::incident::{Progress, may_end};
use domain::{Kind, Phase};
use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;

/// The column with the way out.
#[component]
pub fn Gate() -> impl IntoView {
    let room = use_room();
    Back::provide(room);
    let phase = Memo::new(move |_| room.summary.with(|s| s.progress.phase()));
    let kind = Memo::new(move |_| room.summary.with(|s| s.kind));
    move || match (kind.get(), phase.get()) {
        (Kind::Backfilled, _) => view! { <Recorded/> }.into_any(),
        (_, Phase::Assess | Phase::Mitigate | Phase::Watch) => view! { <Open/> }.into_any(),
        (_, Phase::Cleanup | Phase::Followup) => view! { <Finishing phase=phase/> }.into_any(),
        (_, Phase::Closed | Phase::Cancelled) => view! { <Over phase=phase/> }.into_any(),
        (_, Phase::Merged) => view! { <Merged/> }.into_any(),
    }
}

/// True when the reader may close, cancel, merge and reopen.
fn may(room: RoomState) -> bool {
    let by = room.session().person.with(|me| me.id.clone());
    room.session().directory.with(|directory| {
        let context = Context {
            by: &by,
            now: room.moment(),
            directory,
        };
        room.incident.with(|incident| may_end(incident, &context))
    })
}

/// Who may, for those who may not.
#[component]
fn WhoMay(
    may: Memo<bool>,
    /// Its id, for the button that it explains.
    #[prop(optional)]
    id: Option<&'static str>,
) -> impl IntoView {
    let room = use_room();
    let ic = move || {
        room.summary.with(|s| {
            s.ic().map_or_else(
                || "an administrator".to_owned(),
                |ic| room.session().directory.with(|d| d.name(ic)),
            )
        })
    };
    view! {
        <Show when=move || !may.get()>
            <p class="help" id=id>
                "Only the incident commander, the deputy or an administrator may do this. Ask "{ic}
                ", or take command."
            </p>
        </Show>
    }
}

/// Back in the room once it is done. The gate holds it: what is done changes the phase at once, and the form is gone before
/// the server has answered.
#[derive(Clone, Copy)]
struct Back(Callback<()>);

impl Back {
    fn provide(room: RoomState) {
        let navigate = use_navigate();
        provide_context(Self(Callback::new(move |()| {
            navigate(
                &format!("/incidents/{}", room.number),
                NavigateOptions::default(),
            );
        })));
    }
}

fn back() -> Callback<()> {
    expect_context::<Back>().0
}

#[component]
fn Reader() -> impl IntoView {
    view! { <p class="help">"Your account may read and ask."</p> }
}

/// Customers are affected, or may be.
#[component]
fn Open() -> impl IntoView {
    let room = use_room();
    let may = Memo::new(move |_| may(room));
    view! {
        <section class="gate" aria-labelledby="g-h">
            <h2 id="g-h">"Not ready to close"</h2>
            <ul role="list">
                <li><Icon name=Icon::Lock/><span><b>"It is not resolved."</b>" Resolve it once customers are well again."</span></li>
            </ul>
            <Show when=move || room.acts.get() fallback=Reader>
                <CommandForm number=room.number page="/close" what="resolve" class="form">
                    <p class="field">
                        <label for="res-at">"Customers are well since "<span class="help">"UTC, as 14:20; now if left empty"</span></label>
                        <input type="text" id="res-at" name="at" placeholder="now" autocomplete="off" value=typed("resolve", None, "at", "")/>
                    </p>
                    <p class="row"><button class="btn primary">"Resolve it"</button></p>
                </CommandForm>
                <WithReason what="cancel" opens="It was a false alarm" button="Cancel the incident" danger=true may=may/>
                <Merge may=may/>
            </Show>
        </section>
    }
}

/// Resolved, and not yet closed.
#[component]
fn Finishing(phase: Memo<Phase>) -> impl IntoView {
    let room = use_room();
    let may = Memo::new(move |_| may(room));
    let now = use_now().minute();
    let rest = Memo::new(move |_| {
        room.session().directory.with(|d| {
            room.incident.with(|incident| {
                let items = left(incident, d, now.get()).into_iter();
                items
                    .filter(|item| item.standing != Standing::Done)
                    .map(|item| item.what)
                    .collect::<Vec<_>>()
            })
        })
    });
    let tag = move || room.session().directory.with(|d| d.tag(room.number));
    let heading = move || match rest.with(Vec::len) {
        0 => "Ready to close".to_owned(),
        1 => "One thing is left".to_owned(),
        n => format!("{n} things are left"),
    };
    let done = back();
    view! {
        <section class=move || if rest.with(Vec::is_empty) { "gate ready" } else { "gate" } aria-labelledby="g-h">
            <h2 id="g-h">{heading}</h2>
            <ul role="list">
                <For
                    each=move || rest.get()
                    key=String::clone
                    children=|what| view! { <li><Icon name=Icon::Clock/><span>{what}</span></li> }
                />
            </ul>
            <Show when=move || room.acts.get() fallback=Reader>
                <CommandForm number=room.number page="/close" what="close" class="form" on_done=done>
                    <p class="row">
                        <button
                            class=move || if rest.with(Vec::is_empty) { "btn primary" } else { "btn" }
                            aria-disabled=move || (!may.get()).then_some("true")
                            aria-describedby=move || (!may.get()).then_some("who-may")
                        >
                            {move || format!("Close {}", tag())}
                        </button>
                    </p>
                </CommandForm>
                <WhoMay may=may id="who-may"/>
                <Show when=move || phase.get() == Phase::Cleanup>
                    <CommandForm number=room.number page="/close" what="phase" class="row">
                        <input type="hidden" name="phase" value="followup"/>
                        <button class="btn small">"Clean up is done, move to follow up"</button>
                    </CommandForm>
                </Show>
                <WithReason what="reopen" opens="Customers are affected again" button="Reopen the incident" danger=false may=may/>
            </Show>
        </section>
    }
}

/// Closed or cancelled.
#[component]
fn Over(phase: Memo<Phase>) -> impl IntoView {
    let room = use_room();
    let may = Memo::new(move |_| may(room));
    view! {
        <section class="gate ready" aria-labelledby="g-h">
            <h2 id="g-h">{move || format!("This incident is {}", phase.get().label().to_lowercase())}</h2>
            <Show when=move || room.acts.get() fallback=Reader>
                <WithReason what="reopen" opens="It is not over after all" button="Reopen the incident" danger=false may=may/>
            </Show>
        </section>
    }
}

#[component]
fn Merged() -> impl IntoView {
    let room = use_room();
    let into = move || {
        room.summary.with(|s| match &s.progress {
            Progress::Merged { into } => Some(*into),
            Progress::Assess {}
            | Progress::Mitigate {}
            | Progress::Watch {}
            | Progress::Cleanup { .. }
            | Progress::Followup { .. }
            | Progress::Closed { .. }
            | Progress::Cancelled { .. } => None,
        })
    };
    view! {
        <section class="gate ready" aria-labelledby="g-h">
            <h2 id="g-h">"This incident was merged"</h2>
            <p>
                "It goes on in "
                {move || into().map(|into| view! {
                    <a href=format!("/incidents/{into}")>{room.session().directory.with(|d| d.tag(into))}</a>
                })}
                ". A merged incident is not opened again; declare a new one if it was wrong."
            </p>
        </section>
    }
}

#[component]
fn Recorded() -> impl IntoView {
    view! {
        <section class="gate ready" aria-labelledby="g-h">
            <h2 id="g-h">"Recorded afterwards"</h2>
            <p>"This incident was recorded after it was over. It has no phases and nothing to close."</p>
        </section>
    }
}

/// A way out that wants a reason.
#[component]
fn WithReason(
    what: &'static str,
    /// What opens the form.
    opens: &'static str,
    button: &'static str,
    danger: bool,
    may: Memo<bool>,
) -> impl IntoView {
    let room = use_room();
    let reason = RwSignal::new(typed(what, None, "reason", ""));
    let id = format!("{what}-why");
    let done = back();
    let class = if danger { "btn danger" } else { "btn" };
    view! {
        <details class="edit" open=was_posted(what, None)>
            <summary>{opens}</summary>
            <CommandForm number=room.number page="/close" what=what class="form" on_done=done>
                <div class="field">
                    <label for=id.clone()>"Why? "<span class="help">"The timeline keeps it."</span></label>
                    <TextArea name="reason" id=id value=reason/>
                </div>
                <p class="row">
                    <button class=class aria-disabled=move || (!may.get()).then_some("true")>{button}</button>
                </p>
            </CommandForm>
            <WhoMay may=may/>
        </details>
    }
}

/// Part of another incident.
#[component]
fn Merge(may: Memo<bool>) -> impl IntoView {
    let room = use_room();
    let done = back();
    view! {
        <details class="edit" open=was_posted("merge", None)>
            <summary>"It is part of another incident"</summary>
            <CommandForm number=room.number page="/close" what="merge" class="form" on_done=done>
                <p class="field">
                    <label for="into">"Which? "<span class="help">"its number, as 142"</span></label>
                    <input type="text" id="into" name="into" required autocomplete="off" value=typed("merge", None, "into", "")/>
                </p>
                <p class="row">
                    <button class="btn danger" aria-disabled=move || (!may.get()).then_some("true")>"Merge into it"</button>
                </p>
            </CommandForm>
            <WhoMay may=may/>
        </details>
    }
}
