//! The JSON of a page's public API.

use super::super::maintenances::{self, ForeignMaintenance, Told};
use super::super::report::{Broken, Report};
use super::super::{Foreign, ForeignWord, Part, fit, in_words};
use super::html;
use chrono::NaiveDate;
use domain::incident::{Source, WordSource};
use domain::status::PublicState;
use domain::text;
use domain::time::Time;
use domain::{ComponentStatus, Impact};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

/// What a page says of itself in every document.
#[derive(Debug, Clone, Deserialize)]
pub(super) struct Head {
    pub id: String,
    pub name: String,
    pub url: String,
    pub time_zone: Option<String>,
    pub updated_at: Option<Time>,
}

/// A component, or a heading above some. What we do not know is passed over.
#[derive(Debug, Clone, Deserialize)]
pub(super) struct Row {
    pub id: String,
    pub name: String,
    pub status: ComponentStatus,
    pub created_at: Time,
    pub updated_at: Time,
    pub position: Option<i64>,
    pub description: Option<String>,
    pub showcase: Option<bool>,
    pub start_date: Option<NaiveDate>,
    pub group_id: Option<String>,
    pub group: Option<bool>,
    pub only_show_if_degraded: Option<bool>,
    /// It is in the list of the page's components, and not only named by an incident.
    #[serde(skip)]
    pub listed: bool,
}

impl Row {
    pub(super) fn is_group(&self) -> bool {
        self.group.unwrap_or_default()
    }
}

/// A document. Incidents and components are taken one by one, so that one that cannot be read leaves the others.
#[derive(Deserialize)]
struct Body {
    page: Option<Value>,
    components: Option<Vec<Value>>,
    incidents: Option<Vec<Value>>,
    incident: Option<Value>,
    scheduled_maintenances: Option<Vec<Value>>,
    status: Option<Value>,
}

#[derive(Deserialize)]
struct Incident {
    id: String,
    name: String,
    status: String,
    created_at: Option<Time>,
    updated_at: Option<Time>,
    resolved_at: Option<Time>,
    impact: Option<String>,
    started_at: Option<Time>,
    scheduled_for: Option<Time>,
    scheduled_until: Option<Time>,
    #[serde(default, rename = "incident_updates")]
    updates: Vec<Update>,
    components: Option<Vec<Row>>,
}

#[derive(Deserialize)]
struct Update {
    id: String,
    status: String,
    body: String,
    created_at: Time,
    updated_at: Time,
    display_at: Option<Time>,
    affected_components: Option<Vec<Affected>>,
}

#[derive(Deserialize)]
struct Affected {
    code: String,
    name: String,
    new_status: ComponentStatus,
}

/// What was in a document.
pub(super) struct Read {
    pub head: Head,
    pub rows: Vec<Row>,
    pub incidents: Vec<Foreign>,
    pub maintenances: Vec<ForeignMaintenance>,
}

/// Reads a document, or says why it is none.
pub(super) fn read(name: &str, content: &[u8], report: &mut Report) -> Result<Read, String> {
    let body: Body = serde_json::from_slice(content)
        .map_err(|error| format!("it is not JSON of a Statuspage ({})", in_words(&error)))?;
    let head: Head = match body.page {
        Some(page) => told(page).map_err(|why| format!("page: {why}"))?,
        None => return Err("it does not say which page it is of: “page” is missing".to_owned()),
    };
    let lists = [
        &body.components,
        &body.incidents,
        &body.scheduled_maintenances,
    ];
    if lists.iter().all(|list| list.is_none()) && body.incident.is_none() && body.status.is_none() {
        return Err("it has neither components nor incidents".to_owned());
    }
    let mut read = Read {
        head,
        rows: Vec::new(),
        incidents: Vec::new(),
        maintenances: Vec::new(),
    };
    for (at, value) in body.components.into_iter().flatten().enumerate() {
        let what = which(name, "component", at, &value);
        match told::<Row>(value) {
            Ok(row) => read.rows.push(Row {
                listed: true,
                ..row
            }),
            Err(why) => report.broken.push(Broken { what, why }),
        }
    }
    let all = body.incidents.into_iter().flatten().chain(body.incident);
    let planned = body.scheduled_maintenances.into_iter().flatten();
    for (at, value) in all.chain(planned).enumerate() {
        let what = which(name, "incident", at, &value);
        match told(value).and_then(|incident| read.take(incident, report)) {
            Ok(()) => {}
            Err(why) => report.broken.push(Broken { what, why }),
        }
    }
    Ok(read)
}

/// "components.json: component 3 (Mail)".
fn which(document: &str, kind: &str, at: usize, value: &Value) -> String {
    let named = value["name"].as_str().map(text::clean_line);
    let named = named.map(|name| format!(" ({name})")).unwrap_or_default();
    format!("{document}: {kind} {}{named}", at + 1)
}

