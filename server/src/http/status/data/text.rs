//! The page for people with `curl`: what matters now, in lines.

use super::maintenance;
use super::snapshot::Snapshot;
use domain::Component;
use domain::markdown::plain;
use domain::status::{PublicIncident, overall};
use domain::time::{Time, length};
use std::fmt::Write as _;

/// Writes it. `as_of` is when it was read; `old` is now, where nothing newer can be read.
pub(super) fn write(snapshot: &Snapshot, as_of: Time, old: Option<Time>) -> String {
    let all: Vec<_> = snapshot
        .components
        .iter()
        .map(|c| snapshot.status(c))
        .collect();
    let open = snapshot.incidents.iter().map(|incident| incident.impact);
    let (_, words) = overall(&all, open);
    let mut text = format!("{}: {words}\n", snapshot.settings.organisation);
    // Writing to a string cannot fail.
    let _ = writeln!(text, "As of {} UTC", as_of.format("%Y-%m-%d %H:%M"));
    if let Some(now) = old {
        let age = length(now - as_of);
        let _ = writeln!(
            text,
            "We cannot read anything newer just now. What you see is {age} old."
        );
    }
    for incident in &snapshot.incidents {
        put(&mut text, snapshot, incident);
    }
    for one in &snapshot.maintenances {
        let (from, to) = (one.plan.from, one.plan.to);
        let _ = writeln!(text, "\n{}", one.plan.title);
        let _ = writeln!(
            text,
            "{}: {} to {} UTC",
            one.state.label(),
            from.format("%Y-%m-%d %H:%M"),
            to.format("%Y-%m-%d %H:%M")
        );
        let _ = writeln!(text, "{}", maintenance::page(snapshot, one));
    }
    if !snapshot.components.is_empty() {
        text.push('\n');
    }
    let names: Vec<String> = snapshot
        .components
        .iter()
        .map(Component::full_name)
        .collect();
    let width = names
        .iter()
        .map(|name| name.chars().count())
        .max()
        .unwrap_or_default();
    for (name, component) in names.iter().zip(&snapshot.components) {
        let _ = writeln!(
            text,
            "{name:width$}  {}",
            snapshot.status(component).as_str()
        );
    }
    let _ = writeln!(text, "\n{}", snapshot.url);
    text
}

fn put(text: &mut String, snapshot: &Snapshot, incident: &PublicIncident) {
    let _ = writeln!(text, "\n{}", snapshot.title(incident));
    if let Some(word) = incident.words.last() {
        let at = word.published_at.format("%Y-%m-%d %H:%M");
        let _ = writeln!(
            text,
            "{at} UTC, {}: {}",
            word.state.label(),
            plain(&word.message)
        );
    }
    if let Some(by) = incident.next_update_by() {
        let _ = writeln!(text, "Next update by {} UTC", by.format("%Y-%m-%d %H:%M"));
    }
    let _ = writeln!(text, "{}/incidents/{}", snapshot.url, incident.number);
}
