//! Maintenance that comes again, at the same time of the clock on the wall.

use crate::time::Time;
use chrono::{Days, LocalResult, Months, NaiveDateTime, TimeDelta, TimeZone, Utc};
use serde::{Deserialize, Serialize};
use std::str::FromStr;

/// How often it comes again.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Repeat {
    /// Every day.
    Daily,
    /// Every week.
    Weekly,
    /// Every second week.
    Fortnightly,
    /// Every month on the same day of it, or its last where it has no such day.
    Monthly,
}

impl Repeat {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Daily, Self::Weekly, Self::Fortnightly, Self::Monthly];

    /// The wire form.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Daily => "daily",
            Self::Weekly => "weekly",
            Self::Fortnightly => "fortnightly",
            Self::Monthly => "monthly",
        }
    }

    /// The words on screens.
    pub fn label(self) -> &'static str {
        match self {
            Self::Daily => "Every day",
            Self::Weekly => "Every week",
            Self::Fortnightly => "Every second week",
            Self::Monthly => "Every month",
        }
    }

    /// The shortest time from one beginning to the next: a night in which clocks go forward is an hour shorter.
    pub fn shortest(self) -> TimeDelta {
        let days = match self {
            Self::Daily => 1,
            Self::Weekly => 7,
            Self::Fortnightly => 14,
            Self::Monthly => 28,
        };
        TimeDelta::days(days) - TimeDelta::hours(1)
    }

    /// The beginning `n` times later, by the clock of a zone. `None` beyond the calendar.
    pub(super) fn after<Z: TimeZone>(self, from: Time, n: u32, zone: &Z) -> Option<Time> {
        let wall = from.with_timezone(zone).naive_local();
        let days = |each: u64| wall.checked_add_days(Days::new(each * u64::from(n)));
        let wall = match self {
            Self::Daily => days(1),
            Self::Weekly => days(7),
            Self::Fortnightly => days(14),
            Self::Monthly => wall.checked_add_months(Months::new(n)),
        }?;
        Some(moment(wall, zone))
    }
}

/// The moment at which clocks in a zone show something. Of two the first; where clocks jump over it, as long after the jump as
/// it would have been without.
fn moment<Z: TimeZone>(wall: NaiveDateTime, zone: &Z) -> Time {
    let at = |wall: NaiveDateTime| match zone.from_local_datetime(&wall) {
        LocalResult::Single(at) | LocalResult::Ambiguous(at, _) => Some(at.with_timezone(&Utc)),
        LocalResult::None => None,
    };
    let hour = TimeDelta::hours(1);
    at(wall)
        .or_else(|| at(wall - hour).map(|before| before + hour))
        .unwrap_or_else(|| wall.and_utc())
}

impl FromStr for Repeat {
    type Err = String;
    fn from_str(text: &str) -> Result<Self, String> {
        Self::ALL
            .into_iter()
            .find(|repeat| repeat.as_str() == text)
            .ok_or_else(|| {
                format!(
                    "“{text}” does not say how often. Use daily, weekly, fortnightly or monthly."
                )
            })
    }
}
