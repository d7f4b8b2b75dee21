//! The form itself: two panes to write in, what changes below them, and the bar that sends.

use super::acts::{Act, Given};
use super::changes::{PublicChanges, SitrepChanges};
use super::desk::Desk;
use super::header::Header;
use super::inside::Inside;
use super::keeping::keep_alive;
use super::news::NewsOfOthers;
use super::outside::Outside;
use super::reading::{PublicReading, SitrepReading};
use super::send::sender;
use super::sendbar::SendBar;
use crate::data::{DraftField, UpdatePage};
use crate::forms::{posted, read_form};
use crate::once::OnceKey;
use crate::ui::Page;
use crate::ui::focus::focus;
use leptos::prelude::*;

/// The page with its data.
#[component]
pub(super) fn Writing(
    /// What the server handed over.
    page: UpdatePage,
) -> impl IntoView {
    let position = page.position;
    let seen = seen(&page.draft);
    let desk = Desk::new(page);
    provide_context(desk);
    keep_alive(desk, position);
    let send = sender(desk);
    let by_key = send.clone();
    let title = Signal::derive(move || {
        let directory = desk.session().directory;
        format!("Update {}", directory.with(|d| d.tag(desk.number)))
    });
    view! {
        <Page class="update" title=title>
            <main id="main" class="upd" tabindex="-1">
                <Header/>
                <nav class="jumps" aria-label="Parts of the update">
                    <a href="#in-h">"Sitrep"</a>
                    <a href="#out-h">"Public"</a>
                    <a href="#din-h">"Changes"</a>
                    <a href="#pout-h">"As sent"</a>
                </nav>
                <NewsOfOthers/>
                <form
                    method="post"
                    action=format!("/incidents/{}/update", desk.number)
                    class="two"
                    data-fresh=""
                    novalidate
                    on:submit:capture=move |event| {
                        event.prevent_default();
                        let pressed = read_form(&event);
                        match pressed.as_ref().and_then(|form| form.raw("preview")) {
                            Some(act) => act_on(desk, act),
                            None => send(),
                        }
                    }
                    on:keydown=move |event| {
                        if event.key() == "Enter" && (event.ctrl_key() || event.meta_key()) {
                            event.prevent_default();
                            by_key();
                        }
                    }
                    aria-busy=move || desk.busy.get().then_some("true")
                >
                    // The first button is the one that Enter presses in a line: it only looks, and never sends.
                    <button class="vh" name="preview" value="1" tabindex="-1" aria-hidden="true">"Preview"</button>
                    <input type="hidden" name="do" value="update"/>
                    <OnceKey what="update"/>
                    <input type="hidden" name="after" prop:value=move || desk.draft().after.get() value=desk.draft().after.get_untracked()/>
                    {seen.into_iter().map(|(name, revision)| view! { <input type="hidden" name=name value=revision/> }).collect_view()}
                    <Kept/>
                    <fieldset class="panes">
                        <legend class="vh">"Update"</legend>
                        <Inside/>
                        <Outside/>
                    </fieldset>
                    <fieldset class="panes below">
                        <legend class="vh">"Check before you send"</legend>
                        <section class="pane in" aria-labelledby="din-h">
                            <SitrepChanges/>
                            <SitrepReading/>
                        </section>
                        <section class="pane out" aria-labelledby="dout-h">
                            <PublicChanges/>
                            <PublicReading/>
                        </section>
                    </fieldset>
                    <SendBar/>
                </form>
            </main>
        </Page>
    }
}

/// The draft's revisions that the page was made of, for the post without JavaScript: it clears those and no later ones.
fn seen(draft: &[DraftField]) -> Vec<(String, String)> {
    let drafted = draft.iter().filter(|field| field.text.is_some());
    let now = drafted.map(|f| (format!("draft:{}", f.field), f.revision.to_string()));
    // A page that answers a post has the fields as they were typed, not as they were drafted since.
    match posted() {
        Some(posted) => {
            let fields = posted.form.0.into_iter();
            fields
                .filter(|(name, _)| name.starts_with("draft:"))
                .collect()
        }
        None => now.collect(),
    }
}

/// Does what a small button says.
pub(super) fn act_on(desk: Desk, value: &str) {
    let mut form = untrack(|| desk.draft().form());
    let warnings = desk.outlook.with_untracked(|o| o.warnings.clone());
    let act = Act::read(value);
    let directory = desk.session().directory;
    directory.with_untracked(|directory| {
        desk.incident.with_untracked(|incident| {
            let given = Given {
                incident,
                directory,
                warnings: &warnings,
                now: desk.clock().at.get_untracked(),
            };
            act.on(&mut form, &given);
        });
    });
    desk.draft().load(&form);
    desk.settle();
    if matches!(act, Act::Say { .. } | Act::Keep { .. } | Act::Begin { .. }) {
        // The message is where one goes on: the button may be gone with its notice.
        focus("message");
    }
}

/// Words that the writer keeps, for the post without JavaScript.
#[component]
fn Kept() -> impl IntoView {
    let desk = super::desk::use_desk();
    move || {
        desk.settled.with(|form| {
            form.0
                .iter()
                .filter(|(name, _)| name == "kept")
                .map(|(_, word)| view! { <input type="hidden" name="kept" value=word.clone()/> })
                .collect_view()
        })
    }
}
