//! `llms.txt`: the page for language models, as <https://llmstxt.org> has it. How everything is in a few lines, and where to
//! read more.

use super::snapshot::Snapshot;
use super::{Doc, Filter, Planned, maintenance};
use domain::Maintenance;
use domain::markdown::excerpt;
use domain::status::{PublicIncident, overall};
use domain::time::{Time, length};
use std::fmt::Write as _;

/// So much of an update is shown, in signs; its page has all of it.
const LONGEST: usize = 280;
const MINUTE: &str = "%Y-%m-%d %H:%M";

/// Writes it. `as_of` is when it was read; `old` is now, where nothing newer can be read.
pub(super) fn write(snapshot: &Snapshot, as_of: Time, old: Option<Time>) -> String {
    let statuses = snapshot.components.iter().map(|c| snapshot.status(c));
    let statuses: Vec<_> = statuses.collect();
    let open = snapshot.incidents.iter().map(|incident| incident.impact);
    let (_, words) = overall(&statuses, open);
    let organisation = inline(&snapshot.settings.organisation);
    let as_of_words = as_of.format(MINUTE);
    // Writing to a string cannot fail.
    let mut text = format!("# {organisation} Status\n\n> {words}, as of {as_of_words} UTC.");
    if let Some(now) = old {
        let age = length(now - as_of);
        let _ = write!(
            text,
            " Nothing newer can be read just now: this is {age} old."
        );
    }
    let _ = write!(
        text,
        "\n\nThe public status page of {organisation}: what it tells its customers about incidents and planned maintenance. \
         All times are UTC. Read this address again to know how it is later.\n\n## Open incidents\n\n"
    );
    if snapshot.incidents.is_empty() {
        text.push_str("None.\n");
    }
    for incident in &snapshot.incidents {
        put_incident(&mut text, snapshot, incident);
    }
    text.push_str("\n## Planned maintenance\n\n");
    if snapshot.maintenances.is_empty() {
        text.push_str("None.\n");
    }
    for one in &snapshot.maintenances {
        put_maintenance(&mut text, snapshot, one);
    }
    if !snapshot.components.is_empty() {
        text.push_str("\n## Components\n\n");
    }
    for component in &snapshot.components {
        let (name, code) = (inline(&component.full_name()), component.code());
        let status = snapshot.status(component).as_str();
        let page = format!("{}/components/{code}", snapshot.url);
        let _ = writeln!(text, "- [{name}]({page}): {status}");
    }
    put_documents(&mut text, snapshot);
    text
}

fn put_incident(text: &mut String, snapshot: &Snapshot, incident: &PublicIncident) {
    let title = inline(&snapshot.title(incident));
    let page = format!("{}/incidents/{}", snapshot.url, incident.number);
    let _ = write!(text, "- [{title}]({page})");
    if let Some(word) = incident.words.last() {
        let (at, state) = (word.published_at.format(MINUTE), word.state.label());
        let said = inline(&excerpt(&word.message, LONGEST));
        let _ = write!(text, ": {state}, {at} UTC: {said}");
    }
    if let Some(by) = incident.next_update_by() {
        let _ = write!(text, " (next update by {} UTC)", by.format(MINUTE));
    }
    text.push('\n');
}

fn put_maintenance(text: &mut String, snapshot: &Snapshot, one: &Maintenance) {
    let (title, page) = (inline(&one.plan.title), maintenance::page(snapshot, one));
    let (from, to) = (one.plan.from.format(MINUTE), one.plan.to.format(MINUTE));
    let state = one.state.label();
    let _ = writeln!(text, "- [{title}]({page}): {state}, {from} to {to} UTC");
}

/// Where machines read all of it.
fn put_documents(text: &mut String, snapshot: &Snapshot) {
    text.push_str("\n## Machine-readable\n\n");
    let feed = Doc::Feed(super::Format::Json, Filter::default());
    for (doc, name, about) in [
        (
            Doc::Summary,
            "Summary",
            "components, open incidents and planned maintenance as JSON, in the shape of Statuspage's API v2",
        ),
        (
            Doc::Incidents,
            "Incidents",
            "the last 50 incidents with every update, as JSON",
        ),
        (
            Doc::Maintenances(Planned::All),
            "Scheduled maintenance",
            "the last 50 as JSON",
        ),
        (feed, "Feed", "the history as JSON Feed"),
        (
            Doc::Calendar(Filter::default()),
            "Calendar",
            "maintenance and incidents as iCalendar",
        ),
        (Doc::Text, "Text", "how everything is, in plain lines"),
    ] {
        let address = doc.address().unwrap_or_default();
        let _ = writeln!(text, "- [{name}]({}{address}): {about}", snapshot.url);
    }
    let _ = writeln!(
        text,
        "\n## Optional\n\n- [History]({}/history): past incidents by month, for people",
        snapshot.url
    );
}

/// Text of somebody's on one line of Markdown, where it can be neither a link nor anything else but text.
fn inline(text: &str) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    line.chars().fold(String::new(), |mut safe, sign| {
        if matches!(sign, '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '#') {
            safe.push('\\');
        }
        safe.push(sign);
        safe
    })
}
