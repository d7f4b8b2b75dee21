//! The line to say something: plain notes, slash commands with what they mean while they are typed. What is typed stays in
//! this browser until the server has it.

use super::keys::open_help;
use super::meaning::{Meaning, meaning};
use super::state::{Failed, RoomState, use_room};
use super::suggest::{Suggestion, suggestions};
use crate::forms::{CommandForm, FormError, first_error, read_form, typed};
use crate::keep::Kept;
use crate::me::use_session;
use crate::now::use_now;
use crate::once::OnceKey;
use crate::ui::{Icon, TextArea};
use domain::event::Context;
use domain::incident::{Form, decide};
use domain::time::Time;
use leptos::prelude::*;
use leptos::task::spawn_local;

/// The composer: for readers it asks, for everybody else it says and does.
#[component]
pub fn Composer() -> impl IntoView {
    let session = use_session();
    let acts = Memo::new(move |_| session.may_act());
    move || {
        if acts.get() {
            view! { <Say/> }.into_any()
        } else {
            view! { <Ask/> }.into_any()
        }
    }
}

/// Readers ask; everything else is refused to them.
#[component]
fn Ask() -> impl IntoView {
    let room = use_room();
    let question = RwSignal::new(typed("ask", None, "question", ""));
    view! {
        <CommandForm number=room.number what="ask" class="composer" on_done=move |()| question.set(String::new())>
            <label class="vh" for="say">"Ask a question, or send it empty to ask for an update"</label>
            <TextArea name="question" id="say" value=question rows=1 placeholder="Ask a question, or leave it empty to ask for an update"/>
            <button class="btn">{move || if question.with(|q| q.trim().is_empty()) { "Ask for an update" } else { "Ask" }}</button>
            <p class="help">"You read along and can ask. Everybody in the room sees it."</p>
        </CommandForm>
    }
}

/// The line's text, the time that may stand beside it, and what is chosen in the list above.
#[derive(Clone, Copy)]
struct Line {
    room: RoomState,
    text: RwSignal<String>,
    at: RwSignal<String>,
    error: RwSignal<Option<String>>,
    offered: Memo<Vec<Suggestion>>,
    chosen: RwSignal<usize>,
    put_away: RwSignal<bool>,
}

#[component]
fn Say() -> impl IntoView {
    let room = use_room();
    let session = use_session();
    let text = RwSignal::new(typed("say", None, "text", ""));
    let line = Line {
        room,
        text,
        at: RwSignal::new(typed("say", None, "at", "")),
        error: RwSignal::new(first_error("say", None)),
        offered: Memo::new(move |_| {
            session
                .directory
                .with(|directory| text.with(|text| suggestions(text, directory)))
        }),
        chosen: RwSignal::new(0),
        put_away: RwSignal::new(false),
    };
    line.keep_draft();
    let open = Memo::new(move |_| !line.put_away.get() && line.offered.with(|o| !o.is_empty()));
    let active = move || open.get().then(|| format!("cmd-{}", line.chosen.get()));
    let meant = line.meant();
    let verb = move || {
        meant.with(|meant| match meant {
            Some(Ok(meaning)) => meaning.verb.clone(),
            Some(Err(_)) | None => "Say it".to_owned(),
        })
    };
    view! {
        <div class="slash">
            <Offers line=line open=open/>
            <form
                class="composer"
                method="post"
                action=format!("/incidents/{}", room.number)
                on:submit:capture=move |event| line.submit(&event)
            >
                <input type="hidden" name="do" value="say"/>
                <OnceKey what="say"/>
                <label class="vh" for="say">"Say something, or type a slash for commands"</label>
                <TextArea
                    name="text"
                    id="say"
                    value=text
                    rows=1
                    placeholder="Say something, or / for commands"
                    described_by="say-h"
                    attr:aria-controls=move || open.get().then_some("cmds")
                    attr:aria-autocomplete="list"
                    attr:aria-activedescendant=active
                    on:keydown=move |event| line.key(&event, open.get_untracked())
                    on:input=move |_| line.changed()
                />
                <button class="btn">{verb}</button>
                <Meant meant=meant/>
                <FormError words=line.error/>
                <NotSent line=line/>
                <When line=line/>
            </form>
        </div>
    }
}