/// A value as what it should be, or where it is not.
fn told<T: DeserializeOwned>(value: Value) -> Result<T, String> {
    serde_path_to_error::deserialize(value).map_err(|error| {
        match error.path().to_string().as_str() {
            "." => in_words(error.inner()),
            path => format!("{path}: {}", in_words(error.inner())),
        }
    })
}

impl Read {
    fn take(&mut self, incident: Incident, report: &mut Report) -> Result<(), String> {
        let title = fit(text::required_line("title", &incident.name, text::TITLE))?;
        if incident.is_planned() {
            return self.plan(title, incident);
        }
        let ongoing = match incident.status.as_str() {
            "investigating" | "identified" | "monitoring" => true,
            "resolved" | "postmortem" => false,
            other => return Err(format!("“{other}” is not the state of an incident")),
        };
        let mut words = Vec::with_capacity(incident.updates.len());
        for (at, update) in incident.updates.iter().enumerate() {
            words.push(
                update
                    .word()
                    .map_err(|why| format!("update {}: {why}", at + 1))?,
            );
        }
        // The newest comes first there. A time set by hand may put one elsewhere.
        words.reverse();
        words.sort_by_key(|word| word.at);
        if incident.updates.iter().any(Update::is_postmortem) {
            report.leave(format!(
                "The postmortem of “{title}” is a plain update here."
            ));
        }
        let impact = incident
            .impact
            .as_deref()
            .map(str::parse::<Impact>)
            .transpose()?;
        let id = fit(text::required_line("id", &incident.id, text::LINE))?;
        let rows = incident.components.unwrap_or_default();
        let source = Source {
            // Not the short link: the last part of this is the code, in every format.
            url: Some(format!(
                "{}/incidents/{id}",
                self.head.url.trim_end_matches('/')
            )),
            created_at: incident.created_at,
            updated_at: incident.updated_at,
            ..Source::new(id)
        };
        self.incidents.push(Foreign {
            title,
            source,
            impact,
            components: rows.iter().map(named).collect(),
            started_at: incident.started_at,
            resolved_at: incident.resolved_at,
            ongoing,
            words,
        });
        self.rows.extend(rows);
        Ok(())
    }
}

impl Read {
    fn plan(&mut self, title: String, incident: Incident) -> Result<(), String> {
        let id = fit(text::required_line("id", &incident.id, text::LINE))?;
        let told = incident.updates.into_iter().enumerate();
        let told = told.map(|(at, update)| Told {
            place: at + 1,
            state: update.status,
            message: html::plain(&update.body),
            at: update.display_at.unwrap_or(update.created_at),
            code: Some(update.id),
        });
        // The newest comes first there. A time set by hand may put one elsewhere.
        let mut told: Vec<Told> = told.collect();
        told.reverse();
        told.sort_by_key(|told| told.at);
        let rows = incident.components.unwrap_or_default();
        self.maintenances.push(ForeignMaintenance {
            title,
            code: id,
            window: incident.scheduled_for.zip(incident.scheduled_until),
            components: rows.iter().map(named).collect(),
            created_at: incident.created_at,
            updated_at: incident.updated_at,
            words: maintenances::words(told)?,
        });
        self.rows.extend(rows);
        Ok(())
    }
}

fn named(row: &Row) -> Part {
    Part::Coded {
        code: row.id.clone(),
        name: row.name.clone(),
    }
}

impl Incident {
    /// Planned maintenances have states of their own.
    fn is_planned(&self) -> bool {
        let states = ["scheduled", "in_progress", "verifying", "completed"];
        self.impact.as_deref() == Some("maintenance") || states.contains(&self.status.as_str())
    }
}

impl Update {
    fn is_postmortem(&self) -> bool {
        self.status == "postmortem"
    }

    fn word(&self) -> Result<ForeignWord, String> {
        let state = if self.is_postmortem() {
            PublicState::Update
        } else {
            self.status.parse()?
        };
        let message = html::plain(&self.body);
        let message = fit(text::required_text("message", &message, text::MESSAGE))?;
        let affected = self.affected_components.iter().flatten();
        let affected = affected.map(|affected| {
            let part = Part::Coded {
                code: affected.code.clone(),
                name: affected.name.clone(),
            };
            (part, affected.new_status)
        });
        Ok(ForeignWord {
            at: self.display_at.unwrap_or(self.created_at),
            state,
            message,
            affected: affected.collect(),
            source: Some(WordSource {
                id: self.id.clone(),
                created_at: self.created_at,
                updated_at: self.updated_at,
            }),
        })
    }
}
