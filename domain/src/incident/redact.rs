//! Redaction: where a secret stands in an incident, and the events without it. What carries roles, phases or order stays, so
//! a replay of what is left comes to the same incident with other words.

use super::decide::administrator;
use super::{IncidentEvent, Kind, Rejection};
use crate::event::{Context, Recorded};
use crate::secret::{BLANK, SHORTEST, blanked, hits};
use crate::text;
use crate::time::Time;
use std::collections::BTreeSet;
use std::ops::Range;

/// As many characters around a hit are shown, on each side.
const AROUND: usize = 40;

/// How a secret stands in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hit {
    /// How often.
    pub times: usize,
    /// The first place, with what stands before and after.
    pub snippet: [String; 3],
}

/// A text in which a secret stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// The event's version.
    pub version: i64,
    /// Its kind.
    pub kind: &'static str,
    /// Which of its texts, by its name on the wire.
    pub field: &'static str,
    /// When it happened.
    pub at: Time,
    /// Who wrote it; nobody for imports.
    pub by: Option<String>,
    /// Where in it.
    pub hit: Hit,
    /// Since when customers could read it, if they could.
    pub told_at: Option<Time>,
}

/// What an administrator asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Redaction {
    /// The versions of the events.
    pub versions: Vec<i64>,
    /// What is blanked in them; without it every free text of theirs is.
    pub secret: Option<String>,
    /// Why; it stays in the timeline.
    pub reason: String,
}

/// A blanked text that customers could read before.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Told {
    /// The event's version.
    pub version: i64,
    /// Which of its texts.
    pub field: &'static str,
    /// Since when.
    pub at: Time,
}

/// What a redaction comes to.
#[derive(Debug, Clone, PartialEq)]
pub struct Blanking {
    /// The events as they are to stand from now on, by version.
    pub events: Vec<(i64, IncidentEvent)>,
    /// What had gone out to customers.
    pub told: Vec<Told>,
    /// What is recorded of it.
    pub redacted: IncidentEvent,
}

/// Every text of an incident in which a secret stands, in order. `stream` is the whole history.
///
/// # Errors
/// When the person may not, or the secret is too short to be one.
pub fn find(stream: &[Recorded], secret: &str, ctx: &Context) -> Result<Vec<Found>, Rejection> {
    administrator(ctx)?;
    let secret = fit(secret)?;
    let told = told_since(stream);
    let mut found = Vec::new();
    for recorded in stream {
        let mut event = recorded.event.clone();
        let kind = event.kind();
        for text in event.texts_mut() {
            let Some(hit) = stands_in(text.text, secret) else {
                continue;
            };
            found.push(Found {
                version: recorded.version,
                kind,
                field: text.field,
                at: recorded.occurred_at,
                by: recorded.by.as_ref().map(|by| by.name.clone()),
                hit,
                told_at: told
                    .filter(|_| text.public)
                    .map(|since| since.max(recorded.recorded_at)),
            });
        }
    }
    Ok(found)
}

/// How a secret stands in a text; nothing where it does not.
pub fn stands_in(text: &str, secret: &str) -> Option<Hit> {
    let hits = hits(text, secret);
    let first = hits.first()?;
    Some(Hit {
        times: hits.len(),
        snippet: snippet(text, first),
    })
}

/// Which letters carried what was found.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Carried {
    /// The sitreps, by version, whose letters did: a letter also shows what its sitrep took away from the one before.
    pub sitreps: BTreeSet<i64>,
    /// It stands in what the incident is or was called, which the subjects and reminders say.
    pub name: bool,
}

/// Which letters carried what was found in the whole history of an incident.
pub fn carried(stream: &[Recorded], found: &[Found]) -> Carried {
    let mut carried = Carried::default();
    for recorded in stream {
        let here: Vec<&Found> = found
            .iter()
            .filter(|found| found.version == recorded.version)
            .collect();
        if here.is_empty() {
            continue;
        }
        let in_field = |field| here.iter().any(|found| found.field == field);
        if let IncidentEvent::SitrepSent { sitrep } = &recorded.event {
            carried.sitreps.extend([sitrep.version, sitrep.version + 1]);
            // The subject of a thread is the headline of its first.
            carried.name |= sitrep.version == 1 && in_field("headline");
        } else if let IncidentEvent::Declared { .. } | IncidentEvent::TitleChanged { .. } =
            &recorded.event
        {
            carried.name |= in_field("title");
        }
    }
    carried
}

