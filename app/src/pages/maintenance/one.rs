//! One maintenance: how it stands, what customers were told, telling them more, and changing the plan.

use super::fields::{Fields, Message};
use super::{Known, spoken};
use crate::data::Planned;
use crate::forms::{HouseForm, typed, was_posted};
use crate::me::use_session;
use crate::ui::{At, Icon, Markdown};
use domain::MaintenanceNumber;
use domain::maintenance::MaintenanceWord;
use leptos::prelude::*;

#[component]
pub(super) fn One(number: MaintenanceNumber, known: Known) -> impl IntoView {
    let Some(first) = untrack(|| known.one(number)) else {
        return view! {
            <div class="nothing">
                <h1>"There is no such maintenance here"</h1>
                <p><a href="/maintenance">"All maintenance"</a></p>
            </div>
        }
        .into_any();
    };
    let begun = first.clone();
    let one = Memo::new(move |_| known.one(number).unwrap_or_else(|| begun.clone()));
    let may = use_session();
    let over = Memo::new(move |_| one.with(|one| one.maintenance.state.is_over()));
    let open = move || may.may_act() && !over.get();
    let window = move || one.with(|one| spoken(&one.window.from, &one.window.to));
    let zone = move || may.directory.with(|d| d.settings.time_zone.clone());
    let repeats = move || {
        let repeat = one.with(|one| one.maintenance.plan.repeat);
        repeat.map(|repeat| format!(" {}.", repeat.label()))
    };
    let words = move || one.with(|one| one.maintenance.words.clone());
    view! {
        <header class="head">
            <p class="crumb"><a href="/maintenance">"Maintenance"</a></p>
            <h1>{move || one.with(|one| one.maintenance.plan.title.clone())}</h1>
            <p>
                <b>{move || one.with(|one| one.maintenance.state.label())}</b>
                ". " {window} " " {zone} "." {repeats} " "
                <a href=format!("/status/maintenance/{number}") rel="external">"As customers see it"</a>
            </p>
        </header>
        <Show when=open><Tell one=one known=known/></Show>
        <section class="wide" aria-labelledby="told-h">
            <h2 class="sect" id="told-h">"What customers were told"</h2>
            <ol class="told" role="list">{move || words().into_iter().rev().map(word).collect_view()}</ol>
        </section>
        <Show when=open><Change first=first.clone() one=one known=known/></Show>
    }
    .into_any()
}

fn word(word: MaintenanceWord) -> impl IntoView {
    view! {
        <li>
            <p class="meta"><b>{word.state.label()}</b> " " <At at=word.at/></p>
            <Markdown text=word.message/>
        </li>
    }
}

#[component]
fn Tell(one: Memo<Planned>, known: Known) -> impl IntoView {
    const WHAT: &str = "tell_of_maintenance";
    let number = one.with_untracked(|one| one.maintenance.number);
    let done = Callback::new(move |_| known.renew());
    let revision = move || one.with(|one| one.maintenance.revision);
    let state = Memo::new(move |_| one.with(|one| one.maintenance.state));
    let wished = typed(WHAT, None, "state", "");
    let states = move || {
        let now = state.get();
        let all = std::iter::once(now).chain(now.next().iter().copied());
        all.map(|state| {
            let words = if state == now {
                format!("Stays {}", state.label().to_lowercase())
            } else {
                state.label().to_owned()
            };
            view! { <option value=state.as_str() selected=wished == state.as_str()>{words}</option> }
        })
        .collect_view()
    };
    view! {
        <section class="sec" aria-labelledby="tell-h">
            <header><h2 id="tell-h">"Tell customers"</h2></header>
            <div>
                <HouseForm
                    what=WHAT
                    action=format!("/maintenance/{number}")
                    class="form"
                    of=("maintenance", number.to_string())
                    clears=true
                    on_done=done
                >
                    <input type="hidden" name="revision" value=revision prop:value=revision/>
                    <p class="field">
                        <label for="tell-state">"Where it stands"</label>
                        <select id="tell-state" name="state">{states}</select>
                    </p>
                    <Message what=WHAT id="tell-message" label="What customers read"/>
                    <p class="row"><button class="btn primary">"Tell customers"</button></p>
                </HouseForm>
            </div>
        </section>
    }
}

/// Changing the plan. The revision is the one that its fields were filled from: whoever changes what somebody else has changed
/// meanwhile is told first.
#[component]
fn Change(first: Planned, one: Memo<Planned>, known: Known) -> impl IntoView {
    const WHAT: &str = "change_maintenance";
    let Planned {
        maintenance,
        window,
    } = first;
    let number = maintenance.number;
    let seen = RwSignal::new(maintenance.revision);
    let revision = Memo::new(move |_| one.with(|one| one.maintenance.revision));
    let own = RwSignal::new(false);
    let done = Callback::new(move |_| {
        own.set(true);
        known.renew();
    });
    // What one has changed oneself is no surprise.
    Effect::new(move |_| {
        let now = revision.get();
        if own.get_untracked() {
            own.set(false);
            seen.set(now);
        }
    });
    let stale = move || revision.get() != seen.get();
    let now = move || one.with(|one| spoken(&one.window.from, &one.window.to));
    view! {
        <section class="sec" aria-labelledby="change-h">
            <header><h2 id="change-h">"The plan"</h2></header>
            <details class="edit" open=was_posted(WHAT, None)>
                <summary>"Change the plan"</summary>
                <HouseForm
                    what=WHAT
                    action=format!("/maintenance/{number}")
                    class="form"
                    of=("maintenance", number.to_string())
                    on_done=done
                >
                    <input type="hidden" name="revision" value=move || seen.get() prop:value=move || seen.get()/>
                    <Show when=stale>
                        <div class="notice" role="status">
                            <Icon name=Icon::Over/>
                            <p>
                                "It was changed meanwhile: " {move || one.with(|one| one.maintenance.state.label())} ", " {now}
                                ". Your fields still show what was there before."
                            </p>
                            <button type="button" class="btn small" on:click=move |_| seen.set(revision.get_untracked())>
                                "Keep my fields"
                            </button>
                        </div>
                    </Show>
                    <Fields what=WHAT window=window plan=Some(maintenance.plan)/>
                    <Message what=WHAT id="change-message" label="What customers read of it" optional=true/>
                    <p class="row"><button class="btn primary">"Save the plan"</button></p>
                </HouseForm>
            </details>
        </section>
    }
}
