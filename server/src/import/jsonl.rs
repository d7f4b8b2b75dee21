//! One incident a line, as public archives of status pages have them: id, title, impact, times, components by name, and
//! every update with its time. The order of updates is that of the line, also where their times are equal.

use super::incidents::bring_in;
use super::maintenances::{self, ForeignMaintenance, Told};
use super::report::{Broken, Report};
use super::{Foreign, ForeignWord, ImportError, Part, fit, in_words};
use crate::clock::Clock;
use crate::store::Store;
use domain::incident::Source;
use domain::status::PublicState;
use domain::time::Time;
use domain::{Impact, text};
use serde::Deserialize;
use std::collections::HashSet;
use std::path::Path;

/// Imports a file. Lines that cannot be read are named in the report, and the rest comes in.
pub async fn jsonl(
    store: &dyn Store,
    clock: &dyn Clock,
    path: &Path,
) -> Result<Report, ImportError> {
    let content = tokio::fs::read(path)
        .await
        .map_err(|error| ImportError::Unreadable {
            path: path.to_owned(),
            error,
        })?;
    let mut report = Report::default();
    let mut incidents: Vec<Foreign> = Vec::new();
    let mut maintenances = Vec::new();
    let mut keys = HashSet::new();
    let content = content.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&content);
    for (at, line) in content.split(|byte| *byte == b'\n').enumerate() {
        if line.trim_ascii().is_empty() {
            continue;
        }
        match read(line) {
            Ok(Read::Incident(incident)) if keys.insert(incident.key()) => {
                incidents.push(incident);
            }
            Ok(Read::Incident(incident)) => report.broken.push(Broken {
                what: line_of(at),
                why: format!("the id {} is that of an earlier line", incident.source.id),
            }),
            Ok(Read::Maintenance(planned)) => maintenances.push(planned),
            Err(why) => report.broken.push(Broken {
                what: line_of(at),
                why,
            }),
        }
    }
    bring_in(store, clock, incidents, &mut report).await?;
    maintenances::bring_in(store, clock, maintenances, &mut report).await?;
    Ok(report)
}

/// Lines count from 1.
fn line_of(at: usize) -> String {
    format!("line {}", at + 1)
}

/// A line as it stands in the file. What we do not know is passed over.
#[derive(Deserialize)]
struct Line {
    id: String,
    #[serde(default)]
    entry_id: Option<String>,
    title: String,
    #[serde(default)]
    url: Option<String>,
    #[serde(default)]
    impact: Option<String>,
    #[serde(default)]
    started_at: Option<Time>,
    #[serde(default)]
    resolved_at: Option<Time>,
    updates: Vec<Update>,
    #[serde(default)]
    components: Vec<String>,
}

#[derive(Deserialize)]
struct Update {
    at: Time,
    status: String,
    message: String,
}

/// What a line turned out to be.
enum Read {
    Incident(Foreign),
    Maintenance(ForeignMaintenance),
}

fn read(line: &[u8]) -> Result<Read, String> {
    let line = std::str::from_utf8(line).map_err(|_| "it is not UTF-8".to_owned())?;
    let line: Line = serde_json::from_str(line).map_err(|error| match error.classify() {
        serde_json::error::Category::Data => in_words(&error),
        _ => format!("it is not one JSON object ({})", in_words(&error)),
    })?;
    let title = fit(text::required_line("title", &line.title, text::TITLE))?;
    let id = fit(text::required_line("id", &line.id, text::LINE))?;
    let planned = line.is_maintenance();
    let mut components = Vec::with_capacity(line.components.len());
    for name in &line.components {
        let name = text::required_line("component", name, text::LINE);
        components.push(Part::Named(fit(name)?));
    }
    if planned {
        return maintenance(title, id, components, &line).map(Read::Maintenance);
    }
    let words = line
        .updates
        .into_iter()
        .enumerate()
        .map(|(at, update)| {
            update
                .word()
                .map_err(|why| format!("update {}: {why}", at + 1))
        })
        .collect::<Result<_, _>>()?;
    let source = Source {
        entry_id: line.entry_id,
        url: line.url,
        ..Source::new(id)
    };
    Ok(Read::Incident(Foreign {
        title,
        source,
        impact: line.impact.as_deref().map(impact).transpose()?,
        components,
        started_at: line.started_at,
        resolved_at: line.resolved_at,
        ongoing: false,
        words,
    }))
}

/// The code is the last part of the address, as with incidents; the window is not in such a line.
fn maintenance(
    title: String,
    id: String,
    components: Vec<Part>,
    line: &Line,
) -> Result<ForeignMaintenance, String> {
    let source = Source {
        url: line.url.clone(),
        ..Source::new(id)
    };
    let code = source.code().map(str::to_owned);
    let words = line.updates.iter().enumerate().map(|(at, update)| Told {
        place: at + 1,
        state: update.status.clone(),
        message: update.message.clone(),
        at: update.at,
        code: None,
    });
    Ok(ForeignMaintenance {
        title,
        code: code.unwrap_or_else(|| domain::status::code("imported_maintenance", &source.id)),
        window: None,
        components,
        created_at: None,
        updated_at: None,
        words: maintenances::words(words)?,
    })
}

impl Line {
    /// Planned maintenances have states of their own.
    fn is_maintenance(&self) -> bool {
        let planned = |status: &str| {
            ["scheduled", "in progress", "verifying", "completed"]
                .iter()
                .any(|state| status.eq_ignore_ascii_case(state))
        };
        let impact = self.impact.as_deref().unwrap_or_default();
        impact.eq_ignore_ascii_case("maintenance")
            || self.updates.iter().any(|update| planned(&update.status))
    }
}

impl Update {
    fn word(self) -> Result<ForeignWord, String> {
        let message = text::required_text("message", &self.message, text::MESSAGE);
        Ok(ForeignWord {
            at: self.at,
            state: state(&self.status)?,
            message: fit(message)?,
            affected: Vec::new(),
            source: None,
        })
    }
}

fn state(status: &str) -> Result<PublicState, String> {
    status.trim().to_ascii_lowercase().parse()
}

fn impact(impact: &str) -> Result<Impact, String> {
    impact.trim().to_ascii_lowercase().parse()
}