impl Line {
    /// What would happen with the line as it stands; nothing for a plain note, and while a command is being chosen.
    fn meant(self) -> Memo<Option<Result<Meaning, String>>> {
        let session = use_session();
        let now = use_now().minute();
        Memo::new(move |_| {
            let text = self.text.get();
            let slash = text.starts_with('/') && !text.starts_with("//");
            if text.trim().is_empty() || (!slash && self.at.with(|at| at.trim().is_empty())) {
                return None;
            }
            // Half a word is no mistake yet.
            if slash
                && !text.trim_end().contains(char::is_whitespace)
                && self.offered.with(|o| !o.is_empty())
            {
                return None;
            }
            Some(self.understand(session, now.get()))
        })
    }

    fn understand(self, session: crate::me::Session, now: Time) -> Result<Meaning, String> {
        let by = session.person.with(|person| person.id.clone());
        session.directory.with(|directory| {
            let command = self
                .form()
                .command(&by, directory, now)
                .map_err(|no| no.to_string())?;
            let context = Context {
                by: &by,
                now,
                directory,
            };
            self.room
                .incident
                .with(|incident| decide(incident, command.clone(), &context))
                .map_err(|no| no.to_string())?;
            Ok(meaning(&command, directory, now))
        })
    }

    fn form(self) -> Form {
        Form(vec![
            ("do".to_owned(), "say".to_owned()),
            ("text".to_owned(), self.text.get()),
            ("at".to_owned(), self.at.get()),
        ])
    }

    fn changed(self) {
        self.put_away.set(false);
        self.chosen.set(0);
        self.error.set(None);
    }

    fn choose(self, index: usize) {
        let line = self
            .offered
            .with_untracked(|offered| offered.get(index).map(|o| o.line.clone()));
        if let Some(line) = line {
            self.text.set(line);
            self.changed();
        }
    }

    /// Arrows, Enter, Tab and Escape in the list; Enter alone sends, with Shift it begins a new line.
    fn key(self, event: &leptos::ev::KeyboardEvent, open: bool) {
        let count = self.offered.with_untracked(Vec::len);
        let step = |by: usize| self.chosen.update(|at| *at = (*at + by) % count.max(1));
        match event.key().as_str() {
            "ArrowDown" if open => step(1),
            "ArrowUp" if open => step(count.saturating_sub(1)),
            "Escape" if open => self.put_away.set(true),
            "Tab" if open && !event.shift_key() => self.choose(self.chosen.get_untracked()),
            "Enter" if event.is_composing() || event.shift_key() => return,
            "Enter" if open && !self.is_whole() => self.choose(self.chosen.get_untracked()),
            "Enter" =>
            {
                #[cfg(feature = "hydrate")]
                if let Some(form) = crate::forms::form_of(event) {
                    let _ = form.request_submit();
                }
            }
            _ => return,
        }
        event.prevent_default();
    }

    /// True when what stands there can be sent although more could follow: "/join", "/resolve", "/help".
    fn is_whole(self) -> bool {
        self.text.with_untracked(|text| {
            matches!(
                text.trim(),
                "/join" | "/leave" | "/resolve" | "/ask" | "/help"
            )
        })
    }

    fn submit(self, event: &leptos::ev::SubmitEvent) {
        event.prevent_default();
        let Some(form) = read_form(event) else { return };
        if form.get("text") == Some("/help") {
            self.text.set(String::new());
            return open_help();
        }
        let session = self.room.session();
        let by = session.person.with_untracked(|person| person.id.clone());
        let read = session
            .directory
            .with_untracked(|directory| form.command(&by, directory, self.room.moment()));
        let asked = read.and_then(|command| self.room.ask(command));
        let id = match asked {
            Ok(id) => id,
            Err(rejection) => return self.error.set(Some(rejection.to_string())),
        };
        let typed = |field: &str| form.raw(field).unwrap_or_default().to_owned();
        let (said, at) = (typed("text"), typed("at"));
        self.text.set(String::new());
        self.at.set(String::new());
        self.changed();
        spawn_local(async move {
            let Err(why) = self.room.send(id).await else {
                return;
            };
            // Back to where it was typed, unless something else stands there by now.
            if self.text.try_with_untracked(String::is_empty) == Some(true) {
                self.text.set(said);
                self.at.set(at);
                self.error.set(Some(why.to_string()));
            } else {
                self.room.fail(said, why.to_string());
            }
        });
    }

