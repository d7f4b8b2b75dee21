//! The public side of incidents, folded from [`PublicFact`]s, and the page made of them.

use super::code::code;
use super::{Affected, ComponentStatus, Impact, PublicFact, PublicState, Uptime};
use crate::directory::{Component, Opens};
use crate::id::{ComponentId, Number};
use crate::incident::WordSource;
use crate::maintenance::Maintenance;
use crate::time::Time;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// One word to customers, as they read it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PublicWord {
    /// "142-3".
    pub id: String,
    /// Where the incident stood.
    pub state: PublicState,
    /// What was said.
    pub message: String,
    /// Components named.
    pub components: Vec<Affected>,
    /// The promise made.
    pub next_update_by: Option<Time>,
    /// When.
    pub published_at: Time,
    /// Where it came from, if it was imported with an id of its own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<WordSource>,
}

impl PublicWord {
    /// The id under which tools of customers know it.
    pub fn code(&self) -> String {
        match &self.source {
            Some(source) => source.id.clone(),
            None => code("update", &self.id),
        }
    }
}

/// An incident as customers see it. It exists for everyone once it has a word or was imported.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PublicIncident {
    /// Its number, also its address.
    pub number: Number,
    /// The public title, if one was set.
    pub title: Option<String>,
    /// Where it stands: the last state that was not a bare update.
    pub state: Option<PublicState>,
    /// How bad it is at its worst: set by hand, by the source, or from the components.
    pub impact: Impact,
    /// When it began; unknown for some imported ones.
    pub started_at: Option<Time>,
    /// When customers were told that it is over.
    pub resolved_at: Option<Time>,
    /// What customers last heard of each component.
    pub components: BTreeMap<ComponentId, ComponentStatus>,
    /// Components a source names without saying how they did.
    pub named: Vec<ComponentId>,
    /// Everything said, oldest first. Left empty in lists.
    pub words: Vec<PublicWord>,
    /// True when it came from another status page.
    pub imported: bool,
    /// True when it was imported while it went on there.
    #[serde(default)]
    pub ongoing: bool,
    /// The code that the page has for it that it came from.
    #[serde(default)]
    pub code: Option<String>,
    /// When customers could first learn of it.
    #[serde(default)]
    pub created_at: Option<Time>,
    /// When it last changed for customers.
    #[serde(default)]
    pub updated_at: Option<Time>,
    /// When customers were last told that it is mended and watched.
    #[serde(default)]
    pub monitoring_at: Option<Time>,
}

/// The title of an incident, before it is said in a language.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PublicTitle {
    /// Somebody wrote it.
    Written(String),
    /// Nobody did: the names of the components it touches, if any are known.
    Made(Vec<String>),
}

impl PublicIncident {
    /// Begins with the first fact; `None` when the fact cannot be a beginning.
    pub fn begin(number: Number, fact: &PublicFact) -> Option<Self> {
        let mut incident = Self {
            number,
            title: None,
            state: None,
            impact: Impact::None,
            started_at: None,
            resolved_at: None,
            components: BTreeMap::new(),
            named: Vec::new(),
            words: Vec::new(),
            imported: false,
            ongoing: false,
            code: None,
            created_at: None,
            updated_at: None,
            monitoring_at: None,
        };
        match fact {
            PublicFact::Begun { started_at } => incident.started_at = Some(*started_at),
            PublicFact::Imported {
                title,
                impact,
                components,
                started_at,
                resolved_at,
                ongoing,
                code,
                created_at,
                updated_at,
            } => {
                incident.title = Some(title.clone());
                incident.impact = impact.unwrap_or_default();
                incident.named.clone_from(components);
                incident.started_at = *started_at;
                incident.resolved_at = *resolved_at;
                incident.imported = true;
                incident.ongoing = *ongoing;
                incident.code.clone_from(code);
                incident.created_at = *created_at;
                incident.updated_at = *updated_at;
            }
            PublicFact::Titled { .. } | PublicFact::Started { .. } | PublicFact::Said { .. } => {
                return None;
            }
        }
        Some(incident)
    }

    /// Moves on by one fact.
    pub fn apply(&mut self, fact: &PublicFact) {
        match fact {
            PublicFact::Begun { .. } | PublicFact::Imported { .. } => {}
            PublicFact::Titled { title } => self.title = Some(title.clone()),
            PublicFact::Started { at } => self.started_at = Some(*at),
            PublicFact::Said {
                id,
                state,
                message,
                components,
                next_update_by,
                impact,
                source,
                at,
            } => {
                for affected in components {
                    self.components.insert(affected.id.clone(), affected.status);
                }
                let worst = self.components.values().copied().max().unwrap_or_default();
                self.impact = impact.unwrap_or_else(|| self.impact.max(Impact::of(worst)));
                if *state != PublicState::Update || self.state.is_none() {
                    self.state = Some(*state);
                }
                let changed = source.as_ref().map_or(*at, |source| source.updated_at);
                self.created_at = self.created_at.or(Some(*at));
                self.updated_at = self.updated_at.max(Some(changed));
                if *state == PublicState::Monitoring {
                    self.monitoring_at = Some(*at);
                }
                if !self.imported || self.ongoing {
                    // A word after the end ("update") leaves the end where it was; any other state takes it back.
                    match state {
                        PublicState::Resolved => self.resolved_at = self.resolved_at.or(Some(*at)),
                        PublicState::Update => {}
                        PublicState::Investigating
                        | PublicState::Identified
                        | PublicState::Monitoring => {
                            self.resolved_at = None;
                        }
                    }
                }
                if *state == PublicState::Resolved {
                    self.components
                        .values_mut()
                        .for_each(|status| *status = ComponentStatus::Operational);
                }
                self.words.push(PublicWord {
                    id: id.clone(),
                    state: *state,
                    message: message.clone(),
                    components: components.clone(),
                    next_update_by: *next_update_by,
                    published_at: *at,
                    source: source.clone(),
                });
            }
        }
    }

