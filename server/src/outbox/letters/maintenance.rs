//! A planned maintenance that is about to begin, or late, by mail to its owner.

use super::{Unwritten, Written, moot, page, thread};
use crate::services::Services;
use domain::time::short;
use domain::{MaintenanceNumber, MaintenanceState};
use leptos::prelude::*;

pub(super) async fn write(
    services: &Services,
    number: MaintenanceNumber,
    overdue: bool,
    key: &str,
) -> Result<Written, Unwritten> {
    let Some(one) = services.store().maintenance(number).await? else {
        return Err(moot("This maintenance is not there any more."));
    };
    let now = services.now();
    let (title, plan) = (&one.plan.title, &one.plan);
    // What somebody has done meanwhile needs no reminder.
    let (subject, words) = match (overdue, one.state) {
        (false, MaintenanceState::Scheduled) if plan.from > now => (
            format!("Soon: {title}"),
            format!(
                "It begins at {} UTC{}.",
                short(plan.from, now),
                if plan.starts_itself {
                    ", by itself"
                } else {
                    "; you begin it by hand"
                }
            ),
        ),
        (true, MaintenanceState::Scheduled) => (
            format!("Late: {title}"),
            format!(
                "It was to begin at {} UTC, and nobody has begun it. Begin it, move it or cancel it: customers read of it.",
                short(plan.from, now)
            ),
        ),
        (true, MaintenanceState::InProgress | MaintenanceState::Verifying) => (
            format!("Late: {title}"),
            format!(
                "It was to be over at {} UTC. Complete it, or give it a later end: customers read that it goes on.",
                short(plan.to, now)
            ),
        ),
        (_, _) => return Err(moot("It went on before the mail went out.")),
    };
    let href = format!("{}/maintenance/{number}", services.base_url());
    Ok(Written {
        subject,
        id: thread::id(services.base_url(), key),
        follows: Vec::new(),
        at: now,
        text: format!("{title}\n\n{words}\n\n{href}\n"),
        html: page(view! {
            <h1>{title.clone()}</h1>
            <p>{words.clone()}</p>
            <p><a href=href.clone()>"Open it"</a></p>
        }),
    })
}
