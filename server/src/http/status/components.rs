//! Components with their last days.

use super::data::Code;
use super::days;
use super::reader::Reader;
use crate::store::StoreError;
use chrono_tz::Tz;
use domain::status::{Day, PublicIncident, Uptime, component_status, uptime};
use domain::time::Time;
use domain::{Component, ComponentId, ComponentStatus, Directory, Maintenance, Settings};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// So many components have their days on the front page; where there are more, they have them on their own pages.
const ON_FRONT: usize = 40;

/// One component with everything about its last days.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct OneComponent {
    /// Which.
    pub component: Component,
    /// The code in its address.
    pub code: String,
    /// How it does.
    pub status: ComponentStatus,
    /// Its days.
    pub uptime: Uptime,
    /// From when to when they are.
    pub span: (Time, Time),
    /// The incidents of these days.
    pub incidents: Vec<PublicIncident>,
    /// The maintenances of these days.
    pub maintenances: Vec<Maintenance>,
}

/// The zone that a page speaks in.
pub(super) fn zone(settings: &Settings) -> Tz {
    // Kept only when it can be read; a list that lost one must not silence the page.
    settings.time_zone.parse().unwrap_or(Tz::Etc__UTC)
}

/// Reads a component that customers may see.
pub(super) async fn one(
    store: &Reader,
    directory: &Directory,
    code: Code,
    now: Time,
) -> Result<Option<OneComponent>, StoreError> {
    let shown = directory.components.iter().filter(|c| !c.hidden);
    let mut wanted = shown.filter(|component| component.code() == code.text());
    let Some(component) = wanted.next() else {
        return Ok(None);
    };
    let past = read(store, directory, now).await?;
    Ok(Some(OneComponent {
        status: component_status(component, &past.incidents, &past.maintenances),
        uptime: of(component, &past, now),
        code: component.code(),
        component: component.clone(),
        span: (past.days.first().map_or(now, |day| day.from), now),
        incidents: past.incidents,
        maintenances: past.maintenances,
    }))
}

/// The last days of the components that show them on the front page.
pub(super) async fn on_front(
    store: &Reader,
    directory: &Directory,
    now: Time,
) -> Result<BTreeMap<ComponentId, Uptime>, StoreError> {
    let shown = directory
        .components
        .iter()
        .filter(|c| !c.hidden && c.showcase);
    let shown: Vec<&Component> = shown.collect();
    if shown.is_empty() || shown.len() > ON_FRONT {
        return Ok(BTreeMap::new());
    }
    let past = read(store, directory, now).await?;
    Ok(shown
        .into_iter()
        .map(|component| (component.id.clone(), of(component, &past, now)))
        .collect())
}

/// The last days, and what happened in them.
struct LastDays {
    days: Vec<Day>,
    incidents: Vec<PublicIncident>,
    maintenances: Vec<Maintenance>,
}

async fn read(store: &Reader, directory: &Directory, now: Time) -> Result<LastDays, StoreError> {
    let days = days::last(zone(&directory.settings), now);
    let from = days.first().map_or(now, |day| day.from);
    Ok(LastDays {
        incidents: store.public_since(from).await?,
        maintenances: store.maintenances_since(from).await?,
        days,
    })
}

fn of(component: &Component, past: &LastDays, now: Time) -> Uptime {
    let LastDays {
        days,
        incidents,
        maintenances,
    } = past;
    // Known from the day that somebody says, or else since it was made.
    let told = component.start_date.map(|date| {
        let day = days.iter().find(|day| day.date >= date);
        day.map_or(now, |day| day.from)
    });
    let since = told.unwrap_or(component.created_at);
    uptime(&component.id, since, days, incidents, maintenances, now)
}
