//! Whether a component does badly by itself, or because of an incident.

use super::super::{Foreign, Part};
use super::Page;
use super::page::Row;
use domain::status::{PublicIncident, PublicState};
use domain::{ComponentId, ComponentStatus};
use std::collections::HashMap;

/// What incidents that go on say of components. A status that one of them explains is not the component's own: it would
/// stay after the incident's end.
pub(super) struct Excuses {
    by_code: HashMap<String, ComponentStatus>,
    by_id: HashMap<ComponentId, ComponentStatus>,
}

impl Excuses {
    pub(super) fn of(page: &Page, active: &[PublicIncident]) -> Self {
        let mut by_code = HashMap::new();
        for incident in page.incidents.iter().filter(|incident| incident.ongoing) {
            for (code, status) in last_said(incident) {
                let worst = by_code.entry(code).or_insert(status);
                *worst = status.max(*worst);
            }
        }
        // What comes again is as it comes, and not as it was.
        let comes = |incident: &&PublicIncident| {
            let codes = page.incidents.iter().map(|incident| incident.source.code());
            incident
                .code
                .as_deref()
                .is_some_and(|code| codes.flatten().any(|c| c == code))
        };
        let mut by_id = HashMap::new();
        for incident in active.iter().filter(|incident| !comes(incident)) {
            for (id, status) in &incident.components {
                let worst = by_id.entry(id.clone()).or_insert(*status);
                *worst = (*status).max(*worst);
            }
        }
        Self { by_code, by_id }
    }

    pub(super) fn own_status(&self, row: &Row, id: &ComponentId) -> ComponentStatus {
        let said = [self.by_code.get(&row.id), self.by_id.get(id)];
        let worst = said.into_iter().flatten().max();
        if worst.is_some_and(|worst| *worst >= row.status) {
            ComponentStatus::Operational
        } else {
            row.status
        }
    }
}

fn last_said(incident: &Foreign) -> HashMap<String, ComponentStatus> {
    let mut last = HashMap::new();
    for word in &incident.words {
        for (part, status) in &word.affected {
            if let Part::Coded { code, .. } = part {
                last.insert(code.clone(), *status);
            }
        }
        if word.state == PublicState::Resolved {
            last.clear();
        }
    }
    last
}
