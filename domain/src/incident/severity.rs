//! How bad it is for customers.

use serde::{Deserialize, Serialize};
use std::str::FromStr;

/// How bad it is. Unset is allowed at declare and nagged until set.
#[derive(
    Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    /// Most customers cannot work.
    Sev1,
    /// Many are affected.
    Sev2,
    /// Some are affected.
    Sev3,
    /// Nobody is affected yet.
    Sev4,
    /// Nobody has said yet.
    #[default]
    Unset,
}

impl Severity {
    /// The four that a person can choose, worst first.
    pub const CHOICES: [Self; 4] = [Self::Sev1, Self::Sev2, Self::Sev3, Self::Sev4];
    /// The choices and unset.
    pub const ALL: [Self; 5] = [Self::Sev1, Self::Sev2, Self::Sev3, Self::Sev4, Self::Unset];

    /// The wire form.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Sev1 => "sev1",
            Self::Sev2 => "sev2",
            Self::Sev3 => "sev3",
            Self::Sev4 => "sev4",
            Self::Unset => "unset",
        }
    }

    /// The word on screens.
    pub fn label(self) -> &'static str {
        match self {
            Self::Sev1 => "SEV 1",
            Self::Sev2 => "SEV 2",
            Self::Sev3 => "SEV 3",
            Self::Sev4 => "SEV 4",
            Self::Unset => "Not set",
        }
    }

    /// What it means for customers, so that nobody has to remember the numbers.
    pub fn meaning(self) -> &'static str {
        match self {
            Self::Sev1 => "most cannot work",
            Self::Sev2 => "many affected",
            Self::Sev3 => "some affected",
            Self::Sev4 => "nobody yet",
            Self::Unset => "not said yet",
        }
    }
}

impl FromStr for Severity {
    type Err = String;
    /// Reads "sev1", "1", "SEV 1" and "unset".
    fn from_str(text: &str) -> Result<Self, String> {
        let short = text.trim().to_lowercase().replace([' ', '-'], "");
        Self::ALL
            .into_iter()
            .find(|s| s.as_str() == short || s.as_str().trim_start_matches("sev") == short)
            .ok_or_else(|| format!("“{}” is not a severity. Use 1, 2, 3 or 4.", text.trim()))
    }
}

/// Why the incident exists.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// It is happening.
    #[default]
    Live,
    /// An exercise; never reaches customers, stays out of metrics.
    Drill,
    /// Recorded afterwards; begins closed, without roles.
    Backfilled,
}

impl Kind {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Live, Self::Drill, Self::Backfilled];

    /// The wire form.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Live => "live",
            Self::Drill => "drill",
            Self::Backfilled => "backfilled",
        }
    }
}

impl FromStr for Kind {
    type Err = String;
    fn from_str(text: &str) -> Result<Self, String> {
        Self::ALL
            .into_iter()
            .find(|k| k.as_str() == text)
            .ok_or_else(|| format!("“{text}” is not a kind. Use live, drill or backfilled."))
    }
}

/// How sure the hypothesis is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Confidence {
    /// Somebody thinks so.
    #[default]
    Guess,
    /// Evidence points that way.
    Likely,
    /// Proven.
    Confirmed,
}

impl Confidence {
    /// All of them, the least sure first.
    pub const ALL: [Self; 3] = [Self::Guess, Self::Likely, Self::Confirmed];

    /// The wire form.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Guess => "guess",
            Self::Likely => "likely",
            Self::Confirmed => "confirmed",
        }
    }

    /// The word on screens.
    pub fn label(self) -> &'static str {
        match self {
            Self::Guess => "Guess",
            Self::Likely => "Likely",
            Self::Confirmed => "Confirmed",
        }
    }
}

impl FromStr for Confidence {
    type Err = String;
    fn from_str(text: &str) -> Result<Self, String> {
        Self::ALL
            .into_iter()
            .find(|c| c.as_str() == text)
            .ok_or_else(|| format!("“{text}” is not a confidence. Use guess, likely or confirmed."))
    }
}
