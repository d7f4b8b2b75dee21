//! Bringing in what another system knows. Each foreign shape lives in a room of its own and is converted at once; what
//! follows is the same for all: each incident in one commit under a key that comes in only once, and one that went on
//! there is brought up to date when it comes again.

mod catch_up;
mod incidents;
mod jsonl;
mod maintenances;
mod parts;
mod report;
mod statuspage;

pub use jsonl::jsonl;
pub use report::{Broken, Report};
pub use statuspage::statuspage;

use crate::store::StoreError;
use domain::incident::{Source, WordSource};
use domain::status::PublicState;
use domain::time::Time;
use domain::{ComponentStatus, Impact, Rejection};
use std::path::PathBuf;
use thiserror::Error;

/// Why an import stopped. What came in before is kept, and the next try goes on from there.
#[derive(Debug, Error)]
pub enum ImportError {
    /// The file cannot be read.
    #[error("{} cannot be read: {error}.", path.display())]
    Unreadable {
        /// Which.
        path: PathBuf,
        /// Why.
        error: std::io::Error,
    },
    /// An address does not answer with what is to come in.
    #[error("{url}: {why}")]
    Unreachable {
        /// Which.
        url: String,
        /// Why, and what to do.
        why: String,
    },
    /// The documents of one command are about two pages, which would become one.
    #[error(
        "{first} is the page of {one}, and {second} is that of {other}. Nothing was brought in: one Muster has one page. Give \
         the documents of one page."
    )]
    TwoPages {
        /// A document.
        first: String,
        /// Whose it is.
        one: String,
        /// Another one.
        second: String,
        /// Whose that is.
        other: String,
    },
    /// The store could not.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// An incident of another system, checked and cleaned.
#[derive(Debug, Clone, PartialEq)]
struct Foreign {
    title: String,
    source: Source,
    impact: Option<Impact>,
    components: Vec<Part>,
    started_at: Option<Time>,
    resolved_at: Option<Time>,
    /// It still goes on there.
    ongoing: bool,
    words: Vec<ForeignWord>,
}

/// A component as another system names it.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Part {
    /// By nothing but its name.
    Named(String),
    /// By the id that it has there.
    Coded {
        code: String,
        /// Its name, with its group before it.
        name: String,
    },
}

/// A word to customers in another system.
#[derive(Debug, Clone, PartialEq)]
struct ForeignWord {
    at: Time,
    state: PublicState,
    message: String,
    affected: Vec<(Part, ComponentStatus)>,
    source: Option<WordSource>,
}

impl Foreign {
    /// What makes it the same incident whichever format tells of it: the code that its page has for it.
    fn key(&self) -> String {
        match self.source.code() {
            Some(code) => format!("page:{code}"),
            None => format!(
                "id:{}",
                self.source.entry_id.as_ref().unwrap_or(&self.source.id)
            ),
        }
    }

    /// The first time that is known of it; what is sorted by and never shown as anything else than it is.
    fn first_known(&self) -> Option<Time> {
        self.started_at
            .or_else(|| self.words.first().map(|word| word.at))
            .or(self.resolved_at)
    }
}

/// A text that is fit to keep, or why it is not.
fn fit<T>(text: Result<T, Rejection>) -> Result<T, String> {
    text.map_err(|rejection| rejection.to_string())
}

/// What serde says, without the place: it counts lines and columns, which nobody looks at in JSON made by a program.
fn in_words(error: &serde_json::Error) -> String {
    let words = error.to_string();
    let end = words.rfind(" at line ").unwrap_or(words.len());
    words[..end].to_owned()
}
