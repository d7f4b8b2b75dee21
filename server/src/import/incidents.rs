//! Incidents of another system become incidents here.

use super::catch_up::catch_up;
use super::parts::Parts;
use super::report::Report;
use super::{Foreign, ForeignWord};
use crate::clock::Clock;
use crate::store::{Commit, CommitError, Store, StoreError, Target};
use domain::incident::PublicUpdate;
use domain::status::Affected;
use domain::time::Time;
use domain::{Impact, IncidentEvent, Proposed};

/// The incidents in order of time, so that numbers rise with it; those of one moment stay in their order.
pub(super) async fn bring_in(
    store: &dyn Store,
    clock: &dyn Clock,
    mut incidents: Vec<Foreign>,
    report: &mut Report,
) -> Result<(), StoreError> {
    incidents.sort_by_key(Foreign::first_known);
    let mut parts = Parts::open(store, clock).await?;
    for incident in incidents {
        if let Some(number) = store.imported(&incident.key()).await? {
            catch_up(store, clock, &mut parts, number, incident, report).await?;
            continue;
        }
        let words = incident.words.len();
        let commit = begin(incident, &mut parts, clock.now(), report).await?;
        match store.commit(commit).await {
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

async fn begin(
    incident: Foreign,
    parts: &mut Parts<'_>,
    now: Time,
    report: &mut Report,
) -> Result<Commit, StoreError> {
    let import_key = Some(incident.key());
    let occurred_at = incident.first_known();
    let mut components = Vec::with_capacity(incident.components.len());
    for part in &incident.components {
        let id = parts.id(part, report).await?;
        if !components.contains(&id) {
            components.push(id);
        }
    }
    let mut proposed = vec![Proposed {
        occurred_at,
        event: IncidentEvent::Imported {
            title: incident.title,
            source: incident.source,
            impact: incident.impact,
            components,
            started_at: incident.started_at,
            resolved_at: incident.resolved_at,
            ongoing: incident.ongoing,
        },
    }];
    for word in incident.words {
        proposed.push(said(word, incident.impact, parts, report).await?);
    }
    Ok(Commit {
        import_key,
        ..commit(Target::New, now, proposed)
    })
}

pub(super) fn commit(target: Target, recorded_at: Time, proposed: Vec<Proposed>) -> Commit {
    Commit {
        target,
        by: None,
        recorded_at,
        proposed,
        letters: false,
        import_key: None,
        once: None,
        drafted: Vec::new(),
    }
}

/// A word as it was said there.
pub(super) async fn said(
    word: ForeignWord,
    impact: Option<Impact>,
    parts: &mut Parts<'_>,
    report: &mut Report,
) -> Result<Proposed, StoreError> {
    let mut components: Vec<Affected> = Vec::with_capacity(word.affected.len());
    for (part, status) in &word.affected {
        let id = parts.id(part, report).await?;
        components.push(Affected {
            id,
            status: *status,
        });
    }
    Ok(Proposed {
        occurred_at: Some(word.at),
        event: IncidentEvent::PublicUpdatePublished {
            update: PublicUpdate {
                // Named by the store, which gives out the number.
                id: String::new(),
                state: word.state,
                message: word.message,
                next_update_by: None,
                // Components would raise the impact by the rules here; what the source says of it counts.
                impact: impact.filter(|_| !components.is_empty()),
                components,
                source: word.source,
            },
        },
    })
}