/// Decides on a redaction. `stream` is the whole history.
///
/// # Errors
/// When the person may not, nothing would be blanked, or the reason says what is to be blanked.
pub fn redact(
    stream: &[Recorded],
    redaction: Redaction,
    ctx: &Context,
) -> Result<Blanking, Rejection> {
    administrator(ctx)?;
    let Redaction {
        mut versions,
        secret,
        reason,
    } = redaction;
    let secret = secret.as_deref().map(fit).transpose()?;
    let reason = text::required_text("reason", &reason, text::NOTE)?;
    if secret.is_some_and(|secret| !hits(&reason, secret).is_empty()) {
        return Err(unreadable(
            "reason",
            "The reason stays in the timeline and must not say what is blanked. Write it without.",
        ));
    }
    versions.sort_unstable();
    versions.dedup();
    let told_since = told_since(stream);
    let (mut events, mut told, mut public) = (Vec::new(), Vec::new(), false);
    for version in versions {
        let Some(recorded) = stream.iter().find(|r| r.version == version) else {
            return Err(unreadable(
                "events",
                &format!("There is no event {version} in this incident. Look for the text again."),
            ));
        };
        let mut event = recorded.event.clone();
        for text in event.texts_mut() {
            let left = match secret {
                Some(secret) => blanked(text.text, &hits(text.text, secret)),
                None if text::is_blank(text.text) => continue,
                None => BLANK.to_owned(),
            };
            if left == *text.text {
                continue;
            }
            *text.text = left;
            public |= text.public;
            if let Some(since) = told_since.filter(|_| text.public) {
                told.push(Told {
                    version,
                    field: text.field,
                    at: since.max(recorded.recorded_at),
                });
            }
        }
        if event != recorded.event {
            events.push((version, event));
        }
    }
    if events.is_empty() {
        return Err(unreadable(
            "events",
            "Nothing would be blanked: it does not stand in what is chosen. Look for the text again.",
        ));
    }
    let versions = events.iter().map(|(version, _)| *version).collect();
    Ok(Blanking {
        events,
        told,
        redacted: IncidentEvent::Redacted {
            versions,
            reason,
            public,
        },
    })
}

/// A secret that can be looked for.
fn fit(secret: &str) -> Result<&str, Rejection> {
    let secret = secret.trim();
    if text::is_blank(secret) {
        return Err(Rejection::Missing {
            field: "text".to_owned(),
        });
    }
    if secret.chars().count() < SHORTEST {
        return Err(unreadable(
            "text",
            &format!(
                "This is too short: it would be found inside of other words. Give {SHORTEST} characters or more."
            ),
        ));
    }
    Ok(secret)
}

fn unreadable(field: &str, words: &str) -> Rejection {
    Rejection::Unreadable {
        words: words.to_owned(),
        field: field.to_owned(),
    }
}

/// Since when customers see the incident; never, for a drill.
fn told_since(stream: &[Recorded]) -> Option<Time> {
    let drill = stream.iter().any(|recorded| {
        matches!(
            recorded.event,
            IncidentEvent::Declared {
                kind: Kind::Drill,
                ..
            }
        )
    });
    let first = stream.iter().find(|recorded| {
        matches!(
            recorded.event,
            IncidentEvent::PublicUpdatePublished { .. } | IncidentEvent::Imported { .. }
        )
    });
    first
        .filter(|_| !drill)
        .map(|recorded| recorded.recorded_at)
}

fn snippet(text: &str, hit: &Range<usize>) -> [String; 3] {
    let before = &text[..hit.start];
    let from = before
        .char_indices()
        .rev()
        .nth(AROUND)
        .map_or(0, |(at, c)| at + c.len_utf8());
    let after = &text[hit.end..];
    let to = after
        .char_indices()
        .nth(AROUND)
        .map_or(after.len(), |(at, _)| at);
    let cut = |cut: bool| if cut { "…" } else { "" };
    [
        format!("{}{}", cut(from > 0), &before[from..]),
        text[hit.clone()].to_owned(),
        format!("{}{}", &after[..to], cut(to < after.len())),
    ]
}
