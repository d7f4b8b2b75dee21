//! The guard of the public text: it warns, never blocks. It knows the people, the settings' list of internal words, and
//! host-like words (dots, digits, hyphens) that stand in the incident's internal texts.

use crate::directory::Directory;
use crate::incident::Incident;
use serde::{Deserialize, Serialize};

/// A word that customers should perhaps not read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Warning {
    /// The word as it stands in the public text.
    pub word: String,
    /// What it is and where it was found.
    pub found: String,
    /// What could stand there instead.
    pub instead: String,
}

/// Looks through a public text.
pub fn guard(
    public: &str,
    incident: &Incident,
    draft: &[&str],
    directory: &Directory,
) -> Vec<Warning> {
    let mut warnings: Vec<Warning> = Vec::new();
    let mut warn = |word: &str, found: String, instead: &str| {
        if !warnings.iter().any(|w| w.word.eq_ignore_ascii_case(word)) {
            warnings.push(Warning {
                word: word.to_owned(),
                found,
                instead: instead.to_owned(),
            });
        }
    };
    let lower = public.to_lowercase();
    for person in directory.people.iter().filter(|p| !p.service) {
        if let Some(word) = find_words(public, &lower, &person.name) {
            warn(word, "is a person’s name".to_owned(), "we");
        } else if let Some(word) = find_words(public, &lower, &format!("@{}", person.handle)) {
            warn(word, format!("is {}’s handle", person.name), "we");
        }
    }
    for internal in &directory.settings.internal_words {
        if let Some(word) = find_words(public, &lower, internal) {
            warn(
                word,
                "is on the list of internal words".to_owned(),
                "an internal system",
            );
        }
    }
    let inside = internal_words(incident, draft);
    for word in words(public).filter(|word| is_host_like(word)) {
        if let Some((_, place)) = inside.iter().find(|(w, _)| w.eq_ignore_ascii_case(word)) {
            warn(
                word,
                format!("is an internal name. It stands in {place}"),
                "an internal system",
            );
        }
    }
    warnings
}

fn internal_words(incident: &Incident, draft: &[&str]) -> Vec<(String, &'static str)> {
    let mut all = Vec::new();
    let mut take = |text: &str, place: &'static str| {
        all.extend(
            words(text)
                .filter(|w| is_host_like(w))
                .map(|w| (w.to_owned(), place)),
        );
    };
    take(&incident.summary.title, "the internal title");
    if let Some(sent) = &incident.sitrep {
        let s = &sent.sitrep;
        for text in [&s.situation, &s.impact, &s.hypothesis, &s.needs] {
            take(text, "the last sitrep");
        }
    }
    for text in draft {
        take(text, "this sitrep");
    }
    if let Some(text) = &incident.first_sentence {
        take(text, "the first sentence");
    }
    all
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !(c.is_alphanumeric() || matches!(c, '-' | '.' | '_')))
        .map(|word| word.trim_matches(|c| matches!(c, '-' | '.' | '_')))
        .filter(|word| !word.is_empty())
}

/// "db-eu-2", "api.internal", "web03": letters with a digit and a joint, or a dot inside, but not "3.5" or "1-2".
fn is_host_like(word: &str) -> bool {
    let letters = word.chars().any(char::is_alphabetic);
    let digits = word.chars().any(|c| c.is_ascii_digit());
    let joints = word.contains(['-', '_']);
    let address =
        word.split('.').count() == 4 && word.split('.').all(|part| part.parse::<u8>().is_ok());
    address || (letters && ((digits && (joints || word.len() > 3)) || word.contains('.')))
}

/// Finds whole words, any case; returns them as they stand in the text.
fn find_words<'a>(text: &'a str, lower: &str, wanted: &str) -> Option<&'a str> {
    let wanted = wanted.trim().to_lowercase();
    if wanted.is_empty() || lower.len() != text.len() {
        return None;
    }
    let edge = |c: Option<char>| c.is_none_or(|c| !c.is_alphanumeric());
    lower.match_indices(&wanted).find_map(|(at, found)| {
        let end = at + found.len();
        let whole = edge(lower[..at].chars().next_back()) && edge(lower[end..].chars().next());
        if whole { text.get(at..end) } else { None }
    })
}
