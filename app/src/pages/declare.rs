//! Declaring: one required field. As a panel over the board, and as a page that needs no script.

use crate::AppError;
use crate::api;
use crate::forms::{posted, read_form};
use crate::me::use_session;
use crate::now::use_now;
use crate::once::{OnceKey, new_key};
use crate::ui::keys::{hide_popover, show_popover};
use crate::ui::{Icon, Page, TextArea};
use domain::Severity;
use domain::incident::Declaration;
use leptos::prelude::*;
use leptos_router::hooks::use_navigate;

/// The id of the panel.
const PANEL: &str = "declare";

/// Declare, as a page.
#[component]
pub fn Declare() -> impl IntoView {
    let session = use_session();
    view! {
        <Page class="declare-page" title="Declare an incident">
            <main id="main" class="plain" tabindex="-1">
                {if session.may_act_now() {
                    view! { <DeclareForm whole=true/> }.into_any()
                } else {
                    view! { <NotAllowed/> }.into_any()
                }}
                <Next/>
            </main>
        </Page>
    }
}

#[component]
fn NotAllowed() -> impl IntoView {
    view! {
        <div class="form">
            <h1>"Declare an incident"</h1>
            <p>
                "Your account reads and asks, but does not declare. Tell somebody who responds, or ask an administrator to make you a responder."
            </p>
            <p class="row"><a class="btn" href="/people">"Who responds"</a></p>
        </div>
    }
}

#[component]
fn Next() -> impl IntoView {
    view! {
        <aside class="next" aria-labelledby="next-h">
            <h2 id="next-h">"What happens then"</h2>
            <ol role="list">
                <li>"You are in command until you hand over."</li>
                <li>"The room is open at once, with a number and a link to share."</li>
                <li>"Clocks run for the severity, for customers and for the first sitrep."</li>
                <li>"Nothing is published until somebody writes an update."</li>
                <li>"A false alarm is cancelled with one sentence."</li>
            </ol>
        </aside>
    }
}

/// Opens the panel; false where there is none.
pub(super) fn open_panel() -> bool {
    show_popover(PANEL)
}

/// The way to declare: opens the panel, or goes to the page where there are no popovers or no script.
#[component]
pub(super) fn DeclareButton(
    /// How it looks.
    class: &'static str,
) -> impl IntoView {
    let session = use_session();
    view! {
        <Show when=move || session.may_act()>
            <a
                class=class
                href="/incidents/new"
                on:click=move |event| {
                    let plain = !(event.ctrl_key() || event.meta_key() || event.shift_key());
                    if plain && open_panel() {
                        event.prevent_default();
                    }
                }
            >
                <Icon name=Icon::Plus/>"Declare incident"
            </a>
        </Show>
    }
}

/// The way to declare from a screen without the panel.
#[component]
pub(super) fn DeclareLink() -> impl IntoView {
    let session = use_session();
    view! {
        <Show when=move || session.may_act()>
            <a class="btn" href="/incidents/new"><Icon name=Icon::Plus/>"Declare incident"</a>
        </Show>
    }
}

/// The panel over the board.
#[component]
pub(super) fn DeclarePanel() -> impl IntoView {
    let session = use_session();
    session.may_act_now().then(|| {
        view! {
            <div popover="auto" id=PANEL class="pop" role="dialog" aria-labelledby="declare-h">
                <DeclareForm whole=false/>
            </div>
        }
    })
}

