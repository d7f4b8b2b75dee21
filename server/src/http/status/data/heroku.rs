//! Heroku Status, versions 3 and 4, as its own documentation and command line have them. A group is a system and a component
//! in it a service; a component without a group is both. Version 3 knows two sides, Production and Development: a group of
//! that name speaks for its side, and where there is none all components do.
//!
//! Of its mistakes none is kept: what is resolved says so in both fields, and `duration` is that of the times beside it.

use super::maintenance;
use super::snapshot::Snapshot;
use chrono::{NaiveDate, SecondsFormat};
use domain::status::{PublicIncident, PublicState, PublicWord};
use domain::time::Time;
use domain::{ComponentStatus, Maintenance, Number};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The most that a list holds, and what it holds unless somebody wants less.
pub(in crate::http::status) const MOST: u8 = 50;

/// A document in Heroku's shape.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub(in crate::http::status) enum Heroku {
    /// `GET /api/v3/current-status`.
    Status3,
    /// `GET /api/v3/issues?since=2012-04-24&limit=1`.
    Issues {
        /// Those that began on this day or later.
        since: Option<NaiveDate>,
        /// How many.
        limit: u8,
    },
    /// `GET /api/v3/issues/:id`.
    Issue(Number),
    /// `GET /api/v4/current-status`.
    Status4,
    /// `GET /api/v4/incidents?limit=1`.
    Incidents {
        /// How many.
        limit: u8,
    },
    /// `GET /api/v4/incidents/:id`.
    Incident(Number),
}

impl Heroku {
    /// Writes the document.
    pub fn write(self, snapshot: &Snapshot) -> String {
        let one = snapshot.incidents.first();
        let text = match self {
            Self::Status3 => serde_json::to_string(&Status3 {
                status: Sides {
                    production: colour(side(snapshot, PRODUCTION)),
                    development: colour(side(snapshot, DEVELOPMENT)),
                },
                issues: snapshot
                    .incidents
                    .iter()
                    .map(|i| issue(snapshot, i))
                    .collect(),
            }),
            Self::Issues { since, limit } => {
                let late = |incident: &&PublicIncident| {
                    since.is_none_or(|since| created(incident).date_naive() >= since)
                };
                let some = snapshot.incidents.iter().filter(late).take(limit.into());
                serde_json::to_string(&some.map(|i| issue(snapshot, i)).collect::<Vec<_>>())
            }
            Self::Issue(_) => serde_json::to_string(&one.map(|i| issue(snapshot, i))),
            Self::Status4 => serde_json::to_string(&Status4 {
                status: systems(snapshot),
                incidents: snapshot
                    .incidents
                    .iter()
                    .map(|i| incident(snapshot, i))
                    .collect(),
                scheduled: snapshot
                    .maintenances
                    .iter()
                    .map(|one| scheduled(snapshot, one))
                    .collect(),
            }),
            Self::Incidents { limit } => {
                let some = snapshot.incidents.iter().take(limit.into());
                serde_json::to_string(&some.map(|i| incident(snapshot, i)).collect::<Vec<_>>())
            }
            Self::Incident(_) => serde_json::to_string(&one.map(|i| incident(snapshot, i))),
        };
        // Made of texts and numbers: it can be written. These addresses have no ending, so a host of static files may guess
        // that they are pages: written so, what people wrote cannot become one.
        text.unwrap_or_default().replace('<', "\\u003c")
    }
}

const PRODUCTION: &str = "Production";
const DEVELOPMENT: &str = "Development";

fn colour(status: ComponentStatus) -> &'static str {
    match status {
        ComponentStatus::Operational => "green",
        ComponentStatus::UnderMaintenance => "blue",
        ComponentStatus::DegradedPerformance | ComponentStatus::PartialOutage => "yellow",
        ComponentStatus::MajorOutage => "red",
    }
}

/// How a side does: the group of its name, or everything.
fn side(snapshot: &Snapshot, name: &str) -> ComponentStatus {
    let own = snapshot.groups.iter().any(|group| group.name == name);
    let inside = snapshot
        .components
        .iter()
        .filter(|c| !own || c.group == name);
    let components = inside.map(|c| snapshot.status(c)).max().unwrap_or_default();
    if !own && components == ComponentStatus::Operational && !snapshot.incidents.is_empty() {
        // Somebody writes of an incident that names nothing.
        return ComponentStatus::DegradedPerformance;
    }
    components
}

