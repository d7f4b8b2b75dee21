//! The copy of a draft in this browser: one for each incident and person, from the first letter until the server has the
//! update. It outlives a reload, a crash, an expired session and a dead network.

use domain::incident::Form;
use domain::time::Time;
use domain::{Number, PersonId};
use serde::{Deserialize, Serialize};

/// A draft as it lies in the browser.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(super) struct Kept {
    /// When it was last written.
    pub at: Time,
    /// What the writer began with.
    pub begun: Form,
    /// What they wrote.
    pub form: Form,
}

/// Where it lies.
pub(super) fn place(number: Number, person: &PersonId) -> String {
    format!("muster.update.{number}.{person}")
}

/// Reads it; nothing when there is none, or when it cannot be read any more.
pub(super) fn find(place: &str) -> Option<Kept> {
    serde_json::from_str(&storage::get(place)?).ok()
}

/// Writes it; false when this browser keeps nothing (private mode, full).
pub(super) fn keep(place: &str, kept: &Kept) -> bool {
    serde_json::to_string(kept).is_ok_and(|text| storage::set(place, &text))
}

/// Removes it.
pub(super) fn forget(place: &str) {
    storage::remove(place);
}

#[cfg(feature = "hydrate")]
mod storage {
    fn storage() -> Option<web_sys::Storage> {
        leptos::prelude::window().local_storage().ok()?
    }

    pub(super) fn get(place: &str) -> Option<String> {
        storage()?.get_item(place).ok()?
    }

    pub(super) fn set(place: &str, text: &str) -> bool {
        storage().is_some_and(|storage| storage.set_item(place, text).is_ok())
    }

    pub(super) fn remove(place: &str) {
        if let Some(storage) = storage() {
            // It fails only where nothing could have been kept either.
            let _ = storage.remove_item(place);
        }
    }
}

/// A server has no drafts.
#[cfg(not(feature = "hydrate"))]
mod storage {
    pub(super) fn get(_: &str) -> Option<String> {
        None
    }

    pub(super) fn set(_: &str, _: &str) -> bool {
        false
    }

    pub(super) fn remove(_: &str) {}
}