/// The form. `whole` is the page; the panel has the first two fields.
#[component]
fn DeclareForm(whole: bool) -> impl IntoView {
    let session = use_session();
    let now = use_now();
    let navigate = use_navigate();
    // Every other form says what it is for.
    let before = posted().filter(|posted| posted.form.get("do").is_none());
    let typed = {
        let before = before.clone();
        move |field: &str| {
            let form = before.as_ref().map(|posted| &posted.form);
            form.and_then(|form| form.raw(field))
                .unwrap_or_default()
                .to_owned()
        }
    };
    let error = RwSignal::new(before.and_then(|posted| posted.error));
    let busy = RwSignal::new(false);
    // What was sent without an answer, and its key: sent again as it was, it is declared once.
    let unheard = StoredValue::new(None::<(Declaration, String)>);
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        if busy.get_untracked() {
            return;
        }
        let Some(form) = read_form(&event) else {
            return;
        };
        let read = session
            .directory
            .with_untracked(|d| form.declaration(d, now.read()));
        let declaration = match read {
            Ok(declaration) => declaration,
            Err(rejection) => return error.set(Some(rejection.into())),
        };
        busy.set(true);
        let key = unheard
            .get_value()
            .filter(|(before, _)| *before == declaration)
            .map_or_else(|| new_key(session), |(_, key)| key);
        unheard.set_value(Some((declaration.clone(), key.clone())));
        let navigate = navigate.clone();
        leptos::task::spawn_local(async move {
            match api::declare(declaration, Some(key)).await {
                Ok(number) => {
                    unheard.set_value(None);
                    hide_popover(PANEL);
                    navigate(
                        &format!("/incidents/{number}"),
                        leptos_router::NavigateOptions::default(),
                    );
                }
                Err(why) => error.set(Some(why)),
            }
            busy.set(false);
        });
    };
    let title_wrong = move || error.with(|e| e.as_ref().and_then(AppError::field) == Some("title"));
    let heading = if whole {
        view! { <h1 id="declare-h">"Declare an incident"</h1> }.into_any()
    } else {
        view! { <h2 id="declare-h">"Declare an incident"</h2> }.into_any()
    };
    let severity = typed("severity");
    view! {
        <form
            method="post"
            action="/incidents"
            class=if whole { "form" } else { "stack" }
            on:submit:capture=submit
            aria-busy=move || busy.get().to_string()
        >
            <OnceKey what="declare"/>
            {heading}
            <p class="field">
                <label for="declare-title">"What is wrong?"</label>
                <input
                    type="text"
                    id="declare-title"
                    name="title"
                    required
                    autofocus
                    autocomplete="off"
                    value=typed("title")
                    aria-invalid=move || title_wrong().then_some("true")
                    aria-describedby="declare-help declare-error"
                />
                <span class="help" id="declare-help">
                    "A few words are enough. You are in command until you hand over. Severity can wait."
                </span>
            </p>
            <HowBad chosen=severity whole=whole/>
            {whole.then(|| view! { <More summary=typed("summary") began=typed("started_at") drill=typed("kind") == "drill"/> })}
            <div id="declare-error" role="alert">
                {move || {
                    error.get().map(|why| view! { <p class="err"><Icon name=Icon::Over/><span>{why.to_string()}</span></p> })
                }}
            </div>
            <p class="row">
                <button class="btn primary" class:tall=whole aria-busy=move || busy.get().to_string()>
                    {move || if busy.get() { "Declaring" } else { "Declare incident" }}
                </button>
                {if whole {
                    view! { <a class="quiet" href="/">"Back to the board"</a> }.into_any()
                } else {
                    view! { <button type="button" class="quiet" popovertarget=PANEL popovertargetaction="hide">"Cancel"</button> }.into_any()
                }}
            </p>
        </form>
    }
}

/// How bad it is, as far as anybody knows; in the page with what each means.
#[component]
fn HowBad(chosen: String, whole: bool) -> impl IntoView {
    let chosen = chosen.parse::<Severity>().unwrap_or_default();
    let choices = [Severity::Unset]
        .into_iter()
        .chain(Severity::CHOICES)
        .map(|severity| {
            let value = if severity == Severity::Unset { "" } else { severity.as_str() };
            let radio = view! { <input type="radio" name="severity" value=value checked=severity == chosen/> };
            let word = if severity == Severity::Unset { "Not yet" } else { severity.label() };
            if whole {
                view! { <label>{radio}<span><b>{word}</b><span class="help">{means(severity)}</span></span></label> }.into_any()
            } else {
                view! { <label>{radio}{word}</label> }.into_any()
            }
        })
        .collect_view();
    view! {
        <fieldset class="field">
            <legend>"How bad for customers? "<span class="help">"optional"</span></legend>
            <div class=if whole { "choice" } else { "seg" }>{choices}</div>
        </fieldset>
    }
}

/// What a severity means, as a sentence.
fn means(severity: Severity) -> &'static str {
    match severity {
        Severity::Sev1 => "Most customers cannot work.",
        Severity::Sev2 => "Many customers are affected.",
        Severity::Sev3 => "Some customers are affected.",
        Severity::Sev4 => "Nobody is affected yet.",
        Severity::Unset => "You are asked again within minutes.",
    }
}

/// What only the page asks.
#[component]
fn More(summary: String, began: String, drill: bool) -> impl IntoView {
    let summary = RwSignal::new(summary);
    view! {
        <div class="field">
            <label for="declare-summary">"What do you see? "<span class="help">"optional"</span></label>
            <TextArea name="summary" id="declare-summary" value=summary rows=3/>
        </div>
        <p class="field">
            <label for="declare-began">"Began at "<span class="help">"optional, UTC; now if left empty"</span></label>
            <input type="text" class="hm" id="declare-began" name="started_at" placeholder="14:05" value=began autocomplete="off"/>
        </p>
        <p class="tick">
            <input type="checkbox" id="declare-drill" name="kind" value="drill" checked=drill/>
            <label for="declare-drill">"This is a drill: customers never hear of it"</label>
        </p>
    }
}

#[cfg(all(test, feature = "ssr"))]
mod tests {
    use super::*;

    #[test]
    fn the_choice_begins_with_not_yet_and_keeps_what_was_chosen() {
        let html = |chosen: &str| {
            Owner::new().with(|| view! { <HowBad chosen=chosen.to_owned() whole=false/> }.to_html())
        };
        assert_eq!(html("").matches("checked").count(), 1);
        let chosen = html("sev2");
        let radio = chosen
            .split("<input")
            .find(|input| input.contains("checked"))
            .expect("one is chosen");
        assert!(radio.contains(r#"value="sev2""#), "{chosen}");
    }
}
