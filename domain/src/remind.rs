//! Who is told of an overdue promise, and when: its owner, then the deputy, then the IC, one after the other and each once.
//! Putting it off begins anew when its time is over; a kept promise ends it.

use crate::clock::{Clock, ClockKind, ClockState, clocks};
use crate::directory::{AccountRole, Directory};
use crate::id::PersonId;
use crate::incident::{IncidentEvent, Role, Summary};
use crate::time::Time;
use chrono::Duration;

/// How long the next one is left in peace after somebody was told, in minutes.
pub const STEP_MINUTES: i64 = 5;

/// The reminders that are due now, at most one for each clock.
pub fn due(incident: &Summary, directory: &Directory, now: Time) -> Vec<IncidentEvent> {
    clocks(incident, &directory.settings.promises, now)
        .iter()
        .filter(|clock| clock.state == ClockState::Over)
        .filter_map(|clock| next(incident, directory, clock, now))
        .collect()
}

fn next(
    incident: &Summary,
    directory: &Directory,
    clock: &Clock,
    now: Time,
) -> Option<IncidentEvent> {
    let due_at = clock.due_at?;
    if incident
        .snoozed(clock.kind)
        .is_some_and(|until| now < until)
    {
        return None;
    }
    let told = || {
        incident
            .reminders
            .iter()
            .filter(|r| r.clock == clock.kind && r.due_at == due_at)
    };
    let step = Duration::minutes(STEP_MINUTES);
    if told().any(|reminder| now < reminder.at + step) {
        return None;
    }
    let person = ladder(incident, directory, clock.kind)
        .into_iter()
        .find(|person| told().all(|reminder| reminder.person != *person))?;
    Some(IncidentEvent::Reminded {
        clock: clock.kind,
        due_at,
        person,
    })
}

/// Who is told, in this order. Who has no access any more, or may only read, is passed over.
fn ladder(incident: &Summary, directory: &Directory, clock: ClockKind) -> Vec<PersonId> {
    let able = |role| able(incident, directory, role);
    let owner = match clock {
        ClockKind::Customers => able(&Role::Comms).or_else(|| able(&Role::Ic)),
        ClockKind::Command | ClockKind::Sitrep | ClockKind::Severity => able(&Role::Ic),
    };
    let mut ladder: Vec<PersonId> = Vec::new();
    for person in [owner, able(&Role::Deputy), able(&Role::Ic)]
        .into_iter()
        .flatten()
    {
        if !ladder.contains(&person) {
            ladder.push(person);
        }
    }
    ladder
}

/// The holder of a role who can do what it asks.
fn able(incident: &Summary, directory: &Directory, role: &Role) -> Option<PersonId> {
    let holder = incident.role(role)?;
    let person = directory.person(&holder.person)?;
    (person.active && person.role >= AccountRole::Responder).then(|| person.id.clone())
}
