//! Statuspage's public API v2, byte for byte in its shape: the order of the keys, three digits after the second in the page's
//! zone, nulls written out, lists never null, and not one field that it does not have, because there are clients that read
//! strictly.

use super::snapshot::Snapshot;
use super::{Doc, maintenance};
use chrono::SecondsFormat;
use domain::status::{Affected, PublicIncident, PublicState, PublicWord, code, overall};
use domain::time::Time;
use domain::{Component, ComponentId, ComponentStatus, Group};
use serde::Serialize;
use serde::ser::{SerializeMap, Serializer};
use std::collections::BTreeMap;

/// Writes a document.
pub(super) fn write(doc: Doc, snapshot: &Snapshot) -> String {
    let page = Page::of(snapshot);
    let incidents = || all_incidents(snapshot);
    let maintenances = || {
        let all = snapshot.maintenances.iter();
        all.map(|one| maintenance::incident(snapshot, one))
            .collect()
    };
    let parts: Vec<(&str, Part)> = match doc {
        Doc::Summary => vec![
            ("components", Part::Components(components(snapshot))),
            ("incidents", Part::Incidents(incidents())),
            ("scheduled_maintenances", Part::Incidents(maintenances())),
            ("status", Part::Status(Status::of(snapshot))),
        ],
        Doc::Status => vec![("status", Part::Status(Status::of(snapshot)))],
        Doc::Components => vec![("components", Part::Components(components(snapshot)))],
        Doc::Incidents | Doc::Unresolved => vec![("incidents", Part::Incidents(incidents()))],
        Doc::Maintenances(_) => {
            vec![("scheduled_maintenances", Part::Incidents(maintenances()))]
        }
        // One code leads to one of either.
        Doc::Incident(_) => [incidents(), maintenances()]
            .into_iter()
            .flatten()
            .map(|incident| ("incident", Part::Incident(Box::new(incident))))
            .collect(),
        // Documents of other shapes are written elsewhere.
        Doc::Feed(..)
        | Doc::Updates(..)
        | Doc::Calendar(_)
        | Doc::Heroku(_)
        | Doc::Text
        | Doc::Llms
        | Doc::Badge(_) => Vec::new(),
    };
    // Made of texts and numbers: it can be written.
    serde_json::to_string(&Document { page, parts }).unwrap_or_default()
}

struct Document<'a> {
    page: Page<'a>,
    parts: Vec<(&'static str, Part)>,
}

impl Serialize for Document<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(1 + self.parts.len()))?;
        map.serialize_entry("page", &self.page)?;
        for (name, part) in &self.parts {
            map.serialize_entry(name, part)?;
        }
        map.end()
    }
}

#[derive(Serialize)]
#[serde(untagged)]
enum Part {
    Components(Vec<Row>),
    Incidents(Vec<Incident>),
    Incident(Box<Incident>),
    Status(Status),
}

#[derive(Serialize)]
struct Page<'a> {
    id: String,
    name: &'a str,
    url: &'a str,
    time_zone: &'a str,
    updated_at: String,
}

impl<'a> Page<'a> {
    fn of(snapshot: &'a Snapshot) -> Self {
        Self {
            id: snapshot.page_code(),
            name: &snapshot.settings.organisation,
            url: &snapshot.url,
            time_zone: &snapshot.settings.time_zone,
            updated_at: moment(snapshot, snapshot.updated_at()),
        }
    }
}

#[derive(Serialize)]
struct Status {
    indicator: &'static str,
    description: &'static str,
}

impl Status {
    fn of(snapshot: &Snapshot) -> Self {
        let all: Vec<_> = snapshot
            .components
            .iter()
            .map(|c| snapshot.status(c))
            .collect();
        let open = snapshot
            .incidents
            .iter()
            .filter(|incident| incident.is_active());
        let (indicator, description) = overall(&all, open.map(|incident| incident.impact));
        Self {
            indicator: indicator.as_str(),
            description,
        }
    }
}

/// A component, or a group.
#[derive(Serialize)]
pub(super) struct Row {
    id: String,
    name: String,
    status: &'static str,
    created_at: String,
    updated_at: String,
    position: i64,
    description: Option<String>,
    showcase: bool,
    start_date: Option<String>,
    group_id: Option<String>,
    page_id: String,
    group: bool,
    only_show_if_degraded: bool,
    /// What stands in a group.
    #[serde(skip_serializing_if = "Option::is_none")]
    components: Option<Vec<String>>,
}

