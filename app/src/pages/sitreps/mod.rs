//! The log of sitreps and what changed between any two of them.

mod article;
mod axis;
mod bar;
mod choice;
mod keys;
mod marks;
mod parts;
mod scrubber;
mod versions;

use crate::AppError;
use crate::api;
use crate::data::{Comparison, SitrepLog};
use crate::live::{Frame, Place, use_live};
use crate::me::use_session;
use crate::pages::{gathered, numbered};
use crate::ui::{Page, SeverityMark};
use choice::{Choice, Picked};
use domain::time::{length, short};
use domain::{IncidentEvent, Number};
use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_query_map};

/// `/incidents/{n}/sitreps`, with `from`, `to` and `view`, and `/incidents/{n}/sitreps/{v}`.
#[component]
pub fn Sitreps() -> impl IntoView {
    let (path, query) = (use_params_map(), use_query_map());
    let number = Memo::new(move |_| path.with(|path| numbered(path.get_str("number"))));
    let choice =
        Memo::new(move |_| path.with(|path| query.with(|query| Choice::read(path, query))));
    let log = Resource::new_blocking(
        move || number.get(),
        |number| async move { api::sitreps(number?).await },
    );
    // Asked for beside the log and not after it: what a server function finds in its context is gone after an await.
    let compared = Resource::new_blocking(
        move || (number.get(), choice.with(|choice| (choice.from, choice.to))),
        |(number, (from, to))| async move { api::compare(number?, from, to).await },
    );
    gathered(log, move |log| {
        view! { <Log log=log choice=choice compared=compared/> }
    })
}

/// What every part of the screen looks at.
#[derive(Clone, Copy)]
struct Review {
    number: Number,
    log: RwSignal<SitrepLog>,
    picked: Memo<Picked>,
}

#[component]
fn Log(
    log: SitrepLog,
    choice: Memo<Choice>,
    compared: Resource<Result<Option<Comparison>, AppError>>,
) -> impl IntoView {
    let number = log.incident.number;
    // The last one when the page was opened: one that is sent meanwhile appears in the list and moves nothing.
    let last = log.heads.last().map(|head| head.version);
    let position = log.position;
    let log = RwSignal::new(log);
    follow(number, position, log, compared);
    let first = Memo::new(move |_| log.with(|log| log.heads.is_empty()));
    let review = Review {
        number,
        log,
        picked: Memo::new(move |_| choice.get().picked(last.unwrap_or(1))),
    };
    let directory = use_session().directory;
    let title = Signal::derive(move || format!("Sitreps of {}", directory.with(|d| d.tag(number))));
    keys::review_keys(review);
    view! {
        <Page class="sitreps" title=title>
            <main id="main" class="sr" tabindex="-1">
                <Header review=review/>
                {if last.is_none() {
                    view! { <Nothing number=number none=first/> }.into_any()
                } else {
                    view! {
                        <scrubber::Scrubber review=review/>
                        <div class="split">
                            <versions::Versions review=review/>
                            <section class="cmp" class:side=move || review.picked.get().side aria-labelledby="cmp-h">
                                <bar::CompareBar review=review/>
                                <article::Article review=review compared=compared/>
                            </section>
                        </div>
                    }
                    .into_any()
                }}
            </main>
        </Page>
    }
}

/// Reads the log anew when something happened that it shows.
fn follow(
    number: Number,
    position: i64,
    log: RwSignal<SitrepLog>,
    compared: Resource<Result<Option<Comparison>, AppError>>,
) {
    let live = use_live();
    Effect::new(move |_| {
        live.follow(position, Place::House, move |frame| {
            let Frame::Event(event) = frame else {
                return;
            };
            let shown = matches!(
                event.event,
                IncidentEvent::SitrepSent { .. }
                    | IncidentEvent::PublicUpdatePublished { .. }
                    | IncidentEvent::PhaseChanged { .. }
                    | IncidentEvent::Resolved { .. }
                    | IncidentEvent::Closed {}
                    | IncidentEvent::Reopened { .. }
                    | IncidentEvent::SeverityChanged { .. }
                    | IncidentEvent::TitleChanged { .. }
                    | IncidentEvent::Redacted { .. }
            );
            if event.incident == number && shown {
                if let IncidentEvent::Redacted { .. } = event.event {
                    compared.refetch();
                }
                leptos::task::spawn_local(async move {
                    // It fails when the connection does; the next event or a reload brings it.
                    if let Ok(newer) = api::sitreps(number).await {
                        log.try_set(newer);
                    }
                });
            }
        });
    });
}

#[component]
fn Header(review: Review) -> impl IntoView {
    let directory = use_session().directory;
    let number = review.number;
    let severity = Signal::derive(move || review.log.with(|log| log.incident.severity));
    view! {
        <header class="inc slim">
            <p class="tag">
                <SeverityMark severity=severity/>
                <a href=format!("/incidents/{number}") class="no">{move || directory.with(|d| d.tag(number))}</a>
            </p>
            <h1>"Sitreps " <span class="h1sub">{move || review.log.with(subtitle)}</span></h1>
            <p class="saved"><a href=format!("/incidents/{number}")>"Back to the room"</a></p>
        </header>
    }
}

/// "API requests failing, resolved 15:50 after 2 h 16 min".
fn subtitle(log: &SitrepLog) -> String {
    let incident = &log.incident;
    let title = &incident.title;
    match incident.progress.resolved_at() {
        Some(at) => {
            let began = incident.started_at.unwrap_or(incident.declared_at);
            let when = short(at, began);
            format!("{title}, resolved {when} after {}", length(at - began))
        }
        None => title.clone(),
    }
}

/// Before the first one: what is true, and the one next step.
#[component]
fn Nothing(number: Number, none: Memo<bool>) -> impl IntoView {
    let may = use_session();
    view! {
        <section class="nothing none-yet" aria-labelledby="none-h">
            <h2 id="none-h">
                {move || if none.get() { "No sitrep has been sent yet." } else { "The first sitrep has been sent." }}
            </h2>
            {move || {
                if !none.get() {
                    view! { <p><a href=format!("/incidents/{number}/sitreps/1") rel="external">"Read sitrep 1"</a></p> }.into_any()
                } else if may.may_act() {
                    view! { <p><a class="btn" href=format!("/incidents/{number}/update")>"Write sitrep 1"</a></p> }.into_any()
                } else {
                    view! { <p>"When one is sent, it stands here."</p> }.into_any()
                }
            }}
        </section>
    }
}
