//! The way of an incident: where it stands, and which step may follow which (the table of the contract).

use crate::id::Number;
use crate::time::Time;
use serde::{Deserialize, Serialize};
use std::str::FromStr;

/// Where an incident stands, as a word.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Phase {
    /// Finding out what is wrong.
    Assess,
    /// Making it better for customers.
    Mitigate,
    /// It looks better; making sure it stays so.
    Watch,
    /// Resolved; unwinding what was changed.
    Cleanup,
    /// Review, post-mortem, remediation.
    Followup,
    /// Done.
    Closed,
    /// A false alarm.
    Cancelled,
    /// Part of another incident.
    Merged,
}

impl Phase {
    /// The five steps of the stepper, in order.
    pub const STEPS: [Self; 5] = [
        Self::Assess,
        Self::Mitigate,
        Self::Watch,
        Self::Cleanup,
        Self::Followup,
    ];
    /// Every phase.
    pub const ALL: [Self; 8] = [
        Self::Assess,
        Self::Mitigate,
        Self::Watch,
        Self::Cleanup,
        Self::Followup,
        Self::Closed,
        Self::Cancelled,
        Self::Merged,
    ];

    /// The wire form.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Assess => "assess",
            Self::Mitigate => "mitigate",
            Self::Watch => "watch",
            Self::Cleanup => "cleanup",
            Self::Followup => "followup",
            Self::Closed => "closed",
            Self::Cancelled => "cancelled",
            Self::Merged => "merged",
        }
    }

    /// The word on screens.
    pub fn label(self) -> &'static str {
        match self {
            Self::Assess => "Assess",
            Self::Mitigate => "Mitigate",
            Self::Watch => "Watch",
            Self::Cleanup => "Clean up",
            Self::Followup => "Follow up",
            Self::Closed => "Closed",
            Self::Cancelled => "Cancelled",
            Self::Merged => "Merged",
        }
    }

    /// Customers are affected or may be: assess, mitigate, watch.
    pub fn is_open(self) -> bool {
        matches!(self, Self::Assess | Self::Mitigate | Self::Watch)
    }

    /// Resolved but not finished: clean up, follow up.
    pub fn is_finishing(self) -> bool {
        matches!(self, Self::Cleanup | Self::Followup)
    }

    /// Closed, cancelled or merged.
    pub fn is_over(self) -> bool {
        !self.is_open() && !self.is_finishing()
    }
}

impl FromStr for Phase {
    type Err = String;
    /// Reads the wire form and the word on screens, any case.
    fn from_str(text: &str) -> Result<Self, String> {
        let short = text.trim().to_lowercase().replace([' ', '-', '_'], "");
        Self::ALL
            .into_iter()
            .find(|p| p.as_str() == short)
            .ok_or_else(|| {
                format!(
                    "“{}” is not a phase. Use assess, mitigate, watch, cleanup or followup.",
                    text.trim()
                )
            })
    }
}

/// Where an incident stands, with what belongs to that place and to no other.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "phase", rename_all = "snake_case")]
pub enum Progress {
    /// Finding out what is wrong.
    Assess {},
    /// Making it better.
    Mitigate {},
    /// Making sure it stays better.
    Watch {},
    /// Unwinding what was changed.
    Cleanup {
        /// When customers were well again.
        resolved_at: Time,
    },
    /// Learning from it.
    Followup {
        /// When customers were well again.
        resolved_at: Time,
    },
    /// Done.
    Closed {
        /// When customers were well again; unknown for some that were recorded afterwards.
        resolved_at: Option<Time>,
        /// When it was closed.
        closed_at: Time,
    },
    /// A false alarm.
    Cancelled {
        /// Why.
        reason: String,
    },
    /// Part of another incident.
    Merged {
        /// The other one.
        into: Number,
    },
}

impl Progress {
    /// The bare phase.
    pub fn phase(&self) -> Phase {
        match self {
            Self::Assess {} => Phase::Assess,
            Self::Mitigate {} => Phase::Mitigate,
            Self::Watch {} => Phase::Watch,
            Self::Cleanup { .. } => Phase::Cleanup,
            Self::Followup { .. } => Phase::Followup,
            Self::Closed { .. } => Phase::Closed,
            Self::Cancelled { .. } => Phase::Cancelled,
            Self::Merged { .. } => Phase::Merged,
        }
    }

    /// When customers were well again, once they were.
    pub fn resolved_at(&self) -> Option<Time> {
        match self {
            Self::Cleanup { resolved_at } | Self::Followup { resolved_at } => Some(*resolved_at),
            Self::Closed { resolved_at, .. } => *resolved_at,
            Self::Assess {}
            | Self::Mitigate {}
            | Self::Watch {}
            | Self::Cancelled { .. }
            | Self::Merged { .. } => None,
        }
    }

    /// When it was closed, once it was.
    pub fn closed_at(&self) -> Option<Time> {
        match self {
            Self::Closed { closed_at, .. } => Some(*closed_at),
            Self::Assess {}
            | Self::Mitigate {}
            | Self::Watch {}
            | Self::Cleanup { .. }
            | Self::Followup { .. }
            | Self::Cancelled { .. }
            | Self::Merged { .. } => None,
        }
    }
}
