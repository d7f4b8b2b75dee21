//! What the page says first.

use super::{ComponentStatus, PublicComponent, PublicGroup, PublicIncident};

/// The one sentence at the top. What is said is decided here; how, by whoever knows the reader's language.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Sentence<'a> {
    /// Everything is working.
    Working,
    /// Every component is working, and yet an incident goes on.
    Incident,
    /// Components do badly.
    Hit {
        /// How, at worst.
        status: ComponentStatus,
        /// Which do that badly.
        subject: Subject<'a>,
    },
}

/// Which components the sentence at the top is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Subject<'a> {
    /// All of several.
    All,
    /// As few as can be named.
    Some(Vec<&'a str>),
    /// So many that only their number is said.
    Many(usize),
}

impl Sentence<'_> {
    /// How everything does, by this sentence.
    pub fn status(&self) -> ComponentStatus {
        match self {
            Self::Working => ComponentStatus::Operational,
            Self::Incident => ComponentStatus::DegradedPerformance,
            Self::Hit { status, .. } => *status,
        }
    }
}

/// The one sentence at the top, from components **and** open incidents: the worst component speaks; an incident that
/// names no component still means that not all is well.
pub fn sentence<'a>(groups: &'a [PublicGroup], active: &[PublicIncident]) -> Sentence<'a> {
    let all: Vec<&PublicComponent> = groups.iter().flat_map(|group| &group.components).collect();
    let worst = all.iter().map(|c| c.status).max().unwrap_or_default();
    if worst == ComponentStatus::Operational {
        return if active.is_empty() {
            Sentence::Working
        } else {
            Sentence::Incident
        };
    }
    let hit: Vec<&str> = all
        .iter()
        .filter(|c| c.status == worst)
        .map(|c| c.name.as_str())
        .collect();
    Sentence::Hit {
        status: worst,
        subject: match hit.len() {
            count if count == all.len() && count > 1 => Subject::All,
            1..=3 => Subject::Some(hit),
            count => Subject::Many(count),
        },
    }
}
