//! Sending: once, whatever the network does, and never losing a letter.

use super::desk::{Attempt, Desk, Saved};
use super::keep::forget;
use crate::AppError;
use crate::api;
use crate::data::Sending;
use crate::once::new_key;
use crate::ui::focus::focus;
use domain::incident::IncidentCommand;
use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;

/// What a press of the button does.
pub(super) fn sender(desk: Desk) -> impl Fn() + Clone {
    let navigate = use_navigate();
    move || {
        if desk.busy.get_untracked() {
            return;
        }
        desk.settle();
        desk.tried.set(true);
        // By now the rules may refuse what arrived already: it is sent again as it was, and the server knows it.
        let form = desk.written();
        if let Some(last) = desk.attempt.get_value().filter(|last| last.form == form) {
            return go(desk, last, navigate.clone());
        }
        if let Some(refusal) = desk.outlook.with_untracked(|o| o.refusal.clone()) {
            blame(refusal.field());
            return;
        }
        if let Some(attempt) = attempt(desk) {
            go(desk, attempt, navigate.clone());
        }
    }
}

fn go(desk: Desk, attempt: Attempt, navigate: impl Fn(&str, NavigateOptions) + Clone + 'static) {
    desk.busy.set(true);
    desk.when_quiet(move || {
        leptos::task::spawn_local(async move {
            match deliver(desk, attempt).await {
                Ok(()) => {
                    accepted(desk);
                    leave(desk, &navigate);
                }
                Err(why) => {
                    desk.error.set(Some(why));
                    desk.busy.set(false);
                    match desk.attempt.get_value() {
                        // The stream brought it before the line broke.
                        Some(attempt) if attempt.heard => go(desk, attempt, navigate),
                        Some(_) => {}
                        None => {
                            desk.rebase();
                            desk.share();
                        }
                    }
                }
            }
        });
    });
}

/// The server has it: the copy in this browser goes.
fn accepted(desk: Desk) {
    desk.attempt.set_value(None);
    desk.error.set(None);
    desk.begun.set(untrack(|| desk.draft().form()));
    desk.saved.set(Saved::Nothing);
    forget(&desk.place());
}

/// Back to the room, where what was sent now stands.
fn leave(desk: Desk, navigate: &impl Fn(&str, NavigateOptions)) {
    navigate(
        &format!("/incidents/{}", desk.number),
        NavigateOptions::default(),
    );
}

fn command(desk: Desk) -> Option<IncidentCommand> {
    let session = desk.session();
    let me = session.person.with_untracked(|person| person.id.clone());
    let mut form = untrack(|| desk.draft().form());
    form.0.push(("do".to_owned(), "update".to_owned()));
    let read = session
        .directory
        .with_untracked(|directory| form.command(&me, directory, desk.clock().read()));
    match read {
        Ok(command) => Some(command),
        Err(rejection) => {
            blame(rejection.field());
            desk.error.set(Some(rejection.into()));
            None
        }
    }
}

/// What is to be sent as it stands there.
fn attempt(desk: Desk) -> Option<Attempt> {
    Some(Attempt {
        form: desk.written(),
        command: command(desk)?,
        key: new_key(desk.session()),
        heard: false,
    })
}

/// Sends it. Without an answer it is remembered: whatever became of it, it is sent again as the same.
async fn deliver(desk: Desk, mut attempt: Attempt) -> Result<(), AppError> {
    attempt.heard = false;
    desk.attempt.set_value(Some(attempt.clone()));
    let sending = Sending {
        key: Some(attempt.key),
        drafted: desk.drafted(),
    };
    let done = api::execute(desk.number, attempt.command, sending).await;
    let why = match done {
        Ok(_) => return Ok(()),
        Err(why @ (AppError::Unreachable {} | AppError::Internal {} | AppError::SignIn {})) => {
            return Err(why);
        }
        Err(why) => why,
    };
    desk.attempt.set_value(None);
    if why.status() == 409
        && let Ok(page) = api::update_page(desk.number).await
    {
        desk.take(page.incident);
    }
    Err(why)
}

/// Asks what became of the last try, when the stream brings something that may be it.
pub(super) fn ask_after(desk: Desk, navigate: impl Fn(&str, NavigateOptions) + Clone + 'static) {
    if desk.busy.get_untracked() {
        desk.attempt.update_value(|attempt| {
            if let Some(attempt) = attempt {
                attempt.heard = true;
            }
        });
    } else if let Some(attempt) = desk.attempt.get_value() {
        go(desk, attempt, navigate);
    }
}

/// Puts the cursor where the fault is.
fn blame(field: Option<&str>) {
    if let Some(field) = field {
        focus(field);
    }
}
