//! Planned maintenances of another system become maintenances here.

use super::parts::Parts;
use super::report::Report;
use super::{Part, fit};
use crate::clock::Clock;
use crate::store::{HouseChange, HouseError, Store, StoreError};
use domain::maintenance::{MaintenanceWord, Plan};
use domain::time::Time;
use domain::{Maintenance, MaintenanceState, text};

/// A planned maintenance of another system, checked and cleaned.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct ForeignMaintenance {
    pub title: String,
    /// The id under which its page has it.
    pub code: String,
    /// Its window, where the source has it.
    pub window: Option<(Time, Time)>,
    pub components: Vec<Part>,
    pub created_at: Option<Time>,
    pub updated_at: Option<Time>,
    /// The oldest first.
    pub words: Vec<MaintenanceWord>,
}

/// A word about a maintenance in another system.
pub(super) struct Told {
    /// Its place among its like, from 1, as the source has them.
    pub place: usize,
    /// The state, written in several ways: "In progress", `in_progress`; "Update" leaves it where it was.
    pub state: String,
    pub message: String,
    pub at: Time,
    pub code: Option<String>,
}

/// Words as they are kept, from the oldest on; or which of them cannot be read, and why.
pub(super) fn words(told: impl IntoIterator<Item = Told>) -> Result<Vec<MaintenanceWord>, String> {
    let mut stands = MaintenanceState::Scheduled;
    let words = told.into_iter().map(|told| {
        let wrong = |why| format!("update {}: {why}", told.place);
        let state = told.state.trim().to_ascii_lowercase().replace(' ', "_");
        if state != "update" {
            stands = state.parse().map_err(wrong)?;
        }
        let message = text::required_text("message", &told.message, text::MESSAGE);
        Ok(MaintenanceWord {
            state: stands,
            message: fit(message).map_err(wrong)?,
            at: told.at,
            code: told.code,
        })
    });
    words.collect()
}

/// Brings them in, by their codes: what is here already is brought up to date, unless somebody here planned it.
pub(super) async fn bring_in(
    store: &dyn Store,
    clock: &dyn Clock,
    maintenances: Vec<ForeignMaintenance>,
    report: &mut Report,
) -> Result<(), StoreError> {
    let mut parts = Parts::open(store, clock).await?;
    let mut taken = Vec::new();
    for foreign in maintenances {
        let title = foreign.title.clone();
        let known = store.maintenance_by_code(&foreign.code).await?;
        let Some(mut new) = made(foreign, &mut parts, clock.now(), report).await? else {
            report.leave(format!(
                "“{title}” is left out: when it was planned for is not in what was given, nor when it ran."
            ));
            continue;
        };
        if let Some(known) = known {
            new.number = known.number;
            new.revision = known.revision;
            if known.owner.is_some() || new == known {
                report.known_maintenances += 1;
                continue;
            }
        }
        report.maintenances.push(title);
        taken.push(new);
    }
    if taken.is_empty() {
        return Ok(());
    }
    taken.sort_by_key(|one| one.plan.from);
    let change = HouseChange::ImportMaintenances(taken);
    match store.change_house(None, clock.now(), change).await {
        Ok(_) => Ok(()),
        Err(HouseError::Store(error)) => Err(error),
        Err(_) => Err(StoreError::Senseless(
            "maintenances that somebody else changes at this moment",
        )),
    }
}

/// As it is kept here. `None` when nothing says when it was.
async fn made(
    foreign: ForeignMaintenance,
    parts: &mut Parts<'_>,
    now: Time,
    report: &mut Report,
) -> Result<Option<Maintenance>, StoreError> {
    let words = foreign.words;
    let said = |is: fn(MaintenanceState) -> bool| words.iter().find(|word| is(word.state));
    let began_at = said(MaintenanceState::is_active).map(|word| word.at);
    let ended_at = said(MaintenanceState::is_over).map(|word| word.at);
    let window = foreign.window.or_else(|| began_at.zip(ended_at));
    let (Some((from, to)), Some(last)) = (window.filter(|(from, to)| from < to), words.last())
    else {
        return Ok(None);
    };
    if foreign.window.is_none() {
        report.leave(format!(
            "The window of “{}” is when it ran; what was planned is not in what was given.",
            foreign.title
        ));
    }
    let mut components = Vec::with_capacity(foreign.components.len());
    for part in &foreign.components {
        let id = parts.id(part, report).await?;
        if !components.contains(&id) {
            components.push(id);
        }
    }
    let state = last.state;
    let plan = Plan {
        title: foreign.title,
        components,
        from,
        to,
        // What lies ahead there goes on here as it is planned.
        starts_itself: true,
        ends_itself: true,
        remind_before: None,
        repeat: None,
    };
    let first = words.first().map_or(now, |word| word.at);
    let created_at = foreign.created_at.unwrap_or(first);
    let updated_at = foreign.updated_at.unwrap_or(last.at);
    Ok(Some(Maintenance {
        state,
        began_at,
        ended_at: ended_at.filter(|_| state.is_over()),
        created_at,
        updated_at,
        code: Some(foreign.code),
        words,
        ..Maintenance::new(plan, None, created_at)
    }))
}
