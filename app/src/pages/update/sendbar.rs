//! The bar that sends: what is ticked, what is left to check, and a button that says exactly what it does.

use super::desk::{Desk, use_desk};
use crate::AppError;
use crate::ui::Icon;
use domain::{Kind, PublicState};
use leptos::prelude::*;

/// Always in sight at the bottom.
#[component]
pub(super) fn SendBar() -> impl IntoView {
    let desk = use_desk();
    let drill = desk
        .incident
        .with_untracked(|incident| incident.summary.kind == Kind::Drill);
    let resolves = Memo::new(move |_| {
        let open = desk
            .incident
            .with(|incident| incident.summary.progress.phase().is_open());
        let resolved = PublicState::Resolved.as_str();
        open && desk
            .settled
            .with(|form| form.raw("state") == Some(resolved))
    });
    let tag = move || desk.session().directory.with(|d| d.tag(desk.number));
    view! {
        <div class="sendbar" role="group" aria-label="Send">
            <Failure/>
            <div class="ticks">
                <Tick name="send_sitrep" value=desk.draft().send_sitrep>
                    {move || format!("Sitrep {}", desk.version())}
                    <span class="help">{move || desk.plan().audience()}</span>
                </Tick>
                {(!drill)
                    .then(|| {
                        view! {
                            <Tick name="send_public" value=desk.draft().send_public>
                                "Public update"
                                <span class="help">"to the status page"</span>
                            </Tick>
                        }
                    })}
                <Show when=move || resolves.get()>
                    <Tick name="resolve" value=desk.draft().resolve>{move || format!("and resolve {}", tag())}</Tick>
                </Show>
                <ToCheck/>
            </div>
            <Button/>
        </div>
    }
}

#[component]
fn Tick(name: &'static str, value: RwSignal<bool>, children: Children) -> impl IntoView {
    view! {
        <span class="tick">
            <input
                type="checkbox"
                id=name
                name=name
                value="on"
                checked=value.get_untracked()
                prop:checked=move || value.get()
                on:change=move |event| value.set(event_target_checked(&event))
            />
            <label for=name>{children()}</label>
        </span>
    }
}

/// "1 word to check", and a message that says nothing new.
#[component]
fn ToCheck() -> impl IntoView {
    let desk = use_desk();
    let words = Memo::new(move |_| desk.outlook.with(|o| o.warnings.len()));
    let stale = Memo::new(move |_| says_nothing_new(desk));
    view! {
        <Show when=move || words.get() != 0>
            <a class="todo" href="#guard">
                <Icon name=Icon::Problem/>
                {move || match words.get() {
                    1 => "1 word to check".to_owned(),
                    many => format!("{many} words to check"),
                }}
            </a>
        </Show>
        <Show when=move || stale.get()>
            <a class="todo" href="#message"><Icon name=Icon::Problem/>"The public message is the same as the last"</a>
        </Show>
    }
}

fn says_nothing_new(desk: Desk) -> bool {
    let ticked = desk.settled.with(|form| form.ticked("send_public"));
    ticked
        && desk.outlook.with(|o| {
            o.update.as_ref().is_some_and(|new| {
                desk.incident.with(|incident| {
                    incident.word.as_ref().is_some_and(|sent| {
                        sent.update.message == new.message && sent.update.state == new.state
                    })
                })
            })
        })
}

#[component]
fn Button() -> impl IntoView {
    let desk = use_desk();
    let reason = Memo::new(move |_| {
        desk.outlook
            .with(|o| o.refusal.as_ref().map(ToString::to_string))
    });
    // Without a script nobody follows what is typed, and the button has to go on working.
    let follows = RwSignal::new(false);
    Effect::new(move |_| follows.set(true));
    let words = move || {
        let plan = desk.plan();
        if desk.busy.get() {
            plan.busy_words()
        } else {
            desk.session()
                .directory
                .with(|directory| plan.words(directory, desk.number))
        }
    };
    view! {
        <div class="go">
            <p class="help" id="why-not">{move || reason.get()}</p>
            <button class="btn tall preview" name="preview" value="1">"Preview"</button>
            <button
                class="btn primary tall send"
                aria-describedby="why-not"
                aria-disabled=move || (follows.get() && reason.with(Option::is_some)).then_some("true")
                aria-busy=move || desk.busy.get().then_some("true")
            >
                <Icon name=Icon::Send/>
                <span>{words}</span>
            </button>
        </div>
    }
}

/// What went wrong with the last try; every letter is still in the form.
#[component]
fn Failure() -> impl IntoView {
    let desk = use_desk();
    move || {
        desk.error.get().map(|error| {
            let signed_out = matches!(error, AppError::SignIn {});
            view! {
                <div class="notice crit" role="alert">
                    <Icon name=Icon::Over/>
                    <div>
                        <p>{error.to_string()}</p>
                        {signed_out
                            .then(|| {
                                view! {
                                    <p class="acts">
                                        <a class="btn small" href="/sign-in" target="_blank" rel="external">"Sign in, in another tab"</a>
                                    </p>
                                }
                            })}
                    </div>
                </div>
            }
        })
    }
}