fn group_code(group: &Group) -> String {
    let made = || code("group", &group.name);
    group.code.clone().unwrap_or_else(made)
}

/// Components and groups in one flat list, by position.
fn components(snapshot: &Snapshot) -> Vec<Row> {
    let top = positions(snapshot, "");
    let mut rows: Vec<Row> = Vec::new();
    for group in &snapshot.groups {
        let inside = || snapshot.components.iter().filter(|c| c.group == group.name);
        let worst = inside().map(|c| snapshot.status(c)).max();
        rows.push(Row {
            id: group_code(group),
            name: group.name.clone(),
            status: worst.unwrap_or_default().as_str(),
            created_at: moment(snapshot, group.created_at),
            updated_at: moment(snapshot, group.updated_at),
            position: top.get(group.name.as_str()).copied().unwrap_or_default(),
            description: some(&group.description),
            showcase: false,
            start_date: None,
            group_id: None,
            page_id: snapshot.page_code(),
            group: true,
            only_show_if_degraded: false,
            components: Some(inside().map(Component::code).collect()),
        });
    }
    rows.extend(snapshot.components.iter().map(|c| row(snapshot, c)));
    rows.sort_by_key(|row| row.position);
    rows
}

pub(super) fn row(snapshot: &Snapshot, component: &Component) -> Row {
    let neighbours = positions(snapshot, &component.group);
    let group = snapshot.groups.iter().find(|g| g.name == component.group);
    Row {
        id: component.code(),
        name: component.name.clone(),
        status: snapshot.status(component).as_str(),
        created_at: moment(snapshot, component.created_at),
        updated_at: moment(snapshot, component.updated_at),
        position: neighbours
            .get(component.id.as_str())
            .copied()
            .unwrap_or_default(),
        description: some(&component.description),
        showcase: component.showcase,
        start_date: component.start_date.map(|day| day.to_string()),
        group_id: group.map(group_code),
        page_id: snapshot.page_code(),
        group: false,
        only_show_if_degraded: component.only_if_degraded,
        components: None,
    }
}

/// The numbers of the places of neighbours, by component id or group name: as the page had them that they came from, as long
/// as all of them did, and else counted. What is hidden counts for nothing.
fn positions<'a>(snapshot: &'a Snapshot, group: &str) -> BTreeMap<&'a str, i64> {
    let mut neighbours: Vec<(i64, &str, Option<i64>)> = snapshot
        .components
        .iter()
        .filter(|component| component.group == group)
        .map(|c| (c.place, c.id.as_str(), c.position))
        .collect();
    if group.is_empty() {
        let groups = snapshot.groups.iter();
        neighbours.extend(groups.map(|g| (g.place, g.name.as_str(), g.position)));
    }
    neighbours.sort_by_key(|(place, ..)| *place);
    let given: Option<Vec<i64>> = neighbours.iter().map(|(.., given)| *given).collect();
    let counted = (1..).take(neighbours.len()).collect();
    let numbers = given.filter(|given| given.is_sorted()).unwrap_or(counted);
    neighbours
        .into_iter()
        .zip(numbers)
        .map(|((_, name, _), number)| (name, number))
        .collect()
}

/// An incident, or a maintenance: that is one with a window.
#[derive(Serialize)]
pub(super) struct Incident {
    pub id: String,
    pub name: String,
    pub status: &'static str,
    pub created_at: String,
    pub updated_at: String,
    pub monitoring_at: Option<String>,
    pub resolved_at: Option<String>,
    pub impact: &'static str,
    pub shortlink: String,
    pub started_at: String,
    pub page_id: String,
    #[serde(rename = "incident_updates")]
    pub updates: Vec<Update>,
    pub components: Vec<Row>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub scheduled_for: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub scheduled_until: Option<String>,
}

#[derive(Serialize)]
pub(super) struct Update {
    pub id: String,
    pub status: &'static str,
    pub body: String,
    pub incident_id: String,
    pub created_at: String,
    pub updated_at: String,
    pub display_at: String,
    pub affected_components: Vec<AffectedRow>,
    pub deliver_notifications: bool,
    pub custom_tweet: Option<String>,
    pub tweet_id: Option<String>,
}

#[derive(Serialize)]
pub(super) struct AffectedRow {
    pub code: String,
    pub name: String,
    pub old_status: &'static str,
    pub new_status: &'static str,
}

