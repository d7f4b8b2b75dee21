//! The addresses of the public pages.

use super::data::{Code, Doc, Sheet};
use chrono::{Datelike, Months, NaiveDate, NaiveTime};
use domain::time::Time;
use domain::{MaintenanceNumber, Number};
use serde::{Deserialize, Serialize};
use std::fmt;

/// A page that can be kept ready.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub(super) enum Page {
    /// `/status`.
    Front,
    /// `/status/incidents/{n}`.
    Incident(Number),
    /// `/status/maintenance/{n}`.
    Maintenance(MaintenanceNumber),
    /// `/status/history`: the newest month that has something.
    History,
    /// `/status/history/2024-05`.
    Month(Month),
    /// `/status/components/{code}`.
    Component(Code),
    /// `/status/components/{code}/uptime.csv`.
    Uptime(Code, Sheet),
    /// `/status/look.css`: what the page wears.
    Look,
    /// What tools read.
    Data(Doc),
    /// `/status/embed`: for a frame on another site.
    Embed,
    /// `/status/embed.json`: the words of the banner on another site.
    Banner,
    /// Whatever there is not.
    Missing,
}

impl Page {
    /// Where a page for people is, below `/status` or the root of a language; nothing for what has no such address.
    pub fn path(self) -> Option<String> {
        Some(match self {
            Self::Front => String::new(),
            Self::Incident(number) => format!("/incidents/{number}"),
            Self::Maintenance(number) => format!("/maintenance/{number}"),
            Self::History => "/history".to_owned(),
            Self::Month(month) => format!("/history/{month}"),
            Self::Component(code) => format!("/components/{}", code.text()),
            Self::Embed => "/embed".to_owned(),
            Self::Uptime(..) | Self::Look | Self::Data(_) | Self::Banner | Self::Missing => {
                return None;
            }
        })
    }
}

/// A month of the calendar.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub(super) struct Month {
    year: i32,
    month: u32,
}

impl Month {
    /// The month in which a moment lies, in UTC.
    pub fn of(at: Time) -> Self {
        Self::at(at.date_naive())
    }

    /// Reads "2024-05", and nothing that only looks like it: one page has one address.
    pub fn parse(text: &str) -> Option<Self> {
        let (year, month) = text.split_once('-')?;
        let digits = |part: &str, length| {
            part.len() == length && part.bytes().all(|byte| byte.is_ascii_digit())
        };
        if !digits(year, 4) || !digits(month, 2) {
            return None;
        }
        NaiveDate::from_ymd_opt(year.parse().ok()?, month.parse().ok()?, 1).map(Self::at)
    }

    /// Its first moment and the first moment after it.
    pub fn bounds(self) -> (Time, Time) {
        let moment = |day: NaiveDate| day.and_time(NaiveTime::MIN).and_utc();
        (moment(self.first()), moment(self.next().first()))
    }

    /// The month after.
    pub fn next(self) -> Self {
        Self::at(self.first() + Months::new(1))
    }

    fn at(day: NaiveDate) -> Self {
        Self {
            year: day.year(),
            month: day.month(),
        }
    }

    /// Its first day.
    pub fn first(self) -> NaiveDate {
        NaiveDate::from_ymd_opt(self.year, self.month, 1).unwrap_or_default()
    }
}

impl fmt::Display for Month {
    /// As in the address: "2024-05".
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}", self.year, self.month)
    }
}

impl TryFrom<String> for Month {
    type Error = &'static str;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        Self::parse(&text).ok_or("not a month")
    }
}

impl From<Month> for String {
    fn from(month: Month) -> Self {
        month.to_string()
    }
}

/// Reads the number of an incident; "007" and "+7" are no addresses of 7.
pub(super) fn number(text: &str) -> Option<Number> {
    let number: i64 = text.parse().ok()?;
    (number > 0 && number.to_string() == text).then_some(Number(number))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_has_one_address() {
        for (text, expected) in [
            ("2024-05", Some((2024, 5))),
            ("2024-5", None),
            ("2024-13", None),
            ("2024-00", None),
            ("+024-05", None),
            ("2024-05-01", None),
            ("", None),
        ] {
            let month = Month::parse(text).map(|month| (month.year, month.month));
            assert_eq!(month, expected, "{text}");
        }
        assert_eq!(number("142"), Some(Number(142)));
        for text in ["0", "-1", "007", "+7", "7 ", "99999999999999999999", "x"] {
            assert_eq!(number(text), None, "{text}");
        }
    }

    #[test]
    fn months_follow_each_other_over_the_year() {
        let december = Month::parse("2023-12").expect("a month");
        assert_eq!(december.next().to_string(), "2024-01");
        let (from, to) = december.bounds();
        assert_eq!(from.to_rfc3339(), "2023-12-01T00:00:00+00:00");
        assert_eq!(to.to_rfc3339(), "2024-01-01T00:00:00+00:00");
        assert_eq!(Month::of(from), december);
    }

    #[test]
    fn the_edges_of_the_calendar_are_months_too() {
        for text in ["0000-01", "9999-12"] {
            let month = Month::parse(text).expect("a month");
            assert!(month.bounds().0 < month.bounds().1);
        }
    }
}
