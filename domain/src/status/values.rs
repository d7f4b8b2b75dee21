//! The public words and their wire forms.

use crate::id::ComponentId;
use serde::{Deserialize, Serialize};
use std::str::FromStr;

/// Where an incident stands for customers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PublicState {
    /// We see it and look for the cause.
    Investigating,
    /// We know the cause.
    Identified,
    /// It is mended; we watch.
    Monitoring,
    /// It is over.
    Resolved,
    /// A word without a change of state.
    Update,
}

impl PublicState {
    /// The states a person chooses from in the form.
    pub const CHOICES: [Self; 4] = [
        Self::Investigating,
        Self::Identified,
        Self::Monitoring,
        Self::Resolved,
    ];
    /// All of them.
    pub const ALL: [Self; 5] = [
        Self::Investigating,
        Self::Identified,
        Self::Monitoring,
        Self::Resolved,
        Self::Update,
    ];

    /// The wire form.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Investigating => "investigating",
            Self::Identified => "identified",
            Self::Monitoring => "monitoring",
            Self::Resolved => "resolved",
            Self::Update => "update",
        }
    }

    /// The word on screens.
    pub fn label(self) -> &'static str {
        match self {
            Self::Investigating => "Investigating",
            Self::Identified => "Identified",
            Self::Monitoring => "Monitoring",
            Self::Resolved => "Resolved",
            Self::Update => "Update",
        }
    }
}

impl FromStr for PublicState {
    type Err = String;
    fn from_str(text: &str) -> Result<Self, String> {
        Self::ALL.into_iter().find(|s| s.as_str() == text).ok_or_else(|| {
            format!("“{text}” is not a public state. Use investigating, identified, monitoring, resolved or update.")
        })
    }
}

/// How a component does, better first.
#[derive(
    Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(rename_all = "snake_case")]
pub enum ComponentStatus {
    /// Working.
    #[default]
    Operational,
    /// Taken down on purpose.
    UnderMaintenance,
    /// Slow.
    DegradedPerformance,
    /// Partly down.
    PartialOutage,
    /// Down.
    MajorOutage,
}

impl ComponentStatus {
    /// All of them, in the order a person chooses from.
    pub const ALL: [Self; 5] = [
        Self::Operational,
        Self::DegradedPerformance,
        Self::PartialOutage,
        Self::MajorOutage,
        Self::UnderMaintenance,
    ];

    /// The wire form.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Operational => "operational",
            Self::UnderMaintenance => "under_maintenance",
            Self::DegradedPerformance => "degraded_performance",
            Self::PartialOutage => "partial_outage",
            Self::MajorOutage => "major_outage",
        }
    }

    /// The word on screens.
    pub fn label(self) -> &'static str {
        match self {
            Self::Operational => "Working",
            Self::UnderMaintenance => "Maintenance",
            Self::DegradedPerformance => "Slow",
            Self::PartialOutage => "Partly down",
            Self::MajorOutage => "Down",
        }
    }
}

impl FromStr for ComponentStatus {
    type Err = String;
    fn from_str(text: &str) -> Result<Self, String> {
        Self::ALL.into_iter().find(|s| s.as_str() == text).ok_or_else(|| {
            format!(
                "“{text}” is not a component status. Use operational, degraded_performance, partial_outage, major_outage or under_maintenance."
            )
        })
    }
}

/// How bad an incident is for customers, in one word.
#[derive(
    Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(rename_all = "snake_case")]
pub enum Impact {
    /// Not at all.
    #[default]
    None,
    /// A little.
    Minor,
    /// Much.
    Major,
    /// Completely.
    Critical,
}

impl Impact {
    /// All of them, the least first.
    pub const ALL: [Self; 4] = [Self::None, Self::Minor, Self::Major, Self::Critical];

    /// The wire form.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Minor => "minor",
            Self::Major => "major",
            Self::Critical => "critical",
        }
    }

    /// What a component's status alone says.
    pub fn of(status: ComponentStatus) -> Self {
        match status {
            ComponentStatus::Operational | ComponentStatus::UnderMaintenance => Self::None,
            ComponentStatus::DegradedPerformance => Self::Minor,
            ComponentStatus::PartialOutage => Self::Major,
            ComponentStatus::MajorOutage => Self::Critical,
        }
    }
}

impl FromStr for Impact {
    type Err = String;
    fn from_str(text: &str) -> Result<Self, String> {
        Self::ALL
            .into_iter()
            .find(|i| i.as_str() == text)
            .ok_or_else(|| {
                format!("“{text}” is not an impact. Use none, minor, major or critical.")
            })
    }
}

/// A component with the status it has.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Affected {
    /// Which.
    pub id: ComponentId,
    /// How it does.
    pub status: ComponentStatus,
}