    /// The id under which tools of customers know it: its source's, or one made from its number.
    pub fn code(&self) -> String {
        let made = || code("incident", &self.number.to_string());
        self.code.clone().unwrap_or_else(made)
    }

    /// True once customers may see it.
    pub fn is_public(&self) -> bool {
        self.imported || self.state.is_some()
    }

    /// True while customers are told that it goes on.
    pub fn is_active(&self) -> bool {
        // By its state and not by its words: lists leave those out.
        (!self.imported || self.ongoing)
            && self
                .state
                .is_some_and(|state| state != PublicState::Resolved)
    }

    /// When it was over, as far as that is known; none while it goes on.
    pub fn until(&self) -> Option<Time> {
        let last = self.words.last().map(|word| word.published_at);
        let known = self.resolved_at.or(last).or(self.started_at);
        known.filter(|_| !self.is_active())
    }

    /// The title to show, in English; never the internal one. `names` finds a component's public name.
    pub fn title(&self, names: impl Fn(&ComponentId) -> Option<String>) -> String {
        match self.titled(names) {
            PublicTitle::Written(title) => title,
            PublicTitle::Made(known) => match known.as_slice() {
                [] => "Service incident".to_owned(),
                [one] => format!("Incident with {one}"),
                [first @ .., last] => format!("Incident with {} and {last}", first.join(", ")),
            },
        }
    }

    /// What its title is made of; never the internal one. `names` finds a component's public name.
    pub fn titled(&self, names: impl Fn(&ComponentId) -> Option<String>) -> PublicTitle {
        match &self.title {
            Some(title) => PublicTitle::Written(title.clone()),
            None => PublicTitle::Made(self.components.keys().filter_map(names).collect()),
        }
    }

    /// The promise of the last word, while it goes on.
    pub fn next_update_by(&self) -> Option<Time> {
        if self.is_active() {
            self.words.last().and_then(|word| word.next_update_by)
        } else {
            None
        }
    }
}

/// A component on the page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PublicComponent {
    /// Its id.
    pub id: ComponentId,
    /// The code in its address.
    pub code: String,
    /// Its name.
    pub name: String,
    /// A line about it.
    pub description: String,
    /// How it does now.
    pub status: ComponentStatus,
}

/// Components under one heading; the heading is empty for those without.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PublicGroup {
    /// The heading.
    pub name: String,
    /// A line about it.
    pub description: String,
    /// Whether what stands under it is shown before anybody asks.
    pub opens: Opens,
    /// What stands under it, in page order.
    pub components: Vec<PublicComponent>,
}

/// Everything the front page shows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PublicPage {
    /// Whose page it is.
    pub organisation: String,
    /// Components by group.
    pub groups: Vec<PublicGroup>,
    /// The last days of those components that show them.
    pub uptimes: BTreeMap<ComponentId, Uptime>,
    /// Incidents that go on, the newest first.
    pub active: Vec<PublicIncident>,
    /// Recent ones that are over, the newest first, without their words.
    pub recent: Vec<PublicIncident>,
    /// Planned maintenance that is under way or lies ahead, in the order of its windows.
    pub maintenances: Vec<Maintenance>,
    /// Recent ones, the newest first.
    pub maintained: Vec<Maintenance>,
    /// The position of the log that this was made from.
    pub position: i64,
    /// When it was made.
    pub as_of: Time,
}

impl PublicGroup {
    /// As bad as the worst that stands under it.
    pub fn status(&self) -> ComponentStatus {
        let all = self.components.iter().map(|component| component.status);
        all.max().unwrap_or_default()
    }

    /// True when what stands under it is shown before anybody asks.
    pub fn is_open(&self) -> bool {
        match self.opens {
            Opens::Always => true,
            Opens::WhenAffected => self.status() != ComponentStatus::Operational,
            Opens::Never => false,
        }
    }
}

/// A component is as bad as the worst that any active incident says of it, or as it does by itself; maintenance that is under
/// way takes it down on purpose.
pub fn component_status(
    component: &Component,
    active: &[PublicIncident],
    maintenances: &[Maintenance],
) -> ComponentStatus {
    let down = maintenances
        .iter()
        .any(|one| one.state.is_active() && one.plan.components.contains(&component.id));
    let planned = if down {
        ComponentStatus::UnderMaintenance
    } else {
        ComponentStatus::Operational
    };
    active
        .iter()
        .filter(|incident| incident.is_active())
        .filter_map(|incident| incident.components.get(&component.id).copied())
        .fold(component.status.max(planned), ComponentStatus::max)
}