fn created(incident: &PublicIncident) -> Time {
    let first = incident.words.first().map(|word| word.published_at);
    let known = incident.created_at.or(first).or(incident.started_at);
    known.or(incident.resolved_at).unwrap_or_default()
}

fn changed(incident: &PublicIncident) -> Time {
    incident.updated_at.unwrap_or_else(|| created(incident))
}

fn update_type(at: usize, word: &PublicWord) -> &'static str {
    match word.state {
        PublicState::Resolved => "resolved",
        _ if at == 0 => "issue",
        state => state.as_str(),
    }
}

/// Numbers of words: Heroku's clients want whole ones, no incident has a thousand words, and they must never change.
fn word_id(incident: &PublicIncident, at: usize) -> i64 {
    incident.number.0 * 1_000 + i64::try_from(at).unwrap_or_default() + 1
}

fn page(snapshot: &Snapshot, incident: &PublicIncident) -> String {
    format!("{}/incidents/{}", snapshot.url, incident.number)
}

#[derive(Serialize)]
struct Status3 {
    status: Sides,
    issues: Vec<Issue>,
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct Sides {
    production: &'static str,
    development: &'static str,
}

#[derive(Serialize)]
struct Issue {
    created_at: String,
    id: i64,
    resolved: bool,
    status_dev: &'static str,
    status_prod: &'static str,
    title: String,
    upcoming: bool,
    updated_at: String,
    href: String,
    full_url: String,
    updates: Vec<Update3>,
}

#[derive(Serialize)]
struct Update3 {
    contents: String,
    created_at: String,
    id: i64,
    incident_id: i64,
    status_dev: &'static str,
    status_prod: &'static str,
    title: String,
    update_type: &'static str,
    updated_at: String,
}

fn seconds(at: Time) -> String {
    at.to_rfc3339_opts(SecondsFormat::Secs, true)
}

fn issue(snapshot: &Snapshot, incident: &PublicIncident) -> Issue {
    let title = snapshot.title(incident);
    let mut statuses = BTreeMap::new();
    let mut updates = Vec::new();
    for (at, word) in incident.words.iter().enumerate() {
        statuses.extend(word.components.iter().map(|a| (&a.id, a.status)));
        if word.state == PublicState::Resolved {
            statuses.clear();
        }
        let of = |name| {
            let own = snapshot.groups.iter().any(|group| group.name == name);
            let inside = statuses.iter().filter(|(id, _)| {
                let component = snapshot.component(id);
                component.is_some_and(|c| !own || c.group == name)
            });
            colour(inside.map(|(_, status)| *status).max().unwrap_or_default())
        };
        let source = word.source.as_ref();
        updates.push(Update3 {
            contents: word.message.clone(),
            created_at: seconds(word.published_at),
            id: word_id(incident, at),
            incident_id: incident.number.0,
            status_dev: of(DEVELOPMENT),
            status_prod: of(PRODUCTION),
            title: title.clone(),
            update_type: update_type(at, word),
            updated_at: seconds(source.map_or(word.published_at, |source| source.updated_at)),
        });
    }
    let last = updates.last();
    Issue {
        created_at: seconds(created(incident)),
        id: incident.number.0,
        resolved: !incident.is_active(),
        status_dev: last.map_or("green", |last| last.status_dev),
        status_prod: last.map_or("green", |last| last.status_prod),
        title,
        upcoming: false,
        updated_at: seconds(changed(incident)),
        href: format!("{}/api/v3/issues/{}", snapshot.url, incident.number),
        full_url: page(snapshot, incident),
        updates: updates.into_iter().rev().collect(),
    }
}

#[derive(Serialize)]
struct Status4 {
    status: Vec<SystemStatus>,
    incidents: Vec<Incident>,
    scheduled: Vec<Incident>,
}

#[derive(Serialize)]
struct SystemStatus {
    system: String,
    status: &'static str,
}

#[derive(Serialize)]
struct Incident {
    id: i64,
    title: String,
    state: &'static str,
    created_at: String,
    updated_at: String,
    resolved: bool,
    resolved_at: Option<String>,
    /// Seconds, to the end or to what was said last.
    duration: i64,
    full_url: String,
    systems: Vec<System>,
    tags: Vec<String>,
    updates: Vec<Update4>,
}

#[derive(Serialize)]
struct System {
    name: String,
    status: &'static str,
    services: Vec<String>,
}

#[derive(Serialize)]
struct Update4 {
    id: i64,
    incident_id: i64,
    update_type: &'static str,
    contents: String,
    title: String,
    created_at: String,
    updated_at: String,
}

fn milliseconds(at: Time) -> String {
    at.to_rfc3339_opts(SecondsFormat::Millis, true)
}

/// The systems with how they do, in page order.
fn systems(snapshot: &Snapshot) -> Vec<SystemStatus> {
    let all = snapshot.components.iter().map(|c| (c, snapshot.status(c)));
    by_system(all)
        .into_iter()
        .map(|(system, status, _)| SystemStatus {
            system,
            status: colour(status),
        })
        .collect()
}

/// Components by system: its name, its worst, its services.
fn by_system<'a>(
    components: impl Iterator<Item = (&'a domain::Component, ComponentStatus)>,
) -> Vec<(String, ComponentStatus, Vec<String>)> {
    let mut systems: Vec<(String, ComponentStatus, Vec<String>)> = Vec::new();
    for (component, status) in components {
        let name = match component.group.as_str() {
            "" => &component.name,
            group => group,
        };
        match systems.iter_mut().find(|(known, ..)| known == name) {
            Some((_, worst, services)) => {
                *worst = status.max(*worst);
                services.push(component.name.clone());
            }
            None => systems.push((name.to_owned(), status, vec![component.name.clone()])),
        }
    }
    systems
}

/// What is planned has numbers of its own; theirs share one row, so ours begin where no incident's ever come.
const PLANNED_FROM: i64 = 1_000_000_000;

fn scheduled(snapshot: &Snapshot, one: &Maintenance) -> Incident {
    let id = PLANNED_FROM + one.number.0;
    let down = if one.state.is_active() {
        ComponentStatus::UnderMaintenance
    } else {
        ComponentStatus::Operational
    };
    let affected = maintenance::affected(snapshot, one).into_iter();
    let updates = one
        .words
        .iter()
        .enumerate()
        .rev()
        .map(|(at, word)| Update4 {
            id: id * 1_000 + i64::try_from(at).unwrap_or_default() + 1,
            incident_id: id,
            update_type: "scheduled",
            contents: word.message.clone(),
            title: one.plan.title.clone(),
            created_at: milliseconds(word.at),
            updated_at: milliseconds(word.at),
        });
    let (from, to) = one.span();
    Incident {
        id,
        title: one.plan.title.clone(),
        state: match (one.state.is_active(), one.state.is_over()) {
            (true, _) => "open",
            (false, true) => "resolved",
            (false, false) => "upcoming",
        },
        created_at: milliseconds(one.created_at),
        updated_at: milliseconds(one.updated_at),
        resolved: one.state.is_over(),
        resolved_at: one.ended_at.map(milliseconds),
        duration: (to - from).num_seconds(),
        full_url: maintenance::page(snapshot, one),
        systems: by_system(affected.map(|component| (component, down)))
            .into_iter()
            .map(|(name, status, services)| System {
                name,
                status: colour(status),
                services,
            })
            .collect(),
        tags: Vec::new(),
        updates: updates.collect(),
    }
}

fn incident(snapshot: &Snapshot, incident: &PublicIncident) -> Incident {
    let title = snapshot.title(incident);
    let affected = snapshot.affected(incident).into_iter().map(|component| {
        let status = incident.components.get(&component.id);
        (component, status.copied().unwrap_or_default())
    });
    let until = incident.resolved_at.unwrap_or_else(|| changed(incident));
    let begun = incident.started_at.unwrap_or_else(|| created(incident));
    let updates = incident.words.iter().enumerate().rev().map(|(at, word)| {
        let source = word.source.as_ref();
        Update4 {
            id: word_id(incident, at),
            incident_id: incident.number.0,
            update_type: update_type(at, word),
            contents: word.message.clone(),
            title: title.clone(),
            created_at: milliseconds(word.published_at),
            updated_at: milliseconds(source.map_or(word.published_at, |source| source.updated_at)),
        }
    });
    let updates = updates.collect();
    Incident {
        id: incident.number.0,
        state: if incident.is_active() {
            "open"
        } else {
            "resolved"
        },
        created_at: milliseconds(created(incident)),
        updated_at: milliseconds(changed(incident)),
        resolved: !incident.is_active(),
        resolved_at: incident.resolved_at.map(milliseconds),
        duration: (until - begun).num_seconds().max(0),
        full_url: page(snapshot, incident),
        systems: by_system(affected)
            .into_iter()
            .map(|(name, status, services)| System {
                name,
                status: colour(status),
                services,
            })
            .collect(),
        tags: Vec::new(),
        updates,
        title,
    }
}
