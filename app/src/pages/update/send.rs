//! Sending: once, whatever the network does, and never losing a letter.

use super::desk::{Desk, Saved};
use super::keep::forget;
use crate::AppError;
use crate::api;
use crate::ui::focus::focus;
use domain::incident::{IncidentCommand, PublicDraft, SitrepDraft};
use domain::text::clean;
use domain::time::Time;
use domain::{Incident, PersonId};
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
        if let Some(refusal) = desk.outlook.with_untracked(|o| o.refusal.clone()) {
            blame(refusal.field());
            return;
        }
        let Some(command) = command(desk) else {
            return;
        };
        desk.busy.set(true);
        let navigate = navigate.clone();
        leptos::task::spawn_local(async move {
            match deliver(desk, command).await {
                Ok(()) => {
                    accepted(desk);
                    leave(desk, &navigate);
                }
                Err(why) => {
                    desk.error.set(Some(why));
                    desk.busy.set(false);
                }
            }
        });
    }
}

/// The server has it: the copy in this browser goes.
pub(super) fn accepted(desk: Desk) {
    desk.attempt.set_value(None);
    desk.error.set(None);
    desk.begun.set(untrack(|| desk.draft().form()));
    desk.saved.set(Saved::Nothing);
    forget(&desk.place());
}

/// Back to the room, where what was sent now stands.
pub(super) fn leave(desk: Desk, navigate: &impl Fn(&str, NavigateOptions)) {
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

/// Sends it, unless the last try arrived although nobody heard of it.
async fn deliver(desk: Desk, command: IncidentCommand) -> Result<(), AppError> {
    if desk.attempt.with_value(Option::is_some) && arrived(desk).await? {
        return Ok(());
    }
    let at = desk.clock().read();
    desk.attempt.set_value(Some((command.clone(), at)));
    match api::execute(desk.number, command).await {
        Ok(_) => Ok(()),
        Err(why @ (AppError::Unreachable {} | AppError::Internal {})) => Err(why),
        Err(AppError::Rejected { rejection }) if rejection.is_conflict() => {
            if arrived(desk).await.unwrap_or(false) {
                return Ok(());
            }
            desk.attempt.set_value(None);
            Err(rejection.into())
        }
        Err(why) => {
            desk.attempt.set_value(None);
            Err(why)
        }
    }
}

/// Looks at the incident as the server has it, and whether the last try is in it.
async fn arrived(desk: Desk) -> Result<bool, AppError> {
    let newest = api::update_page(desk.number).await?.incident;
    let there = is_there(desk, &newest);
    if !there {
        desk.take(newest);
    }
    Ok(there)
}

/// True when the last try without an answer is in the incident.
pub(super) fn is_there(desk: Desk, incident: &Incident) -> bool {
    let me = desk
        .session()
        .person
        .with_untracked(|person| person.id.clone());
    desk.attempt.with_value(|attempt| {
        attempt
            .as_ref()
            .is_some_and(|(command, at)| went_out(command, *at, &me, incident))
    })
}

fn went_out(command: &IncidentCommand, at: Time, me: &PersonId, incident: &Incident) -> bool {
    let IncidentCommand::Update { sitrep, public, .. } = command else {
        return false;
    };
    sitrep
        .as_ref()
        .is_none_or(|draft| reported(draft, me, incident))
        && public
            .as_ref()
            .is_none_or(|draft| told(draft, at, me, incident))
}

fn reported(draft: &SitrepDraft, me: &PersonId, incident: &Incident) -> bool {
    let Some(sent) = &incident.sitrep else {
        return false;
    };
    let same = |mine: &Option<String>, theirs: &str| {
        mine.as_ref().is_none_or(|mine| clean(mine) == theirs)
    };
    sent.by.as_ref().is_some_and(|by| by.id == *me)
        && sent.sitrep.version > draft.after.unwrap_or_default()
        && same(&draft.situation, &sent.sitrep.situation)
        && same(&draft.impact, &sent.sitrep.impact)
        && same(&draft.hypothesis, &sent.sitrep.hypothesis)
        && same(&draft.needs, &sent.sitrep.needs)
}

fn told(draft: &PublicDraft, at: Time, me: &PersonId, incident: &Incident) -> bool {
    let Some(sent) = &incident.word else {
        return false;
    };
    // A minute of grace for a device whose clock runs ahead.
    sent.by.as_ref().is_some_and(|by| by.id == *me)
        && sent.published_at >= at - chrono::Duration::minutes(1)
        && sent.update.state == draft.state
        && sent.update.message == clean(&draft.message)
}

/// Puts the cursor where the fault is.
fn blame(field: Option<&str>) {
    if let Some(field) = field {
        focus(field);
    }
}
