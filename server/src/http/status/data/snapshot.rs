//! What documents are made of.

use super::heroku::Heroku;
use super::{Code, Doc, Planned};
use crate::http::status::components::zone;
use crate::http::status::reader::Reader;
use crate::store::StoreError;
use chrono_tz::Tz;
use domain::status::{PublicIncident, code, component_status};
use domain::time::Time;
use domain::{
    Component, ComponentId, ComponentStatus, Directory, Group, Maintenance, MaintenanceState,
    Settings,
};
use serde::{Deserialize, Serialize};
use std::collections::HashMap;

/// The most incidents in a document, as Statuspage has it.
const MOST: i64 = 50;

/// Everything that documents are made of, as customers may see it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(in crate::http::status) struct Snapshot {
    /// The address of the page, without a slash at the end.
    pub url: String,
    /// What the house is called, and its time zone.
    pub settings: Settings,
    /// What is on the page, in its order.
    pub components: Vec<Component>,
    /// The groups of these components.
    pub groups: Vec<Group>,
    /// How components do.
    pub statuses: HashMap<ComponentId, ComponentStatus>,
    /// The planned maintenances that the document is about.
    pub maintenances: Vec<Maintenance>,
    /// The incidents that the document is about, the newest first, with their words.
    pub incidents: Vec<PublicIncident>,
}

impl Snapshot {
    /// Reads what belongs into a document; `None` where there is none.
    pub async fn read(
        store: &Reader,
        doc: Doc,
        directory: Directory,
        base_url: &str,
    ) -> Result<Option<Self>, StoreError> {
        let active = store.public_active().await?;
        let open = store.maintenances_open().await?;
        let Directory {
            mut components,
            mut groups,
            settings,
            people: _,
        } = directory;
        components.retain(|component| !component.hidden);
        groups.retain(|group| components.iter().any(|c| c.group == group.name));
        let statuses = components
            .iter()
            .map(|c| (c.id.clone(), component_status(c, &active, &open)))
            .collect();
        let incidents = match doc {
            Doc::Incident(code) => by_code(store, code).await?.into_iter().collect(),
            Doc::Incidents
            | Doc::Feed(..)
            | Doc::Calendar(_)
            | Doc::Heroku(Heroku::Incidents { .. } | Heroku::Issues { .. }) => {
                store.public_newest(MOST).await?
            }
            Doc::Updates(_, number)
            | Doc::Heroku(Heroku::Incident(number) | Heroku::Issue(number)) => {
                match store.public_incident(number).await? {
                    Some(incident) => vec![incident],
                    None => return Ok(None),
                }
            }
            Doc::Heroku(Heroku::Status3 | Heroku::Status4)
            | Doc::Text
            | Doc::Llms
            | Doc::Badge(_)
            | Doc::Status
            | Doc::Components
            | Doc::Summary
            | Doc::Unresolved => active,
            Doc::Maintenances(_) => Vec::new(),
        };
        let mut maintenances = match doc {
            Doc::Incident(code) => store
                .maintenance_by_code(code.text())
                .await?
                .into_iter()
                .collect(),
            Doc::Feed(..) | Doc::Calendar(_) | Doc::Maintenances(Planned::All) => {
                store.maintenances(None, MOST).await?
            }
            Doc::Maintenances(Planned::Upcoming) => {
                Self::in_state(open, |state| !state.is_active())
            }
            Doc::Maintenances(Planned::Active) => Self::in_state(open, MaintenanceState::is_active),
            Doc::Summary
            | Doc::Text
            | Doc::Llms
            | Doc::Heroku(Heroku::Status3 | Heroku::Status4) => open,
            Doc::Status
            | Doc::Components
            | Doc::Incidents
            | Doc::Unresolved
            | Doc::Updates(..)
            | Doc::Badge(_)
            | Doc::Heroku(_) => Vec::new(),
        };
        if doc == Doc::Maintenances(Planned::All) {
            // What does not take place is no maintenance for tools that know no such state.
            maintenances.retain(|one| one.state != MaintenanceState::Cancelled);
        }
        if matches!(doc, Doc::Incident(_)) && incidents.is_empty() && maintenances.is_empty() {
            return Ok(None);
        }
        let mut snapshot = Self {
            url: format!("{base_url}/status"),
            // Of the settings, what customers may see: documents are also kept on disk.
            settings: Settings {
                organisation: settings.organisation,
                time_zone: settings.time_zone,
                page_code: settings.page_code,
                ..Settings::default()
            },
            components,
            groups,
            statuses,
            maintenances,
            incidents,
        };
        Ok(doc.fits(&mut snapshot).then_some(snapshot))
    }

    fn in_state(mut open: Vec<Maintenance>, is: fn(MaintenanceState) -> bool) -> Vec<Maintenance> {
        open.retain(|one| is(one.state));
        open
    }

    /// The id of the page.
    pub fn page_code(&self) -> String {
        let made = || code("page", &self.url);
        self.settings.page_code.clone().unwrap_or_else(made)
    }

    /// The zone that the page speaks in.
    pub fn zone(&self) -> Tz {
        zone(&self.settings)
    }

    /// The component that tools know by a code.
    pub fn by_code(&self, code: Code) -> Option<&Component> {
        self.components
            .iter()
            .find(|component| component.code() == code.text())
    }

    /// How a component does.
    pub fn status(&self, component: &Component) -> ComponentStatus {
        self.statuses
            .get(&component.id)
            .copied()
            .unwrap_or_default()
    }

    /// A component that customers may know of.
    pub fn component(&self, id: &ComponentId) -> Option<&Component> {
        self.components.iter().find(|component| component.id == *id)
    }

    /// The components of an incident that customers may know of, those that a source only names included.
    pub fn affected(&self, incident: &PublicIncident) -> Vec<&Component> {
        let mut affected: Vec<&Component> = Vec::new();
        for id in incident.components.keys().chain(&incident.named) {
            let new = self.component(id).filter(|c| !affected.contains(c));
            affected.extend(new);
        }
        affected
    }

    /// The title of an incident; never the internal one.
    pub fn title(&self, incident: &PublicIncident) -> String {
        incident.title(|id| self.component(id).map(|component| component.name.clone()))
    }

    /// When customers could last notice something.
    pub fn updated_at(&self) -> Time {
        let components = self.components.iter().map(|c| c.updated_at);
        let incidents = self.incidents.iter().filter_map(|i| i.updated_at);
        let planned = self.maintenances.iter().map(|one| one.updated_at);
        components
            .chain(incidents)
            .chain(planned)
            .max()
            .unwrap_or_default()
    }
}

async fn by_code(store: &Reader, code: Code) -> Result<Option<PublicIncident>, StoreError> {
    match store.public_number(code.text()).await? {
        Some(number) => store.public_incident(number).await,
        None => Ok(None),
    }
}
