//! The right column: how bad, where it stands, what is affected, what customers know, links, times. Everything that a
//! slash command can do is a control here.

use super::facts::{Components, Links, Times};
use super::state::use_room;
use crate::forms::{CommandForm, typed, was_posted};
use crate::now::use_now;
use crate::ui::{At, SeverityMark, TextArea};
use domain::time::length;
use domain::{Kind, Severity};
use leptos::prelude::*;

/// The column.
#[component]
pub fn Work() -> impl IntoView {
    let room = use_room();
    let phase = Memo::new(move |_| room.summary.with(|s| s.progress.phase()));
    let may = Memo::new(move |_| room.acts.get() && !phase.get().is_over());
    let inside = Memo::new(move |_| room.summary.with(|s| s.kind != Kind::Live));
    view! {
        <section class="work" id="work" aria-label="Work" tabindex="-1">
            <HowBad may=may/>
            <Show when=move || may.get() && phase.get().is_open()>
                <Resolve/>
            </Show>
            <Components may=may/>
            <Show when=move || !inside.get()>
                <Customers may=may/>
            </Show>
            <Links/>
            <Times/>
        </section>
    }
}

/// The severity, and four buttons that say what each means.
#[component]
fn HowBad(may: Memo<bool>) -> impl IntoView {
    let room = use_room();
    let severity = Memo::new(move |_| room.summary.with(|s| s.severity));
    let choices = move || {
        Severity::CHOICES
            .map(|choice| {
                view! {
                    <li>
                        <button name="severity" value=choice.as_str() aria-pressed=move || (severity.get() == choice).to_string()>
                            <SeverityMark severity=choice/>
                            <span class="help">{choice.meaning()}</span>
                        </button>
                    </li>
                }
            })
            .collect_view()
    };
    view! {
        <section class="blk" id="severity" aria-labelledby="sev-h" tabindex="-1">
            <h2 class="sect" id="sev-h">"How bad"<span class="end">{move || severity.get().meaning()}</span></h2>
            <Show when=move || may.get()>
                <CommandForm number=room.number what="severity">
                    <ul class="sevs" role="list">{choices()}</ul>
                </CommandForm>
            </Show>
        </section>
    }
}

/// Customers are well again, now or since a time.
#[component]
fn Resolve() -> impl IntoView {
    let room = use_room();
    view! {
        <section class="blk" aria-labelledby="res-h">
            <h2 class="sect" id="res-h">"When customers are well again"</h2>
            <CommandForm number=room.number what="resolve" class="row">
                <label for="res-at">"Since"</label>
                <input type="text" class="hm" id="res-at" name="at" placeholder="now" autocomplete="off" aria-describedby="res-help" value=typed("resolve", None, "at", "")/>
                <button class="btn small">"Resolve"</button>
                <span class="help" id="res-help">"UTC, as 14:20. Clean up begins."</span>
            </CommandForm>
        </section>
    }
}

/// What customers were told, under which title, and the decision not to tell them.
#[component]
fn Customers(may: Memo<bool>) -> impl IntoView {
    let room = use_room();
    let now = use_now().minute();
    let told = move || {
        room.summary.with(|s| match (&s.last_word, s.silent_since) {
            (Some(word), _) => format!(
                "Told {} ago: {}",
                length(now.get() - word.at),
                word.state.label()
            ),
            (None, Some(since)) => format!("Not told; decided {} ago", length(now.get() - since)),
            (None, None) => "Not told yet".to_owned(),
        })
    };
    let message = Memo::new(move |_| {
        room.incident.with(|i| {
            i.word
                .as_ref()
                .map(|w| (w.update.message.clone(), w.update.next_update_by))
        })
    });
    let title = Memo::new(move |_| room.summary.with(|s| s.public_title.clone()));
    let silent = Memo::new(move |_| room.summary.with(|s| s.last_word.is_none()));
    view! {
        <section class="blk" aria-labelledby="cus-h">
            <h2 class="sect" id="cus-h">"Customers"<span class="end">{told}</span></h2>
            {move || message.get().map(|(message, next)| view! {
                <p>{domain::markdown::excerpt(&message, 240)}</p>
                {next.map(|next| view! { <p class="help">"They hear next by "<At at=next/>" UTC."</p> })}
                <p class="help"><a href=format!("/status/incidents/{}", room.number) rel="external">"As customers see it"</a></p>
            })}
            <dl class="facts">
                <div><dt>"Public title"</dt><dd>{move || title.get().unwrap_or_else(|| "not set".to_owned())}</dd></div>
            </dl>
            <Show when=move || may.get()>
                <PublicTitle title=title/>
                <Show when=move || silent.get()>
                    <Silence/>
                </Show>
            </Show>
            <AskForUpdate/>
        </section>
    }
}

#[component]
fn PublicTitle(title: Memo<Option<String>>) -> impl IntoView {
    let room = use_room();
    view! {
        <details class="edit" open=was_posted("public_title", None)>
            <summary>"Change the public title"</summary>
            <CommandForm number=room.number what="public_title" class="form">
                <p class="field">
                    <label for="pub-title">"Public title "<span class="help">"customers read it at once, if they have been told"</span></label>
                    <input type="text" id="pub-title" name="public_title" maxlength="200" required
                        value=move || typed("public_title", None, "public_title", title.get().unwrap_or_default())/>
                </p>
                <p class="row"><button class="btn small">"Change the public title"</button></p>
            </CommandForm>
        </details>
    }
}

#[component]
fn Silence() -> impl IntoView {
    let room = use_room();
    let reason = RwSignal::new(typed("silent", None, "reason", ""));
    view! {
        <details class="edit" open=was_posted("silent", None)>
            <summary>"Decide not to tell customers for now"</summary>
            <CommandForm number=room.number what="silent" class="form" on_done=move |()| reason.set(String::new())>
                <div class="field">
                    <label for="silent-why">"Why? "<span class="help">"it stands in the timeline"</span></label>
                    <TextArea name="reason" id="silent-why" value=reason/>
                </div>
                <p class="row"><button class="btn small">"Do not tell customers for now"</button></p>
            </CommandForm>
        </details>
    }
}

/// Anybody may ask.
#[component]
fn AskForUpdate() -> impl IntoView {
    let room = use_room();
    let acts = move || room.acts.get();
    // Readers ask in the line below the timeline.
    view! {
        <Show when=acts>
            <CommandForm number=room.number what="ask" class="row" of=("from", "work".to_owned())>
                <button class="quiet small">"Ask for an update"</button>
            </CommandForm>
        </Show>
    }
}
