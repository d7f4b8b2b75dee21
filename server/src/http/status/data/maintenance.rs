//! Planned maintenance in Statuspage's shape: an incident with a window, in its order of keys.

use super::snapshot::Snapshot;
use super::statuspage::{AffectedRow, Incident, Update, moment, row};
use domain::Maintenance;
use domain::maintenance::MaintenanceWord;
use domain::status::code;
use domain::{Component, ComponentStatus, MaintenanceState};

/// As Statuspage would write it.
pub(super) fn incident(snapshot: &Snapshot, one: &Maintenance) -> Incident {
    let components = affected(snapshot, one);
    let words = one.words.iter().enumerate().rev();
    Incident {
        id: one.code(),
        name: one.plan.title.clone(),
        status: state(one.state),
        created_at: moment(snapshot, one.created_at),
        updated_at: moment(snapshot, one.updated_at),
        monitoring_at: None,
        resolved_at: one.ended_at.map(|at| moment(snapshot, at)),
        impact: "maintenance",
        shortlink: page(snapshot, one),
        // Theirs begins when it was first told of; the window says the rest.
        started_at: moment(snapshot, one.created_at),
        page_id: snapshot.page_code(),
        updates: words
            .map(|(at, word)| update(snapshot, one, at, word))
            .collect(),
        components: components.into_iter().map(|c| row(snapshot, c)).collect(),
        scheduled_for: Some(moment(snapshot, one.plan.from)),
        scheduled_until: Some(moment(snapshot, one.plan.to)),
    }
}

/// Its components that customers may know of.
pub(super) fn affected<'a>(snapshot: &'a Snapshot, one: &Maintenance) -> Vec<&'a Component> {
    let ids = one.plan.components.iter();
    ids.filter_map(|id| snapshot.component(id)).collect()
}

/// Its page.
pub(super) fn page(snapshot: &Snapshot, one: &Maintenance) -> String {
    format!("{}/maintenance/{}", snapshot.url, one.number)
}

/// Statuspage deletes what does not take place; its tools read of one that is over.
fn state(state: MaintenanceState) -> &'static str {
    match state {
        MaintenanceState::Scheduled
        | MaintenanceState::InProgress
        | MaintenanceState::Verifying
        | MaintenanceState::Completed => state.as_str(),
        MaintenanceState::Cancelled => MaintenanceState::Completed.as_str(),
    }
}

fn update(snapshot: &Snapshot, one: &Maintenance, at: usize, word: &MaintenanceWord) -> Update {
    let down = |state: MaintenanceState| {
        if state.is_active() {
            ComponentStatus::UnderMaintenance
        } else {
            ComponentStatus::Operational
        }
    };
    let before = at.checked_sub(1).and_then(|before| one.words.get(before));
    let old = before.map_or(ComponentStatus::Operational, |word| down(word.state));
    let made = || code("maintenance_update", &format!("{}-{}", one.number, at + 1));
    let at = moment(snapshot, word.at);
    Update {
        id: word.code.clone().unwrap_or_else(made),
        status: state(word.state),
        body: word.message.clone(),
        incident_id: one.code(),
        created_at: at.clone(),
        updated_at: at.clone(),
        display_at: at,
        affected_components: affected(snapshot, one)
            .into_iter()
            .map(|component| AffectedRow {
                code: component.code(),
                name: component.full_name(),
                old_status: old.as_str(),
                new_status: down(word.state).as_str(),
            })
            .collect(),
        deliver_notifications: true,
        custom_tweet: None,
        tweet_id: None,
    }
}
