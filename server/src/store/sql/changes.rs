//! How much each sitrep says anew, counted once when it is sent.

use crate::store::{Commit, StoreError, Target};
use domain::IncidentEvent;
use domain::diff;
use domain::incident::Sitrep;

/// Words added and removed against the version before; `None` for the first.
pub(super) type Changes = Option<(i64, i64)>;

/// A decision with the counts of its sitreps. They are made before the writer takes it: comparing two long texts takes
/// longer than writing them, and nobody else should wait for it.
pub(super) struct Decided {
    /// The decision.
    pub commit: Commit,
    /// One for each sitrep among its events, in order.
    pub changes: Vec<Changes>,
}

impl Decided {
    /// Counts, away from the threads that answer requests.
    pub async fn new(commit: Commit) -> Result<Self, StoreError> {
        let sends = |event: &IncidentEvent| matches!(event, IncidentEvent::SitrepSent { .. });
        if !commit
            .proposed
            .iter()
            .any(|proposed| sends(&proposed.event))
        {
            let changes = Vec::new();
            return Ok(Self { commit, changes });
        }
        tokio::task::spawn_blocking(move || {
            let before = match &commit.target {
                Target::New => None,
                Target::Incident(incident) => incident.sitrep.as_ref().map(|sent| &sent.sitrep),
            };
            let events = commit.proposed.iter().map(|proposed| &proposed.event);
            let changes = count(before, events);
            Self { commit, changes }
        })
        .await
        .map_err(|_| StoreError::Closed)
    }
}

/// One count for each sitrep among events that follow a sitrep.
pub(super) fn count<'a>(
    mut before: Option<&'a Sitrep>,
    events: impl Iterator<Item = &'a IncidentEvent>,
) -> Vec<Changes> {
    let mut changes = Vec::new();
    for event in events {
        if let IncidentEvent::SitrepSent { sitrep } = event {
            changes.push(before.map(|before| between(before, sitrep)));
            before = Some(sitrep);
        }
    }
    changes
}

fn between(old: &Sitrep, new: &Sitrep) -> (i64, i64) {
    let diff = diff::sitreps(old.version, new.version, &old.fields(), &new.fields());
    let whole = |count: usize| i64::try_from(count).unwrap_or(i64::MAX);
    diff.fields.iter().fold((0, 0), |(added, removed), field| {
        (added + whole(field.added), removed + whole(field.removed))
    })
}
