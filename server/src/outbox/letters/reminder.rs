//! An overdue promise, by mail to whom it was put.

use super::{Unwritten, Written, moot, page, thread};
use crate::services::Services;
use domain::Number;
use domain::clock::{ClockKind, ClockState, clocks};
use domain::time::{Time, length, short};
use leptos::prelude::*;

pub(super) async fn write(
    services: &Services,
    incident: Number,
    clock: ClockKind,
    due_at: Time,
    key: &str,
) -> Result<Written, Unwritten> {
    let Some(state) = services.incident(incident).await? else {
        return Err(moot("This incident is not there any more."));
    };
    let (directory, now) = (services.directory(), services.now());
    // Late by hours because no mail went out: a promise that is kept by now needs no reminder.
    let running = clocks(&state.summary, &directory.settings.promises, now);
    let still = running
        .iter()
        .any(|c| c.kind == clock && c.due_at == Some(due_at) && c.state == ClockState::Over);
    if !still {
        return Err(moot("The promise was kept before the mail went out."));
    }
    let tag = directory.tag(incident);
    let title = &state.summary.title;
    let duty = clock.duty();
    let late = format!(
        "It was promised by {} UTC and is overdue by {}.",
        short(due_at, now),
        length(now - due_at)
    );
    let place = match clock {
        ClockKind::Command => "/handover",
        ClockKind::Customers | ClockKind::Sitrep => "/update",
        ClockKind::Severity => "",
    };
    let href = format!("{}/incidents/{incident}{place}", services.base_url());
    let later =
        "Cannot be done now? Put it off in the room, with a reason: everybody sees it there.";
    Ok(Written {
        subject: format!("Overdue in {tag}: {duty}"),
        id: thread::id(services.base_url(), key),
        follows: vec![thread::sitrep(services.base_url(), incident, 1)],
        at: now,
        text: format!("{duty}: {tag}, {title}\n\n{late}\n\n{href}\n\n{later}\n"),
        html: page(view! {
            <h1>{duty}</h1>
            <p>{format!("{tag}, {title}")}</p>
            <p>{late.clone()}</p>
            <p><a href=href.clone()>"Do it now"</a></p>
            <p class="foot">{later}</p>
        }),
    })
}
