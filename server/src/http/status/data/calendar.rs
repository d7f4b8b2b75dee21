//! Planned maintenance and incidents as a calendar (RFC 5545) that calendars subscribe to. An entry keeps its UID for ever; its
//! SEQUENCE grows with every change, so that a moved window moves in people's calendars and a cancelled one is struck out.

use super::snapshot::Snapshot;
use super::{Written, maintenance};
use chrono::TimeDelta;
use domain::markdown::plain;
use domain::status::PublicIncident;
use domain::{Component, Maintenance, MaintenanceState};
use icalendar::{Alarm, Calendar, Component as _, Event, EventLike as _, EventStatus, Trigger};

/// How long before a window calendars remind.
const REMIND: TimeDelta = TimeDelta::hours(1);

/// Writes it.
pub(super) fn write(snapshot: &Snapshot) -> Written {
    let mut calendar = Calendar::new();
    calendar
        .name(&format!("{} Status", snapshot.settings.organisation))
        .description("Planned maintenance and incidents")
        .ttl(&TimeDelta::hours(1));
    for one in &snapshot.maintenances {
        calendar.push(window(snapshot, one));
    }
    for one in &snapshot.incidents {
        calendar.extend(incident(snapshot, one));
    }
    Written {
        media: "text/calendar; charset=utf-8",
        text: calendar.to_string(),
    }
}

/// A name for ever, whatever the entry comes to say.
fn uid(snapshot: &Snapshot, kind: &str, number: i64) -> String {
    let (_, host) = snapshot.url.split_once("://").unwrap_or_default();
    let host = host.split(['/', ':']).next().unwrap_or_default();
    format!("{kind}-{number}@{host}")
}

fn window(snapshot: &Snapshot, one: &Maintenance) -> Event {
    let (from, to) = one.span();
    let mut event = Event::new();
    event
        .uid(&uid(snapshot, "maintenance", one.number.0))
        .sequence(u32::try_from(one.revision - 1).unwrap_or(u32::MAX))
        .timestamp(one.updated_at)
        .summary(&one.plan.title)
        .starts(from)
        .ends(to)
        .status(match one.state {
            MaintenanceState::Cancelled => EventStatus::Cancelled,
            MaintenanceState::Scheduled
            | MaintenanceState::InProgress
            | MaintenanceState::Verifying
            | MaintenanceState::Completed => EventStatus::Confirmed,
        })
        .url(&maintenance::page(snapshot, one));
    let parts = names(maintenance::affected(snapshot, one));
    let word = one.words.last().map(|word| plain(&word.message));
    event.description(&described(one.state.label(), &parts, word));
    if one.state == MaintenanceState::Scheduled {
        let mut alarm = Alarm::display(&one.plan.title, Trigger::before_start(REMIND));
        // Or it would have the moment of writing and a name by chance, and the same calendar other bytes each time.
        alarm
            .uid(&uid(snapshot, "reminder", one.number.0))
            .timestamp(one.updated_at);
        event.alarm(alarm);
    }
    event.done()
}

/// One whose beginning nobody knows stands in no calendar.
fn incident(snapshot: &Snapshot, one: &PublicIncident) -> Option<Event> {
    let from = one.started_at?;
    let last = one.words.last().map(|word| word.published_at);
    let to = one.resolved_at.or(one.updated_at).or(last).unwrap_or(from);
    let mut event = Event::new();
    event
        .uid(&uid(snapshot, "incident", one.number.0))
        .sequence(u32::try_from(one.words.len()).unwrap_or(u32::MAX))
        .timestamp(one.updated_at.unwrap_or(from))
        .summary(&snapshot.title(one))
        .starts(from)
        .ends(to.max(from))
        .status(EventStatus::Confirmed)
        .url(&format!("{}/incidents/{}", snapshot.url, one.number));
    let parts = names(snapshot.affected(one));
    let state = match one.state {
        _ if !one.is_active() => "Resolved",
        Some(state) => state.label(),
        None => "Going on",
    };
    let word = one.words.last().map(|word| plain(&word.message));
    event.description(&described(state, &parts, word));
    Some(event.done())
}

fn names(components: Vec<&Component>) -> Vec<String> {
    components.into_iter().map(Component::full_name).collect()
}

fn described(state: &str, parts: &[String], word: Option<String>) -> String {
    let mut lines = vec![state.to_owned()];
    if !parts.is_empty() {
        lines.push(format!("Affected: {}", parts.join(", ")));
    }
    lines.extend(word);
    lines.join("\n")
}