fn all_incidents(snapshot: &Snapshot) -> Vec<Incident> {
    let incidents = snapshot.incidents.iter();
    incidents.map(|one| incident(snapshot, one)).collect()
}

fn incident(snapshot: &Snapshot, incident: &PublicIncident) -> Incident {
    let first = incident.words.first().map(|word| word.published_at);
    // Their clients cannot do without one; where it is unknown, the first time that is known comes closest.
    let begun = incident.started_at.or(first).or(incident.resolved_at);
    let created = incident.created_at.or(begun).unwrap_or_default();
    let begun = begun.unwrap_or(created);
    Incident {
        id: incident.code(),
        name: snapshot.title(incident),
        status: if incident.is_active() {
            state(incident.state.unwrap_or(PublicState::Investigating))
        } else {
            "resolved"
        },
        created_at: moment(snapshot, created),
        updated_at: moment(snapshot, incident.updated_at.unwrap_or(created)),
        monitoring_at: incident.monitoring_at.map(|at| moment(snapshot, at)),
        resolved_at: incident.resolved_at.map(|at| moment(snapshot, at)),
        impact: incident.impact.as_str(),
        shortlink: format!("{}/incidents/{}", snapshot.url, incident.number),
        started_at: moment(snapshot, begun),
        page_id: snapshot.page_code(),
        updates: updates(snapshot, incident),
        components: snapshot
            .affected(incident)
            .into_iter()
            .map(|component| row(snapshot, component))
            .collect(),
        scheduled_for: None,
        scheduled_until: None,
    }
}

/// The words, the newest first, each with what it changed.
fn updates(snapshot: &Snapshot, incident: &PublicIncident) -> Vec<Update> {
    let mut statuses: BTreeMap<&ComponentId, ComponentStatus> = BTreeMap::new();
    let mut stands = PublicState::Investigating;
    let mut updates: Vec<Update> = Vec::new();
    for word in &incident.words {
        if word.state != PublicState::Update {
            stands = word.state;
        }
        let mut affected = Vec::new();
        let mut go = |id, to| {
            let from = statuses.insert(id, to).unwrap_or_default();
            affected.extend(snapshot.component(id).map(|component| AffectedRow {
                code: component.code(),
                name: component.full_name(),
                old_status: from.as_str(),
                new_status: to.as_str(),
            }));
        };
        for Affected { id, status } in &word.components {
            go(id, *status);
        }
        // The end of an incident is that of what it did, also where nobody repeats it.
        if word.state == PublicState::Resolved && word.components.is_empty() {
            for id in incident.components.keys() {
                go(id, ComponentStatus::Operational);
            }
        }
        updates.push(update(snapshot, incident, word, stands, affected));
    }
    updates.reverse();
    updates
}

fn update(
    snapshot: &Snapshot,
    incident: &PublicIncident,
    word: &PublicWord,
    stands: PublicState,
    affected_components: Vec<AffectedRow>,
) -> Update {
    let source = word.source.as_ref();
    let at = |of_source: Option<Time>| moment(snapshot, of_source.unwrap_or(word.published_at));
    Update {
        id: word.code(),
        status: state(stands),
        body: word.message.clone(),
        incident_id: incident.code(),
        created_at: at(source.map(|source| source.created_at)),
        updated_at: at(source.map(|source| source.updated_at)),
        display_at: at(None),
        affected_components,
        deliver_notifications: true,
        custom_tweet: None,
        tweet_id: None,
    }
}

/// Statuspage has no "update": a word without a change of state carries the state that goes on.
fn state(state: PublicState) -> &'static str {
    match state {
        PublicState::Update => PublicState::Investigating.as_str(),
        PublicState::Investigating
        | PublicState::Identified
        | PublicState::Monitoring
        | PublicState::Resolved => state.as_str(),
    }
}

fn some(text: &str) -> Option<String> {
    (!text.is_empty()).then(|| text.to_owned())
}

/// "2021-12-07T11:07:15.773-07:00"; `Z` where the page speaks in UTC.
pub(super) fn moment(snapshot: &Snapshot, at: Time) -> String {
    let zone = snapshot.zone();
    let utc = matches!(zone, chrono_tz::Tz::Etc__UTC | chrono_tz::Tz::UTC);
    at.with_timezone(&zone)
        .to_rfc3339_opts(SecondsFormat::Millis, utc)
}
