//! What keeps the page alive in the browser: the draft is kept while it is written and found again after a reload, what
//! is computed follows the typing at a distance, and the incident follows the live stream. All of it in effects, which a
//! server does not run.

use super::desk::{Desk, News, Saved};
use super::keep::{Kept, find, forget, keep};
use super::merge::{merge, untouched};
use super::send::ask_after;
use super::sharing::changed;
use crate::api;
use crate::forms::posted;
use crate::live::{Frame, LiveState, Place, use_live};
use domain::IncidentEvent;
use leptos::prelude::*;
use leptos_router::hooks::use_navigate;
use std::time::Duration;

/// A pause in typing after which everything that is computed catches up.
const PAUSE: Duration = Duration::from_millis(200);

/// Starts it all.
pub(super) fn keep_alive(desk: Desk, position: i64) {
    follow_typing(desk);
    let minute = desk.clock().minute();
    Effect::new(move |before: Option<()>| {
        let now = minute.get();
        if before.is_some() {
            desk.follow_clock(now);
        }
    });
    follow_others(desk, position);
}

fn follow_typing(desk: Desk) {
    let answers_post = posted().is_some();
    let timer = StoredValue::new(None::<TimeoutHandle>);
    Effect::new(move |before: Option<()>| {
        // Follows every field.
        let _ = desk.draft().form();
        if before.is_none() {
            return begin(desk, answers_post);
        }
        if let Some(waiting) = timer.get_value() {
            waiting.clear();
        }
        let pause = set_timeout_with_handle(
            move || {
                timer.set_value(None);
                desk.settle();
                save(desk);
                desk.share();
            },
            PAUSE,
        );
        timer.set_value(pause.ok());
    });
    Effect::new(move |_| {
        let hidden = window_event_listener_untyped("pagehide", move |_| save(desk));
        on_cleanup(move || hidden.remove());
    });
    on_cleanup(move || {
        if let Some(waiting) = timer.get_value() {
            waiting.clear();
            save(desk);
        }
    });
}

/// Once, when the browser has taken the page over: what was typed before that stays, and a draft comes back.
fn begin(desk: Desk, answers_post: bool) {
    if let Ok(Some(form)) = document().query_selector("form[data-fresh]") {
        // Without the mark it is only read once.
        let _ = form.remove_attribute("data-fresh");
    }
    let typed = untrack(|| desk.draft().form());
    let begun = desk.begun.get_untracked();
    let found = find(&desk.place()).filter(|_| !answers_post);
    match found.filter(|kept| !untouched(&kept.begun, &kept.form)) {
        Some(kept) => {
            desk.bring(&begun, &kept.form, &kept.begun);
            let restored = untrack(|| desk.draft().form());
            desk.draft().load(&merge(&begun, &typed, &restored).0);
            desk.settle();
        }
        None => desk.settle(),
    }
    save(desk);
    desk.share();
}

/// Keeps in this browser what the server does not have, and says where the draft is.
pub(super) fn save(desk: Desk) {
    let form = untrack(|| desk.draft().form());
    let begun = desk.begun.get_untracked();
    let saved = if untouched(&begun, &form) {
        forget(&desk.place());
        desk.drafted_at().map_or(Saved::Nothing, Saved::Shared)
    } else {
        let waiting = changed(&begun, &form).len();
        let at = desk.clock().read();
        let kept = keep(&desk.place(), &Kept { at, begun, form });
        let failing = desk.traffic.with_value(|traffic| traffic.failing);
        if kept && !failing && desk.live().state.get_untracked() == LiveState::Live {
            // It is on its way, and the answer is worth a word.
            return;
        }
        if kept {
            Saved::Here(waiting)
        } else {
            Saved::Refused
        }
    };
    if desk.saved.get_untracked() != saved {
        desk.saved.set(saved);
    }
}

fn follow_others(desk: Desk, position: i64) {
    let live = use_live();
    let navigate = use_navigate();
    Effect::new(move |_| {
        if live.state.get() == LiveState::Live {
            desk.share();
        }
    });
    Effect::new(move |before: Option<()>| {
        if before.is_some() {
            return;
        }
        let navigate = navigate.clone();
        live.follow(position, Place::Form(desk.number), move |frame| {
            let recorded = match frame {
                Frame::Event(recorded) => recorded,
                Frame::Draft(draft) if draft.incident == desk.number => {
                    return desk.take_draft(&draft.fields);
                }
                Frame::Draft(_) | Frame::House | Frame::Presence(_) | Frame::Reach(_) => return,
            };
            if recorded.incident != desk.number {
                return;
            }
            if let IncidentEvent::Redacted { .. } = recorded.event {
                return renew(desk);
            }
            desk.apply(recorded);
            // Perhaps it had gone out after all, and only the answer was lost.
            if desk.is_mine(recorded) && News::of(recorded).is_some() {
                ask_after(desk, navigate.clone());
            }
        });
    });
}

/// What stands here was made from texts that are gone: the incident is fetched anew. What is being written stays.
fn renew(desk: Desk) {
    desk.news.set(Vec::new());
    leptos::task::spawn_local(async move {
        // It fails when the connection does; a reload brings it.
        while let Ok(page) = api::update_page(desk.number).await {
            let fetched = page.incident.summary.version;
            let newer = desk
                .incident
                .try_with_untracked(|incident| incident.summary.version > fetched);
            match newer {
                // Something arrived meanwhile, and was put onto the old texts.
                Some(true) => {}
                Some(false) => {
                    desk.incident.set(page.incident);
                    return desk.rebase();
                }
                None => return,
            }
        }
    });
}
