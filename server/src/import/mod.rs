//! Bringing in what another system knows. Each foreign shape lives in one file and is converted at once; what follows is
//! the same for all: components by name, each incident in one commit under a key that comes in only once.

mod jsonl;
mod report;

pub use jsonl::jsonl;
pub use report::{Broken, Report};

use crate::clock::Clock;
use crate::ids;
use crate::store::{Commit, CommitError, HouseChange, HouseError, Store, StoreError, Target};
use domain::incident::{PublicUpdate, Source};
use domain::status::PublicState;
use domain::time::Time;
use domain::{Component, ComponentId, Directory, Impact, IncidentEvent, Proposed};
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
    /// The store could not.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// A finished incident of another system, checked and cleaned.
#[derive(Debug, Clone, PartialEq)]
struct Foreign {
    title: String,
    source: Source,
    impact: Option<Impact>,
    components: Vec<String>,
    started_at: Option<Time>,
    resolved_at: Option<Time>,
    words: Vec<ForeignWord>,
}

/// A word to customers in another system.
#[derive(Debug, Clone, PartialEq)]
struct ForeignWord {
    at: Time,
    state: PublicState,
    message: String,
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

/// The incidents in order of time, so that numbers rise with it; those of one moment stay in their order.
async fn bring_in(
    store: &dyn Store,
    clock: &dyn Clock,
    mut incidents: Vec<Foreign>,
    report: &mut Report,
) -> Result<(), StoreError> {
    incidents.sort_by_key(Foreign::first_known);
    let mut directory = store.directory().await?;
    for incident in incidents {
        if store.imported(&incident.key()).await?.is_some() {
            report.known += 1;
            continue;
        }
        let mut components = Vec::with_capacity(incident.components.len());
        for name in &incident.components {
            let id = component(store, clock, &mut directory, name, report).await?;
            if !components.contains(&id) {
                components.push(id);
            }
        }
        let words = incident.words.len();
        match store
            .commit(commit(incident, components, clock.now()))
            .await
        {
            Ok(_) => {
                report.incidents += 1;
                report.updates += words;
            }
            // Somebody else imports the same file right now.
            Err(CommitError::AlreadyImported { .. }) => report.known += 1,
            Err(CommitError::Conflict { .. } | CommitError::AlreadyCarriedOut) => {
                return Err(StoreError::Senseless("a new incident that is not new"));
            }
            Err(CommitError::Store(error)) => return Err(error),
        }
    }
    Ok(())
}

fn commit(incident: Foreign, components: Vec<ComponentId>, now: Time) -> Commit {
    let import_key = Some(incident.key());
    let begun = Proposed {
        occurred_at: incident.first_known(),
        event: IncidentEvent::Imported {
            title: incident.title,
            source: incident.source,
            impact: incident.impact,
            components,
            started_at: incident.started_at,
            resolved_at: incident.resolved_at,
            ongoing: false,
        },
    };
    let words = incident.words.into_iter().map(|word| Proposed {
        occurred_at: Some(word.at),
        event: IncidentEvent::PublicUpdatePublished {
            update: PublicUpdate {
                source: None,
                // Named by the store, which gives out the number.
                id: String::new(),
                state: word.state,
                message: word.message,
                components: Vec::new(),
                next_update_by: None,
                impact: None,
            },
        },
    });
    Commit {
        target: Target::New,
        by: None,
        recorded_at: now,
        proposed: std::iter::once(begun).chain(words).collect(),
        letters: false,
        import_key,
        once: None,
        drafted: Vec::new(),
    }
}

/// The component with this name; made, at the end of the page, when there is none.
async fn component(
    store: &dyn Store,
    clock: &dyn Clock,
    directory: &mut Directory,
    name: &str,
    report: &mut Report,
) -> Result<ComponentId, StoreError> {
    let named = |directory: &Directory| {
        let found = directory.components.iter().find(|c| c.name == name);
        found.map(|component| component.id.clone())
    };
    if let Some(id) = named(directory) {
        return Ok(id);
    }
    let id = ComponentId::new(ids::new_id());
    let component = Component::new(id.clone(), name);
    let change = HouseChange::PutComponent {
        component,
        place: None,
    };
    let made = store.change_house(None, clock.now(), change).await;
    *directory = store.directory().await?;
    match (made, named(directory)) {
        (Ok(_), Some(id)) => {
            report.components.push(name.to_owned());
            Ok(id)
        }
        // Made by somebody else in between.
        (Err(HouseError::NameTaken), Some(id)) => Ok(id),
        (Err(HouseError::Store(error)), _) => Err(error),
        (Ok(_) | Err(_), _) => Err(StoreError::Corrupt(format!(
            "the component {name} was made and is not there"
        ))),
    }
}
