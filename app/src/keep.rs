//! What a browser keeps for itself, so that nothing typed is lost to a reload, a crash or a dead line. On the server, and
//! where the browser does not allow it, nothing is kept and nothing is found.

use crate::me::use_session;
use domain::{Number, PersonId};
use leptos::prelude::WithUntracked;
use serde::Serialize;
use serde::de::DeserializeOwned;

/// Where something is kept: for one person and one incident, so that a shared browser never mixes two people.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kept(String);

impl Kept {
    /// The place for `what` of an incident, for the person who is signed in here.
    pub fn here(what: &str, number: Number) -> Self {
        let by = use_session()
            .person
            .with_untracked(|person| person.id.clone());
        Self::of(what, number, &by)
    }

    fn of(what: &str, number: Number, by: &PersonId) -> Self {
        Self(format!("muster.{what}.{number}.{by}"))
    }

    /// A place of its own below this one.
    #[must_use]
    pub fn below(&self, name: &str) -> Self {
        Self(format!("{}.{name}", self.0))
    }

    /// Everything below this place that can still be read.
    pub fn all<T: DeserializeOwned>(&self) -> Vec<T> {
        let below = format!("{}.", self.0);
        let texts = all(&below).into_iter();
        texts
            .filter_map(|text| serde_json::from_str(&text).ok())
            .collect()
    }

    /// What is kept there, if it can still be read.
    pub fn read<T: DeserializeOwned>(&self) -> Option<T> {
        serde_json::from_str(&read(&self.0)?).ok()
    }

    /// Keeps it, in place of what was there.
    pub fn write<T: Serialize>(&self, what: &T) {
        if let Ok(text) = serde_json::to_string(what) {
            write(&self.0, &text);
        }
    }

    /// Forgets it.
    pub fn clear(&self) {
        clear(&self.0);
    }
}

#[cfg(feature = "hydrate")]
fn storage() -> Option<web_sys::Storage> {
    leptos::prelude::window().local_storage().ok()?
}

#[cfg(feature = "hydrate")]
fn read(key: &str) -> Option<String> {
    storage()?.get_item(key).ok()?
}

#[cfg(feature = "hydrate")]
fn all(below: &str) -> Vec<String> {
    let Some(storage) = storage() else {
        return Vec::new();
    };
    let places = 0..storage.length().unwrap_or(0);
    places
        .filter_map(|place| storage.key(place).ok()?)
        .filter(|key| key.starts_with(below))
        .filter_map(|key| read(&key))
        .collect()
}

#[cfg(feature = "hydrate")]
fn write(key: &str, text: &str) {
    // A full store is no reason to stop somebody who types.
    if let Some(storage) = storage() {
        let _ = storage.set_item(key, text);
    }
}

#[cfg(feature = "hydrate")]
fn clear(key: &str) {
    if let Some(storage) = storage() {
        let _ = storage.remove_item(key);
    }
}

#[cfg(not(feature = "hydrate"))]
fn read(_: &str) -> Option<String> {
    None
}

#[cfg(not(feature = "hydrate"))]
fn all(_: &str) -> Vec<String> {
    Vec::new()
}

#[cfg(not(feature = "hydrate"))]
fn write(_: &str, _: &str) {}

#[cfg(not(feature = "hydrate"))]
fn clear(_: &str) {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_people_at_one_browser_never_share_a_place() {
        let place = |who: &str| Kept::of("say", Number(142), &PersonId::new(who));
        assert_ne!(place("ines"), place("bo"));
        assert_eq!(place("bo"), place("bo"));
    }
}