    /// A reload finds the line as it was.
    fn keep_draft(self) {
        let kept = StoredValue::new(Kept::here("say", self.room.number));
        Effect::new(move |first: Option<()>| {
            if first.is_none()
                && self.text.with_untracked(String::is_empty)
                && let Some((text, at)) = kept.with_value(Kept::read::<(String, String)>)
            {
                self.text.set(text);
                self.at.set(at);
            }
            let draft = (self.text.get(), self.at.get());
            if draft.0.is_empty() {
                kept.with_value(Kept::clear);
            } else {
                kept.with_value(|kept| kept.write(&draft));
            }
        });
    }
}

/// The list of what can be chosen, above the line.
#[component]
fn Offers(line: Line, open: Memo<bool>) -> impl IntoView {
    let options = move || {
        line.offered
            .get()
            .into_iter()
            .enumerate()
            .map(|(index, offer)| {
                view! {
                    <li
                        role="option"
                        id=format!("cmd-{index}")
                        aria-selected=move || (line.chosen.get() == index).to_string()
                        // Before the field loses the focus.
                        on:mousedown=move |event| {
                            event.prevent_default();
                            line.choose(index);
                        }
                    >
                        <b>{offer.form}</b>
                        <span>{offer.about}</span>
                        <Show when=move || line.chosen.get() == index><kbd>"Enter"</kbd></Show>
                    </li>
                }
            })
            .collect_view()
    };
    view! {
        <Show when=move || open.get()>
            <ul role="listbox" id="cmds" aria-label="Commands">{options}</ul>
        </Show>
    }
}

/// What was understood, or what is missing.
#[component]
fn Meant(meant: Memo<Option<Result<Meaning, String>>>) -> impl IntoView {
    move || {
        meant.get().map(|meant| match meant {
            Ok(meaning) => {
                let parts = meaning
                    .parts
                    .into_iter()
                    .map(|(name, value)| view! { <span><b>{name}</b>{value}</span> })
                    .collect_view();
                view! { <p class="parse" role="status">{parts}</p> }.into_any()
            }
            Err(words) => view! {
                <p class="parse" role="status"><span class="miss"><Icon name=Icon::Due/>{words}</span></p>
            }
            .into_any(),
        })
    }
}

/// What was refused after it had been shown; the words are still here.
#[component]
fn NotSent(line: Line) -> impl IntoView {
    let room = line.room;
    let remove = move |id: i64| room.failed().update(|failed| failed.retain(|f| f.id != id));
    view! {
        <For
            each=move || room.failed().get()
            key=|failed| failed.id
            children=move |Failed { id, typed, why }| {
                let again = typed.clone();
                view! {
                    <div class="notice crit" role="alert">
                        <Icon name=Icon::Over/>
                        <div>
                            <p><b>"Not sent: “"{typed}"”."</b>" "{why}</p>
                            <p class="acts">
                                <button
                                    type="button"
                                    class="btn small"
                                    on:click=move |_| {
                                        line.text.set(again.clone());
                                        line.changed();
                                        remove(id);
                                    }
                                >
                                    "Put it back into the line"
                                </button>
                                <button type="button" class="quiet small" on:click=move |_| remove(id)>"Drop it"</button>
                            </p>
                        </div>
                    </div>
                }
            }
        />
    }
}

/// A note about something that happened earlier, and the way to all commands.
#[component]
fn When(line: Line) -> impl IntoView {
    let given = !line.at.get_untracked().is_empty();
    view! {
        <div class="hints" id="say-h">
            <details class="when" open=given>
                <summary>"Happened earlier?"</summary>
                <p class="row">
                    <label for="say-at">"At, UTC"</label>
                    <input
                        type="text"
                        class="hm"
                        id="say-at"
                        name="at"
                        placeholder="14:05"
                        autocomplete="off"
                        prop:value=move || line.at.get()
                        value=line.at.get_untracked()
                        on:input=move |event| line.at.set(event_target_value(&event))
                    />
                </p>
            </details>
            <span class="help wide">"Enter sends, Shift Enter begins a new line, / lists the commands."</span>
        </div>
    }
}
