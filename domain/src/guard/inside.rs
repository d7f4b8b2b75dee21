//! Words that look like the name of a machine, and which of them an incident's internal texts have said.

use super::find::fold;
use crate::incident::IncidentEvent;
use serde::{Deserialize, Serialize};
use std::collections::HashSet;

/// So many are remembered; of a longer history the newest.
const MOST: usize = 300;
/// So many of one text: a log that somebody pastes must not push out everything else.
const MOST_OF_ONE: usize = 100;
/// Longer ones, in bytes, are keys and checksums.
const LONGEST: usize = 64;
/// Of the same form, and known to everybody.
const COMMON: [&str; 8] = [
    "http2", "http3", "ipv4", "ipv6", "oauth2", "tls1.2", "tls1.3", "utf-8",
];

/// Where an internal word stood.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Place {
    /// An internal title, this one or a former one.
    Title,
    /// What was said at the declaration.
    FirstSentence,
    /// A sitrep.
    Sitrep,
    /// A note.
    Note,
    /// Somebody's question.
    Question,
    /// The name of a link.
    Link,
    /// Why something was done.
    Reason,
}

impl Place {
    /// As it ends a sentence: "It stands in …".
    pub(super) fn words(self) -> &'static str {
        match self {
            Self::Title => "an internal title",
            Self::FirstSentence => "the first sentence",
            Self::Sitrep => "an earlier sitrep",
            Self::Note => "a note",
            Self::Question => "a question",
            Self::Link => "the name of a link",
            Self::Reason => "a reason that somebody gave",
        }
    }
}

/// The host-like words of an incident's internal texts, each once, the one said last at the end. Bounded, because it goes
/// with the state of the incident.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Inside(Vec<(String, Place)>);

impl Inside {
    /// Learns what an event says.
    pub(crate) fn learn(&mut self, event: &IncidentEvent) {
        for (place, text) in texts(event) {
            let mut seen = HashSet::new();
            let words = host_like(text)
                .filter(|word| word.len() <= LONGEST)
                .map(fold)
                .filter(|word| seen.insert(word.clone()))
                .take(MOST_OF_ONE);
            for word in words {
                self.0.retain(|(known, _)| *known != word);
                self.0.push((word, place));
            }
        }
        self.0.drain(..self.0.len().saturating_sub(MOST));
    }

    /// Where a word stood last; in lower case.
    pub(super) fn place(&self, word: &str) -> Option<Place> {
        let known = self.0.iter().find(|(known, _)| known == word);
        known.map(|(_, place)| *place)
    }
}

/// Every free text of an event that stays inside. What an import brought and what customers were told is public.
fn texts(event: &IncidentEvent) -> Vec<(Place, &str)> {
    match event {
        IncidentEvent::Declared { title, summary, .. } => {
            let first = summary.iter().map(|s| (Place::FirstSentence, s.as_str()));
            first.chain([(Place::Title, title.as_str())]).collect()
        }
        IncidentEvent::TitleChanged { title } => vec![(Place::Title, title)],
        IncidentEvent::Noted { text } => vec![(Place::Note, text)],
        IncidentEvent::UpdateRequested { question } => {
            question.iter().map(|q| (Place::Question, &**q)).collect()
        }
        // A link without a name is called by its address, and that may be anybody's.
        IncidentEvent::Linked { url, title } if title != url => vec![(Place::Link, title)],
        IncidentEvent::Cancelled { reason }
        | IncidentEvent::Reopened { reason, .. }
        | IncidentEvent::RoleHandedOver { reason, .. }
        | IncidentEvent::CommandTaken { reason, .. }
        | IncidentEvent::Snoozed { reason, .. }
        | IncidentEvent::SilenceDecided { reason } => vec![(Place::Reason, reason)],
        IncidentEvent::SitrepSent { sitrep } => {
            let texts = [
                &sitrep.situation,
                &sitrep.impact,
                &sitrep.hypothesis,
                &sitrep.needs,
            ];
            let texts = texts.into_iter().chain(&sitrep.headline);
            texts.map(|text| (Place::Sitrep, text.as_str())).collect()
        }
        IncidentEvent::Imported { .. }
        | IncidentEvent::PublicTitleChanged { .. }
        | IncidentEvent::SeverityChanged { .. }
        | IncidentEvent::PhaseChanged { .. }
        | IncidentEvent::Resolved { .. }
        | IncidentEvent::Closed {}
        | IncidentEvent::Merged { .. }
        | IncidentEvent::StartedAtChanged { .. }
        | IncidentEvent::RoleAssigned { .. }
        | IncidentEvent::RoleReleased { .. }
        | IncidentEvent::Reminded { .. }
        | IncidentEvent::Joined { .. }
        | IncidentEvent::Left { .. }
        | IncidentEvent::Linked { .. }
        | IncidentEvent::ComponentsAffected { .. }
        | IncidentEvent::PublicUpdatePublished { .. }
        | IncidentEvent::Redacted { .. } => Vec::new(),
    }
}

/// The words of a text that look like the name of a machine, in order, as often as they stand there.
pub(super) fn host_like(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !(c.is_alphanumeric() || matches!(c, '-' | '.' | '_')))
        .map(|word| word.trim_matches(|c| matches!(c, '-' | '.' | '_')))
        .filter(|word| !word.is_empty() && is_host_like(word))
}

/// "db-eu-2", "api.internal", "web03", "10.0.0.7": letters with a digit and a joint, or a dot inside; but not "3.5", "1-2",
/// "12-hour", "503s", "e.g." or a date.
fn is_host_like(word: &str) -> bool {
    let letters = word.chars().any(char::is_alphabetic);
    let digits = word.chars().any(|c| c.is_ascii_digit());
    let joints = word.contains(['-', '_']);
    let address =
        word.split('.').count() == 4 && word.split('.').all(|part| part.parse::<u8>().is_ok());
    let looks =
        address || (letters && ((digits && (joints || word.len() > 3)) || word.contains('.')));
    looks && !is_abbreviation(word) && !is_counted(word) && !COMMON.contains(&fold(word).as_str())
}

/// "e.g", "p.m", "U.S.A".
fn is_abbreviation(word: &str) -> bool {
    word.split('.')
        .all(|part| part.chars().count() == 1 && part.chars().all(char::is_alphabetic))
}

/// A number with what it counts, or a date: "503s", "12-hour", "1.5x", "15-minute-old", "2026-11-17T14".
fn is_counted(word: &str) -> bool {
    let number = |part: &str| !part.is_empty() && part.chars().all(|c| c.is_ascii_digit());
    let counted = |part: &str| {
        let unit = part.trim_start_matches(|c: char| c.is_ascii_digit());
        unit.chars().all(char::is_alphabetic)
            && (unit.len() == part.len() || unit.chars().count() <= 4)
    };
    if !word.starts_with(|c: char| c.is_ascii_digit()) {
        return false;
    }
    let parts: Vec<&str> = word.split(['-', '_']).collect();
    if let [year, month, day, ..] = parts.as_slice()
        && number(year)
        && year.len() == 4
        && number(month)
        && day.starts_with(|c: char| c.is_ascii_digit())
    {
        return true;
    }
    parts.iter().all(|part| match part.split_once('.') {
        // "1.5x", but not "3scale.net".
        Some((whole, rest)) => {
            number(whole)
                && !number(rest)
                && rest.starts_with(|c: char| c.is_ascii_digit())
                && counted(rest)
        }
        None => counted(part),
    })
}
