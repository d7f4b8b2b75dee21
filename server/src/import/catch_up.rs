//! An incident that went on when it came in, and comes again: what was said there since, and its end.

use super::incidents::{commit, said};
use super::parts::Parts;
use super::report::Report;
use super::{Foreign, ForeignWord};
use crate::clock::Clock;
use crate::store::{CommitError, Store, StoreError, Target};
use domain::status::{PublicIncident, PublicState, PublicWord};
use domain::time::Time;
use domain::{Incident, IncidentEvent, Number, Proposed};

/// As often another commit may come between.
const TRIES: usize = 5;

pub(super) async fn catch_up(
    store: &dyn Store,
    clock: &dyn Clock,
    parts: &mut Parts<'_>,
    number: Number,
    incident: Foreign,
    report: &mut Report,
) -> Result<(), StoreError> {
    for _ in 0..TRIES {
        let known = store.public_incident(number).await?;
        // What was over here, or was never theirs alone, is left to the people here.
        let Some(known) = known.filter(|known| known.ongoing && known.is_active()) else {
            break;
        };
        let new = unknown(&known, &incident.words);
        let (Some(inside), false) = (store.incident(number).await?, new.is_empty()) else {
            break;
        };
        let words = new.len();
        let end = new
            .iter()
            .rfind(|word| !incident.ongoing && word.state == PublicState::Resolved)
            .map(|word| incident.resolved_at.unwrap_or(word.at));
        let mut proposed = Vec::with_capacity(words + 2);
        for word in new {
            proposed.push(said(word, incident.impact, parts, report).await?);
        }
        if let Some(resolved_at) = end {
            proposed.extend(ended(&inside, resolved_at));
        }
        let target = Target::Incident(Box::new(inside));
        match store.commit(commit(target, clock.now(), proposed)).await {
            Ok(_) => {
                report.continued += 1;
                report.updates += words;
                return Ok(());
            }
            Err(CommitError::Store(error)) => return Err(error),
            // Somebody was first: what is missing is looked up again.
            Err(_) => {}
        }
    }
    report.known += 1;
    Ok(())
}

/// The words of the source that are not here. One that has an id on both sides is known by it. Elsewhere the time does,
/// to the minute that feeds have; not the text, so that one that was redacted here is not brought back.
fn unknown(known: &PublicIncident, words: &[ForeignWord]) -> Vec<ForeignWord> {
    let mut here: Vec<&PublicWord> = known.words.iter().collect();
    let mut new = Vec::new();
    for word in words {
        match here.iter().position(|here| is_same(here, word)) {
            // Each word here stands for one there: several may be of one minute.
            Some(at) => drop(here.remove(at)),
            None => new.push(word.clone()),
        }
    }
    new
}

fn is_same(here: &PublicWord, there: &ForeignWord) -> bool {
    if let (Some(here), Some(there)) = (&here.source, &there.source) {
        return here.id == there.id;
    }
    // A feed has "update" where the page itself repeats the state.
    let is_update = |state: PublicState| state == PublicState::Update;
    minute(here.published_at) == minute(there.at)
        && (here.state == there.state || is_update(here.state) || is_update(there.state))
}

fn minute(time: Time) -> i64 {
    time.timestamp().div_euclid(60)
}

/// The end inside. Where people took roles meanwhile, they finish it.
fn ended(inside: &Incident, resolved_at: Time) -> Vec<Proposed> {
    let mut ended = Vec::new();
    if inside.summary.progress.phase().is_open() {
        ended.push(IncidentEvent::Resolved { resolved_at }.into());
        if inside.summary.roles.is_empty() {
            ended.push(IncidentEvent::Closed {}.into());
        }
    }
    ended
}
