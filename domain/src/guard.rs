//! The guard of the public text: it warns, never blocks. It knows the people, the settings' list of internal words, and
//! host-like words (dots, digits, hyphens) that stand in the incident's internal texts.
//!
//! It runs while somebody types, so its work is bounded by the texts on the desk and the people of the house: of an
//! incident's past it knows what [`Inside`] remembers, however long the history is.

mod find;
mod inside;

pub use inside::{Inside, Place};

use crate::directory::Directory;
use crate::incident::Incident;
use find::{Folded, fold};
use inside::host_like;
use serde::{Deserialize, Serialize};
use std::collections::HashMap;

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

/// Handles that are words of every other update: alone they mean nobody, only with an "@" they do.
const ORDINARY: [&str; 93] = [
    "able", "add", "admin", "all", "an", "and", "any", "api", "app", "april", "are", "art", "as",
    "at", "august", "be", "bill", "build", "but", "by", "call", "can", "chance", "chase", "data",
    "db", "day", "dev", "do", "down", "email", "faith", "for", "frank", "go", "good", "grace",
    "grant", "hand", "hello", "help", "hope", "house", "in", "info", "is", "it", "joy", "june",
    "king", "light", "long", "love", "mail", "main", "major", "many", "mark", "max", "may",
    "miles", "new", "no", "of", "office", "old", "on", "ops", "or", "page", "park", "post",
    "price", "rich", "root", "rose", "see", "service", "so", "status", "success", "support",
    "sunny", "team", "test", "the", "time", "to", "up", "we", "web", "will", "young",
];

/// Looks through a public text.
pub fn guard(
    public: &str,
    incident: &Incident,
    draft: &[&str],
    directory: &Directory,
) -> Vec<Warning> {
    let mut warnings: Vec<Warning> = Vec::new();
    let mut warn = |word: &str, found: String, instead: &str| {
        if !warnings.iter().any(|w| fold(&w.word) == fold(word)) {
            warnings.push(Warning {
                word: word.to_owned(),
                found,
                instead: instead.to_owned(),
            });
        }
    };
    let text = Folded::new(public);
    for person in directory.people.iter().filter(|p| !p.service) {
        let names: Vec<_> = text.all(&person.name).collect();
        if let Some(at) = names.first() {
            warn(&public[at.clone()], "is a person’s name".to_owned(), "we");
        }
        let alone = text
            .all(&person.handle)
            // "ines" in "Ines Alder" was said already.
            .find(|at| !names.iter().any(|name| name.contains(&at.start)))
            .filter(|_| names_somebody(&person.handle, directory));
        if let Some(at) = text.all(&format!("@{}", person.handle)).next().or(alone) {
            warn(&public[at], format!("is {}’s handle", person.name), "we");
        }
    }
    for internal in &directory.settings.internal_words {
        if let Some(at) = text.all(internal).next() {
            warn(
                &public[at],
                "is on the list of internal words".to_owned(),
                "an internal system",
            );
        }
    }
    for (word, place) in hosts(public, incident, draft) {
        if !is_public_word(word, directory) {
            warn(
                word,
                format!("is an internal name. It stands in {place}"),
                "an internal system",
            );
        }
    }
    warnings
}

/// True when a handle without its "@" means its person, and not what any text may say.
fn names_somebody(handle: &str, directory: &Directory) -> bool {
    handle.chars().count() > 1 && !ORDINARY.contains(&handle) && !is_public_word(handle, directory)
}

/// True for a word of the organisation's name or of a component's: customers read it anyway.
fn is_public_word(word: &str, directory: &Directory) -> bool {
    let shown = directory.components.iter().filter(|c| !c.hidden);
    let names = shown.flat_map(|c| [&c.name, &c.group, &c.description]);
    names
        .chain([&directory.settings.organisation])
        .any(|name| Folded::new(name).all(word).next().is_some())
}

/// Host-like words of the public text that stand inside too, in the order of the text, with where they stand.
fn hosts<'a>(public: &'a str, incident: &Incident, draft: &[&str]) -> Vec<(&'a str, &'static str)> {
    let mut wanted: Vec<&str> = Vec::new();
    let mut places: HashMap<String, Option<&'static str>> = HashMap::new();
    for word in host_like(public) {
        if places.insert(fold(word), None).is_none() {
            wanted.push(word);
        }
    }
    if wanted.is_empty() {
        return Vec::new();
    }
    let sitrep = incident.sitrep.iter().flat_map(|sent| {
        let s = &sent.sitrep;
        let texts = [&s.situation, &s.impact, &s.hypothesis, &s.needs];
        texts.into_iter().chain(&s.headline)
    });
    let title = std::iter::once((&*incident.summary.title, "the internal title"));
    let texts = title
        .chain(sitrep.map(|text| (text.as_str(), "the last sitrep")))
        .chain(draft.iter().map(|text| (*text, "this sitrep")));
    for (text, place) in texts {
        for word in host_like(text) {
            if let Some(known) = places.get_mut(&fold(word)) {
                known.get_or_insert(place);
            }
        }
    }
    wanted
        .into_iter()
        .filter_map(|word| {
            let word_folded = fold(word);
            let here = places.get(&word_folded).copied().flatten();
            let before = || incident.inside.place(&word_folded).map(Place::words);
            Some((word, here.or_else(before)?))
        })
        .collect()
}
