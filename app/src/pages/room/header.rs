//! The head of the room: how bad, which, what, where it stands, how long, and the ways on.

use super::actions::Actions;
use super::state::use_room;
use crate::forms::{CommandForm, typed, was_posted};
use crate::now::use_now;
use crate::ui::{PhaseStepper, SeverityMark, Words};
use domain::Kind;
use domain::time::elapsed;
use leptos::prelude::*;

/// The head.
#[component]
pub fn Header() -> impl IntoView {
    let room = use_room();
    let session = room.session();
    let now = use_now().minute();
    let severity = Memo::new(move |_| room.summary.with(|s| s.severity));
    let phase = Memo::new(move |_| room.summary.with(|s| s.progress.phase()));
    let since = Memo::new(move |_| room.summary.with(|s| s.phase_since));
    let kind = Memo::new(move |_| room.summary.with(|s| s.kind));
    let tag = move || session.directory.with(|d| d.tag(room.number));
    let stepper = move || match kind.get() {
        Kind::Backfilled => ().into_any(),
        Kind::Live | Kind::Drill => {
            let change = room.acts.get().then_some(room.number);
            match change {
                Some(number) => {
                    view! { <PhaseStepper phase=phase since=since now=now change=number/> }
                        .into_any()
                }
                None => view! { <PhaseStepper phase=phase since=since now=now/> }.into_any(),
            }
        }
    };
    view! {
        <header class="inc">
            <div class="id">
                <p class="tag">
                    <SeverityMark severity=severity/>
                    <a href=format!("/incidents/{}", room.number) class="no">{tag}</a>
                    {move || kind_word(kind.get()).map(|word| view! { <span class="kind">{word}</span> })}
                </p>
                <Title/>
                {stepper}
            </div>
            <Elapsed/>
            <Actions/>
        </header>
    }
}

fn kind_word(kind: Kind) -> Option<&'static str> {
    match kind {
        Kind::Live => None,
        Kind::Drill => Some("Drill"),
        Kind::Backfilled => Some("Recorded afterwards"),
    }
}

/// The title, and the form that changes it where it stands.
#[component]
fn Title() -> impl IntoView {
    let room = use_room();
    let open = RwSignal::new(was_posted("title", None));
    let title = Memo::new(move |_| room.summary.with(|s| s.title.clone()));
    view! {
        <div class="ttl">
            <h1>{move || view! { <Words text=title.get()/> }}</h1>
            <Show when=move || room.acts.get()>
                <details class="edit" prop:open=move || open.get() open=open.get_untracked() on:toggle=move |event| open.set(is_open(&event))>
                    <summary>"Rename"</summary>
                    <CommandForm number=room.number what="title" class="addrow" on_done=move |()| open.set(false)>
                        <label class="vh" for="title">"Title"</label>
                        <input
                            type="text"
                            id="title"
                            name="title"
                            maxlength="200"
                            required
                            value=move || typed("title", None, "title", title.get())
                        />
                        <button class="btn">"Rename"</button>
                    </CommandForm>
                </details>
            </Show>
        </div>
    }
}

/// Whether a `<details>` stands open after its toggle.
pub fn is_open(event: &leptos::ev::Event) -> bool {
    #[cfg(feature = "hydrate")]
    {
        use wasm_bindgen::JsCast;
        event
            .target()
            .and_then(|target| target.dyn_into::<web_sys::Element>().ok())
            .is_some_and(|details| details.has_attribute("open"))
    }
    #[cfg(not(feature = "hydrate"))]
    {
        let _ = event;
        false
    }
}

/// T+ while it goes on; afterwards how long it lasted, from when it began.
#[component]
fn Elapsed() -> impl IntoView {
    let room = use_room();
    let now = use_now().minute();
    let span = Memo::new(move |_| {
        room.summary.with(
            |s| match s.progress.resolved_at().or(s.progress.closed_at()) {
                Some(over) => over - s.started_at.unwrap_or(s.declared_at),
                None => s.t_plus(now.get()),
            },
        )
    });
    let over = Memo::new(move |_| !room.summary.with(|s| s.progress.phase().is_open()));
    view! {
        <p class="tplus">
            <span class="vh">{move || if over.get() { "Lasted " } else { "Elapsed " }}</span>
            <span>{move || if over.get() { "Lasted " } else { "T+" }}</span>
            <time datetime=move || format!("PT{}M", span.get().num_minutes().max(0))>{move || elapsed(span.get())}</time>
        </p>
    }
}
